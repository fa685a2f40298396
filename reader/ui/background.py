"""Work done beside the window's thread, its result handed back on it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from reader.errors import SottovoceError

Result = TypeVar("Result")


class Task:
    """One piece of work; once forgotten, its answer is dropped however late it comes."""

    def __init__(self) -> None:
        self._is_done = Event()
        self._answer: Callable[[], None] | None = None

    def forget(self) -> None:
        """Want the answer no more. The work itself runs to its end unheard."""
        self._answer = None

    def wait(self, patience_s: float) -> bool:
        """Wait that long for the work to end, tell its answer here and now; whether it ended."""
        is_done = self._is_done.wait(patience_s)
        if is_done:
            self._tell()
        return is_done

    def _tell(self) -> None:
        answer, self._answer = self._answer, None
        if answer is not None:
            answer()


class Background(QObject):
    """Runs work in threads of their own. Made and called on the window's thread only."""

    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)
        self._running: dict[Task, Thread] = {}

    def run(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[SottovoceError], None],
    ) -> Task:
        """Do `work` in a thread; call `then` with what it returns, or `failed` with what it raises.

        Both are called on the window's thread. Any other exception is a bug: it is raised there.
        """
        task = Task()
        outcome: list[Result | Exception] = []

        def answer() -> None:
            match outcome[0]:
                case SottovoceError() as error:
                    failed(error)
                case Exception() as bug:
                    raise bug
                case result:
                    then(result)

        def do() -> None:
            try:
                outcome.append(work())
            except Exception as error:  # noqa: BLE001 - told on the window's thread, not lost here
                outcome.append(error)
            task._is_done.set()
            with suppress(RuntimeError):  # the window is gone, and with it whoever would be told
                self._done.emit(task)

        task._answer = answer
        # daemon: a file system that hangs must not keep the program from leaving
        self._running[task] = Thread(target=do, name="background", daemon=True)
        self._running[task].start()
        return task

    def close(self, patience_s: float = 0.5) -> None:
        """Forget what is under way and give it a moment to end."""
        for task, thread in self._running.items():
            task.forget()
            thread.join(patience_s)

    def _on_done(self, task: Task) -> None:
        self._running.pop(task, None)
        task._tell()
