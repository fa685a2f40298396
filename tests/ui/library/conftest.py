"""Libraries over a window, with one text and a note in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.annotations.editing import new_annotation
from reader.annotations.model import HIGHLIGHTING
from reader.annotations.store import AnnotationStore
from reader.app.indexing import Indexing
from reader.app.intake import Intake
from reader.formats.registry import open_document
from reader.text.document import Span
from tests.annotations.documents import NOON
from tests.ui.desk.window_room import open_and_settle
from tests.ui.library.library_room import LETTERS, Library


@pytest.fixture
def library(working_library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Give a library that looks for no files: all it has is in it and indexed."""
    monkeypatch.setattr(working_library.desk._updates, "update", lambda: None)
    return working_library


@pytest.fixture
def working_library(qtbot: QtBot, tmp_path: Path) -> Iterator[Library]:
    room = open_and_settle(qtbot, tmp_path)
    letters = tmp_path / "texts" / "letters.txt"
    letters.parent.mkdir()
    letters.write_text(LETTERS, encoding="utf-8")
    Intake(room.services.database).add([letters.parent])
    document = open_document(letters)
    note = new_annotation(
        document,
        Span(0, 0, 11),
        HIGHLIGHTING,
        source="letters.txt",
        created=NOON,
        note="Whose *hand*?",
        tags=("letters", "inbox"),
    )
    AnnotationStore(room.services.database).save(document.fingerprint, note)
    for _ in Indexing(room.services.database, room.services.search_index).follow_texts():
        pass
    yield Library(room)
    room.close()
