"""Tables with lines drawn around their cells: these tell which words are whose, however broken.

A line across the whole table parts two of its rows, so that a cell may have several lines of text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from reader.formats.pdf.layout.lines import Line, lines_of
from reader.formats.pdf.layout.tables import Cell
from reader.formats.pdf.words.page_words import Stroke, Word

_SLACK = 2.5
"""Points that the ends of lines which meet may be apart."""

_MOST_GAP = 20.0
"""Points between pieces of one line: above a cell narrower than lines that are told of."""

_MOST_LINES = 2000
"""A map or a chart has more: none of them is a table's."""

_MOST_TABLES = 30
_LEAST_ROWS = 2
_LEAST_FILLED = 0.4
_MOST_CROSSING = 0.03
_MOST_CELL_LINES = 15
"""A cell with more is no cell, but a frame around a part of the page."""

_COVERED = 0.8


@dataclass(frozen=True, slots=True)
class _Grid:
    """The lines around a table's cells.

    `bands` are what lies between two lines across the whole table: from where to where, and the
    left edges of its cells; `columns` are all left edges, `inner` all horizontal lines.
    """

    left: float
    right: float
    bands: tuple[tuple[float, float, tuple[float, ...]], ...]
    columns: tuple[float, ...]
    inner: tuple[Stroke, ...]


@dataclass
class RuledTable(Line):
    """All words of a table, in the place of its first row."""

    cells: Sequence[Cell] = ()

    @cached_property
    def left(self) -> float:
        """The left edge of its text."""
        return min(word.left for word in self.words)

    @cached_property
    def baseline(self) -> float:
        """The first of its text's baselines."""
        return min(word.baseline for word in self.words)


def with_ruled_tables(
    lines: Sequence[Line], rules: Sequence[Stroke], uprights: Sequence[Stroke]
) -> list[Line]:
    """Return lines as they are, but those in each table with lines around its cells as one.

    `rules` are the horizontal lines drawn on the page, `uprights` the vertical ones.
    """
    left = list(lines)
    for grid in _grids_of(rules, uprights):
        inside = [line for line in left if _is_inside(line, grid)]
        table = _table_of(inside, grid)
        if table is not None:
            taken = {id(line) for line in inside}
            left = [line for line in left if id(line) not in taken]
            left.append(table)
    return left


def _grids_of(rules: Sequence[Stroke], uprights: Sequence[Stroke]) -> list[_Grid]:
    if not rules or not uprights or len(rules) + len(uprights) > _MOST_LINES:
        return []
    whole = _whole(rules)
    alike: list[list[Stroke]] = []  # lines as wide as each other, from top to bottom
    for rule in whole:
        for group in alike[:_MOST_TABLES]:
            if abs(group[0].start - rule.start) + abs(group[0].end - rule.end) < 2 * _SLACK:
                group.append(rule)
                break
        else:
            alike.append([rule])
    grids = []
    for group in alike[:_MOST_TABLES]:
        bands: list[tuple[float, float, tuple[float, ...]]] = []
        for above, below in pairwise(group):
            if below.at - above.at < _SLACK:
                continue
            lefts = _between(uprights, above, below)
            if lefts:
                bands.append((above.at, below.at, lefts))
            else:
                grids += _grid(bands, group[0], whole)
                bands = []
        grids += _grid(bands, group[0], whole)
    return grids


def _whole(rules: Sequence[Stroke]) -> list[Stroke]:
    """Return horizontal lines from top to bottom, the pieces of one put together."""
    whole: list[Stroke] = []
    row: list[Stroke] = []
    for rule in [*sorted(rules, key=lambda rule: rule.at), Stroke(0.0, 0.0, 1e9)]:
        if row and rule.at - row[0].at > _SLACK / 2:
            first, *others = sorted(row)
            for piece in others:
                if piece.start - first.end < _MOST_GAP:
                    first = Stroke(first.start, max(first.end, piece.end), first.at)
                else:
                    whole.append(first)
                    first = piece
            whole.append(first)
            row = []
        row.append(rule)
    return sorted(whole, key=lambda rule: rule.at)


def _between(uprights: Sequence[Stroke], above: Stroke, below: Stroke) -> tuple[float, ...]:
    """Return the left edges of the cells between two lines; nothing where none has a side."""
    height = below.at - above.at
    covered: defaultdict[int, float] = defaultdict(float)
    for line in uprights:
        if above.start - _SLACK <= line.at <= above.end + _SLACK:
            shared = min(line.end, below.at) - max(line.start, above.at)
            covered[round(line.at)] += max(shared, 0.0)
    found = [
        place
        for place, length in covered.items()
        if length + covered.get(place + 1, 0.0) >= _COVERED * height
    ]
    lefts = [above.start]
    for x in sorted(found):
        if x - lefts[-1] > 2 * _SLACK and x < above.end - 2 * _SLACK:
            lefts.append(float(x))
    return tuple(lefts) if found else ()


def _grid(
    bands: Sequence[tuple[float, float, tuple[float, ...]]], across: Stroke, rules: Sequence[Stroke]
) -> list[_Grid]:
    """Return the table of these bands, if they are one."""
    columns: list[float] = []
    for x in sorted({x for _, _, lefts in bands for x in lefts}):
        if not columns or x - columns[-1] > 2 * _SLACK:
            columns.append(x)
    if len(bands) < _LEAST_ROWS or len(columns) < 2:
        return []
    top, bottom = bands[0][0], bands[-1][1]
    inner = [
        rule
        for rule in rules
        if top - _SLACK < rule.at < bottom - _SLACK
        and across.start - _SLACK < rule.start
        and rule.end < across.end + _SLACK
    ]
    return [_Grid(across.start, across.end, tuple(bands), tuple(columns), tuple(inner))]


def _is_inside(line: Line, grid: _Grid) -> bool:
    return (
        grid.bands[0][0] < _middle(line) < grid.bands[-1][1]
        and grid.left - _SLACK < line.left
        and line.right < grid.right + _SLACK
    )


def _middle(line: Line) -> float:
    """Return how far down the middle of a line's letters is."""
    return line.baseline - 0.3 * line.size


def _table_of(lines: Sequence[Line], grid: _Grid) -> RuledTable | None:
    """Return the words of some lines by their cells; None where the lines drawn go across them."""
    words: defaultdict[tuple[int, int], list[Word]] = defaultdict(list)
    crossing = count = 0
    tops = [top for top, _, _ in grid.bands]
    for line in lines:
        down = _middle(line)
        lefts = grid.bands[bisect_right(tops, down) - 1][2]
        for word in line.words:
            middle = (word.left + word.right) / 2
            left = lefts[max(bisect_right(lefts, middle) - 1, 0)]
            crossing += left > lefts[0] and word.left < left - _SLACK
            count += 1
            column = bisect_right(grid.columns, left + 2 * _SLACK) - 1
            words[_row_at(grid, middle, down), column].append(word)
    least = _LEAST_FILLED * len(grid.bands) * len(grid.columns)
    if crossing > _MOST_CROSSING * count or len(words) < max(least, 3):
        return None
    numbers = {row: number for number, row in enumerate(sorted({row for row, _ in words}))}
    cells = []
    for row, column in sorted(words):
        parts = lines_of(sorted(words[row, column], key=lambda word: word.first))
        if len(parts) > _MOST_CELL_LINES:
            return None
        parts.sort(key=lambda line: (line.baseline, line.left))
        cells.append(Cell(numbers[row], column, parts))
    in_order = [word for cell in cells for line in cell.lines for word in line.words]
    return RuledTable(in_order, cells)


def _row_at(grid: _Grid, x: float, down: float) -> int:
    """Return how far down, in points, the line above a place is that runs over it."""
    for rule in reversed(grid.inner[: bisect_left(grid.inner, down, key=lambda rule: rule.at)]):
        if rule.start - _SLACK <= x <= rule.end + _SLACK:
            return round(rule.at / _SLACK)
    return 0
