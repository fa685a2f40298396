"""Tests of reader.speech.synthesiser: what is asked for is answered, in order."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from reader.errors import SpeechProcessFailed
from reader.speech.engine import HeardWord
from reader.speech.speech_events import (
    AudioBegun,
    AudioReady,
    ProcessState,
    SpeechStopped,
    VoiceMeasured,
    VoiceReady,
)
from reader.speech.synthesiser import Synthesiser
from reader.text.document import Span
from tests.fakes.speech_events import SpeechEvents
from tests.fakes.speech_worker import (
    SAMPLE_RATE,
    VOICE,
    WORD_FRAMES,
)
from tests.fakes.spoken_utterances import utterance_of
from tests.speech.obedient_speech import ObedientSpeech


def test_answers_come_in_the_order_asked_with_the_words_of_the_source(
    speech: ObedientSpeech,
) -> None:
    speech.synthesiser.request(4, 0, utterance_of("one two", start=100))
    speech.synthesiser.request(4, 1, utterance_of("three"))
    assert speech.wait_for_answers(2) == [(4, 0, "audio"), (4, 1, "audio")]
    audio = speech.events.all_of(AudioReady)[0].audio
    assert audio.words == (
        HeardWord(Span(0, 100, 103), 0, 100),
        HeardWord(Span(0, 104, 107), 100, 200),
    )
    assert (audio.sample_rate, audio.frame_count) == (8000, 200)


def test_the_voice_is_ready_before_anything_is_asked(speech: ObedientSpeech) -> None:
    assert speech.events.wait_for_count(VoiceReady, 1) == [VoiceReady(VOICE)]
    speech.synthesiser.start(VOICE)
    assert len(speech.events.wait_for_count(VoiceReady, 2)) == 2
    assert len(speech.pids(ProcessState.STARTED)) == 1


def test_how_fast_a_voice_works_is_told_once_known_and_at_the_next_start(tmp_path: Path) -> None:
    a_second = " ".join(["word"] * (SAMPLE_RATE // WORD_FRAMES))
    speech = ObedientSpeech(tmp_path)
    speech.synthesiser.start(VOICE)
    speech.ask(*[a_second] * 19, f"nap {a_second}")
    (measured,) = speech.events.wait_for_count(VoiceMeasured, 1)
    speech.synthesiser.close()
    assert measured.voice == VOICE
    assert 0.5 / 20 < measured.real_time_factor < 2  # of which half a second was a nap
    again = ObedientSpeech(tmp_path)
    again.synthesiser.start(VOICE)
    assert again.events.wait_for_count(VoiceMeasured, 1) == [measured]
    again.synthesiser.close()


def test_one_that_fails_is_answered_as_failed_and_the_next_is_said(speech: ObedientSpeech) -> None:
    speech.ask("fail", "bug", "fine")
    answers = speech.wait_for_answers(3)
    assert answers == [(1, 0, "asked to"), (1, 1, "ZeroDivisionError"), (1, 2, "audio")]
    assert len(speech.pids(ProcessState.STARTED)) == 1


def test_what_comes_first_is_told_with_its_words_before_the_whole(speech: ObedientSpeech) -> None:
    speech.ask_at_once("begin this now")
    assert speech.wait_for_answers(1) == [(1, 0, "audio")]
    (begun,), (whole,) = speech.events.all_of(AudioBegun), speech.events.all_of(AudioReady)
    assert not begun.audio.is_whole
    assert len(begun.audio.words) == 2
    assert whole.audio.is_whole
    assert whole.audio.words[:2] == begun.audio.words
    assert whole.audio.pcm.startswith(begun.audio.pcm)


def test_one_that_fails_after_it_began_is_answered_as_failed(speech: ObedientSpeech) -> None:
    speech.ask_at_once("begin to stumble here")
    assert speech.wait_for_answers(1) == [(1, 0, "stumbled")]
    assert len(speech.events.all_of(AudioBegun)) == 1


def test_what_has_begun_is_cancelled_when_the_listener_moves_on(speech: ObedientSpeech) -> None:
    speech.ask_at_once("begin and lull")
    speech.events.wait_for_count(AudioBegun, 1)
    speech.synthesiser.drop_before(2)
    speech.ask("two", generation=2)
    assert speech.wait_for_answers(1) == [(2, 0, "audio")]


def test_a_command_that_cannot_be_started_stops_speech(tmp_path: Path) -> None:
    events = SpeechEvents()
    synthesiser = Synthesiser(events.hear, voices_dir=tmp_path, command=[str(tmp_path / "none")])
    synthesiser.start(VOICE)
    (stopped,) = events.wait_for_count(SpeechStopped, 1)
    synthesiser.close()
    assert isinstance(stopped.error, SpeechProcessFailed)


def test_what_is_older_than_a_seek_is_dropped_and_the_running_one_cancelled(
    speech: ObedientSpeech,
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


def test_it_may_be_closed_before_it_was_started_and_twice(tmp_path: Path) -> None:
    speech = ObedientSpeech(tmp_path)
    speech.synthesiser.close()
    speech.synthesiser.close()


def test_asking_without_a_voice_is_answered(tmp_path: Path) -> None:
    speech = ObedientSpeech(tmp_path)
    speech.ask("one")
    speech.events.wait_for_count(SpeechStopped, 1)
    speech.synthesiser.close()


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
