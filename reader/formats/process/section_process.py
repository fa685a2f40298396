"""The process that reads a text, seen from the program that asks it for sections."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path
from threading import Lock
from typing import BinaryIO, cast

from reader.formats.source import state_of
from reader.processes.answers import read_answer
from reader.processes.starting import WITHOUT_CONSOLE, worker_start

_HEAD_ORDER = b"head\n"
_LEAVES_WITHIN_S = 0.5


class SectionProcess:
    """Starts the process when it is first asked, and again where it has left. Thread-safe."""

    def __init__(self, path: Path, fingerprint: str = "") -> None:
        """An empty fingerprint: the text is to be found out about, see `read_head`."""
        self._arguments = (str(path), fingerprint)
        self._state = state_of(path)
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
        order = b"%d\n" % index
        with self._lock:
            if self._process is not None:
                found = self._ask(self._process, order)
                if found is not None:
                    return found or None
                self._end()  # it had nothing to do for a while, and left
            if self._is_closed:
                return None
            try:
                self._process = _started(*self._arguments)
            except OSError:
                return None
            found = self._ask(self._process, order)
            if found is None:
                self._end()
                self._is_closed = True  # it can't do it, whatever the reason
            return found or None

    def start(self) -> None:
        """Start it now: it opens the text, and has it open when it is asked."""
        with self._lock, contextlib.suppress(OSError):  # then it is tried again when it is asked
            self._process = _started(*self._arguments)

    def is_for(self, path: Path) -> bool:
        """Whether this is the file it reads, as it was when this was made."""
        return (str(path), state_of(path)) == (self._arguments[0], self._state)

    def read_head(self) -> bytes | None:
        """Return all of the document but its sections, as `document_codec` encodes it.

        None where it can't be had this way, as for `read`; then it is asked no more.
        """
        with self._lock:
            found = None if self._process is None else self._ask(self._process, _HEAD_ORDER)
            if not found:
                self._end()
                self._is_closed = True
            return found or None

    def know(self, fingerprint: str) -> None:
        """Read this text and no other, should the process be started again."""
        self._arguments = (self._arguments[0], fingerprint)

    def close(self) -> None:
        """End it; it isn't started again."""
        self._is_closed = True
        process = self._process
        if process is not None:
            process.kill()  # a thread may be waiting for it, with the lock
        with self._lock:
            self._end()

    def _ask(self, process: subprocess.Popen[bytes], order: bytes) -> bytes | None:
        try:
            orders = cast(BinaryIO, process.stdin)
            orders.write(order)
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
    return subprocess.Popen(
        [
            *worker_start("reader.formats.process.section_worker", "--section-worker"),
            path,
            fingerprint,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=WITHOUT_CONSOLE,
    )
