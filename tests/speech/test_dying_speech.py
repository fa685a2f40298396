"""Tests of reader.speech.synthesiser where its process crashes or is killed."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from reader.errors import SpeechProcessFailed
from reader.speech.pcm import soft_end_frames
from reader.speech.speech_events import (
    AudioBegun,
    AudioReady,
    ProcessChanged,
    ProcessState,
    SpeechStopped,
    UtteranceFailed,
    VoiceReady,
)
from reader.speech.synthesiser import Synthesiser
from reader.speech.voices.overview import DEFAULT_VOICE
from reader.text.document import Span
from tests.fakes.speech_events import SpeechEvents
from tests.fakes.speech_worker import (
    DEADLY_VOICE,
    SAMPLE_RATE,
    VOICE,
)
from tests.fakes.spoken_utterances import utterance_of
from tests.speech.obedient_speech import ObedientSpeech, has_ended


def test_killed_again_and_again_while_it_speaks_nothing_is_left_out(tmp_path: Path) -> None:
    speech = ObedientSpeech(tmp_path)
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
    assert all(has_ended(pid) for pid in speech.pids(ProcessState.STARTED))


def test_killed_faster_than_a_sentence_is_spoken_it_is_said_all_the_same(
    speech: ObedientSpeech,
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


def _is_answered_within(speech: ObedientSpeech, kills: int, seconds: float = 1.0) -> bool:
    speech.events.wait_for_count(VoiceReady, kills + 1)
    end = time.monotonic() + seconds
    while not speech.events.answers() and time.monotonic() < end:
        time.sleep(0.01)
    return bool(speech.events.answers())


def test_killed_after_it_began_the_whole_goes_on_from_a_word_of_what_came_first(
    speech: ObedientSpeech,
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


def test_killed_while_idle_it_is_there_again(speech: ObedientSpeech) -> None:
    for round_number in range(1, 6):
        speech.events.wait_for_count(VoiceReady, round_number)
        os.kill(speech.pids(ProcessState.STARTED)[-1] or 0, signal.SIGKILL)
    speech.events.wait_for_count(VoiceReady, 6)
    speech.ask("one")
    assert speech.wait_for_answers(1) == [(1, 0, "audio")]


def test_a_text_that_kills_the_process_is_left_out(speech: ObedientSpeech) -> None:
    speech.ask("one", "crash", "two")
    answers = speech.wait_for_answers(3)
    assert [outcome == "audio" for *_, outcome in answers] == [True, False, True]
    assert speech.asked().count("crash") == 2


def test_two_texts_in_a_row_that_kill_the_process_are_left_out(speech: ObedientSpeech) -> None:
    speech.ask("crash", "crash", "two")
    answers = speech.wait_for_answers(3)
    assert [outcome == "audio" for *_, outcome in answers] == [False, False, True]


def test_it_gives_up_at_the_third_text_in_a_row_that_kills_the_process(
    speech: ObedientSpeech,
) -> None:
    speech.ask("crash", "crash", "crash", "crash")
    (stopped,) = speech.events.wait_for_count(SpeechStopped, 1)
    assert isinstance(stopped.error, SpeechProcessFailed)
    assert speech.asked() == ["crash"] * 5
    assert speech.pids(ProcessState.STOPPED) == [None]


def test_after_giving_up_asking_again_speaks_again(speech: ObedientSpeech) -> None:
    speech.ask("crash", "crash", "crash")
    speech.events.wait_for_count(SpeechStopped, 1)
    speech.ask("one", generation=2)
    speech.events.wait_for(lambda: (2, 0, "audio") in speech.events.answers())


def test_a_voice_that_kills_the_process_stops_speech(tmp_path: Path) -> None:
    speech = ObedientSpeech(tmp_path)
    try:
        speech.synthesiser.start(DEADLY_VOICE)
        (stopped,) = speech.events.wait_for_count(SpeechStopped, 1)
        assert isinstance(stopped.error, SpeechProcessFailed)
        speech.synthesiser.start(VOICE)
        speech.events.wait_for_count(VoiceReady, 1)
    finally:
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
