"""The map from output frames to utterances and their frames."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.playback.stream.ledger import Heard, Ledger


def filled() -> Ledger:
    ledger = Ledger()
    ledger.anchor(0, 0, 0.0)
    ledger.splice(0, 1, 50)
    ledger.anchor(100, 0, 2.0)
    ledger.splice(400, 2, 0)
    ledger.anchor(300, 400, 1.0)
    ledger.anchor(350, 450, 0.0)
    return ledger


def test_silence_before_the_first_sound_carries_nothing_moving() -> None:
    heard = filled().at(50)
    assert heard is not None
    assert not heard.is_moving


def test_a_frame_is_found_at_its_speed() -> None:
    ledger = filled()
    assert ledger.at(100) == Heard(1, 50, True)
    assert ledger.at(200) == Heard(1, 250, True)
    assert ledger.at(320) == Heard(2, 20, True)
    assert ledger.at(900) == Heard(2, 50, False)


def test_an_empty_one_knows_nothing() -> None:
    assert Ledger().at(5) is None


@given(st.integers(0, 500), st.integers(0, 500))
def test_forgetting_changes_no_later_answer(forgotten: int, asked: int) -> None:
    ledger = filled()
    ledger.forget_before(forgotten)
    if asked >= forgotten:
        assert ledger.at(asked) == filled().at(asked)
