"""Where in an utterance time is saved when it is played faster: pauses first, then what lasts.

Measured with a recogniser, at equal length against stretching evenly (see the benchmark
`intelligibility`). Speed 2 takes half the time, however it is shared out.

What told no more words at 3×, on sentences kept for that (48 to 142): time by kind of sound, by
loudness, later or earlier, more evenly; loudness evened out, or each band's; steps, joins and reach
of other lengths; joins chosen for the whole sentence at once, or as loud as what they join. Clearly
worse: a voice that speaks faster itself and is hurried less; less time for small words; the same
times with a phase vocoder, or with the voice's own decoder run on fewer frames; bands or moments
set off more sharply.

By the benchmark's steadier figure, its doubt (48 to 64 sentences), worse as well: an unevenness of
0.8; more time for short words, for loud moments or for quiet ones; time given 20 ms earlier; what
changes over 200 ms counted more. No difference: 0.3 and 0.45 (by running text and by sentences),
20 ms later, time evened out between phonemes by their lengths; Sonic by the same map, or half of
the hurry left to Rubber Band.

What tells clearly more is time. Even with no silence left the words would have but a tenth more of
it. Half of the pauses between sentences tells most of what all of them would, and sentences are
still heard apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.speech.flux import HOP_S, PAUSE, PAUSE_EDGE_HOPS, PER_OCTAVE, USUAL

SLOWEST, FASTEST = 0.4, 16.0
"""What a moment may be played at, while the whole keeps its speed."""

_PAUSE_CAP_S, _SHORT_PAUSE_CAP_S = 0.12, 0.03
_CAPS_FROM, _CAPS_FULLY, _CAPS_SHORTER, _CAPS_SHORTEST = 1.0, 1.5, 2.0, 3.0
_UNEVEN_FROM, _UNEVENNESS, _MOST_UNEVEN = 2.0, 0.6, 0.6
_LEAST_TIME, _MOST_TIME = 0.3, 3.0
_PAUSE_OCTAVES = -4.0
_GIVEN_FROM, _GIVEN_FULLY, _GIVEN, _MOST_GIVEN = 2.0, 3.0, 0.5, 0.08
_PAUSES = re.compile(b"%c+" % PAUSE)


@dataclass(frozen=True, slots=True)
class Tempo:
    """How an utterance is played at a speed.

    `speeds` has one for each byte of its flux. The hops [start, end) of `cuts`, which lie in the
    midst of pauses, aren't played.
    """

    speeds: tuple[float, ...]
    cuts: tuple[tuple[int, int], ...]

    def speed_at(self, flux: bytes, hop: int) -> float:
        """Return how fast to stretch what is fed when `hop` is."""
        return self.speeds[flux[hop]]


def given_hops(speech_hops: int, pause_hops: float, speed: float) -> float:
    """Return how much of the pause after an utterance is given to the speech before it.

    None up to twice the pace, half of it at 3×. A long pause after a short utterance gives less, so
    that all utterances are hurried much alike.
    """
    share = (speed - _GIVEN_FROM) / (_GIVEN_FULLY - _GIVEN_FROM)
    return min(_GIVEN * min(max(share, 0.0), 1.0) * pause_hops, _MOST_GIVEN * speech_hops)


def tempo_of(flux: bytes, speed: float, given: float = 0.0) -> Tempo:
    """Return how an utterance is played at a speed, to which some hops of its pause are given.

    How long it takes is its length and what is given over `speed`. Up to natural pace nothing is
    cut, up to twice that all of it is stretched alike.
    """
    cuts, cut_hops = _cuts(flux, speed, given)
    counts = [flux.count(level) for level in range(256)]
    counts[PAUSE] -= cut_hops
    unevenness = min(max(_UNEVENNESS * (speed - _UNEVEN_FROM), 0.0), _MOST_UNEVEN)
    times = [_time_of(level, unevenness) for level in range(256)]
    whole = sum(count * time for count, time in zip(counts, times, strict=True))
    unit = (len(flux) + given) / speed / whole if whole else 1 / speed
    speeds = [min(max(1 / (time * unit), SLOWEST), FASTEST) for time in times]
    return Tempo(tuple(speeds), cuts)


def _time_of(level: int, unevenness: float) -> float:
    """Return how much time a moment is given, against a usual one."""
    octaves = _PAUSE_OCTAVES if level == PAUSE else (level - USUAL) / PER_OCTAVE
    return min(max(2 ** (octaves * unevenness), _LEAST_TIME), _MOST_TIME)


def _cuts(flux: bytes, speed: float, given: float) -> tuple[tuple[tuple[int, int], ...], int]:
    """Return what is cut of the pauses, from their middles, and how many hops that is.

    Never so much that the rest would be slower than the voice's own pace.
    """
    cuts: list[tuple[int, int]] = []
    if speed <= _CAPS_FROM:
        return (), 0
    left = int(len(flux) - (len(flux) + given) / speed)
    cap_hops = round(_cap_s(speed) / HOP_S) - 2 * PAUSE_EDGE_HOPS
    eagerness = min((speed - _CAPS_FROM) / (_CAPS_FULLY - _CAPS_FROM), 1.0)
    for pause in _PAUSES.finditer(flux):
        hops = pause.end() - pause.start()
        cut = min(round((hops - cap_hops) * eagerness), left)
        if cut > 1:
            start = pause.start() + (hops - cut) // 2
            cuts.append((start, start + cut))
            left -= cut
    return tuple(cuts), sum(end - start for start, end in cuts)


def _cap_s(speed: float) -> float:
    """Return how long a pause inside an utterance stays, in the voice's own time."""
    share = (speed - _CAPS_SHORTER) / (_CAPS_SHORTEST - _CAPS_SHORTER)
    share = min(max(share, 0.0), 1.0)
    return _PAUSE_CAP_S + share * (_SHORT_PAUSE_CAP_S - _PAUSE_CAP_S)
