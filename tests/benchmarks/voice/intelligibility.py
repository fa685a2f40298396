"""How many words of running text a recogniser gets wrong, beside Sonic and Rubber Band alone.

It hears text as it is listened to: passages of up to 28 seconds at the voice's own pace, sentence
after sentence with the pauses between them. Every method gets the same sound and takes the same
time for it. The passages fit the thirty seconds that the recogniser hears at once at every speed:
nothing is cut. `lone_sentences` measures the same of sentences alone.

A recogniser that babbles at a sound it can't make out may write down more wrong words than were
said. So all is counted twice: as the usual word error rate, and "capped", with no more errors than
words, since whoever babbles is no more wrong than who hears nothing. By how much ours is better
depends on which of these is asked; none is left out. At 3× the recogniser is the limit: it says
little about people.

Chance decides which words are written down, so there is a steadier figure as well: "by doubt", how
unlikely the recogniser finds each part of what was really said, told all before it. It is large
throughout, as that is told without capitals and stops: only differences say something. Its interval
is a third as wide for the same sentences, so it is what the stretch can be tuned by.

How sure a difference is is told by a bootstrap over passages, or sentences, each with itself. There
are more of them where the real inputs are at hand: of a novel, a manual and a review. Some ten
minutes of a core for each speed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from tests.benchmarks.figures import Figure, at_least, at_most
from tests.benchmarks.voice.hurrying import (
    Method,
    cpu_percent,
    ours,
    rubber_band_alone,
    sonic_alone,
)
from tests.benchmarks.voice.passages import Passage, running_text
from tests.benchmarks.voice.recogniser import Heard, Recogniser

SPEEDS = (1.5, 2.0, 2.5, 3.0)

_OTHERS: tuple[tuple[str, Method], ...] = (
    ("Sonic", sonic_alone),
    ("Rubber Band", rubber_band_alone),
)
_RESAMPLINGS = 4_000
_SEED = 7
_BETTER_AT_3X = 10.0  # points
_NEVER_WORSE = -1.0  # points, where 2.5 % of resamplings are below: chance alone makes some of it
_MOST_LENGTH_ERROR = 1.0  # per cent, over all passages
_MOST_CPU = 8.0  # per cent of a core while it plays

Counts = list[tuple[float, int]]
"""Of each passage, how many words (or parts) count as wrong, and how many it has."""


def measure() -> Iterator[Figure]:
    """Have running text read at each speed, by each method, and written down by a recogniser."""
    yield from compared(running_text(), "passages")


def compared(passages: Sequence[Passage], kind: str) -> Iterator[Figure]:
    """Have passages of a kind read at each speed; say how much better ours is, and how surely."""
    recogniser = Recogniser()
    natural, _ = _heard(passages, ours, 1.0, recogniser)
    count = sum(one.words for one in natural)
    name = f"1×: words wrong, of {count} in {len(passages)} {kind}"
    yield Figure(name, _percent(_wrong(natural)), "%")
    for speed in SPEEDS:
        yield from _compared_at(speed, passages, recogniser)


def _compared_at(
    speed: float, passages: Sequence[Passage], recogniser: Recogniser
) -> Iterator[Figure]:
    name = f"{speed:g}×"
    mine, length = _heard(passages, ours, speed, recogniser)
    yield from _counted(f"{name}: words wrong", mine)
    for other, method in _OTHERS:
        theirs, _ = _heard(passages, method, speed, recogniser)
        yield from _counted(f"{name}: {other} alone", theirs)
        fewer = f"{name}: fewer wrong than {other}"
        yield from _better(fewer, speed, _wrong(mine), _wrong(theirs))
        yield from _better(f"{fewer}, capped", speed, _capped(mine), _capped(theirs))
        yield from _better(f"{fewer}, by doubt", speed, _doubted(mine), _doubted(theirs))
    off = abs(length - 1) * 100
    yield at_most(f"{name}: length, against what was asked", off, "%", _MOST_LENGTH_ERROR)
    cpu = cpu_percent(passages, speed)
    yield at_most(f"{name}: processor time of the stretch, of a core", cpu, "%", _MOST_CPU)


def _heard(
    passages: Sequence[Passage], method: Method, speed: float, recogniser: Recogniser
) -> tuple[list[Heard], float]:
    """Return what is heard of each passage, and how long all took against what was asked."""
    played = [method(passage, speed) for passage in passages]
    sample_rate = passages[0].sample_rate
    played_s = sum(len(samples) for samples in played) / sample_rate
    asked_s = sum(passage.seconds for passage in passages) / speed
    said = [passage.words for passage in passages]
    return recogniser.heard(played, sample_rate, said), played_s / asked_s


def _better(name: str, speed: float, mine: Counts, theirs: Counts) -> list[Figure]:
    """Return by how many points less is wrong, and between what 95 % of chance lies.

    At 3× it is to be many; at the others hardly any chance of being worse by a point may be left.
    """
    better, low, high = _difference(mine, theirs)
    low_name, high_name = f"{name}, 2.5 % below", f"{name}, 2.5 % above"
    if speed == SPEEDS[-1]:
        judged = [at_least(name, better, "", _BETTER_AT_3X), Figure(low_name, low, "")]
    else:
        judged = [Figure(name, better, ""), at_least(low_name, low, "", _NEVER_WORSE)]
    return [*judged, Figure(high_name, high, "")]


def _counted(name: str, heard: Sequence[Heard]) -> list[Figure]:
    return [
        Figure(name, _percent(_wrong(heard)), "%"),
        Figure(f"{name}, capped", _percent(_capped(heard)), "%"),
        Figure(f"{name}, by doubt", _percent(_doubted(heard)), "%"),
    ]


def _wrong(heard: Sequence[Heard]) -> Counts:
    return [(one.wrong, one.words) for one in heard]


def _capped(heard: Sequence[Heard]) -> Counts:
    """Return the same where a babbling answer counts like an empty one."""
    return [(min(one.wrong, one.words), one.words) for one in heard]


def _doubted(heard: Sequence[Heard]) -> Counts:
    return [(one.doubt, one.parts) for one in heard]


def _percent(counts: Counts) -> float:
    return 100 * sum(wrong for wrong, _ in counts) / sum(words for _, words in counts)


def _difference(mine: Counts, theirs: Counts) -> tuple[float, float, float]:
    """Return by how many points less is wrong of ours, and between which points 95 % of the
    differences lie when passages are drawn anew."""
    chance = np.random.default_rng(_SEED)
    fewer = np.array([other[0] - own[0] for own, other in zip(mine, theirs, strict=True)])
    words = np.array([count for _, count in mine])
    drawn = chance.integers(len(words), size=(_RESAMPLINGS, len(words)))
    better = fewer[drawn].sum(axis=1) / words[drawn].sum(axis=1)
    low, high = np.percentile(100 * better, (2.5, 97.5))
    return _percent(theirs) - _percent(mine), float(low), float(high)
