"""What comes in from files, and what of it stays out."""

from __future__ import annotations

import json
from pathlib import Path

from reader.annotations.exchange.envelope import foreign_file, new_envelope
from reader.annotations.exchange.web_annotations.web_annotation import (
    read_annotations,
    write_annotations,
)
from reader.annotations.history import NoteHistory
from reader.annotations.model import Annotation, Json
from reader.annotations.note_steps import Change
from reader.annotations.store import AnnotationStore, ImportReport
from tests.annotations.stored_notes import DOCUMENT, item, notes_of, put_sidecar


class TestImport:
    """A file of notes the user asks for."""

    @staticmethod
    def imported(store: AnnotationStore, text_path: Path, *values: Json) -> ImportReport:
        read = read_annotations(json.dumps(list(values)).encode(), Path("notes.jsonld"))
        return store.import_file(text_path, DOCUMENT, read)

    def test_it_counts_what_it_did(self, store: AnnotationStore, text_path: Path) -> None:
        store.save(DOCUMENT.fingerprint, item(1, "a"), item(2, "b"))
        report = self.imported(
            store, text_path, item(1, "a").raw, item(2, "B").raw, item(3, "c").raw
        )
        assert report == ImportReport(added=1, changed=1, left=1)
        assert notes_of(store) == [("1", "a"), ("2", "B"), ("3", "c")]

    def test_a_note_changed_here_later_than_there_is_left(
        self, store: AnnotationStore, text_path: Path
    ) -> None:
        old, new = (
            item(1, note, modified=f"2026-05-0{day}T12:00:00Z")
            for note, day in (("a", 1), ("b", 2))
        )
        store.save(DOCUMENT.fingerprint, new)
        assert self.imported(store, text_path, old.raw) == ImportReport(0, 0, 1)
        assert notes_of(store) == [("1", "b")]

    def test_a_note_removed_here_comes_back(self, store: AnnotationStore, text_path: Path) -> None:
        store.save(DOCUMENT.fingerprint, item(1, "a"))
        store.remove(DOCUMENT.fingerprint, item(1).id)
        assert self.imported(store, text_path, item(1, "a").raw) == ImportReport(1, 0, 0)
        assert notes_of(store) == [("1", "a")]

    def test_what_a_sidecar_says_later_does_not_win_over_it(
        self, store: AnnotationStore, text_path: Path
    ) -> None:
        self.imported(store, text_path, item(1, "mine").raw, item(2, "b").raw)
        put_sidecar(text_path, item(2, "theirs"), item(1, "theirs"))
        store.read_sidecar(text_path, DOCUMENT)
        assert notes_of(store) == [("1", "mine"), ("2", "b")]

    def test_a_list_says_nothing_worth_more_than_a_collections_label(
        self, store: AnnotationStore, text_path: Path
    ) -> None:
        put_sidecar(text_path, item(1), label="Hers")
        store.read_sidecar(text_path, DOCUMENT)
        self.imported(store, text_path, item(2).raw)
        envelope = store.envelope_of(DOCUMENT.fingerprint)
        assert envelope is not None
        assert "Hers" in envelope.json_text


class TestDeletedNotesOfOtherReaders:
    """What the user deleted doesn't come back from a file that knows nothing of it."""

    def brought(self, store: AnnotationStore, *notes: Annotation) -> ImportReport:
        return store.import_file(Path("a.txt"), DOCUMENT, foreign_file(notes))

    def test_a_deleted_note_is_left_out_and_counted(self, store: AnnotationStore) -> None:
        assert self.brought(store, item(1), item(2)) == ImportReport(2, 0, 0)
        store.remove(DOCUMENT.fingerprint, item(1).id)
        assert self.brought(store, item(1), item(2)) == ImportReport(0, 0, 1, deleted=1)
        assert store.of_document(DOCUMENT.fingerprint) == (item(2),)

    def test_also_once_the_trash_has_forgotten_it(self, store: AnnotationStore) -> None:
        self.brought(store, item(1))
        store.remove(DOCUMENT.fingerprint, item(1).id)
        with store._database.writing() as connection:
            connection.execute("UPDATE annotation SET removed = datetime('now', '-31 days')")
        assert store.forget_removed() == 1
        assert self.brought(store, item(1)) == ImportReport(0, 0, 0, deleted=1)

    def test_one_that_was_brought_back_and_deleted_by_undo_may_come_again(
        self, store: AnnotationStore
    ) -> None:
        self.brought(store, item(1))
        history = NoteHistory(store, DOCUMENT.fingerprint)
        history.undo()
        assert self.brought(store, item(1)) == ImportReport(1, 0, 0)
        store.remove(DOCUMENT.fingerprint, item(1).id)
        store.save(DOCUMENT.fingerprint, item(1))
        assert self.brought(store, item(1)) == ImportReport(0, 0, 1)

    def test_one_that_is_there_again_counts_as_deleted_no_more(
        self, store: AnnotationStore
    ) -> None:
        self.brought(store, item(1))
        store.remove(DOCUMENT.fingerprint, item(1).id)
        store.save(DOCUMENT.fingerprint, item(1))
        gone = Change(item(1).id, item(1), None)  # taken back, as an import is: nobody deleted it
        store.write_unchanged(DOCUMENT.fingerprint, [gone], is_undo=True)
        assert self.brought(store, item(1)) == ImportReport(1, 0, 0)

    def test_a_deletion_done_again_counts_as_one(self, store: AnnotationStore) -> None:
        self.brought(store, item(1))
        history = NoteHistory(store, DOCUMENT.fingerprint)
        history.remove(item(1).id)
        history.undo()
        history.redo()
        assert self.brought(store, item(1)).deleted == 1

    def test_a_file_of_ones_own_brings_it_back(self, store: AnnotationStore) -> None:
        self.brought(store, item(1))
        store.remove(DOCUMENT.fingerprint, item(1).id)
        content = write_annotations([item(1)], new_envelope("urn:x:1", "Mine"))
        read = read_annotations(content, Path("mine.jsonld"))
        assert store.import_file(Path("a.txt"), DOCUMENT, read) == ImportReport(1, 0, 0)
