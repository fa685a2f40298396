"""Work done beside the window's thread, its result handed back on it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from reader.errors import SottovoceError

Result = TypeVar("Result")


class Task:
    """One piece of work; once forgotten, its answer is dropped however late it comes."""

    def __init__(self) -> None:
        self.is_forgotten = False

    def forget(self) -> None:
        """Want the answer no more. The work itself runs to its end unheard."""
        self.is_forgotten = True


@dataclass(frozen=True, slots=True)
class _Answer:
    task: Task
    tell: Callable[[], None]


class Background(QObject):
    """Runs work in threads of their own. Made and called on the window's thread only."""

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)
        self._threads: list[threading.Thread] = []
        self._unanswered: set[Task] = set()

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

        def answer() -> None:
            try:
                result = work()
            except SottovoceError as error:
                failure = error
                self._deliver(_Answer(task, lambda: failed(failure)))
            except Exception as error:  # noqa: BLE001 - raised again where it is seen
                bug = error
                self._deliver(_Answer(task, lambda: _raise(bug)))
            else:
                self._deliver(_Answer(task, lambda: then(result)))

        # daemon: a file system that hangs must not keep the program from leaving
        thread = threading.Thread(target=answer, name="background", daemon=True)
        self._threads = [running for running in self._threads if running.is_alive()]
        self._threads.append(thread)
        self._unanswered.add(task)
        thread.start()
        return task

    def close(self, patience_s: float = 0.3) -> None:
        """Forget what is under way and give it a moment to end."""
        for task in self._unanswered:
            task.forget()
        for thread in self._threads:
            thread.join(patience_s)

    def _deliver(self, answer: _Answer) -> None:
        try:
            self._answered.emit(answer)
        except RuntimeError:
            return  # the window is gone, and with it whoever wanted to know

    def _on_answered(self, answer: _Answer) -> None:
        self._unanswered.discard(answer.task)
        if not answer.task.is_forgotten:
            answer.tell()


def _raise(error: Exception) -> None:
    raise error
