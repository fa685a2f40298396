"""Tests of reader.ui.view.text_selection."""

from __future__ import annotations

import pytest

from reader.text.document import BlockKind, Document, InlineKind, Place, Span, TableCell
from reader.ui.view.text_selection import (
    Link,
    between,
    block_span,
    link_at,
    plain_text,
    section_span,
)
from tests.ui.view.documents import SectionMaker, document_of, prose, span_of


def mixed() -> Document:
    maker = SectionMaker().add("A title", BlockKind.HEADING, level=1)
    maker.add("First line\nsecond line.").add("apples", BlockKind.LIST_ITEM, level=1, marker="•")
    maker.add("pears", BlockKind.LIST_ITEM, level=1, marker="•")
    maker.add("a = 1\nb = 2", BlockKind.CODE)
    for row, cells in enumerate((("x", "y"), ("1", "2"))):
        for column, cell in enumerate(cells):
            maker.add(cell, BlockKind.TABLE_CELL, cell=TableCell(0, row, column))
    return document_of(maker.made())


def test_the_whole_text_is_copied_with_its_blocks_apart() -> None:
    document = mixed()
    whole = section_span(document, 0)
    assert whole is not None
    assert plain_text(document, whole) == (
        "A title\n\nFirst line second line.\n\n• apples\n• pears\n\na = 1\nb = 2\n\nx\ty\n1\t2"
    )


@pytest.mark.parametrize(
    ("start", "end", "copied"),
    [
        ("tle", "First", "tle\n\nFirst"),
        ("line", "second", "line second"),
        ("ples", "pea", "ples\n• pea"),
    ],
    ids=["across blocks", "over a line feed", "inside list items"],
)
def test_a_part_is_copied_as_it_shows(start: str, end: str, copied: str) -> None:
    document = mixed()
    span = Span(0, span_of(document, start).start, span_of(document, end).end)
    assert plain_text(document, span) == copied


def test_a_word_is_copied_exactly() -> None:
    document = prose("no\u00a0break and “quotes”  twice")
    assert plain_text(document, Span(0, 0, 27)) == "no\u00a0break and “quotes”  twic"


def test_a_block_is_found_by_any_place_in_it() -> None:
    document = prose("one", "two three")
    assert block_span(document, Place(0, 7)) == Span(0, 5, 14)
    assert block_span(document, Place(0, 4)) == Span(0, 0, 3)


@pytest.mark.parametrize(
    ("place", "span"),
    [
        (Place(0, 3), None),
        (Place(0, 5), Span(0, 3, 5)),
        (Place(0, 1), Span(0, 1, 3)),
        (Place(1, 2), Span(0, 3, 7)),
    ],
    ids=["nothing", "forward", "backward", "into the next section"],
)
def test_a_selection_lies_between_two_places_of_one_section(
    place: Place, span: Span | None
) -> None:
    document = document_of(SectionMaker(0).add("one two").made(), SectionMaker(1).add("x y").made())
    assert between(Place(0, 3), place, document) == span


def test_a_selection_into_the_section_before_goes_to_its_own_beginning() -> None:
    document = document_of(SectionMaker(0).add("one two").made(), SectionMaker(1).add("x y").made())
    assert between(Place(1, 2), Place(0, 3), document) == Span(1, 0, 2)


def test_links_are_found_by_their_characters_alone() -> None:
    section = SectionMaker().add("see the end here").mark("the end", InlineKind.LINK, "#end").made()
    document = document_of(section)
    link = Link("#end", Span(0, 4, 11), is_note=False)
    found = [link_at(document, Place(0, offset)) for offset in (3, 4, 10, 11)]
    assert found == [None, link, link, None]
