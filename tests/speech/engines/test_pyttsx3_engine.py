"""Tests of reader.speech.engines.pyttsx3_engine and of eSpeak's voices, with the real library."""

from __future__ import annotations

import contextlib
import sys
import threading

import numpy as np
import pytest

from reader.errors import SynthesisFailed, VoiceNotInstalled
from reader.speech.engine import Cancellation, Precision, VoiceId, WordMark
from reader.speech.engines.pyttsx3_engine import Pyttsx3Engine, marks_of_events, pyttsx3_voices
from reader.speech.marks import spoken_words
from tests.speech.forced_alignment import word_starts

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="the system speaks there, not eSpeak NG"
)

_ENGLISH = VoiceId("pyttsx3:en-us")


@pytest.fixture(scope="module")
def engine() -> Pyttsx3Engine:
    """Return one engine: the library can be initialised once in a process."""
    return Pyttsx3Engine()


@pytest.mark.parametrize(
    ("voice", "spoken"),
    [
        ("pyttsx3:en-us", "In the end, she didn't say it: not in the house, nor at the door."),
        ("pyttsx3:en-gb", "Zoë’s café – naïve, isn't it?"),
        ("pyttsx3:de", "Der schöne Größenwahn läuft über die Straße."),
        ("pyttsx3:ru", "Это было давно."),
    ],
)
def test_each_word_has_a_mark_in_order_within_the_audio(
    engine: Pyttsx3Engine, voice: str, spoken: str
) -> None:
    audio = engine.synthesise(spoken, "", VoiceId(voice), Cancellation())
    assert audio.precision is Precision.WORD
    assert [(mark.start, mark.end) for mark in audio.marks] == spoken_words(spoken)
    edges = [edge for mark in audio.marks for edge in (mark.first_frame, mark.end_frame)]
    assert edges == sorted(edges)
    assert all(mark.first_frame < mark.end_frame for mark in audio.marks)
    assert edges[-1] <= len(audio.pcm) // 2


def test_two_engines_of_a_process_speak_in_turn(engine: Pyttsx3Engine) -> None:
    spoken, other = "The house was empty.", Pyttsx3Engine()
    for speaking, voice in ((engine, _ENGLISH), (other, VoiceId("pyttsx3:de")), (engine, _ENGLISH)):
        assert len(speaking.synthesise(spoken, "", voice, Cancellation()).marks) == 4


def test_marks_agree_with_forced_alignment(engine: Pyttsx3Engine) -> None:
    spoken = "The old house on the hill was empty, and nobody in the town could say why."
    audio = engine.synthesise(spoken, "en", _ENGLISH, Cancellation())
    words = [spoken[mark.start : mark.end] for mark in audio.marks]
    starts = word_starts(audio.pcm, audio.sample_rate, words)
    errors_ms = [
        abs(mark.first_frame / audio.sample_rate - start) * 1000
        for mark, start in zip(audio.marks, starts, strict=True)
    ]
    assert np.median(errors_ms) <= 20
    assert max(errors_ms) <= 80


def test_a_voice_espeak_does_not_have_is_said_to_be_missing(engine: Pyttsx3Engine) -> None:
    with pytest.raises(VoiceNotInstalled):
        engine.load(VoiceId("pyttsx3:xx-nowhere"))


@pytest.mark.parametrize("spoken", ["", "..."])
def test_what_has_no_word_is_refused(engine: Pyttsx3Engine, spoken: str) -> None:
    with pytest.raises(SynthesisFailed):
        engine.synthesise(spoken, "en", _ENGLISH, Cancellation())


def test_a_cancelled_synthesis_fails_and_the_next_one_speaks(engine: Pyttsx3Engine) -> None:
    cancellation = Cancellation()
    cancellation.request()
    with pytest.raises(SynthesisFailed, match="cancelled"):
        engine.synthesise("Not wanted any more.", "en", _ENGLISH, cancellation)
    assert engine.synthesise("Wanted.", "en", _ENGLISH, Cancellation()).marks


def test_every_language_of_espeak_is_a_voice_once() -> None:
    voices = {voice.id: voice for voice in pyttsx3_voices()}
    assert len(voices) == len(pyttsx3_voices()) > 100
    assert voices[VoiceId("pyttsx3:en-us")].language == "en-US"
    assert voices[VoiceId("pyttsx3:en-gb-x-rp")].language == "en-GB-x-rp"
    assert voices[VoiceId("pyttsx3:cmn-latn-pinyin")].language == "cmn-Latn-pinyin"
    assert all(voice.is_available for voice in voices.values())


@pytest.mark.parametrize(
    ("events", "ends", "frames"),
    [
        pytest.param(
            [(0, 10), (3, 40), (7, 90)], [120], [(10, 40), (40, 90), (90, 120)], id="one for one"
        ),
        pytest.param(
            [(0, 10), (7, 90)], [120], [(10, 42), (42, 90), (90, 120)], id="two said as one"
        ),
        pytest.param(
            [(0, 10), (3, 40), (5, 70), (7, 90)],
            [60, 120],
            [(10, 40), (40, 60), (90, 120)],
            id="one said as two, a pause behind it",
        ),
        pytest.param([(0, 0), (2, 5)], [], [(0, 57), (57, 142), (142, 200)], id="lost on the way"),
        pytest.param([], [], [], id="no events"),
    ],
)
def test_events_are_snapped_to_words(
    events: list[tuple[int, int]], ends: list[int], frames: list[tuple[int, int]]
) -> None:
    words = [(0, 2), (3, 6), (7, 9)]
    marks = marks_of_events(words, events, ends, 0, 200)
    assert marks == tuple(
        WordMark(first, end, *word) for (first, end), word in zip(frames, words, strict=False)
    )


def test_what_is_said_after_a_cancelled_text_is_whole_and_its_own(engine: Pyttsx3Engine) -> None:
    spoken, long = "Still here, after all of it.", " ".join(["A very long way to go."] * 120)
    alone = engine.synthesise(spoken, "en", _ENGLISH, Cancellation())
    for moment_s in (0.0, 0.002, 0.005, 0.01, 0.015) * 4:
        cancellation = Cancellation()
        timer = threading.Timer(moment_s, cancellation.request)
        timer.start()
        with contextlib.suppress(SynthesisFailed):
            engine.synthesise(long, "en", _ENGLISH, cancellation)
        timer.join()
        after = engine.synthesise(spoken, "en", _ENGLISH, Cancellation())
        assert len(after.marks) == len(alone.marks)
        assert len(after.pcm) == pytest.approx(len(alone.pcm), abs=2_000)
