"""Windows for whoever tests what is done in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.desk.window_room import TEXT, Opener, WindowRoom, open_and_settle


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
