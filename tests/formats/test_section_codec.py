"""A section goes through bytes and comes back the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.formats.registry import open_document
from reader.formats.section_codec import decoded, encoded
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


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'"x"', b"\xff\xfe", encoded(EVERYTHING)[:-9]], ids=repr
)
def test_other_bytes_are_no_section(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json and we word it differently
        decoded(content)
