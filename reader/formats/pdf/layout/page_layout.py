"""One page as passages in reading order, each known for what it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from reader.formats.pdf.layout.columns import flows_of
from reader.formats.pdf.layout.drawn_bullets import give_bullets
from reader.formats.pdf.layout.furniture import Edge, edge_lines, furniture_of
from reader.formats.pdf.layout.line_numbers import line_numbers
from reader.formats.pdf.layout.lines import Line, lines_of
from reader.formats.pdf.layout.paragraphs import (
    CAPTION,
    NUMBERED,
    Form,
    Passage,
    begins_item,
    begins_numbered,
    is_short,
    passages_of,
)
from reader.formats.pdf.layout.ruled_tables import with_ruled_tables
from reader.formats.pdf.words.page_words import PageWords, Word
from reader.text.document import BlockKind

_HEADING_RATIOS = ((1.65, 1), (1.3, 2), (1.1, 3))
_LONGEST_HEADING = 220
_LONGEST_BOLD_HEADING = 110
_SMALL = 0.94
_NOTE_MARK = re.compile(r"(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z])")
_LISTED = re.compile(r"[^\W\d]\W*\s\d{1,4}$")
"""How a line of a list of contents ends: with a page."""

_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_CITED = re.compile(r"\[(?:\d{1,4}|[A-Z][\w+]{1,8})\]")
"""What a line of a bibliography begins with."""

_FIGURE = re.compile(r"fig|abb|plate|chart|scheme", re.IGNORECASE)
_LONGEST_LABEL, _MEAN_CELL = 28, 5
_FOOT_ZONE, _HEAD_ZONE = 0.4, 0.12
_NESTED_EM, _DEEPEST = 1.4, 3
_INITIAL = re.compile(r"[A-Z]\.")
"""What may be a list's letter, but more often is an author's first name."""

_RULE_REACH_EM = 2.5


@dataclass
class Part:
    """A passage with its kind; `marker` and `level` are those of reader.text.document.Block.

    So many words as `skipped_words` at its beginning are shown as the marker instead;
    `continuations` are where it goes on, in other columns or on other pages.
    """

    passage: Passage
    kind: BlockKind
    level: int = 0
    marker: str = ""
    skipped_words: int = 0
    continuations: list[Passage] = field(default_factory=list)

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.passage.page


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page's words as lines, and what of them might belong to the page itself.

    `numbers` are those of its lines, in the margin, a column of them as one.
    """

    words: PageWords
    lines: tuple[Line, ...]
    turned: tuple[Word, ...]
    numbers: tuple[Line, ...]
    edges: Edge
    letters_by_size: Counter[float]


def raw_page(words: PageWords) -> RawPage:
    """Put the words of a page into lines."""
    upright = [word for word in words.words if word.turn == 0]
    numbers = tuple(Line(column) for column in line_numbers(upright))
    counting = {id(word) for line in numbers for word in line.words}
    lines = lines_of([word for word in upright if id(word) not in counting])
    give_bullets(lines, words.dots)
    turned = tuple(word for word in words.words if word.turn)
    letters = Counter[float]()
    for line in lines:
        letters[line.size] += line.letter_count
    return RawPage(words, tuple(lines), turned, numbers, edge_lines(lines, words.height), letters)


def usual_size(pages: Iterable[RawPage]) -> float:
    """Return the size in which most of the text of some pages is set."""
    letters = Counter[float]()
    for page in pages:
        letters += page.letters_by_size
    return letters.most_common(1)[0][0] if letters else 10.0


def parts_of(
    number: int, pages: Mapping[int, RawPage], body_size: float, titles: Collection[str] = ()
) -> list[Part]:
    """Return the passages of page `number` in reading order; furniture comes last.

    `pages` are those around it as well; `titles` are known ones of earlier pages, letters only.
    """
    page = pages[number]
    edges = {n: other.edges for n, other in pages.items()}
    furniture = furniture_of(number, edges, page.lines, titles)
    taken = {id(line) for line in furniture}
    text = [line for line in page.lines if id(line) not in taken]
    parts: list[Part] = []
    text = with_ruled_tables(text, page.words.rules, page.words.uprights)
    for at, flow in enumerate(flows_of(text)):
        passages = passages_of(flow, number, at)
        parts += _kinds_of(passages, page, body_size)
    rows = sorted(furniture, key=lambda line: (line.baseline, line.left))
    parts += [_furniture_part(line, number) for line in rows]
    parts += [_furniture_part(line, number) for line in _turned_lines(page.turned)]
    parts += [_furniture_part(line, number) for line in page.numbers]
    return parts


def goes_on(before: Part, after: Part) -> bool:
    """Whether a paragraph that ends a column or page goes on in another."""
    kinds = {before.kind, after.kind}
    if BlockKind.PARAGRAPH not in kinds or not kinds <= {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
        return False
    if after.kind is BlockKind.LIST_ITEM or before.passage.form is Form.ENTRY:
        return False
    last_passage = before.continuations[-1] if before.continuations else before.passage
    if (last_passage.page, last_passage.flow) == (after.page, after.passage.flow):
        return False
    last, first = last_passage.lines[-1], after.passage.lines[0]
    if abs(last.size - first.size) > 0.06 * last.size:
        return False
    text = last.text
    if text.endswith(("-", "\u2010", "\u00ad")):
        return True
    begins = first.text.lstrip("“\"'‘«(")[:1]
    if begins.islower():
        return not _SENTENCE_END.search(text) or text.endswith((",", ";", ":"))
    is_indented = first.left > after.passage.left + 0.7 * first.size
    is_full = not is_short(last, last_passage.right, first)
    return is_full and not is_indented and not _SENTENCE_END.search(text)


def note_goes_on(before: Part, after: Part) -> bool:
    """Whether a footnote that ends a column or page goes on in the next, where it has no sign."""
    last = before.continuations[-1] if before.continuations else before.passage
    is_next = (last.page, last.flow) < (after.page, after.passage.flow) and (
        after.page - last.page <= 1
    )
    is_alike = abs(last.size - after.passage.size) <= 0.06 * last.size
    return is_next and is_alike and not after.marker


def _kinds_of(passages: Sequence[Passage], page: RawPage, body_size: float) -> list[Part]:
    notes = _notes_from(passages, page, body_size)
    parts: list[Part] = []
    for at, passage in enumerate(passages):
        parts.append(_note(passage) if at >= notes else _known(passage, body_size))
    parts = _with_labels(parts, passages[0].left if passages else 0.0)
    return _with_lists(_with_byline(parts) if page.words.number == 0 else parts)


def _with_labels(parts: list[Part], left: float) -> list[Part]:
    """Make one of the words in a drawing: short, all over the place, above a figure's caption."""
    made: list[Part] = []
    for part in parts:
        if part.kind is BlockKind.CAPTION and _FIGURE.match(part.passage.text):
            scattered: list[Part] = []
            while made and _is_label(made[-1]):
                scattered.insert(0, made.pop())
            if scattered:
                lines = [line for one in scattered for line in one.passage.lines]
                first = scattered[0].passage
                passage = Passage(first.page, first.flow, lines, left, first.right)
                made.append(Part(passage, BlockKind.LABELS))
        made.append(part)
    return made


def _is_label(part: Part) -> bool:
    """Whether a part may be what stands in a drawing."""
    lines = part.passage.lines
    if part.passage.form is Form.AUTHOR:
        return False
    if part.kind not in (BlockKind.PARAGRAPH, BlockKind.TABLE_CELL, BlockKind.LIST_ITEM):
        return part.kind is BlockKind.FORMULA and len(part.passage.text) < _LONGEST_LABEL
    if part.passage.rows:
        cells = [line for row in part.passage.rows for line in row]
        return sum(len(cell.text) for cell in cells) < _MEAN_CELL * len(cells)
    text = part.passage.text
    return len(text) <= _LONGEST_LABEL * len(lines) and not _SENTENCE_END.search(text)


def _with_byline(parts: list[Part]) -> list[Part]:
    """Make a paragraph of what stands below the title in large type: authors, a date."""
    for title, part in pairwise(parts):
        is_below = part.kind is BlockKind.HEADING and part.passage.size < title.passage.size
        if title.level == 1 and is_below and part.passage.share("is_bold") < 0.5:
            part.kind, part.level = BlockKind.PARAGRAPH, 0
    return parts


def _known(passage: Passage, body_size: float) -> Part:
    if passage.rows:
        return Part(passage, BlockKind.TABLE_CELL)
    if passage.form is Form.AUTHOR:
        return Part(passage, BlockKind.PARAGRAPH)
    if passage.form is Form.FORMULA:
        return Part(passage, BlockKind.FORMULA)
    if passage.form is Form.ENTRY:
        indent = (passage.lines[0].left - passage.left) / passage.size
        return Part(passage, BlockKind.LIST_ITEM, 1 + min(int(indent / _NESTED_EM), _DEEPEST))
    if CAPTION.match(passage.text):
        return Part(passage, BlockKind.CAPTION)
    is_item = begins_item(passage.lines[0]) and not passage.lines[0].words[0].face.is_fixed
    if passage.share("is_fixed") > 0.9 and len(passage.text) > 1 and not is_item:
        return Part(passage, BlockKind.CODE)
    level = _heading_level(passage, body_size)
    if level:
        return Part(passage, BlockKind.HEADING, level)
    if _CITED.fullmatch(passage.lines[0].words[0].text) and len(passage.lines[0].words) > 1:
        return Part(passage, BlockKind.LIST_ITEM, 1, passage.lines[0].words[0].text, 1)
    if begins_item(passage.lines[0]):
        marker = passage.lines[0].words[0].text
        shown = "•" if marker in "*\uf0b7\uf0a7\uf076\uf0d8" else marker
        return Part(passage, BlockKind.LIST_ITEM, 1, shown, skipped_words=1)
    return Part(passage, BlockKind.PARAGRAPH)


def _heading_level(passage: Passage, body_size: float) -> int:
    """Return a heading's rank by its type; 0 where it is none."""
    text, ratio = passage.text, passage.size / body_size
    if len(text) > _LONGEST_HEADING or not any(letter.isalpha() for letter in text):
        return 0
    if len(text) < 2 and ratio < _HEADING_RATIOS[0][0]:
        return 0
    for least, level in _HEADING_RATIOS:
        if ratio >= least and not (ratio < 1.3 and len(text) > _LONGEST_BOLD_HEADING):
            return level
    if _LISTED.search(text):
        return 0
    is_bold = passage.share("is_bold") > 0.9
    is_title_like = len(text) <= _LONGEST_BOLD_HEADING and len(passage.lines) <= 2
    if is_bold and is_title_like and ratio >= _SMALL and not text.endswith((".", ",", ";", ":")):
        return 4
    return 0


def _notes_from(passages: Sequence[Passage], page: RawPage, body_size: float) -> int:
    """Return the number of the first passage of a column that is a footnote."""
    start = len(passages)
    while start and _is_small_text(passages[start - 1], body_size):
        start -= 1
    for number, passage in enumerate(passages[:start]):
        first = passage.lines[0]
        is_low = first.baseline > _FOOT_ZONE * page.words.height
        if is_low and _note_marker(passage) and _is_raised(first) and _is_ruled(passage, page):
            return number  # in letters as large as the text's
    for number in range(start, len(passages)):
        passage = passages[number]
        if CAPTION.match(passage.text):
            continue
        first = passage.lines[0]
        is_low = first.baseline > _FOOT_ZONE * page.words.height
        if _is_ruled(passage, page) and first.baseline > _HEAD_ZONE * page.words.height:
            return number  # however high: a long one goes on below a rule on the next page
        if _note_marker(passage) and (is_low or _is_raised(first)):
            return number
    return len(passages)


def _is_small_text(passage: Passage, body_size: float) -> bool:
    return passage.form is Form.TEXT and passage.size <= _SMALL * body_size


def _is_ruled(passage: Passage, page: RawPage) -> bool:
    """Whether a short rule stands right above a passage, as above footnotes."""
    first = passage.lines[0]
    return any(
        0 < first.baseline - y < _RULE_REACH_EM * first.size
        and abs(left - passage.left) < 2 * first.size
        and right - left < 0.6 * max(passage.right - passage.left, 1.0)
        for left, right, y in page.words.rules
    )


def _is_raised(line: Line) -> bool:
    first = line.words[0]
    return (
        first.is_sign
        or first.size <= 0.85 * line.size
        or line.baseline - first.baseline > 0.15 * line.size
    )


def _note_marker(passage: Passage) -> str:
    words = passage.lines[0].words
    text = words[0].text.rstrip(".)")
    return text if len(words) > 1 and _NOTE_MARK.fullmatch(text) else ""


def _note(passage: Passage) -> Part:
    marker = _note_marker(passage)
    return Part(passage, BlockKind.FOOTNOTE, 0, marker, skipped_words=1 if marker else 0)


def _with_lists(parts: Sequence[Part]) -> list[Part]:
    """Make items of paragraphs with numbers that count on, or whose other lines hang."""
    made = list(parts)
    numbers = [_item_number(part) for part in parts]
    for at, part in enumerate(parts):
        if part.kind is not BlockKind.PARAGRAPH or not numbers[at]:
            continue
        lines = part.passage.lines
        hangs = len(lines) > 1 and lines[1].left > lines[0].left + 0.7 * lines[0].size
        hangs = hangs and not _INITIAL.fullmatch(lines[0].words[0].text)
        near = {numbers[n] for n in (at - 1, at + 1) if 0 <= n < len(numbers)}
        if hangs or near & _neighbours(numbers[at]):
            marker = lines[0].words[0].text
            made[at] = replace(
                part, kind=BlockKind.LIST_ITEM, level=1, marker=marker, skipped_words=1
            )
    return made


def _item_number(part: Part) -> str:
    first = part.passage.lines[0]
    if part.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or not begins_numbered(first):
        return ""
    found = NUMBERED.fullmatch(first.words[0].text)
    return "" if found is None else found[0].strip("().")


def _neighbours(number: str) -> set[str]:
    if number.isdecimal():
        return {str(int(number) - 1), str(int(number) + 1)}
    if len(number) == 1:
        return {chr(ord(number) - 1), chr(ord(number) + 1)}
    return {number[:-1], number + "i", "iv", "vi", "ix", "xi"} - {number}


def _furniture_part(line: Line, page: int) -> Part:
    return Part(Passage(page, -1, [line], line.left, line.right), BlockKind.PAGE_FURNITURE)


def _turned_lines(words: Sequence[Word]) -> list[Line]:
    """Return words set across the page, each run of them as a line."""
    lines: list[Line] = []
    for word in words:
        if lines and lines[-1].words[-1].turn == word.turn and word.last - word.first < 200:
            near = abs(lines[-1].words[-1].baseline - word.baseline) < word.size
            if near:
                lines[-1].words.append(word)
                lines[-1].forget()
                continue
        lines.append(Line([word]))
    return lines
