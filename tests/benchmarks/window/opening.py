"""From the start of the process to the painted text for plain text of growing length."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.benchmarks.figures import Figure, at_most, median
from tests.benchmarks.prose import generated_text
from tests.benchmarks.running import Program, memory_mb
from tests.end_to_end.desk import Desk

_LENGTHS = {"20 KB": 20_000, "600 KB": 600_000, "6 MB": 6_000_000}
_LIMITS_S = {"20 KB": 0.45, "600 KB": 0.45, "6 MB": 0.5}
_STARTS = 5
_SETTLES_S = 3.0


def measure() -> list[Figure]:
    """Start it with each text several times; the last time look at its memory, too."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name, Desk() as desk:
        for length, characters in _LENGTHS.items():
            text = Path(name) / f"{length}.txt"
            text.write_text(generated_text(characters), encoding="utf-8")
            times_s = []
            for number in range(_STARTS + 1):
                with Program(desk, Path(name) / f"{length}-{number}", text) as program:
                    times_s.append(program.wait_for("painted").t - program.started_s)
                    if number == _STARTS:
                        program.wait_for("voice_ready")
                        time.sleep(_SETTLES_S)
                        memory = memory_mb(program.process.pid)
            figures += [
                at_most(f"{length}: start to text", median(times_s[1:]), "s", _LIMITS_S[length]),
                at_most(f"{length}: window's process", memory, "MB", 150),
            ]
    return figures
