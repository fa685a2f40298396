"""Tests of reader.speech.synthesiser with processes that really die, hang and refuse."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reader.errors import EngineUnavailable, SpeechProcessFailed, VoiceNotInstalled
from reader.speech.engine import HeardWord, VoiceId
from reader.speech.flux import hop_frames
from reader.speech.pcm import soft_end_frames
from reader.speech.process.limits import Limits
from reader.speech.speech_events import (
    AudioBegun,
    AudioReady,
    ProcessChanged,
    ProcessState,
    SpeechStopped,
    UtteranceFailed,
    VoiceMeasured,
    VoiceReady,
)
from reader.speech.synthesiser import Synthesiser
from reader.speech.voices.overview import DEFAULT_VOICE
from reader.text.document import Span
from tests.fakes import speech_worker
from tests.fakes.speech_events import SpeechEvents
from tests.fakes.speech_worker import (
    BROKEN_VOICE,
    DEADLY_VOICE,
    ENDLESS_VOICE,
    OTHER_VOICE,
    SAMPLE_RATE,
    TOIL_S,
    VOICE,
    WORD_FRAMES,
)
from tests.fakes.spoken_utterances import utterance_of
from tests.patience import PATIENCE_S


class _Speech:
    """A synthesiser over the obedient worker, what it tells, and what the worker was asked."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self.events = SpeechEvents()
        self._diary = folder / "diary"
        self.synthesiser = Synthesiser(
            self.events.hear,
            voices_dir=folder,
            speeds_file=folder / "speeds.json",
            command=[sys.executable, speech_worker.__file__, str(self._diary)],
            limits=limits,
        )

    def ask(self, *texts: str, generation: int = 1, first: int = 0) -> None:
        for number, text in enumerate(texts, start=first):
            self.synthesiser.request(generation, number, utterance_of(text))

    def ask_at_once(self, text: str, generation: int = 1) -> None:
        self.synthesiser.request(generation, 0, utterance_of(text), at_once=True)

    def asked(self) -> list[str]:
        lines = self._diary.read_text(encoding="utf-8").splitlines() if self._diary.exists() else []
        return [line for line in lines if line != "One, two."]  # what warms it up

    def wait_until_asked(self, text: str, times: int = 1) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while self.asked().count(text) < times:
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def wait_for_answers(self, count: int) -> list[tuple[int, int, str]]:
        self.events.wait_for(lambda: len(self.events.answers()) >= count)
        return self.events.answers()

    def pids(self, state: ProcessState) -> list[int | None]:
        return [e.pid for e in self.events.all_of(ProcessChanged) if e.state is state]


@pytest.fixture
def speech(tmp_path: Path) -> Iterator[_Speech]:
    """A started synthesiser."""
    started = _Speech(tmp_path)
    started.synthesiser.start(VOICE)
    yield started
    started.synthesiser.close()


@pytest.fixture
def open_speech(tmp_path: Path) -> Iterator[Callable[[Limits], _Speech]]:
    """Make one with limits of its own."""
    opened: list[_Speech] = []

    def open_with(limits: Limits) -> _Speech:
        opened.append(_Speech(tmp_path, limits))
        return opened[-1]

    yield open_with
    for each in opened:
        each.synthesiser.close()


def _has_ended(pid: int | None) -> bool:
    try:
        os.kill(pid or 0, 0)
    except ProcessLookupError:
        return True
    return False


def test_answers_come_in_the_order_asked_with_the_words_of_the_source(speech: _Speech) -> None:
    speech.synthesiser.request(4, 0, utterance_of("one two", start=100))
    speech.synthesiser.request(4, 1, utterance_of("three"))
    assert speech.wait_for_answers(2) == [(4, 0, "audio"), (4, 1, "audio")]
    audio = speech.events.all_of(AudioReady)[0].audio
    assert audio.words == (
        HeardWord(Span(0, 100, 103), 0, 100),
        HeardWord(Span(0, 104, 107), 100, 200),
    )
    assert (audio.sample_rate, audio.frame_count) == (8000, 200)


def test_the_voice_is_ready_before_anything_is_asked(speech: _Speech) -> None:
    assert speech.events.wait_for_count(VoiceReady, 1) == [VoiceReady(VOICE)]
    speech.synthesiser.start(VOICE)
    assert len(speech.events.wait_for_count(VoiceReady, 2)) == 2
    assert len(speech.pids(ProcessState.STARTED)) == 1


def test_how_fast_a_voice_works_is_told_once_known_and_at_the_next_start(tmp_path: Path) -> None:
    a_second = " ".join(["word"] * (SAMPLE_RATE // WORD_FRAMES))
    speech = _Speech(tmp_path)
    speech.synthesiser.start(VOICE)
    speech.ask(*[a_second] * 19, f"nap {a_second}")
    (measured,) = speech.events.wait_for_count(VoiceMeasured, 1)
    speech.synthesiser.close()
    assert measured.voice == VOICE
    assert 0.5 / 20 < measured.real_time_factor < 2  # of which half a second was a nap
    again = _Speech(tmp_path)
    again.synthesiser.start(VOICE)
    assert again.events.wait_for_count(VoiceMeasured, 1) == [measured]
    again.synthesiser.close()


def test_one_that_fails_is_answered_as_failed_and_the_next_is_said(speech: _Speech) -> None:
    speech.ask("fail", "bug", "fine")
    answers = speech.wait_for_answers(3)
    assert answers == [(1, 0, "asked to"), (1, 1, "ZeroDivisionError"), (1, 2, "audio")]
    assert len(speech.pids(ProcessState.STARTED)) == 1


def test_killed_again_and_again_while_it_speaks_nothing_is_left_out(tmp_path: Path) -> None:
    speech = _Speech(tmp_path)
    speech.synthesiser.start(VOICE)
    try:
        speech.ask("one", "nap", "two", "three")
        for kill in range(4):
            speech.wait_until_asked("nap", times=kill + 1)
            speech.synthesiser.drop_before(1)  # drops nothing: they are of this generation
            os.kill(speech.pids(ProcessState.STARTED)[kill] or 0, signal.SIGKILL)
        answers = speech.wait_for_answers(4)
    finally:
        speech.synthesiser.close()
    assert answers == [(1, number, "audio") for number in range(4)]
    assert len(speech.pids(ProcessState.DIED)) == 4
    assert all(_has_ended(pid) for pid in speech.pids(ProcessState.STARTED))


def test_killed_faster_than_a_sentence_is_spoken_it_is_said_all_the_same(
    speech: _Speech,
) -> None:
    """It takes 1.8 s and is killed after 1, again and again: whole it would never be said."""
    text = " ".join(f"doze{number}" for number in range(12))
    speech.ask(text)
    kills = 0
    while not _is_answered_within(speech, kills):
        assert kills < 12
        os.kill(speech.pids(ProcessState.STARTED)[kills] or 0, signal.SIGKILL)
        kills += 1
    (answer,) = speech.events.all_of(AudioReady)
    assert kills > 0
    assert len(answer.audio.words) == 12
    assert speech.asked()[0] == text


def _is_answered_within(speech: _Speech, kills: int, seconds: float = 1.0) -> bool:
    speech.events.wait_for_count(VoiceReady, kills + 1)
    end = time.monotonic() + seconds
    while not speech.events.answers() and time.monotonic() < end:
        time.sleep(0.01)
    return bool(speech.events.answers())


def test_what_comes_first_is_told_with_its_words_before_the_whole(speech: _Speech) -> None:
    speech.ask_at_once("begin this now")
    assert speech.wait_for_answers(1) == [(1, 0, "audio")]
    (begun,), (whole,) = speech.events.all_of(AudioBegun), speech.events.all_of(AudioReady)
    assert not begun.audio.is_whole
    assert len(begun.audio.words) == 2
    assert whole.audio.is_whole
    assert whole.audio.words[:2] == begun.audio.words
    assert whole.audio.pcm.startswith(begun.audio.pcm)


def test_killed_after_it_began_the_whole_goes_on_from_a_word_of_what_came_first(
    speech: _Speech,
) -> None:
    speech.ask_at_once("begin then, fall down")
    assert speech.wait_for_answers(1) == [(1, 0, "audio")]
    assert speech.asked() == ["begin then, fall down", "fall down"]
    (begun,), (whole,) = speech.events.all_of(AudioBegun), speech.events.all_of(AudioReady)
    assert [word.span for word in whole.audio.words] == [
        Span(0, 0, 5), Span(0, 6, 10), Span(0, 12, 16), Span(0, 17, 21)
    ]  # fmt: skip
    assert whole.audio.words[:2] == begun.audio.words
    said_frames = begun.audio.words[1].end_frame
    kept_bytes = 2 * (said_frames - soft_end_frames(SAMPLE_RATE))
    assert whole.audio.pcm[:kept_bytes] == begun.audio.pcm[:kept_bytes]
    assert whole.audio.words[2].first_frame >= said_frames


def test_one_that_fails_after_it_began_is_answered_as_failed(speech: _Speech) -> None:
    speech.ask_at_once("begin to stumble here")
    assert speech.wait_for_answers(1) == [(1, 0, "stumbled")]
    assert len(speech.events.all_of(AudioBegun)) == 1


def test_what_has_begun_is_cancelled_when_the_listener_moves_on(speech: _Speech) -> None:
    speech.ask_at_once("begin and lull")
    speech.events.wait_for_count(AudioBegun, 1)
    speech.synthesiser.drop_before(2)
    speech.ask("two", generation=2)
    assert speech.wait_for_answers(1) == [(2, 0, "audio")]


def test_killed_while_idle_it_is_there_again(speech: _Speech) -> None:
    for round_number in range(1, 6):
        speech.events.wait_for_count(VoiceReady, round_number)
        os.kill(speech.pids(ProcessState.STARTED)[-1] or 0, signal.SIGKILL)
    speech.events.wait_for_count(VoiceReady, 6)
    speech.ask("one")
    assert speech.wait_for_answers(1) == [(1, 0, "audio")]


def test_a_text_that_kills_the_process_is_left_out(speech: _Speech) -> None:
    speech.ask("one", "crash", "two")
    answers = speech.wait_for_answers(3)
    assert [outcome == "audio" for *_, outcome in answers] == [True, False, True]
    assert speech.asked().count("crash") == 2


def test_two_texts_in_a_row_that_kill_the_process_are_left_out(speech: _Speech) -> None:
    speech.ask("crash", "crash", "two")
    answers = speech.wait_for_answers(3)
    assert [outcome == "audio" for *_, outcome in answers] == [False, False, True]


def test_it_gives_up_at_the_third_text_in_a_row_that_kills_the_process(speech: _Speech) -> None:
    speech.ask("crash", "crash", "crash", "crash")
    (stopped,) = speech.events.wait_for_count(SpeechStopped, 1)
    assert isinstance(stopped.error, SpeechProcessFailed)
    assert speech.asked() == ["crash"] * 5
    assert speech.pids(ProcessState.STOPPED) == [None]


def test_after_giving_up_asking_again_speaks_again(speech: _Speech) -> None:
    speech.ask("crash", "crash", "crash")
    speech.events.wait_for_count(SpeechStopped, 1)
    speech.ask("one", generation=2)
    speech.events.wait_for(lambda: (2, 0, "audio") in speech.events.answers())


def test_a_voice_that_kills_the_process_stops_speech(tmp_path: Path) -> None:
    speech = _Speech(tmp_path)
    try:
        speech.synthesiser.start(DEADLY_VOICE)
        (stopped,) = speech.events.wait_for_count(SpeechStopped, 1)
        assert isinstance(stopped.error, SpeechProcessFailed)
        speech.synthesiser.start(VOICE)
        speech.events.wait_for_count(VoiceReady, 1)
    finally:
        speech.synthesiser.close()


def test_a_voice_that_is_not_there_is_told_and_another_may_be_started(speech: _Speech) -> None:
    speech.synthesiser.start(VoiceId("fake:none"))
    speech.events.wait_for_count(SpeechStopped, 1)
    speech.synthesiser.start(BROKEN_VOICE)
    missing, broken = speech.events.wait_for_count(SpeechStopped, 2)
    assert isinstance(missing.error, VoiceNotInstalled)
    assert isinstance(broken.error, EngineUnavailable)
    assert broken.error.reason == "it is broken"
    speech.synthesiser.start(VOICE)
    speech.ask("one")
    assert speech.wait_for_answers(1) == [(1, 0, "audio")]
    assert not speech.pids(ProcessState.DIED)


def test_a_command_that_cannot_be_started_stops_speech(tmp_path: Path) -> None:
    events = SpeechEvents()
    synthesiser = Synthesiser(events.hear, voices_dir=tmp_path, command=[str(tmp_path / "none")])
    synthesiser.start(VOICE)
    (stopped,) = events.wait_for_count(SpeechStopped, 1)
    synthesiser.close()
    assert isinstance(stopped.error, SpeechProcessFailed)


def test_a_hung_process_is_ended_and_what_hung_it_left_out(
    open_speech: Callable[[Limits], _Speech],
) -> None:
    speech = open_speech(Limits(utterance_idle_s=0.2))
    speech.synthesiser.start(VOICE)
    speech.ask("hang")
    ((*_, outcome),) = speech.wait_for_answers(1)
    assert outcome != "audio"
    speech.events.wait_for_count(VoiceReady, 2)
    assert speech.asked().count("hang") < 2, "it took long enough once"
    assert len(speech.pids(ProcessState.DIED)) == 1


def test_a_voice_that_hangs_while_it_is_loaded_stops_speech(
    open_speech: Callable[[Limits], _Speech],
) -> None:
    speech = open_speech(Limits(load_idle_s=0.2, deaths_within_s=0.1))
    speech.synthesiser.start(ENDLESS_VOICE)
    (stopped,) = speech.events.wait_for_count(SpeechStopped, 1)
    assert isinstance(stopped.error, SpeechProcessFailed)
    assert len(speech.pids(ProcessState.DIED)) == 1


def test_one_that_goes_round_in_circles_is_ended_too(
    open_speech: Callable[[Limits], _Speech],
) -> None:
    speech = open_speech(Limits(utterance_s=1.0, utterance_s_per_character=0.0))
    speech.synthesiser.start(VOICE)
    speech.ask("circle")
    answers = speech.wait_for_answers(1)
    assert [outcome == "audio" for *_, outcome in answers] == [False]
    assert speech.asked() == ["circle"]


def test_one_that_works_slowly_is_not_taken_to_hang(
    open_speech: Callable[[Limits], _Speech],
) -> None:
    speech = open_speech(Limits(utterance_s=TOIL_S * 2 / 3, utterance_s_per_character=0.0))
    speech.synthesiser.start(VOICE)
    speech.ask("toil")
    answers = speech.wait_for_answers(1)
    assert [outcome == "audio" for *_, outcome in answers] == [True]
    assert speech.asked() == ["toil"]


def test_what_is_older_than_a_seek_is_dropped_and_the_running_one_cancelled(
    speech: _Speech,
) -> None:
    speech.ask("slow", "old", "older")
    speech.wait_until_asked("slow")
    speech.synthesiser.drop_before(2)
    speech.ask("late", generation=1, first=3)
    speech.ask("new", generation=2)
    speech.wait_for_answers(1)
    assert speech.events.answers() == [(2, 0, "audio")]
    assert speech.asked() == ["slow", "new"]
    assert len(speech.pids(ProcessState.STARTED)) == 1


def test_closing_ends_even_a_process_that_hangs(tmp_path: Path) -> None:
    speech = _Speech(tmp_path)
    speech.synthesiser.start(VOICE)
    speech.ask("hang")
    speech.wait_until_asked("hang")
    speech.synthesiser.close()
    (pid,) = speech.pids(ProcessState.STARTED)
    assert speech.pids(ProcessState.STOPPED) == [pid]
    assert _has_ended(pid)


def test_it_may_be_closed_before_it_was_started_and_twice(tmp_path: Path) -> None:
    speech = _Speech(tmp_path)
    speech.synthesiser.close()
    speech.synthesiser.close()


def test_asking_without_a_voice_is_answered(tmp_path: Path) -> None:
    speech = _Speech(tmp_path)
    speech.ask("one")
    speech.events.wait_for_count(SpeechStopped, 1)
    speech.synthesiser.close()


def test_the_real_voice_killed_while_it_speaks_goes_on(tmp_path: Path) -> None:
    events = SpeechEvents()
    synthesiser = Synthesiser(events.hear, voices_dir=tmp_path)
    try:
        synthesiser.start(DEFAULT_VOICE)
        events.wait_for_count(VoiceReady, 1)
        text = "the old house on the hill was empty and nobody in the town could say why"
        for number in range(3):
            synthesiser.request(1, number, utterance_of(text))
        events.wait_for_count(AudioReady, 1)
        (started,) = events.all_of(ProcessChanged)
        os.kill(started.pid or 0, signal.SIGKILL)
        answers = events.wait_for_count(AudioReady, 3)
    finally:
        synthesiser.close()
    assert [answer.number for answer in answers] == [0, 1, 2]
    assert all(len(answer.audio.words) == len(text.split()) for answer in answers)
    assert not events.all_of(UtteranceFailed)


def test_the_program_that_speaks_loads_no_model_itself(tmp_path: Path) -> None:
    program = (
        "import sys, pathlib, threading\n"
        "from reader.speech.speech_events import VoiceReady\n"
        "from reader.speech.synthesiser import Synthesiser\n"
        "from reader.speech.voices.overview import DEFAULT_VOICE\n"
        "ready = threading.Event()\n"
        "hear = lambda event: ready.set() if isinstance(event, VoiceReady) else None\n"
        f"synthesiser = Synthesiser(hear, voices_dir=pathlib.Path({str(tmp_path)!r}))\n"
        "synthesiser.start(DEFAULT_VOICE)\n"
        "assert ready.wait(60)\n"
        "synthesiser.close()\n"
        "print(sorted({'numpy', 'onnxruntime', 'piper'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


def test_an_utterance_with_a_voice_of_its_own_is_said_by_it(speech: _Speech) -> None:
    speech.synthesiser.request(1, 0, replace(utterance_of("Eins."), voice=OTHER_VOICE))
    speech.ask("Two.", first=1)
    assert [answer[:2] for answer in speech.wait_for_answers(2)] == [(1, 0), (1, 1)]
    assert [event.voice for event in speech.events.all_of(VoiceReady)][-2:] == [OTHER_VOICE, VOICE]


def test_what_another_voice_says_comes_at_the_rate_of_the_one_that_reads(speech: _Speech) -> None:
    speech.ask("Text.")
    aside = replace(utterance_of("An aside."), voice=OTHER_VOICE)
    speech.synthesiser.request(1, 1, aside)
    speech.wait_for_answers(2)
    _text, spoken = speech.events.all_of(AudioReady)
    assert spoken.audio.sample_rate == SAMPLE_RATE
    assert spoken.audio.frame_count == 2 * 2 * WORD_FRAMES  # at half the rate there are half of it
    assert [word.first_frame for word in spoken.audio.words] == [0, 2 * WORD_FRAMES]
    assert len(spoken.audio.flux) == spoken.audio.frame_count / hop_frames(SAMPLE_RATE)


def test_so_it_does_where_what_is_read_was_kept_and_the_voice_has_not_spoken(
    speech: _Speech,
) -> None:
    speech.synthesiser.reads_at(SAMPLE_RATE)
    speech.synthesiser.request(1, 0, replace(utterance_of("An aside."), voice=OTHER_VOICE))
    speech.wait_for_answers(1)
    (spoken,) = speech.events.all_of(AudioReady)
    assert spoken.audio.sample_rate == SAMPLE_RATE


def test_what_a_refused_voice_was_to_say_is_said_by_the_one_that_reads(speech: _Speech) -> None:
    speech.synthesiser.request(1, 0, replace(utterance_of("Eins."), voice=BROKEN_VOICE))
    speech.synthesiser.request(1, 1, replace(utterance_of("Zwei."), voice=BROKEN_VOICE))
    assert [answer[:2] for answer in speech.wait_for_answers(2)] == [(1, 0), (1, 1)]
    assert not speech.events.all_of(SpeechStopped)


def test_a_second_voice_that_kills_the_process_is_done_without_and_the_text_is_read(
    speech: _Speech,
) -> None:
    speech.synthesiser.request(1, 0, replace(utterance_of("Aside."), voice=DEADLY_VOICE))
    speech.ask("Text.", first=1)
    speech.synthesiser.request(1, 2, replace(utterance_of("Another."), voice=DEADLY_VOICE))
    assert speech.wait_for_answers(3) == [(1, number, "audio") for number in range(3)]
    assert speech.asked() == ["Aside.", "Text.", "Another."]
    assert not speech.events.all_of(SpeechStopped)
    assert len(speech.pids(ProcessState.DIED)) == 1
