"""Windows with three notes in their margin."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.margin.reading_room import Room, letter, open_room
from tests.ui.margin.three_notes import three_notes


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A window with the letter and three notes."""
    document = letter()
    room = open_room(tmp_path, document, three_notes(document))
    yield room
    room.close()


@pytest.fixture
def narrow(tmp_path: Path) -> Iterator[Room]:
    """The same in a narrow window."""
    document = letter()
    room = open_room(tmp_path, document, three_notes(document), size=(640, 600))
    yield room
    room.close()
