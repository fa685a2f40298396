"""Notes stay with their text through edits, copies and sidecars, and none is ever lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.annotations.all_notes import removed_notes
from reader.annotations.anchoring import AnchorState, anchor
from reader.annotations.editing import with_note
from reader.annotations.exchange.envelope import foreign_file, new_envelope
from reader.annotations.exchange.web_annotations.web_annotation import (
    read_annotations,
    write_annotations,
)
from reader.annotations.history import NoteHistory
from reader.annotations.model import Annotation, AnnotationId, Json, annotation_from_json
from reader.annotations.note_steps import Change
from reader.annotations.store import AnnotationStore, ImportReport
from reader.errors import NotesUnreadable
from reader.storage.database import Database
from reader.text.document import Fingerprint
from tests.annotations.documents import COLLECTION, LATER, annotation_json, document_of, note_on

DOCUMENT = document_of("All was quiet in the house. Only the clock went on.")


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


def item(number: int, note: str = "", **more: Json) -> Annotation:
    body: Json = {"type": "TextualBody", "value": note} if note else None
    return annotation_from_json(annotation_json(id=f"urn:example:{number}", body=body, **more))


def put_sidecar(text_path: Path, *annotations: Annotation, **around: Json) -> Path:
    path = text_path.with_name("story.annotations.jsonld")
    items: list[Json] = [dict(annotation.raw) for annotation in annotations]
    page: Json = {"type": "AnnotationPage", "items": items}
    value = {**COLLECTION, "total": len(items), "first": page, **around}
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def notes_of(store: AnnotationStore) -> list[tuple[str, str]]:
    annotations = store.of_document(DOCUMENT.fingerprint)
    return [(annotation.id.split(":")[-1], annotation.note_text) for annotation in annotations]


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


class TestSidecar:
    """The file beside the text."""

    def test_its_notes_show_like_the_users_own(
        self, store: AnnotationStore, text_path: Path
    ) -> None:
        put_sidecar(text_path, item(2, "two"), item(1, "one"))
        assert store.read_sidecar(text_path, DOCUMENT) is True
        assert notes_of(store) == [("2", "two"), ("1", "one")]

    def test_read_again_it_changes_nothing(self, store: AnnotationStore, text_path: Path) -> None:
        put_sidecar(text_path, item(1))
        store.read_sidecar(text_path, DOCUMENT)
        assert store.read_sidecar(text_path, DOCUMENT) is False

    def test_it_is_never_written(self, store: AnnotationStore, text_path: Path) -> None:
        path = put_sidecar(text_path, item(1), item(2))
        before = path.read_bytes()
        store.read_sidecar(text_path, DOCUMENT)
        store.save(DOCUMENT.fingerprint, item(1, "changed"))
        store.remove(DOCUMENT.fingerprint, item(2).id)
        store.read_sidecar(text_path, DOCUMENT)
        assert path.read_bytes() == before
        assert list(path.parent.glob("*.jsonld")) == [path]

    def test_the_users_edits_and_removals_win_over_it(
        self, store: AnnotationStore, text_path: Path
    ) -> None:
        put_sidecar(text_path, item(1, "a"), item(2, "b"), item(3, "c"))
        store.read_sidecar(text_path, DOCUMENT)
        store.save(DOCUMENT.fingerprint, item(1, "mine"))
        store.remove(DOCUMENT.fingerprint, item(2).id)
        put_sidecar(text_path, item(1, "A"), item(2, "B"), item(3, "C"))
        store.read_sidecar(text_path, DOCUMENT)
        assert notes_of(store) == [("1", "mine"), ("3", "C")]

    def test_notes_left_alone_follow_it(self, store: AnnotationStore, text_path: Path) -> None:
        put_sidecar(text_path, item(1, "a"), item(2, "b"), item(3, "c"))
        store.read_sidecar(text_path, DOCUMENT)
        put_sidecar(text_path, item(4, "d"), item(3, "C"), item(1, "a"))
        store.read_sidecar(text_path, DOCUMENT)
        assert notes_of(store) == [("4", "d"), ("3", "C"), ("1", "a")]

    def test_a_note_the_user_changed_outlives_its_leaving_the_file(
        self, store: AnnotationStore, text_path: Path
    ) -> None:
        put_sidecar(text_path, item(1, "a"), item(2, "b"))
        store.read_sidecar(text_path, DOCUMENT)
        store.save(DOCUMENT.fingerprint, item(1, "mine"))
        put_sidecar(text_path)
        store.read_sidecar(text_path, DOCUMENT)
        assert notes_of(store) == [("1", "mine")]

    def test_a_note_removed_stays_removed_when_it_leaves_the_file_and_returns(
        self, store: AnnotationStore, text_path: Path
    ) -> None:
        for held in ((item(1),), (), (item(1),)):
            put_sidecar(text_path, *held)
            store.read_sidecar(text_path, DOCUMENT)
            store.remove(DOCUMENT.fingerprint, item(1).id)
        assert notes_of(store) == []

    def test_an_edit_taken_back_follows_it_again(
        self, store: AnnotationStore, text_path: Path
    ) -> None:
        put_sidecar(text_path, item(1, "a"))
        store.read_sidecar(text_path, DOCUMENT)
        store.save(DOCUMENT.fingerprint, item(1, "mine"))
        store.save(DOCUMENT.fingerprint, item(1, "a"))
        put_sidecar(text_path, item(1, "b"))
        store.read_sidecar(text_path, DOCUMENT)
        assert notes_of(store) == [("1", "b")]

    def test_where_it_is_gone_its_notes_stay(self, store: AnnotationStore, text_path: Path) -> None:
        path = put_sidecar(text_path, item(1, "a"))
        store.read_sidecar(text_path, DOCUMENT)
        path.unlink()
        store.read_sidecar(text_path, DOCUMENT)
        assert notes_of(store) == [("1", "a")]

    def test_a_copy_of_the_text_with_a_sidecar_of_its_own_takes_no_notes_away(
        self, store: AnnotationStore, text_path: Path, tmp_path: Path
    ) -> None:
        put_sidecar(text_path, item(1, "a"))
        store.read_sidecar(text_path, DOCUMENT)
        (tmp_path / "copy").mkdir()
        copy = tmp_path / "copy" / "story.txt"
        put_sidecar(copy, item(2, "b"))
        store.read_sidecar(copy, DOCUMENT)
        store.read_sidecar(text_path, DOCUMENT)
        assert notes_of(store) == [("1", "a"), ("2", "b")]

    def test_when_it_breaks_its_path_and_fault_are_told_and_the_notes_stay(
        self, store: AnnotationStore, text_path: Path
    ) -> None:
        path = put_sidecar(text_path, item(1, "a"))
        store.read_sidecar(text_path, DOCUMENT)
        path.write_text(json.dumps({**COLLECTION, "first": {"items": [7]}}))
        with pytest.raises(NotesUnreadable) as caught:
            store.read_sidecar(text_path, DOCUMENT)
        assert (caught.value.path, caught.value.where) == (path, "$.first.items[0]")
        assert notes_of(store) == [("1", "a")]

    def test_it_is_exported_as_it_is(self, store: AnnotationStore, text_path: Path) -> None:
        path = put_sidecar(text_path, item(1, "a"), id="urn:example:c", label="Hers", x=[1])
        store.read_sidecar(text_path, DOCUMENT)
        envelope = store.envelope_of(DOCUMENT.fingerprint)
        assert envelope is not None
        exported = write_annotations(store.of_document(DOCUMENT.fingerprint), envelope)
        assert json.loads(exported) == json.loads(path.read_bytes())

    def test_what_stands_around_its_notes_follows_it_too(
        self, store: AnnotationStore, text_path: Path
    ) -> None:
        for label in ("Hers", "Theirs"):
            put_sidecar(text_path, item(1), label=label)
            store.read_sidecar(text_path, DOCUMENT)
        envelope = store.envelope_of(DOCUMENT.fingerprint)
        assert envelope is not None
        assert "Theirs" in envelope.json_text


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
