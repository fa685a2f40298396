"""When the voice stops by itself: after a while, or where a sentence, paragraph or section ends."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from reader.playback.reading_line import TextPlan
from reader.text.document import BlockKind, Document, Place

FADE_S = 10.0
"""How long the voice takes to fade away before the time is over."""


class SleepUnit(StrEnum):
    """What is read to its end before the voice stops."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class SleepAfter:
    """Stop after so many seconds of listening."""

    seconds: float


@dataclass(frozen=True, slots=True)
class SleepAtEnd:
    """Stop at the end of what is being read, and wait at the start of what follows."""

    unit: SleepUnit


Sleep = SleepAfter | SleepAtEnd


class Countdown:
    """Counts the seconds of listening that are left. Time in which nothing plays doesn't count."""

    def __init__(self, seconds: float) -> None:
        self.left_s = seconds
        self._counted_until: float | None = None

    def count(self, now_s: float, *, is_playing: bool) -> None:
        """Take note of the time."""
        if is_playing and self._counted_until is not None:
            self.left_s = max(0.0, self.left_s - (now_s - self._counted_until))
        self._counted_until = now_s if is_playing else None

    @property
    def level(self) -> float:
        """How loud the voice is now, 0 to 1."""
        return min(1.0, self.left_s / FADE_S) ** 2  # the ear hears ratios: straight is too sudden

    @property
    def is_fading(self) -> bool:
        """Whether the end is near and heard to be."""
        return self.left_s < FADE_S

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return self.left_s <= 0


def place_to_wait_at(
    unit: SleepUnit, place: Place, document: Document, plan: TextPlan
) -> Place | None:
    """Return the start of what follows the unit that holds `place`; None where the text ends."""
    match unit:
        case SleepUnit.SENTENCE:
            following = plan.sentence_after(place)
        case SleepUnit.PARAGRAPH:
            paragraph = plan.paragraph_after(place)
            while paragraph is not None and _is_heading(document, place):
                place = paragraph.first_place  # whoever hears a heading wants what it is about
                paragraph = plan.paragraph_after(place)
            following = None if paragraph is None else plan.sentence_at(paragraph.first_place)
        case SleepUnit.SECTION:
            start = _next_section(document, place)
            following = None if start is None else plan.sentence_at(start)
        case _:
            assert_never(unit)
    return following.first_place if following is not None else None


def _is_heading(document: Document, place: Place) -> bool:
    blocks = document.sections[place.section].blocks
    number = bisect_right(blocks, place.offset, key=lambda block: block.end)
    return number < len(blocks) and blocks[number].kind is BlockKind.HEADING


def _next_section(document: Document, place: Place) -> Place | None:
    """Return where the next section of the document, or the next heading with text, begins.

    Headings that follow each other, such as a title and a chapter's, belong to one section.
    """
    section = document.sections[place.section]
    has_text = False
    first = bisect_right(section.blocks, place.offset, key=lambda block: block.end)
    for number in range(first, len(section.blocks)):
        block = section.blocks[number]
        if block.kind is not BlockKind.HEADING:
            has_text = True
        elif has_text:
            return Place(place.section, block.start)
    is_last = place.section + 1 >= len(document.sections)
    return None if is_last else Place(place.section + 1, 0)
