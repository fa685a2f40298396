"""Running heads and page numbers: lines at a page's edge that come again on the pages around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from reader.formats.pdf.layout.lines import Line, middle
from reader.formats.pdf.layout.paragraphs import CAPTION
from reader.text.roman import from_any_roman

REACH = 2
"""Pages before and after that are compared: left and right pages may have heads of their own."""

_EDGE_SHARE = 0.17
_NUMBER_SHARE = 0.25
"""The same of a page number in the last row: pages set for other paper end further up."""

_EDGE_ROWS = 3
_SAME_PLACE = 0.02
_LONGEST = 120
_ROMAN = re.compile(r"[ivxlcdm]{1,8}", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,5}")
_PAGE_NUMBER = re.compile(
    r"(?:\D{0,12}\s)?[–—\-\[(|]?\s?(\d{1,5}|[ivxlc]{1,7})\s?(?:[–—\-\])|]|(?:/|of|von|sur|de)\s?\d+)?",
    re.IGNORECASE,
)
_ALONE_EM = 1.1
_TITLE_NUMBER = re.compile(r"\s*(?:\d{1,3}|[A-Z](?=\.))(?:\.\d{1,3})*\.?\s+")
_CUT = re.compile(r"(?:…|\.{3})$")
_LARGER = 1.1
_BOLD = 0.9
_LEAST_TITLE, _LEAST_CUT_TITLE = 3, 8
_TITLE_LINES = 3
_SENTENCE = re.compile(r"\w\s.*\w{2}[.!?:;]['\"”’)\]]*$")
_TEXT_PITCH_EM, _TEXT_INDENT_EM, _TEXT_WORDS = 1.7, 3.0, 4

Edge = list[tuple[str, float, Line]]
"""The lines near a page's edges: what they say but for figures, how far down, and the line."""


def edge_lines(lines: Sequence[Line], height: float) -> Edge:
    """Return what might be furniture of a page."""
    ordered = sorted(lines, key=lambda line: line.baseline)
    above = [line for line in ordered if line.baseline < _EDGE_SHARE * height]
    below = [line for line in ordered if line.top > (1 - _EDGE_SHARE) * height]
    if not below and ordered and ordered[-1].top > (1 - _NUMBER_SHARE) * height:
        below = [line for line in ordered[-1:] if _value(line.text) is not None]
    found = [*_first_rows(above), *_first_rows(below[::-1])]
    return [
        (_without_figures(line.text), line.baseline / height, line)
        for line in found
        if len(line.text) <= _LONGEST
    ]


def furniture_of(
    number: int, edges: Mapping[int, Edge], lines: Sequence[Line], titles: Collection[str]
) -> list[Line]:
    """Return the lines of page `number` that belong to the page and not to the text.

    `titles` are the text's and its earlier chapters', as `title_letters` has them: a head may
    name one, or a section that begins on its page.
    """
    numbers = range(number - REACH, number + REACH + 1)
    around = [edges[n] for n in numbers if n != number and n in edges]
    usual = middle([line.size for line in lines]) if lines else 0.0
    found = []
    for says, down, line in edges.get(number, []):
        others = [
            other
            for edge in around
            for its_says, its_down, other in edge
            if its_says == says and abs(its_down - down) < _SAME_PLACE
        ]
        if CAPTION.match(line.text) or _is_of_text(line, lines):
            is_furniture = False
        elif says.strip("# –—-[]()|/."):
            is_title = line.size < _LARGER * usual and (
                (number > 0 and (letters_of(says) in titles or _names_one(line, titles)))
                or _names_what_follows(line, lines)
            )
            is_furniture = bool(others) or (is_title and _stands_alone(line, lines))
        else:
            is_furniture = _counts_on(number, line, edges) or _is_page_number(number, line, lines)
        if is_furniture:
            found.append(line)
    return found


def _is_of_text(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is a sentence's end, or all of one, in the midst of the text around it."""
    if not _SENTENCE.search(line.text):
        return False
    reach = _TEXT_PITCH_EM * line.size
    return any(
        0.5 * line.size < abs(other.baseline - line.baseline) < reach
        and abs(other.size - line.size) < 0.1
        and abs(other.left - line.left) < _TEXT_INDENT_EM * line.size
        and len(other.words) >= _TEXT_WORDS
        for other in lines
    )


def _first_rows(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of the first few rows."""
    found: list[Line] = []
    rows = 0
    for line in lines:
        if not found or abs(line.baseline - found[-1].baseline) > 0.5 * line.size:
            rows += 1
        if rows > _EDGE_ROWS:
            break
        found.append(line)
    return found


def _without_figures(text: str) -> str:
    if _ROMAN.fullmatch(text):
        return "#"
    return " ".join(_NUMBER.sub("#", text).casefold().split())


def _counts_on(number: int, line: Line, edges: Mapping[int, Edge]) -> bool:
    """Whether a number goes on counting, page by page, on a page nearby."""
    value = _value(line.text)
    if value is None:
        return False
    for other in range(number - REACH, number + REACH + 1):
        if other == number:
            continue
        for says, _, its_line in edges.get(other, []):
            if not says.strip("# –—-[]()|/.") and _value(its_line.text) == value + other - number:
                return True
    return False


def _is_page_number(number: int, line: Line, lines: Sequence[Line]) -> bool:
    """Whether a number is the page's own and stands alone, which tells even of a single page."""
    return _value(line.text) == number + 1 and _stands_alone(line, lines)


def letters_of(text: str) -> str:
    """Return the letters and figures of a text alone, to compare titles by."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def title_letters(title: str) -> set[str]:
    """Return how a head may name a title: with its number and without it, letters only."""
    return {letters_of(title), letters_of(_TITLE_NUMBER.sub("", title, count=1))}


def _names_one(line: Line, titles: Collection[str]) -> bool:
    """Whether a line in the type of a head names one of these titles, whole or cut short."""
    if line.share("is_bold") > _BOLD:
        return False
    named = title_letters(line.text)
    if not _CUT.search(line.text):
        return not named.isdisjoint(titles) and max(map(len, named)) >= _LEAST_TITLE
    return any(
        len(letters) >= _LEAST_CUT_TITLE and title.startswith(letters)
        for letters in named
        for title in titles
    )


def _names_what_follows(line: Line, lines: Sequence[Line]) -> bool:
    """Whether the title that a line names stands further down on its page, in heavier type."""
    letters = min(title_letters(line.text), key=len)
    is_cut = _CUT.search(line.text) is not None
    if len(letters) < (_LEAST_CUT_TITLE if is_cut else _LEAST_TITLE):
        return False
    below = [other for other in lines if other.baseline > line.baseline + line.size]
    for number, first in enumerate(below):
        is_bolder = first.share("is_bold") > _BOLD > line.share("is_bold")
        if not is_bolder and first.size < _LARGER * line.size:
            continue
        title = ""
        for other in below[number : number + _TITLE_LINES]:
            if abs(other.size - first.size) > 0.1:
                break
            title = f"{title} {other.text}"
            named = title_letters(title)
            if letters in named or (is_cut and any(one.startswith(letters) for one in named)):
                return True
    return False


def _stands_alone(line: Line, lines: Sequence[Line]) -> bool:
    apart = _ALONE_EM * line.size
    return not any(
        other.bottom > line.top - apart and other.top < line.bottom + apart
        for other in lines
        if abs(other.baseline - line.baseline) > 0.2 * line.size  # a head has a number beside it
    )


def _value(text: str) -> int | None:
    found = _PAGE_NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    digits = found[1]
    return int(digits) if digits.isdecimal() else from_any_roman(digits)
