"""Lines of a column to paragraphs: where one ends is told from gaps, indents, short lines."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise, zip_longest

from reader.formats.pdf.layout.authors import author_grids
from reader.formats.pdf.layout.contents import entries_of, entry_ranges
from reader.formats.pdf.layout.formulas import equations_of, formula_ranges
from reader.formats.pdf.layout.hyphens import ends_broken
from reader.formats.pdf.layout.lines import Line, middle
from reader.formats.pdf.layout.ruled_tables import RuledTable
from reader.formats.pdf.layout.tables import Cell, Row, rows_of, tables_between

BULLETS = frozenset("•‣◦⁃∙·●○▪■□▫▸►▶➢➤✓✔❖–—-*\uf0b7\uf0a7\uf076\uf0d8\uf02d")
NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]|\[\d{1,4}\]")
CAPTION = re.compile(
    r"(?:fig(?:ure|\.)?|table|tab\.|abb(?:ildung|\.)|tabelle|figura|tabla|tableau|plate|chart|scheme|"
    r"listing|algorithm)\s*(?:S?\d+(?:[.\-]\d+)*|[IVX]+)\s*[.:|–—]",
    re.IGNORECASE,
)
_GAP = 1.38
_USUAL_PITCH_EM = 1.22
_MOST_PITCH_EM = 2.6
_OTHER_SIZE = 0.06
_LEAST_INDENTED = 3
_INDENT_EM = 0.7
_SPACE_EM = 0.3
_ALONE_EM = 1.5
_WHOLE = 0.85
_PART = 0.4


class Form(Enum):
    """What the lines of a passage are, where their place tells it."""

    TEXT = auto()
    TABLE = auto()
    FORMULA = auto()
    ENTRY = auto()
    """Of a list of contents."""
    AUTHOR = auto()
    """A line about one of several authors."""


@dataclass
class Passage:
    """Lines that belong together, or the rows of a table.

    `left` and `right` are its column's, `flow` is the column's number on its page.
    """

    page: int
    flow: int
    lines: list[Line]
    left: float
    right: float
    rows: tuple[Row, ...] = ()
    form: Form = Form.TEXT
    cells: Sequence[Cell] = ()
    """Of a table with lines drawn around them."""

    @property
    def size(self) -> float:
        """The size of most of its type."""
        sizes = Counter[float]()
        for line in self.lines:
            sizes[line.size] += line.letter_count
        return max(sizes, key=lambda size: (sizes[size], size))

    @property
    def text(self) -> str:
        """Its words, hyphens at line ends left as they are."""
        return " ".join(line.text for line in self.lines)

    def share(self, quality: str) -> float:
        """Return which part of its characters is "is_bold" or the like."""
        count = sum(line.letter_count for line in self.lines)
        return sum(line.share(quality) * line.letter_count for line in self.lines) / max(count, 1)


@dataclass(frozen=True, slots=True)
class _Measure:
    """How a column is set; `rights` are the right edges of what is indented, by its left edge."""

    left: float
    right: float
    pitches: dict[float, float]
    rights: dict[int, float]

    def right_of(self, line: Line) -> float:
        return self.rights.get(round(line.left), self.right)

    def pitch_of(self, size: float) -> float:
        return self.pitches.get(size, _USUAL_PITCH_EM * size)


def passages_of(flow: Sequence[Line], page: int, number: int) -> list[Passage]:
    """Return the paragraphs and tables of column `number` of a page, from top to bottom."""
    text = [line for line in flow if not isinstance(line, RuledTable)]
    passages = _passages_of(text, page, number) if text else []
    for line in flow:
        if isinstance(line, RuledTable):
            passages.append(_ruled(line, page, number))
    if len(text) < len(flow):
        passages.sort(key=lambda passage: passage.lines[0].baseline)
    return passages


def _ruled(table: RuledTable, page: int, number: int) -> Passage:
    by_row: defaultdict[int, Row] = defaultdict(list)
    for cell in table.cells:
        by_row[cell.row] += cell.lines
    lines = [line for row in by_row.values() for line in row]
    rows = tuple(by_row.values())
    made = Passage(page, number, lines, table.left, table.right, rows, Form.TABLE)
    made.cells = table.cells
    return made


def _passages_of(flow: Sequence[Line], page: int, number: int) -> list[Passage]:
    rows = rows_of(flow)
    measure = _measure_of([_one_line(row) for row in rows])
    grids = {(g.start, g.end): g for g in author_grids(rows)} if page == number == 0 else {}
    contents = entry_ranges([_one_line(row) for row in rows])
    known = [*contents, *grids]
    formulas = [
        (start, end)
        for start, end in formula_ranges([_one_line(row) for row in rows], measure.left)
        if not any(start < last and first < end for first, last in known)
    ]
    tables = tables_between(rows, sorted([*formulas, *known]))
    if tables:  # one may be wider than the text that is below it
        in_tables = {number for start, end in tables for number in range(start, end)}
        outside = [row for number, row in enumerate(rows) if number not in in_tables]
        measure = _measure_of([_one_line(row) for row in outside]) if outside else measure
    passages: list[Passage] = []
    at = 0
    for start, end in [*sorted([*tables, *formulas, *known]), (len(rows), len(rows))]:
        lines = [_one_line(row) for row in rows[at:start]]
        for group in _grouped(lines, measure):
            right = measure.right_of(group[-1])
            passages.append(Passage(page, number, group, measure.left, right))
        if (start, end) in grids:
            for column in grids[start, end].columns:
                for line in column:
                    made = Passage(page, number, [line], line.left, line.right, form=Form.AUTHOR)
                    passages.append(made)
        elif (start, end) in contents:
            parts = [_one_line(row) for row in rows[start:end]]
            left = min(line.left for line in parts)
            for entry in entries_of(parts):
                made = Passage(page, number, entry, left, measure.right, form=Form.ENTRY)
                passages.append(made)
        elif (start, end) in formulas:
            parts = equations_of([_one_line(row) for row in rows[start:end]], measure.left)
            made = Passage(page, number, parts, measure.left, measure.right, form=Form.FORMULA)
            passages.append(made)
        elif end > start:
            parts = [part for row in rows[start:end] for part in row]
            table = tuple(rows[start:end])
            made = Passage(page, number, parts, measure.left, measure.right, table, Form.TABLE)
            passages.append(made)
        at = end
    return passages


def is_short(line: Line, right: float, following: Line) -> bool:
    """Whether a line ended though the next one's first word would have found room in it."""
    first = following.words[0]
    return line.right + _SPACE_EM * line.size + (first.right - first.left) < right - 0.5


def begins_item(line: Line) -> bool:
    """Whether a line begins with a list's bullet."""
    first = line.words[0].text
    return (
        len(line.words) > 1 and len(first) == 1 and first in BULLETS and not line.words[1].is_glued
    )


def begins_numbered(line: Line) -> bool:
    """Whether a line begins with what may be the number of a list's item."""
    return len(line.words) > 1 and NUMBERED.fullmatch(line.words[0].text) is not None


def _one_line(row: Row) -> Line:
    return row[0] if len(row) == 1 else Line([word for part in row for word in part.words])


def _measure_of(lines: Sequence[Line]) -> _Measure:
    if not lines:
        return _Measure(0.0, 0.0, {}, {})
    letters = Counter[float]()
    for line in lines:
        letters[line.size] += line.letter_count
    main = letters.most_common(1)[0][0]
    usual = [line for line in lines if abs(line.size - main) <= _OTHER_SIZE * main]
    lefts = Counter(round(line.left) for line in usual)
    most = max(lefts.values())
    left = min(place for place, count in lefts.items() if count >= 0.5 * most)
    gaps: dict[float, list[float]] = {}
    for line, following in pairwise(lines):
        if line.size == following.size and following.baseline > line.baseline:
            gaps.setdefault(line.size, []).append(following.baseline - line.baseline)
    pitches = {
        size: pitch
        for size, found in gaps.items()
        if (pitch := _pitch(found, size)) < _MOST_PITCH_EM * size
    }
    right = _right_edge(sorted((line.right for line in usual), reverse=True), main)
    indented = {
        place: max(line.right for line in usual if round(line.left) == place)
        for place, count in lefts.items()
        if count >= _LEAST_INDENTED and place > left + _INDENT_EM * main
    }
    return _Measure(float(left), right, pitches, indented)


def _pitch(gaps: Sequence[float], size: float) -> float:
    """Return how far apart the lines of one paragraph are."""
    # the lower middle: gaps between paragraphs are seldom more than those between lines
    usual = middle(gaps)
    return usual if usual < _MOST_PITCH_EM * size else min(gaps)


def _right_edge(rights: Sequence[float], size: float) -> float:
    """Return where lines end that are full; what alone ends much further out is none of them."""
    inner = rights[len(rights) // 20 :]
    shared = (here for here, following in pairwise(inner) if here - following < _ALONE_EM * size)
    return next(shared, inner[0])


def _grouped(lines: Sequence[Line], measure: _Measure) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line, following in zip_longest(lines, lines[1:]):
        if groups and not _begins(groups[-1], line, following, measure):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _begins(group: Sequence[Line], line: Line, following: Line | None, measure: _Measure) -> bool:
    """Whether `line` begins a paragraph after those lines, and `following` goes on with it."""
    last = group[-1]
    size = max(line.size, last.size)
    if abs(line.size - last.size) > _OTHER_SIZE * size:
        return True
    gap = line.baseline - last.baseline
    if gap > _GAP * measure.pitch_of(line.size) or gap < 0.3 * size:
        return True
    if ends_broken(last.text) and line.text[:1].islower():
        return False
    for quality in ("is_bold", "is_fixed"):
        shares = last.share(quality), line.share(quality)
        if max(shares) >= _WHOLE and min(shares) <= _PART:
            return True
    if begins_item(line) or _is_note_start(line) or _counts_on(group[0], line, following):
        return True
    if ends_broken(last.text):
        return False
    if last.share("is_fixed") >= _WHOLE:
        return False  # code keeps its lines
    if _is_centred(line, measure) and (
        _is_centred(last, measure) or (len(group) == 1 and CAPTION.match(last.text))
    ):
        return False
    return _is_parted(group, line, following, measure)


def _is_parted(
    group: Sequence[Line], line: Line, following: Line | None, measure: _Measure
) -> bool:
    """Tell from indents and short lines."""
    last, indent = group[-1], _INDENT_EM * line.size
    right = measure.right_of(last) if round(last.left) == round(line.left) else measure.right
    ends_short = is_short(last, right, line)
    if begins_numbered(line) and (ends_short or line.left < last.left - indent):
        return True
    if line.left > last.left + indent:  # an indent begins a paragraph, unless all its lines hang
        hangs_on = following is not None and abs(following.left - line.left) < indent
        is_item = begins_item(last) or begins_numbered(last) or _is_note_start(last)
        return not (len(group) == 1 and (is_item or (hangs_on and not ends_short)))
    if line.left < last.left - indent:
        return len(group) > 1 or ends_short
    return ends_short


def _counts_on(first: Line, line: Line, following: Line | None) -> bool:
    """Whether a line begins with the number after that of `first`, or with one that is counted on.

    Short items of a list all end alike, so that nothing else tells them from a paragraph's lines.
    """
    slack = _INDENT_EM * line.size
    pairs = [(first, line)] if following is None else [(first, line), (line, following)]
    return begins_numbered(line) and any(
        begins_numbered(one)
        and begins_numbered(other)
        and abs(one.left - other.left) < slack
        and _is_next(one.words[0].text, other.words[0].text)
        for one, other in pairs
    )


def _is_next(number: str, following: str) -> bool:
    """Whether numbers of a list follow each other: 1. and 2., (a) and (b)."""
    one, other = number.strip("()[]."), following.strip("()[].")
    if one.isdecimal() and other.isdecimal():
        is_next = int(other) == int(one) + 1
    else:
        is_next = len(one) == len(other) == 1 and ord(other) == ord(one) + 1
    return is_next and number.replace(one, "") == following.replace(other, "")


def _is_note_start(line: Line) -> bool:
    """Whether a line begins with a raised number, as footnotes do."""
    first = line.words[0]
    return (
        len(line.words) > 1
        and first.size <= 0.85 * line.size
        and first.text.isdecimal()
        and line.baseline - first.baseline > 0.15 * line.size
    )


def _is_centred(line: Line, measure: _Measure) -> bool:
    before, after = line.left - measure.left, measure.right - line.right
    return min(before, after) > 1.5 * line.size and abs(before - after) < 0.6 * line.size
