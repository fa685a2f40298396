"""A text cut by its notes loses nothing, and each note begins and ends once."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotations.anchoring import Anchor, AnchorState
from reader.annotations.exchange.annotated_texts.marked_text import MarkedBlock, MarkedText
from reader.annotations.exchange.text_with_notes import NotedPassage
from reader.annotations.model import annotation_from_json
from reader.text.document import Block, BlockKind, Inline, InlineKind, Section, Span
from tests.annotations.documents import annotation_json

TEXT = "The house\n\nAll was quiet.\nReally.\n\nAnd the rain went on."
SECTION = Section(
    0,
    "",
    TEXT,
    (
        Block(0, 9, BlockKind.HEADING, level=1),
        Block(11, 33, BlockKind.PARAGRAPH),
        Block(34, 34, BlockKind.RULE),
        Block(35, len(TEXT), BlockKind.PARAGRAPH),
    ),
    (Inline(15, 24, InlineKind.EMPHASIS), Inline(19, 33, InlineKind.LINK, "https://example.org")),
)
ANNOTATION = annotation_from_json(annotation_json())


def marked(*ranges: tuple[int, int], section: Section = SECTION) -> list[MarkedBlock]:
    notes = [
        NotedPassage(ANNOTATION, Anchor(AnchorState.ANCHORED, Span(0, *given), 1.0), "", "", "")
        for given in ranges
    ]
    return list(MarkedText(notes).blocks_of(section))


def passage(blocks: list[MarkedBlock], note: int) -> str:
    return "|".join(p.text for b in blocks for p in b.pieces if note in p.notes)


def test_pieces_are_of_one_kind_throughout() -> None:
    paragraph = marked()[1]
    assert [(p.text, {k.value for k in p.kinds}, p.target) for p in paragraph.pieces] == [
        ("All ", set(), ""),
        ("was ", {"emphasis"}, ""),
        ("quiet", {"emphasis", "link"}, "https://example.org"),
        (". Really.", {"link"}, "https://example.org"),
    ]


def test_a_note_across_blocks_begins_in_the_first_and_ends_in_the_last() -> None:
    blocks = marked((4, 42))
    assert passage(blocks, 0) == "house|All |was |quiet|. Really.|And the"
    begun = [n for n, b in enumerate(blocks) for p in b.pieces if p.begun]
    ended = [n for n, b in enumerate(blocks) for p in b.pieces if p.ended]
    assert (begun, ended) == ([0], [3])


def test_of_notes_on_each_other_the_one_begun_last_is_last() -> None:
    blocks = marked((11, 24), (15, 18))
    assert [p.notes for p in blocks[1].pieces[:3]] == [(0,), (0, 1), (0,)]


def test_a_note_without_characters_or_between_blocks_is_a_place() -> None:
    blocks = marked((15, 15), (9, 11), (34, 34), (len(TEXT), len(TEXT)))
    places = [(n, p.begun) for n, b in enumerate(blocks) for p in b.pieces if p.begun]
    assert places == [(1, (1,)), (1, (0,)), (2, (2,)), (3, (3,))] or places == [
        (1, (1,)),
        (1, (0,)),
        (3, (2,)),
        (3, (3,)),
    ]
    assert all(p.text == "" for b in blocks for p in b.pieces if p.begun)


RANGES = st.lists(
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(
        lambda ends: (min(ends), max(ends))
    ),
    max_size=6,
)


@settings(deadline=None)
@given(RANGES)
def test_whatever_the_notes_nothing_is_lost_and_each_begins_and_ends_once(
    ranges: list[tuple[int, int]],
) -> None:
    blocks = marked(*ranges)
    for block in blocks:
        shown = TEXT[block.block.start : block.block.end].replace("\n", " ")
        assert "".join(piece.text for piece in block.pieces) == shown
    begun = Counter(n for b in blocks for p in b.pieces for n in p.begun)
    ended = Counter(n for b in blocks for p in b.pieces for n in p.ended)
    assert begun == ended == Counter(range(len(ranges)))
    for number, (start, end) in enumerate(ranges):
        inside = "".join(
            TEXT[max(start, b.start) : min(end, b.end)] for b in SECTION.blocks
        ).replace("\n", " ")
        assert passage(blocks, number).replace("|", "") == inside
