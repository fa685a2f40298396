"""Measures how long the window's thread is busy at a time, for the trace."""

from __future__ import annotations

import time

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent, QObject

from reader.app.trace import Trace

FRAME_MS = 16.0
"""A turn of the event loop longer than this is seen: it takes a frame's time at 60 a second."""


class EventLoopProbe(QObject):
    """Records `ui_busy` for each turn of the loop above `FRAME_MS`, and `ui_turns` at the end.

    `ms` is how long the turn lasted, `cpu_ms` what of it this thread worked: on a busy machine, or
    where other threads of ours have the interpreter, it waits for the rest.
    A turn lasts from the first event after the loop was about to block to the next time it is.
    The dispatcher's own `awake` can't say when it began: under glib it comes after the events.
    """

    def __init__(self, trace: Trace, application: QCoreApplication) -> None:
        super().__init__(application)
        self._trace = trace
        self._busy_since: float | None = None
        self._worked_before = 0.0
        self._turns = 0
        application.installEventFilter(self)
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._on_about_to_block)

    def eventFilter(self, _watched: QObject, _event: QEvent) -> bool:
        """Note when the first event of a turn comes; let all pass."""
        if self._busy_since is None:
            self._busy_since = time.monotonic()
            self._worked_before = time.thread_time()
        return False

    def close(self) -> None:
        """Record how many turns there were in all."""
        self._trace.record("ui_turns", count=self._turns)

    def turn_ended(self, busy_ms: float) -> None:
        """Record a turn if it was long."""
        self._turns += 1
        if busy_ms > FRAME_MS:
            worked_ms = (time.thread_time() - self._worked_before) * 1e3
            self._trace.record("ui_busy", ms=round(busy_ms, 1), cpu_ms=round(worked_ms, 1))

    def _on_about_to_block(self) -> None:
        if self._busy_since is not None:
            busy_ms = (time.monotonic() - self._busy_since) * 1e3
            self._busy_since = None
            self.turn_ended(busy_ms)
