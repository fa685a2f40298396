"""The file, removed or moved away while it is open: what is written stays, or isn't taken."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from reader.errors import StorageUnavailable
from reader.storage.database import Database
from tests.storage.test_database import add_text, texts_in

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody remove what is open")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "sottovoce.sqlite3"


def test_while_its_folder_is_away_nothing_is_taken_for_written(path: Path) -> None:
    away = path.parent.with_name("away")
    with Database(path) as database:
        add_text(database, "one")
        path.parent.rename(away)
        with pytest.raises(StorageUnavailable, match="folder is gone"):
            add_text(database, "two")
        assert texts_in(database) == ["one"]
        away.rename(path.parent)
        add_text(database, "three")
    with Database(path) as database:
        assert texts_in(database) == ["one", "three"]


@pytest.mark.parametrize("is_folder_removed", [False, True])
def test_a_removed_file_is_put_back_with_all_that_was_in_it(
    path: Path, is_folder_removed: bool
) -> None:
    with Database(path) as database:
        add_text(database, "one")
        if is_folder_removed:
            shutil.rmtree(path.parent)
            path.parent.mkdir()
        else:
            path.unlink()  # its log stays
        add_text(database, "two")
        add_text(database, "three")
        assert texts_in(database) == ["one", "two", "three"]
    with Database(path) as database:
        assert texts_in(database) == ["one", "two", "three"]
        assert database.is_sound()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_another_file_in_its_place_is_the_one_that_is_written(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    with Database(other) as database:
        add_text(database, "of the other")
    with Database(path) as database:
        add_text(database, "one")
        path.parent.rename(tmp_path / "away")
        path.parent.mkdir()
        shutil.copy(other, path)
        add_text(database, "two")
        assert texts_in(database) == ["of the other", "two"]
    with Database(path) as database:
        assert texts_in(database) == ["of the other", "two"]
    with Database(tmp_path / "away" / path.name) as database:
        assert texts_in(database) == ["one"]
