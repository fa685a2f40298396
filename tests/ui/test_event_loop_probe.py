"""Tests of reader.ui.event_loop_probe."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.app.trace import Trace
from reader.ui.event_loop_probe import EventLoopProbe


@pytest.mark.parametrize("posted", [False, True], ids=["in a timer", "in a posted event"])
def test_a_turn_that_takes_long_is_recorded_with_its_length(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, posted: bool
) -> None:
    with Trace(tmp_path / "trace") as trace:
        probe = EventLoopProbe(trace, qapp)
        begun = time.monotonic()
        qtbot.wait(20)
        slept: list[bool] = []

        def sleep() -> None:
            time.sleep(0.25)
            slept.append(True)

        QTimer.singleShot(0 if posted else 15, sleep)
        qtbot.waitUntil(lambda: bool(slept))
        qtbot.wait(20)
        whole_ms = (time.monotonic() - begun) * 1000
        probe.close()
        qapp.removeEventFilter(probe)
        probe.deleteLater()
    rows = [json.loads(line) for line in (tmp_path / "trace").read_text().splitlines()]
    busy = max((row for row in rows if row["event"] == "ui_busy"), key=lambda row: row["ms"])
    assert 245 <= busy["ms"] <= whole_ms
    assert 0 <= busy["cpu_ms"] < 200  # it slept
    (turns,) = [row["count"] for row in rows if row["event"] == "ui_turns"]
    assert turns > 1
