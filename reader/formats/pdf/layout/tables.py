"""Rows of a table: lines with several parts, the parts of one under those of the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.formats.pdf.layout.lines import Line
from reader.formats.pdf.words.page_words import Word

_LEAST_ROWS = 2
_ROW_EM = 0.35
_MOST_GAP_EM = 3.5
_COLUMN_GAP_EM = 0.55
_LEADERS = re.compile(r"(?:\.\s?){4,}$|…{2,}$")
_WIDEST_SHARE = 0.85
_CLOSE_ROWS_EM = 2.2
_LEAST_GAP_EM = 0.5
_SLACK_EM = 0.6
_MOST_NAMES = 120
"""Words in a row that names columns."""


Row = list[Line]
"""What stands on one baseline, from left to right."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of text in a cell, from top to bottom; rows and columns count from 0."""

    row: int
    column: int
    lines: list[Line]


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


def table_ranges(rows: list[Row]) -> list[tuple[int, int]]:
    """Return which rows, from and to, are tables; parts those of them that aren't parted."""
    ranges: list[tuple[int, int]] = []
    start = 0
    while start < len(rows):
        if len(rows[start]) < 2:
            start += 1
            continue
        end = _end_of_table(rows, start)
        if _is_table(rows[start:end]):
            start, end = _with_close_rows(rows, start, end, ranges[-1][1] if ranges else 0)
            ranges.append((start, end))
        start = max(end, start + 1)
    return ranges


def tables_between(rows: list[Row], others: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return which rows, from and to, are tables, of those that aren't in `others`.

    Rows whose parts stand too close to be told from words are parted like those around them.
    """
    found: list[tuple[int, int]] = []
    at = 0
    for start, end in [*others, (len(rows), len(rows))]:
        piece = rows[at:start]
        ranges = table_ranges(piece)
        rows[at:start] = piece
        found += [(first + at, last + at) for first, last in ranges]
        at = end
    return found


def columns_of(rows: Sequence[Row]) -> list[tuple[float, float]]:
    """Return the edges of the columns that the words of rows stand in."""
    return [(left, right) for left, right, _ in _columns_with([], rows)]


def _columns_with(
    columns: Sequence[tuple[float, float, float]], rows: Sequence[Row]
) -> list[tuple[float, float, float]]:
    """Return columns as they are with these rows too: left, right, size of the first word's type.

    Row by row, so that a table takes no longer than its rows.
    """
    words = [(w.left, w.right, w.size) for row in rows for part in row for w in part.words]
    merged: list[tuple[float, float, float]] = []
    for left, right, size in sorted([*columns, *words]):
        if merged and left <= merged[-1][1] + _COLUMN_GAP_EM * size:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right), merged[-1][2])
        else:
            merged.append((left, right, size))
    return merged


def cells_of(rows: Sequence[Row]) -> list[Cell]:
    """Return the words of rows by the columns they stand in, row by row."""
    columns = columns_of(rows)
    return [cell for number, row in enumerate(rows) for cell in _cells_of(row, number, columns)]


def _cells_of(row: Row, row_number: int, columns: Sequence[tuple[float, float]]) -> list[Cell]:
    cells: dict[int, list[Word]] = {}
    for part in row:
        for word in part.words:
            number = sum(right < word.left for _, right in columns)
            cells.setdefault(min(number, len(columns) - 1), []).append(word)
    return [Cell(row_number, number, [Line(words)]) for number, words in sorted(cells.items())]


def _end_of_table(rows: Sequence[Row], start: int) -> int:
    end = start + 1
    columns = _columns_with([], rows[start:end])
    while end < len(rows):
        row, before = rows[end], rows[end - 1]
        if row[0].baseline - before[0].baseline > _MOST_GAP_EM * row[0].size:
            break
        if len(row) < 2 and not _is_within(row, columns):
            break
        wider = _columns_with(columns, [row])
        if len(wider) < 2:
            break
        columns = wider
        end += 1
    while end > start + 1 and len(rows[end - 1]) < 2 and not _is_beside_rows(rows, end - 1):
        end -= 1
    return end


def _with_close_rows(rows: list[Row], start: int, end: int, least: int) -> tuple[int, int]:
    """Return the table with the rows around it that stand in its columns, though close together.

    These are parted: a long name, and a number right beside it.
    """
    columns = columns_of(rows[start:end])
    while end < len(rows):
        parted = _parted(rows[end], columns)
        if len(parted) < 2 or not _follows(rows[end - 1], rows[end]):
            break
        rows[end] = parted
        end += 1
        while end < len(rows) and len(rows[end]) > 1 and _follows(rows[end - 1], rows[end]):
            end += 1
    while start > least and _follows(rows[start - 1], rows[start]):
        parted = _parted(rows[start - 1], columns)
        if len(parted) < 2:
            parted = _headed(rows[start - 1], columns)
        if len(parted) < 2:
            break
        start -= 1
        rows[start] = parted
    return start, end


def _follows(row: Row, following: Row) -> bool:
    gap = following[0].baseline - row[0].baseline
    return 0 < gap < _CLOSE_ROWS_EM * following[0].size


def _parted(row: Row, columns: Sequence[tuple[float, float]]) -> Row:
    """Return a row's words by the columns they stand in; as it is where they don't fit these."""
    words = [word for part in row for word in part.words]
    if len(words) < 2 or len(columns) < 2:
        return row
    behind = [_column_around(word, columns[1:]) for word in words]
    first = next((n for n, column in enumerate(behind) if column >= 0), 0)
    if first == 0 or min(behind[first:]) < 0:
        return row
    parts = [Line(words[:first])]
    for number in range(first, len(words)):
        is_new = number == first or behind[number] != behind[number - 1]
        if is_new:
            parts.append(Line([]))
        parts[-1].words.append(words[number])
    gaps = [after.words[0].left - before.words[-1].right for before, after in pairwise(parts)]
    is_wide = min(gaps) > _LEAST_GAP_EM * words[0].size and len(parts) >= len(columns) - 1
    return parts if is_wide else row


def _headed(row: Row, columns: Sequence[tuple[float, float]]) -> Row:
    """Return a row's words parted where all columns have words of their own above them.

    The names of columns are often wider than what is below them.
    """
    words = [word for part in row for word in part.words]
    if not len(columns) <= len(words) <= _MOST_NAMES:
        return row
    parts: list[Line] = []
    last = -1
    for word in words:
        below = [
            n for n, (left, right) in enumerate(columns) if left < word.right and word.left < right
        ]
        if len(below) > 1 or (below and below[0] < last) or not (below or parts):
            return row
        if below and below[0] != last:
            if below[0] != last + 1:
                return row
            last = below[0]
            parts.append(Line([]))
        parts[-1].words.append(word)
    gaps = [after.words[0].left - before.words[-1].right for before, after in pairwise(parts)]
    is_whole = len(parts) == len(columns) > 2
    return parts if is_whole and min(gaps) > _LEAST_GAP_EM * words[0].size else row


def _column_around(word: Word, columns: Sequence[tuple[float, float]]) -> int:
    """Return the number of the column that a word stands in, not over its edges; else -1."""
    slack = _SLACK_EM * word.size
    for number, (left, right) in enumerate(columns):
        if left - slack <= word.left and word.right <= right + slack:
            return number
    return -1


def _is_beside_rows(rows: Sequence[Row], number: int) -> bool:
    """Whether a single part belongs to the row before it: the second line of a cell."""
    gap = rows[number][0].baseline - rows[number - 1][0].baseline
    return len(rows[number - 1]) > 1 and gap < 1.3 * rows[number][0].size


def _is_within(row: Row, columns: Sequence[tuple[float, float, float]]) -> bool:
    return any(
        left - 1 <= row[0].left and row[0].right <= right + row[0].size
        for left, right, _ in columns
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
