"""Lines with Hebrew, Arabic and such, from where their characters stand: words in reading order.

pdfium gives the characters of such a line in an order of its own, which is that of reading only
where a file was written in it. So it is told anew from left and right, as the bidirectional
algorithm (Unicode Standard Annex 9) would have put them there, backwards: a stretch that runs
against its line is turned round, and within it numbers once more.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from reader.values import value

_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
RIGHT_TO_LEFT = re.compile(f"[{_LETTERS}]")
_LINES = re.compile(r"[^\r\n]+")
_APART, _APART_AT_SPACE = 0.22, 0.1
"""Of the type's size: characters further apart than that are in two words, those with a space that
the file has between them if they are a little apart. After some letters that don't join the next
there is nearly as much room as between words."""

_ANOTHER_LINE = 0.45
"""Of the type's size: characters whose baselines are further apart stand in two lines."""

_NUMBER = re.compile(r"\d+(?:[.,:/\-\u2212\u2013]\d+)*[%‰°]?")
_ALEFS = frozenset("اأإآٱ")
_LAM = "ل"
_BRACKETS = ("()", "[]", "{}", "<>", "«»", "‹›")


@value
class Glyph:
    """A character, or what a ligature stands for, and its box; `number` is its place in the page.

    `size` is that of its type in points; `line` is its baseline.
    """

    number: int
    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    line: float

    @property
    def is_mark(self) -> bool:
        """Whether it stands over or under a letter."""
        return unicodedata.category(self.text[0]) == "Mn"


Placed = tuple[float, float, Glyph]
"""A character with its edges, as far along the line as one reads."""


def is_right_to_left(text: str) -> bool:
    """Whether most letters of a page are written from right to left."""
    count = len(RIGHT_TO_LEFT.findall(text))
    return count > 0 and 2 * count > sum(map(str.isalpha, text))


def stretches(text: str, *, is_whole: bool) -> Iterator[tuple[int, int]]:
    """Yield from where to where a page's text is to be put in order: lines as pdfium parts them.

    All of them if `is_whole`, else those that have letters written from right to left.
    """
    if RIGHT_TO_LEFT.search(text) is None:
        return
    for found in _LINES.finditer(text):
        if is_whole or RIGHT_TO_LEFT.search(found.group()):
            yield found.span()


def lines_in_order(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Part characters, which are in the order of their lines, where another line begins."""
    lines: list[list[Glyph]] = []
    for glyph in glyphs:
        # vowel points are set up or down, and a space that pdfium put in has no baseline
        is_loose = glyph.text.isspace() or glyph.is_mark
        if lines and (is_loose or _is_level(lines[-1][0], glyph)):
            lines[-1].append(glyph)
        elif not glyph.text.isspace():
            lines.append([glyph])
    return lines


def lines_by_height(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Part characters, which are in any order, into lines by where they stand."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.is_mark):
        if glyph.text.isspace() and glyph.left == glyph.right:
            continue  # pdfium put it in
        line = next((line for line in reversed(lines) if _is_level(line[0], glyph)), None)
        if line is not None:
            line.append(glyph)
        elif not glyph.text.isspace() and not glyph.is_mark:
            lines.append([glyph])
    return lines


def _is_level(first: Glyph, glyph: Glyph) -> bool:
    return abs(first.line - glyph.line) < _ANOTHER_LINE * glyph.size


def words_of(glyphs: Sequence[Glyph], mirror: float | None) -> list[list[Placed]]:
    """Return the words of one line in the order of reading, each character with its edges.

    With `mirror`, the page's width, the line runs from right to left, and edges are points from
    the page's right edge, so that they grow as one reads. A word that runs against its line has
    the edges that it would have if the line ran its way.
    """
    is_backwards = mirror is not None
    letters = [(*_edges(glyph, mirror), glyph) for glyph in glyphs if not glyph.is_mark]
    marks = [(*_edges(glyph, mirror), glyph) for glyph in glyphs if glyph.is_mark]
    letters, points = _pointed(letters, marks)
    side = -1 if is_backwards else 1
    letters.sort(
        key=lambda row: (
            side * (row[2].left + row[2].right),
            *_in_ligature(row[2], is_backwards=is_backwards),
        )
    )
    ordered = _turned(list(_spaced(letters)), is_backwards=is_backwards)
    return list(_words(ordered, points))


def _pointed(
    rows: Sequence[Placed], marks: Sequence[Placed]
) -> tuple[list[Placed], dict[int, list[Glyph]]]:
    """Return letters with the room that their points take, and the points by letters' numbers."""
    widened = {row[2].number: row for row in rows}
    points: dict[int, list[Glyph]] = {}
    inked = [row for row in rows if not row[2].text.isspace()]
    for left, right, mark in marks if inked else ():
        near = min(inked, key=lambda row: abs(row[0] + row[1] - left - right))
        number = near[2].number
        points.setdefault(number, []).append(mark)
        start, end, letter = widened[number]
        widened[number] = (min(start, left), max(end, right), letter)
    return list(widened.values()), points


def _edges(glyph: Glyph, mirror: float | None) -> tuple[float, float]:
    if mirror is None:
        return glyph.left, glyph.right
    return mirror - glyph.right, mirror - glyph.left


def _in_ligature(glyph: Glyph, *, is_backwards: bool) -> tuple[int, int]:
    """Return what orders the letters of a ligature, which share a box: lam is before its alef."""
    first = -1 if glyph.text == _LAM else glyph.text in _ALEFS
    return (first, -glyph.number) if is_backwards else (-first, glyph.number)


def _spaced(rows: Sequence[Placed]) -> Iterator[Placed | None]:
    """Yield the characters, and None for each space, whether it was written or only left."""
    inked = [row for row in rows if not row[2].text.isspace()]
    # one without a width was put in by pdfium, which is lost among points and joined letters
    spaces = [row for row in rows if row[2].text.isspace() and row[0] < row[1]]
    written = sorted((row[0] + row[1]) / 2 for row in spaces)
    for before, row in pairwise([None, *inked]):
        assert row is not None
        if before is not None:
            gap, size = row[0] - before[1], max(row[2].size, before[2].size)
            at = bisect_left(written, before[1])
            is_written = at < len(written) and written[at] <= row[0]
            if gap > (_APART_AT_SPACE if is_written else _APART) * size:
                yield None
        yield row


def _turned(rows: Sequence[Placed | None], *, is_backwards: bool) -> Iterator[Placed | None]:
    """Turn round what runs against the line, and mirror brackets where it runs to the left."""
    kinds = _kinds(rows)
    at = 0
    for found in (_AGAINST_LEFT if is_backwards else _AGAINST_RIGHT).finditer(kinds):
        first, last = found.span()
        yield from _mirrored(rows[at:first]) if is_backwards else rows[at:first]
        turned = _reversed(rows[first:last])
        yield from turned if is_backwards else _mirrored(_numbers_kept(turned))
        at = last
    yield from _mirrored(rows[at:]) if is_backwards else rows[at:]


_AGAINST_LEFT = re.compile(
    r"(?:[%‰°$€£¥₪](?=n))*[ln](?:[ln]|[.,:/'’&@#_+\-](?=[ln])|(?<=n)[%‰°$€£¥₪]"
    r"|(?<=l)[^rln]+(?=l)|(?<=n)[^rln]+(?=lll))*"
)
"""Seen from the right. "Windows 10" and "10 MB" look alike: what has few letters is a unit."""

_AGAINST_RIGHT = re.compile(r"r(?:[^l]*r)?")


def _kinds(rows: Sequence[Placed | None]) -> str:
    """Return a letter for each: r and l for letters of that direction, n for a digit."""
    return "".join(" " if row is None else _kind(row[2].text[0]) for row in rows)


def _kind(letter: str) -> str:
    match unicodedata.bidirectional(letter):
        case "R" | "AL":
            return "r"
        case "L":
            return "l"
        case "EN" | "AN":
            return "n"
    return letter


def _reversed(rows: Sequence[Placed | None]) -> list[Placed | None]:
    """Return a stretch the other way round, its edges those that it then has."""
    boxes = [row for row in rows if row is not None]
    if not boxes:
        return list(rows)
    start, end = min(row[0] for row in boxes), max(row[1] for row in boxes)
    return [
        None if row is None else (start + end - row[1], start + end - row[0], row[2])
        for row in reversed(rows)
    ]


def _numbers_kept(rows: Sequence[Placed | None]) -> list[Placed | None]:
    """Turn numbers round once more: they run to the right everywhere."""
    text = "".join(" " if row is None else row[2].text[:1] for row in rows)
    kept = list(rows)
    for found in _NUMBER.finditer(text):
        first, last = found.span()
        kept[first:last] = _reversed(rows[first:last])
    return kept


def _mirrored(rows: Sequence[Placed | None]) -> list[Placed | None]:
    """Return a stretch that runs to the left with its brackets as they are meant.

    Some files have them as they look, and pdfium mirrors those that it takes to run to the left.
    So what stands around them tells whether they open or close.
    """
    found = list(rows)
    for at, row in enumerate(rows):
        bracket = "" if row is None else row[2].text
        pair = next((pair for pair in _BRACKETS if bracket and bracket in pair), "")
        if row is None or not pair:
            continue
        has_before = at > 0 and rows[at - 1] is not None
        has_after = at + 1 < len(rows) and _is_letter(rows[at + 1])
        if has_before != has_after:
            meant = pair[0] if has_after else pair[1]
            found[at] = (row[0], row[1], replace(row[2], text=meant))
    return found


def _is_letter(row: Placed | None) -> bool:
    return row is not None and row[2].text[0].isalnum()


def _words(
    rows: Iterable[Placed | None], points: Mapping[int, Sequence[Glyph]]
) -> Iterator[list[Placed]]:
    word: list[Placed] = []
    for row in (*rows, None):
        if row is not None:
            start, end, letter = row
            word += (row, *((start, end, mark) for mark in points.get(letter.number, ())))
        elif word:
            yield word
            word = []
