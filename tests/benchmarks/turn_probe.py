"""Measures every turn of the window's event loop, for the benchmarks."""

from __future__ import annotations

import time

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject

from reader.app.trace import Trace
from reader.ui.event_loop_probe import EventLoopProbe

EVENT = "turn"
"""Its name in the trace; `ms` is how long the turn took, waiting for events left out."""


class TurnProbe(EventLoopProbe):
    """Takes the place of the program's own probe, which it keeps at work, to be compared with.

    A turn begins with the first event that comes after the loop has waited and ends when it waits
    again. That holds for all of Qt's event dispatchers, whose `awake` differs: with glib's it
    comes after the events, with the one for plain Unix between those of timers and the posted.
    """

    def __init__(self, trace: Trace, parent: QObject) -> None:
        super().__init__(trace, parent)
        self._records = trace
        self._busy_since: float | None = None
        parent.installEventFilter(self)
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._on_waiting)

    def eventFilter(self, _receiver: QObject, _event: QEvent) -> bool:
        if self._busy_since is None:
            self._busy_since = time.monotonic()
        return False

    def _on_waiting(self) -> None:
        if self._busy_since is not None:
            busy_ms = (time.monotonic() - self._busy_since) * 1e3
            self._busy_since = None
            self._records.record(EVENT, ms=round(busy_ms, 3))
