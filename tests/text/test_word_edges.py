"""Where the ends of a passage snap to, and where they go by a word."""

from __future__ import annotations

import pytest

from reader.text import word_edges
from reader.text.document import Place, Span
from reader.text.segment import word_ranges
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


@pytest.mark.parametrize("is_start", [True, False])
@pytest.mark.parametrize("is_forward", [True, False])
def test_in_a_long_block_only_what_lies_near_is_looked_at(
    is_start: bool, is_forward: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = SectionMaker().add("Don't look, well-known words! " * 200).made()
    document = document_of(long)
    looked_at: list[int] = []

    def ranges(text: str, start: int, end: int) -> list[tuple[int, int]]:
        looked_at.append(end - start)
        return word_ranges(text, start, end)

    monkeypatch.setattr(word_edges, "word_ranges", ranges)
    edges = [word[0 if is_start else 1] for word in word_ranges(long.text, 0, len(long.text))]
    for offset in (
        *range(20, 60),
        *range(3000, 3040),
        *range(len(long.text) - 60, len(long.text) - 40),
    ):
        found = edge_beside(document, Place(0, offset), is_start=is_start, is_forward=is_forward)
        beside = [e for e in edges if (e > offset if is_forward else e < offset)]
        assert found == Place(0, min(beside) if is_forward else max(beside))
    assert max(looked_at) < 1000


def test_a_block_with_but_one_word_is_looked_through() -> None:
    section = SectionMaker().add("word " + "* " * 2000 + "end").made()
    document = document_of(section)
    forward = edge_beside(document, Place(0, 6), is_start=True, is_forward=True)
    assert forward == Place(0, section.text.index("end"))
    back = edge_beside(document, Place(0, 4000), is_start=False, is_forward=False)
    assert back == Place(0, 4)


def test_beginnings_go_back_across_blocks() -> None:
    place = Place(0, FIRST.blocks[1].start)
    assert edge_beside(DOCUMENT, place, is_start=True, is_forward=False) == Place(0, 12)
