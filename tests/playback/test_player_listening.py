"""Listening in comfort: going on after a pause, keeping what was heard, the silences between."""

from __future__ import annotations

from array import array
from itertools import islice, pairwise

import pytest

from reader.errors import AudioDeviceMissing
from reader.playback.options import PlaybackOptions
from reader.playback.sleep import FADE_S, SleepAfter, SleepAtEnd, SleepUnit
from reader.playback.states import Paused, Playing
from reader.playback.steps import Step
from reader.playback.stream.output import DeviceFound, DeviceLost
from reader.playback.study import SLOWER, Study
from reader.speech.pauses import PauseLengths
from reader.text.document import Span
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


# Falling asleep


def test_the_voice_fades_and_pauses_when_the_time_is_over() -> None:
    room = Room(sentences=60)
    room.player.set_sleep(SleepAfter(FADE_S + 2))
    room.run(1)
    assert room.player.sleep_left_s == FADE_S + 2  # nothing plays yet
    room.player.play()
    room.run(FADE_S + 1.5)
    assert room.doing() == Playing()
    room.run(1)
    assert room.doing() == Paused()
    assert room.player.sleep is None
    values = [abs(value) for value in array("h", room.output.played)]
    quarter = len(values) // 4
    loudest = [max(values[at : at + quarter]) for at in range(0, 4 * quarter, quarter)]
    assert loudest[1] > loudest[2] > loudest[3] > 0
    steps = [abs(b - a) for a, b in pairwise(array("h", room.output.played))]
    assert max(steps[-SAMPLE_RATE:]) < 100
    room.player.play()
    room.run(0.5)
    assert max(array("h", room.output.played)[-SAMPLE_RATE // 2 :]) in room.levels()


def test_what_is_heard_tells_how_loud_it_is_played() -> None:
    room = playing_room(0.5, sentences=40)
    levels = []
    for seconds in (0.1, FADE_S / 2):
        room.player.set_sleep(SleepAfter(seconds + FADE_S / 2))
        room.run(0.1)
        while (heard := room.player.audio_heard()) is None:
            room.run(0.01)
        levels.append(heard.level)
    assert 0 < levels[0] < 0.3 < levels[1] < 1


def test_pausing_while_it_fades_ends_the_timer_and_play_is_loud() -> None:
    room = playing_room(0.5, sentences=40)
    room.player.set_sleep(SleepAfter(FADE_S / 2))
    room.run(2)
    room.player.pause()
    assert room.player.sleep is None
    room.run(1)
    room.player.play()
    room.run(0.3)
    assert room.player.sleep_left_s is None
    assert max(array("h", room.output.played)[-SAMPLE_RATE // 5 :]) in room.levels()


@pytest.mark.parametrize(
    ("unit", "played", "waits_at"),
    [
        (SleepUnit.SENTENCE, range(3), 1),
        (SleepUnit.PARAGRAPH, range(6), 2),
    ],
)
def test_it_waits_at_the_start_of_what_follows_and_goes_on_from_there(
    unit: SleepUnit, played: range, waits_at: int
) -> None:
    room = playing_room(0.07)
    room.player.set_sleep(SleepAtEnd(unit))
    room.run(4)
    assert room.told.lit[: len(played)] == room.plan.words()[: len(played)]
    assert room.heard_words() == room.levels()[: len(played)]
    assert room.doing() == Paused()
    assert room.player.sleep is None
    assert room.player.place == room.plan.sentence_spans[waits_at].first_place
    assert room.told.sentences[-1] == room.plan.sentence_spans[waits_at]
    room.now_s += 10_000
    room.player.play()
    room.run(8)
    assert room.heard_words() == room.levels()


def test_a_sleep_that_is_called_off_leaves_no_trace() -> None:
    room = playing_room(0.07)
    room.player.set_sleep(SleepAtEnd(SleepUnit.SENTENCE))
    room.run(0.05)
    room.player.set_sleep(None)
    room.run(6)
    assert room.heard_words() == room.levels()
    assert room.told.lit == room.plan.words()
    assert room.told.soundings == 1


def test_who_skips_on_hears_the_sentence_skipped_to() -> None:
    room = playing_room(0.07)
    room.player.set_sleep(SleepAtEnd(SleepUnit.SENTENCE))
    room.player.move_to(room.plan.sentence_spans[3].first_place)
    room.run(3)
    assert room.doing() == Paused()
    assert room.player.place == room.plan.sentence_spans[4].first_place


def test_a_sentence_that_sounds_already_is_read_to_its_end() -> None:
    room = Room(sentences=6)
    room.output.buffer_frames = SAMPLE_RATE // 2  # the device is far ahead of what is heard
    room.run(0.1)
    room.player.play()
    room.run(0.6)
    assert len(room.told.lit) <= 3
    room.player.set_sleep(SleepAtEnd(SleepUnit.SENTENCE))
    room.run(5)
    assert room.heard_words() == room.levels()[:6]
    assert room.player.place == room.plan.sentence_spans[2].first_place


# Studying


def sentences_heard(room: Room) -> list[int]:
    """Return the sentences whose first word was lit, in order."""
    starts = {span.start: number for number, span in enumerate(room.plan.sentence_spans)}
    return [starts[word.start] for word in room.told.lit if word.start in starts]


def test_to_study_each_sentence_is_said_again_and_spoken_once() -> None:
    room = Room(sentences=3)
    room.player.begin_study(Study(repeats=3, pause_s=0.2))
    room.run(8)
    assert sentences_heard(room) == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert [said.span for said in room.speech.spoken] == room.plan.sentence_spans
    assert room.doing() == Paused(is_at_end=True)
    assert room.player.study is None


def test_the_second_time_takes_longer() -> None:
    room = Room(sentences=1, words_each=20)
    room.player.begin_study(Study(repeats=2, pause_s=0.5))
    room.run(5)
    sounds = [at for at, value in enumerate(array("h", room.output.played)) if abs(value) > 500]
    gap = next(at for at, (a, b) in enumerate(pairwise(sounds)) if b - a > SAMPLE_RATE // 4)
    first, second = sounds[gap] - sounds[0], sounds[-1] - sounds[gap + 1]
    assert second / first == pytest.approx(1 / SLOWER, rel=0.05)


def test_a_selection_is_studied_and_then_it_waits_behind_it() -> None:
    room = Room(sentences=6)
    within = Span(0, room.plan.sentence_spans[2].start + 2, room.plan.sentence_spans[3].end)
    room.player.begin_study(Study(repeats=2, pause_s=0.1, within=within))
    room.run(6)
    assert sentences_heard(room) == [2, 2, 3, 3, 4]  # the last one is shown, not heard
    assert set(room.heard_words()) == set(room.levels()[6:12])
    assert room.doing() == Paused()
    assert room.player.study is None
    assert room.player.place == room.plan.sentence_spans[4].first_place


def test_skips_go_by_sentences_while_studying() -> None:
    room = Room(sentences=5)
    room.player.begin_study(Study(repeats=4, pause_s=0.1))
    room.run(0.4)
    room.player.step(Step.NEXT_SENTENCE)
    room.run(1)
    assert sentences_heard(room)[-1] == 1
    assert room.player.study is not None


def test_ending_it_reads_on() -> None:
    room = Room(sentences=4)
    room.player.begin_study(Study(repeats=5, pause_s=0.1))
    room.run(0.4)
    room.player.end_study()
    room.run(6)
    assert sentences_heard(room)[-3:] == [1, 2, 3]


def test_one_that_cannot_be_spoken_counts_once_however_often_it_is_studied() -> None:
    room = Room(sentences=3)
    room.player.begin_study(Study(repeats=4, pause_s=0.1))
    room.player.on_speech_event(room.speech.fail())
    room.run(8)
    assert sentences_heard(room) == [1] * 4 + [2] * 4
    assert room.doing() == Paused(is_at_end=True)


# What need not be spoken


def test_where_the_whole_sentence_is_at_hand_it_begins_at_the_word_in_it() -> None:
    room = Room(sentences=12, words_each=5)
    sentence = room.plan.sentence_spans[9]
    (whole,) = islice(room.plan.utterances_from(sentence.first_place), 1)
    room.speech.at_hand = [whole]
    word = room.plan.words()[9 * 5 + 2]
    room.player.move_to(word.first_place)
    assert room.speech.requests[0][2] == whole
    assert room.told.words[-1] == word
    room.told.words.clear()
    room.player.play()
    room.run(4)
    assert room.told.lit == room.plan.words()[47:]
    assert room.heard_words() == room.levels(47)


def test_a_device_that_comes_back_before_anything_was_heard_changes_no_place() -> None:
    room = Room(sentences=12, words_each=5)
    (whole,) = islice(room.plan.utterances_from(room.plan.sentence_spans[9].first_place), 1)
    room.speech.at_hand = [whole]
    room.player.play_from(room.plan.words()[47].first_place)
    room.player.on_device_changed(DeviceFound("speakers"))
    room.run(4)
    assert room.heard_words() == room.levels(47)


def test_what_is_not_at_hand_is_asked_for_from_the_word_on() -> None:
    room = Room(sentences=12, words_each=5)
    word = room.plan.words()[47]
    room.player.move_to(word.first_place)
    assert room.speech.requests[0][2].span.first_place == word.first_place
