"""Bullets that are drawn and not written, as Chromium's: given to the lines they stand before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from reader.formats.pdf.layout.lines import Line
from reader.formats.pdf.words.page_words import Dot, Word

_NEAREST_EM, _FURTHEST_EM = 0.15, 2.2
_HIGHEST_EM, _LOWEST_EM = 0.6, 0.1
"""How far a bullet's middle is above the baseline."""

_SIZES_EM = (0.12, 0.6)
_MOST_DOTS = 5000
"""A map or a chart has more: none of them is a bullet."""


def give_bullets(lines: Sequence[Line], dots: Sequence[Dot]) -> None:
    """Put a bullet before each line that has one drawn right before it.

    Mutates the lines.
    """
    if not dots or len(dots) > _MOST_DOTS:
        return
    by_height: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        for height in range(int(line.baseline - _HIGHEST_EM * line.size), int(line.baseline) + 1):
            by_height[height].append(line)
    for dot in dots:
        near = [line for line in by_height.get(int(dot.middle), ()) if _is_before(dot, line)]
        if near:
            line = min(near, key=lambda one: one.left)
            line.words.insert(0, _bullet(dot, line.words[0]))
            line.forget()


def _is_before(dot: Dot, line: Line) -> bool:
    size, first = line.size, line.words[0]
    least, most = (share * size for share in _SIZES_EM)
    return (
        _NEAREST_EM * size <= line.left - dot.right <= _FURTHEST_EM * size
        and _LOWEST_EM * size <= line.baseline - dot.middle <= _HIGHEST_EM * size
        and least <= dot.right - dot.left <= most
        and any(letter.isalnum() for letter in first.text)
    )


def _bullet(dot: Dot, following: Word) -> Word:
    half = (dot.right - dot.left) / 2
    return Word(
        "•",
        following.first,
        following.first,
        dot.left,
        dot.middle - half,
        dot.right,
        dot.middle + half,
        following.baseline,
        following.face,
        is_glued=False,
    )
