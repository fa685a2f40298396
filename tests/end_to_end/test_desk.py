"""The desk itself: what is pressed arrives, what is played is recorded, nothing is left."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.end_to_end.desk import SAMPLE_RATE, Desk, wait_until
from tests.patience import PATIENCE_S

pytestmark = pytest.mark.end_to_end

WINDOW = """
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def keyPressEvent(self, event):
        print(event.text(), flush=True)
app = QApplication([])
window = Window(windowTitle="a window at the desk")
window.show()
app.exec()
"""


def test_keys_reach_the_window_and_the_screen_can_be_seen(tmp_path: Path) -> None:
    with Desk() as desk:
        program = desk.start(sys.executable, "-c", WINDOW)
        assert desk.wait_for_window("a window at the desk")
        desk.press("x")
        assert program.stdout is not None
        assert program.stdout.readline() == "x\n"
        desk.screenshot(tmp_path / "screen.png")
        assert (tmp_path / "screen.png").stat().st_size > 0
    assert program.poll() is not None


def test_what_is_played_is_recorded_at_its_time() -> None:
    with Desk(has_screen=False) as desk:
        tone = (8000 * np.sin(np.arange(SAMPLE_RATE // 2) / 10)).astype(np.int16)
        command = ["pacat", "--raw", "--format=s16le", "--channels=1", f"--rate={SAMPLE_RATE}"]
        subprocess.run(
            command, input=tone.tobytes(), env=desk.environment, check=True, timeout=PATIENCE_S
        )
        wait_until(lambda: len(desk.recording().onsets()) > 0, "nothing was recorded")
        (began,) = desk.recording().onsets()
        played = desk.recording().at(began, began + 0.4)
        assert np.abs(played.astype(np.int32)).max() > 7000
        assert len(played) == round(0.4 * SAMPLE_RATE)
