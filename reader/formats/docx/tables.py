"""Rows and cells of a DOCX file's tables, with how many columns and rows each cell takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.etree import _Element as Element

from reader.formats.docx.names import VAL, W, number, switch

_WIDEST = 1000
_WRAPPERS = {f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}moveTo"}


@dataclass(slots=True)
class Cell:
    """A cell as it is shown; without an element, it is room left free."""

    element: Element | None
    columns: int = 1
    rows: int = 1


def rows_of(table: Element) -> list[Element]:
    """Return the rows that weren't deleted."""
    return [row for row in _inside(table, f"{W}tr") if not _is_deleted(row)]


def is_header_row(row: Element) -> bool:
    """Whether the row is shown again at the head of each page."""
    properties = row.find(f"{W}trPr")
    return properties is not None and bool(switch(properties, "tblHeader"))


def cells_of(rows: Sequence[Element]) -> list[list[Cell]]:
    """Return the cells of each row; merged ones (17.4.84) stand in their first row alone."""
    open_cells: dict[int, Cell] = {}
    shown: list[list[Cell]] = []
    for row in rows:
        cells: list[Cell] = []
        column = _columns_before(row)
        if column:
            cells.append(Cell(None, column))
        still_open: dict[int, Cell] = {}
        for element in _inside(row, f"{W}tc"):
            properties = element.find(f"{W}tcPr")
            told = None if properties is None else properties.find(f"{W}gridSpan")
            width = 1 if told is None else min(max(number(told.get(VAL), 1), 1), _WIDEST)
            merge = None if properties is None else properties.find(f"{W}vMerge")
            goes_on = merge is not None and merge.get(VAL) != "restart"
            if goes_on and column in open_cells:
                open_cells[column].rows += 1
                still_open[column] = open_cells[column]
            else:
                cells.append(Cell(element, width))
                if merge is not None:
                    still_open[column] = cells[-1]
            column += width
        open_cells = still_open
        shown.append(cells)
    return shown


def _inside(holder: Element, tag: str) -> Iterator[Element]:
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _is_deleted(row: Element) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and properties.find(f"{W}del") is not None


def _columns_before(row: Element) -> int:
    properties = row.find(f"{W}trPr")
    told = None if properties is None else properties.find(f"{W}gridBefore")
    return 0 if told is None else min(max(number(told.get(VAL), 0), 0), _WIDEST)
