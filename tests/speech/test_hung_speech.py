"""Tests of reader.speech.synthesiser where its process hangs, or only seems to."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from reader.errors import SpeechProcessFailed
from reader.speech.process.limits import Limits
from reader.speech.speech_events import (
    ProcessState,
    SpeechStopped,
    VoiceReady,
)
from tests.fakes.speech_worker import (
    ENDLESS_VOICE,
    TOIL_S,
    VOICE,
)
from tests.speech.obedient_speech import ObedientSpeech, has_ended


def test_a_hung_process_is_ended_and_what_hung_it_left_out(
    open_speech: Callable[[Limits], ObedientSpeech],
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
    open_speech: Callable[[Limits], ObedientSpeech],
) -> None:
    speech = open_speech(Limits(load_idle_s=0.2, deaths_within_s=0.1))
    speech.synthesiser.start(ENDLESS_VOICE)
    (stopped,) = speech.events.wait_for_count(SpeechStopped, 1)
    assert isinstance(stopped.error, SpeechProcessFailed)
    assert len(speech.pids(ProcessState.DIED)) == 1


def test_one_that_goes_round_in_circles_is_ended_too(
    open_speech: Callable[[Limits], ObedientSpeech],
) -> None:
    speech = open_speech(Limits(utterance_s=1.0, utterance_s_per_character=0.0))
    speech.synthesiser.start(VOICE)
    speech.ask("circle")
    answers = speech.wait_for_answers(1)
    assert [outcome == "audio" for *_, outcome in answers] == [False]
    assert speech.asked() == ["circle"]


def test_one_that_circles_after_others_were_said_is_ended_sooner(
    open_speech: Callable[[Limits], ObedientSpeech],
) -> None:
    speech = open_speech(Limits(utterance_s=1e6, dearer_s=0.3, dearer_clock_s=0.3))
    speech.synthesiser.start(VOICE)
    speech.ask("one", "two", "three", "circle", "four")
    answers = speech.wait_for_answers(5)
    assert [outcome == "audio" for *_, outcome in answers] == [True, True, True, False, True]


def test_one_that_circles_at_the_first_sentence_is_ended_sooner_where_its_speed_is_known(
    open_speech: Callable[[Limits], ObedientSpeech], tmp_path: Path
) -> None:
    (tmp_path / "speeds.json").write_text(json.dumps({VOICE: 0.1}), encoding="utf-8")
    speech = open_speech(Limits(utterance_s=1e6, dearer_s=0.3, dearer_clock_s=0.3))
    speech.synthesiser.start(VOICE)
    speech.ask("circle", "one")
    answers = speech.wait_for_answers(2)
    assert [outcome == "audio" for *_, outcome in answers] == [False, True]


def test_one_that_works_slowly_is_not_taken_to_hang(
    open_speech: Callable[[Limits], ObedientSpeech],
) -> None:
    speech = open_speech(Limits(utterance_s=TOIL_S * 2 / 3, utterance_s_per_character=0.0))
    speech.synthesiser.start(VOICE)
    speech.ask("toil")
    answers = speech.wait_for_answers(1)
    assert [outcome == "audio" for *_, outcome in answers] == [True]
    assert speech.asked() == ["toil"]


def test_closing_ends_even_a_process_that_hangs(tmp_path: Path) -> None:
    speech = ObedientSpeech(tmp_path)
    speech.synthesiser.start(VOICE)
    speech.ask("hang")
    speech.wait_until_asked("hang")
    speech.synthesiser.close()
    (pid,) = speech.pids(ProcessState.STARTED)
    assert speech.pids(ProcessState.STOPPED) == [pid]
    assert has_ended(pid)
