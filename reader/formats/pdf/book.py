"""An open PDF as sections: which pages each is made of, and each made when it is asked for."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from reader.formats.pdf.layout.furniture import REACH, title_letters
from reader.formats.pdf.layout.hyphens import Vocabulary
from reader.formats.pdf.layout.page_layout import (
    Part,
    RawPage,
    goes_on,
    parts_of,
    raw_page,
    usual_size,
)
from reader.formats.pdf.pdfium import OpenPdf
from reader.formats.pdf.section_building import (
    APART,
    BuiltSection,
    OutlineLine,
    SectionBuilder,
    in_order,
)
from reader.formats.pdf.words.page_characters import PageCharacters
from reader.formats.pdf.words.page_reading import read_page
from reader.formats.pdf.words.page_words import PageWords

PAGES_A_SECTION = 8
"""At most: few enough to be read while somebody waits."""

_FIRST_PAGES = (2, 4)
"""Of the first sections of a file: what is shown at once."""

_LEAST_PAGES = 24
"""A shorter text isn't cut into chapters: its parts begin anywhere on a page."""

_CHAPTER_TOP = 0.3
"""Of a page's height: a chapter that begins further down is none that begins a section."""

_KEPT_PAGES = 64
_TITLE_RATIO = 1.3


@dataclass(frozen=True, slots=True)
class PageRange:
    """The pages [first, last) that a section is made of, and its title in the outline."""

    first: int
    last: int
    title: str


class Book:
    """The pages of an open file as sections. What comes of a page depends on the file alone."""

    def __init__(
        self,
        pdf: OpenPdf,
        left_out: Collection[int] = (),
        reading: Callable[[int], AbstractContextManager[None]] = lambda _page: nullcontext(),
    ) -> None:
        """`left_out` are pages that can't be read; `reading` surrounds the reading of each other.

        Those left out are as if they were empty.
        """
        self._pdf = pdf
        self._left_out = left_out
        self._reading = reading
        self._raw: OrderedDict[int, RawPage] = OrderedDict()
        self.outline = [
            OutlineLine(f"line-{number}", title, page, down, level)
            for number, (title, page, down, level) in enumerate(pdf.outline())
        ]
        starts = {line.page: line.title for line in reversed(self.outline) if self._opens(line)}
        self.ranges = page_ranges(pdf.page_count, starts)
        titles = [(line.title, line.page) for line in self.outline]
        titles.append((pdf.said_of_itself("Title"), 0))
        self._titles = [(said, page) for title, page in titles for said in title_letters(title)]

    def section(self, index: int) -> tuple[BuiltSection, list[PageWords]]:
        """Return a section, and the words of its pages."""
        pages = self.ranges[index]
        parts: list[Part] = []
        for number in range(pages.first, pages.last):
            parts += self._parts(number)
        if pages.first and (first := _first_of_text(parts)) is not None:
            before = _last_of_text(in_order(self._parts(pages.first - 1)))
            if before is not None and goes_on(before, first):
                parts.remove(first)  # it belongs to the section before
        parts = in_order(parts)
        if pages.last < self._pdf.page_count and (last := _last_of_text(parts)) is not None:
            after = _first_of_text(self._parts(pages.last))
            if after is not None and goes_on(last, after):
                last.continuations.append(after.passage)
        shown = [self._page(number) for number in range(pages.first, pages.last)]
        around = [
            self._page(number)
            for number in range(pages.first - 1, pages.last + 1)
            if 0 <= number < self._pdf.page_count
        ]
        builder = SectionBuilder(
            index,
            Vocabulary(line for page in around for line in page.lines),
            self._lines_on(pages),
            {page.words.number: page.words.links for page in around},
        )
        return builder.build(pages.title, parts), [page.words for page in shown]

    def boxes(self, number: int) -> array[float]:
        """Return left, top, right and bottom of each of a page's characters, in points."""
        page = self._pdf.page(number)
        if page is None:
            return array("f")
        boxes = PageCharacters(page).boxes()
        page.close()
        return boxes

    def character_counts(self, numbers: Sequence[int]) -> list[tuple[int, int]]:
        """Return how many characters some pages have, and how many of them nobody can read."""
        counts = []
        for number in numbers:
            words = self._page(number).words
            counts.append((words.character_count, words.unread))
        return counts

    def _parts(self, number: int) -> list[Part]:
        pages = {
            n: self._page(n)
            for n in range(number - REACH, number + REACH + 1)
            if 0 <= n < self._pdf.page_count
        }
        body_size = usual_size(pages.values())
        titles = {title for title, page in self._titles if title and 0 <= page < number}
        for page in pages.values():
            if page.words.number < number:
                for line in page.lines:
                    if line.size >= _TITLE_RATIO * body_size:
                        titles |= title_letters(line.text)
        return parts_of(number, pages, body_size, titles)

    def _opens(self, line: OutlineLine) -> bool:
        """Whether a line of the outline leads to a chapter at the top of a page."""
        if line.level != 1 or line.page < 0 or self._pdf.page_count < _LEAST_PAGES:
            return False
        height = self._pdf.size_of(line.page)[1]
        return line.down < 0 or height - line.down < _CHAPTER_TOP * height

    def _page(self, number: int) -> RawPage:
        known = self._raw.get(number)
        if known is None:
            known = self._raw[number] = raw_page(self._words(number))
            if len(self._raw) > _KEPT_PAGES:
                self._raw.popitem(last=False)
        else:
            self._raw.move_to_end(number)
        return known

    def _words(self, number: int) -> PageWords:
        empty = PageWords(number, 1.0, 1.0, ())
        if number in self._left_out:
            return empty
        with self._reading(number):
            page = self._pdf.page(number)
            if page is None:
                return empty
            words = read_page(page, number)
            page.close()
            return words

    def _lines_on(self, pages: PageRange) -> list[OutlineLine]:
        lines = []
        for line in self.outline:
            if pages.first <= line.page < pages.last:
                down = line.down
                if down >= 0:
                    down = self._page(line.page).words.height - down
                lines.append(OutlineLine(line.name, line.title, line.page, down, line.level))
        return lines


def page_ranges(page_count: int, titles: Mapping[int, str]) -> list[PageRange]:
    """Return the sections of a file: its chapters by their first pages, long ones in several."""
    starts = sorted({0, *titles} & set(range(page_count)))
    ranges: list[PageRange] = []
    for start, end in zip(starts, [*starts[1:], page_count], strict=True):
        first = start
        while first < end:
            number = len(ranges)
            most = _FIRST_PAGES[number] if number < len(_FIRST_PAGES) else PAGES_A_SECTION
            last = min(first + most, end)
            ranges.append(PageRange(first, last, titles.get(start, "")))
            first = last
    return ranges


def _first_of_text(parts: Sequence[Part]) -> Part | None:
    return next((part for part in parts if part.kind not in APART), None)


def _last_of_text(parts: Sequence[Part]) -> Part | None:
    return next((part for part in reversed(parts) if part.kind not in APART), None)
