"""A store on a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.annotations.store import AnnotationStore
from reader.storage.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "sottovoce.sqlite3") as database:
        yield database


@pytest.fixture
def store(database: Database) -> AnnotationStore:
    return AnnotationStore(database)


@pytest.fixture
def text_path(tmp_path: Path) -> Path:
    return tmp_path / "story.txt"
