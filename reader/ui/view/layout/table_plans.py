"""How a table is laid out in the column: how wide its columns are, or folded where it is too wide.

A column is at least as wide as its longest word. Where even small type doesn't make all columns
fit, each row is folded: its cells stand below each other, each beside the head of its column.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontMetricsF

from reader.text.document import Block, Section
from reader.ui.look.theme import Theme
from reader.values import value

CELL_PADDING_X = 12.0
SIZES = (14.5, 12.5)
"""Of the type in cells: the usual one, and one for tables that need more room."""

_WIDEST_WORD = 0.4
"""Of the column's width: an address that is longer may be broken."""
_WIDEST_CELL = 60
"""Characters that a cell's text counts for at most when room is given out."""
_FEWEST_FOLDED = 3
"""Columns: a table of two is never folded."""


@value
class TablePlan:
    """`edges` are the x of each column's left edge and of the last one's right; empty if folded.

    `size` is that of the type. `heads` are the words at the head of each column, in folded tables.
    """

    edges: tuple[float, ...]
    size: float
    heads: tuple[str, ...] = ()


def plan_table(section: Section, cells: Sequence[Block], theme: Theme, width: float) -> TablePlan:
    """Return how the table with these cells is laid out in a column `width` pixels wide."""
    count = max(block.cell.column for block in cells if block.cell is not None) + 1
    words, texts = _longest(section, cells, count)
    for size in SIZES:
        metrics = QFontMetricsF(theme.interface_font(size, 600))
        padding = theme.px(CELL_PADDING_X)
        least = [
            min(metrics.horizontalAdvance(word), width * _WIDEST_WORD) + padding for word in words
        ]
        if sum(least) <= width or count < _FEWEST_FOLDED:
            character = metrics.averageCharWidth()
            wanted = [character * min(length, _WIDEST_CELL) + padding for length in texts]
            return TablePlan(_edges(least, wanted, width), size)
    return TablePlan((), SIZES[0], _heads(section, cells, count))


def _longest(section: Section, cells: Sequence[Block], count: int) -> tuple[list[str], list[int]]:
    """Return the longest word, and the length of the longest text, in each column."""
    words, texts = [""] * count, [0] * count
    for block in cells:
        if block.cell is None:
            continue
        column = block.cell.column
        text = section.text[block.start : block.end]
        texts[column] = max(texts[column], len(text))
        word = max(text.split(), key=len, default="")
        if len(word) > len(words[column]):
            words[column] = word
    return words, texts


def _edges(least: Sequence[float], wanted: Sequence[float], width: float) -> tuple[float, ...]:
    """Give each column its least width, and the rest of the room by what else they want."""
    left = max(width - sum(least), 0.0)
    # the root: one column of long texts doesn't starve the others
    wishes = [max(want - has, 1.0) ** 0.6 for want, has in zip(wanted, least, strict=True)]
    shrink = min(width / sum(least), 1.0)
    edges = [0.0]
    for has, wish in zip(least, wishes, strict=True):
        edges.append(edges[-1] + has * shrink + left * wish / sum(wishes))
    return tuple(edges)


def _heads(section: Section, cells: Sequence[Block], count: int) -> tuple[str, ...]:
    heads = [""] * count
    first_row = min(block.cell.row for block in cells if block.cell is not None)
    for block in cells:
        cell = block.cell
        if cell is not None and cell.is_header and cell.row == first_row:
            heads[cell.column] = " ".join(section.text[block.start : block.end].split())
    return tuple(heads)
