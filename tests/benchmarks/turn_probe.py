"""Records every turn of the window's event loop, for the benchmarks."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from reader.app.trace import Trace
from reader.ui.event_loop_probe import EventLoopProbe

EVENT = "turn"
"""Its name in the trace; `ms` is how long the turn took, waiting for events left out."""


class TurnProbe(EventLoopProbe):
    """The program's own probe, which tells the short turns as well."""

    def __init__(self, trace: Trace, application: QCoreApplication) -> None:
        super().__init__(trace, application)
        self._all_turns = trace

    def turn_ended(self, busy_ms: float) -> None:
        super().turn_ended(busy_ms)
        self._all_turns.record(EVENT, ms=round(busy_ms, 3))
