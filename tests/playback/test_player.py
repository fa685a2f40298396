"""What the player does, asked and told whatever in whatever order."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import AudioDeviceMissing, SpeechProcessFailed, SynthesisFailed
from reader.playback import reading_line
from reader.playback.skip_settling import SKIP_SETTLES_S
from reader.playback.states import Empty, Paused, Playing, Preparing, Stopped
from reader.playback.steps import Step
from reader.playback.stream.output import DeviceFound, DeviceLost
from reader.speech.engine import VoiceId
from reader.speech.planning.heard_notes import HeardNotes, NotesHeard
from reader.speech.speech_events import SpeechStopped
from reader.text.document import Place
from tests.fakes.scripted_speech import SAMPLE_RATE, WORD_FRAMES, level_of_word
from tests.playback.noted_passages import noted, say
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


ACTIONS = st.one_of(
    st.sampled_from(
        ("play", "pause", "next", "previous", "answer", "fail", "die", "lost", "found")
    ),
    st.tuples(st.just("run"), st.integers(1, 60)),
    st.tuples(st.just("notes"), st.integers(0, 13)),
    st.tuples(st.just("jump"), st.integers(0, 17)),
    st.tuples(st.just("speed"), st.sampled_from((0.5, 1.0, 1.0, 2.0))),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(ACTIONS, max_size=25))
def test_whatever_happens_words_are_told_in_order_and_it_can_always_be_finished(
    actions: list[str | tuple[str, int] | tuple[str, float]],
) -> None:
    room = Room()
    words = room.plan.words()
    for action in actions:
        moved_from = len(room.told.words)
        match action:
            case "play":
                room.player.play()
            case "pause":
                room.player.pause()
            case "next":
                room.player.step(Step.NEXT_SENTENCE)
            case "previous":
                room.player.step(Step.PREVIOUS_SENTENCE)
            case "answer" if room.speech.requests:
                room.player.on_speech_event(room.speech.answer())
            case "fail" if room.speech.requests:
                room.player.on_speech_event(room.speech.fail())
            case "die":
                room.speech.requests.clear()
                room.player.on_speech_event(SpeechStopped(SpeechProcessFailed("died")))
            case "lost":
                room.output.is_available = False
                room.output.lose_buffer()
                room.player.on_device_changed(DeviceLost(""))
            case "found":
                room.output.is_available = True
                room.player.on_device_changed(DeviceFound(""))
            case ("jump", int(index)):
                room.player.move_to(words[index].first_place)
            case ("speed", float(speed)):
                room.player.set_speed(speed)
            case ("notes", int(which)):
                passages = [noted(str(n), 13 * n, 13 * n + 20, "So.") for n in range(which % 7)]
                when = NotesHeard.AFTER_PARAGRAPH if which % 2 else NotesHeard.AFTER_SENTENCE
                room.player.set_notes(HeardNotes(passages, when, say))
            case ("run", int(ticks)):
                room.run(ticks / 100, answering=False)
                told = [word for word in room.told.words[moved_from:] if word is not None]
                assert told == sorted(told)
                assert len(set(told)) == len(told)
    # whatever it went through: from here it reads to the end
    room.output.is_available = True
    room.player.set_speed(1.0)
    room.player.move_to(words[9].first_place)
    first, skipped = len(room.told.words), len(room.told.skipped)
    room.player.play()
    for _ in range(3):
        room.run(4)
        if isinstance(room.player.state, Stopped):
            room.player.play()
    unsaid = [span for span, _reason in room.told.skipped[skipped:]]
    wanted = {word for word in words[9:] if not any(word.first_place in span for span in unsaid)}
    assert wanted <= set(room.told.words[first:])
    assert room.doing() == Paused(is_at_end=True)


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
