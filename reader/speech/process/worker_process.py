"""The speech process as an object: started, given orders, listened to, ended without a trace."""

from __future__ import annotations

import contextlib
import subprocess
import threading
from collections.abc import Callable, Sequence
from typing import BinaryIO, cast

from reader.processes.framing import BrokenFraming, read_message, write_message
from reader.speech.process.protocol import Answer, Order, answer_from, order_message
from reader.speech.process.starting import started

_LEAVES_WITHIN_S = 0.5
_KILLED_BY_OTHERS = (-9, -15)  # SIGKILL and SIGTERM, as subprocess tells them


class WorkerProcess:
    """A running speech process. All but `listen`'s callback happens on the thread that made it."""

    def __init__(self, command: Sequence[str]) -> None:
        """Start it, unless it was started ahead.

        Raises:
            OSError: it can't be started.
        """
        self._process = started(command)
        self._reader: threading.Thread | None = None
        self._is_ended_here = False

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def listen(self, on_answer: Callable[[Answer | None], None]) -> None:
        """Have its answers told on a thread of its own, and at last None, when it has ended."""
        answers = cast(BinaryIO, self._process.stdout)

        def read_answers() -> None:
            with contextlib.suppress(BrokenFraming, OSError, ValueError):
                while (message := read_message(answers)) is not None:
                    on_answer(answer_from(message))
            on_answer(None)

        self._reader = threading.Thread(target=read_answers, name="speech answers", daemon=True)
        self._reader.start()

    def send(self, order: Order) -> None:
        """Give it an order; one that has ended doesn't hear it."""
        with contextlib.suppress(OSError, ValueError):
            write_message(cast(BinaryIO, self._process.stdin), order_message(order))

    def kill(self) -> None:
        """End it at once."""
        self._is_ended_here = True
        self._process.kill()

    @property
    def was_killed_by_others(self) -> bool:
        """Whether, when it had ended, it was the system or a user that had killed it."""
        return not self._is_ended_here and self._process.returncode in _KILLED_BY_OTHERS

    def end(self) -> None:
        """Have it leave, if it still runs, and wait until nothing of it is left."""
        with contextlib.suppress(OSError):
            cast(BinaryIO, self._process.stdin).close()
        try:
            self._process.wait(_LEAVES_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.kill()
            self._process.wait()
        if self._reader is not None:
            self._reader.join()
        cast(BinaryIO, self._process.stdout).close()
