"""Tests of reader.ui.desk.gentle_imports."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from reader.ui.desk.gentle_imports import LIBRARY_MODULES, VOICE_MODULES, GentleImports
from tests.ui.desk.window_room import Opener


@pytest.mark.parametrize("modules", [VOICE_MODULES, LIBRARY_MODULES], ids=["voice", "library"])
def test_modules_are_imported_one_a_turn_and_then_it_is_told(
    qtbot: QtBot, modules: Sequence[str]
) -> None:
    owner = QObject()
    told: list[bool] = []
    turns: list[int] = []
    between = QTimer(owner, interval=0)
    between.timeout.connect(lambda: turns.append(len(told)))
    between.start()
    GentleImports(modules, lambda: told.append(True), owner)
    qtbot.waitUntil(lambda: bool(told))
    between.stop()
    assert told == [True]
    assert turns.count(0) >= len(modules) // 2  # others had their turns in between
    assert all(name in sys.modules for name in modules)


def test_the_library_is_made_ready_on_the_window_s_thread(
    qtbot: QtBot, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program crashed now and then, five seconds after its start (reader.ui.background)."""
    room = opened()
    in_threads: list[object] = []
    monkeypatch.setattr(room.desk._background, "run", lambda *work: in_threads.append(work))
    room.desk._prepare_library()
    qtbot.waitUntil(lambda: LIBRARY_MODULES[-1] in sys.modules)
    assert in_threads == []
