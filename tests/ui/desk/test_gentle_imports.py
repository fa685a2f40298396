"""Tests of reader.ui.desk.gentle_imports."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from reader.ui.desk.gentle_imports import VOICE_MODULES, GentleImports


def test_modules_are_imported_one_a_turn_and_then_it_is_told(qtbot: QtBot) -> None:
    owner = QObject()
    told: list[bool] = []
    turns: list[int] = []
    between = QTimer(owner, interval=0)
    between.timeout.connect(lambda: turns.append(len(told)))
    between.start()
    GentleImports(VOICE_MODULES, lambda: told.append(True), owner)
    qtbot.waitUntil(lambda: bool(told))
    between.stop()
    assert told == [True]
    assert turns.count(0) >= len(VOICE_MODULES) // 2  # others had their turns in between
    assert all(name in sys.modules for name in VOICE_MODULES)
