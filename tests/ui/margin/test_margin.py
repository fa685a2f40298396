"""Cards in the margin: placed, pressed, reached by keyboard."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from reader.annotations.editing import new_annotation
from reader.annotations.model import COMMENTING, Annotation
from reader.text.document import Document, Span
from reader.ui.look.theme import DARK
from reader.ui.margin.cards.card_handles import CardHandle, CardHandles
from tests.ui.margin.reading_room import NOW, Room, letter, note_on, open_room, span_of
from tests.ui.margin.three_notes import LEFT, NO_KEY, boxes_of, long_document, press, three_notes

pytestmark = pytest.mark.usefixtures("qapp")


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
    boxes = boxes_of(room.annotating.margin, notes)
    assert len(boxes) == 4
    assert all(above[1] < below[0] for above, below in pairwise(boxes))
    room.close()


def test_cards_move_with_the_text(tmp_path: Path) -> None:
    document = long_document()
    note = note_on(document, "Paragraph 5 says", "A note.")
    room = open_room(tmp_path, document, [note])
    before = room.centre_of(note.id)
    room.view.scroll_by(50)
    assert room.centre_of(note.id).y() == before.y() - 50
    room.close()


def test_a_click_on_a_card_shows_its_passage(tmp_path: Path) -> None:
    document = long_document()
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
    document = long_document()
    note = note_on(document, "Paragraph 1 says", "A note.")
    room = open_room(tmp_path, document, [note])
    place = span_of(document, "Paragraph 1 says").first_place
    before = room.view.line_top_of(place)
    at = room.annotating.margin.mapTo(room.window, room.centre_of(note.id))
    QTest.wheelEvent(room.window.windowHandle(), at.toPointF(), QPoint(0, -120))
    qtbot.waitUntil(lambda: room.view.line_top_of(place) < before)
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
    press(Qt.Key.Key_Down)
    assert margin.focused_card == names[1]
    press(Qt.Key.Key_Up)
    assert margin.focused_card == names[0]
    press(Qt.Key.Key_Escape)
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
    shown = boxes_of(margin, notes)
    assert 5 < len(shown) < 30
    assert all(top >= 0 and bottom <= margin.height() for top, bottom in shown)
    for note in notes:
        margin.focus_card(note.id)
        assert margin.box_of(note.id) is not None
    room.close()


@pytest.mark.parametrize("size", [(1280, 700), (640, 600)], ids=["wide", "narrow"])
def test_it_paints_whatever_is_shown(tmp_path: Path, size: tuple[int, int]) -> None:
    document = letter()
    room = open_room(
        tmp_path, document, [*three_notes(document), *_crowd(document, 25)], size, "dark"
    )
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
