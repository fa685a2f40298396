"""The speech process seen from outside: utterances are asked for, audio comes back as events."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.speech.engine import Utterance, VoiceId
from reader.speech.process.letters import Asked, Closed, Dropped, Letter, ReadsAt, Started
from reader.speech.process.limits import Limits
from reader.speech.process.starting import worker_command
from reader.speech.process.supervisor import Supervisor
from reader.speech.speech_events import SpeechEvent
from reader.speech.voices.speed import SpeedMeasure


class Synthesiser:
    """Speaks through a process of its own, in the order asked, one utterance at a time.

    All methods return at once and may be called from any thread. Events come one at a time on a
    thread of the synthesiser's own; `on_event` must not block it for long. The process is started
    by `start`, and again when it dies: what is unanswered is asked again, each request once.
    """

    def __init__(
        self,
        on_event: Callable[[SpeechEvent], None],
        *,
        voices_dir: Path,
        speeds_file: Path | None = None,
        command: Sequence[str] | None = None,
        limits: Limits | None = None,
    ) -> None:
        """Start nothing yet; `speeds_file` is where measured speeds are kept."""
        self._letters: queue.SimpleQueue[Letter] = queue.SimpleQueue()
        supervisor = Supervisor(
            on_event,
            self._letters,
            worker_command(voices_dir) if command is None else command,
            Limits() if limits is None else limits,
            SpeedMeasure(speeds_file),
        )
        self._thread = threading.Thread(target=supervisor.run, name="speech", daemon=True)
        self._thread.start()

    def start(self, voice: VoiceId) -> None:
        """Load `voice`, starting the process if none runs; later requests are spoken with it.

        Answered by VoiceReady or SpeechStopped.
        """
        self._letters.put(Started(voice))

    def request(
        self, generation: int, number: int, utterance: Utterance, *, at_once: bool = False
    ) -> None:
        """Ask for an utterance; it is answered by AudioReady, UtteranceFailed or SpeechStopped.

        `at_once`: AudioBegun may come before, where the voice can give what comes first. After
        SpeechStopped this tries the voice once more.
        """
        self._letters.put(Asked(generation, number, utterance, at_once))

    def drop_before(self, generation: int) -> None:
        """Forget the requests of older generations; the one being spoken is cancelled.

        An answer that is under way may still come; listeners compare the generation.
        """
        self._letters.put(Dropped(generation))

    def reads_at(self, sample_rate: int) -> None:
        """Bring what other voices say to that rate: the one that reads was heard at it.

        Once it has spoken itself, its rate is known.
        """
        self._letters.put(ReadsAt(sample_rate))

    def is_at_hand(self, _utterance: Utterance) -> bool:
        """Whether it can be answered without speaking: never."""
        return False

    def close(self) -> None:
        """End the process and wait until it is gone (at most about a second)."""
        self._letters.put(Closed())
        if threading.current_thread() is not self._thread:
            self._thread.join()
