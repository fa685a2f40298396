"""What the supervisor of the speech process is told, by who listens and by the process."""

from __future__ import annotations

from dataclasses import dataclass

from reader.speech.engine import Utterance, VoiceId
from reader.speech.process.protocol import Answer
from reader.speech.process.worker_process import WorkerProcess


@dataclass(frozen=True, slots=True)
class Started:
    """Load a voice; what is asked from now on is said by it."""

    voice: VoiceId


@dataclass(frozen=True, slots=True)
class ReadsAt:
    """What the voice that reads said earlier is played at that rate."""

    sample_rate: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Say something; `at_once`: somebody waits to hear it."""

    generation: int
    number: int
    utterance: Utterance
    at_once: bool = False


@dataclass(frozen=True, slots=True)
class Dropped:
    """Forget what was asked before that generation."""

    before: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The process answered, or ended."""

    process: WorkerProcess
    answer: Answer | None  # None: the process ended


@dataclass(frozen=True, slots=True)
class Closed:
    """End everything."""


Letter = Started | ReadsAt | Asked | Dropped | Answered | Closed
