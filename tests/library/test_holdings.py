"""The library knows its texts through moves, edits and removals; notes stay whatever happens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reader.annotations.store import AnnotationStore
from reader.errors import TextIsAnother
from reader.library.catalogue import Catalogue
from reader.library.files import LibraryFiles, files_below, stamp_of
from reader.library.holdings import Holdings
from reader.storage.database import Database
from reader.text.document import Document, Place
from tests.annotations.documents import document_of, note_on

MORNING = datetime(2026, 5, 1, 8, tzinfo=UTC)
QUIET = document_of("All was quiet in the house.", title="A quiet house")
LOUD = document_of("All was loud.", title="A loud house")


def file_of(folder: Path, name: str, document: Document) -> Path:
    path = folder / name
    path.write_text(document.sections[0].text, encoding="utf-8")
    return path


def added(database: Database, path: Path, document: Document, hour: int = 0) -> None:
    moment = MORNING + timedelta(hours=hour)
    Catalogue(database).remember_added(document, path, moment, stamp_of(path))


def test_texts_opened_last_come_first_then_those_added_last(
    database: Database, tmp_path: Path
) -> None:
    for hour, name in enumerate("abc"):
        document = document_of(name, title=name)
        added(database, file_of(tmp_path, f"{name}.txt", document), document, hour)
    Catalogue(database).remember_opened(document_of("a", title="a"), tmp_path / "a.txt", MORNING)
    assert [text.title for text in Holdings(database).texts()] == ["a", "c", "b"]


def test_a_text_is_held_with_its_length_progress_and_notes(
    database: Database, tmp_path: Path
) -> None:
    path = file_of(tmp_path, "quiet.txt", QUIET)
    added(database, path, QUIET)
    Catalogue(database).remember_opened(QUIET, path, MORNING)
    Catalogue(database).remember_place(QUIET.fingerprint, Place(0, 9), 0.5)
    AnnotationStore(database).save(QUIET.fingerprint, note_on(QUIET, "quiet", "how?"))
    (text,) = Holdings(database).texts()
    assert (text.length, text.progress, text.note_count) == (27, 0.5, 1)
    assert text.is_being_read
    assert text.path == path


def test_a_removed_text_keeps_its_notes_and_comes_back_with_them(
    database: Database, tmp_path: Path
) -> None:
    path = file_of(tmp_path, "quiet.txt", QUIET)
    added(database, path, QUIET)
    AnnotationStore(database).save(QUIET.fingerprint, note_on(QUIET, "quiet", "how?"))
    holdings = Holdings(database)
    (text,) = holdings.texts()
    holdings.remove([text.id])
    assert holdings.texts() == ()
    assert holdings.by_id([text.id])[text.id].is_removed
    assert len(AnnotationStore(database).of_document(QUIET.fingerprint)) == 1
    added(database, path, QUIET)
    assert [t.note_count for t in holdings.texts()] == [1]


def test_tags_and_collections(database: Database, tmp_path: Path) -> None:
    added(database, file_of(tmp_path, "quiet.txt", QUIET), QUIET)
    holdings = Holdings(database)
    (text,) = holdings.texts()
    film = holdings.make_collection(" Film ")
    assert holdings.make_collection("film") == film
    holdings.put_into(film, [text.id])
    holdings.set_tags(text.id, ["#voice", "voice", " to  read ", ""])
    (text,) = holdings.texts()
    assert text.tags == ("to read", "voice")
    assert text.collections == (film,)
    holdings.rename_collection(film, "Films")
    assert [c.name for c in holdings.collections()] == ["Films"]
    holdings.put_into(film, [text.id], is_in=False)
    holdings.set_tags(text.id, [])
    (text,) = holdings.texts()
    assert (text.tags, text.collections) == ((), ())
    holdings.put_into(film, [text.id])
    holdings.drop_collection(film)
    assert holdings.collections() == ()
    assert [t.collections for t in holdings.texts()] == [()]


def test_a_file_that_is_gone_is_missing_until_it_is_back(
    database: Database, tmp_path: Path
) -> None:
    path = file_of(tmp_path, "quiet.txt", QUIET)
    added(database, path, QUIET)
    files, holdings = LibraryFiles(database), Holdings(database)
    assert files.look_for_all() == ()
    path.rename(tmp_path / "elsewhere.txt")
    (text,) = files.look_for_all()
    assert [t.is_missing for t in holdings.texts()] == [True]
    assert files.look_for_all() == ()
    (tmp_path / "elsewhere.txt").rename(path)
    assert files.look_for_all() == (text,)
    assert [t.is_missing for t in holdings.texts()] == [False]


def test_a_moved_file_is_known_by_its_content(database: Database, tmp_path: Path) -> None:
    path = file_of(tmp_path, "quiet.txt", QUIET)
    added(database, path, QUIET)
    moved = path.rename(tmp_path / "moved.txt")
    LibraryFiles(database).look_for_all()
    added(database, moved, QUIET)
    (text,) = Holdings(database).texts()
    assert (text.path, text.is_missing) == (moved, False)


def test_of_two_copies_the_other_is_taken_where_one_is_gone(
    database: Database, tmp_path: Path
) -> None:
    one, other = (file_of(tmp_path, name, QUIET) for name in ("one.txt", "other.txt"))
    added(database, one, QUIET)
    added(database, other, QUIET)
    other.unlink()
    LibraryFiles(database).look_for_all()
    (text,) = Holdings(database).texts()
    assert (text.path, text.is_missing) == (one, False)


def test_a_missing_text_can_be_located(database: Database, tmp_path: Path) -> None:
    path = file_of(tmp_path, "quiet.txt", QUIET)
    added(database, path, QUIET)
    added(database, file_of(tmp_path, "loud.txt", LOUD), LOUD)
    path.unlink()
    LibraryFiles(database).look_for_all()
    holdings = Holdings(database)
    text = next(t for t in holdings.texts() if t.title == "A quiet house")
    edited = document_of("All was very quiet in the house.")
    with pytest.raises(TextIsAnother):
        holdings.relocate(text.id, LOUD, tmp_path / "loud.txt")
    holdings.relocate(text.id, edited, file_of(tmp_path, "edited.txt", edited))
    found = holdings.by_id([text.id])[text.id]
    assert (found.fingerprint, found.is_missing) == (edited.fingerprint, False)
    assert found.path == tmp_path / "edited.txt"


def test_a_text_that_only_has_notes_is_held_by_its_files_name(
    database: Database, tmp_path: Path
) -> None:
    path = file_of(tmp_path, "quiet.txt", QUIET)
    store = AnnotationStore(database)
    store.save(QUIET.fingerprint, note_on(QUIET, "quiet"))
    assert Holdings(database).texts() == ()
    store.bring_along(path, QUIET)
    added(database, path, QUIET)
    assert [t.title for t in Holdings(database).texts()] == ["A quiet house"]


def test_files_changed_since_they_were_read_are_told(database: Database, tmp_path: Path) -> None:
    path = file_of(tmp_path, "quiet.txt", QUIET)
    added(database, path, QUIET)
    files = LibraryFiles(database)
    assert files.changed_files() == ()
    path.write_text("Another one.", encoding="utf-8")
    assert files.changed_files() == (path,)


def test_folders_are_looked_through_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", ".hidden.txt", "c.exe", "in/d.txt", ".git/e.txt", "f.sdr/g.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")

    def is_text(path: Path) -> bool:
        return path.suffix in (".txt", ".md")

    (tmp_path / "in" / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = [path.relative_to(tmp_path).as_posix() for path in files_below([tmp_path], is_text)]
    assert found == ["a.md", "b.txt", "in/d.txt"]
    assert list(files_below([tmp_path / "c.exe"], is_text)) == [tmp_path / "c.exe"]
