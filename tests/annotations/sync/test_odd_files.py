"""What other programs, file systems and machines do to the shared folder costs no note."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from reader.annotations.editing import with_note
from tests.annotations.documents import document_of, note_on
from tests.annotations.sync.sharing_machines import MONDAY, Carrier, Machine, Room

NEXT_VERSION = document_of("A quiet voice reads in the dark, and nobody answers now.")


def carry_on(one: Machine, other: Machine, carrier: Carrier, times: int = 8) -> list[int]:
    """Let everything come everywhere; return how many files were written each time."""
    written = []
    for _ in range(times):
        written.append(one.sync().written + other.sync().written)
        carrier.carry()
    return written


def entitle(machine: Machine, title: str) -> None:
    with machine.database.writing() as connection:
        connection.execute("UPDATE text SET title = ?", (title,))


def test_machines_that_call_a_text_differently_come_to_rest(machines: Room) -> None:
    one, other, _ = machines
    one.write("First.")
    carry_on(*machines, times=3)
    entitle(one, "As it was called")
    entitle(other, "As it is called now")
    one.write("Second.")
    other.write("Third.", "dark")
    assert carry_on(*machines)[-3:] == [0, 0, 0]
    assert one.texts == other.texts == {"First.", "Second.", "Third."}
    assert one.files == other.files


def test_two_texts_that_are_one_elsewhere_come_to_rest(machines: Room) -> None:
    one, other, _ = machines
    one.write("First.")
    with one.database.writing() as connection:
        connection.execute(
            "INSERT INTO text_version (fingerprint, text) SELECT ?, id FROM text",
            (NEXT_VERSION.fingerprint,),
        )
    other.write("Second.", "dark")
    note = with_note(note_on(NEXT_VERSION, "now"), "Third.", MONDAY)
    other.store.save(NEXT_VERSION.fingerprint, note)
    assert carry_on(*machines)[-3:] == [0, 0, 0]
    assert one.texts == other.texts == {"First.", "Second.", "Third."}
    assert one.files == other.files
    other.remove(next(note for note in other.notes if note.note_text == "First."))
    carry_on(*machines)
    assert one.texts == {"Second.", "Third."}


def test_files_that_file_systems_hide_are_none_of_ours(machines: Room) -> None:
    one, *_ = machines
    one.write("First.")
    one.sync()
    (name,) = one.files
    (one.folder / f"._{name}").write_bytes(b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X")
    assert one.sync().problems == ()


def test_an_ending_in_capitals_is_read(machines: Room) -> None:
    one, other, _ = machines
    one.write("First.")
    one.sync()
    ((name, content),) = one.files.items()
    other.folder.mkdir()
    (other.folder / name.upper()).write_bytes(content)
    other.sync()
    assert other.texts == {"First."}
    assert [*other.files] == [name.upper()]


def test_what_a_later_version_writes_into_a_file_stays(machines: Room) -> None:
    one, other, _ = machines
    one.write("First.")
    carry_on(*machines, times=2)
    (name,) = one.files

    def rewrite(machine: Machine, given: object) -> None:
        whole = json.loads(machine.files[name])
        whole["sottovoce:later"] = given
        (machine.folder / name).write_text(json.dumps(whole, indent=1) + "\n")

    def told() -> object:
        assert one.files == other.files
        return json.loads(one.files[name]).get("sottovoce:later")

    rewrite(one, {"b": 1})
    other.write("Second.", "dark")
    carry_on(*machines)
    assert told() == {"b": 1}
    rewrite(other, {"a": 2})
    one.write("Third.", "nobody")
    carry_on(*machines)
    assert told() == {"a": 2}
    whole = json.loads(other.files[name])
    del whole["sottovoce:later"]
    (other.folder / name).write_text(json.dumps(whole, indent=1) + "\n")
    carry_on(*machines)
    assert told() is None
    assert one.texts == {"First.", "Second.", "Third."}


@pytest.mark.parametrize("share", [0.0, 0.1, 0.75, 0.99])
def test_a_file_that_is_still_being_written_is_waited_for(machines: Room, share: float) -> None:
    one, other, _ = machines
    one.write("First.")
    one.write("Second.", "dark")
    one.sync()
    ((name, content),) = one.files.items()
    other.folder.mkdir()
    other.waited_s = 1.0
    (other.folder / name).write_bytes(content[: round(len(content) * share)])
    report = other.sync()
    assert report.is_waiting
    assert (report.problems, report.rescues) == ((), ())
    (other.folder / name).write_bytes(content)
    assert not other.sync().is_waiting
    assert other.files == {name: content}
    assert other.texts == {"First.", "Second."}


def test_what_came_after_wins_though_its_clock_is_an_hour_behind(machines: Room) -> None:
    one, other, _ = machines
    other.clock[0] = MONDAY - timedelta(hours=1)
    one.write("First.")
    carry_on(*machines, times=2)
    other.edit(other.notes[0], "First, seen again.")
    carry_on(*machines, times=2)
    assert one.texts == {"First, seen again."}
    one.edit(one.notes[0], "Here.")
    other.edit(other.notes[0], "There.")
    carry_on(*machines)
    assert one.texts == other.texts == {"Here.", "There."}
    for note in other.notes:
        other.remove(note)
    carry_on(*machines)
    assert one.notes == ()


@pytest.mark.parametrize(
    "content", [b"", bytes(4000), b"{}", b"[]", b'{"sottovoce:versions": 5}', b"null", b"\xff\xfe{"]
)
def test_a_file_that_became_rubbish_takes_no_note_along(machines: Room, content: bytes) -> None:
    one, other, _ = machines
    one.write("First.")
    carry_on(*machines, times=2)
    (name,) = one.files
    (one.folder / name).write_bytes(content)
    one.write("Second.", "dark")
    other.write("Third.", "nobody")
    carry_on(*machines)
    assert one.texts >= {"First.", "Second."}
    assert other.texts >= {"First.", "Third."}
