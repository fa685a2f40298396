"""The list of notes, and places given back in it, in the whole window."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from reader.annotations.all_notes import removed_notes
from reader.annotations.anchoring import AnchorState
from reader.annotations.selectors import PROGRESSION
from reader.text.document import Span
from reader.ui.desk.notes import note_list
from reader.ui.look.controls import TextButton
from reader.ui.margin.note_cards import AnchoredNote
from reader.ui.note_list.note_entries import NoteRow
from reader.ui.note_list.notes_dialog import READING, NotesDialog
from reader.ui.note_list.notes_lines import NoteLines, meta_of
from reader.ui.note_list.notes_listing import Heading, Kind, Line, Order
from reader.ui.view.text_selection import Link
from reader.ui.window.commands import Command
from reader.ui.window.messages import NOTHING_SELECTED
from tests.annotations.anchoring.test_anchoring_versions import sentence, text_of
from tests.fakes.held_call import HeldCall
from tests.ui.desk.window_room import Opener, WindowRoom, open_and_settle
from tests.ui.menu_words import entries_of

# a second window, which the offscreen platform can't raise
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
OLD = text_of(range(12))
QUOTE = sentence(6)


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    return opened(OLD)


def highlight(room: WindowRoom, passage: str) -> None:
    start = room.text.index(passage)
    room.desk.window.view.select(Span(0, start, start + len(passage)))
    room.desk.annotating.marking.highlight()
    room.wait(lambda: room.desk.annotating.is_saved)


def change_text(room: WindowRoom, text: str) -> None:
    """Have the file changed and read again, with the notes found in it."""
    room.text_path.write_text(text, encoding="utf-8")
    room.desk.do(Command.RELOAD)
    room.wait(lambda: room.text.strip() == text.strip())
    room.wait(lambda: room.desk.annotating.notebook is not None)
    room.wait(lambda: not room.desk._background._running)


def dialog_of(room: WindowRoom) -> NotesDialog:
    room.desk.do(Command.SHOW_NOTES)
    dialog = room.desk.note_tools.note_list.dialog
    assert dialog is not None
    return dialog


def test_at_the_largest_scale_it_is_no_wider_than_its_screen_and_no_button_is_cut(
    room: WindowRoom,
) -> None:
    room.desk.window.theme.set_scale(4.0)
    dialog = dialog_of(room)
    room.wait(dialog.isVisible)
    assert dialog.width() <= dialog.screen().availableSize().width()
    for button in dialog.findChildren(TextButton):
        assert not button.isVisible() or button.width() >= button.sizeHint().width(), button.text()


def rows(dialog: NotesDialog) -> list[NoteRow]:
    return [line for line in dialog.lines._lines if isinstance(line, NoteRow)]


def only_note(room: WindowRoom) -> AnchoredNote:
    notebook = room.desk.annotating.notebook
    assert notebook is not None
    (note,) = notebook.notes
    return note


def press(
    dialog: NotesDialog,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Give a key to the list's window alone: the platform's active one has the same keys."""
    dialog.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, key, modifiers))


def test_notes_are_listed_found_gone_to_and_removed(room: WindowRoom) -> None:
    early, late = sentence(2), sentence(9)
    highlight(room, late)
    dialog = dialog_of(room)
    assert [row.quote for row in rows(dialog)] == [late]
    highlight(room, early)
    room.wait(lambda: [row.quote for row in rows(dialog)] == [early, late])
    dialog.search.setText(late)
    assert [row.quote for row in rows(dialog)] == [late]
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert room.desk.annotating.margin.focused_card == rows(dialog)[0].id
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    room.wait(lambda: rows(dialog) == [])
    dialog.search.clear()
    assert [row.quote for row in rows(dialog)] == [early]


def test_its_window_is_closed_by_its_key_and_the_program_is_quit_from_it(
    room: WindowRoom,
) -> None:
    dialog = dialog_of(room)
    shortcuts = {one.key().toString(): one for one in dialog.findChildren(QShortcut)}
    shortcuts["Ctrl+W"].activated.emit()
    assert room.desk.note_tools.note_list.dialog is None
    assert room.desk.window.isVisible()
    dialog = dialog_of(room)
    shortcuts = {one.key().toString(): one for one in dialog.findChildren(QShortcut)}
    shortcuts["Ctrl+Q"].activated.emit()
    assert not room.desk.window.isVisible()


def test_a_lost_note_is_given_the_selected_passage(room: WindowRoom) -> None:
    highlight(room, QUOTE)
    change_text(room, text_of(range(40, 52)))
    assert only_note(room).anchor.state is AnchorState.ORPHAN
    dialog = dialog_of(room)
    dialog.kinds[Kind.TO_LOOK_AT].click()
    dialog.list.setCurrentIndex(dialog.lines.index(0))
    assert dialog._settling.isVisible()
    dialog._settling.attach.click()
    assert room.message() == NOTHING_SELECTED
    start = room.text.index(sentence(45))
    passage = Span(0, start, start + len(sentence(45)))
    room.desk.window.view.select(passage)
    dialog._settling.attach.click()
    assert only_note(room).span == passage
    room.wait(lambda: rows(dialog) == [])
    room.desk.annotating.undo()
    room.wait(lambda: only_note(room).anchor.state is AnchorState.ORPHAN)


def test_what_was_looked_at_is_sure_the_next_time(room: WindowRoom) -> None:
    highlight(room, QUOTE)
    change_text(room, text_of([6, *range(6), *range(7, 12)]))
    assert only_note(room).anchor.needs_look
    dialog = dialog_of(room)
    dialog.list.setCurrentIndex(dialog.lines.index(0))
    dialog._settling.accept.click()
    assert not only_note(room).anchor.needs_look
    room.wait(lambda: rows(dialog)[0].doubt == "")
    room.wait(lambda: room.desk.annotating.is_saved)
    change_text(room, text_of([6, *range(6), *range(7, 12)]) + "\n")
    assert not only_note(room).anchor.needs_look


def test_of_several_places_the_user_chooses_one(qtbot: QtBot, tmp_path: Path) -> None:
    surroundings = text_of([1, 2, 7, 8]), text_of([3, 4, 9, 10])
    passage = sentence(50)
    again = f"{surroundings[0]} {passage} {surroundings[1]}"
    old = f"{sentence(0)} {again} {sentence(5)}"
    room = open_and_settle(qtbot, tmp_path, old)
    try:
        highlight(room, passage)
        change_text(room, f"{old} {text_of(range(20, 24))} {again}")
        note = only_note(room)
        assert note.anchor.state is AnchorState.AMBIGUOUS
        places = [room.text.index(passage), room.text.rindex(passage)]
        assert sorted(span.start for span in note.anchor.candidates) == places
        dialog = dialog_of(room)
        dialog.list.setCurrentIndex(dialog.lines.index(0))
        assert "2 places" in dialog._settling._said.text()
        dialog._settling.after.click()
        assert dialog._settling._said.text() == "Place 2 of 2: is it this one?"
        shown = room.desk.window.view.selection
        assert shown == note.anchor.candidates[1]
        dialog._settling.accept.click()
        assert only_note(room).span == shown
        room.wait(lambda: rows(dialog)[0].doubt == "")
    finally:
        room.close()


def test_a_place_that_was_shown_is_let_go_of_when_another_note_is_chosen(
    qtbot: QtBot, tmp_path: Path
) -> None:
    passage, surroundings = sentence(50), (text_of([1, 2, 7, 8]), text_of([3, 4, 9, 10]))
    again = f"{surroundings[0]} {passage} {surroundings[1]}"
    old = f"{sentence(0)} {again} {sentence(5)}"
    room = open_and_settle(qtbot, tmp_path, old)
    try:
        highlight(room, passage)
        highlight(room, sentence(5))
        change_text(room, f"{old} {text_of(range(20, 24))} {again}")
        dialog, view = dialog_of(room), room.desk.window.view
        doubtful = next(n for n, row in enumerate(rows(dialog)) if row.candidates)
        dialog.list.setCurrentIndex(dialog.lines.index(doubtful))
        dialog._settling.after.click()
        assert view.selected_spans != ()
        dialog.list.setCurrentIndex(dialog.lines.index(1 - doubtful))
        assert view.selected_spans == ()
        dialog.list.setCurrentIndex(dialog.lines.index(doubtful))
        dialog._settling.after.click()
        own = Span(0, 0, 9)
        view.select(own)  # the user's own
        dialog.list.setCurrentIndex(dialog.lines.index(1 - doubtful))
        assert view.selection == own
    finally:
        room.close()


def test_what_was_removed_is_brought_back(room: WindowRoom) -> None:
    highlight(room, QUOTE)
    # its place is told in full a moment after it is on disk
    room.wait(lambda: PROGRESSION in only_note(room).annotation.target.other_selectors)
    before = only_note(room)
    dialog = dialog_of(room)
    room.desk.annotating.delete_note(before.annotation.id)
    room.wait(lambda: room.desk.annotating.is_saved)
    dialog.kinds[Kind.REMOVED].click()
    room.wait(lambda: any(row.removed for row in rows(dialog)))
    (row,) = rows(dialog)
    assert row.quote == QUOTE
    assert re.fullmatch(r"removed \d+ \w{3}, kept until \d+ \w{3}( \d{4})?", row.removed)
    dialog.list.setCurrentIndex(dialog.lines.index(0))
    dialog._settling.back.click()
    assert only_note(room).annotation == before.annotation
    assert only_note(room).span == before.span
    room.wait(lambda: rows(dialog) == [])


def test_notes_of_all_texts_are_listed_gone_to_and_narrowed(
    room: WindowRoom, tmp_path: Path
) -> None:
    highlight(room, QUOTE)
    other = tmp_path / "other.txt"
    other.write_text("Another text altogether, with a passage.", encoding="utf-8")
    first = room.text_path
    room.desk.begin(other)
    room.wait(lambda: room.text.startswith("Another"))
    room.wait(lambda: room.desk.annotating.notebook is not None)
    highlight(room, "with a passage")
    room.desk.annotating.marking.mark(Span(0, 0, 7), ("voice",))
    room.wait(lambda: room.desk.annotating.is_saved)
    room.desk.do(Command.SHOW_ALL_NOTES)
    dialog = room.desk.note_tools.note_list.dialog
    assert dialog is not None
    room.wait(lambda: len(rows(dialog)) == 3)
    assert {row.text_title for row in rows(dialog)} == {"other", first.stem}
    dialog.filters.set_tag("voice")
    room.wait(lambda: [row.quote for row in rows(dialog)] == ["Another"])
    dialog.filters.set_tag("")
    dialog.search.setText(QUOTE)
    room.wait(lambda: [row.quote for row in rows(dialog)] == [QUOTE])
    dialog.list.setCurrentIndex(dialog.lines.index(dialog.lines.number_of(None) or 0))
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    room.wait(lambda: room.desk._text.path == first)
    name = rows(dialog)[0].id
    room.wait(lambda: room.desk.annotating.margin.focused_card == name)


def test_a_tag_chosen_from_the_menu_narrows_the_list(room: WindowRoom) -> None:
    highlight(room, sentence(2))
    start = room.text.index(QUOTE)
    room.desk.annotating.marking.mark(Span(0, start, start + len(QUOTE)), ("two words, one tag",))
    room.wait(lambda: room.desk.annotating.is_saved)
    dialog = dialog_of(room)
    for words, shown in (("#two words, one tag", [QUOTE]), ("Any tag", [sentence(2), QUOTE])):
        dialog.filters.tag.click()
        (menu,) = (menu for menu in dialog.findChildren(QMenu) if menu.isVisible())
        (action,) = (a for a in menu.actions() if a.text().partition("\t")[0].startswith(words))
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
        assert [row.quote for row in rows(dialog)] == shown


def test_fifty_steps_are_taken_back_and_done_again_after_a_restart(opened: Opener) -> None:
    first = opened(OLD)
    highlight(first, QUOTE)
    name = only_note(first).annotation.id
    early, late = ("sky", "rose", "sky"), ("sage", "apricot") * 25
    for colour in (*early, *late):
        first.desk.annotating.marking.give_colour(name, colour)
    first.wait(lambda: first.desk.annotating.is_saved)
    first.close()
    room = opened(OLD)
    assert only_note(room).annotation.colour == late[-1]
    for _ in range(60):
        room.desk.annotating.undo()
    room.wait(lambda: only_note(room).annotation.colour == early[-1])
    room.wait(lambda: not room.desk._background._running)
    assert only_note(room).annotation.colour == early[-1]
    for _ in range(60):
        room.desk.annotating.redo()
    room.wait(lambda: not room.desk._background._running)
    room.wait(lambda: only_note(room).annotation.colour == late[-1])


def test_dots_and_letters_narrow_the_list_by_a_click(room: WindowRoom) -> None:
    highlight(room, sentence(2))
    highlight(room, QUOTE)
    marking = room.desk.annotating.marking
    dialog = dialog_of(room)
    marking.give_colour(rows(dialog)[0].id, "rose")
    marking.give_style(rows(dialog)[1].id, "underline")
    room.wait(lambda: rows(dialog)[0].colour == "rose")
    for button, shown in [
        (dialog.filters.colours["rose"], [sentence(2)]),
        (dialog.filters.colours["sky"], []),
        (dialog.filters.colours["sky"], [sentence(2), QUOTE]),
        (dialog.filters.styles["underline"], [QUOTE]),
        (dialog.filters.styles["underline"], [sentence(2), QUOTE]),
    ]:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert [row.quote for row in rows(dialog)] == shown


def test_a_note_of_another_text_is_removed_and_brought_back(
    room: WindowRoom, tmp_path: Path
) -> None:
    highlight(room, QUOTE)
    name = only_note(room).annotation.id
    other = tmp_path / "other.txt"
    other.write_text("Another text altogether, with a passage.", encoding="utf-8")
    room.desk.begin(other)
    room.wait(lambda: room.text.startswith("Another"))
    room.wait(lambda: room.desk.annotating.notebook is not None)
    room.desk.do(Command.SHOW_ALL_NOTES)
    dialog = room.desk.note_tools.note_list.dialog
    assert dialog is not None
    room.wait(lambda: [row.quote for row in rows(dialog)] == [QUOTE])
    dialog.list.setFocus()
    dialog.list.setCurrentIndex(dialog.lines.index(dialog.lines.number_of(None) or 0))
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)
    room.wait(lambda: rows(dialog) == [])
    dialog.kinds[Kind.REMOVED].click()
    room.wait(lambda: [row.quote for row in rows(dialog)] == [QUOTE])
    assert meta_of(rows(dialog)[0]).endswith(room.text_path.stem)
    dialog.list.setCurrentIndex(dialog.lines.index(0))
    dialog._settling.back.click()
    room.wait(lambda: rows(dialog) == [])
    dialog.kinds[Kind.ALL].click()
    room.wait(lambda: [row.id for row in rows(dialog)] == [name])


def test_a_key_widens_the_list_to_all_texts_and_back(room: WindowRoom) -> None:
    highlight(room, QUOTE)
    dialog = dialog_of(room)
    scopes = []
    for _ in range(3):
        press(dialog, Qt.Key.Key_N, CONTROL_SHIFT)
        scopes.append(dialog.is_of_all)
    room.desk.do(Command.SHOW_NOTES)
    assert [*scopes, dialog.is_of_all] == [True, False, True, False]


def test_what_was_removed_in_the_list_is_taken_back_there(room: WindowRoom) -> None:
    highlight(room, sentence(2))
    highlight(room, QUOTE)
    dialog = dialog_of(room)
    dialog.list.setFocus()
    dialog.list.setCurrentIndex(dialog.lines.index(0))
    press(dialog, Qt.Key.Key_Delete)
    room.wait(lambda: [row.quote for row in rows(dialog)] == [QUOTE])
    dialog.list.setFocus()
    press(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    room.wait(lambda: len(rows(dialog)) == 2)


def test_the_notes_listed_are_read_like_a_book(room: WindowRoom) -> None:
    highlight(room, sentence(2))
    highlight(room, QUOTE)
    dialog = dialog_of(room)
    name = rows(dialog)[1].id
    dialog.filters.set_order(Order.COLOUR)
    dialog.book.click()
    room.wait(lambda: room.text.startswith("Notes on "))
    assert room.text.index(sentence(2)) < room.text.index(QUOTE)
    assert "Apricot" in room.text
    section = room.desk.window.view.document.sections[0]  # type: ignore[union-attr]  # it is open
    links = [inline.target for inline in section.inlines if inline.target.startswith("sottovoce:")]
    assert len(links) == 2
    room.desk.window.view.link_activated.emit(Link(links[1], Span(0, 0, 1), False))
    room.wait(lambda: room.desk.annotating.margin.focused_card == name)
    assert QUOTE in room.text


def test_a_late_list_of_removed_notes_is_not_shown_over_a_newer_one(
    room: WindowRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    highlight(room, QUOTE)
    dialog = dialog_of(room)
    held = HeldCall(removed_notes)
    monkeypatch.setattr("reader.ui.desk.notes.removed_notes.removed_notes", held)
    dialog.kinds[Kind.REMOVED].click()
    room.wait(lambda: held.is_held)
    room.desk.annotating.delete_note(only_note(room).annotation.id)
    room.wait(lambda: room.desk.annotating.is_saved)
    room.wait(lambda: any(row.removed for row in rows(dialog)))
    shown = list(dialog.lines._lines)
    held.let_go()
    assert dialog.lines._lines == shown


def test_until_there_is_a_list_it_says_that_the_notes_are_being_read(room: WindowRoom) -> None:
    highlight(room, QUOTE)
    room.desk.do(Command.SHOW_ALL_NOTES)
    dialog = room.desk.note_tools.note_list.dialog
    assert dialog is not None
    # no answer is taken before the event loop goes on
    assert dialog.nothing.text() == READING
    assert not dialog.nothing.isHidden()
    room.wait(lambda: [row.quote for row in rows(dialog)] == [QUOTE])
    assert dialog.nothing.isHidden()


def test_of_the_notes_of_all_texts_the_first_are_shown_before_the_last_are_read(
    room: WindowRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note_list, "_FIRST_SHOWN", 1)
    highlight(room, QUOTE)
    other = tmp_path / "another.txt"  # before the first in the order of titles
    other.write_text("Another text altogether, with a passage.", encoding="utf-8")
    room.desk.begin(other)
    room.wait(lambda: room.text.startswith("Another"))
    room.wait(lambda: room.desk.annotating.notebook is not None)
    highlight(room, "with a passage")
    shown: list[tuple[list[str], bool]] = []
    show_lines = NotesDialog.show_lines

    def showing(
        dialog: NotesDialog, lines: Sequence[Line], headings: int = 0, *, is_whole: bool = True
    ) -> None:
        show_lines(dialog, lines, headings, is_whole=is_whole)
        shown.append(([row.quote for row in rows(dialog)], is_whole))

    monkeypatch.setattr(NotesDialog, "show_lines", showing)
    room.desk.do(Command.SHOW_ALL_NOTES)
    dialog = room.desk.note_tools.note_list.dialog
    assert dialog is not None
    room.wait(lambda: bool(shown) and shown[-1][1])
    # a place that is told in full meanwhile may have the list begun anew
    assert shown[0] == (["with a passage"], False)
    assert shown[-1] == (["with a passage", QUOTE], True)
    assert dialog.windowTitle() == "Notes: 2"


def test_lines_that_are_added_at_the_end_leave_the_view_where_it_is(qtbot: QtBot) -> None:
    one, other = Heading("One", 0), Heading("Other", 0)
    host = QWidget()
    qtbot.addWidget(host)
    lines = NoteLines(host)
    lines.set([one])
    with qtbot.assertNotEmitted(lines.modelReset), qtbot.waitSignal(lines.rowsInserted):
        lines.set([one, other])
    with qtbot.waitSignal(lines.modelReset):
        lines.set([other])
    assert lines.rowCount() == 1


def card_menu(room: WindowRoom) -> dict[str, QAction]:
    """Return what the menu of the only note's card offers."""
    annotating = room.desk.annotating
    annotating.margin.menu_requested.emit(only_note(room).annotation.id, QPoint(0, 0))
    menu = annotating.margin.findChildren(QMenu)[-1]
    entries = entries_of(menu)
    menu.close()
    return entries


def test_a_place_is_settled_from_the_card_as_well(room: WindowRoom) -> None:
    highlight(room, QUOTE)
    assert "It is here" not in card_menu(room)
    change_text(room, text_of([6, *range(6), *range(7, 12)]))
    assert only_note(room).anchor.needs_look
    entries = card_menu(room)
    assert not entries["It is what I selected"].isEnabled()
    entries["It is here"].trigger()
    assert not only_note(room).anchor.needs_look
    room.wait(lambda: not room.desk.annotating.is_at_work)
    change_text(room, text_of(range(40, 52)))
    assert only_note(room).anchor.state is AnchorState.ORPHAN
    room.desk.window.view.select(Span(0, 0, len(sentence(40))))
    entries = card_menu(room)
    assert not entries["It is here"].isEnabled()
    entries["It is what I selected"].trigger()
    assert only_note(room).span == Span(0, 0, len(sentence(40)))
