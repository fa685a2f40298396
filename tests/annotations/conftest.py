"""A store on a file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.annotations.store import AnnotationStore
from reader.storage.database import Database


@pytest.fixture
def store(database: Database) -> AnnotationStore:
    return AnnotationStore(database)


@pytest.fixture
def text_path(tmp_path: Path) -> Path:
    return tmp_path / "story.txt"
