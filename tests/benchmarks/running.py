"""The real program at a desk: started, watched through its trace, weighed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.end_to_end.desk import Desk, wait_until

SOTTOVOCE = Path(sys.executable).with_name("sottovoce")
"""The installed program, as a user starts it."""

_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the trace; `t` is in seconds on CLOCK_MONOTONIC."""

    t: float
    name: str
    fields: Mapping[str, Any]


class Program:
    """One run of the program. It ends with its desk, or in a `with` statement at its end."""

    def __init__(self, desk: Desk, folder: Path, *arguments: str | Path, keeps_audio: bool = False):
        """Start it, with everything it keeps below `folder`.

        `keeps_audio`: run it so that what it speaks can be read back (see `kept_audio`), and that
        its trace tells every turn of the event loop.
        """
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self._trace = folder / "trace"
        command: list[str | Path] = [SOTTOVOCE]
        if keeps_audio:
            command = [
                sys.executable,
                "-m",
                "tests.benchmarks.voice.audio_keeper",
                folder / "audio",
            ]
        own: list[str | Path] = ["--data-dir", folder / "data", "--trace", self._trace]
        self.started_s = time.monotonic()
        self.process = desk.start(*command, *own, *arguments)

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def events(self, name: str, after: float = 0.0) -> list[Event]:
        """Return the events of one name so far, those after a moment."""
        if not self._trace.exists():
            return []
        lines = self._trace.read_text(encoding="utf-8").splitlines(keepends=True)
        rows = [json.loads(line) for line in lines if line.endswith("\n")]
        return [
            Event(row["t"], name, row) for row in rows if row["event"] == name and row["t"] > after
        ]

    def wait_for(self, name: str, after: float = 0.0, timeout_s: float = 20.0) -> Event:
        """Return the first event of that name after a moment; TimeoutError if none comes."""
        wait_until(lambda: bool(self.events(name, after)), f"no {name!r} in the trace", timeout_s)
        return self.events(name, after)[0]

    def wait_until_ready(self, desk: Desk) -> None:
        """Return when the text is painted, the window focused and what comes first is spoken."""
        self.wait_for("painted")
        desk.wait_for_window()
        self.wait_for("voice_ready")
        time.sleep(2.0)

    @property
    def speech_pid(self) -> int:
        """The process id of its speech process."""
        started = [e for e in self.events("speech_process") if e.fields["state"] == "started"]
        return int(started[-1].fields["pid"])


def memory_mb(pid: int) -> float:
    """Return the proportional set size: what is shared counts by its share."""
    return _rollup_mb(pid, "Pss:")


def own_memory_mb(pid: int) -> float:
    """Return what a process has made itself, without the share of files that others map too.

    That share grows with every other program that ends, by 4 MB within minutes on a busy machine.
    """
    return _rollup_mb(pid, "Pss_Anon:")


def _rollup_mb(pid: int, name: str) -> float:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    line = next(line for line in rollup.splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


def cpu_seconds(pid: int) -> float:
    """Return how much CPU time a process has taken, its threads together."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / _TICKS_A_SECOND


def mapped_files(pid: int) -> set[str]:
    """Return the files a process has mapped into its memory: its libraries above all."""
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    return {line.split(maxsplit=5)[5] for line in maps.splitlines() if line.count("/")}
