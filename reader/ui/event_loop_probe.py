"""Measures how long the window's thread is busy at a time, for the trace."""

from __future__ import annotations

import time

from PySide6.QtCore import QAbstractEventDispatcher, QObject

from reader.app.trace import Trace

FRAME_MS = 16.0
"""A turn of the event loop longer than this is seen: it takes a frame's time at 60 a second."""


class EventLoopProbe(QObject):
    """Records `ui_busy` for each turn of the loop above `FRAME_MS`, and `ui_turns` at the end."""

    def __init__(self, trace: Trace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._trace = trace
        self._awake_since: float | None = None
        self._turns = 0
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._on_awake)
        dispatcher.aboutToBlock.connect(self._on_about_to_block)

    def close(self) -> None:
        """Record how many turns there were in all."""
        self._trace.record("ui_turns", count=self._turns)

    def _on_awake(self) -> None:
        if self._awake_since is None:
            self._awake_since = time.monotonic()

    def _on_about_to_block(self) -> None:
        if self._awake_since is None:
            return
        self._turns += 1
        busy_ms = (time.monotonic() - self._awake_since) * 1e3
        self._awake_since = None
        if busy_ms > FRAME_MS:
            self._trace.record("ui_busy", ms=round(busy_ms, 1))
