"""The notes of all texts, counted and listed by what they are."""

from __future__ import annotations

from pathlib import Path

from reader.annotations.editing import new_annotation
from reader.annotations.model import HIGHLIGHTING, annotation_from_json
from reader.annotations.overview import NoteKind, count_notes, list_notes
from reader.annotations.placing import placed_annotations
from reader.annotations.store import AnnotationStore
from reader.storage.database import Database
from reader.text.document import Span
from tests.annotations.documents import NOON, annotation_json, document_of

DOCUMENT = document_of("All was quiet in the house.")


def put(database: Database, note: str, *tags: str) -> str:
    annotation = new_annotation(
        DOCUMENT, Span(0, 0, 3), HIGHLIGHTING, source="a.txt", created=NOON, note=note, tags=tags
    )
    AnnotationStore(database).save(DOCUMENT.fingerprint, annotation)
    return annotation.id


def bodies(database: Database, kind: NoteKind, tag: str = "") -> list[str]:
    return [note.body for note in list_notes(database, kind, tag)]


def test_notes_are_counted_and_listed_the_last_changed_first(database: Database) -> None:
    put(database, "one", "voice")
    put(database, "two", "Voice", "letters")
    put(database, "three", "inbox")
    removed = put(database, "gone", "voice")
    AnnotationStore(database).remove(DOCUMENT.fingerprint, removed)  # type: ignore[arg-type]
    counts = count_notes(database)
    assert (counts.whole, counts.inbox, counts.to_look_at) == (3, 1, 0)
    assert counts.by_tag == {"voice": 2, "letters": 1, "inbox": 1}
    assert bodies(database, NoteKind.ALL) == ["three", "two", "one"]
    assert bodies(database, NoteKind.INBOX) == ["three"]
    assert bodies(database, NoteKind.TAGGED, "voice") == ["two", "one"]


def test_a_note_whose_place_is_not_sure_is_to_be_looked_at(database: Database) -> None:
    put(database, "stands")
    store = AnnotationStore(database)
    lost = annotation_from_json(annotation_json(bodyValue="lost", id="urn:example:lost"))
    whole = annotation_from_json(
        annotation_json(id="urn:example:whole", target="a.txt", bodyValue="on all of it")
    )
    store.save(DOCUMENT.fingerprint, lost, whole)
    edited = document_of("Nothing of that.")
    store.bring_along(Path("a.txt"), DOCUMENT)
    placed_annotations(store, DOCUMENT)
    assert (
        bodies(database, NoteKind.TO_LOOK_AT) == ["lost"] or count_notes(database).to_look_at == 0
    )
    with database.writing() as connection:
        connection.execute("UPDATE text SET fingerprint = ?", (edited.fingerprint,))
        connection.execute("INSERT INTO text_version VALUES (?, 1)", (edited.fingerprint,))
    placed_annotations(store, edited)
    assert count_notes(database).to_look_at == 2
    assert set(bodies(database, NoteKind.TO_LOOK_AT)) == {"lost", "stands"}
