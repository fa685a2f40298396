"""What counts as a fault while the window is used: noted as it happens, whoever swallows it."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QObject,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from reader.app.trace import Trace
from reader.ui.event_loop_probe import EventLoopProbe

LONGEST_TURN_S = 1.0
"""Processor time of the window's thread; a turn of the event loop above it looks like a hang."""

_NO_FAULTS = (
    "This plugin does not support",  # offscreen there is nothing to raise or to grab
    "occurs outside target window",  # it became smaller meanwhile
)


class Faults:
    """Notes exceptions on any thread, Qt's warnings, and turns of the event loop that take long."""

    def __init__(self) -> None:
        self.found: list[str] = []
        sys.excepthook = self._on_exception
        threading.excepthook = lambda told: self._on_exception(
            told.exc_type, told.exc_value, told.exc_traceback
        )
        sys.unraisablehook = lambda told: self._on_exception(
            told.exc_type, told.exc_value, told.exc_traceback
        )
        qInstallMessageHandler(self._on_qt_message)

    def note(self, fault: str) -> None:
        """Note one and tell it; of those that follow from each other the first says most."""
        self.found.append(fault)
        print(fault, file=sys.stderr, flush=True)

    def watch_turns(self, application: QCoreApplication) -> None:
        """Note turns that take long from now on."""
        _Turns(self, application)

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        self.note("".join(traceback.format_exception(kind, error, where)))

    def _on_qt_message(
        self, kind: QtMsgType, _where: QMessageLogContext, words: str | None
    ) -> None:
        is_warning = kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if is_warning and not any(known in (words or "") for known in _NO_FAULTS):
            self.note(f"Qt: {words}\n{''.join(traceback.format_stack(limit=12)[:-1])}")


class _Turns(EventLoopProbe):
    def __init__(self, faults: Faults, application: QCoreApplication) -> None:
        super().__init__(Trace(None), application)
        self._faults = faults

    def turn_ended(self, busy_ms: float) -> None:
        worked_s = time.thread_time() - self._worked_before
        if busy_ms > LONGEST_TURN_S * 1e3 and worked_s > LONGEST_TURN_S:
            self._faults.note(f"a turn of the event loop took {worked_s:.1f} s")


def application_telling(faults: Faults) -> QApplication:
    """Return an application that notes what a widget raises where it is raised.

    PySide keeps that for the Python code that sent the event, which here is the monkey's own; and
    PySide 6.11 crashes where more is raised before it gets there.
    """

    class Telling(QApplication):
        def notify(self, receiver: QObject, event: QEvent) -> bool:
            try:
                return super().notify(receiver, event)
            except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
                faults.note(traceback.format_exc())
                return True

    return Telling(["sottovoce", "-style", "Fusion"])
