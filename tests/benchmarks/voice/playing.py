"""How busy the window's thread and the processor are while it reads aloud at 1×."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.benchmarks import turn_probe
from tests.benchmarks.figures import Figure, at_most, median, percentile
from tests.benchmarks.prose import review
from tests.benchmarks.running import Program, cpu_seconds
from tests.end_to_end.desk import Desk

_FILLS_S = 6.0  # until what is kept ahead has been spoken
_PLAYED_S = 30.0


def measure() -> list[Figure]:
    """Read the review aloud for half a minute, with its notes beside it."""
    with (
        tempfile.TemporaryDirectory() as name,
        Desk() as desk,
        Program(desk, Path(name) / "playing", review(), keeps_audio=True) as program,
    ):
        program.wait_until_ready(desk)
        desk.press("space")
        time.sleep(_FILLS_S)
        pids = (program.process.pid, program.speech_pid)
        begin, before = time.monotonic(), [cpu_seconds(pid) for pid in pids]
        time.sleep(_PLAYED_S)
        end, after = time.monotonic(), [cpu_seconds(pid) for pid in pids]
        lit = [event for event in program.events("word", begin) if event.t < end]
        turns = [event for event in program.events(turn_probe.EVENT, begin) if event.t < end]
    if not lit:
        raise RuntimeError("nothing was read aloud")
    window, speech = (
        (last - first) / (end - begin) * 100 for first, last in zip(before, after, strict=True)
    )
    busy_ms = [float(turn.fields["ms"]) for turn in turns]
    of_all = f"of {len(busy_ms):,} turns"
    return [
        Figure(f"window's thread busy, median {of_all}", median(busy_ms), "ms"),
        at_most(
            f"window's thread busy, 99th percentile {of_all}", percentile(busy_ms, 99), "ms", 16
        ),
        Figure(f"window's thread busy, longest {of_all}", percentile(busy_ms, 100), "ms"),
        at_most("both processes, of one core, what is ahead spoken", window + speech, "%", 60),
        Figure("the window's alone", window, "%"),
    ]
