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
        qtbot.wait(20)
        QTimer.singleShot(0 if posted else 15, lambda: time.sleep(0.05))
        qtbot.wait(150)
        probe.close()
        qapp.removeEventFilter(probe)
        probe.deleteLater()
    rows = [json.loads(line) for line in (tmp_path / "trace").read_text().splitlines()]
    (busy,) = [row["ms"] for row in rows if row["event"] == "ui_busy" and row["ms"] >= 45]
    assert busy < 500
    assert all(0 <= row["cpu_ms"] < 45 for row in rows if row.get("ms") == busy)  # it slept
    (turns,) = [row["count"] for row in rows if row["event"] == "ui_turns"]
    assert turns > 1
