"""A note keeps its place through any number of changes to its text; its own words stay."""

from __future__ import annotations

import shutil
from pathlib import Path

from reader.annotations.anchoring import AnchorState, KnownPlace
from reader.annotations.editing import with_note
from reader.annotations.model import Annotation
from reader.annotations.placing import placed_annotations
from reader.annotations.store import AnnotationStore
from reader.storage.database import Database
from reader.text.document import Document, Fingerprint
from tests.annotations.documents import LATER, document_of, note_on

OLD_FILES = Path(__file__).parents[1] / "storage" / "files"

FIRST = (
    "The lamp went out before anybody had thought of oil. She sat in the dark and counted. "
    "Forty ships had left the bay that spring, and she knew the name of each one by its bell."
)
PASSAGE = "She sat in the dark and counted"


def opened(
    store: AnnotationStore, text_path: Path, document: Document
) -> list[tuple[AnchorState, str, bool]]:
    """Open a version of the text; return each note's state, passage, and whether it is asked."""
    store.bring_along(text_path, document)
    found = []
    for _, anchor in placed_annotations(store, document):
        span = anchor.span
        passage = (
            "" if span is None else document.sections[span.section].text[span.start : span.end]
        )
        found.append((anchor.state, passage, anchor.needs_look))
    return found


def kept_versions(store: AnnotationStore, document: Document) -> list[Fingerprint]:
    return list(store.past_of(document.fingerprint).texts)


def with_a_note(store: AnnotationStore, text_path: Path, text: str = FIRST) -> Annotation:
    """Open a text, put a note on its passage, and have its text kept."""
    document = document_of(text)
    note = note_on(document, PASSAGE)
    store.save(document.fingerprint, note)
    store.bring_along(text_path, document)
    store.keep_text(document)
    return note


def test_a_passage_that_was_rewritten_a_little_is_found_and_said_to_be_changed(
    store: AnnotationStore, text_path: Path
) -> None:
    with_a_note(store, text_path)
    changed = document_of("Once. " + FIRST.replace("in the dark", "in the cold dark"))
    store.bring_along(text_path, changed)
    ((_, anchor),) = placed_annotations(store, changed)
    assert anchor.state == AnchorState.MOVED
    assert anchor.is_changed
    assert anchor.range is not None
    assert changed.sections[0].text[slice(*anchor.range)] == "She sat in the cold dark and counted"


def test_small_changes_add_up_to_any_change(store: AnnotationStore, text_path: Path) -> None:
    note = with_a_note(store, text_path)
    words = FIRST.split(" ")
    for number in range(len(words)):  # in the end, not one word is as it was
        words[number] = words[number][::-1] if words[number].isalpha() else "nothing"
        found = opened(store, text_path, document_of(" ".join(words)))
        assert found[0][0] in (AnchorState.MOVED, AnchorState.ANCHORED, AnchorState.ORPHAN)
    assert store.of_document(document_of(" ".join(words)).fingerprint) == (note,)


def test_only_texts_that_notes_stand_in_are_kept(store: AnnotationStore, text_path: Path) -> None:
    with_a_note(store, text_path)
    for number in range(4):
        changed = document_of(f"{number} " * number + FIRST)
        opened(store, text_path, changed)
        assert kept_versions(store, changed) == [changed.fingerprint]


def test_the_text_of_an_orphan_is_kept_until_it_is_found_again(
    store: AnnotationStore, text_path: Path
) -> None:
    with_a_note(store, text_path)
    first, without = document_of(FIRST), document_of("Nothing of it is left, not a single line.")
    for _ in range(2):
        assert opened(store, text_path, without) == [(AnchorState.ORPHAN, "", False)]
        assert first.fingerprint in kept_versions(store, without)
    again = document_of("At last: " + FIRST)
    assert opened(store, text_path, again) == [(AnchorState.MOVED, PASSAGE, False)]


def test_opened_again_a_changed_text_says_the_same_of_its_notes(
    store: AnnotationStore, text_path: Path
) -> None:
    with_a_note(store, text_path)
    changed = document_of(FIRST.replace("counted", "waited").replace("The lamp", "A lamp"))
    once = opened(store, text_path, changed)
    assert once == opened(store, text_path, changed)
    assert once[0][0] == AnchorState.MOVED


def test_a_text_without_notes_is_not_kept(store: AnnotationStore, text_path: Path) -> None:
    document = document_of(FIRST)
    store.bring_along(text_path, document)
    store.keep_text(document)
    assert placed_annotations(store, document) == ()
    assert kept_versions(store, document) == []


def test_notes_from_elsewhere_have_their_text_kept_once_they_are_found(
    store: AnnotationStore, database: Database, text_path: Path
) -> None:
    with_a_note(store, text_path)
    with database.writing() as connection:  # as if they had come with a sidecar file
        connection.execute("DELETE FROM note_place")
        connection.execute("DELETE FROM kept_text")
    assert opened(store, text_path, document_of(FIRST)) == [(AnchorState.ANCHORED, PASSAGE, False)]
    assert kept_versions(store, document_of(FIRST)) == [document_of(FIRST).fingerprint]


def test_a_place_that_the_user_has_looked_at_is_where_the_note_is(
    store: AnnotationStore, text_path: Path
) -> None:
    note = with_a_note(store, text_path)
    document = document_of("She waited in the light. " * 3)
    assert opened(store, text_path, document)[0][0] == AnchorState.ORPHAN
    store.keep_places(document, {note.id: KnownPlace(document.fingerprint, 0, 23)})
    found = opened(store, text_path, document)
    assert found == [(AnchorState.MOVED, "She waited in the light", False)]
    assert store.of_document(document.fingerprint) == (note,)


def test_a_note_edited_in_a_later_version_keeps_its_place(
    store: AnnotationStore, text_path: Path
) -> None:
    note = with_a_note(store, text_path)
    changed = document_of("Once. " + FIRST)
    opened(store, text_path, changed)
    store.save(changed.fingerprint, with_note(note, "looked at again", LATER))
    assert opened(store, text_path, changed) == [(AnchorState.MOVED, PASSAGE, False)]


def test_a_passage_across_sections_is_followed_whole(
    store: AnnotationStore, text_path: Path
) -> None:
    note = with_a_note(store, text_path)
    left, right = FIRST.split("the dark ")
    torn = document_of(left + "the dark", right)
    opened(store, text_path, torn)
    place = store.past_of(torn.fingerprint).places[note.id]
    assert place.end - place.start == len(PASSAGE) + 1  # two line feeds stand for a space
    assert opened(store, text_path, document_of(FIRST))[0][:2] == (AnchorState.ANCHORED, PASSAGE)


def test_what_version_2_of_the_file_kept_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sottovoce.sqlite3"
    shutil.copy(OLD_FILES / "version_2.sqlite3", path)
    with Database(path) as database:
        past = AnnotationStore(database).past_of(Fingerprint("sha256:old"))
        assert list(past.places.values()) == [KnownPlace(Fingerprint("sha256:old"), 3, 6)]
        assert dict(past.texts) == {"sha256:old": "An old text, kept in version 2."}
