"""The authors above a paper's abstract, set side by side: each with what belongs to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import pstdev

from reader.formats.pdf.layout.lines import Line
from reader.formats.pdf.layout.tables import Row

_MOST_ROWS = 40
_BODY = re.compile(
    r"(?:\d\W*|I\W+)?(?:abstract|summary|introduction|keywords|index terms|zusammenfassung|"
    r"einleitung|résumé|resumen|riassunto)\b",
    re.IGNORECASE,
)
_AFFILIATION = re.compile(
    r"@|\b(?:univ|institut|depart|dept|laborator|labs?\b|college|school|facult|research|academy|"
    r"hochschule|hospital|inc\b|corp)",
    re.IGNORECASE,
)
_AXIS_EM = 0.8
_APART_EM = 1.7
"""Between baselines: further down the next authors begin."""


@dataclass(frozen=True, slots=True)
class AuthorGrid:
    """Rows from `start` to `end` of a page's first column, read as these columns."""

    start: int
    end: int
    columns: tuple[tuple[Line, ...], ...]


def author_grids(rows: Sequence[Row]) -> list[AuthorGrid]:
    """Return what of a first page's rows are authors side by side, centred each over another."""
    head = next((n for n, row in enumerate(rows) if _BODY.match(row[0].text)), len(rows))
    rows = rows[: min(head, _MOST_ROWS)]
    grids: list[AuthorGrid] = []
    at = 0
    while at < len(rows):
        grid = _grid_from(rows, at)
        if grid is None:
            at += 1
            continue
        grids.append(grid)
        at = grid.end
    told = " ".join(line.text for grid in grids for column in grid.columns for line in column)
    return grids if _AFFILIATION.search(told) else []


def _grid_from(rows: Sequence[Row], start: int) -> AuthorGrid | None:
    """Return the authors whose names are in row `start`."""
    if len(rows[start]) < 2:
        return None
    columns: list[list[Line]] = [[part] for part in rows[start]]
    end = start + 1
    for before, row in pairwise(rows[start:]):
        size = row[0].size
        places = [_column_around(part, columns) for part in row]
        if row[0].baseline - before[0].baseline > _APART_EM * size or -1 in places:
            break
        for part, place in zip(row, places, strict=True):
            columns[place].append(part)
        end += 1
    if not any(_is_centred(column) for column in columns):
        return None
    return AuthorGrid(start, end, tuple(map(tuple, columns)))


def _column_around(part: Line, columns: Sequence[Sequence[Line]]) -> int:
    """Return the number of the column that a part is centred in; else -1."""
    for number, column in enumerate(columns):
        if abs(_centre(part) - _centre(column[0])) <= _AXIS_EM * part.size:
            return number
    return -1


def _is_centred(column: Sequence[Line]) -> bool:
    lefts, centres = [line.left for line in column], [_centre(line) for line in column]
    return len(column) > 1 and pstdev(lefts) > 2 * pstdev(centres) and pstdev(lefts) > 1


def _centre(line: Line) -> float:
    return (line.left + line.right) / 2
