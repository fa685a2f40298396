"""A damaged file of notes is mended whatever command finds it, and said to be."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.__main__ import main
from reader.app.paths import user_paths
from reader.file_lock import FileLock
from reader.storage.backups import make_backup
from reader.storage.database import Database

REVIEW = "All was quiet in the house."
NOTES = """{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:example:1",
 "type": "Annotation", "body": {"type": "TextualBody", "value": "Too quiet."},
 "target": {"source": "a.txt", "selector": {"type": "TextQuoteSelector", "exact": "quiet"}}}"""


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A data folder with one note, a copy of it, and a file of notes that is no longer one."""
    text, data = tmp_path / "a.txt", tmp_path / "data"
    text.write_text(REVIEW)
    (tmp_path / "notes.jsonld").write_text(NOTES)
    command = ["--data-dir", str(data), "notes", "import", str(text)]
    assert main([*command, str(tmp_path / "notes.jsonld")]) == 0
    paths = user_paths(data)
    with Database(paths.database) as database:
        assert make_backup(database, paths.backups_dir, datetime(2026, 5, 1, tzinfo=UTC))
    paths.database.write_bytes(b"no notes here" * 2000)
    return data


def test_it_comes_back_from_the_newest_copy(
    damaged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["--data-dir", str(damaged), "notes", "list", str(tmp_path / "a.txt")]) == 0
    printed = capsys.readouterr()
    assert "Too quiet." in printed.out
    assert printed.err.startswith(
        "sottovoce: The file of your notes was damaged and has been mended: 0 notes could be read,"
        " 1 note came back from a copy. The damaged one is "
    )
    assert main(["--data-dir", str(damaged), "notes", "list", str(tmp_path / "a.txt")]) == 0
    assert not capsys.readouterr().err
    assert len(list(damaged.glob("sottovoce-damaged-*.sqlite3"))) == 1


def test_it_is_left_to_the_window_that_has_it_open(
    damaged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = user_paths(damaged).database.read_bytes()
    lock = FileLock(user_paths(damaged).window_lock)
    assert lock.take()
    try:
        code = main(["--data-dir", str(damaged), "notes", "list", str(tmp_path / "a.txt")])
    finally:
        lock.release()
    assert code == 3
    assert "close the window and open it again" in capsys.readouterr().err
    assert user_paths(damaged).database.read_bytes() == before


def test_without_a_copy_what_can_be_read_is_kept(
    damaged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(user_paths(damaged).backups_dir)
    assert main(["--data-dir", str(damaged), "notes", "list", str(tmp_path / "a.txt")]) == 0
    assert "0 notes could be read." in capsys.readouterr().err
