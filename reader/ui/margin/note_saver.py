"""Saves notes beside the window's thread, one change at a time, again and again if it must."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from reader.annotations.model import AnnotationId
from reader.annotations.note_steps import Change
from reader.errors import SottovoceError
from reader.ui.background import RunBeside

SLOW_MS = 300
"""After this long without an answer a change is said to be under way."""
FIRST_RETRY_MS = 2_000
LONGEST_RETRY_MS = 5_000
"""Somebody who has made room on the disk sees within this time that the note is saved."""

Changes = tuple[Change, ...]


class _Job:
    """One change to be saved. Whoever holds the lock first does it; the result is kept."""

    def __init__(self, save: Callable[[], Changes], ids: frozenset[AnnotationId]) -> None:
        self.ids = ids
        self.result: Changes | None = None
        self._save = save
        self._lock = threading.Lock()

    def do(self) -> Changes:
        with self._lock:
            if self.result is None:
                self.result = self._save()
            return self.result


class NoteSaver(QObject):
    """A queue of changes. What fails stays first in it and is tried again; the rest waits."""

    saved = Signal(object)
    """Changes that are on disk now."""
    status_changed = Signal()
    """`unsaved`, `is_slow` or `failure` has changed, and cards are to say so."""

    def __init__(self, run_in_background: RunBeside, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run_in_background = run_in_background
        self._jobs: deque[_Job] = deque()
        self._running: _Job | None = None
        self._retry_ms = FIRST_RETRY_MS
        self.is_slow = False
        self.failure: SottovoceError | None = None
        self._slow_timer = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._slow_timer.timeout.connect(self._on_slow)
        self._retry_timer = QTimer(self, singleShot=True)
        self._retry_timer.timeout.connect(self._run_next)

    @property
    def unsaved(self) -> frozenset[AnnotationId]:
        """The annotations with changes that aren't on disk yet."""
        return frozenset().union(*(job.ids for job in self._jobs))

    @property
    def is_idle(self) -> bool:
        """Whether nothing is left to do, for the places of new notes either."""
        return not self._jobs

    def add(self, save: Callable[[], Changes], ids: Iterable[AnnotationId]) -> None:
        """Have `save` done after all that was added before."""
        self._jobs.append(_Job(save, frozenset(ids)))
        if not self._slow_timer.isActive():
            self._slow_timer.start()
        if not self._retry_timer.isActive():
            self._run_next()

    def flush(self) -> None:
        """Save everything now, on this thread. To be called before leaving.

        Raises:
            SottovoceError: it can't be saved; what is left is kept for another try.
        """
        self._running = None  # its answer is not waited for
        while self._jobs:
            try:
                changes = self._jobs[0].do()
            except SottovoceError as error:
                self._try_again_later(error)
                raise
            self._jobs.popleft()
            self.saved.emit(changes)
        self._settle()

    def _run_next(self) -> None:
        if self._running is not None or not self._jobs:
            return
        job = self._running = self._jobs[0]
        self._run_in_background(
            job.do,
            lambda changes: self._on_saved(job, changes),
            lambda error: self._on_failed(job, error),
        )

    def _on_saved(self, job: _Job, changes: Changes) -> None:
        if job is not self._running:
            return  # flushed meanwhile, perhaps for good
        self._running = None
        self._jobs.popleft()
        self._retry_ms = FIRST_RETRY_MS
        self.saved.emit(changes)
        self._run_next()
        self._settle()

    def _on_failed(self, job: _Job, error: SottovoceError) -> None:
        if job is not self._running:
            return
        self._running = None
        self._try_again_later(error)

    def _try_again_later(self, error: SottovoceError) -> None:
        self.failure = error
        self._retry_timer.start(self._retry_ms)
        self._retry_ms = min(2 * self._retry_ms, LONGEST_RETRY_MS)
        self.status_changed.emit()

    def _on_slow(self) -> None:
        if self._jobs:
            self.is_slow = True
            self.status_changed.emit()

    def _settle(self) -> None:
        """Forget what was wrong once nothing waits any more."""
        if self._jobs:
            return
        self._slow_timer.stop()
        self._retry_timer.stop()
        had_something_to_say = self.is_slow or self.failure is not None
        self.is_slow, self.failure = False, None
        if had_something_to_say:
            self.status_changed.emit()
