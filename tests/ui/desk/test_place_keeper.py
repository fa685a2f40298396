"""Where the voice is, kept on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.errors import StorageUnavailable
from reader.text.document import Fingerprint, Place
from reader.ui.background import Background
from reader.ui.desk.place_keeper import PlaceKeeper
from tests.fakes.held_call import HeldCall
from tests.patience import PATIENCE_S

ONE, OTHER = Fingerprint("sha256:one"), Fingerprint("sha256:other")
FILE = Path("text.epub")


class Disk:
    """Keeps what is written to it, each text's last; may be full."""

    def __init__(self) -> None:
        self.written: list[tuple[Fingerprint, int]] = []
        self.is_full = False
        self.begun = 0

    def write(self, fingerprint: Fingerprint, place: Place, _progress: float, path: Path) -> None:
        assert path == FILE
        self.begun += 1
        if self.is_full:
            raise StorageUnavailable(Path("notes.db"), "full")
        self.written.append((fingerprint, place.offset))


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    assert qtbot
    made = Background()
    yield made
    made.close()


def test_what_came_while_it_wrote_is_passed_over_but_for_the_last(
    background: Background, qtbot: QtBot
) -> None:
    disk = Disk()
    held = HeldCall(disk.write)
    places = PlaceKeeper(background, held)
    places.keep(ONE, Place(0, 1), 0.1, FILE)
    qtbot.waitUntil(lambda: held.is_held)
    for offset in (2, 3, 4):
        places.keep(ONE, Place(0, offset), 0.1, FILE)
    held.let_go()
    qtbot.waitUntil(lambda: len(disk.written) == 2)
    assert disk.written == [(ONE, 1), (ONE, 4)]


def test_the_last_place_in_a_text_is_kept_though_another_was_opened_since(
    background: Background, qtbot: QtBot
) -> None:
    disk = Disk()
    held = HeldCall(disk.write)
    places = PlaceKeeper(background, held)
    places.keep(ONE, Place(0, 1), 0.1, FILE)
    qtbot.waitUntil(lambda: held.is_held)
    places.keep(ONE, Place(0, 2), 0.1, FILE)
    places.keep(OTHER, Place(0, 7), 0.5, FILE)
    held.let_go()
    qtbot.waitUntil(lambda: len(disk.written) == 3)
    assert dict(disk.written) == {ONE: 2, OTHER: 7}


def test_a_write_that_is_under_way_does_not_end_after_the_last_one(
    background: Background, qtbot: QtBot
) -> None:
    disk = Disk()
    slow = HeldCall(lambda: None)

    def write(fingerprint: Fingerprint, place: Place, progress: float, path: Path) -> None:
        if place.offset == 1:
            slow()
        disk.write(fingerprint, place, progress, path)

    places = PlaceKeeper(background, write)
    places.keep(ONE, Place(0, 1), 0.1, FILE)
    qtbot.waitUntil(lambda: slow.is_held)
    places.keep(ONE, Place(0, 2), 0.1, FILE)
    last = background.run(places.finish, lambda _: None, lambda _: None)
    assert not disk.written
    slow.let_go()
    assert last.wait(PATIENCE_S)
    assert disk.written == [(ONE, 1), (ONE, 2)]


def test_what_could_not_be_written_is_with_the_next_place(
    background: Background, qtbot: QtBot
) -> None:
    disk = Disk()
    disk.is_full = True
    places = PlaceKeeper(background, disk.write)
    places.keep(ONE, Place(0, 1), 0.1, FILE)
    qtbot.waitUntil(lambda: disk.begun == 1)
    disk.is_full = False
    qtbot.waitUntil(lambda: not background._running)
    places.keep(OTHER, Place(0, 7), 0.5, FILE)
    qtbot.waitUntil(lambda: len(disk.written) == 2)
    assert dict(disk.written) == {ONE: 1, OTHER: 7}
