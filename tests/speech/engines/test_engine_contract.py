"""Our own engines, and one of another package's, held against the contract for all."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace

import pytest

from reader.errors import SynthesisFailed
from reader.speech.engine import Cancellation, SpokenAudio, VoiceId
from reader.speech.engine_contract import EngineContract
from tests.fakes.tone_engine import ToneEngine


class TestPiper(EngineContract):
    """The neural voice that comes with the app."""

    entry_point = "reader.speech.engine_kinds:PIPER"
    voice = VoiceId("piper:en_US-joe-medium")


class TestPyttsx3(EngineContract):
    """The system's voices."""

    entry_point = "reader.speech.engine_kinds:PYTTSX3"
    voice = VoiceId("pyttsx3:en-us" if sys.platform == "linux" else "pyttsx3:system")


class TestToneEngine(EngineContract):
    """An engine as another package might have it."""

    entry_point = "tests.fakes.tone_engine:KIND"
    voice = VoiceId("tone:low")


Spoil = Callable[[SpokenAudio], SpokenAudio]


def silent_ends(audio: SpokenAudio) -> SpokenAudio:
    """Put half a second of silence before it."""
    return replace(audio, pcm=bytes(audio.sample_rate) + audio.pcm)


def fail(_audio: SpokenAudio) -> SpokenAudio:
    """Fail in a way that isn't foreseen."""
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("test", "spoil"),
    [
        pytest.param("test_audio_is_trimmed_mono_that_sounds", silent_ends, id="silence"),
        pytest.param(
            "test_audio_is_trimmed_mono_that_sounds",
            lambda audio: replace(audio, pcm=bytes(len(audio.pcm))),
            id="no sound",
        ),
        pytest.param(
            "test_each_word_has_its_mark_in_playing_order",
            lambda audio: replace(audio, marks=audio.marks[:-1]),
            id="a word without a mark",
        ),
        pytest.param(
            "test_each_word_has_its_mark_in_playing_order",
            lambda audio: replace(audio, pcm=audio.pcm[:-2]),
            id="a mark behind the end",
        ),
        pytest.param(
            "test_longer_text_takes_longer",
            lambda audio: replace(audio, pcm=audio.pcm[:8_000]),
            id="always as long",
        ),
        pytest.param("test_no_character_stops_it", fail, id="an error of another kind"),
    ],
)
def test_the_contract_is_broken_by(
    monkeypatch: pytest.MonkeyPatch, test: str, spoil: Spoil
) -> None:
    say = ToneEngine.synthesise

    def say_badly(
        engine: ToneEngine,
        spoken: str,
        language: str,
        voice: VoiceId,
        cancellation: Cancellation,
        /,
    ) -> SpokenAudio:
        return spoil(say(engine, spoken, language, voice, cancellation))

    monkeypatch.setattr(ToneEngine, "synthesise", say_badly)
    with pytest.raises((AssertionError, ZeroDivisionError)):
        getattr(TestToneEngine(), test)()


def test_the_contract_is_broken_by_failing_for_good(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail_always(*_arguments: object) -> SpokenAudio:
        raise SynthesisFailed("no")

    monkeypatch.setattr(ToneEngine, "synthesise", fail_always)
    with pytest.raises(SynthesisFailed):
        TestToneEngine().test_what_has_no_sound_fails_and_the_next_one_is_said()
