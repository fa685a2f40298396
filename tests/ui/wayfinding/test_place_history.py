"""Back and forward over places that were left by a jump."""

from __future__ import annotations

from reader.text.document import Place
from reader.ui.wayfinding.place_history import PlaceHistory

A, B, C = Place(0, 10), Place(3, 0), Place(5, 7)


def test_back_and_forward_lead_the_same_way() -> None:
    history = PlaceHistory()
    history.leave(A)
    history.leave(B)
    assert history.back(C) == B
    assert history.back(B) == A
    assert history.back(A) is None
    assert history.forward(A) == B
    assert history.forward(B) == C
    assert history.forward(C) is None


def test_a_new_jump_forgets_what_lay_ahead() -> None:
    history = PlaceHistory()
    history.leave(A)
    assert history.back(B) == A
    history.leave(A)
    assert not history.can_go_forward
    assert history.back(C) == A


def test_one_is_never_led_to_where_one_is() -> None:
    history = PlaceHistory()
    history.leave(A)
    history.leave(B)
    history.leave(B)
    assert history.back(B) == A


def test_the_oldest_places_are_forgotten() -> None:
    history = PlaceHistory()
    for number in range(1000):
        history.leave(Place(0, number))
    steps = 0
    while history.back(Place(1, steps)) is not None:
        steps += 1
    assert 50 < steps < 500
