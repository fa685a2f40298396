"""Notes are copied, mended, backed up and restored in the whole window."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from reader.app.settings import Settings
from reader.storage.backups import backups_in, is_sound
from reader.text.document import Span
from reader.ui.window.messages import Subject
from tests.ui.desk.window_room import Opener, WindowRoom, open_and_settle


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    return opened()


def notes_of(room: WindowRoom) -> int:
    notebook = room.desk.annotating.notebook
    return 0 if notebook is None else len(notebook.notes)


def add_note(room: WindowRoom, at: int) -> None:
    before = notes_of(room)
    room.desk.window.view.select(Span(0, at, at + 4))
    room.desk.annotating.marking.highlight()
    room.wait(lambda: notes_of(room) == before + 1)
    room.wait(lambda: not room.desk._background._running)


def said(room: WindowRoom, subject: Subject) -> str:
    room.wait(lambda: (m := room.message()) is not None and m.subject is subject)
    message = room.message()
    assert message is not None
    return message.text


def test_the_file_is_copied_without_a_word(room: WindowRoom) -> None:
    add_note(room, 0)
    room.desk.note_tools.keeping.look_after()
    room.wait(lambda: backups_in(room.services.paths.backups_dir))
    assert room.message() is None


def test_a_file_damaged_while_it_is_in_use_is_mended_and_shown_anew(room: WindowRoom) -> None:
    add_note(room, 0)
    room.desk.note_tools.keeping.look_after()
    room.wait(lambda: backups_in(room.services.paths.backups_dir))
    room.services.database.replace_by(spoil)
    room.desk.note_tools.keeping.look_after()
    assert "has been mended" in said(room, Subject.BACKUP)
    room.wait(lambda: notes_of(room) == 1)
    room.desk.window.messages.close_message()
    add_note(room, 8)
    room.close()
    assert is_sound(room.services.paths.database)


def spoil(path: Path) -> None:
    """Overwrite the page in which the notes are."""
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'annotation'"
        ).fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\x5a" * 4096
    path.write_bytes(content)


def test_a_file_found_damaged_at_the_start_is_mended_and_said(qtbot: QtBot, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "sottovoce.sqlite3").write_bytes(b"rubbish" * 1000)
    room = open_and_settle(qtbot, tmp_path)
    try:
        room.desk.note_tools.keeping.look_after()
        assert "has been mended" in said(room, Subject.BACKUP)
        assert len([*data.glob("sottovoce-damaged-*.sqlite3")]) == 1
    finally:
        room.close()


def test_all_is_backed_up_and_comes_back(room: WindowRoom, tmp_path: Path) -> None:
    out = tmp_path / "all.sottovoce-backup"
    add_note(room, 0)
    room.desk._preferences.choose("creator_name", "Ada")
    room.desk.note_tools.keeping.back_up(out)
    assert "1 note and your settings" in said(room, Subject.BACKUP)
    add_note(room, 8)
    room.desk._preferences.choose("creator_name", "Bo")
    room.desk.window.messages.close_message()
    room.desk.note_tools.keeping.restore(out)
    assert "1 note as of" in said(room, Subject.BACKUP)
    room.wait(lambda: notes_of(room) == 1)
    assert room.desk.annotating.maker.creator == "Ada"
    room.close()
    assert Settings.load(room.services.paths.settings).settings.creator_name == "Ada"


def test_what_is_no_backup_changes_nothing(room: WindowRoom, tmp_path: Path) -> None:
    add_note(room, 0)
    room.desk.note_tools.keeping.restore(tmp_path / "room.txt")
    assert "it is damaged" in said(room, Subject.BACKUP)
    room.wait(lambda: notes_of(room) == 1)
    add_note(room, 8)
