"""Where the ends of a passage snap to, and where they go by a word."""

from __future__ import annotations

import pytest

from reader.text.document import Place, Span
from reader.text.word_edges import edge_beside, has_whole_words, nearest_edge
from tests.ui.view.documents import SectionMaker, document_of

FIRST = SectionMaker(0).add("Don't look, now.").add("Well-known words").made()
SECOND = SectionMaker(1).add("Far off").made()
DOCUMENT = document_of(FIRST, SECOND)


@pytest.mark.parametrize(
    ("offset", "start", "end"),
    [(0, 0, 5), (2, 0, 5), (4, 6, 5), (9, 6, 10), (12, 12, 10), (16, 12, 15)],
)
def test_the_nearest_edge_is_of_a_whole_word(offset: int, start: int, end: int) -> None:
    assert nearest_edge(FIRST, offset, is_start=True) == start
    assert nearest_edge(FIRST, offset, is_start=False) == end


@pytest.mark.parametrize(
    ("start", "end", "is_whole"), [(0, 5, True), (0, 10, True), (1, 5, False), (0, 4, False)]
)
def test_whole_words_are_told_from_parts(start: int, end: int, is_whole: bool) -> None:
    assert has_whole_words(DOCUMENT, Span(0, start, end)) is is_whole


def test_without_a_word_a_place_stays() -> None:
    rule = SectionMaker().add("* * *").made()
    assert nearest_edge(rule, 2, is_start=True) == 2


def test_ends_go_from_word_to_word_across_blocks_and_sections() -> None:
    ends = [Place(0, 5)]
    while (
        following := edge_beside(DOCUMENT, ends[-1], is_start=False, is_forward=True)
    ) is not None:
        ends.append(following)
    words = [DOCUMENT.sections[p.section].text[: p.offset].split()[-1] for p in ends]
    assert words == ["Don't", "look", "now", "Well-known", "words", "Far", "off"]
    back = [ends[-1]]
    while (before := edge_beside(DOCUMENT, back[-1], is_start=False, is_forward=False)) is not None:
        back.append(before)
    assert back == ends[::-1]


def test_beginnings_go_back_across_blocks() -> None:
    place = Place(0, FIRST.blocks[1].start)
    assert edge_beside(DOCUMENT, place, is_start=True, is_forward=False) == Place(0, 12)
