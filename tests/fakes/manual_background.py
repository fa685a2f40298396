"""Background work that is done when a test says so, or fails as it says."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from reader.errors import SottovoceError

Result = TypeVar("Result")


class ManualBackground:
    """Collects work; `do_all` does it on the test's own thread.

    Each of `jobs` does its work when called, and returns what tells the outcome.
    """

    def __init__(self) -> None:
        self.jobs: deque[Callable[[], Callable[[], None]]] = deque()

    def run(
        self,
        work: Callable[[], Result],
        then: Callable[[Result], None],
        failed: Callable[[SottovoceError], None],
    ) -> None:
        """Take work."""

        def job() -> Callable[[], None]:
            try:
                result = work()
            except SottovoceError as error:
                return partial(failed, error)
            return partial(then, result)

        self.jobs.append(job)

    def do_all(self) -> None:
        """Do what was taken, and what that leads to."""
        while self.jobs:
            self.jobs.popleft()()()
