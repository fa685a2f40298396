"""Finds what stands around a book's text: lists of contents, copyright notices, licences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from reader.text.document import Block, BlockKind, Section

_CONTENTS = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|table des matières|sommaire|índice|sumario|"
    r"indice|list of (?:illustrations|figures|tables|plates)",
    re.IGNORECASE,
)
_LONGEST_ENTRY = 160
_FEWEST_ENTRIES = 3
_RIGHTS = re.compile(
    r"all rights reserved|alle rechte vorbehalten|tous droits réservés|"
    r"todos los derechos reservados|\bISBN(?:-1[03])?:?\s?[\d-]{10}|"
    r"(?:©|\(c\)|\bcopyright\b)\s*(?:©|\(c\)|by\b)?\s*(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_RIGHTS_WORDS = (
    *("reserved", "vorbehalten", "réservés", "reservados", "copyright"),
    *("isbn", "©", "(c)"),
)
"""One of them, in lower case, is in every notice that `_RIGHTS` finds."""
_REACH = 48
"""Code points of a notice on either side of such a word."""
_LONGEST_NOTICE = 240
_LICENCE_START = re.compile(r"\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG.{0,200}?\*\*\*", re.S)
_LICENCE_END = re.compile(r"\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG.{0,200}?\*\*\*", re.S)
_LICENCE = re.compile(r"THE FULL PROJECT GUTENBERG(?:™|-tm|\(TM\))? LICENSE", re.IGNORECASE)
_FAR = 20_000


def front_matter_ranges(section: Section) -> tuple[tuple[int, int], ...]:
    """Return the ranges of the section's text that are there to look things up, not to be read."""
    return tuple(sorted({*_licences(section.text), *_lists(section), *_notices(section)}))


def _licences(text: str) -> Iterator[tuple[int, int]]:
    """Yield what Project Gutenberg puts before and behind its texts."""
    if start := _LICENCE_START.search(text, 0, _FAR):
        yield 0, start.end()
    end = _LICENCE_END.search(text)
    licence = _LICENCE.search(text) if "gutenberg" in text.lower() else None
    if end or licence:
        yield min(found.start() for found in (end, licence) if found), len(text)


def _lists(section: Section) -> Iterator[tuple[int, int]]:
    """Yield each list of contents with its heading."""
    text, blocks = section.text, section.blocks
    for number, block in enumerate(blocks):
        if block.end - block.start > 40 or not _CONTENTS.fullmatch(
            text[block.start : block.end].strip(" .:\n")
        ):
            continue
        entries = _entries(text, blocks[number + 1 :])
        if len(entries) >= _FEWEST_ENTRIES:
            yield block.start, entries[-1].end


def _entries(text: str, blocks: Sequence[Block]) -> list[Block]:
    entries: list[Block] = []
    for block in blocks:
        words = text[block.start : block.end].strip()
        is_line = len(words) <= _LONGEST_ENTRY and not re.search(r"[.!?]['”’\"]?$", words)
        is_leader = re.search(r"(?:\. ?){3}|\d$", words) is not None
        if block.kind is BlockKind.HEADING or not (is_line or is_leader):
            break
        entries.append(block)
    return entries


def _notices(section: Section) -> Iterator[tuple[int, int]]:
    """Yield short blocks that hold or begin with a notice of rights; what quotes one is text."""
    text, blocks = section.text, section.blocks
    for found in _rights(text):
        number = bisect_right(blocks, found.start(), key=lambda block: block.end)
        if number == len(blocks) or found.start() < blocks[number].start:
            continue
        block = blocks[number]
        is_notice = block.end - block.start <= _LONGEST_NOTICE or found.start() - block.start < 20
        is_quoted = re.search(r"[“”\"«»]", text[block.start : block.end]) is not None
        if is_notice and not is_quoted and block.kind is not BlockKind.HEADING:
            yield block.start, block.end


def _rights(text: str) -> Iterator[re.Match[str]]:
    """Yield what `_RIGHTS` finds, looked for only around its words.

    To look everywhere takes half a second in a megabyte, in which no other thread can work.
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter whose small form is two: places would be others
        yield from _RIGHTS.finditer(text)
        return
    places: list[int] = []
    for word in _RIGHTS_WORDS:
        place = lowered.find(word)
        while place >= 0:
            places.append(place)
            place = lowered.find(word, place + 1)
    end = 0
    for place in sorted(places):
        for found in _RIGHTS.finditer(text, max(place - _REACH, end), place + _REACH):
            yield found
            end = found.end()
