"""Whoever keeps an index of notes hears of every change, whoever made it."""

from __future__ import annotations

from reader.annotations.changes import changes_after, last_change
from reader.annotations.editing import with_note
from reader.annotations.store import AnnotationStore
from reader.storage.database import Database
from tests.annotations.documents import LATER, document_of, note_on

DOCUMENT = document_of("All was quiet in the house.")


def test_each_note_is_told_once_as_it_is_now(database: Database) -> None:
    store = AnnotationStore(database)
    one, other = note_on(DOCUMENT, "quiet", "one"), note_on(DOCUMENT, "house", "other")
    store.save(DOCUMENT.fingerprint, one, other)
    store.save(DOCUMENT.fingerprint, with_note(one, "changed", LATER))
    changed, seen = changes_after(database, 0)
    assert [(note.id, note.annotation and note.annotation.note_text) for note in changed] == [
        (other.id, "other"),
        (one.id, "changed"),
    ]
    assert seen == last_change(database)
    assert changes_after(database, seen) == ((), seen)


def test_a_removed_note_and_one_that_comes_back_are_told(database: Database) -> None:
    store = AnnotationStore(database)
    note = note_on(DOCUMENT, "quiet", "one")
    store.save(DOCUMENT.fingerprint, note)
    seen = last_change(database)
    (removal,) = store.remove(DOCUMENT.fingerprint, note.id)
    (gone,), seen = changes_after(database, seen)
    assert gone.annotation is None
    store.write_unchanged(DOCUMENT.fingerprint, [removal.reverse])
    (back,), _ = changes_after(database, seen)
    assert back.annotation == note


def test_many_changes_come_in_parts(database: Database) -> None:
    store = AnnotationStore(database)
    notes = [note_on(DOCUMENT, "quiet", str(number)) for number in range(5)]
    store.save(DOCUMENT.fingerprint, *notes)
    first, seen = changes_after(database, 0, most=3)
    rest, _ = changes_after(database, seen, most=3)
    assert [note.id for note in (*first, *rest)] == [note.id for note in notes]
