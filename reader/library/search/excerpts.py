"""What is shown of a paragraph around what was found in it."""

from __future__ import annotations

import re

from reader.library.search.query import SEPARATOR
from reader.values import value

MARK_START, MARK_END = "\x02", "\x03"
"""What FTS5's `highlight` is told to put around what matched: no text has them."""

_USUAL_LENGTH = 180
_ELLIPSIS = "…"
_WIDE_SPACE = re.compile(r"\s\s|[^\S ]")
"""White space that isn't one blank already."""


@value
class Excerpt:
    """A stretch of a paragraph on one line, and the ranges [start, end) of it that matched."""

    text: str
    marks: tuple[tuple[int, int], ...]


def marked_ranges(highlighted: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the paragraph as it is, and the ranges of it that FTS5 marked."""
    pieces: list[str] = []
    marks: list[tuple[int, int]] = []
    length = 0
    is_inside = False
    begun = 0
    for piece in _split(highlighted.replace(SEPARATOR, "")):
        if piece == MARK_START and not is_inside:
            is_inside, begun = True, length
        elif piece == MARK_END and is_inside:
            is_inside = False
            if marks and marks[-1][1] == begun:  # characters of one word of an unspaced script
                marks[-1] = (marks[-1][0], length)
            else:
                marks.append((begun, length))
        elif piece not in (MARK_START, MARK_END):
            pieces.append(piece)
            length += len(piece)
    return "".join(pieces), marks


def _split(highlighted: str) -> list[str]:
    pieces = []
    for part in highlighted.split(MARK_START):
        pieces.append(MARK_START)
        inside, end, outside = part.partition(MARK_END)
        pieces += [inside, end, outside] if end else [inside]
    return [piece for piece in pieces[1:] if piece]


def excerpt_of(
    text: str, marks: list[tuple[int, int]], length: int = _USUAL_LENGTH
) -> tuple[Excerpt, tuple[int, int]]:
    """Return the stretch of `text` with the most of what was found, about `length` long, and the
    first mark in it as a range of `text` itself: (0, 0) without one."""
    first = _densest(marks, length)
    shown = [mark for mark in marks[first:] if mark[1] <= marks[first][0] + length]
    begun, ended = (shown[0][0], shown[-1][1]) if shown else (0, 0)
    spare = max(0, length - (ended - begun))
    start = max(0, begun - spare // 2)
    end = min(len(text), max(ended, start + length))
    start = max(0, min(start, end - length))
    start, end = _at_words(text, start, begun, end, ended)
    words, new_marks = _on_one_line(text, start, end, shown)
    before = _ELLIPSIS if start > 0 else ""
    after = _ELLIPSIS if end < len(text.rstrip()) else ""
    shift = len(before)
    return (
        Excerpt(before + words + after, tuple((s + shift, e + shift) for s, e in new_marks)),
        marks[first] if marks else (0, 0),
    )


def _densest(marks: list[tuple[int, int]], length: int) -> int:
    """Return the number of the mark from which on most marks are within `length`."""
    best, most, last = 0, 0, 0
    for number, (start, _) in enumerate(marks):
        while last < len(marks) and marks[last][1] <= start + length:
            last += 1
        if last - number > most:
            best, most = number, last - number
    return best


def _at_words(text: str, start: int, begun: int, end: int, ended: int) -> tuple[int, int]:
    """Move the ends inwards to spaces, if there are any before what was found."""
    if start > 0:
        space = text.find(" ", start, begun)
        start = start if space < 0 else space + 1
    if end < len(text):
        space = text.rfind(" ", ended, end)
        end = end if space < 0 else space
    return start, end


def _on_one_line(
    text: str, start: int, end: int, marks: list[tuple[int, int]]
) -> tuple[str, list[tuple[int, int]]]:
    """Return the stretch with every white space as one blank, and where the marks are in it."""
    whole = [(s, e) for s, e in marks if start <= s and e <= end]
    if not text.startswith(" ", start) and _WIDE_SPACE.search(text, start, end) is None:
        return text[start:end].rstrip(), [(s - start, e - start) for s, e in whole]
    line: list[str] = []
    places: list[int] = []
    for character in text[start:end]:
        places.append(len(line))
        if not character.isspace():
            line.append(character)
        elif line and line[-1] != " ":
            line.append(" ")
    places.append(len(line))
    moved = [(places[s - start], places[e - start]) for s, e in whole]
    return "".join(line).rstrip(), moved
