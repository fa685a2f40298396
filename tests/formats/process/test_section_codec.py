"""A section goes through bytes and comes back the same."""

from __future__ import annotations

from bisect import bisect_right
from pathlib import Path

import pytest

from reader.formats.process.section_codec import decoded, encoded
from reader.formats.registry import open_document
from reader.text.document import (
    Block,
    BlockKind,
    Inline,
    InlineKind,
    Notice,
    NoticeKind,
    Section,
    TableCell,
)
from reader.text.late_rows import LateRows

EVERYTHING = Section(
    7,
    "Title “quoted”",
    "One\u2028two\n\nthree 𝄞 \ud800\tfour",
    (
        Block(0, 7, BlockKind.HEADING, level=2, language="de-CH"),
        Block(9, 14, BlockKind.LIST_ITEM, level=1, marker="•"),
        Block(15, 17, BlockKind.TABLE_CELL, cell=TableCell(0, 1, 2, is_header=True)),
        Block(17, 17, BlockKind.FIGURE, picture="images/a b.png"),
        Block(18, 22, BlockKind.PARAGRAPH),
    ),
    (Inline(0, 3, InlineKind.LINK, "3#a"), Inline(9, 14, InlineKind.EMPHASIS)),
    {"a": 9, "": 0},
    (Notice(NoticeKind.PART_DAMAGED, detail="part.xhtml"),),
)


def test_everything_in_a_section_comes_back() -> None:
    assert decoded(encoded(EVERYTHING)) == EVERYTHING


@pytest.mark.parametrize("name", ["accessible_epub_3.epub", "sherlock-holmes.epub"])
def test_real_sections_come_back(name: str, shared_inputs: Path) -> None:
    for section in open_document(shared_inputs / name).sections:
        found = decoded(encoded(section))
        assert found == section
        assert found.anchors == section.anchors


def test_of_a_long_section_only_what_is_looked_at_is_decoded() -> None:
    text = "A line.\n" * 5000
    blocks = tuple(Block(at, at + 7, BlockKind.PARAGRAPH) for at in range(0, len(text), 8))
    found = decoded(encoded(Section(0, "", text, blocks))).blocks
    assert isinstance(found, LateRows)
    assert (found.starts[4321], found.ends[4321]) == (8 * 4321, 8 * 4321 + 7)
    assert found.made_count == 0
    assert found[4321] == blocks[4321]
    assert 0 < found.made_count < 500
    for cut in (slice(-3, None), slice(100, 140), slice(128, 256), slice(7, 7), slice(9, 2, -3)):
        assert found[cut] == blocks[cut]
    assert bisect_right(found, 8 * 77, key=lambda block: block.start) == 78
    assert found.made_count < 2500
    assert found == blocks


@pytest.mark.parametrize("at", [0, 3, 200, -1], ids=str)
def test_a_changed_byte_is_noticed_at_once_and_not_where_it_is_looked_at(at: int) -> None:
    content = bytearray(encoded(EVERYTHING))
    content[at] ^= 1
    with pytest.raises(ValueError, match="no section"):
        decoded(bytes(content))


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'"x"', b"\xff\xfe", encoded(EVERYTHING)[:-9]], ids=repr
)
def test_other_bytes_are_no_section(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json and we word it differently
        decoded(content)
