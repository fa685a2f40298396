"""Studying a text by ear: sentence by sentence, each several times."""

from __future__ import annotations

from dataclasses import dataclass

from reader.text.document import Span

SLOWER = 0.8
"""How fast the second time is, against the speed that holds."""


@dataclass(frozen=True, slots=True)
class Study:
    """Hear each sentence `repeats` times, with `pause_s` of silence after each.

    `within` are the sentences to study; without it, all that follow. Silence is counted at speed 1.
    """

    repeats: int = 3
    pause_s: float = 2.0
    has_slow_second: bool = True
    within: Span | None = None

    def holds(self, sentence: Span) -> bool:
        """Whether this sentence is studied."""
        return self.within is None or sentence.overlaps(self.within)
