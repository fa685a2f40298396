"""Where the paragraphs of a plain text are, told from how its lines are laid out.

Three layouts are known: lines wrapped at a width, with blank lines or indents between paragraphs;
a paragraph on each line; and lines that are meant as lines (verse, addresses, lists, tables).
A line counts as wrapped if the next line's first word would not have fitted on it, which is how
every program and typist that wraps decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

_PAGE_BREAKS = "\f\v\x1c\x1d\x1e\u2029"
_LIST_ITEM = re.compile(r"(?:[-*+•‣◦]|\(?(?:\d{1,3}|[a-zA-Z])[.)])[ \t]+\S")
_STOPS = (".", "?", "!", "…", "。", "？", "！")
_AFTER_A_STOP = "'\"’”»)]_*"

_NARROWEST, _WIDEST = 40, 120
_NOT_WRAPPED = 0
_SLACK = 2
_VERSE_WIDTH = 60
_MOST_LOOKED_AT = 20_000


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


def paragraphs_of(groups: Sequence[Group]) -> Iterator[Group]:
    """Split the groups into paragraphs, each a group of its own."""
    width = _wrap_width(groups)
    for group in groups:
        if len(group.lines) == 1:
            yield group
        elif width != _NOT_WRAPPED and _is_wrapped(group, width):
            yield from _split_wrapped(group, width)
        else:
            for number, line in enumerate(group.lines):
                yield Group((line,), 0 if number else group.blank_before)


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a sentence, perhaps in quotation marks or brackets."""
    return text.rstrip(_AFTER_A_STOP).endswith(_STOPS)


def _neighbours(group: Group) -> Iterator[tuple[Line, Line]]:
    return zip(group.lines, group.lines[1:], strict=False)


def _is_full(line: Line, following: Line, width: int) -> bool:
    room = width - _SLACK - len(line.text) - 1
    return room < 1 or following.first_word_width > room


def _wrap_width(groups: Sequence[Group]) -> int:
    """Return the width at which the text's lines are wrapped, or _NOT_WRAPPED."""
    pairs = list(islice((pair for group in groups for pair in _neighbours(group)), _MOST_LOOKED_AT))
    if not pairs:
        return _NOT_WRAPPED
    widths = sorted(len(line.text) for line, _ in pairs)
    width = widths[int(len(widths) * 0.9)]
    if not _NARROWEST <= width <= _WIDEST:
        return _NOT_WRAPPED
    # Weighed by length: an address above a letter has as many lines as the letter.
    full = sum(len(line.text) for line, following in pairs if _is_full(line, following, width))
    if full < sum(widths) * 0.5 or (width < _VERSE_WIDTH and _begin_large(pairs)):
        return _NOT_WRAPPED
    return width


def _begin_large(pairs: Sequence[tuple[Line, Line]]) -> bool:
    """Whether lines begin with a capital more often than the words of any prose do."""
    return sum(not following.begins_small for _, following in pairs) > len(pairs) * 0.7


def _is_wrapped(group: Group, width: int) -> bool:
    wanted = (len(group.lines) - 1) * 0.5
    for line, following in _neighbours(group):
        wanted -= _is_full(line, following, width)
        if wanted <= 0:
            return True
    # Quotations are wrapped narrower, and what was edited by hand has short lines; both go on in
    # small letters, as verse does not.
    own_width = max(len(line.text) for line in group.lines)
    return own_width >= _NARROWEST and not _begin_large(list(_neighbours(group)))


def _split_wrapped(group: Group, width: int) -> Iterator[Group]:
    lines = group.lines
    start = 0
    for number in range(1, len(lines)):
        if _goes_on(lines[number - 1].text, lines[number].text, width):
            continue
        if _begins_paragraph(lines[start], lines[number - 1], lines[number], width):
            yield Group(lines[start:number], 0 if start else group.blank_before)
            start = number
    yield Group(lines[start:], 0 if start else group.blank_before)


def _goes_on(before: str, text: str, width: int) -> bool:
    """Whether a line plainly goes on with the one before: most do, and there are 100,000 of them.

    It begins with a small letter, and with no item's.
    """
    return (
        text[0].islower()
        and text[1:2] not in (".", ")")
        and len(text) <= width * 1.5
        and len(before) <= width * 1.5
    )


def _begins_paragraph(first: Line, before: Line, line: Line, width: int) -> bool:
    if max(len(line.text), len(before.text)) > width * 1.5:
        return True
    is_full = _is_full(before, line, width)
    if _LIST_ITEM.match(line.text) and (not is_full or _LIST_ITEM.match(first.text)):
        return True
    if line.indent > before.indent and not _LIST_ITEM.match(first.text):
        return not line.begins_small
    had_room = len(before.text) + 1 + line.first_word_width < width * 0.8
    return had_room and not line.begins_small and ends_sentence(before.text)
