"""Cards in the margin: placed, pressed, written in, reached by keyboard, folded when narrow."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from reader.annotations.editing import new_annotation
from reader.annotations.model import COMMENTING, Annotation
from reader.text.document import Document, Span
from reader.ui.look.theme import DARK
from reader.ui.margin.card_face import LEADER_PX
from reader.ui.margin.card_handles import CardHandle, CardHandles
from reader.ui.margin.margin import Margin
from tests.ui.margin.reading_room import NOW, Room, letter, note_on, open_room, span_of
from tests.ui.view.documents import SectionMaker, document_of

pytestmark = pytest.mark.usefixtures("qapp")

LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


def _notes(document: Document) -> list[Annotation]:
    return [
        note_on(document, "letters for other people", "A **job**.", tags=("work",)),
        note_on(document, "no hand at all", "See [this](https://example.org/x) now."),
        note_on(document, "listening, in the old sense"),
    ]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A window with the letter and three notes."""
    document = letter()
    room = open_room(tmp_path, document, _notes(document))
    yield room
    room.close()


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[Room]:
    """The same in a narrow window."""
    document = letter()
    room = open_room(tmp_path, document, _notes(document), size=(640, 600))
    yield room
    room.close()


def _long_document() -> Document:
    section = SectionMaker()
    for number in range(200):
        section.add(f"Paragraph {number} says what the one before it has said already. " * 3)
    return document_of(section.made())


def _press(key: Qt.Key) -> None:
    """Press a key where the keyboard's focus is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def _boxes(margin: Margin, notes: list[Annotation]) -> list[tuple[int, int]]:
    boxes = [margin.box_of(note.id) for note in notes]
    return [(box.top(), box.bottom()) for box in boxes if box is not None]


def test_cards_stand_beside_their_lines(room: Room) -> None:
    for note in room.stored:
        assert note.target.quote is not None
        place = span_of(room.document, note.target.quote.exact).first_place
        line = room.view.line_top_of(place)
        box = room.annotating.margin.box_of(note.id)
        assert box is not None
        assert box.top() < line + room.view.line_height() < box.bottom()


def test_cards_that_collide_are_pushed_apart_in_order(tmp_path: Path) -> None:
    document = letter()
    words = ("Theodore", "writes", "letters", "other")
    notes = [note_on(document, word, "Two lines of a note, at the least. " * 2) for word in words]
    room = open_room(tmp_path, document, notes)
    boxes = _boxes(room.annotating.margin, notes)
    assert len(boxes) == 4
    assert all(above[1] < below[0] for above, below in pairwise(boxes))
    room.close()


def test_cards_move_with_the_text(tmp_path: Path) -> None:
    document = _long_document()
    note = note_on(document, "Paragraph 5 says", "A note.")
    room = open_room(tmp_path, document, [note])
    before = room.centre_of(note.id)
    room.view.scroll_by(50)
    assert room.centre_of(note.id).y() == before.y() - 50
    room.close()


def test_a_click_on_a_card_shows_its_passage(tmp_path: Path) -> None:
    document = _long_document()
    note = note_on(document, "Paragraph 1 says", "A note.")
    room = open_room(tmp_path, document, [note])
    room.view.set_reduced_motion(True)
    activated: list[str] = []
    room.annotating.margin.card_activated.connect(activated.append)
    room.click_card(note.id)
    assert activated == [note.id]
    assert room.annotating.margin.focused_card == note.id
    passage = span_of(document, "Paragraph 1 says")
    assert passage in {lit.span for lit in room.view.decorations()["active-note"]}
    room.close()


def test_between_cards_the_margin_lets_the_mouse_through(room: Room) -> None:
    margin = room.annotating.margin
    room.select("soft light")
    empty = margin.mapTo(room.window, QPoint(margin.width() - 4, margin.height() - 4))
    QTest.mouseClick(room.window.windowHandle(), LEFT, NO_KEY, empty)
    assert room.view.selection is None


def test_the_wheel_over_a_card_scrolls_the_text(tmp_path: Path, qtbot: QtBot) -> None:
    document = _long_document()
    note = note_on(document, "Paragraph 1 says", "A note.")
    room = open_room(tmp_path, document, [note])
    place = span_of(document, "Paragraph 1 says").first_place
    before = room.view.line_top_of(place)
    at = room.annotating.margin.mapTo(room.window, room.centre_of(note.id))
    QTest.wheelEvent(room.window.windowHandle(), at.toPointF(), QPoint(0, -120))
    qtbot.waitUntil(lambda: room.view.line_top_of(place) < before)
    room.close()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
def test_a_focused_card_is_written_in_by_key(room: Room, key: Qt.Key) -> None:
    name = room.stored[0].id
    room.click_card(name)
    _press(key)
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
    document = _long_document()
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
    document = _long_document()
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


def test_a_card_that_grows_past_the_windows_end_is_scrolled_into_it(tmp_path: Path) -> None:
    document = _long_document()
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


def test_a_focused_card_has_colours_and_a_bin(room: Room) -> None:
    margin, name = room.annotating.margin, room.stored[0].id
    room.click_card(name)
    box = margin.box_of(name)
    assert box is not None
    meta_y = box.bottom() - 13 - 8
    right = box.right() - 15
    QTest.mouseClick(margin, LEFT, NO_KEY, QPoint(right - 2 * 18 - 6 - 9, meta_y))
    assert room.save()[0].colour == "sky"
    QTest.mouseClick(margin, LEFT, NO_KEY, QPoint(right - 7, meta_y))
    assert name not in [note.id for note in room.save()]


def test_a_link_is_told_and_not_opened(room: Room) -> None:
    asked: list[str] = []
    room.annotating.link_activated.connect(asked.append)
    margin = room.annotating.margin
    box = margin.box_of(room.stored[1].id)
    assert box is not None
    for x in range(box.left() + 18, box.left() + 120, 4):
        QTest.mouseClick(margin, LEFT, NO_KEY, QPoint(x, box.top() + 22))
        if asked:
            break
    assert asked == ["https://example.org/x"]


def test_arrows_and_escape_lead_from_card_to_card_and_back_to_the_text(room: Room) -> None:
    margin = room.annotating.margin
    names = [note.id for note in room.stored]
    room.click_card(names[0])
    _press(Qt.Key.Key_Down)
    assert margin.focused_card == names[1]
    _press(Qt.Key.Key_Up)
    assert margin.focused_card == names[0]
    _press(Qt.Key.Key_Escape)
    assert room.view.hasFocus()
    assert not margin.has_keyboard


def test_every_card_on_the_screen_has_a_name_for_a_screen_reader(room: Room, qtbot: QtBot) -> None:
    margin = room.annotating.margin
    room.annotating.set_spoken(span_of(room.document, "letters"))

    def names() -> list[str]:
        return [handle.accessibleName() for handle in margin.findChildren(CardHandle)]

    qtbot.waitUntil(lambda: len(names()) == 3)
    qtbot.waitUntil(
        lambda: (
            names()
            == [
                "Note: A **job**., tag work, being read",
                "Note: See [this](https://example.org/x) now.",
                "Highlight without a note",
            ]
        )
    )


def test_a_card_with_the_focus_says_nothing_new_when_it_is_read(room: Room, qtbot: QtBot) -> None:
    margin, name = room.annotating.margin, room.stored[0].id
    qtbot.waitUntil(lambda: len(margin.findChildren(CardHandle)) == 3)
    handle = next(one for one in margin.findChildren(CardHandle) if one.card_id == name)
    handle.setFocus()
    said = handle.accessibleName()
    room.annotating.set_spoken(span_of(room.document, "letters"))
    (handles,) = margin.findChildren(CardHandles)
    handles.place()
    assert handle.accessibleName() == said


def test_a_screen_reader_can_press_a_card(room: Room, qtbot: QtBot) -> None:
    margin, name = room.annotating.margin, room.stored[1].id
    qtbot.waitUntil(lambda: len(margin.findChildren(CardHandle)) == 3)
    handle = next(one for one in margin.findChildren(CardHandle) if one.card_id == name)
    assert isinstance(handle, QAbstractButton)
    handle.click()
    assert margin.focused_card == name


def test_a_long_note_folds_and_unfolds(tmp_path: Path) -> None:
    document = letter()
    note = note_on(document, "soft light", "Words and more words. " * 60)
    room = open_room(tmp_path, document, [note])
    margin = room.annotating.margin
    folded = margin.box_of(note.id)
    assert folded is not None
    assert folded.height() < 300
    QTest.mouseClick(
        margin, LEFT, NO_KEY, QPoint(folded.left() + 24, folded.bottom() - 13 - 17 - 14)
    )
    whole = margin.box_of(note.id)
    assert whole is not None
    assert whole.height() > folded.height() + 200
    room.close()


def _crowd(document: Document, count: int) -> list[Annotation]:
    start = span_of(document, "The instrument").start
    return [
        new_annotation(
            document,
            Span(0, start + 3 * number, start + 3 * number + 5),
            COMMENTING,
            source="letter.txt",
            created=NOW,
            note=f"Note {number} has some words to say.",
        )
        for number in range(count)
    ]


def test_thirty_notes_on_two_lines_stay_on_the_screen_and_can_all_be_reached(
    tmp_path: Path,
) -> None:
    document = letter()
    notes = _crowd(document, 30)
    room = open_room(tmp_path, document, notes)
    margin = room.annotating.margin
    shown = _boxes(margin, notes)
    assert 5 < len(shown) < 30
    assert all(top >= 0 and bottom <= margin.height() for top, bottom in shown)
    for note in notes:
        margin.focus_card(note.id)
        assert margin.box_of(note.id) is not None
    room.close()


def test_a_narrow_window_shows_markers_that_open_their_cards(narrow: Room) -> None:
    margin, name = narrow.annotating.margin, narrow.stored[0].id
    assert margin.box_of(name) is None
    line = narrow.view.line_top_of(span_of(narrow.document, "letters").first_place)
    middle = round(line + narrow.view.line_height() / 2)
    QTest.mouseClick(margin, LEFT, NO_KEY, QPoint(12, middle))
    box = margin.box_of(name)
    assert box is not None
    assert narrow.view.viewport().rect().contains(box)


def test_escape_closes_the_card_over_the_text(narrow: Room) -> None:
    margin, name = narrow.annotating.margin, narrow.stored[0].id
    margin.focus_card(name)
    assert margin.box_of(name) is not None
    _press(Qt.Key.Key_Escape)
    assert margin.box_of(name) is None
    assert narrow.view.hasFocus()


@pytest.mark.parametrize("x", [60, 622], ids=["on the text", "beside the text"])
def test_a_click_elsewhere_closes_the_card_over_the_text(narrow: Room, x: int) -> None:
    margin, name = narrow.annotating.margin, narrow.stored[0].id
    margin.focus_card(name)
    at = QPoint(x, narrow.view.viewport().height() - 4)
    QTest.mouseClick(narrow.window.windowHandle(), LEFT, NO_KEY, at)
    assert margin.box_of(name) is None


def test_a_note_can_be_written_in_a_narrow_window(narrow: Room) -> None:
    name = narrow.stored[2].id
    narrow.annotating.margin.edit_card(name)
    assert narrow.annotating.margin.editor.isVisible()
    narrow.type_note("Narrow")
    narrow.annotating.finish_editing()
    assert narrow.save()[2].note_text == "Narrow"
    assert narrow.annotating.margin.box_of(name) is None


def test_widening_the_window_while_writing_loses_nothing(narrow: Room) -> None:
    margin, name = narrow.annotating.margin, narrow.stored[2].id
    margin.edit_card(name)
    narrow.type_note("Wide")
    narrow.window.resize(1280, 700)
    narrow.view.setGeometry(narrow.window.rect())
    narrow.settle()
    assert margin.edited_card == name
    box = margin.box_of(name)
    assert box is not None
    assert box.contains(margin.editor.geometry())
    narrow.annotating.finish_editing()
    assert narrow.save()[2].note_text == "Wide"


@pytest.mark.parametrize("size", [(1280, 700), (640, 600)], ids=["wide", "narrow"])
def test_it_paints_whatever_is_shown(tmp_path: Path, size: tuple[int, int]) -> None:
    document = letter()
    room = open_room(tmp_path, document, [*_notes(document), *_crowd(document, 25)], size, "dark")
    room.annotating.set_spoken(span_of(document, "letters"))
    room.annotating.margin.focus_card(room.stored[1].id)
    picture = room.window.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    }
    accent = DARK.accent.name()
    assert accent in colours
    room.close()
