"""Copies of the file take turns, and mend it once it is damaged: really damaged, byte by byte."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.errors import StorageDamaged, StorageUnavailable
from reader.storage.backups import (
    KEPT,
    backups_in,
    is_emptied,
    is_sound,
    make_backup,
    mend,
)
from reader.storage.database import Database

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
MANY = 400


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sottovoce.sqlite3"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    with Database(path) as database:
        yield database


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def add_notes(database: Database, first: int, behind: int) -> None:
    with database.writing() as connection:
        connection.execute("INSERT OR IGNORE INTO text (id, fingerprint) VALUES (1, 'sha256:a')")
        connection.executemany(
            "INSERT INTO annotation (text, id, ordinal, json) VALUES (1, ?, ?, ?)",
            [(f"urn:{n}", n, f'{{"n": {n}, "filler": "{n:0400}"}}') for n in range(first, behind)],
        )


def notes_in(path: Path) -> set[str]:
    with Database(path) as database, database.reading() as connection:
        return {name for (name,) in connection.execute("SELECT id FROM annotation")}


def names(first: int, behind: int) -> set[str]:
    return {f"urn:{n}" for n in range(first, behind)}


def damage(path: Path, share: float, seed: int) -> None:
    """Overwrite so many of the pages behind the schema's with rubbish."""
    dice = random.Random(seed)
    content = bytearray(path.read_bytes())
    pages = range(24, len(content) // 4096)
    for page in dice.sample(pages, max(1, round(len(pages) * share))):
        content[page * 4096 : (page + 1) * 4096] = dice.randbytes(4096)
    path.write_bytes(content)


def age(path: Path, by: timedelta) -> None:
    then = (NOW - by).timestamp()
    os.utime(path, (then, then))


def test_one_copy_is_made_a_day_and_five_are_kept(database: Database, folder: Path) -> None:
    add_notes(database, 0, 3)
    for day in range(8):
        made = make_backup(database, folder, NOW + timedelta(days=day))
        assert made is not None
        assert is_sound(made)
        assert make_backup(database, folder, NOW + timedelta(days=day, hours=1)) is None
        age(made, timedelta(days=2))
    assert len(backups_in(folder)) == KEPT
    assert sorted(p.suffix for p in folder.iterdir()) == [".sqlite3"] * KEPT


def test_a_copy_holds_what_is_written_already_while_the_file_is_open(
    database: Database, folder: Path
) -> None:
    add_notes(database, 0, 5)
    made = make_backup(database, folder, NOW)
    assert made is not None
    assert notes_in(made) == names(0, 5)


def test_a_copy_that_cannot_be_written_leaves_nothing(database: Database, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        make_backup(database, tmp_path / "file" / "backups", NOW)


@pytest.mark.parametrize("seed", range(6))
def test_what_can_be_read_and_what_was_copied_come_together(
    path: Path, folder: Path, seed: int
) -> None:
    with Database(path) as database:
        add_notes(database, 0, MANY)
        make_backup(database, folder, NOW)
        add_notes(database, MANY, MANY + 100)
    damage(path, 0.1, seed)
    assert not is_sound(path)
    mending = mend(path, folder, NOW)
    assert is_sound(path)
    found = notes_in(path)
    assert names(0, MANY) <= found, "what was copied is never lost"
    assert mending.saved + mending.restored == len(found)
    assert mending.saved > MANY / 2, "most of it can still be read"
    assert mending.damaged.exists()


def test_what_is_newer_than_the_copy_wins(path: Path, folder: Path) -> None:
    with Database(path) as database:
        add_notes(database, 0, MANY)
        make_backup(database, folder, NOW)
        with database.writing() as connection:
            connection.execute("UPDATE annotation SET json = '{}' WHERE id = 'urn:0'")
            connection.execute("UPDATE annotation SET removed = 'now' WHERE id = 'urn:1'")
    damage(path, 0.02, seed=1)
    mend(path, folder, NOW)
    with Database(path) as database, database.reading() as connection:
        rows = connection.execute(
            "SELECT json, removed FROM annotation WHERE id IN ('urn:0', 'urn:1') ORDER BY id"
        ).fetchall()
    assert rows[0][0] == "{}"
    assert rows[1][1] == "now"


def test_a_file_of_which_nothing_is_left_is_replaced_by_the_copy(path: Path, folder: Path) -> None:
    with Database(path) as database:
        add_notes(database, 0, 20)
        make_backup(database, folder, NOW)
    path.write_bytes(b"rubbish" * 1000)
    with pytest.raises(StorageDamaged):
        Database(path)
    mending = mend(path, folder, NOW)
    assert (mending.saved, mending.restored) == (0, 20)
    assert notes_in(path) == names(0, 20)
    assert mending.damaged.read_bytes().startswith(b"rubbish")


def test_a_damaged_copy_gives_way_to_an_older_one(path: Path, folder: Path) -> None:
    with Database(path) as database:
        add_notes(database, 0, 20)
        old = make_backup(database, folder, NOW)
        assert old is not None
        age(old, timedelta(days=2))
        new = make_backup(database, folder, NOW + timedelta(days=1))
    assert new is not None
    new.write_bytes(b"rubbish" * 1000)
    path.write_bytes(b"")
    path.write_bytes(b"rubbish" * 1000)
    assert mend(path, folder, NOW).backup == old
    assert notes_in(path) == names(0, 20)


def test_without_any_copy_it_begins_anew_and_the_damaged_file_stays(
    path: Path, folder: Path
) -> None:
    path.write_bytes(b"rubbish" * 1000)
    mending = mend(path, folder, NOW)
    assert (mending.saved, mending.restored, mending.backup) == (0, 0, None)
    assert mending.damaged.exists()
    assert notes_in(path) == set()


class FullDisk(Database):
    """A file that may not grow beyond what an empty one takes."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        (pages,) = self._connection.execute("PRAGMA page_count").fetchone()
        self._connection.execute(f"PRAGMA max_page_count = {pages + 2}")


def test_where_the_disk_is_full_nothing_is_mended_and_nothing_moved(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Database(path) as database:
        add_notes(database, 0, MANY)
    damage(path, 0.1, 1)
    before = path.read_bytes()
    monkeypatch.setattr("reader.storage.backups.Database", FullDisk)
    with pytest.raises(StorageUnavailable):
        mend(path, folder, NOW)
    assert path.read_bytes() == before


def test_an_old_copy_that_cannot_be_removed_stays_and_the_new_one_is_made(
    database: Database, folder: Path
) -> None:
    for number in range(1, KEPT + 1):
        (folder / f"notes-{number:06}-x.sqlite3").mkdir(parents=True)  # a file none may remove
        age(folder / f"notes-{number:06}-x.sqlite3", timedelta(days=30))
    made = make_backup(database, folder, NOW)
    assert made is not None
    assert is_sound(made)


def test_notes_whose_text_is_lost_have_one_all_the_same(path: Path, folder: Path) -> None:
    with Database(path) as database:
        add_notes(database, 0, 5)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM text")
        connection.commit()
    mend(path, folder, NOW)
    assert notes_in(path) == names(0, 5)


def test_another_file_is_put_in_place_while_it_is_in_use(database: Database, folder: Path) -> None:
    add_notes(database, 0, MANY)
    make_backup(database, folder, NOW)
    assert database.is_sound()
    database.replace_by(lambda file: damage(file, 0.1, seed=3))
    assert not database.is_sound()
    database.replace_by(lambda file: void(mend(file, folder, NOW)))
    assert database.is_sound()
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM annotation").fetchone() == (MANY,)


def void(_: object) -> None:
    pass


def test_a_copy_dated_in_days_to_come_keeps_none_from_being_made(
    database: Database, folder: Path
) -> None:
    made = make_backup(database, folder, NOW)
    assert made is not None
    next_year = (NOW + timedelta(days=365)).timestamp()
    os.utime(made, (next_year, next_year))
    made.rename(folder / "notes-20271129T120000.sqlite3")
    today = make_backup(database, folder, NOW)
    assert today is not None
    assert make_backup(database, folder, NOW + timedelta(hours=1)) is None


def test_the_copy_made_last_is_the_newest_whatever_the_clock_said(
    database: Database, folder: Path
) -> None:
    folder.mkdir(exist_ok=True)
    old = folder / "notes-20270101T120000.sqlite3"  # as they were named before they had numbers
    database.copy_to(old)
    age(old, timedelta(days=30))
    made = []
    for days in (0, 400, 1, 2, 3, 4, 5):
        now = NOW + timedelta(days=days)
        copy = make_backup(database, folder, now)
        assert copy is not None
        made.append(copy)
        assert backups_in(folder)[0] == copy
    assert backups_in(folder) == made[: -KEPT - 1 : -1]
    assert not old.exists()


@pytest.mark.parametrize(
    ("content", "log", "is_copied", "is_lost"),
    [
        pytest.param(b"", None, True, True, id="all is gone"),
        pytest.param(b"", b"", True, True, id="and so is what was written last"),
        pytest.param(b"", b"log", True, False, id="it is still in the log"),
        pytest.param(b"", None, False, False, id="nothing was there"),
        pytest.param(b"notes", None, True, False, id="it holds something"),
        pytest.param(None, None, True, False, id="there is no file"),
    ],
)
def test_an_empty_file_of_which_there_are_copies_was_emptied(
    path: Path,
    folder: Path,
    content: bytes | None,
    log: bytes | None,
    is_copied: bool,
    is_lost: bool,
) -> None:
    folder.mkdir()
    if is_copied:
        (folder / "notes-000001-20261129T120000.sqlite3").touch()
    for file, held in ((path, content), (path.with_name(f"{path.name}-wal"), log)):
        if held is not None:
            file.write_bytes(held)
    assert is_emptied(path, folder) is is_lost


def test_what_an_interrupted_mending_left_is_none_of_the_notes(path: Path, folder: Path) -> None:
    with Database(path) as database:
        add_notes(database, 0, 3)
    with Database(path.with_name("sottovoce.mended.sqlite3")) as left:
        add_notes(left, 50, 53)
    assert mend(path, folder, NOW).saved == 3
    assert notes_in(path) == names(0, 3)


def test_rows_whose_other_half_is_lost_go_with_it(path: Path, folder: Path) -> None:
    with Database(path) as database:
        add_notes(database, 0, 3)
    with closing(sqlite3.connect(path)) as connection:  # which looks after no foreign keys
        connection.executemany(
            "INSERT INTO note_place VALUES (1, ?, 'sha256:a', 0, 5)", [("urn:1",), ("urn:9",)]
        )
        connection.commit()
    mend(path, folder, NOW)
    assert notes_in(path) == names(0, 3)
    with Database(path) as database, database.reading() as connection:
        assert connection.execute("SELECT id FROM note_place").fetchall() == [("urn:1",)]


def test_a_copy_into_a_folder_that_is_gone_is_refused(database: Database, tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable):
        database.copy_to(tmp_path / "gone" / "copy.sqlite3")
