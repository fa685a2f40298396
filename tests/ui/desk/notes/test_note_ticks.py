"""The marks of notes on the progress line are made anew only where something changed."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from reader.text.document import Place
from reader.ui.desk.notes.note_ticks import NoteTicks
from reader.ui.margin import note_cards
from reader.ui.window.progress_line import Tick


class _Measured:
    def __init__(self) -> None:
        self.key: object = "now"
        self.asked = 0

    def shares_of(self, places: Iterable[Place]) -> list[float]:
        shares = [place.offset / 1000 for place in places]
        self.asked += len(shares)
        return shares


_NOTES = st.lists(st.tuples(st.tuples(st.just(0), st.integers(0, 20)), st.sampled_from("ab")))


@given(st.lists(_NOTES, max_size=5))
def test_every_note_has_its_tick_whatever_came_and_went(
    lists: list[list[note_cards.Tick]],
) -> None:
    ticks, measure = NoteTicks(), _Measured()
    for notes in lists:
        wanted = [Tick(offset / 1000, colour) for (_, offset), colour in notes]
        assert ticks.of(notes, measure) == wanted


def test_one_more_among_many_is_the_only_one_that_is_measured() -> None:
    notes = [((0, number), "rose") for number in range(100)]
    ticks, measure = NoteTicks(), _Measured()
    ticks.of(notes, measure)
    measure.asked = 0
    notes.insert(40, ((0, 39), "sky"))
    assert ticks.of(notes, measure)[40] == Tick(0.039, "sky")
    assert measure.asked == 1


def test_all_are_measured_anew_once_the_text_is_measured_otherwise() -> None:
    notes = [((0, number), "rose") for number in range(100)]
    ticks, measure = NoteTicks(), _Measured()
    ticks.of(notes, measure)
    measure.key, measure.asked = "later", 0
    ticks.of(notes, measure)
    assert measure.asked == len(notes)
