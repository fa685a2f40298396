"""The folder that is watched while the library is looked at."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.ui.background import Background
from reader.ui.library import folder_watch
from reader.ui.library.folder_watch import FolderWatch, Look, look_into


def test_a_folder_is_looked_through_beside_the_window_s_thread(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    (tmp_path / ".hidden").mkdir()
    lookers = []

    def looked(folder: str) -> Look:
        lookers.append(threading.current_thread())
        return look_into(folder)

    monkeypatch.setattr(folder_watch, "look_into", looked)
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
    assert look_into(str(tmp_path / "gone")).folders == ()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_watch, "_POLL_MS", 50)
    monkeypatch.setattr(folder_watch, "_SHARE_OF_TIME", 0)


@pytest.mark.usefixtures("quick")
def test_a_file_that_is_written_on_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    book = tmp_path / "book.txt"
    book.write_text("one")
    background = Background()
    watch = FolderWatch(background)
    watch.look_at(str(tmp_path))
    qtbot.waitUntil(lambda: watch._look is not None)
    # in place: nothing comes or goes in the folder
    with qtbot.waitSignal(watch.changed), book.open("a") as file:
        file.write(" and two")
    watch.look_at("")
    background.close()


@pytest.mark.usefixtures("quick")
def test_a_file_still_growing_is_waited_for(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "book.txt"
    book.write_text("")
    sizes: list[int] = []

    def looked(folder: str) -> Look:
        if sizes and len(sizes) < 5:  # somebody goes on writing
            book.write_text("x" * len(sizes))
        sizes.append(book.stat().st_size)
        return look_into(folder)

    monkeypatch.setattr(folder_watch, "look_into", looked)
    background = Background()
    watch = FolderWatch(background)
    watch._settling.setInterval(10)
    told: list[int] = []
    watch.changed.connect(lambda: told.append(book.stat().st_size))
    watch.look_at(str(tmp_path))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [4]
    watch.look_at("")
    background.close()
