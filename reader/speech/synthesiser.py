"""The speech process seen from outside: utterances are asked for, audio comes back as events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from reader.errors import SottovoceError
from reader.speech.engine import Utterance, UtteranceAudio, VoiceId


class ProcessState(StrEnum):
    """What became of the speech process."""

    STARTED = "started"
    DIED = "died"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class VoiceReady:
    """The voice is loaded and warm: the next utterance starts at once."""

    voice: VoiceId


@dataclass(frozen=True, slots=True)
class AudioReady:
    """The answer to request `number` of `generation`."""

    generation: int
    number: int
    audio: UtteranceAudio


@dataclass(frozen=True, slots=True)
class UtteranceFailed:
    """Request `number` of `generation` can't be spoken; the next one may still work."""

    generation: int
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class ProcessChanged:
    """The speech process started, died (and is started again) or stopped for good."""

    pid: int | None
    state: ProcessState


@dataclass(frozen=True, slots=True)
class SpeechStopped:
    """No more answers will come before the next `start`; unanswered requests are forgotten."""

    error: SottovoceError


SpeechEvent = VoiceReady | AudioReady | UtteranceFailed | ProcessChanged | SpeechStopped


class Synthesiser:
    """Speaks through a process of its own, in the order asked, one utterance at a time.

    All methods return at once and may be called from any thread. Events come one at a time on a
    thread of the synthesiser's own; `on_event` must not block it for long.
    """

    def __init__(
        self,
        on_event: Callable[[SpeechEvent], None],
        *,
        voices_dir: Path,
        command: Sequence[str] | None = None,
    ) -> None:
        raise NotImplementedError

    def start(self, voice: VoiceId) -> None:
        """Load `voice`, starting the process if none runs; later requests are spoken with it."""

    def request(self, generation: int, number: int, utterance: Utterance) -> None:
        """Ask for an utterance; it is answered by AudioReady, UtteranceFailed or SpeechStopped."""

    def drop_before(self, generation: int) -> None:
        """Forget the requests of older generations; the one being spoken is cancelled.

        Their answers may still come if they were under way; listeners compare the generation.
        """

    def close(self) -> None:
        """End the process and wait until it is gone (at most about a second)."""
