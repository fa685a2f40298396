"""The numbers of lines in the margin of a manuscript, law or poem: they belong to the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from reader.formats.pdf.words.page_words import Word

_FEWEST = 6
_STEPS = (1, 2, 5, 10)
_FLUSH = 1.5
"""Points between the edges of numbers that stand under each other."""
_MOST_LINES = 1.5
_MOST_BESIDE = 0.03
_LONGEST = 4


def line_numbers(words: Sequence[Word]) -> list[list[Word]]:
    """Return the columns of a page's words that number its lines, each from top to bottom.

    They count on, flush with each other, where hardly anything else stands, a line each.
    """
    numbers = [w for w in words if len(w.text) <= _LONGEST and w.text.isdecimal()]
    if len(numbers) < _FEWEST:
        return []
    found: list[list[Word]] = []
    taken: set[int] = set()
    for column in _columns(numbers):
        run = _counting(sorted(column, key=lambda word: word.baseline))
        is_long = len(run) >= _FEWEST and taken.isdisjoint(map(id, run))
        if is_long and _is_alone(run, words) and _has_a_line_each(run, words):
            run = _with_uneven_ends(run, numbers)
            found.append(run)
            taken.update(map(id, run))
    return found


def _columns(numbers: Iterable[Word]) -> list[list[Word]]:
    """Return the numbers whose right edges, or left ones, are under each other."""
    columns: dict[tuple[str, int], list[Word]] = defaultdict(list)
    for word in numbers:
        for side, edge in (("right", word.right), ("left", word.left)):
            columns[side, round(edge / _FLUSH)].append(word)
            columns[side, round(edge / _FLUSH) + 1].append(word)
    return sorted(columns.values(), key=len, reverse=True)


def _counting(column: Sequence[Word]) -> list[Word]:
    """Return the longest run of numbers that count on, one line or five after the other."""
    best: list[Word] = []
    run: list[Word] = []
    step = 0
    for word in column:
        gap = int(word.text) - int(run[-1].text) if run else 0
        if run and gap in _STEPS and (len(run) == 1 or gap == step):
            step = gap
        else:
            run = []
        run.append(word)
        best = max(best, run, key=len)
        if best is run:
            best = list(run)
    return best


def _with_uneven_ends(run: list[Word], numbers: Sequence[Word]) -> list[Word]:
    """Return a run with the numbers that lead up to it and on from it among wider lines."""
    step = int(run[1].text) - int(run[0].text)
    left, right = min(word.left for word in run), max(word.right for word in run)
    near = [w for w in numbers if w.left < right + w.size and left - w.size < w.right]
    by_value = {int(word.text): word for word in near}
    while (before := by_value.get(int(run[0].text) - step)) and before.baseline < run[0].baseline:
        run = [before, *run]
    while (after := by_value.get(int(run[-1].text) + step)) and after.baseline > run[-1].baseline:
        run = [*run, after]
    return run


def _has_a_line_each(run: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether there are about as many lines as are counted: an item of a list may have more."""
    count = abs(int(run[-1].text) - int(run[0].text)) + 1
    lines = sorted(w.baseline for w in words if _is_within(w, run))
    apart = sum(after - before > run[0].size / 2 for before, after in pairwise(lines))
    return apart <= _MOST_LINES * count


def _is_within(word: Word, run: Sequence[Word]) -> bool:
    return run[0].baseline <= word.baseline <= run[-1].baseline


def _is_alone(run: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether hardly any other word of the page stands above, among or below these."""
    own = set(map(id, run))
    left, right = min(word.left for word in run), max(word.right for word in run)
    others = [word for word in words if id(word) not in own]
    beside = sum(word.left < right and left < word.right for word in others)
    return beside <= _MOST_BESIDE * len(others) and len(others) > len(run)
