"""The file: what is written stays, and what can't be opened is refused and left alone."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from reader.errors import StorageUnavailable
from reader.storage.database import Database
from reader.storage.schema import APPLICATION_ID, MIGRATIONS

OLD_FILES = Path(__file__).parent / "files"


def add_text(database: Database, fingerprint: str) -> None:
    with database.writing() as connection:
        connection.execute("INSERT INTO text (fingerprint) VALUES (?)", (fingerprint,))


def texts_in(database: Database) -> list[str]:
    with database.reading() as connection:
        rows = connection.execute("SELECT fingerprint FROM text ORDER BY id").fetchall()
    return [fingerprint for (fingerprint,) in rows]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sottovoce.sqlite3"


def test_what_was_written_is_there_when_opened_again(path: Path) -> None:
    with Database(path) as database:
        add_text(database, "one")
    with Database(path) as database:
        assert texts_in(database) == ["one"]


def test_a_new_file_says_whose_it_is_and_which_version(path: Path) -> None:
    Database(path).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


def test_a_commit_waits_for_the_disk(path: Path) -> None:
    with Database(path) as database, database.reading() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_an_exception_takes_the_whole_transaction_back(path: Path) -> None:
    with Database(path) as database:
        with suppress(ZeroDivisionError), database.writing() as connection:
            connection.execute("INSERT INTO text (fingerprint) VALUES ('one')")
            raise ZeroDivisionError
        assert texts_in(database) == []


def test_threads_may_write_at_the_same_time(path: Path) -> None:
    with Database(path) as database:

        def add_many(name: str) -> None:
            for number in range(20):
                add_text(database, f"{name}{number}")

        writers = [threading.Thread(target=add_many, args=(name,)) for name in "abc"]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()
        assert len(texts_in(database)) == 60


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_a_file_of_each_version_opens_with_its_notes(version: int, path: Path) -> None:
    path.parent.mkdir()
    shutil.copy(OLD_FILES / f"version_{version}.sqlite3", path)
    with Database(path) as database, database.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        rows = connection.execute("SELECT id, json FROM annotation ORDER BY ordinal").fetchall()
    assert [name for name, _ in rows] == ["urn:example:old-1", "urn:example:old-2"]
    assert "kept through every version" in rows[0][1]


def test_steps_kept_all_together_become_rows_of_their_own(path: Path) -> None:
    path.parent.mkdir()
    shutil.copy(OLD_FILES / "version_6.sqlite3", path)
    steps = [[[["urn:a", None, "{}"]], [["urn:b", None, "{}"]]], [[["urn:d"]], [["urn:c"]]]]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM note_steps")
        (text,) = connection.execute("SELECT id FROM text").fetchone()
        connection.execute("INSERT INTO note_steps VALUES (?, ?)", (text, json.dumps(steps)))
    with Database(path) as database, database.reading() as connection:
        rows = connection.execute(
            "SELECT number, is_done, json_extract(json, '$[0][0]') FROM note_step ORDER BY number"
        ).fetchall()
    assert rows == [(1, 1, "urn:a"), (2, 1, "urn:b"), (3, 0, "urn:c"), (4, 0, "urn:d")]


def test_two_that_open_a_new_file_at_once_both_get_it(path: Path) -> None:
    found: list[int] = []

    def open_and_count() -> None:
        with Database(path) as database, database.reading() as connection:
            found.extend(connection.execute("PRAGMA user_version").fetchone())

    openers = [threading.Thread(target=open_and_count) for _ in range(6)]
    for opener in openers:
        opener.start()
    for opener in openers:
        opener.join()
    assert found == [len(MIGRATIONS)] * 6


def refused(path: Path, busy_timeout_s: float = 0.1) -> str:
    """Return the reason why the file at `path` is refused; it has to be left as it was."""
    before = path.read_bytes()
    with pytest.raises(StorageUnavailable) as caught:
        Database(path, busy_timeout_s)
    assert path.read_bytes() == before
    assert caught.value.path == path
    return caught.value.reason


def test_a_file_of_a_newer_version_is_refused_and_left_alone(path: Path) -> None:
    Database(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    assert "newer version" in refused(path)


def test_another_programs_file_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    assert "another program" in refused(path)


def test_a_file_marked_as_another_programs_is_refused(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 77")
    assert "another program" in refused(path)


def test_what_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database, but somebody's words, " * 200)
    assert "damaged" in refused(path)


def test_a_file_cut_short_is_refused_and_left_alone(path: Path) -> None:
    with Database(path) as database:
        for number in range(200):
            add_text(database, f"{number:0500}")
    path.write_bytes(path.read_bytes()[:5000])
    assert "damaged" in refused(path)


def test_damage_inside_is_told_when_it_is_met(path: Path) -> None:
    with Database(path) as database:
        for number in range(200):
            add_text(database, f"{number:0500}")
    content = bytearray(path.read_bytes())
    content[-40_000:] = b"\x55" * 40_000
    path.write_bytes(content)
    with Database(path) as database, pytest.raises(StorageUnavailable) as caught:
        texts_in(database)
    assert "damaged" in caught.value.reason


def test_a_locked_file_is_refused_after_a_while(path: Path) -> None:
    Database(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageUnavailable) as caught:
            Database(path, busy_timeout_s=0.05)
        assert "another program holds it" in caught.value.reason
        other.execute("ROLLBACK")


def test_a_save_that_another_program_blocks_says_so_and_works_later(path: Path) -> None:
    with (
        Database(path, busy_timeout_s=0.05) as database,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailable) as caught:
            add_text(database, "one")
        assert "another program holds it" in caught.value.reason
        assert texts_in(database) == []  # reading isn't held up
        other.execute("ROLLBACK")
        add_text(database, "one")
        assert texts_in(database) == ["one"]


def test_a_full_disk_is_told_and_nothing_is_lost(path: Path) -> None:
    with Database(path) as database:
        add_text(database, "before")
        with database.reading() as connection:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
        # SQLite's own bound gives the very error of a full disk
        with database.reading() as connection:
            connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StorageUnavailable) as caught:
            add_text(database, "x" * 100_000)
        assert "disk is full" in caught.value.reason
        assert texts_in(database) == ["before"]
        with database.reading() as connection:
            connection.execute("PRAGMA max_page_count = 1000000")
        add_text(database, "after")
        assert texts_in(database) == ["before", "after"]


@contextmanager
def folder_of_somebody_else() -> Iterator[Path]:
    """Give a folder this process may read but not write, even where it runs as root."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if os.geteuid() == 0:
            folder.chmod(0o755)
            os.seteuid(65534)  # "nobody": root may write anywhere, whatever the permissions say
            try:
                yield folder
            finally:
                os.seteuid(0)
        else:
            folder.chmod(0o555)
            try:
                yield folder
            finally:
                folder.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_told() -> None:
    with folder_of_somebody_else() as folder:
        with pytest.raises(StorageUnavailable) as caught:
            Database(folder / "sottovoce.sqlite3")
        assert "can't be written" in caught.value.reason
        with pytest.raises(StorageUnavailable) as caught:
            Database(folder / "data" / "sottovoce.sqlite3")
        assert caught.value.reason == "its folder can't be made (permission denied)"


def test_a_folder_in_the_place_of_the_file_is_named_as_that(tmp_path: Path) -> None:
    path = tmp_path / "notes.sqlite3"
    path.mkdir()
    with pytest.raises(StorageUnavailable, match="a folder is in its place"):
        Database(path)
