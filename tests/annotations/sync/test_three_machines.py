"""Three machines share their notes for a week, in whatever order things happen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.annotations.editing import with_note
from reader.annotations.model import Annotation
from reader.annotations.note_steps import Change
from tests.annotations.documents import note_on
from tests.annotations.sync.sharing_machines import (
    DOCUMENT,
    MONDAY,
    TEXT,
    WORDS,
    Carrier,
    Machine,
    settle,
    with_marks,
)

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
