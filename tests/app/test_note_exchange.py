"""Notes go out alike whenever they were made, and as they came where nobody changed them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.annotations.appearance import STYLE_SHEET
from reader.annotations.editing import with_tags
from reader.annotations.exchange.note_formats import writer_for
from reader.annotations.model import Annotation, annotation_from_json
from reader.annotations.store import AnnotationStore
from reader.app.note_exchange import (
    file_name_for,
    import_notes,
    notes_as_bytes,
    notes_on,
    write_notes,
)
from reader.storage.database import Database
from tests.annotations.documents import COLLECTION, LATER, annotation_json, document_of

DOCUMENT = document_of("All was quiet in the house.")
SHEET = {"type": "CssStylesheet", "value": ".rose { background-color: #F8CFC9 }"}
ROSE: dict[str, Any] = {
    "source": "a.txt",
    "selector": {"type": "TextQuoteSelector", "exact": "quiet"},
    "styleClass": "rose",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AnnotationStore]:
    with Database(tmp_path / "notes.db") as database:
        yield AnnotationStore(database)


def exported(store: AnnotationStore, tmp_path: Path) -> list[dict[str, Any]]:
    writer = writer_for("jsonld")
    text = notes_on(store, tmp_path / "a.txt", DOCUMENT, writer)
    written = json.loads(notes_as_bytes([text], writer, tmp_path))
    items: list[dict[str, Any]] = written["first"]["items"]
    return items


def of_an_earlier_version() -> Annotation:
    """Return a note whose colour nothing explains, as they were made before there were sheets."""
    return annotation_from_json(annotation_json(id="urn:example:mine", target=ROSE))


def test_what_an_earlier_version_made_goes_out_with_what_its_colour_looks_like(
    store: AnnotationStore, tmp_path: Path
) -> None:
    store.save(DOCUMENT.fingerprint, of_an_earlier_version())
    (item,) = exported(store, tmp_path)
    assert item == {**annotation_json(id="urn:example:mine", target=ROSE), STYLE_SHEET: SHEET}
    assert store.of_document(DOCUMENT.fingerprint) == (of_an_earlier_version(),)


def test_what_came_in_goes_out_as_it_came_until_it_is_changed_here(
    store: AnnotationStore, tmp_path: Path
) -> None:
    theirs = annotation_json(target=ROSE)
    path = tmp_path / "theirs.jsonld"
    page = {"type": "AnnotationPage", "items": [theirs]}
    path.write_text(json.dumps({**COLLECTION, "first": page}))
    store.save(DOCUMENT.fingerprint, of_an_earlier_version())
    import_notes(store, tmp_path / "a.txt", DOCUMENT, path)
    mine, same = exported(store, tmp_path)
    assert same == theirs
    assert mine[STYLE_SHEET] == SHEET

    (_, note) = store.of_document(DOCUMENT.fingerprint)
    store.save(DOCUMENT.fingerprint, with_tags(note, ["seen"], LATER))
    assert exported(store, tmp_path)[1][STYLE_SHEET] == SHEET
    store.save(DOCUMENT.fingerprint, note)
    assert exported(store, tmp_path)[1] == theirs


def test_what_lies_beside_the_text_goes_out_as_it_lies_there(
    store: AnnotationStore, tmp_path: Path
) -> None:
    theirs = annotation_json(target=ROSE)
    (tmp_path / "a.annotations.jsonld").write_text(
        json.dumps({**COLLECTION, "first": {"type": "AnnotationPage", "items": [theirs]}})
    )
    assert store.read_sidecar(tmp_path / "a.txt", DOCUMENT)
    assert exported(store, tmp_path) == [theirs]


@pytest.mark.parametrize("letter", ["a", "ж", "読", "📖"])
def test_a_long_title_in_any_script_makes_a_name_that_file_systems_take(letter: str) -> None:
    name = file_name_for(letter * 200, writer_for("jsonld"))
    assert name.startswith(letter * 40)
    assert len(name.encode()) < 230  # of 255, as a number may come into it
    assert "\ufffd" not in name


def test_a_page_that_was_moved_and_renamed_is_written_anew_where_it_is(
    store: AnnotationStore, tmp_path: Path
) -> None:
    store.save(DOCUMENT.fingerprint, of_an_earlier_version())
    writer, vault, templates = writer_for("markdown"), tmp_path / "vault", tmp_path / "templates"
    (vault / "films" / ".trash").mkdir(parents=True)
    text = notes_on(store, tmp_path / "a.txt", DOCUMENT, writer)
    page = write_notes([text], writer, vault, templates)
    moved = vault / "films" / "What I thought.md"
    moved.write_text(page.read_text("utf-8") + "My own words.\n", "utf-8")
    page.rename(vault / "films" / ".trash" / page.name)
    (vault / "another.md").write_text("> quiet\n\nof the user's own\n", "utf-8")
    assert write_notes([text], writer, vault, templates) == moved
    assert moved.read_text("utf-8").endswith("My own words.\n")
    assert moved.read_text("utf-8").count("> quiet") == 1
    assert {path.name for path in vault.glob("*.md")} == {"another.md"}
