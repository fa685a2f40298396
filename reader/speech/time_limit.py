"""When the speech process is taken to hang: told by what it has worked, not by the clock alone."""

from __future__ import annotations

_WORK_S = 0.05
"""CPU time that counts as going on. Telling of it takes a fiftieth of that."""


class TimeLimit:
    """How long an order may take; moments are seconds on the monotonic clock.

    It is overdue when for `limit_s` nothing has come of it and no CPU time was spent on it: it
    waits for something. Or when it has had `limit_s` of CPU time as well as of the clock: it goes
    round in circles. On a machine that gives it hardly any time it may take long.
    """

    def __init__(self, limit_s: float, given_at: float) -> None:
        self._limit_s = limit_s
        self._begun_at = self._went_on_at = given_at
        self._cpu_s = self._cpu_before_s = 0.0

    def has_worked(self, cpu_s: float, now: float) -> None:
        """Take note of how much CPU time was spent on the order by now."""
        if cpu_s - self._cpu_s >= _WORK_S:
            self._cpu_s, self._went_on_at = cpu_s, now

    def has_given(self, now: float) -> None:
        """Take note that more of the answer has come: all it may take, it may take once more."""
        self._begun_at = self._went_on_at = now
        self._cpu_before_s = self._cpu_s

    @property
    def overdue_at(self) -> float:
        """When it will have taken too long, should nothing more be heard of it."""
        if self._cpu_s - self._cpu_before_s >= self._limit_s:
            return self._begun_at + self._limit_s
        return self._went_on_at + self._limit_s
