"""The notes of all texts, read text by text, and again only where something has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.annotations.all_notes import NotesOfAllTexts
from reader.annotations.editing import new_annotation
from reader.annotations.model import HIGHLIGHTING, Annotation
from reader.annotations.store import AnnotationStore
from reader.library.catalogue import Catalogue
from reader.storage.database import Database
from reader.text.document import Document, Span
from reader.values import replaced
from tests.annotations.documents import NOON, document_of

HOUSE = replaced(document_of("All was quiet in the house."), title="The house")
CLOCK = replaced(document_of("Only the clock went on."), title="A clock")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with Database(tmp_path / "sottovoce.sqlite3") as database:
        catalogue = Catalogue(database)
        for name, document in [("house.txt", HOUSE), ("clock.txt", CLOCK)]:
            catalogue.remember_opened(document, tmp_path / name, NOON)
        yield database


def put(database: Database, document: Document, note: str = "") -> Annotation:
    annotation = new_annotation(
        document, Span(0, 0, 3), HIGHLIGHTING, source="a.txt", created=NOON, note=note
    )
    AnnotationStore(database).save(document.fingerprint, annotation)
    return annotation


def test_texts_come_by_title_each_with_its_notes(database: Database) -> None:
    in_house, in_clock = [put(database, HOUSE), put(database, HOUSE)], put(database, CLOCK)
    found = list(NotesOfAllTexts(database).by_text())
    assert [[note.annotation for note in notes] for notes in found] == [[in_clock], in_house]
    assert [notes[0].title for notes in found] == ["A clock", "The house"]


def test_a_text_without_notes_is_passed_over(database: Database) -> None:
    note = put(database, HOUSE)
    notes = NotesOfAllTexts(database)
    assert len(list(notes.by_text())) == 1
    AnnotationStore(database).remove(HOUSE.fingerprint, note.id)
    assert list(notes.by_text()) == []


def test_only_what_has_changed_is_read_again(database: Database) -> None:
    put(database, CLOCK)
    put(database, HOUSE, "one")
    other = put(database, HOUSE, "two")
    notes = NotesOfAllTexts(database)
    clock, house = notes.by_text()
    third = put(database, HOUSE, "three")
    AnnotationStore(database).remove(HOUSE.fingerprint, other.id)
    clock_again, house_again = notes.by_text()
    assert clock_again is clock
    assert house_again[0] is house[0]
    assert [note.annotation for note in house_again[1:]] == [third]


def test_that_a_text_was_edited_is_noticed(database: Database, tmp_path: Path) -> None:
    put(database, HOUSE)
    notes = NotesOfAllTexts(database)
    ((before,),) = notes.by_text()
    edited = document_of("All was quiet in the old house.", title="The house")
    Catalogue(database).remember_opened(edited, tmp_path / "house.txt", NOON)
    ((after,),) = notes.by_text()
    assert (before.needs_look, after.needs_look) == (False, True)
    assert after.version == edited.fingerprint
    assert after.annotation is before.annotation
