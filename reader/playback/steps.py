"""Where a step by a sentence or a paragraph leads."""

from __future__ import annotations

from enum import Enum

from reader.playback.reading_line import TextPlan
from reader.text.document import Place, Span


class Step(Enum):
    """What a listener moves by."""

    NEXT_SENTENCE = "next sentence"
    PREVIOUS_SENTENCE = "previous sentence"
    NEXT_PARAGRAPH = "next paragraph"
    PREVIOUS_PARAGRAPH = "previous paragraph"


def place_after(step: Step, place: Place, plan: TextPlan, *, is_in_note: bool) -> Place | None:
    """Return the start of what a step from `place` leads to; None behind the last.

    Back from the first sentence or paragraph is to the text's start, and back from a note that is
    being read to the sentence it belongs to.
    """
    span = _span_after(step, place, plan, is_in_note=is_in_note)
    return None if span is None else span.first_place


def _span_after(step: Step, place: Place, plan: TextPlan, *, is_in_note: bool) -> Span | None:
    match step:
        case Step.NEXT_SENTENCE:
            return plan.sentence_after(place)
        case Step.PREVIOUS_SENTENCE:
            before = None if is_in_note else plan.sentence_before(place)
            return before or plan.sentence_at(place)
        case Step.NEXT_PARAGRAPH:
            return plan.paragraph_after(place)
        case Step.PREVIOUS_PARAGRAPH:
            return plan.paragraph_before(place) or plan.sentence_at(Place(0, 0))
