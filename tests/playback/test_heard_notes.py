"""Notes heard while reading: asides that have no words of the text and change nothing about it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import pytest

from reader.playback.sleep import SleepAtEnd, SleepUnit
from reader.playback.states import Paused, Playing
from reader.playback.steps import Step
from reader.playback.study import Study
from reader.speech.planning.heard_notes import (
    HeardExtent,
    HeardNote,
    HeardNotes,
    NotesHeard,
)
from reader.text.document import Place
from tests.fakes.scripted_speech import WordPlan
from tests.playback.noted_passages import SECOND, noted, notes
from tests.playback.player_room import Room

SENTENCE, PARAGRAPH = NotesHeard.AFTER_SENTENCE, NotesHeard.AFTER_PARAGRAPH

# The text is "aaa aaa aaa. " again and again: sentence n begins at 13 n, two make a paragraph's
# worth of steps, though all of it is one block.


def spoken(room: Room) -> list[str]:
    """Return the notes whose reading was told, in order, each time it began."""
    return [passage.note for passage in room.told.notes if passage is not None]


# While it plays


def playing(heard: HeardNotes, sentences: int = 4) -> Room:
    room = Room(sentences=sentences)
    room.player.set_notes(heard)
    room.run(0.1)
    room.player.play()
    return room


def until_note(room: Room) -> None:
    while not spoken(room):
        room.run(0.01)


def test_every_word_of_the_text_is_lit_once_whatever_notes_are_read_between() -> None:
    room = playing(notes(SENTENCE, noted("x", 0, 3, "So it is."), noted("y", 30, 33, "Yes.")))
    room.run(12)
    assert room.told.lit == room.plan.words()
    assert room.told.sentences[:4] == room.plan.sentence_spans
    assert [None if n is None else n.note for n in room.told.notes] == ["x", None, "y", None]
    assert room.doing() == Paused(is_at_end=True)


def test_sounds_move_no_word() -> None:
    plain, noted_too = playing(notes(NotesHeard.NOT)), playing(notes(SENTENCE, noted("x", 4, 7)))
    for room in (plain, noted_too):
        room.run(6)
    assert plain.told.lit == noted_too.told.lit
    assert len(plain.output.played) == len(noted_too.output.played)
    changed = [
        index
        for index, (a, b) in enumerate(
            zip(array("h", plain.output.played), array("h", noted_too.output.played), strict=True)
        )
        if a != b
    ]
    begins = next(i for i, v in enumerate(array("h", plain.output.played)) if v == 1004)
    assert begins <= changed[0] <= begins + 60  # its first frames are near zero
    assert changed[-1] - changed[0] <= 0.3 * 8000


def test_a_mark_made_during_a_note_is_of_the_sentence_it_follows() -> None:
    room = playing(notes(SENTENCE, noted("x", 0, 3, "So it is.")))
    until_note(room)
    assert room.player.sentence_just_heard() == room.plan.sentence_spans[0]
    assert room.player.note is not None


def test_a_step_on_leaves_the_note_and_a_step_back_hears_its_sentence_again() -> None:
    heard = notes(SENTENCE, noted("x", 13, 16, "So it is."))
    room = playing(heard)
    until_note(room)
    room.player.step(Step.NEXT_SENTENCE)
    room.run(0.2)
    assert room.told.lit[-1] in room.plan.words()[6:9]
    assert room.told.notes[-1] is None
    back = playing(heard)
    until_note(back)
    back.player.step(Step.PREVIOUS_SENTENCE)
    words = len(back.told.lit)
    back.run(1)
    assert back.told.lit[words] == back.plan.words()[3]
    assert spoken(back) == ["x", "x"]


def test_a_pause_within_a_note_goes_on_in_it_and_a_long_one_begins_it_again() -> None:
    room = playing(notes(SENTENCE, noted("x", 0, 3, "One two three four five.")))
    until_note(room)
    room.player.pause()
    room.run(1)
    words = len(room.told.lit)
    room.player.play()
    room.run(0.02)
    assert len(room.told.lit) == words
    room.player.pause()
    room.now_s += 30
    room.player.play()
    room.run(0.4)
    assert room.told.lit[words:] == room.plan.words()[:3]  # at most a sentence back
    room.run(1)
    assert spoken(room) == ["x", "x"]


@pytest.mark.parametrize(
    ("unit", "when"), [(SleepUnit.SENTENCE, SENTENCE), (SleepUnit.PARAGRAPH, SENTENCE)]
)
def test_the_sleep_timer_lets_the_note_be_read_before_it_stops(
    unit: SleepUnit, when: NotesHeard
) -> None:
    room = playing(notes(when, noted("x", 0, 3, "So."), noted("y", 13, 16, "So.")))
    room.run(0.05)
    room.player.set_sleep(SleepAtEnd(unit))
    room.run(6)
    assert isinstance(room.doing(), Paused)
    assert spoken(room) == (["x"] if unit is SleepUnit.SENTENCE else ["x", "y"])
    assert room.told.lit == [*room.plan.words()[: 3 * len(spoken(room))], room.told.lit[-1]]


def test_what_is_studied_is_studied_without_notes() -> None:
    room = playing(notes(SENTENCE, noted("x", 0, 3, "So.")))
    room.player.begin_study(Study(repeats=2, pause_s=0.1, within=room.plan.sentence_spans[0]))
    room.run(3)
    assert spoken(room) == []
    room.player.play()
    room.run(5)
    assert room.told.lit[-1] == room.plan.words()[-1]


def test_a_note_that_cannot_be_spoken_is_passed_over_and_never_stops_the_reading() -> None:
    passages = [noted(f"n{k}", 0, 3, f"No {k}.") for k in range(4)]
    room = Room(sentences=4)
    room.player.set_notes(notes(SENTENCE, *passages))
    room.player.play()
    for _ in range(900):
        while room.speech.requests:
            said = room.speech.requests[0][2]
            event = room.speech.fail() if said.voice == SECOND else room.speech.answer()
            room.player.on_speech_event(event)
        room.run(0.01, answering=False)
    assert room.told.lit == room.plan.words()
    assert [line.partition(":")[0] for line in room.told.notes_skipped] == ["n0", "n1", "n2", "n3"]
    assert room.told.skipped == []
    assert room.doing() == Paused(is_at_end=True)


def test_a_lost_device_goes_on_within_the_note() -> None:
    room = playing(notes(SENTENCE, noted("x", 0, 3, "One two three four five.")))
    until_note(room)
    room.run(0.1)
    words = len(room.told.lit)
    room.player.pause()
    room.output.lose_buffer()
    room.player.play()
    room.run(0.1)
    assert len(room.told.lit) == words
    assert room.doing() == Playing()


# How long it takes


def test_the_time_left_counts_the_notes_that_will_be_read() -> None:
    room = Room(sentences=4)
    before = room.player.left_s
    room.player.set_notes(notes(SENTENCE, noted("x", 0, 3, "x" * 51)))
    assert room.player.left_s == pytest.approx(2 * before)  # the text has 51 characters
    room.player.set_notes(notes(NotesHeard.SOUND, noted("x", 0, 3, "x" * 51)))
    assert room.player.left_s == pytest.approx(before)


def test_the_voices_pace_is_not_learnt_from_notes() -> None:
    one, other = Room(sentences=4), Room(sentences=4)
    other.player.set_notes(notes(SENTENCE, noted("x", 0, 3, "One two three four five six.")))
    for room in (one, other):
        room.run(0.1)
    other.player.set_notes(notes(NotesHeard.NOT))
    assert other.player.left_s == pytest.approx(one.player.left_s)


def test_a_share_of_what_is_heard_leads_to_the_text_or_to_the_passage_of_a_note() -> None:
    plan = WordPlan(4)
    heard = notes(SENTENCE, noted("x", 0, 12, "x" * 49))  # 51 characters and 49
    extent = HeardExtent(plan.extent, heard)
    assert extent.length == 100
    assert extent.place_at(0.05) == Place(0, 5)
    assert extent.place_at(0.4) == Place(0, 11)
    assert extent.place_at(0.9) == Place(0, 41)
    for offset in (0, 5, 11, 12, 30, 50):
        assert extent.place_at(extent.share_of(Place(0, offset)) + 1e-9) == Place(0, offset)


# Notes that change


def changed(room: Room, passages: Iterable[HeardNote], when: NotesHeard = SENTENCE) -> None:
    room.player.set_notes(notes(when, *passages))


def test_a_note_made_while_playing_is_read_when_its_sentence_has_been() -> None:
    room = playing(notes(SENTENCE))
    room.run(0.1)
    asked = room.speech.asked
    changed(room, [noted("new", 0, 12, "So.")])
    room.run(8)
    assert spoken(room) == ["new"]
    assert room.told.lit == room.plan.words()
    assert room.heard_words() == room.levels()
    assert room.speech.asked == asked + 1  # nothing but the note is spoken
    assert room.told.soundings == 1


@pytest.mark.parametrize("at_ms", range(40, 900, 70))
def test_a_highlight_made_while_playing_is_no_stutter_whenever_it_is(at_ms: int) -> None:
    room = playing(notes(SENTENCE, noted("x", 13, 16, "So.")))
    room.run(at_ms / 1000)
    changed(room, [noted("x", 13, 16, "So."), noted("mark", 0, 12), noted("on", 13, 25)])
    room.run(8)
    assert room.told.lit == room.plan.words()
    assert spoken(room) == ["x"]
    assert room.told.soundings == 1


def test_who_goes_back_after_notes_are_turned_on_hears_those_that_were_passed() -> None:
    room = playing(notes(NotesHeard.NOT, noted("x", 0, 3, "So it is.")))
    room.run(1)
    assert room.told.lit[-1] in room.plan.words()[3:]
    changed(room, [noted("x", 0, 3, "So it is.")])
    asked = room.speech.asked
    room.player.move_to(Place(0, 0))
    room.run(1.2)
    assert spoken(room) == ["x"]
    assert room.speech.asked - asked <= 1  # the note alone


def test_read_to_its_end_and_once_more_a_text_has_the_notes_of_now() -> None:
    room = playing(notes(NotesHeard.NOT, noted("x", 0, 3, "So it is.")), sentences=2)
    room.run(5)
    assert room.doing() == Paused(is_at_end=True)
    changed(room, [noted("x", 0, 3, "So it is.")])
    room.player.play()
    room.run(5)
    assert spoken(room) == ["x"]


def test_a_note_deleted_before_it_comes_is_not_read() -> None:
    room = playing(notes(SENTENCE, noted("x", 0, 3, "So.")))
    room.run(0.05)
    changed(room, [])
    room.run(8)
    assert spoken(room) == []
    assert room.told.lit == room.plan.words()


def test_a_note_that_is_being_read_is_read_to_its_end_while_others_change() -> None:
    long = noted("long", 0, 3, "One two three. Four five six. Seven.")
    room = playing(notes(SENTENCE, long))
    until_note(room)
    changed(room, [long, noted("other", 30, 33, "Yes.")])
    room.run(12)
    asked = [u.spoken for u in room.speech.spoken if u.voice == SECOND]
    assert asked[:3] == ["One two three.", "Four five six.", "Seven."]
    assert spoken(room) == ["long", "other"]
    assert room.told.lit == room.plan.words()


def test_a_plan_that_changes_during_a_note_goes_on_behind_it() -> None:
    room = playing(notes(SENTENCE, noted("x", 0, 3, "One two three.")))
    until_note(room)
    room.player.change_plan(WordPlan(4))
    room.run(9)
    assert room.told.lit == room.plan.words()
    assert spoken(room) == ["x"]


def test_while_paused_a_change_holds_from_the_next_play_on() -> None:
    room = Room(sentences=2)
    room.run(0.1)
    changed(room, [noted("x", 0, 3, "So.")])
    room.player.play()
    room.run(4)
    assert spoken(room) == ["x"]
    assert room.told.lit == room.plan.words()


def test_a_text_that_is_opened_has_no_notes_yet() -> None:
    room = playing(notes(SENTENCE, noted("x", 0, 3, "So.")))
    room.player.open(room.plan.document, room.plan, Place(0, 0))
    room.player.play()
    room.run(6)
    assert spoken(room) == []
