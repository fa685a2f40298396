"""How long the speech process may take for something, and how often it may die.

Whether it hangs is told by what it has worked, not by the clock alone; and how much work is too
much, by what the same voice took on this machine for what it said before.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from enum import Enum, auto

from reader.speech.engine import VoiceId

_WORK_S = 0.05
"""CPU time that counts as going on. Telling of it takes a fiftieth of that."""

_REMEMBERED = 8  # utterances
_FEWEST_KNOWN = 3
_CHARACTERS_PER_S = 10
"""Of speech, by a voice that takes its time; usual are 12 to 16."""
_COMMON_CHARACTERS = 20
"""What comes to every utterance, however short, costs about as much as so many characters."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What an order may take: `work_s` of CPU time, or more if `clock_s` haven't gone by, and
    `idle_s` in which nothing is done."""

    work_s: float
    clock_s: float
    idle_s: float


@dataclass(frozen=True, slots=True)
class Limits:
    """The time for each order (see TimeLimit), and how many deaths in `deaths_within_s` are too
    many, with no answer between them.

    An utterance at which nothing is done is given up while what lies ahead of it still plays; so
    is one at which the voice works `times_dearer` as long as it did at others, though not before
    `dearer_s` of work and `dearer_clock_s` of the clock. Killed by others the process may be more
    often: the text can't be to blame for that.
    """

    load_s: float = 60.0
    load_idle_s: float = 30.0
    utterance_s: float = 15.0
    utterance_s_per_character: float = 0.1
    utterance_idle_s: float = 10.0
    times_dearer: float = 5.0
    dearer_s: float = 4.0
    dearer_clock_s: float = 10.0
    deaths: int = 3
    kills: int = 12
    deaths_within_s: float = 60.0

    @property
    def loading(self) -> Allowance:
        """What loading a voice may take."""
        return Allowance(self.load_s, self.load_s, self.load_idle_s)

    def saying(self, character_count: int, usual_s: float | None) -> Allowance:
        """What a text may take, for which the voice usually works `usual_s`; None: unknown."""
        if usual_s is None:
            limit_s = self.utterance_s + self.utterance_s_per_character * character_count
            return Allowance(limit_s, limit_s, self.utterance_idle_s)
        work_s = max(self.dearer_s, self.times_dearer * usual_s)
        return Allowance(work_s, self.dearer_clock_s, self.utterance_idle_s)


class UsualWork:
    """How much CPU time each voice takes for a text on this machine, from what it said last."""

    def __init__(self) -> None:
        self._rates: defaultdict[VoiceId, deque[float]] = defaultdict(
            lambda: deque(maxlen=_REMEMBERED)
        )

    def add(self, voice: VoiceId, character_count: int, work_s: float) -> None:
        """Take note of what a text took."""
        self._rates[voice].append(work_s / (character_count + _COMMON_CHARACTERS))

    def expected_s(
        self, voice: VoiceId, character_count: int, real_time_factor: float | None = None
    ) -> float | None:
        """Return what a text would take at the dearest rate of late; None: too little is known.

        At the first texts it is told from the seconds that the voice needed for a second of
        speech when it was measured here before. That counts once it has said anything since it
        was loaded: some load a part of themselves at their first word.
        """
        length = character_count + _COMMON_CHARACTERS
        rates = self._rates[voice]
        if len(rates) >= _FEWEST_KNOWN:
            return max(rates) * length
        return None if real_time_factor is None else real_time_factor * length / _CHARACTERS_PER_S


class End(Enum):
    """How the process ended: others killed it, it died of itself, it hung and we ended it."""

    KILLED = auto()
    CRASHED = auto()
    HUNG = auto()


class TimeLimit:
    """How long an order may take; moments are seconds on the monotonic clock.

    It is overdue when for `idle_s` nothing has come of it and no CPU time was spent on it: it
    waits for something. Or when it has had all the CPU time it may take, and as much of the clock:
    it goes round in circles. On a machine that gives it hardly any time it may take long.
    """

    def __init__(self, allowance: Allowance, given_at: float) -> None:
        self._allowance = allowance
        self._begun_at = self._went_on_at = given_at
        self._cpu_s = self._cpu_before_s = 0.0

    @property
    def work_s(self) -> float:
        """How much CPU time was spent on the order, as far as it was told."""
        return self._cpu_s

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
        if self._cpu_s - self._cpu_before_s >= self._allowance.work_s:
            return self._begun_at + self._allowance.clock_s
        return self._went_on_at + self._allowance.idle_s


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
