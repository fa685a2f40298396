"""Where cards stand: beside their lines, in order, pushed apart as little as can be.

Tops are found by isotonic regression with pool-adjacent-violators: take from every wanted top
the heights before it, and the tops that don't overlap are the non-decreasing sequence nearest to
that in weighted least squares (Barlow et al., Statistical Inference under Order Restrictions).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from enum import StrEnum
from math import inf

from reader.text.document import Place
from reader.values import value

PINNED_WEIGHT = 1e6
"""The weight of a card that stays at its line while the others make way."""

BAND_CHARACTERS = 256
"""Cards of one stretch of this many code points may share a "+n" card; about four lines of text."""


def place_cards(
    wanted_tops: Sequence[float],
    heights: Sequence[float],
    gap: float,
    weights: Sequence[float] | None = None,
    *,
    highest_top: float = -inf,
    lowest_bottom: float = inf,
) -> list[float]:
    """Return the cards' tops: order kept, `gap` between them at least, nearest to what is wanted.

    Nearest is the least sum of `weight * (top - wanted)²`. No card stands above `highest_top` nor,
    where they all fit, below `lowest_bottom`. All lengths are in the same unit.
    """
    pools: list[_Pool] = []
    offsets: list[float] = []
    offset = 0.0
    for number, wanted in enumerate(wanted_tops):
        offsets.append(offset)
        weight = 1.0 if weights is None else weights[number]
        pool = _Pool(weight * (wanted - offset), weight, 1)
        while pools and pools[-1].level >= pool.level:
            before = pools.pop()
            pool = _Pool(
                before.sum + pool.sum, before.weight + pool.weight, before.count + pool.count
            )
        pools.append(pool)
        offset += heights[number] + gap
    lowest_level = lowest_bottom - (offset - gap)
    # clipping the free solution gives the best one within the bounds
    levels = [
        max(min(pool.level, lowest_level), highest_top) for pool in pools for _ in range(pool.count)
    ]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]


class _Pool:
    """Neighbouring cards that touch: the weighted sum of what they want, and their weight."""

    __slots__ = ("count", "sum", "weight")

    def __init__(self, wanted: float, weight: float, count: int) -> None:
        self.sum = wanted
        self.weight = weight
        self.count = count

    @property
    def level(self) -> float:
        return self.sum / self.weight


def numbers_between(
    places: Sequence[Place], line_top_of: Callable[[Place], float], top: float, bottom: float
) -> range:
    """Return the numbers of the sorted `places` whose lines begin from `top` to above `bottom`.

    Asks for a logarithmic number of lines.
    """
    first = bisect_left(places, top, key=line_top_of)
    return range(first, bisect_left(places, bottom, lo=first, key=line_top_of))


class CardSize(StrEnum):
    """How much of a card there is room for."""

    FULL = "full"
    COMPACT = "compact"
    FOLDED = "folded"


@value
class Crowd:
    """What makes room where notes are dense; lengths in px.

    `reach` is how far above and below a card its neighbours count; `room` is the share of that
    stretch which cards may fill before they are made smaller.
    """

    reach: float
    compact_height: float
    gap: float
    room: float = 1.1
    compact_room: float = 0.6


def card_sizes(
    places: Sequence[Place],
    wanted_tops: Sequence[float],
    heights: Sequence[float],
    crowd: Crowd,
    unfolded_bands: frozenset[tuple[int, int]] = frozenset(),
) -> list[CardSize]:
    """Decide how large each card is, from its neighbourhood only: scrolling changes nothing.

    Cards are compact where whole ones would fill more than the room beside their lines; where
    compact ones would too, every band of text shows its first few and folds the others, unless the
    band (see `band_of`) was unfolded.
    """
    room = 2 * crowd.reach * crowd.room
    compact_step = crowd.compact_height + crowd.gap
    most_compact = max(2, int(2 * crowd.reach * crowd.compact_room / compact_step))
    sums = [0.0]
    for height in heights:
        sums.append(sums[-1] + height + crowd.gap)
    sizes: list[CardSize] = []
    shown_in_band: dict[tuple[int, int], int] = {}
    band_counts: dict[tuple[int, int], int] = {}
    for place in places:
        band_counts[band_of(place)] = band_counts.get(band_of(place), 0) + 1
    first = last = 0
    for number, top in enumerate(wanted_tops):
        while wanted_tops[first] < top - crowd.reach:
            first += 1
        while last < len(places) and wanted_tops[last] <= top + crowd.reach:
            last += 1
        if sums[last] - sums[first] <= room:
            sizes.append(CardSize.FULL)
            continue
        neighbours = last - first
        band = band_of(places[number])
        if neighbours <= most_compact or band in unfolded_bands:
            sizes.append(CardSize.COMPACT)
            continue
        allowed = max(2, most_compact * band_counts[band] // neighbours)
        shown = shown_in_band.get(band, 0)
        shown_in_band[band] = shown + 1
        folds = band_counts[band] > allowed + 1 and shown >= allowed
        sizes.append(CardSize.FOLDED if folds else CardSize.COMPACT)
    return sizes


def band_of(place: Place) -> tuple[int, int]:
    """Return the stretch of text whose cards fold together: section and number within it."""
    return place.section, place.offset // BAND_CHARACTERS
