"""When a player stops by itself: what was asked for, and how much of it is left."""

from __future__ import annotations

from reader.playback.playhead import Playhead
from reader.playback.sleep import Countdown, Sleep, SleepAfter, SleepAtEnd


class Bedtime:
    """Holds one `Sleep` or none. Where a place ends it the playhead stops there; else it counts."""

    def __init__(self, head: Playhead) -> None:
        self._head = head
        self._countdown: Countdown | None = None
        self.sleep: Sleep | None = None
        """When it stops by itself, None if it doesn't."""

    def set(self, sleep: Sleep | None) -> None:
        """Stop by itself then; None: don't."""
        self.sleep = sleep
        self._countdown = Countdown(sleep.seconds) if isinstance(sleep, SleepAfter) else None
        self._head.wait_after(sleep.unit if isinstance(sleep, SleepAtEnd) else None)

    @property
    def left_s(self) -> float | None:
        """How many seconds of listening are left; None where they aren't counted."""
        return None if self._countdown is None else self._countdown.left_s

    @property
    def is_fading(self) -> bool:
        """Whether the end is near and heard to be."""
        return self._countdown is not None and self._countdown.is_fading

    def count(self, now_s: float, *, is_playing: bool) -> float | None:
        """Take note of the time; return how loud the voice is now, None where it isn't counted.

        0.0 is the end, and it is told once.
        """
        countdown = self._countdown
        if countdown is None:
            return None
        countdown.count(now_s, is_playing=is_playing)
        if countdown.is_over:
            self.sleep = self._countdown = None
            return 0.0
        return countdown.level
