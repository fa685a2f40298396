"""A synthesiser over a speech process that does what it is told: hang, crash, circle."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from reader.speech.process.limits import Limits
from reader.speech.speech_events import ProcessChanged, ProcessState
from reader.speech.synthesiser import Synthesiser
from tests.fakes import speech_worker
from tests.fakes.speech_events import SpeechEvents
from tests.fakes.spoken_utterances import utterance_of
from tests.patience import PATIENCE_S


class ObedientSpeech:
    """A synthesiser over the obedient worker, what it tells, and what the worker was asked."""

    def __init__(self, folder: Path, limits: Limits | None = None) -> None:
        self.events = SpeechEvents()
        self._diary = folder / "diary"
        self.synthesiser = Synthesiser(
            self.events.hear,
            voices_dir=folder,
            speeds_file=folder / "speeds.json",
            command=[sys.executable, speech_worker.__file__, str(self._diary)],
            limits=limits,
        )

    def ask(self, *texts: str, generation: int = 1, first: int = 0) -> None:
        """Ask for texts, numbered from `first` on."""
        for number, text in enumerate(texts, start=first):
            self.synthesiser.request(generation, number, utterance_of(text))

    def ask_at_once(self, text: str, generation: int = 1) -> None:
        """Ask for a text that somebody waits to hear."""
        self.synthesiser.request(generation, 0, utterance_of(text), at_once=True)

    def asked(self) -> list[str]:
        """Return what the process was asked to say, but for what warms it up."""
        lines = self._diary.read_text(encoding="utf-8").splitlines() if self._diary.exists() else []
        return [line for line in lines if line != "One, two."]  # what warms it up

    def wait_until_asked(self, text: str, times: int = 1) -> None:
        """Return once it was asked for a text so often."""
        deadline = time.monotonic() + PATIENCE_S
        while self.asked().count(text) < times:
            assert time.monotonic() < deadline
            time.sleep(0.005)

    def wait_for_answers(self, count: int) -> list[tuple[int, int, str]]:
        """Return the first answers once there are so many."""
        self.events.wait_for(lambda: len(self.events.answers()) >= count)
        return self.events.answers()

    def pids(self, state: ProcessState) -> list[int | None]:
        """Return the processes that were told of in a state, in that order."""
        return [e.pid for e in self.events.all_of(ProcessChanged) if e.state is state]


def has_ended(pid: int | None) -> bool:
    """Whether there is no such process any more."""
    try:
        os.kill(pid or 0, 0)
    except ProcessLookupError:
        return True
    return False
