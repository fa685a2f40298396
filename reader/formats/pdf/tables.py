"""Rows of a table: lines with several parts, the parts of one under those of the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.formats.pdf.lines import Line
from reader.formats.pdf.page_words import Word

_LEAST_ROWS = 2
_ROW_EM = 0.35
_MOST_GAP_EM = 3.5
_COLUMN_GAP_EM = 0.55
_LEADERS = re.compile(r"(?:\.\s?){4,}$|…{2,}$")
_WIDEST_SHARE = 0.85

Row = list[Line]
"""What stands on one baseline, from left to right."""


def rows_of(lines: Sequence[Line]) -> list[Row]:
    """Return the lines of a flow, those on one baseline together."""
    rows: list[Row] = []
    for line in lines:
        last = rows[-1][-1] if rows else None
        if last is not None and abs(line.baseline - last.baseline) <= _ROW_EM * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def table_ranges(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Return which rows, from and to, are tables."""
    ranges: list[tuple[int, int]] = []
    start = 0
    while start < len(rows):
        if len(rows[start]) < 2:
            start += 1
            continue
        end = _end_of_table(rows, start)
        if _is_table(rows[start:end]):
            ranges.append((start, end))
        start = max(end, start + 1)
    return ranges


def columns_of(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Return the edges of the columns that the words of rows stand in."""
    words = sorted((w.left, w.right, w.size) for row in rows for part in row for w in part.words)
    columns: list[tuple[float, float]] = []
    for left, right, size in words:
        if columns and left <= columns[-1][1] + _COLUMN_GAP_EM * size:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def cells_of(row: Row, columns: Sequence[tuple[float, float]]) -> list[tuple[int, Line]]:
    """Return the words of a row by the columns they stand in, with the columns' numbers."""
    cells: dict[int, list[Word]] = {}
    for part in row:
        for word in part.words:
            number = sum(right < word.left for _, right in columns)
            cells.setdefault(min(number, len(columns) - 1), []).append(word)
    return [(number, Line(words)) for number, words in sorted(cells.items())]


def _end_of_table(rows: Sequence[Row], start: int) -> int:
    end = start + 1
    while end < len(rows):
        row, before = rows[end], rows[end - 1]
        if row[0].baseline - before[0].baseline > _MOST_GAP_EM * row[0].size:
            break
        if len(row) < 2 and not _is_within(row, rows[start:end]):
            break
        if len(columns_of(rows[start : end + 1])) < 2:
            break
        end += 1
    while end > start + 1 and len(rows[end - 1]) < 2 and not _is_beside_rows(rows, end - 1):
        end -= 1
    return end


def _is_beside_rows(rows: Sequence[Row], number: int) -> bool:
    """Whether a single part belongs to the row before it: the second line of a cell."""
    gap = rows[number][0].baseline - rows[number - 1][0].baseline
    return len(rows[number - 1]) > 1 and gap < 1.3 * rows[number][0].size


def _is_within(row: Row, table: Sequence[Row]) -> bool:
    columns = columns_of(table)
    return any(
        left - 1 <= row[0].left and row[0].right <= right + row[0].size for left, right in columns
    )


def _is_table(rows: Sequence[Row]) -> bool:
    several = [row for row in rows if len(row) > 1]
    columns = columns_of(rows)
    if len(several) < _LEAST_ROWS or len(columns) < 2:
        return False
    if len(columns) == 2 and len(several) <= _LEAST_ROWS:
        return False
    if any(_LEADERS.search(part.text) for row in several for part in row[:-1]):
        return False  # a list of contents
    is_listed = all(row[-1].text.isdecimal() and len(row) == 2 for row in several)
    width = columns[-1][1] - columns[0][0]
    widest = max(right - left for left, right in columns)
    return not (is_listed and widest > _WIDEST_SHARE * width)
