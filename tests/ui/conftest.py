"""Windows for whoever tests what is done in them."""

from __future__ import annotations

import builtins
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.desk.window_room import TEXT, Opener, WindowRoom, open_and_settle


@pytest.fixture(scope="session", autouse=True)
def nothing_of_qt_is_imported_in_threads() -> Iterator[None]:
    """Let an import of Qt's, or of a module that may have one, fail beside the window's thread.

    Also where it was imported before: in the program that may be otherwise (reader.ui.background).
    """
    as_ever = builtins.__import__

    def watched(
        name: str,
        globals_: Mapping[str, object] | None = None,
        locals_: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),  # so `encodings` calls it
        level: int = 0,
    ) -> object:
        if name.startswith(("PySide6", "reader.ui")) and (
            threading.current_thread() is not threading.main_thread()
        ):
            raise AssertionError(f"{name} is imported in {threading.current_thread().name}")
        return as_ever(name, globals_, locals_, fromlist, level)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builtins, "__import__", watched)
        yield


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Opener]:
    """Give a function that opens windows, all closed at the end."""
    rooms: list[WindowRoom] = []

    def open_one(text: str = TEXT, file: Path | None = None) -> WindowRoom:
        rooms.append(open_and_settle(qtbot, tmp_path, text, file))
        return rooms[-1]

    yield open_one
    for room in rooms:
        room.close()
