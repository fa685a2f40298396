"""Notes written in their cards: where the editor stands, how it grows, what leaving it keeps."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest

from reader.ui.margin.cards.card_face import LEADER_PX
from tests.ui.margin.reading_room import Room, letter, note_on, open_room, span_of
from tests.ui.margin.three_notes import LEFT, NO_KEY, long_document, press

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
def test_a_focused_card_is_written_in_by_key(room: Room, key: Qt.Key) -> None:
    name = room.stored[0].id
    room.click_card(name)
    press(key)
    assert room.annotating.margin.edited_card == name
    assert room.annotating.margin.editor.note.source() == "A **job**."
    assert room.annotating.margin.editor.tags.text() == "#work"


def test_a_double_click_opens_the_editor_inside_the_card(room: Room) -> None:
    name = room.stored[0].id
    margin = room.annotating.margin
    at = room.centre_of(name)
    QTest.mouseClick(margin, LEFT, NO_KEY, at)
    QTest.mouseDClick(margin, LEFT, NO_KEY, at)
    box = margin.box_of(name)
    assert box is not None
    assert margin.edited_card == name
    assert margin.editor.isVisible()
    assert box.contains(margin.editor.geometry())
    assert margin.editor.note.hasFocus()


def test_the_editor_grows_with_its_text_and_its_card_with_it(room: Room) -> None:
    name = room.stored[0].id
    margin = room.annotating.margin
    margin.edit_card(name)
    before = margin.box_of(name)
    room.type_note(" and many more words than fit on one line" * 3)
    after = margin.box_of(name)
    assert before is not None
    assert after is not None
    assert after.height() > before.height() + 30
    assert margin.editor.note.height() >= margin.editor.note.text_height()
    assert after.contains(margin.editor.geometry())


def test_lines_break_while_writing_where_they_break_on_the_card(room: Room) -> None:
    room.select("glass towers")
    room.press("N")
    room.settle()
    margin = room.annotating.margin
    name = margin.edited_card
    assert name is not None
    room.type_note("Words that fill one line of a card and then go on to the next")
    written = margin.box_of(name)
    room.annotating.finish_editing()
    margin.focus_card(name)
    assert margin.box_of(name) == written


def test_the_card_being_written_stays_at_its_line_while_it_grows(tmp_path: Path) -> None:
    document = long_document()
    notes = [note_on(document, words, "A note. " * 9) for words in ("Paragraph 3", "3 says")]
    notes.append(note_on(document, "Paragraph 4", "A note. " * 9))
    room = open_room(tmp_path, document, notes)
    margin = room.annotating.margin
    margin.edit_card(notes[1].id)
    line = room.view.line_top_of(span_of(document, "3 says").first_place)
    wanted = line + room.view.line_height() / 2 - LEADER_PX
    margin.editor.note.insertPlainText("\n\nmore\n\nand more")
    box = margin.box_of(notes[1].id)
    assert box is not None
    assert box.top() == pytest.approx(wanted, abs=1)
    room.close()


def test_the_windows_keys_are_text_while_a_note_is_written(room: Room) -> None:
    played: list[bool] = []
    transport = QAction("Play", room.window)
    transport.setShortcuts([QKeySequence(key) for key in ("Space", "Left", "Shift+Right", "[")])
    transport.triggered.connect(lambda: played.append(True))
    room.window.addAction(transport)
    name = room.stored[2].id
    room.annotating.margin.edit_card(name)
    note = room.annotating.margin.editor.note
    for key in (Qt.Key.Key_H, Qt.Key.Key_Space, Qt.Key.Key_N, Qt.Key.Key_1, Qt.Key.Key_Backspace):
        QTest.keyClick(note, key)
    assert note.source() == "h n"
    QTest.keyClick(note, Qt.Key.Key_Left)
    QTest.keyClick(note, Qt.Key.Key_BracketLeft)
    assert note.source() == "h [n"
    QTest.keyClick(note, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert note.textCursor().selectedText() == "n"
    assert not played
    QTest.keyClick(note, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(room.stored) == 3
    QTest.keyClick(note, Qt.Key.Key_Escape)
    room.view.setFocus()
    QTest.keyClick(room.view, Qt.Key.Key_Space)
    assert played == [True]


def test_leaving_the_editor_keeps_what_was_written(room: Room) -> None:
    name = room.stored[2].id
    room.annotating.margin.edit_card(name)
    room.type_note("Kept")
    room.view.setFocus()
    room.settle()
    assert room.annotating.margin.edited_card is None
    assert room.save()[2].note_text == "Kept"


def test_a_click_on_another_card_ends_the_writing_and_keeps_it(room: Room) -> None:
    first, second, _ = room.stored
    room.annotating.margin.edit_card(first.id)
    room.type_note(" Kept")
    room.click_card(second.id)
    assert room.annotating.margin.edited_card is None
    assert room.annotating.margin.focused_card == second.id
    assert room.save()[0].note_text == "A **job**. Kept"


def test_a_note_longer_than_the_window_is_written_inside_it(tmp_path: Path) -> None:
    document = long_document()
    note = note_on(document, "Paragraph 3 says", "First line.")
    room = open_room(tmp_path, document, [note])
    margin = room.annotating.margin
    margin.edit_card(note.id)
    margin.editor.note.insertPlainText("\nand another line" * 60)
    room.type_note(".")
    box = margin.box_of(note.id)
    assert box is not None
    assert margin.rect().contains(box)
    assert margin.editor.note.viewport().rect().contains(margin.editor.note.cursorRect())
    room.close()


@pytest.mark.parametrize("words", ["Theodore", "city", "lights off"])
def test_on_a_text_too_short_to_be_scrolled_a_long_note_is_written_inside_the_window(
    tmp_path: Path, words: str
) -> None:
    document = letter()
    first, note = note_on(document, "Theodore", "First."), note_on(document, words, "Line.")
    room = open_room(tmp_path, document, [first, note])
    margin = room.annotating.margin
    margin.edit_card(note.id)
    margin.editor.note.insertPlainText("\nand another line" * 60)
    room.type_note(".")
    box = margin.box_of(note.id)
    assert box is not None
    assert margin.rect().contains(box)
    assert margin.editor.note.viewport().rect().contains(margin.editor.note.cursorRect())
    room.close()


def test_a_card_that_grows_past_the_windows_end_is_scrolled_into_it(tmp_path: Path) -> None:
    document = long_document()
    note = note_on(document, "Paragraph 8 says", "First line.")
    room = open_room(tmp_path, document, [note])
    margin = room.annotating.margin
    line = room.view.line_top_of(span_of(document, "Paragraph 8 says").first_place)
    room.view.scroll_by(round(line) - room.view.viewport().height() + 60)
    margin.edit_card(note.id)
    margin.editor.note.insertPlainText("\nand another line" * 6)
    box = margin.box_of(note.id)
    assert box is not None
    assert margin.rect().contains(box)
    room.close()


def test_tab_goes_from_the_note_to_its_tags_and_the_writing_goes_on(room: Room) -> None:
    name = room.stored[2].id
    margin = room.annotating.margin
    margin.edit_card(name)
    room.type_note("Words")
    QTest.keyClick(margin.editor.note, Qt.Key.Key_Tab)
    room.settle()
    assert margin.edited_card == name
    assert margin.editor.tags.hasFocus()
    QTest.keyClicks(margin.editor.tags, "#one #two words")
    QTest.keyClick(margin.editor.tags, Qt.Key.Key_Return)
    note = room.save()[2]
    assert (note.note_text, note.tags) == ("Words", ("one", "two words"))


def test_a_note_that_was_only_looked_at_is_not_changed(tmp_path: Path) -> None:
    document = letter()
    note = note_on(document, "soft light", "No\N{NO-BREAK SPACE}break \r\nspaces  ", tags=("C#",))
    room = open_room(tmp_path, document, [note])
    room.annotating.margin.edit_card(note.id)
    room.annotating.finish_editing()
    assert room.save() == [note]
    room.close()


def test_no_break_spaces_survive_the_editing(tmp_path: Path) -> None:
    document = letter()
    note = note_on(document, "soft light", "10\N{NO-BREAK SPACE}km")
    room = open_room(tmp_path, document, [note])
    room.annotating.margin.edit_card(note.id)
    room.type_note("!")
    room.annotating.finish_editing()
    assert room.save()[0].note_text == "10\N{NO-BREAK SPACE}km!"
    room.close()
