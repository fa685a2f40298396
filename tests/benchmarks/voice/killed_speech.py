"""The speech process killed 50 times at random moments while the window reads, all recorded."""

from __future__ import annotations

import os
import random
import signal
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np

from tests.benchmarks.figures import Figure, at_most, median, percentile
from tests.benchmarks.prose import review
from tests.benchmarks.running import Program
from tests.end_to_end.desk import Desk, Recording

_KILLS = 50
_LONGEST_WAIT_S = 1.5
_SHARE_ONCE_LOADED = 0.7
"""How many of the kills wait until the voice is loaded again; others may hit it while it loads."""
_QUIET = 150
_ANSWERS_WITHIN_S = 15.0


def measure() -> list[Figure]:
    """Read the review aloud; kill what speaks again and again, whatever it is doing."""
    chance = random.Random(50)
    with (
        tempfile.TemporaryDirectory() as name,
        Desk() as desk,
        Program(desk, Path(name) / "killed", review()) as program,
    ):
        program.wait_until_ready(desk)
        desk.press("space")
        begun = program.wait_for("sounding").t
        killed: list[tuple[float, int]] = []
        for _ in range(_KILLS):
            if chance.random() < _SHARE_ONCE_LOADED and killed:
                program.wait_for("voice_ready", killed[-1][0])
            time.sleep(chance.uniform(0.0, _LONGEST_WAIT_S))
            pid = program.speech_pid
            killed.append((time.monotonic(), pid))
            os.kill(pid, signal.SIGKILL)
            _wait_for_another(program, pid)
        back = program.wait_for("voice_ready", killed[-1][0], _ANSWERS_WITHIN_S).t
        time.sleep(1.0)
        ended = time.monotonic()
        recording = desk.recording()
        lit = [event.fields["start"] for event in program.events("word", begun)]
        left_out = program.events("skipped")
        zombies = [pid for _, pid in killed if Path(f"/proc/{pid}").exists()]
        ready = [event.t for event in program.events("voice_ready", begun)]
    waits = [min((t for t in ready if t > at), default=back) - at for at, _ in killed]
    silences = _silences(recording, begun, ended)
    return [
        at_most("longest silence heard", max(silences), "s", 1.0),
        Figure("voice loaded again after a kill, median", median(waits), "s"),
        Figure("voice loaded again after a kill, 95 %", percentile(waits, 95), "s"),
        at_most("words lit twice or out of order", len(lit) - len(set(lit)) + _drops(lit), "", 0),
        at_most("sentences left out", len(left_out), "", 0),
        at_most("zombies", len(zombies), "", 0),
        Figure("words lit", len(lit), ""),
    ]


def _wait_for_another(program: Program, pid: int) -> None:
    end = time.monotonic() + _ANSWERS_WITHIN_S
    while program.speech_pid == pid:
        if time.monotonic() > end:
            raise RuntimeError("no other speech process was started")
        time.sleep(0.01)


def _silences(recording: Recording, begun: float, ended: float) -> list[float]:
    loud = recording.loud_times(_QUIET)
    within = loud[(loud > begun) & (loud < ended)]
    return [float(gap) for gap in np.diff(np.concatenate([[begun], within, [ended]]))]


def _drops(starts: list[int]) -> int:
    return sum(later < earlier for earlier, later in pairwise(starts))
