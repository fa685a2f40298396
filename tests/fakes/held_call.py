"""A call held up in its thread until a test lets it go, so that later ones are answered first."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread, current_thread
from typing import Generic, ParamSpec, TypeVar

from PySide6.QtCore import QCoreApplication

from tests.patience import PATIENCE_S

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class HeldCall(Generic[Arguments, Result]):
    """Stands for a function; its first call does the work, but returns only once `let_go`."""

    def __init__(self, function: Callable[Arguments, Result]) -> None:
        self._function = function
        self._thread: Thread | None = None
        self._may_go = Event()

    def __call__(self, *args: Arguments.args, **options: Arguments.kwargs) -> Result:
        is_first, self._thread = self._thread is None, self._thread or current_thread()
        try:
            return self._function(*args, **options)
        finally:
            if is_first:
                self._may_go.wait(PATIENCE_S)

    @property
    def is_held(self) -> bool:
        """Whether the first call has come."""
        return self._thread is not None

    def let_go(self) -> None:
        """Let the first call return, and what waits for it be told."""
        assert self._thread is not None
        self._may_go.set()
        self._thread.join(PATIENCE_S)
        QCoreApplication.processEvents()
