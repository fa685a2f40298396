"""How the speech process is started: when it is needed, or ahead of that."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from reader.processes.starting import WITHOUT_CONSOLE, worker_start


def worker_command(voices_dir: Path, *arguments: str) -> list[str]:
    """Return what starts the speech process, from a checkout as from a frozen program."""
    start = worker_start("reader.speech.process.worker", "--speech-worker")
    return [*start, "--voices-dir", str(voices_dir), *arguments]


def start_ahead(voices_dir: Path, voice: str) -> None:
    """Start the process before anybody asks for it; it begins to load a voice."""
    command = worker_command(voices_dir)
    with contextlib.suppress(OSError):  # it is tried again when it is asked for
        _ahead.append((command, _start([*command, "--voice", voice])))


_ahead: list[tuple[Sequence[str], subprocess.Popen[bytes]]] = []
"""Started ahead, and what would start them now. They leave with this process."""


def started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Return the process that a command starts: one that was started ahead, if there is one.

    Raises:
        OSError: it can't be started.
    """
    for ahead in _ahead:
        if ahead[0] == command:
            _ahead.remove(ahead)
            return ahead[1]
    return _start(command)


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # a windowed program on Windows has no standard error to hand on
        stderr=None if sys.stderr is not None else subprocess.DEVNULL,
        creationflags=WITHOUT_CONSOLE,
    )
