"""Playing what comes first of an utterance while the voice still makes the rest."""

from __future__ import annotations

import math
from array import array
from itertools import pairwise

import pytest

from reader.errors import SpeechProcessFailed
from reader.playback.states import Paused, Playing, Preparing, Stopped
from reader.playback.stream.frame_source import FADE_S, FrameSource
from reader.playback.stream.output import DeviceFound, DeviceLost
from reader.speech.flux import USUAL
from reader.speech.speech_events import SpeechStopped
from reader.text.document import Place
from tests.fakes.scripted_speech import SAMPLE_RATE, WORD_FRAMES, level_of_word
from tests.playback.player_room import Room

_LOUD = 10_000
_STEEPEST = math.pi / 2 * _LOUD / (FADE_S * SAMPLE_RATE) + 1


def _begun_room(words: int = 2, words_each: int = 6, sentences: int = 3) -> Room:
    """Return a room that plays what comes first: so many words, and half of the next one."""
    room = Room(sentences, words_each)
    room.player.play()
    room.player.on_speech_event(room.speech.begin(words))
    return room


def test_only_what_is_heard_next_is_waited_for() -> None:
    room = Room()
    assert len(room.speech.requests) > 1
    assert room.speech.waited_for == [room.speech.requests[0][2]]


def test_what_comes_first_is_heard_at_once_and_the_rest_follows_without_a_gap() -> None:
    room = _begun_room()
    assert room.doing() == Playing()
    room.run(0.1, answering=False)
    assert room.told.lit == room.plan.words()[:2]
    room.run(2.0)
    assert room.told.lit == room.plan.words()
    assert room.heard_words() == room.levels()
    first = array("h", room.output.played).index(level_of_word(room.plan.words()[1]))
    rest = array("h", room.output.played)[first : first + 5 * WORD_FRAMES]
    assert rest.tolist() == [level for level in room.levels()[1:6] for _ in range(WORD_FRAMES)]


def test_a_rest_that_is_late_is_waited_for_in_silence_and_every_word_is_heard() -> None:
    room = _begun_room()
    room.run(0.5, answering=False)
    assert room.doing() == Preparing()
    assert not any(array("h", room.output.played)[-10:])
    assert room.told.lit == room.plan.words()[:2]
    room.run(2.5)
    assert room.told.lit == room.plan.words()
    assert room.heard_words() == room.levels()


def test_the_end_of_the_text_is_not_reached_before_the_rest_is_heard() -> None:
    room = _begun_room(sentences=1)
    room.run(0.5, answering=False)
    assert room.doing() == Preparing()
    room.run(1.0)
    assert room.doing() == Paused(is_at_end=True)
    assert room.told.lit == room.plan.words()


def test_paused_before_the_rest_came_it_goes_on_with_the_very_next_frame() -> None:
    room = _begun_room()
    room.run(0.06, answering=False)
    room.player.pause()
    room.run(0.2)
    room.player.play()
    room.run(2.0)
    assert room.told.lit == room.plan.words()
    assert room.heard_words() == room.levels()


def test_a_move_leaves_what_has_begun_behind() -> None:
    room = _begun_room()
    room.run(0.06, answering=False)
    before = len(room.told.lit)
    room.player.play_from(room.plan.words()[7].first_place)
    room.run(2.0)
    assert room.told.lit[before:] == room.plan.words()[7:]
    assert room.heard_words()[-11:] == room.levels(7)


def test_a_rest_that_cannot_be_spoken_is_passed_over_and_told() -> None:
    room = _begun_room()
    room.run(0.03, answering=False)
    room.player.on_speech_event(room.speech.fail("broken"))
    room.run(2.0)
    words = room.plan.words()
    assert room.told.lit == [*words[:2], *words[6:]]
    assert room.told.skipped == [(room.plan.sentence_spans[0], "broken")]


def test_a_voice_that_gives_up_amid_an_utterance_stops_there() -> None:
    room = _begun_room(sentences=1)
    error = SpeechProcessFailed("gone")
    room.player.on_speech_event(SpeechStopped(error))
    room.run(0.5, answering=False)
    assert room.doing() == Stopped(error)
    assert room.player.place == room.plan.words()[1].first_place
    room.player.play()
    room.run(2.0)
    assert room.told.lit[-1] == room.plan.words()[-1]


def test_a_device_that_is_lost_and_found_amid_it_loses_nothing() -> None:
    room = _begun_room()
    room.run(0.06, answering=False)
    room.player.on_device_changed(DeviceLost("one"))
    room.player.on_device_changed(DeviceFound("two"))
    room.player.play()
    room.run(2.5)
    assert room.told.lit == room.plan.words()
    assert room.heard_words()[-17:] == room.levels(1)


# What may be asked for in a moment


def _expecting_room() -> tuple[Room, Place]:
    """Return a silent room whose voice was told of a word that may be read from."""
    room = Room(12, 6)
    room.answer_all()
    place = room.plan.words()[62].first_place
    room.player.expect(place)
    return room, place


def test_what_is_expected_is_asked_for_and_once_played_from_not_again() -> None:
    room, place = _expecting_room()
    ((_, _, expected),) = room.speech.requests
    assert expected.span.first_place == place
    assert room.player.place == Place(0, 0)
    room.player.on_speech_event(room.speech.begin(2))
    room.player.play_from(place)
    assert room.doing() == Playing()
    assert room.speech.requests[0][2] == expected
    room.run(1.5)
    assert room.speech.spoken.count(expected) == 1
    assert room.told.lit == room.plan.words()[62:]
    assert room.heard_words() == room.levels(62)


def test_what_was_expected_and_spoken_is_played_at_once() -> None:
    room, place = _expecting_room()
    room.answer_all()
    room.player.play_from(place)
    assert room.doing() == Playing()
    room.run(1.5)
    assert room.told.lit == room.plan.words()[62:]


def test_what_was_expected_in_vain_changes_nothing() -> None:
    room, _ = _expecting_room()
    room.player.play()
    room.run(9.0)
    assert room.told.lit == room.plan.words()


def test_who_goes_elsewhere_does_not_wait_for_what_was_expected() -> None:
    room, _ = _expecting_room()
    place = room.plan.words()[69].first_place
    room.player.play_from(place)
    assert room.speech.requests[0][2].span.first_place == place
    assert room.speech.waited_for[-1] == room.speech.requests[0][2]


def test_while_it_plays_nothing_is_expected() -> None:
    room = Room(12, 6)
    room.player.play()
    room.run(0.2)
    asked = room.speech.asked
    room.player.expect(room.plan.words()[62].first_place)
    assert room.speech.asked == asked


@pytest.mark.parametrize("speed", [0.7, 1.0, 1.6, 3.0])
@pytest.mark.parametrize("pull", [7, 80, 333])
def test_silence_comes_softly_where_the_rest_is_not_there_yet(pull: int, speed: float) -> None:
    source = FrameSource(SAMPLE_RATE, speed)
    whole = array("h", [_LOUD] * 4000).tobytes()
    flux = bytes([USUAL]) * 100
    cue = source.append(whole[:2000], 0, None, flux=flux[:25])
    source.flow()
    out = b"".join(source.pull(pull) for _ in range(4000 // pull))
    assert source.is_heard_out(4000)
    assert not any(out[-100:])
    source.go_on_with(cue, whole, flux, 0)
    assert not source.is_heard_out(4000)
    out += b"".join(source.pull(pull) for _ in range(1000 // pull))
    assert max(abs(b - a) for a, b in pairwise(array("h", out))) <= 2 * speed * _STEEPEST


def test_frames_are_counted_right_across_a_wait() -> None:
    source = FrameSource(SAMPLE_RATE)
    numbered = array("h", range(1000, 3000)).tobytes()
    cue = source.append(numbered[:1000], 0, None)
    source.flow()
    source.pull(900)
    assert source.next_frame == 900
    source.go_on_with(cue, numbered, b"", 0)
    out = array("h", source.pull(600))
    heard = source.heard(900 + 300)
    assert heard is not None
    assert heard.is_moving
    assert out[300] == 1000 + round(heard.frame)
