"""Who works with the command line alone has the daily copies, too."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.__main__ import main
from reader.app.daily_copy import copy_if_due
from reader.app.paths import user_paths
from reader.file_lock import FileLock
from reader.storage.backups import backups_in
from reader.storage.database import Database
from tests.cli.test_mending import NOTES, REVIEW

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(REVIEW)
    (tmp_path / "notes.jsonld").write_text(NOTES)
    return tmp_path


def notes(folder: Path, *arguments: str) -> int:
    return main(["--data-dir", str(folder / "data"), "notes", *arguments])


def import_notes(folder: Path) -> int:
    return notes(folder, "import", str(folder / "a.txt"), str(folder / "notes.jsonld"))


def copies(folder: Path) -> list[Path]:
    return backups_in(user_paths(folder / "data").backups_dir)


def test_what_was_imported_is_in_the_copy(folder: Path) -> None:
    assert import_notes(folder) == 0
    (copy,) = copies(folder)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM annotation").fetchone() == (1,)


def test_there_is_one_a_day(folder: Path) -> None:
    import_notes(folder)
    (first,) = copies(folder)
    notes(folder, "list", str(folder / "a.txt"))
    assert copies(folder) == [first]
    yesterday = first.stat().st_mtime - timedelta(days=1).total_seconds()
    os.utime(first, (yesterday, yesterday))
    first = first.rename(first.with_name("notes-20260101T120000.sqlite3"))
    notes(folder, "list", str(folder / "a.txt"))
    assert len(copies(folder)) == 2
    assert copies(folder)[-1] == first


def test_of_commands_at_once_one_copies(folder: Path) -> None:
    paths = user_paths(folder / "data")
    other = FileLock(paths.backups_dir / "copying.lock")
    assert other.take()
    try:
        with Database(paths.database) as database:
            assert copy_if_due(database, paths, NOW) is None
    finally:
        other.release()
    assert copies(folder) == []


def test_a_copy_that_cannot_be_made_is_said_and_the_work_is_done(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "backups").write_text("no folder")
    assert import_notes(folder) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("1 added")
    assert printed.err.startswith("sottovoce: ")
    assert "backups" in printed.err


def test_a_damaged_page_is_found_when_a_copy_is_due(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_notes(folder)
    (copy,) = copies(folder)
    paths = user_paths(folder / "data")
    with closing(sqlite3.connect(paths.database)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'text_tag'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(paths.database.read_bytes())
    content[(page - 1) * size : page * size] = b"\xff" * size
    paths.database.write_bytes(content)
    two_days_ago = copy.stat().st_mtime - timedelta(days=2).total_seconds()
    os.utime(copy, (two_days_ago, two_days_ago))
    capsys.readouterr()
    assert notes(folder, "list", str(folder / "a.txt")) == 0
    printed = capsys.readouterr()
    assert "has been mended" in printed.err
    assert printed.out.count("Too quiet.") == 1
