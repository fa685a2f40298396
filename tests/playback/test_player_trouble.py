"""What the player does when something can't be said, or voice or device are gone."""

from __future__ import annotations

import pytest

from reader.errors import AudioDeviceMissing, SpeechProcessFailed, SynthesisFailed
from reader.playback.states import Paused, Playing, Stopped
from reader.playback.stream.output import DeviceFound, DeviceLost
from reader.speech.speech_events import SpeechStopped
from tests.playback.player_room import Room


def test_one_that_cannot_be_spoken_is_skipped_and_told_when_it_is_reached() -> None:
    room = Room(sentences=4)
    room.player.on_speech_event(room.speech.answer())
    room.player.on_speech_event(room.speech.fail())
    room.run(0.1)
    assert room.told.skipped == []
    room.player.play()
    room.run(5)
    spans = room.plan.sentence_spans
    assert room.told.skipped == [(spans[1], "no")]
    assert room.told.lit == [word for word in room.plan.words() if word.start not in range(13, 26)]
    assert room.doing() == Paused(is_at_end=True)


def test_three_in_a_row_stop_it_at_that_place_and_play_tries_again() -> None:
    room = Room(sentences=8)
    room.player.play()
    room.player.on_speech_event(room.speech.answer())
    for _ in range(2):
        room.player.on_speech_event(room.speech.fail("broken"))
    asked = room.speech.asked
    room.player.on_speech_event(room.speech.fail("broken"))
    assert room.doing() == Playing()
    room.run(2, answering=False)
    assert room.speech.asked == asked, "what lies behind them won't be read"
    assert isinstance(room.player.state, Stopped)
    assert isinstance(room.player.state.reason, SynthesisFailed)
    assert room.player.place == room.plan.sentence_spans[1].first_place
    assert room.told.sentences[-1] == room.plan.sentence_spans[1], "it is shown"
    room.player.play()
    room.run(8)
    assert room.told.lit == room.plan.words()


def test_without_the_voice_it_plays_what_is_here_and_then_stops_in_its_place() -> None:
    room = Room(sentences=5)
    room.player.play()
    room.player.on_speech_event(room.speech.answer())
    room.speech.drop_before(99)
    room.player.on_speech_event(SpeechStopped(SpeechProcessFailed("died")))
    assert room.doing() == Playing()
    room.run(2, answering=False)
    assert isinstance(room.player.state, Stopped)
    assert room.told.lit == room.plan.words()[:3]
    started = len(room.speech.started)
    room.player.play()
    assert len(room.speech.started) == started + 1
    room.run(6)
    assert [w for w in room.told.lit[3:] if w.start > 8] == room.plan.words()[3:]


def test_what_a_voice_that_died_while_paused_still_owed_is_asked_for_again() -> None:
    room = Room(sentences=5)
    room.player.play()
    room.player.on_speech_event(room.speech.answer())
    room.run(0.05, answering=False)
    room.player.pause()
    room.speech.requests.clear()
    room.player.on_speech_event(SpeechStopped(SpeechProcessFailed("died")))
    assert room.doing() == Paused()
    room.player.play()
    room.run(6)
    assert room.told.lit == room.plan.words()


def test_a_voice_that_cannot_start_is_told_while_nothing_plays() -> None:
    room = Room()
    room.player.on_speech_event(SpeechStopped(SpeechProcessFailed("no")))
    assert isinstance(room.player.state, Stopped)


def test_a_lost_device_pauses_at_the_word_heard_and_its_return_waits() -> None:
    room = Room(sentences=3)
    room.run(0.1)
    room.player.play()
    room.run(0.33)
    lit = list(room.told.lit)
    room.output.lose_buffer()
    room.player.on_device_changed(DeviceLost("earbuds"))
    state = room.player.state
    assert isinstance(state, Paused)
    assert isinstance(state.reason, AudioDeviceMissing)
    room.run(0.5)
    room.player.on_device_changed(DeviceFound("earbuds"))
    assert room.doing() == Paused()
    room.run(0.5)
    assert room.told.lit == lit
    room.player.play()
    room.run(4)
    assert room.told.lit == room.plan.words()
    assert sorted(set(room.heard_words())) == room.levels()


@pytest.mark.parametrize(("after_s", "plays"), [(0.5, True), (3.0, False)])
def test_who_asked_just_before_the_device_was_there_need_not_ask_again(
    after_s: float, plays: bool
) -> None:
    room = Room()
    room.run(0.1)
    room.output.is_available = False
    room.player.on_device_changed(DeviceLost("earbuds"))
    room.player.play()
    room.run(after_s)
    room.output.is_available = True
    room.player.on_device_changed(DeviceFound("earbuds"))
    assert isinstance(room.doing(), Playing if plays else Paused)


def test_without_a_device_play_says_so() -> None:
    room = Room()
    room.output.is_available = False
    room.player.play()
    state = room.player.state
    assert isinstance(state, Paused)
    assert isinstance(state.reason, AudioDeviceMissing)
