"""From the start of the process to the painted text, and what the window weighs.

Each start is measured beside one of a bare window, in turn, in a real window on a virtual screen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.figures import Figure, at_most, median
from tests.benchmarks.prose import review
from tests.benchmarks.running import SOTTOVOCE, Program, mapped_files, memory_mb
from tests.end_to_end.desk import Desk

_PAIRS = 9
_BARE = Path(__file__).with_name("bare_window.py")
_KEPT_OUT = ("onnxruntime", "numpy")
_READS_S = 12.0


def measure() -> list[Figure]:
    """Start it again and again, then let it read for a while."""
    with tempfile.TemporaryDirectory() as name, Desk() as desk:
        folder = Path(name)
        return [*_starts(desk, folder), *_pictures(desk, folder), *_weights(desk, folder)]


def _starts(desk: Desk, folder: Path) -> list[Figure]:
    ours, ratios = [], []
    for number in range(_PAIRS + 1):
        with Program(desk, folder / f"start-{number}", review()) as program:
            own_s = program.wait_for("painted").t - program.started_s
        begun = time.monotonic()
        bare = subprocess.run(
            [sys.executable, _BARE, review()],
            env=desk.environment,
            capture_output=True,
            check=True,
            timeout=30,
        )
        bare_s = float(bare.stdout.split()[0]) - begun
        if number:  # the first pair reads its files from the disk
            ours.append(own_s)
            ratios.append(own_s / bare_s)
    return [
        at_most(f"start to painted text, median of {_PAIRS}", median(ours), "s", 0.45),
        at_most(f"the same by a bare window's, median of {_PAIRS} pairs", median(ratios), "×", 1.6),
    ]


def _pictures(desk: Desk, folder: Path) -> list[Figure]:
    """Measure whole runs that paint once and leave: by the clock, and by what they compute.

    The latter are what changes are judged by on a machine that does other things as well.
    """
    environment = {**desk.environment, "QT_QPA_PLATFORM": "offscreen", "PYTHONHASHSEED": "0"}

    def commands(number: int) -> list[list[str]]:
        data, picture = str(folder / f"picture-{number}"), str(folder / "picture.png")
        ours = [SOTTOVOCE, "--data-dir", data, "--screenshot", picture, review()]
        return [[*map(str, ours)], [sys.executable, str(_BARE), str(review())]]

    runs = [[_run(command, environment) for command in commands(n)] for n in range(_PAIRS)]
    name = "--screenshot to its end, by a bare window that leaves once painted"
    figures = [
        at_most(name, median(ours[0] / bare[0] for ours, bare in runs), "×", 1.6),
        at_most(
            "the same by processor time", median(ours[1] / bare[1] for ours, bare in runs), "×", 1.6
        ),
    ]
    if shutil.which("valgrind"):
        ours, bare = (_instructions(command, environment) for command in commands(_PAIRS))
        figures.append(at_most("the same by instructions", ours / bare, "×", 1.6))
    return figures


def _run(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Return how many seconds a run took, and how many of a processor."""
    begun = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, command
    return time.monotonic() - begun, used.ru_utime + used.ru_stime


def _instructions(command: list[str], environment: dict[str, str]) -> int:
    """Return how many instructions a run has the processor do, as callgrind counts them."""
    ran = subprocess.run(
        ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *_interpreted(command)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    return int(ran.stderr.rpartition("Collected :")[2].split()[0])


def _interpreted(command: list[str]) -> list[str]:
    """Return a command that valgrind can start: it knows programs, no scripts."""
    return command if command[0] == sys.executable else [sys.executable, *command]


def _weights(desk: Desk, folder: Path) -> list[Figure]:
    with Program(desk, folder / "weights", review()) as program:
        program.wait_until_ready(desk)
        window_pid, speech_pid = program.process.pid, program.speech_pid
        before = memory_mb(window_pid)
        begun = desk.press("space")
        speech = []
        while time.monotonic() < begun + _READS_S:
            time.sleep(0.25)
            speech.append(memory_mb(speech_pid))
        foreign = [file for file in mapped_files(window_pid) if any(n in file for n in _KEPT_OUT)]
        return [
            at_most("window's process, the text open", before, "MB", 120),
            at_most("window's process, reading aloud", memory_mb(window_pid), "MB", 120),
            at_most("speech process, its largest while reading", max(speech), "MB", 400),
            at_most("files of onnxruntime or numpy in the window's process", len(foreign), "", 0),
        ]
