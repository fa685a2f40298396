"""The index follows the library and the notes, whatever became of the files meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.annotations.store import AnnotationStore
from reader.app.indexing import Indexing
from reader.errors import IndexUnavailable
from reader.formats.registry import open_document
from reader.library.catalogue import Catalogue
from reader.library.files import stamp_of
from reader.library.holdings import Holdings
from reader.library.search.index_file import IndexFile
from reader.library.search.query import parse_query
from reader.library.search.searching import search_notes, search_places
from reader.storage.database import Database
from tests.annotations.documents import document_of, note_on

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
QUIET = document_of("All was quiet in the house.")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[IndexFile]:
    file = IndexFile(tmp_path / "cache" / "search.sqlite3")
    yield file
    file.close()


def added(database: Database, path: Path, words: str) -> None:
    path.write_text(words, encoding="utf-8")
    Catalogue(database).remember_added(open_document(path), path, NOON, stamp_of(path))


def place_count(database: Database, file: IndexFile, typed: str) -> int:
    texts = Holdings(database).ids()
    return search_places(file, parse_query(typed), texts).place_count


def note_count(file: IndexFile, typed: str) -> int:
    return search_notes(file, parse_query(typed)).note_count


def test_a_text_edited_since_it_was_added_is_put_in_as_it_is_now(
    database: Database, file: IndexFile, tmp_path: Path
) -> None:
    added(database, tmp_path / "a.txt", "All was quiet.")
    (tmp_path / "a.txt").write_text("All was loud.", encoding="utf-8")
    indexing = Indexing(database, file)
    *_, last = indexing.follow_texts()
    assert (last.done, last.title) == (last.whole, "")
    assert indexing.wanting() == ()
    assert place_count(database, file, "loud") == 1
    assert place_count(database, file, "quiet") == 0


def test_one_whose_file_is_gone_is_looked_for_the_next_time(
    database: Database, file: IndexFile, tmp_path: Path
) -> None:
    added(database, tmp_path / "a.txt", "All was quiet.")
    (tmp_path / "a.txt").rename(tmp_path / "elsewhere.txt")
    indexing = Indexing(database, file)
    list(indexing.follow_texts())
    assert len(indexing.wanting()) == 1
    (tmp_path / "elsewhere.txt").rename(tmp_path / "a.txt")
    list(indexing.follow_texts())
    assert place_count(database, file, "quiet") == 1


def test_one_that_cant_be_read_is_not_tried_again_and_again(
    database: Database, file: IndexFile, tmp_path: Path
) -> None:
    added(database, tmp_path / "a.txt", "All was quiet.")
    (tmp_path / "a.txt").write_bytes(b"")
    indexing = Indexing(database, file)
    list(indexing.follow_texts())
    assert indexing.wanting() == ()


def test_another_program_that_is_at_it_is_given_way_to(
    database: Database, file: IndexFile, tmp_path: Path
) -> None:
    added(database, tmp_path / "a.txt", "All was quiet.")
    first = Indexing(database, file).follow_texts()
    next(first)
    assert list(Indexing(database, file).follow_texts()) == []
    list(first)
    assert place_count(database, file, "quiet") == 1


def test_where_nothing_can_be_locked_that_is_said(
    database: Database, file: IndexFile, tmp_path: Path
) -> None:
    added(database, tmp_path / "a.txt", "All was quiet.")
    (file.path.parent / f"{file.path.name}.lock").mkdir()
    with pytest.raises(IndexUnavailable):
        list(Indexing(database, file).follow_texts())


def test_the_notes_of_another_database_than_the_index_knew_take_the_place_of_those(
    database: Database, file: IndexFile, tmp_path: Path
) -> None:
    store = AnnotationStore(database)
    for words in ("one", "two", "three"):
        store.save(QUIET.fingerprint, note_on(QUIET, "quiet", words))
    Indexing(database, file).follow_notes()
    assert note_count(file, "three") == 1
    with Database(tmp_path / "restored.sqlite3") as restored:
        AnnotationStore(restored).save(QUIET.fingerprint, note_on(QUIET, "quiet", "before"))
        Indexing(restored, file).follow_notes()
    assert (note_count(file, "three"), note_count(file, "before")) == (0, 1)
