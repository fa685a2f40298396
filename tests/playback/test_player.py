"""What the player does when it is asked to play, pause, change its speed or its voice."""

from __future__ import annotations

from array import array

import pytest

from reader.playback import reading_line
from reader.playback.options import PlaybackOptions
from reader.playback.states import Empty, Paused, Playing, Preparing
from reader.speech.engine import VoiceId
from reader.speech.pauses import USUAL_PAUSES, PauseLengths
from tests.fakes.scripted_speech import SAMPLE_RATE, WORD_FRAMES, level_of_word
from tests.playback.player_room import TICK_FRAMES, Room


def test_what_lies_at_the_place_is_asked_for_while_nothing_plays() -> None:
    room = Room()
    assert room.speech.asked
    assert room.doing() == Paused()
    assert room.told.soundings == 0


def test_a_text_is_read_to_its_end_every_word_once_and_lit_once() -> None:
    room = Room()
    room.run(0.1)
    room.player.play()
    room.run(8)
    assert room.heard_words() == room.levels()
    assert room.told.lit == room.plan.words()
    assert room.told.sentences[:6] == room.plan.sentence_spans
    assert room.told.soundings == 1
    assert room.doing() == Paused(is_at_end=True)
    assert not room.told.are_ticks_wanted


def test_a_word_is_lit_when_its_first_frame_is_heard() -> None:
    room = Room()
    room.run(0.1)
    room.player.play()
    while not room.told.lit:
        room.run(0.01)
    first_sound = next(at for at, value in enumerate(array("h", room.output.played)) if value)
    played = len(room.output.played) // 2
    assert first_sound <= played <= first_sound + 2 * TICK_FRAMES


def test_the_audio_heard_is_that_of_the_word_lit_and_nothing_in_a_silence() -> None:
    room = Room()
    room.run(0.1)
    assert room.player.audio_heard() is None
    room.player.play()
    while not room.told.lit:
        room.run(0.01)
    heard = room.player.audio_heard()
    assert heard is not None
    word = heard.audio.words[0]
    assert word.first_frame <= heard.frame < word.end_frame
    assert word.span == room.told.lit[-1]
    room.player.pause()
    room.run(0.5)
    assert room.player.audio_heard() is None


def test_play_after_the_end_begins_again() -> None:
    room = Room(sentences=2)
    room.run(0.1)
    room.player.play()
    room.run(4)
    asked = room.speech.asked
    room.player.play()
    room.run(4)
    assert room.told.lit == room.plan.words() * 2
    assert room.speech.asked == asked  # all of it was kept


def test_sound_waits_for_the_voice_and_starts_with_it() -> None:
    room = Room()
    room.player.play()
    assert room.doing() == Preparing()
    room.run(0.5, answering=False)
    assert room.told.lit == []
    room.run(0.1)
    assert room.doing() == Playing()
    assert room.told.soundings == 1


def test_a_slow_voice_makes_silence_and_loses_nothing() -> None:
    room = Room(sentences=4)
    room.player.play()
    for _ in range(4):
        room.run(1.2, answering=False)
        assert room.doing() == Preparing()
        if room.speech.requests:
            room.player.on_speech_event(room.speech.answer())
        assert room.doing() == Playing()
    room.run(1.2)
    assert room.heard_words() == room.levels()
    assert room.told.lit == room.plan.words()


@pytest.mark.parametrize("ticks", range(5, 60, 9))
def test_pause_is_silence_and_play_goes_on_with_the_next_frame(ticks: int) -> None:
    room = Room(sentences=2)
    room.run(0.1)
    room.player.play()
    room.run(ticks / 100)
    room.player.pause()
    room.run(0.03)
    before = len(room.output.played)
    room.run(1)
    assert not any(room.output.played[before:])
    assert room.doing() == Paused()
    assert not room.told.are_ticks_wanted
    room.player.play()
    room.run(3)
    assert room.told.lit == room.plan.words()
    full = {level_of_word(word) for word in room.plan.words()}
    sounding = [value for value in array("h", room.output.played) if value in full]
    assert len(sounding) == pytest.approx(6 * 400, abs=150)  # six words, less the fades


def test_speed_changes_the_pace_at_once_without_a_new_synthesis() -> None:
    room = Room(sentences=8)
    room.run(0.2)
    room.player.play()
    room.run(1)
    asked, words = room.speech.asked, len(room.told.lit)
    room.player.set_speed(2.0)
    room.run(1)
    assert len(room.told.lit) - words == pytest.approx(2 * words, abs=3)
    room.run(4)
    assert room.told.lit == room.plan.words()
    assert room.speech.asked <= asked + 2


def test_another_voice_goes_on_from_the_word_being_heard_even_at_another_rate() -> None:
    room = Room(sentences=4)
    room.run(0.1)
    room.player.play()
    room.run(0.3)
    word = room.told.lit[-1]
    room.speech.sample_rate = 2 * SAMPLE_RATE
    room.player.set_voice(VoiceId("scripted:two"))
    room.run(8)
    rest = room.plan.words()[room.plan.words().index(word) :]
    assert room.told.lit[-len(rest) :] == rest
    assert room.output.starts == 2


def test_times_follow_place_and_speed() -> None:
    room = Room(sentences=10)
    whole_s = room.player.elapsed_s + room.player.left_s
    assert room.player.elapsed_s == 0
    room.player.move_to(room.plan.sentence_spans[5].first_place)
    assert room.player.elapsed_s == pytest.approx(whole_s / 2, rel=0.05)
    room.player.set_speed(2)
    assert room.player.elapsed_s + room.player.left_s == pytest.approx(whole_s / 2)


def test_the_rest_takes_longer_with_longer_pauses() -> None:
    left_s = []
    for pauses in (USUAL_PAUSES, PauseLengths(sentence_s=2 * USUAL_PAUSES.sentence_s)):
        room = Room(sentences=10)
        room.player.set_options(PlaybackOptions(pauses=pauses))
        room.run(0.5)
        left_s.append(room.player.left_s)
    assert left_s[1] > left_s[0]


def test_a_closed_player_holds_no_text_and_ignores_late_answers() -> None:
    room = Room()
    late = room.speech.answer()
    room.player.play()
    room.player.close()
    room.player.on_speech_event(late)
    room.run(0.6)
    assert room.doing() == Empty()
    room.player.play()
    assert room.doing() == Empty()


def test_of_what_was_spoken_only_so_much_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_line, "_KEPT_BYTES", 3 * 3 * WORD_FRAMES * 2)  # three sentences
    room = Room(sentences=30)
    room.player.play()
    room.run(30)
    assert room.doing() == Paused(is_at_end=True)
    first, *_, last = room.plan.sentence_spans
    asked = room.speech.asked
    room.player.move_to(last.first_place)
    room.run(1)
    assert room.speech.asked == asked
    room.player.move_to(first.first_place)
    room.run(1)
    assert room.speech.asked > asked
