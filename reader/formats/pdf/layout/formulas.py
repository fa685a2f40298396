"""Formulas set apart from the text: their lines are kept together, whatever stands over a fraction.

A formula is known by its fonts (those of TeX, and the mathematical ones of OpenType), by the signs
of mathematics, and by standing apart from the left edge of its column. Its parts, some above and
some below the line, are put into the order in which they stand from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from reader.formats.pdf.layout.lines import Line
from reader.formats.pdf.words.page_words import Word

_SIGNS = re.compile(r"[=<>±×÷+∑∏∫√∂∇∞≈≠≡≤≥∈∉⊂⊆∪∩∀∃→←⇒⇔↦∥⟨⟩∘⊗⊕·∗|^\u2212\u0370-\u03ff]")
_RELATION = re.compile(r"[=<>≈≠≡≤≥∈⊂⊆→⇒⇔↦:]")
_NAMES = frozenset(
    [
        *("lim", "log", "sin", "cos", "tan", "exp", "max", "min", "arg", "det", "mod", "sup"),
        *("inf", "argmin", "argmax", "for", "all", "and", "with", "where", "otherwise", "such"),
    ]
)
"""Words that belong to formulas."""

_PLAIN_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\(?[A-Z]?\.?\d{1,3}(?:\.\d{1,3})?[a-z]?\)")
_CORE_SHARE = 0.25
_APART_EM = 1.2
_NEAR_EM = 2.1
_LONGEST_FRAGMENT = 10
_LEAST_LETTERS = 3
_SAME_EQUATION_EM = 1.2
_USUAL_SIZE = 0.85


def formula_ranges(lines: Sequence[Line], left: float) -> list[tuple[int, int]]:
    """Return which lines, from and to, are formulas; `left` is the left edge of their column.

    `lines` are those of a column from top to bottom, each all that stands on one baseline.
    """
    cores = [_is_core(line, left) for line in lines]
    parts = [core or _is_fragment(line, left) for core, line in zip(cores, lines, strict=True)]
    ranges: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        if not parts[at]:
            at += 1
            continue
        end = at + 1
        while end < len(lines) and parts[end] and _is_near(lines[end - 1], lines[end]):
            end += 1
        if any(cores[at:end]) and _RELATION.search("".join(line.text for line in lines[at:end])):
            ranges.append((at, end))
        at = end
    return ranges


def equations_of(lines: Sequence[Line], left: float) -> list[Line]:
    """Return a formula's lines as they are read: what stands above and below one belongs to it."""
    usual = _USUAL_SIZE * max(line.size for line in lines)  # smaller are limits and indices
    cores = [line for line in lines if _is_core(line, left) and line.size >= usual]
    cores = cores or list(lines[:1])
    bases = _joined_bases(cores)
    equations: list[list[Word]] = [[] for _ in bases]
    for line in lines:
        nearest = min(range(len(bases)), key=lambda n: abs(bases[n] - line.baseline))
        equations[nearest] += line.words
    return [_in_reading_order(words) for words in equations]


def _joined_bases(cores: Sequence[Line]) -> list[float]:
    """Return the baselines of the equations: a fraction's two halves are one's."""
    bases: list[float] = []
    for line in cores:
        if not bases or line.baseline - bases[-1] > _SAME_EQUATION_EM * line.size:
            bases.append(line.baseline)
    return bases


def _in_reading_order(words: Sequence[Word]) -> Line:
    """Return words from left to right, of those in one place the upper first."""
    ordered = sorted(words, key=lambda word: (round(word.left / 2), word.baseline))
    follows = {id(after): before for before, after in pairwise(words)}
    made = [
        word
        if number and follows.get(id(word)) is ordered[number - 1]
        else replace(word, is_glued=False)
        for number, word in enumerate(ordered)
    ]
    return Line(made)


def _is_core(line: Line, left: float) -> bool:
    """Whether a line is surely part of a formula."""
    if not _stands_apart(line, left) or line.letter_count < _LEAST_LETTERS:
        return False
    if len(_plain_words(line)) > 2:
        return False
    return _share(line) >= _CORE_SHARE


def _is_fragment(line: Line, left: float) -> bool:
    """Whether a line may be a numerator, a limit, the number of an equation."""
    return (
        line.letter_count <= _LONGEST_FRAGMENT
        and _stands_apart(line, left)
        and not _plain_words(line)
        and (_share(line) > 0 or _NUMBER.fullmatch(line.text) is not None or len(line.text) <= 3)
    )


def _stands_apart(line: Line, left: float) -> bool:
    return line.left > left + _APART_EM * line.size


def _plain_words(line: Line) -> list[str]:
    """Return the words of the text in a line: not those in mathematical type, nor known names."""
    return [
        found
        for word in line.words
        if not word.face.is_math
        for found in _PLAIN_WORD.findall(word.text)
        if found.lower() not in _NAMES
    ]


def _share(line: Line) -> float:
    """Return which part of a line's characters is mathematical."""
    count = sum(
        len(word.text) if word.face.is_math else len(_SIGNS.findall(word.text))
        for word in line.words
    )
    return count / max(line.letter_count, 1)


def _is_near(line: Line, following: Line) -> bool:
    size = max(line.size, following.size)
    return following.baseline - line.baseline < _NEAR_EM * size
