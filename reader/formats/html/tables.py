"""Which tables hold data, and in which row and column each of their cells stands."""

from __future__ import annotations

from collections import Counter

from lxml.etree import _Element as Element

from reader.text.document import TableCell

_WIDEST = 1000
"""Columns; as many as browsers let a cell span (HTML standard, 4.9.11). Rows are bounded alike."""

_MANY_PARAGRAPHS = 3
"""In one cell: more than data has."""


def is_data_table(table: Element) -> bool:
    """Whether the table's rows and columns mean something, rather than lay out a page."""
    if table.get("role") in {"presentation", "none"} or table.find(".//table") is not None:
        return False
    if table.find(".//h1") is not None or table.find(".//h2") is not None:
        return False
    paragraphs = Counter(paragraph.getparent() for paragraph in table.iter("p"))
    if max(paragraphs.values(), default=0) >= _MANY_PARAGRAPHS:
        return False
    rows = [sum(cell.tag in {"td", "th"} for cell in row) for row in table.iter("tr")]
    return len(rows) > 1 and max(rows) > 1


class TableGrid:
    """Hands out the places of a table's cells, which come in document order."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._row = -1
        self._column = 0
        self._taken_until: dict[int, int] = {}

    def begin_row(self) -> None:
        """The cells that follow stand in the next row."""
        self._row += 1
        self._column = 0

    def place(self, cell: Element, *, is_header: bool) -> TableCell:
        """Return where the next cell of the current row stands."""
        row = max(self._row, 0)
        while self._column < _WIDEST and self._taken_until.get(self._column, 0) > row:
            self._column += 1
        column = self._column
        width, height = _span(cell, "colspan"), _span(cell, "rowspan")
        if height > 1:
            for taken in range(column, min(column + width, _WIDEST)):
                self._taken_until[taken] = row + height
        self._column += width
        return TableCell(self._number, row, column, is_header)


def _span(cell: Element, name: str) -> int:
    told = (cell.get(name) or "").strip()
    return min(max(int(told), 1), _WIDEST) if told.isascii() and told.isdigit() else 1
