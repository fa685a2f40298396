"""What speaks, as those who ask it know it."""

from __future__ import annotations

from typing import Protocol

from reader.speech.engine import Utterance, VoiceId


class SpeechSource(Protocol):
    """Speaks what it is asked for, and answers with events."""

    def start(self, voice: VoiceId) -> None:
        """Load a voice; later requests are spoken with it."""

    def request(
        self, generation: int, number: int, utterance: Utterance, *, at_once: bool = False
    ) -> None:
        """Ask for an utterance; the answer is an event, `at_once`: maybe of what comes first."""

    def drop_before(self, generation: int) -> None:
        """Forget the requests of older generations."""

    def is_at_hand(self, utterance: Utterance) -> bool:
        """Whether it can be answered at once, without speaking."""


class Speech(SpeechSource, Protocol):
    """One that is ended by whoever began it: `Synthesiser`, or `CachedSpeech`."""

    def close(self) -> None:
        """End it, and wait until it has ended."""


class LiveSpeech(Speech, Protocol):
    """One that keeps nothing of what it said."""

    def reads_at(self, sample_rate: int) -> None:
        """Bring what other voices say to that rate: the one that reads is played at it."""
