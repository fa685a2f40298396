"""Kills a process that does everything to notes, and looks whether all it reported is there."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from reader.annotations.model import AnnotationId
from reader.annotations.store import AnnotationStore
from reader.annotations.sync.shared_file import read_shared
from reader.storage.backups import backups_in, is_sound
from reader.storage.database import Database
from tests.annotations.busy_process import DOCUMENT, MACHINES, database_of, shared_folder

ROOT = Path(__file__).resolve().parents[2]
LONGEST_S = 1.0

State = str | None
Step = dict[AnnotationId, State]


@dataclass
class Killed:
    """What was reported so far, and what was wrong after the kills."""

    folder: Path
    states: dict[str, Step] = field(default_factory=lambda: {name: {} for name in MACHINES})
    faults: list[str] = field(default_factory=list)
    done: int = 0
    under_way: int = 0
    """Steps that a kill hit between their beginning and their report."""

    def kill_once(self, seed: int, chance: random.Random) -> None:
        """Start the process, kill it at a random moment once it is at work, and look."""
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.annotations.busy_process", str(self.folder), str(seed)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        with process:
            assert process.stdout is not None
            first = process.stdout.readline()
            if not first:
                self.faults.append("the process did not come to work")
            time.sleep(chance.uniform(0, LONGEST_S))
            os.killpg(process.pid, signal.SIGKILL)
            output = first + process.stdout.read()
        self._look(self._unfinished(output))

    def _unfinished(self, output: bytes) -> list[tuple[str, Step]]:
        """Take in what was reported; return the steps whose end was not."""
        begun: dict[str, list[Step]] = {name: [] for name in MACHINES}
        for line in output.split(b"\n")[:-1]:
            what, machine, states = json.loads(line)
            if what == "begun":
                begun[machine].append(states)
            else:
                begun[machine].remove(states)
                self.states[machine].update(states)
                self.done += 1
        return [(machine, step) for machine, steps in begun.items() for step in steps]

    def _look(self, unfinished: list[tuple[str, Step]]) -> None:
        self.under_way += len(unfinished)
        for machine in MACHINES:
            path = database_of(self.folder, machine)
            if not is_sound(path):
                self.faults.append(f"{machine}: the database is damaged")
            with Database(path) as database:
                there = AnnotationStore(database).of_document(DOCUMENT.fingerprint)
            found: Step = {note.id: note.json_text for note in there}
            steps = [step for name, step in unfinished if name == machine]
            self._settle(machine, found, steps)
            for name, state in self.states[machine].items():
                if found.get(name) != state:
                    self.faults.append(f"{machine}: {name} is {found.get(name)} and not {state}")
            copies = backups_in(self.folder / machine / "backups")
            self.faults += [f"{copy.name} is damaged" for copy in copies if not is_sound(copy)]
        for path in shared_folder(self.folder).glob("*.jsonld"):
            if read_shared(path.read_bytes(), path) is None:
                self.faults.append(f"{path.name} is no file of notes")

    def _settle(self, machine: str, found: Step, steps: list[Step]) -> None:
        """See that a step under way was made whole or not at all; take what it came to."""
        known = self.states[machine]
        for step in steps:
            is_made = [found.get(name) == state for name, state in step.items()]
            is_left = [found.get(name) == known.get(name) for name in step]
            if all(is_made):
                known.update(step)
            elif not all(is_left):
                self.faults.append(f"{machine}: half of a step of {len(step)} was made")
