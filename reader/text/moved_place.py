"""Where a place of a text is once its file changed: where the words are that stood there."""

from __future__ import annotations

from reader.text.document import Document, Place
from reader.text.lazy_sections import section_at_hand

_WORDS = (96, 32, 12)
"""Code points that are looked for, the most telling first."""


def place_after_change(old: Document, new: Document, place: Place) -> Place | None:
    """Return where what stood at a place of the old text stands in the new one.

    It is looked for in the section of the same number; where its words are gone the place stays
    as far into the section as it was. None where the new text has no such place.
    """
    if place.section >= len(new.sections):
        return None
    now = new.sections[place.section].text
    was = section_at_hand(old.sections, place.section)
    offset = place.offset if was is None else _offset_after_change(was.text, now, place.offset)
    return Place(place.section, offset) if offset < len(now) else None


def _offset_after_change(was: str, now: str, offset: int) -> int:
    if was == now:
        return offset
    guess = len(now) - len(was) + offset if now.endswith(was[offset:]) else offset
    for length in _WORDS:
        before = was[max(0, offset - length) : offset]
        for words, ahead in ((was[offset : offset + length], 0), (before, len(before))):
            found = _nearest(now, words, guess - ahead) if words.strip() else None
            if found is not None:
                return found + ahead
    return offset


def _nearest(text: str, words: str, start: int) -> int | None:
    start = max(start, 0)
    places = (text.rfind(words, 0, start + len(words)), text.find(words, start))
    return min((p for p in places if p >= 0), key=lambda p: abs(p - start), default=None)
