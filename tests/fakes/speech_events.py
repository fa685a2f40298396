"""Collects what a synthesiser tells, and waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from reader.speech.speech_events import AudioReady, SpeechEvent, UtteranceFailed
from tests.patience import PATIENCE_S

_Event = TypeVar("_Event", bound=SpeechEvent)


class SpeechEvents:
    """Give `hear` to a Synthesiser; ask from the test's thread."""

    def __init__(self) -> None:
        self._events: list[SpeechEvent] = []
        self._changed = threading.Condition()  # re-entrant, as conditions ask for events

    def hear(self, event: SpeechEvent) -> None:
        """Take an event."""
        with self._changed:
            self._events.append(event)
            self._changed.notify_all()

    def all_of(self, kind: type[_Event]) -> list[_Event]:
        """Return those of one kind that came by now."""
        with self._changed:
            return [event for event in self._events if isinstance(event, kind)]

    def wait_for(self, is_there: Callable[[], object]) -> None:
        """Wait until a condition on the events holds."""
        with self._changed:
            is_so = self._changed.wait_for(is_there, PATIENCE_S)
            assert is_so, [type(event).__name__ for event in self._events]

    def wait_for_count(self, kind: type[_Event], count: int) -> list[_Event]:
        """Wait for that many events of a kind, and return them."""
        self.wait_for(lambda: len(self.all_of(kind)) >= count)
        return self.all_of(kind)

    def answers(self) -> list[tuple[int, int, str]]:
        """Return (generation, number, "audio" or why not) of each answer, in order."""
        with self._changed:
            return [
                (event.generation, event.number, _outcome(event))
                for event in self._events
                if isinstance(event, AudioReady | UtteranceFailed)
            ]


def _outcome(event: AudioReady | UtteranceFailed) -> str:
    return "audio" if isinstance(event, AudioReady) else event.reason
