"""A process that writes, undoes, imports, syncs and backs up notes, killed 200 times by chance."""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from tests.annotations.killing import Killed
from tests.benchmarks.figures import Figure, at_least, at_most

_KILLS = 200
_FOLDERS = 10
"""So often it begins anew, so that the files stay those of a reader and not of a machine."""


def measure() -> list[Figure]:
    """Kill it, and look after each kill whether all that it reported is there, and nothing half."""
    chance = random.Random(200)
    done = under_way = 0
    faults: list[str] = []
    for number in range(_FOLDERS):
        with tempfile.TemporaryDirectory() as name:
            killed = Killed(Path(name))
            for kill in range(_KILLS // _FOLDERS):
                killed.kill_once(number * _KILLS + kill, chance)
            done += killed.done
            under_way += killed.under_way
            faults += killed.faults
    for fault in faults:
        print(fault[:400], file=sys.stderr)
    return [
        Figure("kills", _KILLS, ""),
        at_least("steps reported as done", done, "", 5 * _KILLS),
        at_least("steps that a kill hit under way", under_way, "", _KILLS // 4),
        at_most("notes lost, half or otherwise than reported", len(faults), "", 0),
    ]
