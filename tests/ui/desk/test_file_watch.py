"""What happens to the file of the open text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.formats.source import state_of
from reader.ui.background import Background
from reader.ui.desk import file_watch
from reader.ui.desk.file_watch import FileWatch
from tests.fakes.held_call import HeldCall


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
    background = Background()
    made = FileWatch(background)
    yield made
    made.stop()
    background.close()


def look(watch: FileWatch, qtbot: QtBot) -> None:
    """Have it look at its file, and wait until it has."""
    watch.check()
    qtbot.waitUntil(lambda: not watch._looking.is_awaited)


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


def test_a_change_is_told_once(watch: FileWatch, file: Path, qtbot: QtBot) -> None:
    ear = Ear(watch)
    watch.watch(file, state_of(file))
    file.write_text("as it is now")
    look(watch, qtbot)
    look(watch, qtbot)
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


def test_a_file_that_goes_and_comes_back_is_told(
    watch: FileWatch, file: Path, qtbot: QtBot
) -> None:
    ear = Ear(watch)
    watch.watch(file, state_of(file))
    file.unlink()
    look(watch, qtbot)
    file.write_text("here again")
    look(watch, qtbot)
    assert ear.heard == ["gone", "changed"]


def test_only_the_last_file_is_watched(
    watch: FileWatch, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("another")
    ear = Ear(watch)
    watch.watch(file, state_of(file))
    watch.watch(other, state_of(other))
    file.write_text("changed")
    look(watch, qtbot)
    assert not ear.heard


def test_a_drive_that_does_not_answer_holds_nothing_up(
    watch: FileWatch, file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear = Ear(watch)
    held = HeldCall(state_of)
    watch.watch(file, state_of(file))
    monkeypatch.setattr(file_watch, "state_of", held)
    file.write_text("as it is now")
    watch.check()
    watch.check()  # no second look while the first is under way
    qtbot.waitUntil(lambda: held.is_held)
    assert not ear.heard
    held.let_go()
    qtbot.waitUntil(lambda: ear.heard == ["changed"])


def test_nothing_happens_where_nothing_is_watched(watch: FileWatch, qtbot: QtBot) -> None:
    ear = Ear(watch)
    look(watch, qtbot)
    assert not ear.heard


def test_what_was_written_while_it_was_read_is_told(
    watch: FileWatch, file: Path, qtbot: QtBot
) -> None:
    ear = Ear(watch)
    state = state_of(file)
    file.write_text("as it is now")
    watch.watch(file, state)
    qtbot.waitUntil(lambda: ear.heard == ["changed"])
