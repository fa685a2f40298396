"""How the program with a window starts and ends."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.__main__ import main
from reader.app.paths import user_paths
from reader.app.services import Services
from reader.app.trace import Trace
from reader.ui import application
from reader.ui.desk.reading_desk import ReadingDesk
from reader.ui.one_window import OneWindow, Seat, Wish
from reader.ui.other_starts import hand_over
from reader.ui.screenshot import ending_on_bugs
from tests.ui.desk.window_room import FakeSound


def test_a_picture_ends_on_a_bug_instead_of_waiting_for_ever(
    qapp: QApplication, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    assert qtbot
    before = sys.excepthook
    QTimer.singleShot(0, lambda: [][0])
    with ending_on_bugs(qapp):
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


def test_without_a_display_a_file_that_is_not_there_is_what_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(application, "_has_display", lambda: False)
    monkeypatch.setattr(gc, "disable", lambda: None)  # it is for a process of its own
    assert main(["--data-dir", str(tmp_path / "data"), str(tmp_path / "nothing.txt")]) == 3
    assert "There is no file" in capsys.readouterr().err
    there = tmp_path / "there.txt"
    there.write_text("Words.", encoding="utf-8")
    assert main(["--data-dir", str(tmp_path / "data"), str(there)]) == 4
    assert "There is no display" in capsys.readouterr().err


def test_only_what_the_start_has_built_is_kept_from_being_collected() -> None:
    frozen = gc.get_freeze_count()
    gc.disable()
    try:
        application._settle_memory()
        assert gc.isenabled()
        kept = gc.get_freeze_count()
        assert kept > frozen
        rubbish: list[object] = [[] for _ in range(10_000)]
        application._settle_memory()  # another text was painted
        assert gc.get_freeze_count() == kept
        assert rubbish
    finally:
        gc.enable()
        gc.unfreeze()


def test_other_starts_are_heard_of_though_the_text_is_long_in_coming_until_the_window_closes(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "_HEARS_AT_LATEST_MS", 20)
    services = Services(user_paths(tmp_path), Trace())
    desk = ReadingDesk(services, FakeSound().make)  # in which no text is opened
    qtbot.addWidget(desk.window)
    one = OneWindow(services.paths)
    assert one.take_seat(Wish(None), hand_over) is Seat.FIRST
    ends: list[Callable[[], None]] = []
    application._hear_soon_of_others(qapp, one, desk, ends)
    qtbot.waitUntil(one.address_file.exists)
    qapp.lastWindowClosed.emit()
    assert not one.address_file.exists()
    (end,) = ends
    end()
    one.leave()
    desk.close()


def test_a_window_left_on_a_larger_screen_is_fitted_to_this_one(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    screen = window.screen().availableGeometry()
    window.setGeometry(100, 100, 300, 200)
    application._fit_on_screen(window)
    assert (window.width(), window.height()) == (300, 200)
    window.setGeometry(100, 100, screen.width() * 2, screen.height() * 2)
    application._fit_on_screen(window)
    assert screen.contains(window.geometry())
