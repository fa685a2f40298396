"""Skips that follow each other quickly: all of them move, and only the last one is spoken."""

from __future__ import annotations

SKIP_SETTLES_S = 0.12
"""How long after a skip to audio that isn't there the voice is asked: the next one may follow."""

_ONE_BURST_S = 0.3


class SkipSettling:
    """Knows whether a skip is waited for; whoever calls has the clock."""

    def __init__(self) -> None:
        self._last_s = float("-inf")
        self._due_s: float | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether the voice hasn't been asked yet for where the last skip led."""
        return self._due_s is not None

    def is_due(self, now_s: float) -> bool:
        """Whether it is to be asked now."""
        return self._due_s is not None and now_s >= self._due_s

    def note_move(self, now_s: float, *, is_skip: bool) -> bool:
        """Take note of a move; return whether it is a skip soon after another."""
        is_in_burst = is_skip and now_s - self._last_s < _ONE_BURST_S
        self._last_s = now_s if is_skip else float("-inf")
        return is_in_burst

    def wait(self, now_s: float) -> None:
        """Wait whether another one follows."""
        self._due_s = now_s + SKIP_SETTLES_S

    def end(self) -> None:
        """Wait no more."""
        self._due_s = None
