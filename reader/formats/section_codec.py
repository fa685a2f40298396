"""A section as bytes and back: from the process that reads sections, in files that keep them."""

from __future__ import annotations

import json

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

_BLOCK_KINDS = {kind.value: kind for kind in BlockKind}
_INLINE_KINDS = {kind.value: kind for kind in InlineKind}


def encoded(section: Section) -> bytes:
    """Return the section as JSON; `decoded` gives the same section back."""
    content = {
        "index": section.index,
        "title": section.title,
        "text": section.text,
        "blocks": [_block_row(block) for block in section.blocks],
        "inlines": [[run.start, run.end, run.kind, run.target] for run in section.inlines],
        "anchors": dict(section.anchors),
        "notices": [[notice.kind, notice.count, notice.detail] for notice in section.notices],
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def decoded(content: bytes) -> Section:
    """Return the section that `encoded` made bytes of.

    Raises:
        ValueError: these bytes are no section.
    """
    try:
        found = json.loads(content.decode("utf-8", "surrogatepass"))
        return Section(
            found["index"],
            found["title"],
            found["text"],
            tuple([_block(row) for row in found["blocks"]]),
            tuple([Inline(s, e, _INLINE_KINDS[kind], to) for s, e, kind, to in found["inlines"]]),
            found["anchors"],
            tuple(
                Notice(NoticeKind(kind), count, detail) for kind, count, detail in found["notices"]
            ),
        )
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("no section") from error


def _block_row(block: Block) -> list[object]:
    """Return a block's fields, those at the end left out that most blocks don't have."""
    row: list[object] = [block.start, block.end, block.kind]
    if block.level or block.marker or block.language or block.cell or block.picture:
        cell = block.cell
        place = None if cell is None else [cell.table, cell.row, cell.column, cell.is_header]
        row += [block.level, block.marker, block.language, place, block.picture]
    return row


def _block(row: list[object]) -> Block:
    start, end, kind, *rest = row
    made: list[object] = [start, end, _BLOCK_KINDS[kind]]  # type: ignore[index] # rows of JSON
    if rest:
        level, marker, language, place, picture = rest
        cell = None if place is None else TableCell(*place)  # type: ignore[misc]
        made += [level, marker, language, cell, picture]
    return Block(*made)  # type: ignore[arg-type]
