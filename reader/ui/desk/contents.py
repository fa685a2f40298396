"""The lines of a text's contents: those its file has, else its headings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import inf

from reader.text.document import BlockKind, Document, Place, Section
from reader.text.extent import Extent
from reader.text.late_rows import LateRows
from reader.text.lazy_sections import LazySections, length_of, section_at_hand
from reader.values import value

_ROWS_ON_SCREEN = 60
"""Blocks or runs before and after a place that a screen may show."""


@value
class Heading:
    """A line of the contents; `depth` counts from 0.

    `target` leads to its place, see `Document.place_of`; empty for a line that leads nowhere.
    """

    title: str
    target: str
    depth: int


def has_contents(document: Document) -> bool:
    """Whether there is more than one line; reads no section for it."""
    if document.contents:
        return len(document.contents) > 1
    if isinstance(document.sections, LazySections):
        return len(document.sections) > 1
    return len(headings_of(document)) > 1


def headings_of(document: Document) -> list[Heading]:
    """Return the contents, or else every heading, or the titles of sections that have none.

    Where sections are lazy and the file has no contents, all of them are read for this.
    """
    return _ranked(_listed(document) or _found_in(document, document.sections))


def headings_at_hand(document: Document) -> list[Heading]:
    """Return those of `headings_of` that can be told without reading a section."""
    sections = document.sections
    found = (section_at_hand(sections, number) for number in range(len(sections)))
    return _ranked(_listed(document) or _found_in(document, [s for s in found if s is not None]))


def are_headings_at_hand(document: Document) -> bool:
    """Whether `headings_of` reads nothing."""
    return bool(document.contents) or not isinstance(document.sections, LazySections)


class HeadingIndex:
    """Finds the headings that places are under, as far as is known when it is made.

    Reads no section: in one that isn't at hand a place is under the last of its headings.
    """

    def __init__(self, document: Document, headings: Sequence[Heading]) -> None:
        begins: list[tuple[int, float, int]] = []
        for number, heading in enumerate(headings):
            section = document.section_of(heading.target)
            if section is None:
                continue
            begins.append((section, _offset_of(document, heading, section), number))
        begins.sort()
        self._begins = [(section, offset) for section, offset, _ in begins]
        self._last = list(accumulate((number for _, _, number in begins), max))

    def at(self, here: Place) -> int:
        """Return the number of the heading that `here` is under, -1 before the first."""
        count = bisect_right(self._begins, (here.section, here.offset))
        return self._last[count - 1] if count else -1


def current_heading(document: Document, headings: Sequence[Heading], here: Place) -> int:
    """Return the number of the heading that `here` is under, -1 before the first.

    The same as `HeadingIndex` tells, without placing the headings of other sections. Reads none.
    """
    for number in range(len(headings) - 1, -1, -1):
        section = document.section_of(headings[number].target)
        if section is None or section > here.section:
            continue
        if section < here.section:
            return number
        if _offset_of(document, headings[number], section) <= here.offset:
            return number
    return -1


def _offset_of(document: Document, heading: Heading, section: int) -> float:
    """Return where in its section a heading stands, as far as that is known without reading it."""
    if section_at_hand(document.sections, section) is None:
        return 0
    place = document.place_of(heading.target)
    # one that can't be found is known to stand before what follows its section
    return inf if place is None else place.offset


def read_place(document: Document, target: str) -> Place | None:
    """Return where a target leads, its section read: to be called beside the window's thread.

    Raises:
        UnreadableText: the section can't be read any more.
    """
    place = document.place_of(target)
    if place is not None:
        _make_rows_around(document.sections[place.section], place.offset)
    return place


def read_place_at(document: Document, share: float) -> Place:
    """Return the place that lies `share` (0 to 1) into the text, its section read.

    To be called beside the window's thread.

    Raises:
        UnreadableText: the section can't be read any more.
    """
    place = Extent(document).place_at(share)
    estimate = max(length_of(document.sections, place.section), 1)
    section = document.sections[place.section]
    length = len(section.text)
    offset = min(place.offset * length // estimate, max(length - 1, 0))
    _make_rows_around(section, offset)
    return Place(place.section, offset)


def _make_rows_around(section: Section, offset: int) -> None:
    """Make what a screen shows of a section's blocks and runs, so that it needn't then."""
    for rows in (section.blocks, section.inlines):
        if isinstance(rows, LateRows):
            rows.make_around(offset, _ROWS_ON_SCREEN)


def _ranked(headings: Sequence[Heading]) -> list[Heading]:
    """Return the headings with depths that begin at 0."""
    least = min((heading.depth for heading in headings), default=1)
    return [Heading(h.title, h.target, h.depth - least) for h in headings]


def _listed(document: Document) -> list[Heading]:
    return [Heading(line.title, line.target, line.level) for line in document.contents]


def _found_in(document: Document, sections: Iterable[Section]) -> list[Heading]:
    found = []
    for section in sections:
        blocks = [block for block in section.blocks if block.kind is BlockKind.HEADING]
        for block in blocks:
            title = " ".join(section.text[block.start : block.end].split())
            found.append(Heading(title, f"{section.index}:{block.start}", max(1, block.level)))
        if not blocks and section.title and len(document.sections) > 1:
            found.append(Heading(section.title, f"{section.index}:0", 1))
    return found
