"""The order in which the lines of a page are read: bands of the page, columns within them.

A recursive cut as in Nagy and Seth's XY tree, but a column is looked for between the lines that
run across it (headings, figures' captions), so that these don't hide it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reader.formats.pdf.layout.lines import Line, middle

_LEAST_LINES = 3
_GUTTER_EM = 0.45
_DEEPEST = 8
_EDGE = 3.0
_MOST_EDGES = 12
_NARROW = 0.55
_PROSE_WORDS = 3.0
_ROWS_ALIKE = 0.6

Flow = list[Line]
"""Lines that are read one after the other, from top to bottom."""


def flows_of(lines: Sequence[Line]) -> list[Flow]:
    """Return the columns, or parts of them, in the order in which they are read."""
    return [flow for flow in _cut(list(lines), 0) if flow]


def _cut(lines: list[Line], depth: int) -> Iterator[Flow]:
    found = _best_gutter(lines) if depth < _DEEPEST and len(lines) >= 2 * _LEAST_LINES else None
    if found is None:
        yield sorted(lines, key=lambda line: (line.baseline, line.left))
        return
    edge, top, bottom = found
    inside = [line for line in lines if top < line.baseline < bottom]
    taken = {id(line) for line in inside}
    above = [line for line in lines if id(line) not in taken and line.baseline <= top]
    below = [line for line in lines if id(line) not in taken and line.baseline > top]
    left = [line for line in inside if (line.left + line.right) / 2 < edge]
    right = [line for line in inside if (line.left + line.right) / 2 >= edge]
    yield from _cut(above, depth + 1)
    first, second = (right, left) if _is_aside(left, right) else (left, right)
    yield from _cut(first, depth + 1)
    yield from _cut(second, depth + 1)
    yield from _cut(below, depth + 1)


def _best_gutter(lines: Sequence[Line]) -> tuple[float, float, float] | None:
    """Return a column's left edge and between which heights it is one; None without a gutter."""
    best: tuple[float, float, float] | None = None
    most = 0.0
    ordered = sorted(lines, key=lambda line: line.baseline)
    baselines = [line.baseline for line in ordered]
    for edge in _left_edges(lines):
        crossing = sorted(
            line.baseline for line in lines if line.left < edge - _EDGE and line.right > edge
        )
        bounds = [-1e9, *crossing, 1e9]
        for top, bottom in pairwise(bounds):
            inside = ordered[bisect_right(baselines, top) : bisect_left(baselines, bottom)]
            if len(inside) < 2 * _LEAST_LINES:
                continue  # as nearly always where lines run across: or it would take their square
            worth, begin = _worth(inside, edge, top)
            if worth > most:
                most, best = worth, (edge, begin, bottom)
    return best


def _left_edges(lines: Sequence[Line]) -> list[float]:
    """Return where several lines begin, but for those that nothing is left of."""
    counts = Counter[int]()
    for line in lines:
        counts[round(line.left / _EDGE)] += 1
    edges = []
    for place, count in counts.most_common(_MOST_EDGES):
        if count + counts[place - 1] + counts[place + 1] >= _LEAST_LINES:
            edges.append((place - 0.5) * _EDGE)
    leftmost = min(line.left for line in lines)
    return [edge for edge in edges if edge > leftmost + 2 * _EDGE]


def _worth(inside: list[Line], edge: float, top: float) -> tuple[float, float]:
    """Return how good a gutter left of `edge` is for lines below `top`, and where it begins."""
    inside, begin = _without_heads(inside, edge, top)
    left = [line for line in inside if (line.left + line.right) / 2 < edge]
    right = [line for line in inside if (line.left + line.right) / 2 >= edge]
    if min(len(left), len(right)) < _LEAST_LINES:
        return 0.0, begin
    em = middle([line.size for line in inside])
    reach = sorted(line.right for line in left)[-1 - len(left) // 20]
    gutter = min(line.left for line in right) - reach
    if gutter < _GUTTER_EM * em:
        return 0.0, begin
    shared = min(max(x.bottom for x in left), max(x.bottom for x in right)) - max(
        min(x.top for x in left), min(x.top for x in right)
    )
    if shared < 2 * em or not (_is_prose(left, right) and _is_prose(right, left)):
        return 0.0, begin
    return min(len(left), len(right)) + 0.1 * min(gutter / em, 5.0), begin


def _without_heads(inside: list[Line], edge: float, top: float) -> tuple[list[Line], float]:
    """Leave out what stands above the columns: short last lines of the text across, centred ones.

    Lines belong to a column only if they begin where others of it do.
    """
    inside.sort(key=lambda line: line.baseline)
    lefts = Counter(round(line.left / _EDGE) for line in inside)

    def is_usual(line: Line) -> bool:
        place = round(line.left / _EDGE)
        return lefts[place - 1] + lefts[place] + lefts[place + 1] >= _LEAST_LINES

    right = [line for line in inside if line.left >= edge - _EDGE and is_usual(line)]
    if not right:
        return inside, top
    first_right = min(line.top for line in right)
    begin = top
    for number, line in enumerate(inside):
        following = inside[number + 1] if number + 1 < len(inside) else None
        if line.bottom > first_right + _EDGE:
            break
        is_at_edge = line.left < edge and is_usual(line)
        gap = 0.0 if following is None else following.top - line.bottom
        goes_on = begin > -1e8 and line.top - begin < 1.2 * line.size
        if is_at_edge and not goes_on:
            break
        if not is_at_edge and not is_usual(line) and gap < 0:
            if following is not None and following.left < edge and is_usual(following):
                break  # a caption above the other column, beside this one's first line
            begin = line.baseline  # beside another one like it
            continue
        begin = line.baseline
    return [line for line in inside if line.baseline > begin], begin


def _is_prose(lines: Sequence[Line], others: Sequence[Line]) -> bool:
    """Whether lines may be a column of text: not the cells of a table's rows."""
    words = sum(len(line.words) for line in lines) / len(lines)
    baselines = sorted(line.baseline for line in others)
    rows = sum(_is_level(line, baselines) for line in lines)
    if rows < _ROWS_ALIKE * len(lines):
        return words >= 2 or len(lines) >= 2 * _LEAST_LINES
    if _is_written_first(lines, others) or _is_written_first(others, lines):
        return words >= 2
    width = max(line.right for line in lines) - min(line.left for line in lines)
    full = sum(line.right - line.left >= 0.7 * width for line in lines)
    return words >= _PROSE_WORDS and full >= 0.3 * len(lines)


def _is_level(line: Line, baselines: Sequence[float]) -> bool:
    """Whether a line stands on one of these baselines, which are sorted."""
    at = bisect_left(baselines, line.baseline)
    return any(abs(line.baseline - y) < 0.2 * line.size for y in baselines[max(at - 1, 0) : at + 1])


def _is_written_first(lines: Sequence[Line], others: Sequence[Line]) -> bool:
    """Whether the page's content has lines before others, which it doesn't in a table's rows."""
    first = min(line.words[0].first for line in others)
    return sum(line.words[0].first < first for line in lines) >= 0.9 * len(lines)


def _is_aside(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether what stands left are notes beside the text: narrower, smaller, and less of it."""
    widths = [max(x.right for x in part) - min(x.left for x in part) for part in (left, right)]
    sizes = [middle([x.size for x in part]) for part in (left, right)]
    return widths[0] < _NARROW * widths[1] and sizes[0] <= sizes[1] and 2 * len(left) <= len(right)
