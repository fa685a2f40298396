"""The margin of a narrow window, where markers stand for cards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.ui.margin.reading_room import Room, span_of
from tests.ui.margin.three_notes import LEFT, NO_KEY, press

pytestmark = pytest.mark.usefixtures("qapp")


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
    press(Qt.Key.Key_Escape)
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
