"""The parts of some pages to one section, with where on which page each character stands."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reader.formats.pdf.layout.furniture import letters_of
from reader.formats.pdf.layout.hyphens import Vocabulary, ends_broken, goes_on_address
from reader.formats.pdf.layout.lines import Line
from reader.formats.pdf.layout.page_layout import Part, goes_on, note_goes_on
from reader.formats.pdf.layout.paragraphs import Passage
from reader.formats.pdf.layout.tables import cells_of
from reader.formats.pdf.words.page_words import PageLink, Word
from reader.formats.section_writer import SectionWriter
from reader.text.document import Block, BlockKind, Inline, InlineKind, Section, TableCell
from reader.values import replaced

APART = {
    BlockKind.PAGE_FURNITURE,
    BlockKind.FOOTNOTE,
    BlockKind.CAPTION,
    BlockKind.TABLE_CELL,
    BlockKind.LABELS,
}
"""What may stand between two parts of a paragraph: it is put after it."""

_NOTE_SIGN = re.compile(r"[\[(]?(\d{1,3}|[*†‡§¶]{1,3}|[a-z])[\])]?[,;]?")
_OPENED = ("(", "[", "{", ",", "\u2013", "-")
"""What stands before the number of an equation or of a work, which is no sign of a note."""

_SMALL = 0.85
_LIFTED_EM = 0.13
_FIXED_EM = 0.6
_MOST_SPACES = 40


@dataclass(frozen=True, slots=True)
class OutlineLine:
    """A line of the file's outline that leads to a page; `down` is how far below its top, or -1."""

    name: str
    title: str
    page: int
    down: float
    level: int


@dataclass(frozen=True, slots=True)
class BuiltSection:
    """A section and its places: four numbers for each run of characters that follow each other.

    Offset in the text, length, page, and the first one's number among the page's characters.
    """

    section: Section
    places: array[int]


class SectionBuilder:
    """Writes parts in reading order; one section each."""

    def __init__(
        self,
        index: int,
        vocabulary: Vocabulary,
        outline: Sequence[OutlineLine],
        links: Mapping[int, Sequence[PageLink]],
    ) -> None:
        self._index = index
        self._vocabulary = vocabulary
        self._outline = outline
        self._links = {page: found for page, found in links.items() if found}
        self._writer = SectionWriter()
        self._places = array("I")
        self._page_starts: dict[int, int] = {}
        self._anchors: dict[str, tuple[int, int]] = {}
        self._signs: list[tuple[int, int, int, str]] = []
        self._notes: dict[tuple[int, str], int] = {}
        self._table = -1
        self._link = ""
        self._is_apart = False

    def build(self, title: str, parts: Sequence[Part]) -> BuiltSection:
        """Return the section made of these parts."""
        for part in parts:
            self._is_apart = part.kind in APART
            if self._is_apart and part.kind is not BlockKind.PAGE_FURNITURE:
                place = self._writer.next_block_number, self._writer.length
                self._anchors.setdefault(f"page-{part.page}", place)  # there may be nothing else
            self._write(part)
        section = self._writer.section(self._index, title, self._anchors)
        pages = {f"page-{page}": start for page, start in self._page_starts.items()}
        inlines = [*_joined(section), *self._references(section)]
        inlines.sort(key=lambda run: (run.start, -run.end))
        section = replaced(section, inlines=tuple(inlines), anchors={**section.anchors, **pages})
        return BuiltSection(section, self._places)

    def _write(self, part: Part) -> None:
        if part.kind is BlockKind.TABLE_CELL:
            self._write_table(part)
            return
        level, name = self._rank(part)
        self._writer.begin_block(Block(0, 0, part.kind, level, part.marker))
        place = self._writer.next_block_number, self._writer.length
        if part.kind is BlockKind.CODE:
            self._write_code(part.passage)
        elif part.kind is BlockKind.FORMULA:
            self._write_formula(part.passage)
        else:
            passages = (part.passage, *part.continuations)
            lines = [(line, p.page) for p in passages for line in p.lines]
            self._write_lines(lines, part.skipped_words)
        self._writer.end_block()
        if self._writer.next_block_number == place[0]:
            return  # nothing to be seen
        if name:
            self._anchors.setdefault(name, place)
        if part.kind is BlockKind.FOOTNOTE and part.marker:
            self._notes.setdefault((part.page, part.marker), place[0])

    def _rank(self, part: Part) -> tuple[int, str]:
        """Return a heading's rank, and the name of the outline's line that leads to it."""
        if part.kind is BlockKind.PAGE_FURNITURE:
            return 0, ""
        leading_here = [
            line
            for line in self._outline
            if line.page == part.page and line.name not in self._anchors
        ]
        if not leading_here:
            return part.level, ""
        plain = letters_of(part.passage.text)
        for line in leading_here:
            title = letters_of(line.title)
            is_it = bool(title) and (plain == title or (len(title) > 3 and plain.endswith(title)))
            if is_it and len(plain) <= len(title) + 12:
                if part.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
                    part.kind, part.marker, part.skipped_words = BlockKind.HEADING, "", 0
                    part.level = 6
                return min(part.level or 6, line.level + 1), line.name
        return part.level, self._reached(part)

    def _reached(self, part: Part) -> str:
        """Return the name of a line of the outline that leads to about here."""
        first = part.passage.lines[0]
        for line in self._outline:
            if line.page == part.page and line.name not in self._anchors and line.down >= 0:
                title = letters_of(line.title)
                if abs(first.top - line.down) < 1.5 * first.size and title[:8] in letters_of(
                    part.passage.text
                ):
                    return line.name
        return ""

    def _write_table(self, part: Part) -> None:
        self._table += 1
        rows = part.passage.rows
        for one in part.passage.cells or cells_of(rows):
            is_header = one.row == 0 and len(rows) > 2
            cell = TableCell(self._table, one.row, one.column, is_header)
            self._writer.begin_block(Block(0, 0, BlockKind.TABLE_CELL, cell=cell))
            self._write_lines([(line, part.page) for line in one.lines], 0)
        self._writer.end_block()

    def _write_code(self, passage: Passage) -> None:
        width = _FIXED_EM * passage.size
        for number, line in enumerate(passage.lines):
            indent = round((line.left - passage.left) / width)
            lead = ("\n" if number else "") + " " * max(0, min(indent, _MOST_SPACES))
            self._writer.write_preformatted(lead)
            for at, word in enumerate(line.words):
                if at and not word.is_glued:
                    gap = round((word.left - line.words[at - 1].right) / width)
                    self._writer.write_preformatted(" " * max(1, min(gap, _MOST_SPACES)))
                self._put(word.text, word.offsets, passage.page, is_code=True)

    def _write_formula(self, passage: Passage) -> None:
        """Write each of its lines as one; what stands over another is raised only if small."""
        for number, line in enumerate(passage.lines):
            if number:
                self._writer.write_line_break()
            for at, word in enumerate(line.words):
                if at and not word.is_glued:
                    self._writer.write(" ")
                kinds = _qualities(word, line) if word.size <= _SMALL * line.size else []
                for kind in kinds:
                    self._writer.begin_run(kind)
                self._put(word.text, word.offsets, passage.page)
                for _ in kinds:
                    self._writer.end_run()

    def _write_lines(self, lines: Sequence[tuple[Line, int]], skipped: int) -> None:
        is_within = True  # no space before the first word, nor inside one that is broken
        for number, (line, page) in enumerate(lines):
            following = lines[number + 1][0] if number + 1 < len(lines) else None
            last = len(line.words) - 1
            first = skipped if number == 0 else 0
            if first == 0 and last > 1 and line.is_plain and page not in self._links:
                self._write_plain(line, page, is_within=is_within)
                first, is_within = last, False
            for at in range(first, last + 1):
                word = line.words[at]
                if not is_within and not (word.is_glued and at):
                    self._writer.write(" ")
                is_broken = at == last and following is not None and ends_broken(word.text)
                is_within = is_broken or (
                    at == last
                    and following is not None
                    and goes_on_address(word.text, following.text)
                )
                drops = (
                    is_broken
                    and following is not None
                    and not self._vocabulary.is_kept(word.text, following.text)
                )
                is_within_brackets = at > 0 and line.words[at - 1].text.endswith(_OPENED)
                self._write_word(
                    word, line, page, drops_hyphen=drops, may_be_sign=not is_within_brackets
                )
        self._end_link()

    def _write_plain(self, line: Line, page: int, *, is_within: bool) -> None:
        """Write all words of a line but the last at once, which takes a third of the time."""
        words = line.words[:-1]
        kinds = _qualities(words[0], line)
        if not is_within:
            self._writer.write(" ")
        text = words[0].text + "".join(w.text if w.is_glued else f" {w.text}" for w in words[1:])
        for kind in kinds:
            self._writer.begin_run(kind)
        self._writer.write(text)
        for _ in kinds:
            self._writer.end_run()
        at = self._writer.length - len(text)
        if not self._is_apart:
            self._page_starts.setdefault(page, at)
        for number, word in enumerate(words):
            at += bool(number and not word.is_glued)
            self._note_places(at, word.offsets, page)
            at += len(word.text)

    def _write_word(
        self, word: Word, line: Line, page: int, *, drops_hyphen: bool, may_be_sign: bool
    ) -> None:
        """Write a word; if it `may_be_sign` it is one where it is raised, or a small link."""
        kinds = _qualities(word, line)
        is_raised = InlineKind.SUPERSCRIPT in kinds
        may_be_sign = is_raised or (may_be_sign and word.is_sign and word.is_glued)
        sign = _NOTE_SIGN.fullmatch(word.text) if may_be_sign else None
        text, offsets = word.text, word.offsets
        if drops_hyphen:
            text, offsets = text[:-1], offsets[:-1]
        elif text.endswith("\u2010") and len(text) > 1:
            text = text[:-1] + "-"
        if sign is None:
            self._turn_link(word, page)
        else:
            kinds = [kind for kind in kinds if kind is not InlineKind.SUPERSCRIPT]
            self._end_link()
        for kind in kinds:
            self._writer.begin_run(kind)
        start = self._put(text, offsets, page)
        for _ in kinds:
            self._writer.end_run()
        if sign is not None:
            self._signs.append((start, start + len(text), page, sign[1]))

    def _put(self, text: str, offsets: Sequence[int], page: int, *, is_code: bool = False) -> int:
        """Write a word's characters; return where they begin."""
        before = self._writer.length
        if is_code:
            self._writer.write_preformatted(text)
        else:
            self._writer.write(text)
        if self._writer.length == before:
            return before  # nothing to be seen
        start = self._writer.length - len(text)
        if not self._is_apart:
            self._page_starts.setdefault(page, start)
        self._note_places(start, offsets, page)
        return start

    def _note_places(self, start: int, offsets: Sequence[int], page: int) -> None:
        """Note on which page, and where on it, the characters from `start` on stand."""
        places, at = self._places, 0
        if not offsets:
            return  # a bullet that is drawn
        if offsets[-1] - offsets[0] == len(offsets) - 1:  # as nearly always: one after the other
            places.extend((start, len(offsets), page, offsets[0]))
            return
        while at < len(offsets):
            end = at + 1
            while end < len(offsets) and offsets[end] == offsets[end - 1] + 1:
                end += 1
            places.extend((start + at, end - at, page, offsets[at]))
            at = end

    def _turn_link(self, word: Word, page: int) -> None:
        """Begin or end a link where a word lies on one, or no more."""
        links = self._links.get(page)
        if links is None and not self._link:
            return
        target = ""
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        for link in links or ():
            if link.left <= x <= link.right and link.top <= y <= link.bottom:
                target = link.address or f"page:{link.page}"
        if target != self._link:
            self._end_link()
            if target:
                self._writer.begin_run(InlineKind.LINK, target)
                self._link = target

    def _end_link(self) -> None:
        if self._link:
            self._writer.end_run()
            self._link = ""

    def _references(self, section: Section) -> Iterator[Inline]:
        """Yield the signs that refer to notes, with where those notes are."""
        starts = {key: section.blocks[number].start for key, number in self._notes.items()}
        for start, end, page, sign in self._signs:
            note = starts.get((page, sign))
            if note is None and sign.isdecimal():
                note = next((at for (_, mark), at in starts.items() if mark == sign), None)
            if note is None:
                yield Inline(start, end, InlineKind.SUPERSCRIPT)
            else:
                yield Inline(start, end, InlineKind.NOTE_REFERENCE, f"{self._index}:{note}")


def in_order(parts: Sequence[Part]) -> list[Part]:
    """Join paragraphs and notes that go on in another column or page.

    What stood between comes after.

    Mutates the parts.
    """
    result: list[Part] = []
    held: list[Part] = []
    last: Part | None = None
    note: Part | None = None
    for part in parts:
        if part.kind is BlockKind.FOOTNOTE:
            if note is not None and note_goes_on(note, part):
                note.continuations.append(part.passage)
                continue
            note = part
        if part.kind in APART:
            held.append(part)
            continue
        if last is not None and goes_on(last, part):
            last.continuations += [part.passage, *part.continuations]
            continue
        result += held
        held = []
        result.append(part)
        last = part
    return result + held


def _joined(section: Section) -> Iterator[Inline]:
    """Yield the runs, those of words that follow each other as one."""
    last: dict[InlineKind, Inline] = {}
    for run in section.inlines:
        before = last.get(run.kind)
        if before is not None and before.target == run.target:
            between = section.text[before.end : run.start]
            if between in ("", " "):
                last[run.kind] = Inline(before.start, run.end, run.kind, run.target)
                continue
        if before is not None:
            yield before
        last[run.kind] = run
    yield from last.values()


def _qualities(word: Word, line: Line) -> list[InlineKind]:
    kinds = []
    lift = (line.baseline - word.baseline) / line.size
    if word.size <= _SMALL * line.size or abs(lift) > 2 * _LIFTED_EM:
        if lift > _LIFTED_EM:
            kinds.append(InlineKind.SUPERSCRIPT)
        elif lift < -_LIFTED_EM / 2 and word.is_glued:
            kinds.append(InlineKind.SUBSCRIPT)
    if word.face.is_bold and line.share("is_bold") < 0.9:
        kinds.append(InlineKind.STRONG)
    if word.face.is_italic and line.share("is_italic") < 0.9:
        kinds.append(InlineKind.EMPHASIS)
    return kinds
