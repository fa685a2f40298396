"""Notes stay with their text through edits and copies, and none is ever lost."""

from __future__ import annotations

from pathlib import Path

from reader.annotations.all_notes import removed_notes
from reader.annotations.anchoring import AnchorState, anchor
from reader.annotations.editing import with_note
from reader.annotations.model import AnnotationId, annotation_from_json
from reader.annotations.note_steps import Change
from reader.annotations.store import AnnotationStore
from reader.storage.database import Database
from reader.text.document import Fingerprint
from tests.annotations.documents import LATER, annotation_json, document_of, note_on
from tests.annotations.stored_notes import DOCUMENT, item, notes_of


def test_notes_come_back_in_the_order_they_were_made(store: AnnotationStore) -> None:
    first, second = item(2, "first"), item(1, "second")
    assert store.save(DOCUMENT.fingerprint, first) == (Change(first.id, None, first),)
    store.save(DOCUMENT.fingerprint, second)
    store.save(DOCUMENT.fingerprint, with_note(first, "changed", LATER))
    assert notes_of(store) == [("2", "changed"), ("1", "second")]


def test_a_note_on_disk_is_there_for_another_process(
    store: AnnotationStore, database: Database
) -> None:
    store.save(DOCUMENT.fingerprint, item(1, "here"))
    with Database(database.path) as other:
        assert notes_of(AnnotationStore(other)) == [("1", "here")]


def test_saving_what_is_there_changes_nothing(store: AnnotationStore) -> None:
    store.save(DOCUMENT.fingerprint, item(1))
    assert store.save(DOCUMENT.fingerprint, item(1)) == ()


def test_a_removed_note_comes_back_in_its_place(store: AnnotationStore) -> None:
    store.save(DOCUMENT.fingerprint, item(1), item(2), item(3))
    removed = store.remove(DOCUMENT.fingerprint, item(2).id, AnnotationId("urn:example:none"))
    assert removed == (Change(item(2).id, item(2), None),)
    assert notes_of(store) == [("1", ""), ("3", "")]
    store.save(DOCUMENT.fingerprint, item(2))
    assert notes_of(store) == [("1", ""), ("2", ""), ("3", "")]


def test_of_two_texts_each_has_its_own_notes(store: AnnotationStore) -> None:
    other = document_of("Another text.")
    store.save(DOCUMENT.fingerprint, item(1))
    store.save(other.fingerprint, item(1, "the same id"))
    assert notes_of(store) == [("1", "")]
    assert [note.note_text for note in store.of_document(other.fingerprint)] == ["the same id"]
    assert [text.fingerprint for text in store.noted_texts()] == [
        DOCUMENT.fingerprint,
        other.fingerprint,
    ]
    store.remove(other.fingerprint, item(1).id)
    assert len(store.noted_texts()) == 1


def test_a_text_never_seen_has_no_notes(store: AnnotationStore) -> None:
    assert store.of_document(Fingerprint("sha256:none")) == ()
    assert store.envelope_of(Fingerprint("sha256:none")) is None


def test_a_change_is_only_made_where_nothing_changed_meanwhile(store: AnnotationStore) -> None:
    store.save(DOCUMENT.fingerprint, item(1, "old"), item(2, "old"))
    store.save(DOCUMENT.fingerprint, item(2, "by an import"))
    wanted = [
        Change(item(1).id, item(1, "old"), item(1, "new")),
        Change(item(2).id, item(2, "old"), item(2, "new")),
    ]
    assert store.write_unchanged(DOCUMENT.fingerprint, wanted) == (wanted[0],)
    assert notes_of(store) == [("1", "new"), ("2", "by an import")]


def test_notes_come_along_when_their_file_is_edited(
    store: AnnotationStore, text_path: Path
) -> None:
    store.bring_along(text_path, DOCUMENT)
    store.save(DOCUMENT.fingerprint, note_on(DOCUMENT, "the clock"))
    store.read_sidecar(text_path, DOCUMENT)
    edited = document_of("It was night. " + DOCUMENT.sections[0].text)
    assert store.of_document(edited.fingerprint) == ()
    store.read_sidecar(text_path, edited)
    (note,) = store.of_document(edited.fingerprint)
    assert anchor(note, edited).state == AnchorState.MOVED
    # and the version it was made on has it still
    assert store.of_document(DOCUMENT.fingerprint) == (note,)


def test_a_text_known_elsewhere_that_takes_a_files_place_keeps_its_own_notes(
    store: AnnotationStore, text_path: Path
) -> None:
    other = document_of("Another text.")
    store.save(DOCUMENT.fingerprint, item(1, "mine"))
    store.save(other.fingerprint, item(2, "other"))
    store.bring_along(text_path, DOCUMENT)
    store.bring_along(text_path, other)
    assert [note.note_text for note in store.of_document(other.fingerprint)] == ["other"]
    assert notes_of(store) == [("1", "mine")]
    store.bring_along(text_path, document_of("Another text, edited."))
    assert notes_of(store) == [("1", "mine")]


def test_opening_a_text_without_notes_writes_nothing(
    store: AnnotationStore, database: Database, text_path: Path
) -> None:
    assert store.read_sidecar(text_path, DOCUMENT) is False
    with database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM text").fetchone() == (0,)


def removed_ids(database: Database, version: Fingerprint | None = None) -> list[str]:
    return [note.annotation.id for note in removed_notes(database, version)]


def test_what_was_removed_is_kept_for_thirty_days(tmp_path: Path) -> None:
    fingerprint = Fingerprint("sha256:removed")
    notes = [annotation_from_json(annotation_json(id=f"urn:{n}")) for n in range(3)]
    with Database(tmp_path / "s.sqlite3") as database:
        store = AnnotationStore(database)
        store.save(fingerprint, *notes)
        store.remove(fingerprint, notes[0].id, notes[1].id)
        with database.writing() as connection:
            connection.execute(
                "UPDATE annotation SET removed = datetime('now', '-31 days') WHERE id = 'urn:0'"
            )
        assert removed_ids(database, fingerprint) == ["urn:1", "urn:0"]
        assert removed_ids(database) == ["urn:1", "urn:0"]
        assert not removed_ids(database, Fingerprint("sha256:another"))
        assert store.forget_removed() == 1
        assert removed_ids(database, fingerprint) == ["urn:1"]
        assert store.of_document(fingerprint) == (notes[2],)
        store.save(fingerprint, notes[1])
        assert not removed_ids(database, fingerprint)
