"""Tests of reader.playback.takes: which notes are read, and where between the sentences."""

from __future__ import annotations

import pytest

from reader.playback.takes import SAME_VOICE_PACE, NotedTakes, Take
from reader.speech.planning.heard_notes import (
    HeardNotes,
    NotesHeard,
)
from reader.text.document import Place
from tests.fakes.scripted_speech import WordPlan
from tests.playback.noted_passages import SECOND, noted, notes, say_alike

SENTENCE, PARAGRAPH = NotesHeard.AFTER_SENTENCE, NotesHeard.AFTER_PARAGRAPH

# The text is "aaa aaa aaa. " again and again: sentence n begins at 13 n, two make a paragraph's
# worth of steps, though all of it is one block.


def order(heard: HeardNotes, place: Place | None = None, sentences: int = 4) -> list[object]:
    """Return what is played: the number of a sentence, or the id of a note."""
    plan = WordPlan(sentences)
    found = NotedTakes(plan.utterances_from(place or Place(0, 0)), heard, plan.document)
    return [
        take.note.note if take.note else plan.sentence_spans.index(take.utterance.sentence)
        for take in found
    ]


def test_a_note_is_read_after_the_sentence_in_which_its_passage_ends() -> None:
    heard = notes(SENTENCE, noted("one", 4, 7, "So"), noted("two", 10, 20, "And"))
    assert order(heard) == [0, "one", 1, "two", 2, 3]


def test_notes_that_end_together_are_read_the_narrower_passage_first_none_left_out() -> None:
    heard = notes(SENTENCE, noted("wide", 0, 24, "W"), noted("narrow", 13, 24, "N"))
    assert order(heard) == [0, 1, "narrow", "wide", 2, 3]


def test_at_the_paragraphs_end_its_notes_are_read_in_the_order_of_the_text() -> None:
    heard = notes(PARAGRAPH, noted("b", 26, 30, "B"), noted("a", 0, 3, "A"))
    assert order(heard) == [0, 1, 2, 3, "a", "b"]


@pytest.mark.parametrize("when", [NotesHeard.NOT, NotesHeard.SOUND])
def test_unless_they_are_to_be_read_notes_are_not(when: NotesHeard) -> None:
    assert order(notes(when, noted("one", 4, 7, "So"))) == [0, 1, 2, 3]


def test_a_highlight_without_words_is_never_read() -> None:
    assert order(notes(SENTENCE, noted("bare", 4, 7))) == [0, 1, 2, 3]


def test_a_passage_that_ends_between_two_sentences_belongs_to_the_one_before() -> None:
    assert order(notes(SENTENCE, noted("loose", 4, 13, "L"))) == [0, "loose", 1, 2, 3]


def test_a_bookmarks_note_is_read_after_the_sentence_it_stands_in() -> None:
    assert order(notes(SENTENCE, noted("mark", 13, 13, "M"))) == [0, 1, "mark", 2, 3]


def test_who_begins_later_hears_no_notes_of_what_was_left_out() -> None:
    heard = notes(SENTENCE, noted("early", 0, 3, "E"), noted("late", 26, 30, "L"))
    assert order(heard, Place(0, 13)) == [1, 2, "late", 3]


def test_a_note_in_several_sentences_stays_together_and_has_no_words_of_the_text() -> None:
    plan = WordPlan(2)
    heard = notes(SENTENCE, noted("long", 0, 3, "One thing. Another."))
    found = list(NotedTakes(plan.utterances_from(Place(0, 0)), heard, plan.document))
    asides = [take for take in found if take.note]
    assert [take.utterance.spoken for take in asides] == ["One thing.", "Another."]
    assert all(take.utterance.pieces == () for take in asides)
    assert {take.utterance.sentence for take in asides} == {plan.sentence_spans[0]}
    assert {take.utterance.voice for take in asides} == {SECOND}


def test_the_same_voice_says_a_note_a_little_slower_and_a_sound_opens_it() -> None:
    plan = WordPlan(1)
    heard = HeardNotes([noted("n", 0, 3, "So")], SENTENCE, say_alike)
    aside = list(NotedTakes(plan.utterances_from(Place(0, 0)), heard, plan.document))[-1]
    assert aside.pace == SAME_VOICE_PACE
    assert len(aside.earcons) == 1


def earcons_of(heard: HeardNotes, place: Place | None = None) -> list[tuple[Place, ...]]:
    plan = WordPlan(3)
    found = NotedTakes(plan.utterances_from(place or Place(0, 0)), heard, plan.document)
    return [take.earcons for take in found if take.note is None]


def test_a_sound_is_heard_where_each_passage_begins_once_for_two_that_begin_together() -> None:
    heard = notes(NotesHeard.SOUND, noted("a", 4, 7), noted("b", 4, 20), noted("c", 12, 20))
    assert earcons_of(heard) == [(Place(0, 4),), (Place(0, 12),), ()]


def test_who_begins_within_a_passage_hears_no_sound_for_it() -> None:
    heard = notes(NotesHeard.SOUND, noted("a", 0, 12))
    assert earcons_of(heard, Place(0, 4)) == [(), (), ()]


def test_a_take_without_notes_is_just_its_utterance() -> None:
    plan = WordPlan(1)
    (whole,) = plan.utterances_from(Place(0, 0))
    assert list(NotedTakes(iter([whole]), notes(NotesHeard.NOT), plan.document)) == [Take(whole)]
