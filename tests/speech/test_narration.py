"""Tests of reader.speech.narration."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from reader.errors import SynthesisFailed, VoiceNotInstalled
from reader.speech.engine import Precision, Utterance, UtteranceAudio, VoiceId
from reader.speech.narration import narrate
from reader.speech.speech_events import (
    AudioReady,
    SpeechEvent,
    SpeechStopped,
    UtteranceFailed,
    VoiceReady,
)
from tests.fakes.spoken_utterances import utterance_of


class _Narrator:
    """Answers at once: "fail" fails, "stop" stops, all else is spoken."""

    def __init__(self, on_event: Callable[[SpeechEvent], None]) -> None:
        self._on_event = on_event
        self.asked = 0
        self.is_closed = False

    def start(self, voice: VoiceId) -> None:
        self._on_event(VoiceReady(voice))

    def request(self, generation: int, number: int, utterance: Utterance) -> None:
        self.asked += 1
        match utterance.spoken:
            case "fail":
                self._on_event(UtteranceFailed(generation, number, "asked to"))
            case "stop":
                self._on_event(SpeechStopped(VoiceNotInstalled("x")))
            case _:
                audio = UtteranceAudio(utterance, b"", 8000, (), Precision.WORD)
                self._on_event(AudioReady(generation, number, audio))

    def close(self) -> None:
        self.is_closed = True


class _Narration:
    def __init__(self, texts: Iterator[str]) -> None:
        self.left_out: list[str] = []
        self.spoken = narrate(
            (utterance_of(text) for text in texts),
            VoiceId("any"),
            self._open,
            lambda utterance, _reason: self.left_out.append(utterance.spoken),
        )

    def _open(self, on_event: Callable[[SpeechEvent], None]) -> _Narrator:
        self.narrator = _Narrator(on_event)
        return self.narrator

    def texts(self) -> list[str]:
        return [audio.utterance.spoken for audio in self.spoken]


def test_all_is_spoken_in_order_and_what_fails_is_told() -> None:
    narration = _Narration(iter(["a", "fail", "fail", "b", "fail", "c", "d", "e", "f"]))
    assert narration.texts() == ["a", "b", "c", "d", "e", "f"]
    assert narration.left_out == ["fail"] * 3
    assert narration.narrator.is_closed


def test_three_failures_in_a_row_end_it() -> None:
    narration = _Narration(iter(["a", "fail", "fail", "fail", "b"]))
    with pytest.raises(SynthesisFailed, match="asked to"):
        narration.texts()
    assert narration.narrator.is_closed


def test_speech_that_stops_says_why() -> None:
    narration = _Narration(iter(["a", "stop"]))
    with pytest.raises(VoiceNotInstalled):
        narration.texts()
    assert narration.narrator.is_closed


def test_a_book_is_asked_for_a_few_utterances_ahead_only() -> None:
    narration = _Narration(str(number) for number in range(10_000))
    next(narration.spoken)
    assert narration.narrator.asked < 10
    narration.spoken.close()
    assert narration.narrator.is_closed


def test_nothing_to_say_is_nothing_said() -> None:
    assert _Narration(iter([])).texts() == []
