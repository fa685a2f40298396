"""Pages whose text runs up, down or upside down, turned so that most of it stands upright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from reader.formats.pdf.words.page_characters import Box
from reader.formats.pdf.words.page_words import PageWords, Word


def upright(page: PageWords) -> PageWords:
    """Return the page turned so that most of its text runs from left to right."""
    turns = Counter[int]()
    for word in page.words:
        turns[word.turn] += len(word.text)
    turn = turns.most_common(1)[0][0] if turns else 0
    if turn == 0:
        return page
    return replace(
        page,
        width=page.height if turn % 2 else page.width,
        height=page.width if turn % 2 else page.height,
        words=tuple(_turned(word, turn, page.width, page.height) for word in page.words),
        rules=(),
        dots=(),
        uprights=(),
        links=(),
    )


def _turned(word: Word, turn: int, width: float, height: float) -> Word:
    """Return the word's place on the page turned back by so many quarters."""
    left, top, right, bottom = _turned_box(
        (word.left, word.top, word.right, word.bottom), turn, width, height
    )
    base = {0: word.baseline, 1: width - word.baseline, 2: height - word.baseline}.get(
        turn, word.baseline
    )
    return replace(
        word,
        left=left,
        top=top,
        right=right,
        bottom=bottom,
        baseline=base,
        turn=(word.turn - turn) % 4,
    )


def _turned_box(box: Sequence[float], turn: int, width: float, height: float) -> Box:
    left, top, right, bottom = box
    match turn:
        case 1:  # text runs downwards: what is right on the page is above
            return top, width - right, bottom, width - left
        case 2:
            return width - right, height - bottom, width - left, height - top
        case _:  # text runs upwards
            return height - bottom, left, height - top, right
