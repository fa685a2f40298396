"""What merges left broken is read as far as it stands, and nothing of it is lost."""

from __future__ import annotations

from datetime import timedelta

from reader.annotations.sync.notes_folder import Rescue
from tests.annotations.sync.sharing_machines import (
    Room,
    settle,
    with_marks,
    without_marks,
)


def test_a_merge_that_nobody_finished_is_finished(machines: Room) -> None:
    one, other, carrier = machines
    carrier.merge, carrier.is_seen_to = with_marks, False
    note = one.write("at first")
    gone = one.write("to be removed", "dark")
    settle((one, other), (carrier,))
    one.clock[0] += timedelta(hours=1)
    one.edit(note, "in Rome")
    one.remove(gone)
    other.clock[0] += timedelta(hours=2)
    other.edit(note, "in Milan")
    one.sync()
    other.sync()
    carrier.carry()
    assert b"<<<<<<< HEAD" in next(iter(one.files.values()))
    report = one.sync()
    ((name, content),) = one.files.items()
    assert report.rescues == (Rescue(one.folder / name, 2, None),)
    assert report.problems == ()
    assert b"<<<<<<<" not in content
    settle((one, other), (carrier,))
    assert one.texts == other.texts == {"in Rome", "in Milan"}


def test_of_a_file_merged_badly_by_hand_all_is_read_that_stands(machines: Room) -> None:
    one, other, carrier = machines
    carrier.merge, carrier.is_seen_to = without_marks, False
    note = one.write("at first")
    one.write("whole", "dark")
    settle((one, other), (carrier,))
    one.clock[0] += timedelta(hours=1)
    one.edit(note, "in Rome")
    other.clock[0] += timedelta(hours=2)
    other.edit(note, "in Milan")
    other.write("new elsewhere", "nobody")
    one.sync()
    other.sync()
    carrier.carry()
    (broken,) = one.files.values()
    report = one.sync()
    ((path, _, copy),) = [(r.path, r.notes, r.copy) for r in report.rescues]
    assert copy is not None
    assert copy.read_bytes() == broken
    assert one.texts >= {"in Rome", "whole"}
    settle((one, other), (carrier,))
    assert one.texts == other.texts
    assert one.texts >= {"in Rome", "in Milan", "whole", "new elsewhere"}
    assert path.name in one.files


def test_a_file_cut_off_in_a_note_gives_those_before_it(machines: Room) -> None:
    one, other, _ = machines
    notes = [other.write(text, word) for text, word in [("a", "dark"), ("b", "voice")]]
    other.sync()
    ((name, content),) = other.files.items()
    last = max(content.index(note.id.encode()) for note in notes)
    one.folder.mkdir()
    (one.folder / name).write_bytes(content[: content.rindex(b"selector", 0, last + 900)])
    report = one.sync()
    (rescue,) = report.rescues
    assert rescue.notes == 1
    assert rescue.copy is not None
    assert len(one.texts) == 1
    (one.folder / f"{name}.later.jsonld").write_bytes(content)
    one.sync()
    assert one.texts == {"a", "b"}


def test_a_file_cut_off_before_its_first_note_does_not_stop_the_sharing(machines: Room) -> None:
    one, other, carrier = machines
    one.write("at first")
    settle((one, other), (carrier,))
    ((name, content),) = one.files.items()
    torn = content[: content.index(b'"creator"')]
    (one.folder / name).write_bytes(torn)
    report = one.sync()
    ((path, count, copy),) = [(r.path, r.notes, r.copy) for r in report.rescues]
    assert (path, count, report.problems) == (one.folder / name, 0, ())
    assert copy is not None
    assert copy.read_bytes() == torn
    one.write("later", "dark")
    settle((one, other), (carrier,))
    assert one.texts == other.texts == {"at first", "later"}


def test_a_file_of_something_else_in_its_place_stays_as_it_is(machines: Room) -> None:
    one, other, carrier = machines
    one.write("at first")
    settle((one, other), (carrier,))
    (name,) = one.files
    (one.folder / name).write_bytes(b'{"kept": "by the user"}')
    one.write("later", "dark")
    assert one.sync().rescues == ()
    assert (one.folder / name).read_bytes() == b'{"kept": "by the user"}'
    assert one.texts == {"at first", "later"}


def test_a_key_with_two_values_hides_neither(machines: Room) -> None:
    one, other, _ = machines
    note = other.write("in Rome")
    other.sync()
    ((name, content),) = other.files.items()
    both = content.replace(b'"value": "in Rome"', b'"value": "in Milan",\n    "value": "in Rome"')
    assert both != content
    one.folder.mkdir()
    (one.folder / name).write_bytes(both)
    (rescue,) = one.sync().rescues
    assert one.texts == {"in Rome", "in Milan"}
    assert rescue.copy is not None
    assert note.id in {kept.id for kept in one.notes}
