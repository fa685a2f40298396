"""Machines that share a folder lose nothing, whatever they do at once: real files, databases."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotations.editing import with_note
from reader.annotations.exchange.envelope import new_envelope
from reader.annotations.exchange.web_annotation import read_annotations, write_annotations
from reader.annotations.model import Annotation
from reader.annotations.note_steps import Change
from reader.annotations.sidecar import sidecar_path
from reader.annotations.store import AnnotationStore
from reader.annotations.sync.notes_folder import NotesFolder, Rescue, SyncReport
from reader.atomic_write import write_atomically
from reader.errors import OutputNotWritten
from reader.storage.database import Database
from tests.annotations.documents import document_of, note_on

DOCUMENT = document_of("A quiet voice reads in the dark, and nobody answers.")
WORDS = ("quiet", "voice", "reads", "dark", "nobody", "answers")
TEXT = DOCUMENT.fingerprint
MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)


@dataclass
class Machine:
    """One with a database and a folder of its own, and somebody who writes on it."""

    root: Path
    stack: ExitStack
    clock: list[datetime] = field(default_factory=lambda: [MONDAY])

    def __post_init__(self) -> None:
        self.folder = self.root / "notes"
        self.database = self.stack.enter_context(Database(self.root / "s.sqlite3"))
        self.store = AnnotationStore(self.database)
        self.sharing = NotesFolder(self.database, self.folder, write_atomically)

    @property
    def notes(self) -> tuple[Annotation, ...]:
        return self.store.of_document(TEXT)

    @property
    def texts(self) -> set[str]:
        return {note.note_text for note in self.notes}

    def write(self, text: str, word: str = "quiet") -> Annotation:
        note = with_note(note_on(DOCUMENT, word), text, self.clock[0])
        self.store.save(TEXT, note)
        return note

    def edit(self, note: Annotation, text: str) -> None:
        self.store.save(TEXT, with_note(note, text, self.clock[0]))

    def remove(self, note: Annotation) -> None:
        self.store.remove(TEXT, note.id)

    def take_back(self, wanted: Change) -> None:
        """Undo or redo something."""
        self.store.write_unchanged(TEXT, [wanted])

    @property
    def text_path(self) -> Path:
        return self.root / "quiet.txt"

    def write_beside(self, *notes: Annotation) -> None:
        """Have another program write the file beside the text, and read it."""
        content = write_annotations(notes, new_envelope("urn:x:beside", "Beside"))
        sidecar_path(self.text_path).write_bytes(content)
        self.store.read_sidecar(self.text_path, DOCUMENT)

    def sync(self) -> SyncReport:
        return self.sharing.sync()

    @property
    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.folder.glob("*"))}


@dataclass
class Carrier:
    """Carries files between two folders as Syncthing does, conflicts included.

    Or as people with git do, who leave what it can't merge as it stands; the app sees to it.
    """

    one: Machine
    other: Machine
    common: dict[str, bytes] = field(default_factory=dict)
    conflicts: int = 0
    merge: Callable[[bytes, bytes], bytes] | None = None
    is_seen_to: bool = True
    """Whether the app is open on both machines, and reads what was merged at once."""

    def carry(self) -> None:
        for machine in (self.one, self.other):
            machine.folder.mkdir(exist_ok=True)
        here, there = self.one.files, self.other.files
        for name in {*here, *there}:
            mine, theirs, before = here.get(name), there.get(name), self.common.get(name)
            if mine == theirs:
                result = mine
            elif mine == before:
                result = theirs
            elif theirs == before or theirs is None:
                result = mine
            elif mine is None:
                result = theirs
            else:
                self.conflicts += 1
                result = mine
                if self.merge is None:
                    self._put(self._conflict_name(name), theirs)
                else:
                    self._put(name, self.merge(mine, theirs))
                    if self.is_seen_to:
                        self.one.sync()
                        self.other.sync()
                    continue
            self._put(name, result)

    def _conflict_name(self, name: str) -> str:
        """Return what Syncthing calls a second version: all that goes before the last ending."""
        stem, _, ending = name.rpartition(".")
        time = f"{self.conflicts // 3600:02}{self.conflicts // 60 % 60:02}{self.conflicts % 60:02}"
        return f"{stem}.sync-conflict-20261129-{time}-ABCDEFG.{ending}"

    def _put(self, name: str, content: bytes | None) -> None:
        for machine in (self.one, self.other):
            path = machine.folder / name
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
        if content is None:
            self.common.pop(name, None)
        else:
            self.common[name] = content


def with_marks(mine: bytes, theirs: bytes) -> bytes:
    """Return what git leaves of two versions that begin with nothing in common."""
    ours, others = mine.splitlines(keepends=True), theirs.splitlines(keepends=True)
    found: list[bytes] = []
    for kind, first, behind, begin, end in SequenceMatcher(None, ours, others).get_opcodes():
        if kind == "equal":
            found += ours[first:behind]
        else:
            found += [b"<<<<<<< HEAD\n", *ours[first:behind], b"=======\n"]
            found += [*others[begin:end], b">>>>>>> laptop\n"]
    return b"".join(found)


def without_marks(mine: bytes, theirs: bytes) -> bytes:
    """Return what comes of taking out git's marks and nothing else."""
    marks = (b"<<<<<<<", b"=======", b">>>>>>>")
    lines = with_marks(mine, theirs).splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(marks))


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[tuple[Machine, Machine, Carrier]]:
    with ExitStack() as stack:
        one, other = (Machine(tmp_path / name, stack) for name in ("one", "other"))
        yield one, other, Carrier(one, other)


def settle(machines: Sequence[Machine], carriers: Sequence[Carrier]) -> None:
    """Let everything come everywhere."""
    for _ in range(5):
        for machine in machines:
            machine.sync()
        for carrier in carriers:
            carrier.carry()


Room = tuple[Machine, Machine, Carrier]


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


def test_a_file_that_nobody_can_read_is_told_and_left_alone(machines: Room) -> None:
    one, *_ = machines
    one.write("a note")
    one.sync()
    ((name, content),) = one.files.items()
    unreadable = content[:40]
    (one.folder / name).write_bytes(unreadable)
    other = one.write("another", "dark")
    with_problem = one.sync()
    assert [problem.path.name for problem in with_problem.problems] == [name]
    assert one.files[name] == unreadable
    (one.folder / name).write_bytes(content)
    assert one.sync().problems == ()
    assert other.note_text in one.texts
    assert b"another" in one.files[name]


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


DEEDS = ("write", "edit", "edit", "remove", "undo", "redo", "beside", *["sync", "carry"] * 2)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(DEEDS),
        st.integers(0, 2),
        st.integers(0, 5),
    ),
    min_size=10,
    max_size=80,
)


@dataclass
class Week:
    """What somebody did on several machines, and what must not be lost of it."""

    machines: list[Machine]
    given_up: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    done: dict[int, list[Change]] = field(default_factory=dict)
    undone: dict[int, list[Change]] = field(default_factory=dict)
    beside: dict[int, list[Annotation]] = field(default_factory=dict)

    def do(self, deed: str, which: int, what: int, text: str) -> None:
        """Do one thing; what is edited, removed or taken back need not be there any more."""
        machine, known = self.machines[which], self.machines[which].notes
        before = known[what % len(known)] if known else None
        if deed == "write":
            self._keep(
                which, None, with_note(note_on(DOCUMENT, WORDS[what]), text, self.now(which))
            )
        elif deed == "edit" and before is not None:
            self._keep(which, before, with_note(before, text, self.now(which)))
        elif deed == "remove" and before is not None:
            self._keep(which, before, None)
        elif deed == "undo" and self.done.get(which):
            change = self.done[which].pop()
            self.undone.setdefault(which, []).append(change)
            self._take_back(machine, change.reverse)
        elif deed == "redo" and self.undone.get(which):
            change = self.undone[which].pop()
            self.done.setdefault(which, []).append(change)
            self._take_back(machine, change)
        elif deed == "beside":
            self._write_beside(which, what, text)

    def now(self, which: int) -> datetime:
        return self.machines[which].clock[0]

    def _keep(self, which: int, before: Annotation | None, after: Annotation | None) -> None:
        name = (before or after).id  # type: ignore[union-attr]  # one of them is there
        change = Change(name, before, after)
        self._count(change)
        self.machines[which].store.write(TEXT, {name: after})
        self.done.setdefault(which, []).append(change)

    def _take_back(self, machine: Machine, change: Change) -> None:
        made = machine.store.write_unchanged(TEXT, [change])
        for change in made:
            self._count(change)

    def _count(self, change: Change) -> None:
        if change.before is not None:
            self.given_up.add(change.before.note_text)
        if change.after is not None:
            self.written.add(change.after.note_text)

    def _write_beside(self, which: int, what: int, text: str) -> None:
        """Put a note into the file beside the text, or take one out of it."""
        beside = self.beside.setdefault(which, [])
        if what % 3 == 0 and beside:
            self.given_up.add(beside.pop(0).note_text)
        else:
            beside.append(with_note(note_on(DOCUMENT, WORDS[what]), text, self.now(which)))
            self.written.add(text)
        self.machines[which].write_beside(*beside)


@settings(max_examples=25, deadline=None)
@given(
    STEPS,
    st.lists(st.integers(-90, 90), min_size=3, max_size=3),
    st.lists(st.sampled_from([None, with_marks]), min_size=3, max_size=3),
)
def test_three_machines_in_a_week_lose_nothing_and_come_to_the_same(
    steps: list[tuple[str, int, int]],
    skews: list[int],
    merges: list[Callable[[bytes, bytes], bytes] | None],
) -> None:
    """Clocks differ by up to 90 minutes; the three are carried to each other pair by pair.

    Some by Syncthing, some by git, whose conflicts are committed as they stand.
    """
    with TemporaryDirectory() as root, ExitStack() as stack:
        machines = [Machine(Path(root) / name, stack) for name in "abc"]
        carriers = [Carrier(machines[n], machines[(n + 1) % 3], merge=merges[n]) for n in range(3)]
        week = Week(machines)
        for number, (deed, which, what) in enumerate(steps):
            machine = machines[which]
            machine.clock[0] = MONDAY + timedelta(hours=2 * number, minutes=skews[which])
            if deed == "sync":
                machine.sync()
            elif deed == "carry":
                carriers[which].carry()
            else:
                week.do(deed, which, what, f"note {number}.")
        settle(machines, carriers)
        in_order = [sorted(note.json_text for note in machine.notes) for machine in machines]
        assert in_order[0] == in_order[1] == in_order[2]
        assert week.written - week.given_up <= machines[0].texts
        assert [len(machine.files) for machine in machines] == [bool(week.written)] * 3
