"""The folder of notes, kept in step by the whole window."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from reader.annotations.editing import with_note
from reader.annotations.sync.shared_file import SharedText, read_shared, write_shared
from reader.atomic_write import write_atomically
from reader.text.document import Span
from reader.ui.margin import note_opening
from reader.ui.margin.note_loading import load_notes
from reader.ui.window.messages import Subject
from tests.annotations.documents import LATER
from tests.fakes.held_call import HeldCall
from tests.ui.desk.window_room import Opener, WindowRoom


@pytest.fixture
def room(opened: Opener) -> WindowRoom:
    return opened()


def add_note(room: WindowRoom) -> None:
    room.desk.window.view.select(Span(0, 0, 4))
    room.desk.annotating.marking.highlight()
    room.wait(lambda: room.desk.annotating.is_saved)


def shared_in(folder: Path) -> SharedText:
    (path,) = folder.glob("*.jsonld")
    shared = read_shared(path.read_bytes(), path)
    assert shared is not None
    return shared


def share(room: WindowRoom, folder: Path) -> None:
    _ = room.desk.note_tools.sharing
    room.desk._preferences.choose("notes_folder", str(folder))
    room.wait(lambda: [*folder.glob("*.jsonld")])


def is_said(room: WindowRoom, words: str) -> bool:
    message = room.message()
    return message is not None and words in message.text


def test_notes_come_into_the_folder_and_from_there(room: WindowRoom, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    add_note(room)
    share(room, folder)
    shared = shared_in(folder)
    ((name, version),) = shared.notes.items()
    changed = version.followed_by(with_note(version.state, "from elsewhere", LATER))  # type: ignore[arg-type]
    (path,) = folder.glob("*.jsonld")
    path.write_bytes(write_shared(SharedText(shared.title, shared.versions, {name: changed})))
    room.desk.note_tools.sharing.sync()

    def texts() -> list[str]:
        notebook = room.desk.annotating.notebook
        return [] if notebook is None else [n.annotation.note_text for n in notebook.notes]

    room.wait(lambda: texts() == ["from elsewhere"])


def test_what_was_written_last_is_in_the_folder_when_the_window_closes(
    room: WindowRoom, tmp_path: Path
) -> None:
    folder = tmp_path / "shared"
    add_note(room)
    share(room, folder)
    room.wait(lambda: not room.desk._background._running)
    room.desk.window.view.select(Span(0, 8, 12))
    room.desk.annotating.marking.highlight()
    room.close()
    assert len(shared_in(folder).notes) == 2


def test_a_folder_that_cannot_be_is_said(room: WindowRoom, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    add_note(room)
    _ = room.desk.note_tools.sharing
    room.desk._preferences.choose("notes_folder", str(tmp_path / "file"))
    room.wait(lambda: (m := room.message()) is not None and m.subject is Subject.SHARING)
    message = room.message()
    assert message is not None
    assert message.text.startswith("The folder of notes waits: ")


def test_a_file_that_a_merge_left_broken_is_read_and_said(room: WindowRoom, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    add_note(room)
    share(room, folder)
    (path,) = folder.glob("*.jsonld")
    names = shared_in(folder).notes.keys()
    for broken_of, words in [(unmerged, "both sides"), (cut_off, f"as {path.name}.broken-")]:
        room.wait(lambda: not room.desk.note_tools.sharing._is_under_way)
        # as it is now, for more may have been told of the note; and at once, as git writes it
        broken = broken_of(path.read_bytes())
        write_atomically(path, broken)
        room.desk.note_tools.sharing.sync()
        room.wait(partial(is_said, room, words))
        assert shared_in(folder).notes.keys() == names
    (copy,) = folder.glob("*.broken-*")
    assert copy.read_bytes() == broken


def unmerged(whole: bytes) -> bytes:
    """Return a file as git leaves it where both sides have changed."""
    return b"<<<<<<< HEAD\n" + whole + b"=======\n" + whole + b">>>>>>> laptop\n"


def cut_off(whole: bytes) -> bytes:
    """Return a file without its end."""
    return whole[: whole.rindex(b"}")]


def test_a_note_made_while_the_notes_are_read_anew_is_not_lost(
    room: WindowRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = HeldCall(load_notes)
    monkeypatch.setattr(note_opening, "load_notes", held)
    room.desk._text.open_notes()
    room.wait(lambda: held.is_held)
    before = room.desk.annotating.notebook
    add_note(room)
    held.let_go()
    room.wait(lambda: room.desk.annotating.notebook is not before)
    assert note_count(room) == 1


def test_who_writes_is_not_disturbed_when_notes_are_read_anew(
    room: WindowRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = HeldCall(load_notes)
    monkeypatch.setattr(note_opening, "load_notes", held)
    room.desk._text.open_notes()
    room.wait(lambda: held.is_held)
    before = room.desk.annotating.notebook
    room.desk.window.view.select(Span(0, 0, 4))
    room.desk.annotating.writing.write_note()
    held.let_go()
    assert room.desk.annotating.is_writing
    assert room.desk.annotating.notebook is before
    room.desk.annotating.margin.editor.note.setPlainText("A thought.")
    room.desk.annotating.finish_editing()
    room.wait(lambda: room.desk.annotating.notebook is not before)
    assert note_count(room) == 1


def note_count(room: WindowRoom) -> int:
    notebook = room.desk.annotating.notebook
    return 0 if notebook is None else len(notebook.notes)
