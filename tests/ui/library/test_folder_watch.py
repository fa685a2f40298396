"""The folder that is watched while the library is looked at."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.ui.background import Background
from reader.ui.library import folder_watch
from reader.ui.library.folder_watch import FolderWatch, folders_in


def test_a_folder_is_looked_through_beside_the_window_s_thread(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / ".hidden").mkdir()
    lookers = []

    def looked(folder: str) -> list[str]:
        lookers.append(threading.current_thread())
        return folders_in(folder)

    monkeypatch.setattr(folder_watch, "folders_in", looked)
    background = Background()
    watch = FolderWatch(background)
    watch.look_at(str(tmp_path))
    qtbot.waitUntil(lambda: bool(watch._watcher.directories()))
    assert set(watch._watcher.directories()) == {str(tmp_path), str(inner)}
    assert threading.main_thread() not in lookers
    watch.look_at("")
    assert not watch._watcher.directories()
    background.close()


def test_what_is_no_folder_has_nothing_to_watch(tmp_path: Path) -> None:
    assert folders_in(str(tmp_path / "gone")) == []
