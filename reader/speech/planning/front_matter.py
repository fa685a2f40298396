"""Finds what stands around a book's text: contents, imprints, copyright notices, licences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from reader.text.document import Block, BlockKind, InlineKind, Section

_CONTENTS = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|table des matières|sommaire|índice|sumario|"
    r"indice|list of (?:illustrations|figures|tables|plates)",
    re.IGNORECASE,
)
_IMPRINT = re.compile(
    r"imprint|colophon|uncopyright|legal notice|impressum|mentions légales|créditos|colofón|"
    r"(?P<rights>copyright(?: (?:page|notice|information))?)",
    re.IGNORECASE,
)
_LONGEST_HEADING, _LONGEST_IMPRINT = 40, 8000
_LONGEST_ENTRY = 160
_FEWEST_ENTRIES, _FEWEST_LINKED = 3, 6
_OUTWARDS = re.compile(r"[a-z][a-z\d+.-]*:(?!\d)", re.IGNORECASE)
_BESIDE_ENTRIES = (BlockKind.PAGE_FURNITURE, BlockKind.FOOTNOTE)
"""What stands among the entries where a list goes on over a page."""
_LED = re.compile(r"(?:(?:[.·] ?){4}|…)\s*(?:\d{1,4}|[ivxlc]{1,7})$")
_PAGE = re.compile(r"[^\W\d]\W*\s\d{1,4}$")
_PAGE_ENDS = frozenset("0123456789ivxlc")
_LONGEST_LEAD = 24
_RIGHTS = re.compile(
    r"all rights reserved|alle rechte vorbehalten|tous droits réservés|"
    r"todos los derechos reservados|(?P<isbn>\bISBN(?:-1[03])?:?\s?[\d-]{10})|"
    r"(?:©|\(c\)|\bcopyright\b)\s*(?:©|\(c\)|by\b)?\s*(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_RIGHTS_WORDS = (
    *("reserved", "vorbehalten", "réservés", "reservados", "copyright"),
    *("isbn", "©", "(c)"),
)
"""One of them, in lower case, is in every notice that `_RIGHTS` finds."""
_LONGEST_NOTICE, _LONGEST_ISBN_LINE = 240, 60
_BEGINNING = 20
_LICENCE_START = re.compile(r"\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG.{0,200}?\*\*\*", re.S)
_LICENCE_END = re.compile(r"\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG.{0,200}?\*\*\*", re.S)
_LICENCE = re.compile(r"THE FULL PROJECT GUTENBERG(?:™|-tm|\(TM\))? LICENSE", re.IGNORECASE)
_LICENCE_NAMES = ("PROJECT GUTENBERG", "Project Gutenberg", "project gutenberg")
_BEFORE_NAME = 20
_FAR = 20_000


def front_matter_ranges(section: Section) -> tuple[tuple[int, int], ...]:
    """Return the ranges of the section's text that are there to look things up, not to be read.

    Notices of rights, of a block each, aren't among them: `is_notice` knows them.
    """
    found = {*_licences(section.text), *_lists(section), *_linked(section), *_imprints(section)}
    return tuple(sorted(found))


def is_notice(text: str, block: Block) -> bool:
    """Whether a block is short and holds a notice of rights, or begins with one.

    What quotes one is text. Asked block by block: to look through a megabyte takes 15 ms, in which
    no other thread can work.
    """
    if block.kind is BlockKind.HEADING:
        return False
    is_short = block.end - block.start <= _LONGEST_NOTICE
    words = text[block.start : block.end if is_short else block.start + _LONGEST_NOTICE]
    lowered = words.lower()
    if not any(word in lowered for word in _RIGHTS_WORDS):
        return False
    is_line = block.end - block.start <= _LONGEST_ISBN_LINE  # a review names the book's number
    if not any(
        (is_line if found["isbn"] else is_short) or found.start() < _BEGINNING
        for found in _RIGHTS.finditer(words)
    ):
        return False
    return re.search(r"[“”\"«»]", text[block.start : block.end]) is None


def _licences(text: str) -> Iterator[tuple[int, int]]:
    """Yield what Project Gutenberg puts before and behind its texts."""
    if start := _LICENCE_START.search(text, 0, _FAR):
        yield 0, start.end()
    end = _LICENCE_END.search(text)
    licences = [found for name in _LICENCE_NAMES if (found := _licence_named(text, name))]
    if end or licences:
        yield min(found.start() for found in (end, *licences) if found), len(text)


def _licence_named(text: str, name: str) -> re.Match[str] | None:
    """Return the licence's heading, looked for only where its name stands written like this."""
    at = text.find(name)
    while at >= 0:
        found = _LICENCE.search(text, max(at - _BEFORE_NAME, 0), at + 2 * len(name))
        if found is not None:
            return found
        at = text.find(name, at + 1)
    return None


def _lists(section: Section) -> Iterator[tuple[int, int]]:
    """Yield each list of contents with its heading; without one what leads over dots to pages."""
    text, blocks = section.text, section.blocks
    done = 0
    for number, block in enumerate(blocks):
        if number < done:
            continue
        if _is_led(text, block):
            listed = _entries(number, text, blocks, partial(_is_listed, kind=block.kind))
            is_list = sum(_is_led(text, blocks[entry]) for entry in listed) >= _FEWEST_ENTRIES
        elif block.end - block.start <= _LONGEST_HEADING and _CONTENTS.fullmatch(
            text[block.start : block.end].strip(" .:\n")
        ):
            listed = [number, *_entries(number + 1, text, blocks, _may_be_entry)]
            is_list = len(listed) > _FEWEST_ENTRIES
        else:
            continue
        if is_list:
            for start, end in _runs(listed):
                yield blocks[start].start, blocks[end - 1].end
            done = listed[-1] + 1


def _linked(section: Section) -> Iterator[tuple[int, int]]:
    """Yield each longer list of nothing but links within the text: contents without a heading."""
    links = {
        (inline.start, inline.end)
        for inline in section.inlines
        if inline.kind is InlineKind.LINK and not _OUTWARDS.match(inline.target)
    }
    if len(links) < _FEWEST_LINKED:
        return
    blocks = section.blocks
    linked = [
        number
        for number, block in enumerate(blocks)
        if block.kind is BlockKind.LIST_ITEM and (block.start, block.end) in links
    ]
    for start, end in _runs(linked):
        if end - start >= _FEWEST_LINKED:
            yield blocks[start].start, blocks[end - 1].end


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield from where to where numbers in order follow each other."""
    at = 0
    while at < len(numbers):
        end = at + 1
        while end < len(numbers) and numbers[end] == numbers[end - 1] + 1:
            end += 1
        yield numbers[at], numbers[end - 1] + 1
        at = end


def _imprints(section: Section) -> Iterator[tuple[int, int]]:
    """Yield each imprint, colophon or the like with its heading; a chapter on copyright is none."""
    text, blocks = section.text, section.blocks
    for number, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING or block.end - block.start > _LONGEST_HEADING:
            continue
        heading = _IMPRINT.fullmatch(text[block.start : block.end].strip(" .:\n"))
        if heading is None:
            continue
        following = (
            other.start
            for other in blocks[number + 1 :]
            if other.kind is BlockKind.HEADING and other.level <= block.level
        )
        end = next(following, len(text))
        if end - block.start > _LONGEST_IMPRINT:
            continue
        if heading["rights"] is None or _RIGHTS.search(text, block.start, end):
            yield block.start, end


def _entries(
    start: int,
    text: str,
    blocks: Sequence[Block],
    is_entry: Callable[[str, Block], bool],
) -> list[int]:
    """Return the numbers of the blocks from `start` on that are a list's entries."""
    entries: list[int] = []
    for number in range(start, len(blocks)):
        block = blocks[number]
        if block.kind in _BESIDE_ENTRIES:
            continue
        if block.kind is BlockKind.HEADING or not is_entry(text, block):
            break
        entries.append(number)
    return entries


def _may_be_entry(text: str, block: Block) -> bool:
    words = text[block.start : block.end].strip()
    is_line = len(words) <= _LONGEST_ENTRY and not re.search(r"[.!?]['”’\"]?$", words)
    return is_line or re.search(r"(?:\. ?){3}|\d$", words) is not None


def _is_listed(text: str, block: Block, kind: BlockKind) -> bool:
    """Whether a block ends with a page's number, as chapters do that have no dots."""
    if block.kind is not kind or block.end - block.start > _LONGEST_ENTRY:
        return False
    return _is_led(text, block) or _PAGE.search(text, block.start, block.end) is not None


def _is_led(text: str, block: Block) -> bool:
    if block.end - block.start < 2 or text[block.end - 1] not in _PAGE_ENDS:
        return False
    return _LED.search(text, max(block.start, block.end - _LONGEST_LEAD), block.end) is not None
