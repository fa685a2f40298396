"""What was reported as saved is there, whatever happened to the process that saved it."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from contextlib import closing
from itertools import count
from pathlib import Path
from sqlite3 import connect

import pytest

from reader.annotations.store import AnnotationStore
from reader.storage.database import Database
from tests.annotations.killing import Killed
from tests.annotations.saving_process import DOCUMENT
from tests.patience import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]


def started(path: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.annotations.saving_process", str(path), *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )


class Reported:
    """What saving processes said is on disk."""

    def __init__(self) -> None:
        self.processes = 0
        self.notes: dict[str, str] = {}
        self.unsettled: set[str] = set()
        self.failures: list[str] = []

    def add(self, output: bytes) -> None:
        """Take in one process's lines; the last may have been cut off by its end."""
        self.processes += 1
        for line in output.decode().split("\n")[:-1]:
            what, name, note = line.split("\t")
            match what:
                case "saved":
                    self.notes[name] = note
                case "removing":
                    del self.notes[name]
                    self.unsettled.add(name)
                case "removed":
                    self.unsettled.discard(name)
                case "failed":
                    self.failures.append(note)

    def assert_kept_in(self, path: Path) -> None:
        """Compare with the file; a change the process died in may have been made or not."""
        with Database(path) as database:
            there = AnnotationStore(database).of_document(DOCUMENT.fingerprint)
        found = {str(note.id): note.note_text for note in there}
        for name, note in self.notes.items():
            assert found.get(name) in (note, f"{' '.join(note.split()[:2])} changed"), name
        unknown = set(found) - set(self.notes) - self.unsettled
        assert len(unknown) <= self.processes  # at most one each: saved, but not yet reported
        with closing(connect(path)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_killed_in_the_middle_of_saving_nothing_reported_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "sottovoce.sqlite3"
    moments = random.Random(3)
    reported = Reported()
    for run in count():
        if run >= 25 and len(reported.notes) > 50:  # a busy machine saves few a run
            break
        with started(path, f"run{run}", "1000000") as process:
            assert process.stdout is not None
            first = process.stdout.readline()  # it is saving by now
            time.sleep(moments.uniform(0, 0.06))
            process.kill()
            reported.add(first + process.stdout.read())
        reported.assert_kept_in(path)


def test_two_processes_that_save_at_once_both_keep_all(tmp_path: Path) -> None:
    path = tmp_path / "sottovoce.sqlite3"
    reported = Reported()
    with started(path, "left", "60") as left, started(path, "right", "60") as right:
        for process in (left, right):
            reported.add(process.communicate(timeout=PATIENCE_S)[0])
            assert process.returncode == 0
    assert len(reported.notes) == 80  # every third was removed again
    reported.assert_kept_in(path)


@pytest.mark.parametrize("limit_bytes", [360_000, 420_000, 500_000])
def test_when_the_disk_is_full_the_reason_is_told_and_nothing_reported_is_lost(
    tmp_path: Path, limit_bytes: int
) -> None:
    path = tmp_path / "sottovoce.sqlite3"
    reported = Reported()
    process = started(path, "full", "1000000", str(limit_bytes))
    reported.add(process.communicate(timeout=PATIENCE_S)[0])
    assert process.returncode == 3
    assert len(reported.failures) == 1
    assert "full" in reported.failures[0]
    assert len(reported.notes) > 3
    reported.assert_kept_in(path)


def test_killed_in_the_middle_of_everything_nothing_is_lost_or_half(tmp_path: Path) -> None:
    """A few of the 200 kills of `python -m tests.benchmarks killed-notes`."""
    killed, moments = Killed(tmp_path), random.Random(6)
    for number in range(8):
        killed.kill_once(number, moments)
    assert killed.faults == []
    assert killed.done > 16
