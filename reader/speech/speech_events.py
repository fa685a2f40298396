"""What is told of speech: answers to what was asked for, the voice, the process behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from reader.errors import SottovoceError
from reader.speech.engine import UtteranceAudio, VoiceId


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
class VoiceMeasured:
    """How fast this machine speaks with a voice: seconds of work for a second of speech.

    Told after VoiceReady where it is known from earlier, and when it was measured anew.
    """

    voice: VoiceId
    real_time_factor: float


@dataclass(frozen=True, slots=True)
class AudioReady:
    """The answer to request `number` of `generation`."""

    generation: int
    number: int
    audio: UtteranceAudio


@dataclass(frozen=True, slots=True)
class AudioBegun:
    """The beginning of the answer to a request made `at_once`: what there is of it by now.

    AudioReady follows, with audio that begins with it, or UtteranceFailed.
    """

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


SpeechEvent = (
    VoiceReady
    | VoiceMeasured
    | AudioBegun
    | AudioReady
    | UtteranceFailed
    | ProcessChanged
    | SpeechStopped
)
