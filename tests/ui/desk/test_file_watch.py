"""What happens to the file of the open text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.ui.desk.file_watch import FileWatch
from reader.ui.desk.opening import state_of


class Ear:
    """Counts what a watch tells."""

    def __init__(self, watch: FileWatch) -> None:
        self.heard: list[str] = []
        watch.changed.connect(lambda: self.heard.append("changed"))
        watch.gone.connect(lambda: self.heard.append("gone"))


@pytest.fixture
def watch(qtbot: QtBot) -> Iterator[FileWatch]:
    """Return one that stops at the end."""
    assert qtbot
    made = FileWatch()
    yield made
    made.stop()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file to watch."""
    path = tmp_path / "text.txt"
    path.write_text("as it was")
    return path


def test_a_change_is_told_by_itself(watch: FileWatch, file: Path, qtbot: QtBot) -> None:
    ear = Ear(watch)
    watch.watch(file, state_of(file))
    file.write_text("as it is now")
    qtbot.waitUntil(lambda: ear.heard == ["changed"])


def test_a_change_is_told_once(watch: FileWatch, file: Path) -> None:
    ear = Ear(watch)
    watch.watch(file, state_of(file))
    file.write_text("as it is now")
    watch.check()
    watch.check()
    assert ear.heard == ["changed"]


def test_a_file_put_in_its_place_is_a_change_and_watched_on(
    watch: FileWatch, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    ear = Ear(watch)
    watch.watch(file, state_of(file))
    (tmp_path / "new").write_text("written by an editor")
    (tmp_path / "new").replace(file)
    qtbot.waitUntil(lambda: ear.heard == ["changed"])
    file.write_text("and again, by another")
    qtbot.waitUntil(lambda: ear.heard == ["changed", "changed"])


def test_a_file_that_goes_and_comes_back_is_told(watch: FileWatch, file: Path) -> None:
    ear = Ear(watch)
    watch.watch(file, state_of(file))
    file.unlink()
    watch.check()
    file.write_text("here again")
    watch.check()
    assert ear.heard == ["gone", "changed"]


def test_only_the_last_file_is_watched(watch: FileWatch, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("another")
    ear = Ear(watch)
    watch.watch(file, state_of(file))
    watch.watch(other, state_of(other))
    file.write_text("changed")
    watch.check()
    assert not ear.heard


def test_nothing_happens_where_nothing_is_watched(watch: FileWatch) -> None:
    ear = Ear(watch)
    watch.check()
    assert not ear.heard


def test_what_was_written_while_it_was_read_is_told(
    watch: FileWatch, file: Path, qtbot: QtBot
) -> None:
    ear = Ear(watch)
    state = state_of(file)
    file.write_text("as it is now")
    watch.watch(file, state)
    qtbot.waitUntil(lambda: ear.heard == ["changed"])
