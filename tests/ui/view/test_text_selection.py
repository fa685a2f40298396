"""Tests of reader.ui.view.text_selection."""

from __future__ import annotations

import pytest

from reader.text.document import BlockKind, Document, InlineKind, Place, Span, TableCell
from reader.ui.view.text_selection import (
    Link,
    block_span,
    link_at,
    plain_text,
    section_span,
    spans_between,
)
from tests.ui.view.documents import SectionMaker, document_of, prose, span_of
from tests.ui.view.lazy_documents import Shelf


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
    assert plain_text(document, [whole]) == (
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
    assert plain_text(document, [span]) == copied


def test_a_word_is_copied_exactly() -> None:
    document = prose("no\u00a0break and “quotes”  twice")
    assert plain_text(document, [Span(0, 0, 27)]) == "no\u00a0break and “quotes”  twic"


def test_a_block_is_found_by_any_place_in_it() -> None:
    document = prose("one", "two three")
    assert block_span(document, Place(0, 7)) == Span(0, 5, 14)
    assert block_span(document, Place(0, 4)) == Span(0, 0, 3)


@pytest.mark.parametrize(
    ("anchor", "place", "spans"),
    [
        pytest.param(Place(0, 3), Place(0, 3), (), id="nothing"),
        pytest.param(Place(0, 3), Place(0, 5), (Span(0, 3, 5),), id="forward"),
        pytest.param(Place(0, 3), Place(0, 1), (Span(0, 1, 3),), id="backward"),
        pytest.param(
            Place(0, 3), Place(1, 2), (Span(0, 3, 7), Span(1, 0, 2)), id="into the next section"
        ),
        pytest.param(
            Place(2, 1), Place(0, 3), (Span(0, 3, 7), Span(1, 0, 3), Span(2, 0, 1)), id="over one"
        ),
    ],
)
def test_a_selection_is_what_lies_between_two_places(
    anchor: Place, place: Place, spans: tuple[Span, ...]
) -> None:
    words = ("one two", "x y", "z")
    sections = [SectionMaker(number).add(text).made() for number, text in enumerate(words)]
    assert spans_between(anchor, place, document_of(*sections)) == spans


def test_a_selection_ends_before_a_section_that_was_never_read() -> None:
    shelf = Shelf(3)
    document = shelf.document()
    first = document.sections[0]
    assert spans_between(Place(0, 5), Place(2, 9), document) == (Span(0, 5, len(first.text)),)
    assert shelf.was_read == [0]


def test_copied_sections_are_apart_like_paragraphs() -> None:
    document = document_of(SectionMaker(0).add("one two").made(), SectionMaker(1).add("x y").made())
    assert plain_text(document, [Span(0, 4, 7), Span(1, 0, 1)]) == "two\n\nx"


def test_links_are_found_by_their_characters_alone() -> None:
    section = SectionMaker().add("see the end here").mark("the end", InlineKind.LINK, "#end").made()
    document = document_of(section)
    link = Link("#end", Span(0, 4, 11), is_note=False)
    found = [link_at(document, Place(0, offset)) for offset in (3, 4, 10, 11)]
    assert found == [None, link, link, None]
