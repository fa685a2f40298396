"""How far one goes back after a pause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.playback.rewind import EXACT_BELOW_S, place_after_pause
from reader.text.document import Place, Span

WORDS = [Span(2, start, start + 4) for start in range(100, 150, 5)]


@pytest.mark.parametrize(
    ("paused_s", "heard", "expected"),
    [
        pytest.param(0, 6, None, id="at once: exactly"),
        pytest.param(4.99, 6, None, id="a moment: exactly"),
        pytest.param(5, 6, 5, id="a breath: one word"),
        pytest.param(19, 6, 5, id="a little longer: still one"),
        pytest.param(20, 6, 4, id="a question answered: two words"),
        pytest.param(60, 6, 2, id="a minute: four words"),
        pytest.param(300, 6, 2, id="five minutes: still four"),
        pytest.param(300.1, 6, 0, id="longer: the sentence"),
        pytest.param(86_400, 9, 0, id="the next day: the sentence"),
        pytest.param(60, 1, 0, id="no further than the sentence"),
        pytest.param(60, 0, 0, id="its first word: that one"),
    ],
)
def test_the_longer_the_pause_the_further_back(
    paused_s: float, heard: int, expected: int | None
) -> None:
    place = place_after_pause(WORDS[heard].first_place, paused_s, WORDS)
    assert place == (None if expected is None else WORDS[expected].first_place)


def test_a_place_before_the_first_word_said_goes_to_that_word() -> None:
    assert place_after_pause(Place(2, 90), 30, WORDS) == WORDS[0].first_place


def test_without_words_it_stays() -> None:
    assert place_after_pause(Place(2, 90), 30, []) is None


@given(st.integers(0, 160), st.floats(EXACT_BELOW_S, 1e6), st.floats(EXACT_BELOW_S, 1e6))
def test_it_is_always_a_word_never_ahead_and_never_nearer_after_longer(
    offset: int, one_s: float, other_s: float
) -> None:
    here = Place(2, offset)
    sooner = place_after_pause(here, min(one_s, other_s), WORDS)
    later = place_after_pause(here, max(one_s, other_s), WORDS)
    starts = [word.first_place for word in WORDS]
    assert sooner in starts
    assert later in starts
    assert later <= sooner <= max(here, starts[0])
