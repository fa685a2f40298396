"""Machines that share a folder lose nothing, whatever they do at once: real files, databases."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reader.annotations.editing import with_note
from reader.annotations.exchange.web_annotations.web_annotation import read_annotations
from reader.annotations.note_steps import Change
from reader.annotations.sync import notes_folder
from reader.annotations.sync.notes_folder import SyncReport
from reader.annotations.sync.shared_file import SharedText, read_shared
from reader.errors import OutputNotWritten
from tests.annotations.documents import note_on
from tests.annotations.sync.sharing_machines import (
    DOCUMENT,
    MONDAY,
    TEXT,
    Room,
    settle,
)


def test_notes_come_to_a_machine_that_never_had_the_text_open(machines: Room) -> None:
    one, other, carrier = machines
    note = one.write("a note")
    assert one.sync().written == 1
    carrier.carry()
    report = other.sync()
    assert report.changed == {TEXT}
    assert other.notes == (note,)
    assert other.sync() == SyncReport(frozenset(), 0)


def test_what_was_removed_goes_everywhere_and_stays_away(machines: Room) -> None:
    one, other, carrier = machines
    note = one.write("a note")
    settle((one, other), (carrier,))
    other.remove(note)
    settle((one, other), (carrier,))
    assert one.notes == other.notes == ()


def test_two_edits_at_once_are_both_there(machines: Room) -> None:
    one, other, carrier = machines
    note = one.write("at first")
    settle((one, other), (carrier,))
    one.clock[0] += timedelta(hours=1)
    one.edit(note, "in Rome")
    other.clock[0] += timedelta(hours=2)
    other.edit(note, "in Milan")
    settle((one, other), (carrier,))
    assert carrier.conflicts == 1
    assert one.texts == other.texts == {"in Rome", "in Milan"}
    assert len(one.files) == 1, "what the conflict left behind is merged and gone"


def test_what_was_undone_after_a_syncing_stays_undone(machines: Room) -> None:
    one, other, carrier = machines
    note = one.write("at first")
    edited = with_note(note, "again", MONDAY + timedelta(hours=1))
    one.store.save(TEXT, edited)
    one.sync()
    one.take_back(Change(note.id, edited, note))
    settle((one, other), (carrier,))
    assert one.notes == other.notes == (note,)
    one.take_back(Change(note.id, note, None))
    settle((one, other), (carrier,))
    assert not one.texts
    assert not other.texts
    one.take_back(Change(note.id, None, note))
    settle((one, other), (carrier,))
    assert one.texts == other.texts == {"at first"}


def test_what_went_from_a_file_beside_the_text_stays_away_and_may_come_again(
    machines: Room,
) -> None:
    one, other, carrier = machines
    kept, gone = note_on(DOCUMENT, "quiet", "kept"), note_on(DOCUMENT, "dark", "gone")
    one.write_beside(kept, gone)
    settle((one, other), (carrier,))
    one.write_beside(kept)
    settle((one, other), (carrier,))
    assert one.notes == other.notes == (kept,)
    one.write_beside(kept, gone)
    settle((one, other), (carrier,))
    assert one.texts == other.texts == {"kept", "gone"}


def test_a_note_removed_after_a_syncing_that_was_cut_off_stays_away(
    machines: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other, carrier = machines
    note = one.write("a note")

    put_file = one.sharing._put_file

    def cut_off(*arguments: Any) -> bool:
        put_file(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(one.sharing, "_put_file", cut_off)
        with pytest.raises(KeyboardInterrupt):
            one.sync()
    one.remove(note)
    settle((one, other), (carrier,))
    assert one.notes == other.notes == ()


def test_the_file_is_a_collection_like_any_other(machines: Room) -> None:
    one, *_ = machines
    note = one.write("a note")
    one.sync()
    ((name, content),) = one.files.items()
    assert name.endswith(".notes.jsonld")
    assert read_annotations(content, Path(name)).annotations == (note,)
    assert content == b"".join(line + b"\n" for line in content.splitlines())


@pytest.mark.parametrize(
    "name",
    [
        "a.notes.sync-conflict-20261129-120001-ABCDEFG.jsonld",
        "a.notes (conflicted copy 2026-11-29 120001).jsonld",
        "a.notes (Ada's conflicted copy 2026-11-29).jsonld",
        "a.notes 2.jsonld",
        "a.notes (1).jsonld",
    ],
    ids=["Syncthing", "Nextcloud", "Dropbox", "iCloud", "Google Drive"],
)
def test_the_second_version_of_every_tool_is_merged_and_gone(machines: Room, name: str) -> None:
    one, other, _ = machines
    note = one.write("at first")
    one.sync()
    (here,) = one.files
    other.write("elsewhere", "dark")
    other.sync()
    (content,) = other.files.values()
    (one.folder / name).write_bytes(content)
    report = one.sync()
    assert one.texts == {"at first", "elsewhere"}
    assert list(one.files) == [here]
    assert (report.problems, report.rescues) == ((), ())
    assert note in one.notes


def test_a_file_that_nobody_can_read_is_told_and_left_alone(machines: Room) -> None:
    one, *_ = machines
    one.write("a note")
    one.sync()
    ((name, content),) = one.files.items()
    unreadable = content[:40]
    (one.folder / "another name.jsonld").write_bytes(unreadable)
    one.write("another", "dark")
    with_problem = one.sync()
    assert [problem.path.name for problem in with_problem.problems] == ["another name.jsonld"]
    assert one.files["another name.jsonld"] == unreadable
    assert b"another" in one.files[name]
    (one.folder / "another name.jsonld").unlink()
    assert one.sync().problems == ()


def test_a_removal_at_a_time_that_no_clock_shows_spoils_no_other_note(machines: Room) -> None:
    one, *_ = machines
    one.remove(one.write("a note"))
    one.write("another", "dark")
    one.sync()
    ((name, content),) = one.files.items()
    at = content.index(b'"when": "') + len(b'"when": "')
    odd = content[:at] + b"0001-01-01T00:00:00+05:00" + content[content.index(b'"', at) :]
    (one.folder / name).write_bytes(odd)
    one.write("a third", "voice")
    report = one.sync()
    assert [rescue.path.name for rescue in report.rescues] == [name]
    assert one.texts == {"another", "a third"}


def test_what_was_written_here_is_not_understood_anew(
    machines: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, *_ = machines
    understood: list[bytes] = []

    def read(content: bytes, path: Path) -> SharedText | None:
        understood.append(content)
        return read_shared(content, path)

    monkeypatch.setattr(notes_folder, "read_shared", read)
    note = one.write("a note")
    one.sync()
    one.edit(note, "edited")
    one.sync()
    one.sync()
    assert understood == []
    ((name, content),) = one.files.items()
    changed = content.replace(b"edited", b"edited elsewhere")
    (one.folder / name).write_bytes(changed)
    one.sync()
    assert changed in understood
    assert "edited elsewhere" in one.texts


def test_files_of_others_in_the_folder_are_left_alone(machines: Room) -> None:
    one, *_ = machines
    one.folder.mkdir()
    (one.folder / "own.jsonld").write_text(json.dumps({"type": "AnnotationPage"}))
    (one.folder / "README.md").write_text("hello")
    one.write("a note")
    one.sync()
    assert {"own.jsonld", "README.md"} < set(one.files)


def test_a_folder_that_was_emptied_is_filled_again(machines: Room) -> None:
    one, *_ = machines
    one.write("a note")
    one.sync()
    for path in one.folder.iterdir():
        path.unlink()
    one.sync()
    assert len(one.files) == 1
    assert one.texts == {"a note"}


def test_a_folder_that_cannot_be_written_to_is_said_and_nothing_is_lost(machines: Room) -> None:
    one, *_ = machines
    one.write("a note")
    one.folder.write_text("a file is in the way")
    with pytest.raises(OutputNotWritten):
        one.sync()
    assert one.texts == {"a note"}


def test_one_who_writes_between_our_reading_and_writing_is_not_overwritten(
    machines: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other, carrier = machines
    first = one.write("at first")
    settle((one, other), (carrier,))
    other.clock[0] += timedelta(hours=1)
    other.edit(first, "from elsewhere")
    other.sync()
    ((name, content),) = other.files.items()
    one.write("mine", "dark")
    put_file = one.sharing._put_file

    def meanwhile(*arguments: Any) -> bool:
        (one.folder / name).write_bytes(content)
        return put_file(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(one.sharing, "_put_file", meanwhile)
        one.sync()
    assert one.files[name] == content
    one.sync()
    assert one.texts == {"from elsewhere", "mine"}
