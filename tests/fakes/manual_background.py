"""Background work that is done when a test says so, or fails as it says."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from reader.annotations.note_steps import Change
from reader.errors import SottovoceError

Changes = tuple[Change, ...]
Job = tuple[Callable[[], Changes], Callable[[Changes], None], Callable[[SottovoceError], None]]


class ManualBackground:
    """Collects work; `do_all` does it on the test's own thread."""

    def __init__(self) -> None:
        self.jobs: deque[Job] = deque()

    def run(
        self,
        work: Callable[[], Changes],
        then: Callable[[Changes], None],
        failed: Callable[[SottovoceError], None],
    ) -> None:
        """Take work."""
        self.jobs.append((work, then, failed))

    def do_all(self) -> None:
        """Do what was taken, and what that leads to."""
        while self.jobs:
            work, then, failed = self.jobs.popleft()
            try:
                result = work()
            except SottovoceError as error:
                failed(error)
            else:
                then(result)
