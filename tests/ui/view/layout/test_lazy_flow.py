"""Tests of a text on the screen whose sections are read only when the reader comes near."""

from __future__ import annotations

import pytest

from reader.formats.process.section_codec import decoded, encoded
from reader.text.document import BlockKind, Document, Place, TableCell
from reader.text.lazy_sections import LazySections
from reader.ui.look.theme import Theme
from reader.ui.view.layout.section_items import Measure, SectionItems
from reader.ui.view.layout.text_flow import READ_AT_ONCE, TextFlow
from reader.ui.view.scroll_anchor import ScrollAnchor
from tests.ui.view.documents import SectionMaker
from tests.ui.view.lazy_documents import Shelf

pytestmark = pytest.mark.usefixtures("qapp")

SCREEN = 700
LONG = 500
"""Paragraphs of a section that is too long to be read at once."""


def anchor_of(document: Document) -> ScrollAnchor:
    return ScrollAnchor(TextFlow(document, Theme("light"), 600), SCREEN)


def read_and_take(anchor: ScrollAnchor, section: int) -> None:
    anchor.flow.take(anchor.flow.document.sections[section])


def first_lines(anchor: ScrollAnchor) -> tuple[Place, float]:
    place = anchor.first_visible_place()
    assert place is not None
    return place, anchor.line_at(place)[0]


def test_long_sections_in_these_tests_are_not_read_at_once() -> None:
    document = Shelf(1, LONG).document()
    assert isinstance(document.sections, LazySections)
    assert document.sections.length_of(0) > READ_AT_ONCE


def test_showing_the_beginning_reads_the_first_section_alone() -> None:
    shelf = Shelf(20)
    anchor = anchor_of(shelf.document())
    list(anchor.visible())
    anchor.bar_maximum()
    assert shelf.was_read == [0]


def test_showing_a_place_reads_its_section_and_the_beginning() -> None:
    shelf = Shelf(20)
    anchor = anchor_of(shelf.document())
    anchor.put_line_at(Place(11, 4000), 100)
    list(anchor.visible())
    assert sorted(shelf.was_read) == [0, 11]
    assert anchor.line_at(Place(11, 4000))[0] == 100


def test_scrolling_to_the_end_reads_the_last_section() -> None:
    shelf = Shelf(20)
    anchor = anchor_of(shelf.document())
    anchor.move_to_bottom()
    *_, (_, item, top) = anchor.visible()
    assert sorted(shelf.was_read) == [0, 19]
    assert top + item.height == SCREEN
    assert (item.section, item.end) == (19, shelf.end().offset)
    assert anchor.bar_value() == anchor.bar_maximum()


def test_scrolling_on_reads_one_section_after_the_other() -> None:
    shelf = Shelf(3, paragraphs=20)
    anchor = anchor_of(shelf.document())
    seen: set[int] = set()
    while anchor.move_by(300):
        seen |= {item.section for _, item, _ in anchor.visible()}
    assert shelf.was_read == [0, 1, 2]
    assert seen == {0, 1, 2}
    assert anchor.bar_value() == anchor.bar_maximum()


def test_scrolling_back_and_forth_over_sections_is_exact() -> None:
    anchor = anchor_of(Shelf(5, paragraphs=10).document())
    anchor.put_line_at(Place(2, 0), 200)
    for step in (-3000, 5000, -2500, 500):
        assert anchor.move_by(step) == pytest.approx(step)
    assert anchor.line_at(Place(2, 0))[0] == 200


@pytest.mark.parametrize("estimate", [0.5, 1.0, 1.7])
def test_a_long_section_shows_the_place_asked_for_once_it_is_read(estimate: float) -> None:
    shelf = Shelf(3, LONG, estimate)
    anchor = anchor_of(shelf.document())
    anchor.put_line_at(Place(1, 30_000), 150)
    list(anchor.visible())
    assert 1 not in shelf.was_read
    assert anchor.unread_nearby(SCREEN)[0] == 1
    read_and_take(anchor, 1)
    assert anchor.line_at(Place(1, 30_000))[0] == 150


def test_what_is_on_the_screen_stays_when_the_section_above_is_read() -> None:
    shelf = Shelf(3, LONG, estimate=1.7)
    anchor = anchor_of(shelf.document())
    read_and_take(anchor, 2)
    anchor.put_line_at(Place(2, 0), 300)
    list(anchor.visible())
    assert anchor.flow.is_read(1) is False
    top = anchor.line_at(Place(2, 0))[0]
    read_and_take(anchor, 1)
    assert anchor.line_at(Place(2, 0))[0] == top == 300
    assert first_lines(anchor)[0].section == 1


def test_what_is_on_the_screen_stays_when_the_section_below_is_read() -> None:
    shelf = Shelf(3, LONG, estimate=0.6)
    anchor = anchor_of(shelf.document())
    read_and_take(anchor, 0)
    before = first_lines(anchor)
    read_and_take(anchor, 1)
    assert first_lines(anchor) == before


def test_the_bar_stands_still_when_a_section_is_read() -> None:
    anchor = anchor_of(Shelf(9, LONG, estimate=1.4).document())
    anchor.put_line_at(Place(4, 0), 0)
    value, maximum = anchor.bar_value(), anchor.bar_maximum()
    for section in (0, 1, 2, 3):
        read_and_take(anchor, section)
    assert (anchor.bar_value(), anchor.bar_maximum()) == (value, maximum)


def test_the_end_of_a_long_last_section_is_at_the_bottom_once_it_is_read() -> None:
    shelf = Shelf(2, LONG, estimate=1.4)
    anchor = anchor_of(shelf.document())
    anchor.move_to_bottom()
    list(anchor.visible())
    assert 1 not in shelf.was_read
    read_and_take(anchor, 1)
    *_, (_, item, top) = anchor.visible()
    assert top + item.height == SCREEN
    assert item.end == shelf.end().offset


def test_a_place_far_away_is_estimated_without_reading_its_section() -> None:
    shelf = Shelf(30)
    anchor = anchor_of(shelf.document())
    tops = [anchor.line_at(Place(section, 500))[0] for section in range(2, 30)]
    assert tops == sorted(tops)
    assert shelf.was_read == [0]


def test_a_section_that_came_as_bytes_has_the_same_items() -> None:
    maker = SectionMaker(0).add("Before", BlockKind.PARAGRAPH)
    for row in range(3):
        for column in range(2):
            maker.add(f"{row} {column}", BlockKind.TABLE_CELL, cell=TableCell(0, row, column))
    section = maker.add("After", BlockKind.PARAGRAPH).made()
    measure = Measure(66, 30)
    whole = SectionItems(section, len(section.text), measure)
    late = SectionItems(decoded(encoded(section)), len(section.text), measure)
    assert len(whole) == 5
    assert (late.starts, late.ends) == (whole.starts, whole.ends)
    assert late.first_blocks == whole.first_blocks
