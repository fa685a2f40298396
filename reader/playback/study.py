"""The order in which utterances are played: each once, or to study, sentence by sentence again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from reader.speech.engine import Utterance
from reader.text.document import Span

SLOWER = 0.8
"""How fast the second time is, against the speed that holds."""


@dataclass(frozen=True, slots=True)
class Take:
    """An utterance to be played once: at `pace` times the speed, `pause_s` of silence after it.

    Without `pause_s` the silence is the usual one after such an utterance.
    """

    utterance: Utterance
    pace: float = 1.0
    pause_s: float | None = None


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


def takes(utterances: Iterator[Utterance], study: Study | None) -> Iterator[Take]:
    """Yield what is played, in order, of what is said of a text."""
    if study is None:
        yield from map(Take, utterances)
        return
    for sentence, said in groupby(utterances, key=lambda utterance: utterance.sentence):
        if not study.holds(sentence):
            return
        parts = list(said)
        for number in range(study.repeats):
            pace = SLOWER if study.has_slow_second and number == 1 else 1.0
            yield from (Take(part, pace) for part in parts[:-1])
            yield Take(parts[-1], pace, study.pause_s)
