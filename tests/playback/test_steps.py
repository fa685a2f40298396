"""Where a step leads, from the word one is at."""

from __future__ import annotations

import pytest

from reader.playback.steps import Step, place_after
from reader.speech.planning.planner import Plan
from reader.text.document import Place
from tests.speech.planned_documents import paragraphs

DOCUMENT = paragraphs("One here. Two here.", "Three here. Four here.")
TEXT = DOCUMENT.sections[0].text


def at(words: str) -> Place:
    return Place(0, TEXT.index(words))


@pytest.mark.parametrize(
    ("step", "here", "there"),
    [
        (Step.NEXT_SENTENCE, "One", "Two"),
        (Step.NEXT_SENTENCE, "here. Two", "Two"),
        (Step.NEXT_SENTENCE, "Two", "Three"),
        (Step.NEXT_SENTENCE, "Four", None),
        (Step.PREVIOUS_SENTENCE, "Three", "Two"),
        (Step.PREVIOUS_SENTENCE, "here. Two", "One"),
        (Step.NEXT_PARAGRAPH, "One", "Three"),
        (Step.NEXT_PARAGRAPH, "Four", None),
        (Step.PREVIOUS_PARAGRAPH, "Three", "One"),
        (Step.PREVIOUS_PARAGRAPH, "Two", "One"),
    ],
)
def test_a_step_leads_to_the_start_of_a_sentence_or_paragraph(
    step: Step, here: str, there: str | None
) -> None:
    expected = None if there is None else at(there)
    assert place_after(step, at(here), Plan(DOCUMENT), is_in_note=False) == expected


def test_back_from_a_note_is_to_its_sentence() -> None:
    plan = Plan(DOCUMENT)
    assert place_after(Step.PREVIOUS_SENTENCE, at("Two"), plan, is_in_note=True) == at("Two")
    assert place_after(Step.PREVIOUS_SENTENCE, at("Two"), plan, is_in_note=False) == at("One")
