"""Tests of reader.speech.planning.skipping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.speech.planning.skipping import Footnotes, SectionSkips, Skip, SkipReason, WhatIsRead
from reader.text.document import Block, BlockKind, Inline, InlineKind, Section, Span, TableCell

ALL_READ = WhatIsRead(skipped=frozenset())


def section_of(
    *parts: tuple[BlockKind, str], inlines: Sequence[Inline] = (), cells: Sequence[TableCell] = ()
) -> Section:
    """Make a section of blocks that stand two line feeds apart."""
    text, blocks, left = "", [], list(cells)
    for kind, words in parts:
        text += "\n\n" if text else ""
        cell = left.pop(0) if kind is BlockKind.TABLE_CELL and left else None
        blocks.append(Block(len(text), len(text) + len(words), kind, cell=cell))
        text += words
    return Section(0, "", text, tuple(blocks), tuple(inlines))


def skipped_in(section: Section, what: WhatIsRead | None = None) -> list[tuple[str, SkipReason]]:
    """Return what is passed over, in order."""
    skips = SectionSkips(section, what or WhatIsRead()).all()
    return [(section.text[s.span.start : s.span.end], s.reason) for s in skips]


@pytest.mark.parametrize(
    ("kind", "reason", "is_default"),
    [
        (BlockKind.CODE, SkipReason.CODE, True),
        (BlockKind.TABLE_CELL, SkipReason.TABLE, False),
        (BlockKind.CAPTION, SkipReason.CAPTION, False),
        (BlockKind.FIGURE, SkipReason.IMAGE_DESCRIPTION, False),
    ],
)
def test_each_kind_of_block_has_a_switch(
    kind: BlockKind, reason: SkipReason, is_default: bool
) -> None:
    section = section_of((kind, "some words"))
    assert (skipped_in(section) != []) is is_default
    assert skipped_in(section, WhatIsRead(frozenset((reason,)))) == [("some words", reason)]
    assert skipped_in(section, ALL_READ) == []


def test_footnotes_are_passed_over_only_when_not_read_at_all() -> None:
    section = section_of((BlockKind.FOOTNOTE, "A note."))
    for footnotes in Footnotes:
        skipped = skipped_in(section, WhatIsRead(footnotes=footnotes))
        assert (skipped == [("A note.", SkipReason.FOOTNOTE)]) is (footnotes is Footnotes.NOT)


def test_a_rule_is_never_read() -> None:
    section = section_of((BlockKind.RULE, "* * *"))
    assert SectionSkips(section, ALL_READ).block_reason(section.blocks[0]) is SkipReason.RULE


def test_note_references_are_passed_over_once_and_before_any_guess() -> None:
    text = "One[1] two three.[12] Four"
    inlines = [
        Inline(3, 6, InlineKind.NOTE_REFERENCE),
        Inline(3, 6, InlineKind.SUPERSCRIPT),
        Inline(17, 21, InlineKind.NOTE_REFERENCE),
    ]
    section = section_of((BlockKind.PARAGRAPH, text), inlines=inlines)
    reason = SkipReason.NOTE_REFERENCE
    assert skipped_in(section) == [("[1]", reason), ("[12]", reason)]


def test_what_is_found_is_cut_to_the_range_asked_about() -> None:
    text = "The claim that he made.2 Next."
    section = section_of(
        (BlockKind.PARAGRAPH, text), inlines=[Inline(10, 24, InlineKind.NOTE_REFERENCE)]
    )
    skips = SectionSkips(section, WhatIsRead()).within(section.blocks[0], 12, 18)
    assert skips == [Skip(Span(0, 12, 18), SkipReason.NOTE_REFERENCE)]


def test_a_passage_asked_for_is_read_and_its_neighbours_are_not() -> None:
    section = section_of((BlockKind.PARAGRAPH, "One thing.[1] Another thing.[2]"))
    what = WhatIsRead(wanted=frozenset((Span(0, 10, 13),)))
    assert skipped_in(section, what) == [("[2]", SkipReason.CITATION)]


def test_a_table_is_asked_for_as_a_whole() -> None:
    cells = [TableCell(0, 0, 0), TableCell(0, 0, 1), TableCell(1, 0, 0)]
    section = section_of(
        (BlockKind.PARAGRAPH, "Before"),
        (BlockKind.TABLE_CELL, "one"),
        (BlockKind.TABLE_CELL, "two"),
        (BlockKind.TABLE_CELL, "other"),
        cells=cells,
    )
    what = WhatIsRead(frozenset((SkipReason.TABLE,)))
    skips = SectionSkips(section, what)
    first, second, third = skips.all()
    whole = Span(0, first.span.start, second.span.end)
    assert skips.passage_of(first) == skips.passage_of(second) == whole
    assert skips.passage_of(third) == third.span
    assert skipped_in(section, replace(what, wanted=frozenset((whole,)))) == [
        ("other", SkipReason.TABLE)
    ]


def test_page_numbers_stand_between_the_halves_of_a_sentence() -> None:
    section = section_of(
        (BlockKind.PARAGRAPH, "He went down the"),
        (BlockKind.PARAGRAPH, "12"),
        (BlockKind.PARAGRAPH, "stairs and out."),
        (BlockKind.PARAGRAPH, "Page 13 of 20"),
        (BlockKind.PARAGRAPH, "12"),
        (BlockKind.PARAGRAPH, "A new chapter."),
        (BlockKind.PARAGRAPH, "Six"),
        (BlockKind.PARAGRAPH, "Pill"),
    )
    reason = SkipReason.PAGE_NUMBER
    assert skipped_in(section) == [("12", reason), ("Page 13 of 20", reason)]


def test_a_running_head_is_a_line_that_comes_again_beside_page_numbers() -> None:
    pages = []
    for page in range(3):
        pages += [
            (BlockKind.PARAGRAPH, "He went on and on"),
            (BlockKind.PARAGRAPH, "THE DIARY"),
            (BlockKind.PARAGRAPH, f"Page {page}"),
        ]
    pages.append((BlockKind.PARAGRAPH, "Once only"))
    skipped = [words for words, _ in skipped_in(section_of(*pages))]
    assert skipped == ["THE DIARY", "Page 0", "THE DIARY", "Page 1", "THE DIARY", "Page 2"]


FRONT = [
    (BlockKind.HEADING, "Contents"),
    (BlockKind.PARAGRAPH, "One ........ 3"),
    (BlockKind.PARAGRAPH, "Two ........ 9"),
    (BlockKind.LIST_ITEM, "Three"),
]


def test_contents_copyright_and_licences_are_front_matter() -> None:
    section = section_of(
        (BlockKind.PARAGRAPH, "*** START OF THE PROJECT GUTENBERG EBOOK EMMA ***"),
        (BlockKind.PARAGRAPH, "Copyright © 2012 by Jane. All rights reserved."),
        *FRONT,
        (BlockKind.HEADING, "One"),
        (BlockKind.PARAGRAPH, "It began. The contents of the box were gone."),
        (BlockKind.PARAGRAPH, "“All rights reserved,” he said, and laughed at the lawyer."),
        (
            BlockKind.PARAGRAPH,
            "The novel that this essay is about (ISBN 978-3-16-148410-0) is out of print.",
        ),
        (BlockKind.PARAGRAPH, "*** END OF THE PROJECT GUTENBERG EBOOK EMMA ***"),
        (BlockKind.PARAGRAPH, "THE FULL PROJECT GUTENBERG LICENSE"),
    )
    skipped = skipped_in(section)
    assert {reason for _, reason in skipped} == {SkipReason.FRONT_MATTER}
    assert [words.split()[0] for words, _ in skipped] == [
        "***", "Copyright", "Contents", "One", "Two", "Three", "***", "THE",
    ]  # fmt: skip


def test_a_heading_with_few_lines_under_it_is_no_list_of_contents() -> None:
    section = section_of(FRONT[0], FRONT[1], (BlockKind.PARAGRAPH, "He opened it. It was empty."))
    assert skipped_in(section) == []


def test_a_list_that_goes_on_over_pages_is_told_by_what_leads_to_them() -> None:
    section = section_of(
        (BlockKind.LIST_ITEM, "6.4.2 Configuration … 19"),
        (BlockKind.LIST_ITEM, "6.5 Duplex printing. . . . . . . 21"),
        (BlockKind.FOOTNOTE, "Written in Dublin."),
        (BlockKind.PAGE_FURNITURE, "3"),
        (BlockKind.LIST_ITEM, "7 Upgrading 21"),
        (BlockKind.LIST_ITEM, "Index … xiv"),
        (BlockKind.PARAGRAPH, "It began in 1914"),
        (BlockKind.PARAGRAPH, "And so on … 7"),
        (BlockKind.PARAGRAPH, "It ended … 8"),
    )
    skipped = [words for words, reason in skipped_in(section) if reason is SkipReason.FRONT_MATTER]
    assert [words.split()[-1] for words in skipped] == ["19", "21", "21", "xiv"]


def test_a_long_list_of_links_into_the_text_is_its_contents() -> None:
    items = [(BlockKind.LIST_ITEM, f"Chapter {number}") for number in range(6)]
    section = section_of((BlockKind.PARAGRAPH, "A manual."), *items, (BlockKind.PARAGRAPH, "So."))
    blocks = section.blocks[1:-1]

    def linked(target: str) -> Section:
        links = (Inline(b.start, b.end, InlineKind.LINK, target) for b in blocks)
        return replace(section, inlines=tuple(links))

    assert len(skipped_in(linked("chapter.xhtml#first"))) == 6
    assert skipped_in(linked("https://example.org/")) == []
    assert skipped_in(section) == []


def test_an_imprint_is_front_matter_and_a_chapter_on_copyright_is_not() -> None:
    section = section_of(
        (BlockKind.HEADING, "Imprint"),
        (BlockKind.PARAGRAPH, "This book is the product of many hours of work."),
        (BlockKind.HEADING, "Copyright"),
        (BlockKind.PARAGRAPH, "It began with the Statute of Anne, which nobody had asked for."),
        (BlockKind.HEADING, "Copyright notice"),
        (BlockKind.PARAGRAPH, "The words of this book are © 2012 by Jane. Some pictures are not."),
    )
    skipped = [words.split()[0] for words, _ in skipped_in(section)]
    assert skipped == ["Imprint", "This", "Copyright", "The"]


def test_front_matter_is_asked_for_as_a_whole() -> None:
    section = section_of(*FRONT)
    skips = SectionSkips(section, WhatIsRead())
    third = list(skips.all())[2]
    assert skips.passage_of(third) == Span(0, 0, len(section.text))


@given(st.text(alphabet="aA. ,[(1920)]†²\n&;", max_size=120))
def test_passages_are_in_order_and_within_their_block(words: str) -> None:
    section = section_of((BlockKind.PARAGRAPH, words))
    end = 0
    for skip in SectionSkips(section, WhatIsRead()).all():
        assert end <= skip.span.start < skip.span.end <= len(words)
        end = skip.span.end
