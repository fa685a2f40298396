"""How the program with a window starts and ends."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.ui import application


def test_a_picture_ends_on_a_bug_instead_of_waiting_for_ever(
    qapp: QApplication, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    assert qtbot
    before = sys.excepthook
    QTimer.singleShot(0, lambda: [][0])
    with application._ending_on_bugs(qapp):
        assert qapp.exec() == 1
    assert "IndexError" in capsys.readouterr().err
    assert sys.excepthook is before


@pytest.mark.parametrize(
    ("variables", "is_there"),
    [
        pytest.param({}, False, id="nothing"),
        pytest.param({"DISPLAY": ":4711"}, False, id="X that doesn't answer"),
        pytest.param({"WAYLAND_DISPLAY": "wayland-0"}, True, id="Wayland"),
        pytest.param({"QT_QPA_PLATFORM": "offscreen"}, True, id="none is needed"),
        pytest.param({"QT_QPA_PLATFORM": "xcb"}, False, id="X asked for, not there"),
    ],
)
def test_a_display_is_looked_for_before_qt_ends_the_program(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], is_there: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert application._has_display() is is_there
