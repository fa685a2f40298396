"""The lines of a plain text, and how they are grouped by blank ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_END_OF_LINE = re.compile("[\n\f\v\x1c-\x1e\u2029]")


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
        return " ".join(line.text for line in self.lines)


FAR = 99
"""As many blank lines as nobody types: before the first line."""


def groups_of(text: str) -> Iterator[Group]:
    """Yield the runs of lines that no blank line and no page break divides."""
    lines: list[Line] = []
    blank, blank_before, start = FAR, FAR, 0
    for end, separator in _ends_of_lines(text):
        raw = text[start:end]
        bare = raw.strip()
        if bare:
            if not lines:
                blank_before = blank
            indent = len(raw) - len(raw.lstrip())
            lines.append(Line(start + indent, start + indent + len(bare), indent, bare))
            blank = 0
        else:
            blank += 1
        if lines and (not bare or separator != "\n"):
            yield Group(tuple(lines), blank_before)
            lines = []
            blank = max(blank, 1)
        start = end + 1


def _ends_of_lines(text: str) -> Iterator[tuple[int, str]]:
    for found in _END_OF_LINE.finditer(text):
        yield found.start(), found.group()
    yield len(text), ""
