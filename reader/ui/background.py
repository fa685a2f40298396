"""Work done beside the window's thread, its result handed back on it.

Nothing of Qt's is imported there, and no module that imports it: PySide makes a class when its name
is first asked for, and two threads that make some at once crash the program (PySide6 6.11: 23 of 40
runs of a program that does nothing else). What work needs of Qt, the module that gives it imports.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Event, Thread
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from reader.errors import SottovoceError

Result = TypeVar("Result")


class RunBeside(Protocol):
    """Does work beside the window's thread: `Background.run`, or `run` of what it makes."""

    def __call__(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[SottovoceError], None],
    ) -> object:
        """See `Background.run`."""


class Task:
    """One piece of work; once forgotten, its answer is dropped however late it comes."""

    def __init__(self) -> None:
        self._is_done = Event()
        self._answer: Callable[[], None] | None = None

    @property
    def is_awaited(self) -> bool:
        """Whether its answer is wanted and still to be told."""
        return self._answer is not None

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


class Threads:
    """Threads for work; some that have done theirs wait for more, none unless `keep` is called.

    To start a thread is to wait until it runs: some frames where others have the processors, or the
    interpreter.
    """

    def __init__(self) -> None:
        self._idle: deque[_Worker] = deque()
        self._most_idle = 0

    def keep(self, most_idle: int) -> None:
        """Let so many threads wait for more work, others end."""
        self._most_idle = most_idle
        for _ in range(len(self._idle) - most_idle):
            self._idle.pop().leave()

    @property
    def idle_count(self) -> int:
        """How many wait for work."""
        return len(self._idle)

    def do(self, work: Callable[[], None]) -> None:
        """Do this at once, in a thread that does nothing else meanwhile."""
        try:
            worker = self._idle.pop()
        except IndexError:
            worker = _Worker(self)
        worker.do(work)

    def take_back(self, worker: _Worker) -> bool:
        """Keep one that has nothing to do, and calls from its own thread; else it may end."""
        is_kept = len(self._idle) < self._most_idle
        if is_kept:
            self._idle.append(worker)
        return is_kept


THREADS = Threads()
"""Those of the program: whoever needs one for a moment takes it from here."""


class _Worker:
    def __init__(self, threads: Threads) -> None:
        self._threads = threads
        self._orders: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        # daemon: a file system that hangs must not keep the program from leaving
        Thread(target=self._work, name="background", daemon=True).start()

    def do(self, work: Callable[[], None]) -> None:
        self._orders.put(work)

    def leave(self) -> None:
        self._orders.put(None)

    def _work(self) -> None:
        while (work := self._orders.get()) is not None:
            work()
            del work  # what it holds is not to be kept until there is more
            if not self._threads.take_back(self):
                return


class Background(QObject):
    """Runs work in threads beside the window's. Made and called on that thread only.

    Answers come in the order in which the work ends, not in that in which it was begun: where that
    matters there are `latest` and `in_turn`.
    """

    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)
        self._running: set[Task] = set()
        self._is_closed = False

    def run(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[SottovoceError], None],
    ) -> Task:
        """Do `work` in a thread; call `then` with what it returns, or `failed` with what it raises.

        Both are called on the window's thread. Any other exception is a bug: it is raised there.
        Once closed nothing is begun any more.
        """
        task = Task()
        if self._is_closed:
            task._is_done.set()
            return task
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
            with suppress(RuntimeError):  # the window is gone, and with it whoever would be told
                self._done.emit(task)
            task._is_done.set()  # last: who waits for it finds its answer before his own

        task._answer = answer
        self._running.add(task)
        THREADS.do(do)
        return task

    def latest(self) -> Latest:
        """Return what asks one question at a time, of which only the last is answered."""
        return Latest(self)

    def in_turn(self) -> InTurn:
        """Return what does one piece of work after the other."""
        return InTurn(self)

    def close(self, patience_s: float = 0.5) -> None:
        """Forget what is under way, give it a moment to end, and begin nothing any more."""
        self._is_closed = True
        for task in self._running:
            task.forget()
        end = time.monotonic() + patience_s
        for task in self._running:
            task._is_done.wait(max(0.0, end - time.monotonic()))

    def _on_done(self, task: Task) -> None:
        self._running.discard(task)
        task._tell()


class Latest:
    """A question that is asked again and again: an answer is dropped once it is asked anew.

    So no late answer to an earlier question takes the place of the answer to the last.
    """

    def __init__(self, background: Background) -> None:
        self._background = background
        self._task: Task | None = None

    @property
    def is_awaited(self) -> bool:
        """Whether an answer is still to come."""
        return self._task is not None and self._task.is_awaited

    def run(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[SottovoceError], None],
    ) -> Task:
        """See `Background.run`; what was asked here before is forgotten."""
        self.forget()
        self._task = self._background.run(work, then, failed)
        return self._task

    def forget(self) -> None:
        """Want no answer any more, until asked again."""
        if self._task is not None:
            self._task.forget()
            self._task = None


class InTurn:
    """Work that changes something: each piece begins when the one asked for before has ended."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._last: Task | None = None

    def run(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[SottovoceError], None],
    ) -> Task:
        """See `Background.run`."""
        before = self._last

        def work_in_turn() -> Result:
            if before is not None:
                before._is_done.wait()
            return work()

        self._last = self._background.run(work_in_turn, then, failed)
        return self._last
