"""Lists of contents on a page: lines that lead over dots to a page number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from reader.formats.pdf.layout.lines import Line, middle
from reader.formats.pdf.words.page_words import Word

_DOTS = re.compile(r"[.·\u2024]+|[…\u2025]+")
_FEWEST_DOTS = 4
_PAGE = re.compile(r"\d{1,4}|[ivxlc]{1,7}")
_FEWEST_ENTRIES = 2
_LONGEST_TITLE = 3
"""Lines."""
_FLUSH_EM = 1.0
_CLOSE_EM = 3.0


def entry_ranges(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Return which of a column's lines, from and to, are lists of contents.

    A line with dots and a number proves one; what ends with a number set flush with theirs belongs
    to it, as chapters often have no dots.
    """
    ranges: list[tuple[int, int]] = []
    led = [number for number, line in enumerate(lines) if _leader(line) is not None]
    has_leader = set(led)
    at = 0
    while at < len(led):
        start, end = led[at], led[at] + 1
        right = lines[start].right
        while start > (ranges[-1][1] if ranges else 0) and _is_entry(lines, start - 1, right):
            start -= 1
        count = 1
        while end < len(lines):
            reach = next(
                (n for n in range(end, end + _LONGEST_TITLE) if _is_entry(lines, n, right)), None
            )
            if reach is None or not _are_close(lines[end - 1 : reach + 1]):
                break
            count += reach in has_leader
            end = reach + 1
        if count >= _FEWEST_ENTRIES:
            ranges.append((start, end))
        at = next((n for n in range(at, len(led)) if led[n] >= end), len(led))
    return ranges


def entries_of(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each entry of a list of contents, without the dots that fill them."""
    entry: list[Line] = []
    right = middle([line.right for line in lines if _leader(line) is not None])
    for number, line in enumerate(lines):
        entry.append(_without_dots(line))
        if _is_entry(lines, number, right):
            yield entry
            entry = []
    if entry:
        yield entry


def _is_entry(lines: Sequence[Line], number: int, right: float) -> bool:
    """Whether a line ends with a page's number there."""
    if not 0 <= number < len(lines):
        return False
    line = lines[number]
    is_flush = abs(line.right - right) < _FLUSH_EM * line.size
    is_titled = len(line.words) > 1 and any(letter.isalpha() for letter in line.text)
    return is_flush and is_titled and _PAGE.fullmatch(line.words[-1].text) is not None


def _are_close(lines: Sequence[Line]) -> bool:
    return all(
        0 < after.baseline - before.baseline < _CLOSE_EM * before.size
        for before, after in pairwise(lines)
    )


def _leader(line: Line) -> tuple[int, int] | None:
    """Return which words of a line, from and to, are dots before a page's number."""
    if len(line.words) < 2 or not _PAGE.fullmatch(line.words[-1].text):
        return None
    end = start = len(line.words) - 1
    while start and _DOTS.fullmatch(line.words[start - 1].text):
        start -= 1
    dots = sum(_dots_in(word) for word in line.words[start:end])
    return (start, end) if dots >= _FEWEST_DOTS and start else None


def _dots_in(word: Word) -> int:
    return sum(3 if sign == "…" else 1 for sign in word.text)


def _without_dots(line: Line) -> Line:
    """Return a line with one sign for the dots before its number."""
    leader = _leader(line)
    if leader is None:
        return line
    start, end = leader
    dots = line.words[start]
    sign = replace(dots, text="…", offsets=dots.offsets[:1], is_glued=False)
    number = replace(line.words[end], is_glued=False)
    return Line([*line.words[:start], sign, number])
