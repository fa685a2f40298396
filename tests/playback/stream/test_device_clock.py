"""The clock that says which frame a device plays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.playback.stream.device_clock import DeviceClock

RATE = 1000
STEP = 15


def test_nothing_is_heard_before_the_first_step() -> None:
    assert DeviceClock(RATE, 10).frames_heard(5.0) == 0


@given(st.lists(st.floats(0, 0.012), min_size=200, max_size=200))
def test_steps_seen_late_do_not_shake_it(delays_s: list[float]) -> None:
    clock = DeviceClock(RATE, 40)
    delays_s[::20] = [0.0] * len(delays_s[::20])
    for number, delay_s in enumerate(delays_s, start=1):
        clock.note(number * STEP / RATE + delay_s, number * STEP)
        now_s = number * STEP / RATE + 0.012
        if number > 20:
            assert clock.frames_heard(now_s) == min(number * STEP, round(now_s * RATE) - 40)


def test_it_goes_on_between_two_steps_but_never_past_what_was_handed_over() -> None:
    clock = DeviceClock(RATE, 40)
    clock.note(1.0, 100)
    assert [clock.frames_heard(1.0 + at) for at in (0, 0.007, 0.04, 0.5)] == [60, 67, 100, 100]


def test_after_a_gap_it_counts_from_the_new_steps() -> None:
    clock = DeviceClock(RATE, 40)
    for number in range(1, 50):
        clock.note(number * STEP / RATE, number * STEP)
    clock.note(3.0, 50 * STEP)
    assert clock.frames_heard(3.0) == 50 * STEP - 40


def test_it_tells_when_the_server_ran_dry_and_draws_the_line_anew() -> None:
    clock = DeviceClock(RATE, 40)
    dry_s = 0.0
    for number in range(1, 200):
        late_s = 0.010 if number > 100 else 0.0
        dry_s += clock.note(number * STEP / RATE + late_s, number * STEP)
    assert dry_s == pytest.approx(0.010)
    assert clock.frames_heard(199 * STEP / RATE + 0.010) == 199 * STEP - 40


def test_a_gap_too_short_to_be_sure_of_shifts_what_is_heard_within_three_steps() -> None:
    """A third of a buffer: half a second of words would be lit so much early."""
    clock = DeviceClock(RATE, 40)
    for number in range(1, 103):
        late_s = 0.033 if number >= 100 else 0.0
        dry_s = clock.note(number * STEP / RATE + late_s, number * STEP)
        clock.note(number * STEP / RATE + late_s + 0.001, number * STEP)  # nothing was taken
    assert dry_s == 0.0
    assert clock.frames_heard(102 * STEP / RATE + 0.033) == 102 * STEP - 40


def test_a_thread_that_comes_late_and_catches_up_shifts_nothing() -> None:
    clock = DeviceClock(RATE, 40)
    for number in range(1, 200):
        late_s = 0.0 if number % 3 == 0 else 0.033
        clock.note(number * STEP / RATE + late_s, number * STEP)
        if number > 3:
            now_s = number * STEP / RATE + 0.033
            assert clock.frames_heard(now_s) == min(number * STEP, round(now_s * RATE) - 40)


def test_a_long_gap_is_told_too_and_a_rest_is_none() -> None:
    for late_s, told_s in ((0.08, 0.08), (30.0, 0.0)):
        clock = DeviceClock(RATE, 40)
        told = [clock.note(number * STEP / RATE, number * STEP) for number in range(1, 50)]
        told += [
            clock.note(number * STEP / RATE + late_s, number * STEP) for number in range(50, 99)
        ]
        assert sum(told) == pytest.approx(told_s)
