"""Lays out the cells of tables, row by row: side by side, or below each other where too narrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reader.text.document import Block, Section
from reader.ui.look.theme import Theme
from reader.ui.view.layout.block_styles import BlockStyle, StyleSheet, is_same_table
from reader.ui.view.layout.paragraph_layout import FormatRun, ParagraphLayout
from reader.ui.view.layout.table_plans import CELL_PADDING_X, TablePlan, plan_table
from reader.ui.view.layout.text_items import Frame, Marker

_LABEL_SHARE = 0.34
"""Of the width, for the heads of columns beside the cells of a folded row."""

RunsOf = Callable[[Section, int, int, BlockStyle], list[FormatRun]]
"""What gives how the words of [start, end) of a section look within a style."""


class TableRows:
    """The tables of one document in one theme and column width; each is planned once."""

    def __init__(self, theme: Theme, width: float, styles: StyleSheet, runs_of: RunsOf) -> None:
        self._theme = theme
        self._width = width
        self._styles = styles
        self._runs_of = runs_of
        self._plans: dict[tuple[int, int], TablePlan] = {}

    def row(
        self, section: Section, first: int, last: int, top: float
    ) -> tuple[list[Frame], list[Marker]]:
        """Return the cells in blocks [first, last), which are a row, and labels, from `top` on."""
        blocks, plan = section.blocks[first:last], self._plan_of(section, first)
        if plan.edges:
            return self._cells_abreast(section, blocks, plan, top), []
        return self._cells_folded(section, blocks, plan, top)

    def _cells_abreast(
        self, section: Section, blocks: Sequence[Block], plan: TablePlan, top: float
    ) -> list[Frame]:
        """Return a row's cells side by side."""
        edges, padding = plan.edges, self._theme.px(CELL_PADDING_X)
        frames = []
        for block in blocks:
            assert block.cell is not None
            column = min(block.cell.column, len(edges) - 2)
            room = edges[column + 1] - edges[column] - padding
            layout = self._cell(section, block, plan.size, room)
            frames.append(Frame(block.start, block.end, edges[column], top, layout))
        return frames

    def _cells_folded(
        self, section: Section, blocks: Sequence[Block], plan: TablePlan, top: float
    ) -> tuple[list[Frame], list[Marker]]:
        """Return a row's cells below each other, and the heads of their columns beside them.

        The row of heads itself runs on like words in a line.
        """
        frames: list[Frame] = []
        labels: list[Marker] = []
        left = round(self._width * _LABEL_SHARE)
        gap = self._theme.px(CELL_PADDING_X)
        x, y = 0.0, top
        for block in blocks:
            cell = block.cell
            assert cell is not None
            head = plan.heads[cell.column]
            words = " ".join(section.text[block.start : block.end].split())
            if cell.is_header and words == head:
                layout = self._cell(section, block, plan.size, self._width)
                if x and x + layout.natural_width > self._width:
                    x, y = 0.0, frames[-1].bottom
                frames.append(Frame(block.start, block.end, x, y, layout))
                x += layout.natural_width + 1.5 * gap
                continue
            layout = self._cell(section, block, plan.size, self._width - left)
            frames.append(Frame(block.start, block.end, left, y, layout))
            if head:
                style = self._styles.table_cell(size=plan.size, is_header=False)
                label = ParagraphLayout(head, style, left - gap)
                labels.append(Marker(0.0, y, label))
                y += max(layout.height, label.height)
            else:
                y += layout.height
        return frames, labels

    def _cell(self, section: Section, block: Block, size: float, width: float) -> ParagraphLayout:
        is_header = block.cell is not None and block.cell.is_header
        style = self._styles.table_cell(size=size, is_header=is_header)
        runs = self._runs_of(section, block.start, block.end, style)
        text = section.text[block.start : block.end]
        return ParagraphLayout(text, style, max(width, 1.0), runs)

    def _plan_of(self, section: Section, number: int) -> TablePlan:
        cell = section.blocks[number].cell
        assert cell is not None
        key = (section.index, cell.table)
        plan = self._plans.get(key)
        if plan is None:
            cells = _cells_of_table(section, number)
            plan = self._plans[key] = plan_table(section, cells, self._theme, self._width)
        return plan


def _cells_of_table(section: Section, number: int) -> list[Block]:
    """Return the cells of the table that block `number` is part of."""
    blocks = section.blocks
    first = last = number
    while first and is_same_table(blocks[first - 1], blocks[number]):
        first -= 1
    while last < len(blocks) and is_same_table(blocks[last], blocks[number]):
        last += 1
    return list(blocks[first:last])
