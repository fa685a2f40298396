"""A section as bytes and back: from the process that reads sections, in files that keep them.

A header of JSON says how long the parts are that follow it: the text, where blocks and runs begin
and end, and their rows in groups. So of a long section only the rows are decoded that somebody
looks at: those of two megabytes of endnotes would take 50 ms of the interpreter.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from reader.text.document import (
    Block,
    BlockKind,
    Inline,
    InlineKind,
    Notice,
    NoticeKind,
    Section,
    TableCell,
    is_same_row,
)
from reader.text.late_rows import LateRows, extents_of

_BLOCK_KINDS = {kind.value: kind for kind in BlockKind}
_INLINE_KINDS = {kind.value: kind for kind in InlineKind}
_GROUP = 128
"""Rows that are decoded together, in a quarter of a millisecond."""

_CHECKSUM_BYTES = 4


def encoded(section: Section) -> bytes:
    """Return the section as bytes; `decoded` gives the same section back."""
    blocks, inlines = section.blocks, section.inlines
    parts = [
        section.text.encode("utf-8", "surrogatepass"),
        *map(_numbers, (*extents_of(blocks), *extents_of(inlines))),
        *_groups([_block_row(block) for block in blocks]),
        *_groups([[run.kind, run.target] for run in inlines]),
    ]
    rows = enumerate(pairwise(blocks), 1)
    header = {
        "index": section.index,
        "title": section.title,
        "anchors": dict(section.anchors),
        "notices": [[notice.kind, notice.count, notice.detail] for notice in section.notices],
        "beside": [number for number, (before, block) in rows if is_same_row(before, block)],
        "sizes": [len(part) for part in parts],
    }
    content = b"\n".join([_json(header), b"".join(parts)])
    return zlib.crc32(content).to_bytes(_CHECKSUM_BYTES, "little") + content


def decoded(content: bytes) -> Section:
    """Return the section that `encoded` made bytes of.

    Raises:
        ValueError: these bytes are no section.
    """
    checksum = zlib.crc32(memoryview(content)[_CHECKSUM_BYTES:])
    if content[:_CHECKSUM_BYTES] != checksum.to_bytes(_CHECKSUM_BYTES, "little"):
        raise ValueError("no section")  # so whatever stands in the groups is what was put there
    header_end = content.index(b"\n", _CHECKSUM_BYTES)
    header = json.loads(content[_CHECKSUM_BYTES:header_end].decode("utf-8", "surrogatepass"))
    text, *columns_and_groups = _parts(content, header_end + 1, header["sizes"])
    block_starts, block_ends, run_starts, run_ends = map(_column, columns_and_groups[:4])
    groups = columns_and_groups[4:]
    block_groups = -(-len(block_starts) // _GROUP)
    return Section(
        header["index"],
        header["title"],
        text.decode("utf-8", "surrogatepass"),
        LateRows(
            block_starts,
            block_ends,
            _GROUP,
            partial(_made_blocks, block_starts, block_ends, groups[:block_groups]),
            beside=frozenset(header["beside"]),
        ),
        LateRows(
            run_starts,
            run_ends,
            _GROUP,
            partial(_made_runs, run_starts, run_ends, groups[block_groups:]),
        ),
        header["anchors"],
        tuple(Notice(NoticeKind(kind), count, detail) for kind, count, detail in header["notices"]),
    )


def _json(content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _numbers(numbers: Sequence[int]) -> bytes:
    """Return numbers below 2³² in four bytes each, the lowest first."""
    values = array("I", numbers)
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def _column(content: bytes) -> array[int]:
    values = array("I", content)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def _groups(rows: Sequence[object]) -> Iterator[bytes]:
    return (_json(rows[first : first + _GROUP]) for first in range(0, len(rows), _GROUP))


def _parts(content: bytes, start: int, sizes: Sequence[int]) -> list[bytes]:
    found = []
    for size in sizes:
        found.append(content[start : start + size])
        start += size
    return found


def _rows_of(group: bytes) -> list[Any]:
    rows: list[Any] = json.loads(group.decode("utf-8", "surrogatepass"))
    return rows


def _block_row(block: Block) -> list[object]:
    """Return a block's fields, those at the end left out that most blocks don't have."""
    row: list[object] = [block.kind]
    if block.level or block.marker or block.language or block.cell or block.picture:
        cell = block.cell
        place = None if cell is None else [cell.table, cell.row, cell.column, cell.is_header]
        row += [block.level, block.marker, block.language, place, block.picture]
    return row


def _made_blocks(
    starts: array[int], ends: array[int], groups: Sequence[bytes], number: int
) -> list[Block]:
    first = number * _GROUP
    return [
        _block(starts[index], ends[index], *row)
        for index, row in enumerate(_rows_of(groups[number]), first)
    ]


def _block(
    start: int,
    end: int,
    kind: str,
    level: int = 0,
    marker: str = "",
    language: str | None = None,
    place: Sequence[Any] | None = None,
    picture: str = "",
) -> Block:
    cell = None if place is None else TableCell(*place)
    return Block(start, end, _BLOCK_KINDS[kind], level, marker, language, cell, picture)


def _made_runs(
    starts: array[int], ends: array[int], groups: Sequence[bytes], number: int
) -> list[Inline]:
    first = number * _GROUP
    return [
        Inline(starts[index], ends[index], _INLINE_KINDS[kind], target)
        for index, (kind, target) in enumerate(_rows_of(groups[number]), first)
    ]
