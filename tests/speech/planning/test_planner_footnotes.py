"""What is said of footnotes that are read where they are referred to, and in which order."""

from __future__ import annotations

import pytest

from reader.speech.planning.planner import Plan
from reader.speech.planning.skipping import Footnotes, WhatIsRead
from reader.text.document import (
    Block,
    BlockKind,
    Document,
    Inline,
    InlineKind,
    Place,
    Section,
    Span,
)
from tests.speech.planned_documents import assert_every_letter_once, document_of, text_of


def noted_document() -> Document:
    """Return a text of four sentences with two notes, one of two blocks, and one nobody names."""
    text = "One.1 Two. Three.2 Four.\n\nNote one.\n\nIt goes on.\n\nNote two.\n\nLonely."
    starts = [0, *(text.index(words) for words in ("Note one", "It goes", "Note two", "Lonely"))]
    ends = [start - 2 for start in starts[1:]] + [len(text)]
    markers = ["", "1.", "", "2.", "3."]
    blocks = tuple(
        Block(start, end, BlockKind.FOOTNOTE if number else BlockKind.PARAGRAPH, marker=marker)
        for number, (start, end, marker) in enumerate(zip(starts, ends, markers, strict=True))
    )
    references = tuple(
        Inline(at, at + 1, InlineKind.NOTE_REFERENCE, f"0:{text.index(note)}")
        for at, note in ((4, "Note one"), (17, "Note two"))
    )
    return document_of(Section(0, "", text, blocks, references))


ORDER = ["One.", "Note one.", "It goes on.", "Two.", "Three.", "Note two.", "Four.", "Lonely."]


def noted_plan() -> Plan:
    return Plan(noted_document(), what=WhatIsRead(footnotes=Footnotes.WHERE_REFERRED_TO))


def place_of(words: str) -> Place:
    return Place(0, noted_document().sections[0].text.index(words.rstrip(".")))


def test_notes_are_read_after_the_sentence_that_refers_to_them() -> None:
    assert [u.spoken for u in noted_plan().utterances()] == ORDER
    assert_every_letter_once(noted_document(), noted_plan())


@pytest.mark.parametrize("number", range(len(ORDER)))
def test_reading_on_from_a_note_leads_back_to_the_text(number: int) -> None:
    plan, place = noted_plan(), place_of(ORDER[number])
    assert [u.spoken for u in plan.utterances_from(place)] == ORDER[number:]
    here = text_of(noted_document(), plan.sentence_at(place) or Span(0, 0, 0))
    assert here.startswith(ORDER[number].rstrip("."))


@pytest.mark.parametrize("number", range(len(ORDER)))
def test_steps_follow_the_reading_order(number: int) -> None:
    plan, place = noted_plan(), place_of(ORDER[number])
    after, before = plan.sentence_after(place), plan.sentence_before(place)
    expected_after = place_of(ORDER[number + 1]) if number + 1 < len(ORDER) else None
    expected_before = place_of(ORDER[number - 1]) if number else None
    assert (after.first_place if after else None) == expected_after
    assert (before.first_place if before else None) == expected_before


def test_notes_that_refer_to_each_other_are_read_where_they_stand() -> None:
    text = "A1.\n\nB1."
    blocks = (Block(0, 3, BlockKind.FOOTNOTE), Block(5, 8, BlockKind.FOOTNOTE))
    references = (
        Inline(1, 2, InlineKind.NOTE_REFERENCE, "0:5"),
        Inline(6, 7, InlineKind.NOTE_REFERENCE, "0:0"),
    )
    document = document_of(Section(0, "", text, blocks, references))
    plan = Plan(document, what=WhatIsRead(footnotes=Footnotes.WHERE_REFERRED_TO))
    assert [u.span.start for u in plan.utterances()] == [0, 5]
