"""Cards stand as near to their lines as they can, in order, never over each other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.document import Place
from reader.ui.margin.cards.card_layout import (
    PINNED_WEIGHT,
    CardSize,
    Crowd,
    band_of,
    card_sizes,
    numbers_between,
    place_cards,
)

CARDS = st.lists(
    st.tuples(st.floats(-2_000, 2_000), st.floats(1, 400)), min_size=1, max_size=40
).map(lambda cards: (sorted(top for top, _ in cards), [height for _, height in cards]))


def _distance(tops: Sequence[float], wanted: Sequence[float]) -> float:
    return sum((top - want) ** 2 for top, want in zip(tops, wanted, strict=True))


@given(CARDS, st.floats(0, 20))
def test_cards_keep_their_order_and_never_overlap(
    cards: tuple[list[float], list[float]], gap: float
) -> None:
    wanted, heights = cards
    tops = place_cards(wanted, heights, gap)
    for number in range(1, len(tops)):
        assert tops[number] >= tops[number - 1] + heights[number - 1] + gap - 1e-6


@given(CARDS, st.data())
def test_no_other_order_preserving_placement_is_nearer(
    cards: tuple[list[float], list[float]], data: st.DataObject
) -> None:
    wanted, heights = cards
    tops = place_cards(wanted, heights, 8)
    moves = data.draw(
        st.lists(st.floats(-30, 30), min_size=len(tops), max_size=len(tops)), label="moves"
    )
    other: list[float] = []
    for number, move in enumerate(moves):
        least = other[-1] + heights[number - 1] + 8 if other else float("-inf")
        other.append(max(tops[number] + move, least))
    assert _distance(tops, wanted) <= _distance(other, wanted) + 1e-6


@given(st.lists(st.floats(-1_000, 1_000), min_size=1, max_size=20).map(sorted))
def test_cards_with_room_stand_at_their_lines(tops: list[float]) -> None:
    spread = [top + 100 * number for number, top in enumerate(tops)]
    assert place_cards(spread, [90] * len(spread), 10) == pytest.approx(spread)


@given(CARDS, st.data())
def test_a_pinned_card_stays_at_its_line(
    cards: tuple[list[float], list[float]], data: st.DataObject
) -> None:
    wanted, heights = cards
    pinned = data.draw(st.integers(0, len(wanted) - 1), label="pinned")
    weights = [1.0] * len(wanted)
    weights[pinned] = PINNED_WEIGHT
    tops = place_cards(wanted, heights, 8, weights)
    assert tops[pinned] == pytest.approx(wanted[pinned], abs=1)


@given(CARDS, st.floats(-500, 500))
def test_no_card_stands_above_the_highest_top(
    cards: tuple[list[float], list[float]], highest: float
) -> None:
    wanted, heights = cards
    assert min(place_cards(wanted, heights, 8, highest_top=highest)) >= highest


def test_cards_that_fit_end_above_the_lowest_bottom() -> None:
    assert place_cards([90, 95], [20, 20], 5, highest_top=0, lowest_bottom=100) == [55, 80]


def test_cards_that_do_not_fit_begin_at_the_highest_top() -> None:
    assert place_cards([0, 0, 0], [50, 50, 50], 0, highest_top=0, lowest_bottom=100) == [0, 50, 100]


def test_only_lines_near_the_screen_are_asked_for() -> None:
    places = [Place(0, offset) for offset in range(10_000)]
    asked: list[Place] = []

    def line_top_of(place: Place) -> float:
        asked.append(place)
        return place.offset * 10.0 - 50_000

    assert numbers_between(places, line_top_of, -800, 1600) == range(4_920, 5_160)
    assert len(asked) < 40


CROWD = Crowd(reach=400, compact_height=32, gap=8)


@pytest.mark.parametrize(
    ("tops", "expected"),
    [
        pytest.param([0, 300, 600], {CardSize.FULL}, id="few"),
        pytest.param([10.0 * n for n in range(12)], {CardSize.COMPACT}, id="many"),
        pytest.param([1.0 * n for n in range(40)], {CardSize.COMPACT, CardSize.FOLDED}, id="dense"),
    ],
)
def test_cards_shrink_where_there_are_too_many(tops: list[float], expected: set[CardSize]) -> None:
    places = [Place(0, round(top)) for top in tops]
    assert set(card_sizes(places, tops, [88.0] * len(tops), CROWD)) == expected


def test_sizes_do_not_depend_on_the_scrolling() -> None:
    tops = [7.0 * n for n in range(60)]
    places = [Place(0, 13 * n) for n in range(60)]
    here = card_sizes(places, tops, [88.0] * 60, CROWD)
    there = card_sizes(places, [top - 5_000 for top in tops], [88.0] * 60, CROWD)
    assert here == there


def test_an_unfolded_band_shows_all_its_cards() -> None:
    tops = [1.0 * n for n in range(40)]
    places = [Place(0, n) for n in range(40)]
    sizes = card_sizes(places, tops, [88.0] * 40, CROWD, frozenset({band_of(places[0])}))
    assert set(sizes) == {CardSize.COMPACT}


def test_every_band_shows_some_of_its_cards() -> None:
    places = [Place(0, 16 * n) for n in range(160)]
    tops = [2.0 * n for n in range(160)]
    sizes = card_sizes(places, tops, [88.0] * 160, CROWD)
    shown = {
        band_of(place)
        for place, size in zip(places, sizes, strict=True)
        if size is not CardSize.FOLDED
    }
    assert shown == {band_of(place) for place in places}
    assert CardSize.FOLDED in sizes
