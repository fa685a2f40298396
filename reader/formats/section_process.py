"""The process that reads a book's sections, seen from the program that asks it."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import BinaryIO, cast

from reader.formats.section_worker import read_answer

_LEAVES_WITHIN_S = 0.5


class SectionProcess:
    """Starts the process when it is first asked, and again where it has left. Thread-safe."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        self._arguments = (str(path), fingerprint)
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        self._is_closed = False

    @property
    def pid(self) -> int | None:
        """Its number, while there is one."""
        process = self._process
        return None if process is None else process.pid

    def read(self, index: int) -> bytes | None:
        """Return section number `index` as `section_codec` encodes it.

        None where it can't be had this way: the reason shows when it is read directly.
        """
        with self._lock:
            if self._process is not None:
                found = self._ask(self._process, index)
                if found is not None:
                    return found or None
                self._end()  # it had nothing to do for a while, and left
            if self._is_closed:
                return None
            try:
                self._process = _started(*self._arguments)
            except OSError:
                return None
            found = self._ask(self._process, index)
            if found is None:
                self._end()
                self._is_closed = True  # it can't do it, whatever the reason
            return found or None

    def close(self) -> None:
        """End it; it isn't started again."""
        self._is_closed = True
        process = self._process
        if process is not None:
            process.kill()  # a thread may be waiting for it, with the lock
        with self._lock:
            self._end()

    def _ask(self, process: subprocess.Popen[bytes], index: int) -> bytes | None:
        try:
            orders = cast(BinaryIO, process.stdin)
            orders.write(b"%d\n" % index)
            orders.flush()
            return read_answer(cast(BinaryIO, process.stdout))
        except (OSError, ValueError):
            return None

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            cast(BinaryIO, process.stdin).close()
        try:
            process.wait(_LEAVES_WITHIN_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        cast(BinaryIO, process.stdout).close()


def _started(path: str, fingerprint: str) -> subprocess.Popen[bytes]:
    if getattr(sys, "frozen", False):
        start = [sys.executable, "--section-worker"]
    else:
        # -P: a file in the folder the user stands in must not be taken for a module of ours
        start = [sys.executable, "-P", "-m", "reader.formats.section_worker"]
    return subprocess.Popen(
        [*start, path, fingerprint],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
