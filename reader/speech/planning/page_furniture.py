"""Finds what a printed page carries besides its text: page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from reader.text.document import Block, BlockKind, Section

_LONGEST = 80
_NUMBERED = re.compile(
    r"[\[(–—-]?\s*(?:(?:pages?|pg|seite|página|pág)\b\.?\s*(?:\d{1,4}|[ivxlc]{1,7})|[ps]\.\s*\d{1,4})"
    r"(?:\s*(?:of|/|von|sur|de)\s*\d{1,4})?\s*[\])–—-]?",
    re.IGNORECASE,
)
_DASHED = re.compile(r"[–—-]\s?\d{1,4}\s?[–—-]|\[\d{1,4}\]|\d{1,4}\s?/\s?\d{1,4}")
_BARE = re.compile(r"\d{1,4}|[ivxlc]{1,7}")
_OPEN_END = re.compile(r"[^\W_][,;-]?$|[-–—]$")
_HEAD_TIMES = 3


def furniture_blocks(section: Section) -> frozenset[int]:
    """Return where the blocks start that are page numbers or running heads.

    A bare number is one only between two halves of a sentence: elsewhere it may be a chapter's. A
    short line is a running head if it comes again and again beside page numbers.
    """
    text, blocks = section.text, section.blocks
    short = [
        number
        for number, block in enumerate(blocks)
        if block.kind is BlockKind.PARAGRAPH and block.end - block.start <= _LONGEST
    ]
    if not short:
        return frozenset()
    words = {number: text[blocks[number].start : blocks[number].end].strip() for number in short}
    numbers = {n for n in short if _is_page_number(text, blocks, n, words[n])}
    if len(numbers) < _HEAD_TIMES:
        return frozenset(blocks[number].start for number in numbers)
    beside = [n for n in short if n not in numbers and {n - 1, n + 1} & numbers]
    times = Counter(words[number] for number in beside)
    heads = {number for number in beside if times[words[number]] >= _HEAD_TIMES}
    return frozenset(blocks[number].start for number in numbers | heads)


def _is_page_number(text: str, blocks: Sequence[Block], number: int, words: str) -> bool:
    if _NUMBERED.fullmatch(words):
        return True
    if not (_BARE.fullmatch(words) or _DASHED.fullmatch(words)):
        return False
    if number == 0 or number + 1 >= len(blocks):
        return False
    before, after = blocks[number - 1], blocks[number + 1]
    if before.kind is not BlockKind.PARAGRAPH or after.kind is not BlockKind.PARAGRAPH:
        return False
    goes_on = text[after.start : after.start + 1].islower()
    return (
        goes_on
        and _OPEN_END.search(text[max(before.start, before.end - 3) : before.end]) is not None
    )
