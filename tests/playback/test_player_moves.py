"""Where the player goes, and what it asks the voice for meanwhile."""

from __future__ import annotations

from reader.playback.skip_settling import SKIP_SETTLES_S
from reader.playback.states import Paused, Preparing
from reader.playback.steps import Step
from reader.text.document import Place
from tests.playback.player_room import Room


def test_a_step_inside_what_is_here_asks_for_nothing() -> None:
    room = Room()
    room.run(0.1)
    room.player.play()
    room.run(1)
    asked = room.speech.asked
    room.player.step(Step.NEXT_SENTENCE)
    room.run(0.3)
    assert room.told.lit[-1].start >= room.plan.sentence_spans[2].start
    room.player.step(Step.PREVIOUS_SENTENCE)
    room.player.step(Step.PREVIOUS_SENTENCE)
    room.run(0.3)
    assert room.told.lit[-1] in [w for w in room.plan.words() if w.start < 26]
    assert room.speech.asked == asked


def test_where_nothing_of_the_text_is_left_it_begins_anew() -> None:
    room = Room(sentences=2)
    room.run(0.1)
    room.player.move_to(Place(0, len("aaa aaa aaa. aaa aaa aaa.")))
    assert room.doing() == Paused()
    room.player.play()
    room.run(8)
    assert room.told.lit == room.plan.words()
    assert room.doing() == Paused(is_at_end=True)


def test_a_double_click_starts_at_that_very_word() -> None:
    room = Room()
    room.run(0.1)
    word = room.plan.words()[7]
    room.player.play_from(Place(0, word.start + 1))
    room.run(6)
    assert room.told.lit == room.plan.words()[7:]
    assert room.heard_words() == room.levels(7)


def test_ten_presses_move_ten_sentences_and_speak_one() -> None:
    room = Room(sentences=40)
    room.run(0.1)
    target = room.plan.sentence_spans[30]
    room.player.move_to(room.plan.sentence_spans[20].first_place)
    room.run(1, answering=False)
    room.speech.drop_before(99)
    asked = room.speech.asked
    for _ in range(10):
        room.player.step(Step.NEXT_SENTENCE)
        room.run(0.05, answering=False)
    assert room.told.sentences[-1] == target
    assert room.player.place == target.first_place
    assert room.speech.asked == asked
    room.run(SKIP_SETTLES_S + 0.02, answering=False)
    assert room.speech.requests[0][2].span == target


def test_a_skip_while_paused_shows_where_one_is() -> None:
    room = Room()
    room.run(0.1)
    room.player.step(Step.NEXT_SENTENCE)
    assert room.told.sentences[-1] == room.plan.sentence_spans[1]
    assert room.told.words[-1] == room.plan.words()[3]
    assert room.doing() == Paused()
    room.run(0.5)
    assert not any(room.output.played)


def test_audio_asked_for_before_a_move_is_dropped() -> None:
    room = Room(sentences=20)
    late = room.speech.answer()
    room.player.play_from(room.plan.sentence_spans[15].first_place)
    room.player.on_speech_event(late)
    assert room.doing() == Preparing()
    room.run(6)
    assert room.told.lit[0].start == room.plan.sentence_spans[15].start
