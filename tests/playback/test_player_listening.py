"""Listening in comfort: going on after a pause, keeping what was heard, the silences between."""

from __future__ import annotations

from array import array
from itertools import pairwise

import pytest

from reader.errors import AudioDeviceMissing
from reader.playback.options import PlaybackOptions
from reader.playback.output import DeviceFound, DeviceLost
from reader.playback.states import Paused
from reader.speech.pauses import PauseLengths
from tests.fakes.scripted_speech import SAMPLE_RATE
from tests.playback.player_room import Room


def playing_room(seconds: float, sentences: int = 6, words_each: int = 3) -> Room:
    """Return a room in which it has been playing for a while."""
    room = Room(sentences, words_each)
    room.run(0.1)
    room.player.play()
    room.run(seconds)
    return room


# Going on after a pause


@pytest.mark.parametrize(
    ("away_s", "words_back"),
    [
        pytest.param(5, 1, id="five seconds"),
        pytest.param(30, 2, id="half a minute"),
        pytest.param(120, 4, id="two minutes"),
        pytest.param(301, 6, id="five minutes: the sentence"),
    ],
)
def test_after_a_long_pause_it_goes_on_earlier_at_a_word(away_s: float, words_back: int) -> None:
    room = playing_room(0.33, sentences=3, words_each=9)
    words = room.plan.words()
    room.player.pause()
    room.run(0.6)
    heard = len(room.told.lit) - 1
    assert heard == 6
    asked = room.speech.asked
    room.now_s += away_s
    before = len(room.output.played) // 2
    room.player.play()
    room.run(0.3)
    assert room.told.lit[heard + 1 :][:2] == words[heard - words_back :][:2]
    values = array("h", room.output.played)[before:]
    first_full = next(level for level in values if level in room.levels())
    assert first_full == room.levels()[heard - words_back]
    assert room.speech.asked == asked


def test_a_short_pause_or_the_setting_off_goes_on_exactly() -> None:
    for away_s, options in ((4, PlaybackOptions()), (999, PlaybackOptions(rewinds=False))):
        room = playing_room(0.36, words_each=9)
        room.player.set_options(options)
        room.player.pause()
        room.run(0.2)
        room.now_s += away_s
        room.player.play()
        room.run(7)
        assert room.told.lit == room.plan.words()


def test_who_moved_during_the_pause_starts_where_he_went() -> None:
    room = playing_room(0.3)
    room.player.pause()
    room.player.move_to(room.plan.words()[10].first_place)
    room.now_s += 1000
    first = len(room.told.lit)
    room.player.play()
    room.run(0.3)
    assert room.told.lit[first] == room.plan.words()[10]


def test_a_device_that_was_away_for_long_is_a_pause_too() -> None:
    room = playing_room(0.36, words_each=9)
    room.output.lose_buffer()
    room.player.on_device_changed(DeviceLost("earbuds"))
    state = room.player.state
    assert isinstance(state, Paused)
    assert isinstance(state.reason, AudioDeviceMissing)
    room.run(0.6)
    room.now_s += 400
    room.player.on_device_changed(DeviceFound("earbuds"))
    first = len(room.told.lit)
    room.player.play()
    room.run(0.3)
    assert room.told.lit[first] == room.plan.words()[0]


# What was just heard


def test_the_sentence_before_is_meant_while_a_sentence_begins() -> None:
    room = playing_room(0.55)
    spans = room.plan.sentence_spans
    assert room.told.sentences[-1] == spans[1]
    assert room.player.sentence_just_heard() == spans[0]
    room.run(0.1)
    assert room.player.sentence_just_heard() == spans[1]


def test_in_the_pause_after_a_sentence_that_sentence_is_meant() -> None:
    room = playing_room(0.3)
    assert room.player.sentence_just_heard() == room.plan.sentence_spans[0]


def test_after_a_move_the_sentence_one_moved_to_is_meant() -> None:
    room = playing_room(0.9)
    room.player.move_to(room.plan.sentence_spans[4].first_place)
    assert room.player.sentence_just_heard() == room.plan.sentence_spans[4]
    room.run(0.06)
    assert room.player.sentence_just_heard() == room.plan.sentence_spans[4]


def test_before_anything_was_heard_the_sentence_at_the_place_is_meant() -> None:
    assert Room().player.sentence_just_heard() == Room().plan.sentence_spans[0]


# The silences between


@pytest.mark.parametrize(("speed", "sentence_s"), [(1.0, 0.2), (1.0, 0.8), (2.0, 0.8), (0.5, 0.2)])
def test_the_silence_after_a_sentence_is_the_setting_scaled_once(
    speed: float, sentence_s: float
) -> None:
    room = Room(sentences=5)
    room.player.set_options(PlaybackOptions(pauses=PauseLengths(sentence_s=sentence_s)))
    room.player.set_speed(speed)
    room.player.move_to(room.plan.sentence_spans[0].first_place)
    room.run(0.1)
    room.player.play()
    room.run(8)
    sounds = [at for at, value in enumerate(array("h", room.output.played)) if abs(value) > 20]
    steps = [(after - before) / SAMPLE_RATE for before, after in pairwise(sounds)]
    silences = [step for step in steps if step > 0.05]
    assert len(silences) == 4
    assert silences == pytest.approx([sentence_s / speed] * 4, abs=0.02)
