"""How long the speech process may take for something, and how often it may die.

Whether it hangs is told by what it has worked, not by the clock alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

_WORK_S = 0.05
"""CPU time that counts as going on. Telling of it takes a fiftieth of that."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The time for each order (see TimeLimit), and how many deaths in `deaths_within_s` are too
    many, with no answer between them.

    An utterance at which nothing is done is given up while what lies ahead of it still plays.
    Killed by others it may be more often: the text can't be to blame for that.
    """

    load_s: float = 60.0
    load_idle_s: float = 30.0
    utterance_s: float = 15.0
    utterance_s_per_character: float = 0.1
    utterance_idle_s: float = 10.0
    deaths: int = 3
    kills: int = 12
    deaths_within_s: float = 60.0


class End(Enum):
    """How the process ended: others killed it, it died of itself, it hung and we ended it."""

    KILLED = auto()
    CRASHED = auto()
    HUNG = auto()


class TimeLimit:
    """How long an order may take; moments are seconds on the monotonic clock.

    It is overdue when for `idle_s` nothing has come of it and no CPU time was spent on it: it
    waits for something. Or when it has had `limit_s` of CPU time as well as of the clock: it goes
    round in circles. On a machine that gives it hardly any time it may take long.
    """

    def __init__(self, limit_s: float, idle_s: float, given_at: float) -> None:
        self._limit_s, self._idle_s = limit_s, idle_s
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
        return self._went_on_at + self._idle_s


class Deaths:
    """Counts how often the process has died since it answered last."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._kills: list[float] = []
        self._others: list[float] = []

    def add(self, how: End, now: float) -> int:
        """Count one more; return how many there were if those are too many, else 0."""
        is_kill = how is End.KILLED
        deaths = self._kills if is_kill else self._others
        deaths[:] = [t for t in deaths if now - t < self._limits.deaths_within_s] + [now]
        most = self._limits.kills if is_kill else self._limits.deaths
        return len(deaths) if len(deaths) >= most else 0

    def forget(self) -> None:
        """Begin anew: it has answered."""
        self._kills.clear()
        self._others.clear()
