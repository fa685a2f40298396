"""A file that can't be written now is read all the same, and written again once it can be."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from reader.errors import StorageNotWritable, StorageUnavailable
from reader.storage.database import Database
from tests.storage.test_database import OLD_FILES, add_text, folder_of_somebody_else, texts_in

if sys.platform == "win32":
    pytest.skip("limits of a process, and whose a folder is, are POSIX's", allow_module_level=True)


@contextmanager
def full_disk() -> Iterator[None]:
    """Let no file grow: to SQLite it is a disk without room."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def as_its_owner(folder: Path) -> Iterator[None]:
    """Let the process write into a folder that `folder_of_somebody_else` gave."""
    if folder.stat().st_uid != os.geteuid():
        other = os.geteuid()
        os.seteuid(folder.stat().st_uid)
        try:
            yield
        finally:
            os.seteuid(other)
    else:
        folder.chmod(0o755)
        try:
            yield
        finally:
            folder.chmod(0o555)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "sottovoce.sqlite3"
    with Database(path) as database:
        add_text(database, "kept")
    return path


def test_on_a_full_disk_the_file_is_read_and_later_written(path: Path) -> None:
    with full_disk():
        database = Database(path)
        assert texts_in(database) == ["kept"]
        with pytest.raises(StorageNotWritable) as caught:
            add_text(database, "more")
        assert "free some space" in caught.value.reason
        assert texts_in(database) == ["kept"]
    add_text(database, "more")
    assert texts_in(database) == ["kept", "more"]
    database.close()
    with Database(path) as database:
        assert texts_in(database) == ["kept", "more"]


def test_what_another_program_writes_meanwhile_is_read(path: Path) -> None:
    with full_disk():
        database = Database(path)
        assert texts_in(database) == ["kept"]
    with Database(path) as other:
        add_text(other, "from elsewhere")
        assert texts_in(database) == ["kept", "from elsewhere"]
    database.close()


def test_what_is_only_in_the_write_ahead_log_is_read_too(path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("INSERT INTO text (fingerprint) VALUES ('in the log')")
    with closing(other), full_disk(), Database(path) as database:
        assert texts_in(database) == ["kept", "in the log"]


def test_in_a_folder_of_somebody_else_the_file_is_read(path: Path) -> None:
    content = path.read_bytes()
    with folder_of_somebody_else() as folder:
        theirs = folder / "sottovoce.sqlite3"
        with as_its_owner(folder):
            theirs.write_bytes(content)
        with Database(theirs) as database:
            assert texts_in(database) == ["kept"]
            with pytest.raises(StorageUnavailable) as caught:
                add_text(database, "more")
            assert "permission" in caught.value.reason
            assert texts_in(database) == ["kept"]


@pytest.mark.parametrize("version", [1, 5])
def test_an_older_file_that_cannot_be_brought_up_to_date_is_told(path: Path, version: int) -> None:
    old = OLD_FILES / f"version_{version}.sqlite3"
    path.write_bytes(old.read_bytes())
    with full_disk(), pytest.raises(StorageUnavailable) as caught:
        Database(path)
    assert "free some space" in caught.value.reason
    assert path.read_bytes() == old.read_bytes()
