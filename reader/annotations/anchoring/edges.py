"""From letters back to text: a passage's ends with the signs that stood at them."""

from __future__ import annotations

import unicodedata

from reader.annotations.anchoring.difference import Difference, Found
from reader.annotations.anchoring.folding import fold
from reader.annotations.anchoring.skeleton import Skeleton

_TORN_OFF = 4

_ALIKE = str.maketrans(
    {
        sign: plain
        for plain, signs in {
            '"': "“”„«»",
            "'": "‘’‚‹›`´",
            "-": "–—−‐‑",
            " ": "\u00a0\u2009\u202f\n\t\r",
        }.items()
        for sign in signs
    }
)


def text_range(difference: Difference, start: int, end: int, found: Found) -> tuple[int, int]:
    """Return the place in the new text of what was [start, end) in the old one's text."""
    old, new = difference.old, difference.new
    passage = old.text[start:end]
    if passage[0].isalpha() and passage[-1].isalpha():
        low = new.offset_of(found.start)
        if found.similarity == 1.0 and new.text.startswith(passage, low):
            return low, low + len(passage)
    low, high = text_range_of_letters(new, found.start, found.end, *signs_around(passage))
    return _to_words(old.text, start, end, new.text, low, high)


def _to_words(old: str, start: int, end: int, new: str, low: int, high: int) -> tuple[int, int]:
    """Take in the letters that a passage of whole words has lost at its ends.

    Where the text before it went, and begins or ends like it, they may have been taken for that.
    """
    if _is_between_words(old, start):
        low = next(
            (at for at in range(low, low - _TORN_OFF, -1) if _is_between_words(new, at)), low
        )
    if _is_between_words(old, end):
        high = next(
            (at for at in range(high, high + _TORN_OFF) if _is_between_words(new, at)), high
        )
    return low, high


def _is_between_words(text: str, place: int) -> bool:
    if not 0 < place < len(text):
        return place in (0, len(text))
    # a letter's accent may be a sign of its own
    is_behind_letter = text[place - 1].isalnum() or _is_mark(text[place - 1])
    return not (is_behind_letter and (text[place].isalnum() or _is_mark(text[place])))


def _is_mark(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc", "Me")


def signs_around(passage: str) -> tuple[str, str]:
    """Return the signs before the first letter of a passage, and behind its last one."""
    first, last = 0, len(passage)
    while first < last and not fold(passage[first]):
        first += 1
    while last > first and not fold(passage[last - 1]):
        last -= 1
    return passage[:first], passage[last:]


def text_range_of_letters(
    skeleton: Skeleton, start: int, end: int, before: str = "", after: str = ""
) -> tuple[int, int]:
    """Return the place of letters in their text, with those signs at their ends that it has.

    `before` and `after` are the signs that may belong to them: quotation marks, a full stop.
    """
    text = skeleton.text
    low, high = skeleton.offset_of(start), skeleton.offset_of(end - 1) + 1
    while high < len(text) and _is_mark(text[high]):
        high += 1
    for sign in reversed(before):
        if low and _are_alike(text[low - 1], sign):
            low -= 1
        elif not sign.isspace():
            break
    after = after[_marks(after) :]
    for sign in after:
        if high < len(text) and _are_alike(text[high], sign):
            high += 1
        elif not sign.isspace():
            break
    return low, high


def _marks(text: str) -> int:
    count = 0
    while count < len(text) and _is_mark(text[count]):
        count += 1
    return count


def _are_alike(one: str, other: str) -> bool:
    return one == other or one.translate(_ALIKE) == other.translate(_ALIKE)


def text_range_between(
    difference: Difference, start: int, end: int
) -> tuple[int, int, bool] | None:
    """Return the new place of a range without letters, and whether it is sure: between the same
    letters as before.
    """
    old, new = difference.old, difference.new
    letter = old.letters_before(start)
    before, after = difference.neighbours(letter)
    if before is None and after is None:
        return None
    low = 0 if letter == 0 else old.offset_of(letter - 1) + 1
    high = old.offset_of(letter)
    signs = old.text[low:high]
    new_low = 0 if before is None else new.offset_of(before) + 1
    new_high = len(new.text) if after is None else new.offset_of(after)
    if before is None and letter:
        new_low = max(0, new_high - len(signs))
    if after is None and letter < len(old):
        new_high = min(len(new.text), new_low + len(signs))
    if not 0 <= new_high - new_low <= 4 * len(signs) + 200:
        return None
    now = new.text[new_low:new_high]
    if now == signs:
        return new_low + start - low, new_low + end - low, True
    wanted = old.text[start:end]
    if not wanted:
        is_at_end = start == high and low < high
        place = new_high if is_at_end else new_low
        return place, place, False
    if now.count(wanted) != 1:
        return None
    place = new_low + now.index(wanted)
    return place, place + len(wanted), signs.count(wanted) == 1
