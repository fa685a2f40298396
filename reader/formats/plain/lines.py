"""The lines of a plain text, and how they are grouped by blank ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_PAGE_BREAKS = "\f\v\x1c\x1d\x1e\u2029"


class Line(NamedTuple):
    """A line without the white space around it: [start, end) of the text."""

    start: int
    end: int
    indent: int
    text: str

    @property
    def first_word_width(self) -> int:
        """How many characters stand before its first space."""
        found = self.text.find(" ")
        return len(self.text) if found < 0 else found

    @property
    def begins_small(self) -> bool:
        """Whether the first letter, if it begins with one, is a small one."""
        return self.text[0].islower()


class Group(NamedTuple):
    """Lines that belong together, and how many blank lines stand before them (many at first)."""

    lines: tuple[Line, ...]
    blank_before: int

    @property
    def text(self) -> str:
        """Its lines, joined as they are shown."""
        if len(self.lines) == 1:
            return self.lines[0].text
        return " ".join(line.text for line in self.lines)


FAR = 99
"""As many blank lines as nobody types: before the first line."""


def groups_of(text: str) -> Iterator[Group]:
    """Yield the runs of lines that no blank line and no page break divides."""
    in_lines = text
    for page_break in _PAGE_BREAKS:
        in_lines = in_lines.replace(page_break, "\n")
    is_broken = in_lines != text
    lines: list[Line] = []
    blank, blank_before, start = FAR, FAR, 0
    for raw in in_lines.split("\n"):
        bare = raw.strip()
        if lines and (not bare or (is_broken and text[start - 1] in _PAGE_BREAKS)):
            yield Group(tuple(lines), blank_before)
            lines = []
            blank = 1 if bare else 0
        if bare:
            if not lines:
                blank_before = blank
            length = len(bare)
            indent = 0 if len(raw) == length else raw.index(bare[0])
            lines.append(Line(start + indent, start + indent + length, indent, bare))
            blank = 0
        else:
            blank += 1
        start += len(raw) + 1
    if lines:
        yield Group(tuple(lines), blank_before)
