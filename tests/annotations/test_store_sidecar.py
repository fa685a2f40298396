"""A file of notes beside a text is followed, and never written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.annotations.exchange.web_annotations.web_annotation import (
    write_annotations,
)
from reader.annotations.store import AnnotationStore
from reader.errors import NotesUnreadable
from tests.annotations.documents import COLLECTION
from tests.annotations.stored_notes import DOCUMENT, item, notes_of, put_sidecar


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
