"""The reader comes back to the text and the place that were left."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.library.catalogue import Catalogue, KnownText
from reader.storage.database import Database
from reader.text.address import text_key
from reader.text.document import Place
from tests.annotations.documents import document_of

MORNING = datetime(2026, 5, 1, 8, tzinfo=UTC)
DOCUMENT = document_of("All was quiet in the house.", title="A quiet house")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with Database(tmp_path / "sottovoce.sqlite3") as database:
        yield Catalogue(database)


def test_a_text_opened_for_the_first_time_is_at_its_start(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    path = tmp_path / "quiet.txt"
    assert catalogue.last_place(DOCUMENT, path) is None
    known = catalogue.remember_opened(DOCUMENT, path, MORNING)
    assert known == KnownText(
        DOCUMENT.fingerprint, path, "A quiet house", Place(0, 0), 0.0, MORNING
    )


def test_the_place_left_is_the_place_found(catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "quiet.txt"
    catalogue.remember_opened(DOCUMENT, path, MORNING)
    catalogue.remember_place(DOCUMENT.fingerprint, Place(0, 12), 0.5)
    known = catalogue.remember_opened(DOCUMENT, path, MORNING + timedelta(hours=1))
    assert (known.place, known.progress) == (Place(0, 12), 0.5)
    assert catalogue.last_place(DOCUMENT, path) == Place(0, 12)


def test_a_place_is_kept_before_the_text_is_noted(catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "quiet.txt"
    # how far that is in the text is not known either
    catalogue.remember_place(DOCUMENT.fingerprint, Place(0, 12), 0.0, path)
    assert catalogue.last_place(DOCUMENT, path) == Place(0, 12)
    known = catalogue.remember_opened(DOCUMENT, path, MORNING)
    assert (known.place, known.title) == (Place(0, 12), "A quiet house")
    catalogue.remember_place(DOCUMENT.fingerprint, Place(0, 20), 0.7, path)
    assert len(catalogue.recent(9)) == 1


def test_an_edited_file_keeps_its_place(catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / "quiet.txt"
    catalogue.remember_opened(DOCUMENT, path, MORNING)
    catalogue.remember_place(DOCUMENT.fingerprint, Place(0, 12), 0.5)
    edited = document_of("All was very quiet in the house.")
    assert catalogue.last_place(edited, path) == Place(0, 12)
    assert catalogue.remember_opened(edited, path, MORNING).fingerprint == edited.fingerprint
    assert len(catalogue.recent(9)) == 1


def test_a_moved_file_keeps_its_place(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.remember_opened(DOCUMENT, tmp_path / "quiet.txt", MORNING)
    catalogue.remember_place(DOCUMENT.fingerprint, Place(0, 12), 0.5)
    moved = catalogue.remember_opened(DOCUMENT, tmp_path / "moved.txt", MORNING)
    assert (moved.place, moved.path) == (Place(0, 12), tmp_path / "moved.txt")


def test_the_text_opened_last_comes_first(catalogue: Catalogue, tmp_path: Path) -> None:
    assert catalogue.last_text() is None
    documents = [document_of(f"text {number}", title=f"Text {number}") for number in range(4)]
    for hour, document in enumerate([*documents, documents[1]]):
        path = tmp_path / f"{document.title}.txt"
        catalogue.remember_opened(document, path, MORNING + timedelta(hours=hour))
    last = catalogue.last_text()
    assert last is not None
    assert last.title == "Text 1"
    assert [text.title for text in catalogue.recent(3)] == ["Text 1", "Text 3", "Text 2"]


def test_a_place_in_a_text_never_opened_is_not_kept(catalogue: Catalogue) -> None:
    catalogue.remember_place(DOCUMENT.fingerprint, Place(0, 3), 0.1)
    assert catalogue.recent(9) == ()


def test_progress_stays_between_start_and_end(catalogue: Catalogue, tmp_path: Path) -> None:
    catalogue.remember_opened(DOCUMENT, tmp_path / "quiet.txt", MORNING)
    catalogue.remember_place(DOCUMENT.fingerprint, Place(0, 12), 1.0000001)
    assert catalogue.recent(1)[0].progress == 1.0


def test_a_finished_text_stays_so_until_its_place_moves(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    catalogue.remember_opened(DOCUMENT, tmp_path / "quiet.txt", MORNING)
    catalogue.remember_place(DOCUMENT.fingerprint, Place(0, 12), 1.0)
    catalogue.remember_place(DOCUMENT.fingerprint, Place(0, 12), 0.9)  # opened again, and left
    assert catalogue.recent(1)[0].progress == 1.0
    catalogue.remember_place(DOCUMENT.fingerprint, Place(0, 3), 0.1)
    assert catalogue.recent(1)[0].progress == 0.1


def test_a_file_whose_name_is_no_text_is_known_too(catalogue: Catalogue, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.txt")
    catalogue.remember_opened(document_of("x", title=path.stem), path, MORNING)
    assert catalogue.recent(1)[0].path == path


def test_an_address_finds_the_file_by_any_version_of_its_text(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    path = tmp_path / "quiet.txt"
    catalogue.remember_opened(DOCUMENT, path, MORNING)
    edited = document_of("All was very quiet in the house.")
    catalogue.remember_opened(edited, path, MORNING)
    moved = tmp_path / "moved.txt"
    catalogue.remember_opened(edited, moved, MORNING)
    assert catalogue.file_of(text_key(DOCUMENT.fingerprint)) == moved
    assert catalogue.file_of(text_key(edited.fingerprint)) == moved


@pytest.mark.parametrize("key", ["0" * 16, "", "*", "?" * 16, "[0-9]*"])
def test_an_address_of_no_text_known_finds_none(
    catalogue: Catalogue, tmp_path: Path, key: str
) -> None:
    catalogue.remember_opened(DOCUMENT, tmp_path / "quiet.txt", MORNING)
    assert catalogue.file_of(key) is None
