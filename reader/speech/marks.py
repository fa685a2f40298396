"""The words of a spoken text, guessed marks for them, and marks carried to the source."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence

from reader.speech.engine import HeardWord, Piece, WordMark
from reader.speech.phonemes import GIVEN
from reader.text.document import Span

_APOSTROPHES = frozenset("'’ʼ")
_CLAUSE_ENDS = frozenset(",;:.!?…—–")
_CLAUSE_LETTERS = 4  # how many letters' time the silence at a clause end takes, for a guess


def spoken_words(spoken: str) -> list[tuple[int, int]]:
    """Return the ranges of what is said as a word of its own, in order.

    Runs of letters, digits and their marks with apostrophes inside; each ideograph or kana by
    itself, as they stand without spaces; and each symbol that is read out by its name, such as &.
    A word that carries phonemes is one with them.
    """
    words: list[tuple[int, int]] = []
    start: int | None = None
    carried = {at for given in GIVEN.finditer(spoken) for at in _carried(spoken, given)}
    for index, character in enumerate(spoken):
        if index in carried:
            start = index if start is None else start
            continue
        if _is_word_character(character) and not _stands_alone(character):
            if start is None:
                start = index
            continue
        if start is not None and _joins(spoken, index):
            continue
        if start is not None:
            words.append((start, index))
            start = None
        if _stands_alone(character) or _is_named(character):
            words.append((index, index + 1))
    if start is not None:
        words.append((start, len(spoken)))
    return words


def _carried(spoken: str, given: re.Match[str]) -> range:
    """Return the places of phonemes and of the word before them, which may be several in one."""
    before = spoken.rfind(" ", 0, given.start()) + 1
    return range(before, given.end())


def _is_word_character(character: str) -> bool:
    # Python's \w leaves out the vowel signs of Indic scripts, which are category M
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _stands_alone(character: str) -> bool:
    return "぀" <= character <= "ヿ" or "㐀" <= character <= "鿿" or "豈" <= character <= "﫿"


def _is_named(character: str) -> bool:
    return character in "&@%#*/\\" or unicodedata.category(character) in ("Sc", "Sm", "So")


def _joins(spoken: str, index: int) -> bool:
    character = spoken[index]
    return (
        (character in _APOSTROPHES or unicodedata.category(character) == "Cf")
        and index + 1 < len(spoken)
        and _is_word_character(spoken[index + 1])
        and not _stands_alone(spoken[index + 1])
    )


def share_frames(first_frame: int, end_frame: int, weights: Sequence[int]) -> list[int]:
    """Return len(weights) + 1 boundaries that share a stretch of frames by weight."""
    total = sum(weights) or 1
    boundaries, before = [first_frame], 0
    for weight in weights:
        before += weight
        boundaries.append(first_frame + (end_frame - first_frame) * before // total)
    return boundaries


def estimated_marks(
    spoken: str, words: Sequence[tuple[int, int]], frame_count: int
) -> tuple[WordMark, ...]:
    """Guess when each word sounds from its share of the letters, with room for pauses."""
    weights: list[int] = []
    for number, (start, end) in enumerate(words):
        following = words[number + 1][0] if number + 1 < len(words) else end
        has_pause = any(character in _CLAUSE_ENDS for character in spoken[end:following])
        weights += [end - start + 1, _CLAUSE_LETTERS if has_pause else 0]
    boundaries = share_frames(0, frame_count, weights)
    return tuple(
        WordMark(boundaries[2 * number], boundaries[2 * number + 1], start, end)
        for number, (start, end) in enumerate(words)
    )


def heard_words(
    pieces: Sequence[Piece], marks: Sequence[WordMark], section: int, frame_count: int
) -> tuple[HeardWord, ...]:
    """Carry the marks of a spoken text to the pieces of the source it stands for.

    A piece spoken as several words sounds from the first to the last of them; pieces spoken as one
    share it by letters; a piece without any mark sounds for no time, where the next one starts. In
    order, not overlapping, within the audio.
    """
    starts = [mark.start for mark in marks]
    heard: list[HeardWord] = []
    before = 0
    for piece in pieces:
        at = max(bisect_right(starts, piece.spoken_start) - 1, 0)
        ranges = []
        for mark in marks[at:]:
            if mark.start >= piece.spoken_end:
                break
            if mark.end > piece.spoken_start:
                ranges.append(_part_of_mark(mark, piece))
        first = ranges[0][0] if ranges else before
        end = ranges[-1][1] if ranges else first
        first = min(max(first, before), frame_count)
        end = min(max(end, first), frame_count)
        span = Span(section, piece.source_start, piece.source_end)
        heard.append(HeardWord(span, first, end))
        before = end
    return tuple(heard)


def _part_of_mark(mark: WordMark, piece: Piece) -> tuple[int, int]:
    length = mark.end - mark.start
    frames = mark.end_frame - mark.first_frame
    left = max(piece.spoken_start - mark.start, 0)
    right = min(piece.spoken_end - mark.start, length)
    return mark.first_frame + frames * left // length, mark.first_frame + frames * right // length
