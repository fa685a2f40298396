"""The process that reads one PDF file, seen from outside: asked, waited for, started again.

A file that crashes pdfium, or that it never comes to an end with, takes that process along and
nothing else. Of such a file the page is left out that did it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import weakref
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from reader.errors import (
    TextDamaged,
    TextNeedsPassword,
    TextProtected,
    TextReadFailed,
    system_reason,
)
from reader.formats.source import FileState, state_of
from reader.processes.framing import BrokenFraming, Message, read_message, write_message
from reader.processes.starting import WITHOUT_CONSOLE, worker_start

PATIENCE_S = 60.0
"""For one answer. A section of the densest pages takes a second of work, which is limited where the
system can do that; a machine that is busy with other things may need many times as long for it."""

OPENING_PATIENCE_S = 40.0
_OPENING_WORK_S = 3
_LEAVES_WITHIN_S = 0.3
_SENT_AWAY = (-getattr(signal, "SIGKILL", 9), -signal.SIGTERM)
"""How a process ends that we or the system ended, which may be short of time or of memory."""

_ATTEMPTS = 3
"""At one answer, each without a page that the one before didn't come back from."""

_MOST_LEFT_OUT = 8
"""Pages of a file: where there are more it isn't the pages."""


class PdfProcess:
    """Asks the process that has a file open; any thread may, one at a time is answered."""

    def __init__(self, path: Path, password: str) -> None:
        self._path = path
        self._password = password
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._end: weakref.finalize[[subprocess.Popen[bytes]], PdfProcess] | None = None
        self._state = state_of(path)
        self._page: int | None = None  # which it said it reads
        self._left_out: set[int] = set()

    @property
    def pid(self) -> int | None:
        """Its number, while there is one."""
        return None if self._process is None else self._process.pid

    def open(self, *, prepares: bool = True) -> Mapping[str, Any]:
        """Start the process, have it open the file, and return what the file tells of itself.

        `prepares`: it goes on with the first section, which is what one asks for next.

        Raises:
            TextNeedsPassword: it is encrypted; the password is missing or wrong.
            UnreadableText: it can't be opened otherwise.
        """
        with self._lock:
            return self._start(prepares=prepares)

    def ask(self, question: str, patience_s: float = PATIENCE_S, **details: object) -> Message:
        """Return the answer to a question, pages left out that the process didn't come back from.

        Raises:
            TextDamaged: this part of the file can't be read.
            TextReadFailed: the file went away, or is another one by now.
        """
        with self._lock:
            for attempt in range(_ATTEMPTS):
                left_out = len(self._left_out)
                try:
                    return self._asked({"ask": question, **details}, patience_s)
                except TextDamaged:
                    is_same = left_out == len(self._left_out)
                    if is_same or attempt + 1 == _ATTEMPTS or left_out >= _MOST_LEFT_OUT:
                        raise
            raise AssertionError("unreachable")

    def _asked(self, question: Mapping[str, object], patience_s: float) -> Message:
        if self._process is None:
            self._start()
        answer = self._exchange(question, patience_s)
        if "error" in answer.header:
            self._stop()
            self._leave_page_out()
            raise TextDamaged(self._path, _reason_of(str(answer.header["error"])))
        return answer

    def close(self) -> None:
        """End the process; the next question starts another."""
        with self._lock:
            self._stop()

    def _start(self, *, prepares: bool = False) -> Mapping[str, Any]:
        if state_of(self._path) != self._state:
            raise TextReadFailed(self._path, "it has changed since it was opened")
        question = _opening(self._path, self._password, self._left_out, prepares=prepares)
        ahead = _taken_ahead(question, self._state)
        if ahead is None:
            try:
                process = _started()
            except OSError as error:
                reason = system_reason(error)
                raise TextReadFailed(
                    self._path, f"no process for it could be started: {reason}"
                ) from error
        else:
            process = ahead
        self._process = process
        self._end = weakref.finalize(self, _end, process)
        is_asked = ahead is not None
        answer = self._exchange(None if is_asked else question, OPENING_PATIENCE_S).header
        match answer.get("error"):
            case None:
                return answer
            case "password":
                self._stop()
                raise TextNeedsPassword(self._path, is_wrong=bool(self._password))
            case "protection":
                self._stop()
                raise TextProtected(self._path)
            case reason:
                self._stop()
                raise TextDamaged(self._path, _reason_of(str(reason)))

    def _exchange(self, question: Mapping[str, object] | None, patience_s: float) -> Message:
        """Ask and wait for the answer; with None only wait, for that to what was asked before."""
        process = self._process
        assert process is not None
        is_late = threading.Event()

        def give_up() -> None:
            is_late.set()
            process.kill()

        timer = threading.Timer(patience_s, give_up)
        timer.daemon = True
        timer.start()
        answer = None
        try:
            with contextlib.suppress(OSError, ValueError, BrokenFraming):
                if question is not None:
                    write_message(cast(BinaryIO, process.stdin), Message(question))
                answer = self._read_answer(cast(BinaryIO, process.stdout))
        finally:
            timer.cancel()
            timer.join()
        if answer is None:
            self._stop()
            if process.returncode not in _SENT_AWAY:
                self._leave_page_out()
            self._page = None
            reason = "a part of it takes too long to read" if is_late.is_set() else _CRASHED
            raise TextDamaged(self._path, reason)
        return answer

    def _read_answer(self, answers: BinaryIO) -> Message | None:
        """Return the next answer; the pages that are told before it are taken note of."""
        while (answer := read_message(answers)) is not None and "page" in answer.header:
            self._page = answer.header["page"]
        if answer is not None and "error" not in answer.header:
            self._page = None
        return answer

    def _leave_page_out(self) -> None:
        """Read the page no more that the process said it reads."""
        if self._page is not None:
            self._left_out.add(self._page)
        self._page = None

    def _stop(self) -> None:
        if self._end is not None:
            self._end()
        self._process = self._end = None


def start_ahead(path: Path, password: str = "") -> None:
    """Start the process for a file that will be opened in a moment; it begins to read it."""
    question = _opening(path, password, (), prepares=True)
    with contextlib.suppress(OSError):  # it is tried again when there is something to be read
        process = _started()
        write_message(cast(BinaryIO, process.stdin), Message(question))
        _ahead.append((question, state_of(path), process))


_Ahead = tuple[Mapping[str, object], FileState | None, "subprocess.Popen[bytes]"]

_ahead: list[_Ahead] = []
"""Started ahead: what they were asked, of which state of the file. They leave with this process."""


def _taken_ahead(
    question: Mapping[str, object], state: FileState | None
) -> subprocess.Popen[bytes] | None:
    """Return the process that was asked this already, if there is one."""
    for found in _ahead:
        if found[:2] == (question, state):
            _ahead.remove(found)
            return found[2]
    return None


def _opening(
    path: Path, password: str, left_out: Collection[int], *, prepares: bool
) -> Mapping[str, object]:
    return {
        "ask": "open",
        "path": os.path.abspath(path),
        "password": password,
        "work_s": _OPENING_WORK_S,
        "left_out": sorted(left_out),
        "prepares": prepares,
    }


_CRASHED = "a part of it can't be read"


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        worker_start("reader.formats.pdf.worker", "--pdf-worker"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # what pdfium says of a broken file is nothing that a user could use
        stderr=subprocess.DEVNULL,
        creationflags=WITHOUT_CONSOLE,
    )


def _reason_of(error: str) -> str:
    return "it takes too much memory" if error == "memory" else _CRASHED


def _end(process: subprocess.Popen[bytes]) -> None:
    """Have a process leave, and wait until nothing of it is left."""
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):
            cast(BinaryIO, pipe).close()
    try:
        process.wait(_LEAVES_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
