"""Builds a section's canonical text and its blocks and runs together, so that offsets never slip.

For formats whose text is inside markup. White space is collapsed as browsers do it, except in
preformatted blocks; blocks are parted by an empty line, list items and rows by a line feed, cells
by a tab. A line break that the author asked for inside a block is U+2028, the line separator.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from reader.text.document import Block, BlockKind, Inline, InlineKind, Section
from reader.values import replaced

LINE_BREAK = "\u2028"

_SPACES = " \t\n\r\f"
_COLLAPSIBLE = re.compile(f"[{_SPACES}]+")
_UNSEEN = (
    " \u00a0\u00ad\u2000\u2001\u2002\u2003\u2009\u200a\u200b\u200c\u200d\u202f\u2060\u3000\ufeff"
)
_EMPTY_LINES = re.compile(r"\A(?:[ \t]*\n)+")


class _Run:
    """An inline quality that is open: where it started in the open block, None before its text."""

    __slots__ = ("kind", "start", "target")

    def __init__(self, kind: InlineKind, target: str, start: int | None = None) -> None:
        self.kind = kind
        self.target = target
        self.start = start


class SectionWriter:
    """Takes text, blocks and runs in reading order.

    A block opens with its first visible character, in the shape last given to `begin_block`; runs
    that are open across blocks are cut at their ends, so that each lies inside one block.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._inlines: list[Inline] = []
        self._shape = Block(0, 0, BlockKind.PARAGRAPH)
        self._start = 0
        self._is_open = False
        self._space = ""
        self._held: list[str] = []
        self._runs: list[_Run] = []
        self._pictures: list[str] = []

    @property
    def is_block_open(self) -> bool:
        """Whether the block begun last holds something."""
        return self._is_open

    @property
    def length(self) -> int:
        """How many code points the text has so far."""
        return self._length

    @property
    def next_block_number(self) -> int:
        """The number, within the section, of the open block, or of the next one."""
        return len(self._blocks)

    def begin_block(self, shape: Block) -> None:
        """End the open block; what is written next is a block like `shape` (its places unused)."""
        self.end_block()
        self._shape = shape

    def end_block(self) -> None:
        """End the open block, if one is; more text makes another block of the same shape."""
        self._space = ""
        self._held = []
        if not self._is_open:
            return
        for run in self._runs:
            self._close(run)
        self._blocks.append(_placed(self._shape, self._start, self._length))
        if self._shape.marker:
            self._shape = replaced(self._shape, marker="")  # shown once
        self._is_open = False

    def add_rule(self) -> None:
        """End the open block and put a rule after it: a block without text."""
        self.end_block()
        if self._blocks and self._blocks[-1].kind is not BlockKind.RULE:
            self._blocks.append(Block(self._length, self._length, BlockKind.RULE))

    def add_figure(self, shape: Block) -> None:
        """End the open block and put a picture after it that nothing describes."""
        self.end_block()
        self._blocks.append(_placed(shape, self._length, self._length))

    def write(self, text: str) -> None:
        """Add text, its white space collapsed."""
        bare = text.strip(_SPACES)
        if not bare:
            self._space = self._space or (" " if text else "")
            return
        if not self._is_open and not bare.strip(_UNSEEN):
            return  # a paragraph of no-break spaces is a gap that somebody wanted
        if text[0] in _SPACES:
            self._space = self._space or " "
        self._put(_COLLAPSIBLE.sub(" ", bare))
        if text[-1] in _SPACES:
            self._space = " "

    def write_preformatted(self, text: str) -> None:
        """Add text exactly as it is, but for empty lines around the block as a whole."""
        bare = text.rstrip(_SPACES)
        if not bare:
            self._held.append(text)
            return
        before = "".join(self._held)
        self._held = [text[len(bare) :]]
        self._put(before + bare if self._is_open else _EMPTY_LINES.sub("", before + bare))

    def write_line_break(self) -> None:
        """Begin a new line in the open block; two in a row begin a new block."""
        if self._space == LINE_BREAK:
            self.end_block()
        elif self._is_open:
            self._space = LINE_BREAK

    def begin_run(self, kind: InlineKind, target: str = "") -> None:
        """What is written up to the matching `end_run` has this quality."""
        self._runs.append(_Run(kind, target))

    def end_run(self) -> None:
        """End the run begun last."""
        self._close(self._runs.pop())

    def section(
        self, index: int, title: str, anchors: Mapping[str, tuple[int, int]] | None = None
    ) -> Section:
        """End the open block and return all that was written.

        `anchors` are names with what `next_block_number` and `length` were at their places.
        """
        self.end_block()
        inlines = sorted(self._inlines, key=lambda run: (run.start, -run.end))
        text = "".join(self._pieces)
        starts = [*(block.start for block in self._blocks), self._length]
        offsets = {}
        for name, (block, length) in (anchors or {}).items():
            offset = max(starts[min(block, len(self._blocks))], length)
            offsets[name] = offset + text.startswith((" ", LINE_BREAK), offset)
        return Section(index, title, text, tuple(self._blocks), tuple(inlines), offsets)

    def _put(self, text: str) -> None:
        if not self._is_open:
            self._append(self._separator())
            self._start = self._length
            self._is_open = True
            for target in self._pictures:
                self._place_picture(target)
            self._pictures.clear()
        elif self._space:
            self._append(self._space)
        self._space = ""
        for run in self._runs:
            if run.start is None:
                run.start = self._length
        self._append(text)

    def _append(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def _close(self, run: _Run) -> None:
        if run.start is not None:
            self._inlines.append(Inline(run.start, self._length, run.kind, run.target))
            run.start = None
        elif run.kind is InlineKind.PICTURE and run.target:
            self._place_picture(run.target)

    def _place_picture(self, target: str) -> None:
        """Put down a picture that nothing describes: in the open block, or in the next one."""
        if self._is_open:
            self._inlines.append(Inline(self._length, self._length, InlineKind.PICTURE, target))
        else:
            self._pictures.append(target)

    def _separator(self) -> str:
        if not self._length:
            return ""
        before = self._blocks[-1]
        cell, cell_before = self._shape.cell, before.cell
        if cell is not None and cell_before is not None and cell.table == cell_before.table:
            is_row_same = cell.row == cell_before.row
            return "\t" if is_row_same and cell.column != cell_before.column else "\n"
        is_next_item = self._shape.marker and self._shape.kind is before.kind is BlockKind.LIST_ITEM
        return "\n" if is_next_item else "\n\n"


def _placed(shape: Block, start: int, end: int) -> Block:
    # dataclasses.replace takes four times as long, and there is one for every block.
    return Block(
        start,
        end,
        shape.kind,
        shape.level,
        shape.marker,
        shape.language,
        shape.cell,
        shape.picture,
    )
