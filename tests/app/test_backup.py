"""Everything in one file, and back: real files, damaged ones and somebody else's."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.annotations.model import annotation_from_json
from reader.annotations.store import AnnotationStore
from reader.app.backup import make_backup_file, restore_backup_file
from reader.app.paths import Paths, user_paths
from reader.app.settings import Settings
from reader.errors import BackupUnreadable, OutputNotWritten
from reader.storage.database import Database
from reader.storage.schema import MIGRATIONS
from reader.text.document import Fingerprint
from reader.values import replaced
from tests.annotations.documents import annotation_json

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
TEXT = Fingerprint("sha256:text")


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return user_paths(tmp_path / "data")


@pytest.fixture
def database(paths: Paths) -> Iterator[Database]:
    with Database(paths.database) as database:
        yield database


def add_note(database: Database, number: int) -> None:
    note = annotation_from_json(annotation_json(id=f"urn:{number}"))
    AnnotationStore(database).save(TEXT, note)


def notes_in(database: Database) -> list[str]:
    return [note.id for note in AnnotationStore(database).of_document(TEXT)]


def filled(database: Database, paths: Paths) -> None:
    """Make one of everything."""
    add_note(database, 1)
    replaced(Settings(), creator_name="Ada").save(paths.settings)
    paths.pronunciation.write_text("written,sounds\n", encoding="utf-8")
    paths.templates_dir.mkdir()
    (paths.templates_dir / "notes.md").write_text("# $title", encoding="utf-8")


def test_everything_comes_back_and_what_was_here_is_kept(
    database: Database, paths: Paths, tmp_path: Path
) -> None:
    filled(database, paths)
    out = tmp_path / "all.sottovoce-backup"
    assert make_backup_file(database, paths, out, NOW).note_count == 1
    add_note(database, 2)
    replaced(Settings(), creator_name="Bo").save(paths.settings)
    paths.pronunciation.unlink()
    (paths.templates_dir / "notes.md").write_text("other", encoding="utf-8")
    backup = restore_backup_file(database, paths, out, NOW)
    assert (backup.note_count, backup.made) == (1, NOW)
    assert notes_in(database) == ["urn:1"]
    assert Settings.load(paths.settings).settings.creator_name == "Ada"
    assert paths.pronunciation.exists()
    assert (paths.templates_dir / "notes.md").read_text() == "# $title"
    (before,) = paths.backups_dir.iterdir()
    restore_backup_file(database, paths, before, NOW)
    assert notes_in(database) == ["urn:1", "urn:2"]
    assert Settings.load(paths.settings).settings.creator_name == "Bo"


def test_another_program_that_has_the_file_open_sees_what_was_restored(
    database: Database, paths: Paths, tmp_path: Path
) -> None:
    out = tmp_path / "all.sottovoce-backup"
    make_backup_file(database, paths, out, NOW)
    with Database(paths.database) as other:
        add_note(database, 1)
        assert notes_in(other) == ["urn:1"]
        restore_backup_file(database, paths, out, NOW)
        assert notes_in(other) == []
        add_note(other, 2)
        assert notes_in(database) == ["urn:2"]


def rewritten(path: Path, name: str, content: bytes) -> Path:
    """Put another content into one file of a backup."""
    with zipfile.ZipFile(path) as archive:
        files = {entry: archive.read(entry) for entry in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for entry, old in (files | {name: content}).items():
            archive.writestr(entry, old)
    return path


def with_newer_notes(path: Path, folder: Path) -> Path:
    with Database(folder / "newer.sqlite3") as newer, newer.writing() as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    return rewritten(path, "sottovoce.sqlite3", (folder / "newer.sqlite3").read_bytes())


def torn(path: Path, _folder: Path) -> None:
    """Spoil where what is packed begins, as a failing disk may."""
    with zipfile.ZipFile(path) as archive:
        notes = archive.getinfo("sottovoce.sqlite3")
    content = bytearray(path.read_bytes())
    begin = notes.header_offset + 30 + len(notes.filename)
    content[begin : begin + 40] = b"\xff" * 40
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda path, _: path.write_bytes(b"no zip"), "damaged"),
        (lambda path, _: path.write_bytes(path.read_bytes()[:-200]), "damaged"),
        (lambda path, _: path.unlink(), "no such file"),
        (lambda path, _: rewritten(path, "backup.json", b"{}"), "no backup that this app made"),
        (lambda path, _: rewritten(path, "backup.json", b"\xff"), "no backup that this app made"),
        (
            lambda path, _: rewritten(
                path, "backup.json", json.dumps({"kind": "sottovoce backup", "format": 9}).encode()
            ),
            "newer version",
        ),
        (lambda path, _: rewritten(path, "sottovoce.sqlite3", b"x" * 5000), "damaged"),
        (with_newer_notes, "newer version"),
        (torn, "damaged"),
    ],
    ids=[
        *("no zip", "cut", "gone", "unnamed", "no JSON", "newer", "damaged notes", "newer notes"),
        "torn",
    ],
)
def test_what_is_no_whole_backup_is_refused_and_nothing_changes(
    database: Database, paths: Paths, tmp_path: Path, spoil: object, reason: str
) -> None:
    out = tmp_path / "all.sottovoce-backup"
    make_backup_file(database, paths, out, NOW)
    add_note(database, 1)
    assert callable(spoil)
    spoil(out, tmp_path)
    with pytest.raises(BackupUnreadable) as caught:
        restore_backup_file(database, paths, out, NOW)
    assert reason in caught.value.reason
    assert notes_in(database) == ["urn:1"]


def test_files_that_are_not_ours_stay_in_the_backup(
    database: Database, paths: Paths, tmp_path: Path
) -> None:
    out = tmp_path / "all.sottovoce-backup"
    make_backup_file(database, paths, out, NOW)
    outside = ("../outside.json", "templates/../../up", "/tmp/root", "voices/x.onnx")
    on_windows = ("templates/..\\..\\up", "templates/C:up", "templates/\\up")
    for name in (*outside, *on_windows):
        rewritten(out, name, b"!")
    restore_backup_file(database, paths, out, NOW)
    assert not paths.templates_dir.exists()
    assert not (tmp_path / "outside.json").exists()
    assert not (tmp_path / "up").exists()
    assert not paths.voices_dir.exists()


def test_what_unpacks_to_more_than_any_backup_is_refused_before_it_is_unpacked(
    database: Database, paths: Paths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "all.sottovoce-backup"
    make_backup_file(database, paths, out, NOW)
    rewritten(out, "templates/notes.md", b"#" * 2_000)
    monkeypatch.setattr("reader.app.backup._LARGEST_REST_BYTES", 1_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("it was unpacked"))
    with pytest.raises(BackupUnreadable) as caught:
        restore_backup_file(database, paths, out, NOW)
    assert "larger" in caught.value.reason


def test_what_a_wrong_clock_dated_before_zip_has_time_is_in_it(
    database: Database, paths: Paths, tmp_path: Path
) -> None:
    filled(database, paths)
    os.utime(paths.settings, (0, 0))
    out = tmp_path / "all.sottovoce-backup"
    make_backup_file(database, paths, out, NOW)
    paths.settings.unlink()
    restore_backup_file(database, paths, out, NOW)
    assert Settings.load(paths.settings).settings.creator_name == "Ada"


def test_a_good_backup_is_not_blamed_for_a_disk_that_cannot_be_written(
    database: Database, paths: Paths, tmp_path: Path
) -> None:
    out = tmp_path / "all.sottovoce-backup"
    make_backup_file(database, paths, out, NOW)
    paths.backups_dir.write_text("a file where the folder should be")
    with pytest.raises(OutputNotWritten):
        restore_backup_file(database, paths, out, NOW)


def test_a_place_that_cannot_be_written_to_is_said(
    database: Database, paths: Paths, tmp_path: Path
) -> None:
    with pytest.raises(OutputNotWritten):
        make_backup_file(database, paths, tmp_path / "none" / "all.sottovoce-backup", NOW)
