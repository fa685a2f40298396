"""What comes into the library while it is looked at: dropped, watched, found again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from reader.library.files import LibraryFiles
from reader.library.holdings import Holdings
from tests.fakes.held_call import HeldCall
from tests.ui.library.library_room import Library, entry_of


def test_files_and_folders_that_are_dropped_come_in_and_are_indexed(
    working_library: Library, tmp_path: Path
) -> None:
    working_library.show()
    working_library.settle()
    folder = tmp_path / "dropped"
    folder.mkdir()
    (folder / "one.txt").write_text("Something about lighthouses.", encoding="utf-8")
    (folder / "two.md").write_text("# Second\n\nAnd about the sea.", encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    told: list[str] = []
    working_library.desk._updates.progressed.connect(told.append)
    _drop(working_library, folder)
    working_library.wait_for_process(
        lambda: {"one", "Second"} <= set(working_library.titles("All texts"))
    )
    working_library.settle()
    assert "empty.txt is empty" in working_library.desk.view.foot.text()
    assert "Reading 2 of 3 · one.txt" in told
    working_library.search("lighthouse")
    assert [entry.name for entry in working_library.found()] == ["one"]


def _drop(library: Library, path: Path) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        carried,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    library.desk.view.dropEvent(event)


def test_a_missing_text_is_shown_as_missing_and_found_again_where_it_went(
    working_library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "texts" / "letters.txt"
    moved = path.rename(tmp_path / "moved.txt")
    working_library.show()
    working_library.wait_for_process(lambda: entry_of(working_library, "letters").text.is_missing)
    working_library.settle()
    _drop(working_library, moved)
    working_library.wait_for_process(
        lambda: "moved" in working_library.titles("All texts")
    )  # its title is its name
    assert entry_of(working_library, "moved").text.path == moved
    assert not entry_of(working_library, "moved").text.is_missing
    assert len(Holdings(working_library.room.services.database).texts()) == 2


def test_a_watched_folder_brings_in_what_is_put_there(
    working_library: Library, tmp_path: Path
) -> None:
    watched = tmp_path / "watched"
    watched.mkdir()
    working_library.desk._preferences.choose("watched_folder", str(watched))
    working_library.show()
    working_library.settle()
    (watched / "new.txt").write_text("Something about lighthouses.", encoding="utf-8")
    working_library.wait_for_process(lambda: "new" in working_library.titles("All texts"))
    working_library.settle()
    working_library.desk.leave()


def test_a_folder_dropped_on_the_text_goes_into_the_library(
    working_library: Library, tmp_path: Path
) -> None:
    working_library.room.desk.window.files_dropped.emit([tmp_path / "texts"])
    assert working_library.desk.is_shown
    working_library.wait_for_process(
        lambda: working_library.titles("All texts") == ["room", "letters"]
    )
    working_library.settle()


def test_a_library_that_was_left_watches_no_folder(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = HeldCall(LibraryFiles.look_for_all)
    monkeypatch.setattr(LibraryFiles, "look_for_all", lambda files: held(files))
    library.room.desk._preferences.choose("watched_folder", str(tmp_path))
    library.show()
    library.room.wait(lambda: held.is_held)
    library.desk.leave()
    held.let_go()
    assert not library.desk._watch_folder._watcher.directories()
