"""How much sound is kept ready: less while the machine is punctual, more as soon as it isn't."""

from __future__ import annotations

from reader.playback.stream.headroom import MOST_S, Headroom

RATE = 22_050
TAKEN_S = 0.0116
"""What a sound server takes at a time."""


def served(headroom: Headroom, begin_s: float, seconds: float, late_s: float) -> float:
    """Hand frames over for a while, each time so late; return the least that was left, in s."""
    held, least, now_s = round(headroom.seconds * RATE), RATE, begin_s
    while now_s < begin_s + seconds:
        now_s += TAKEN_S
        left = max(0, held - round((TAKEN_S + late_s) * RATE))
        least = min(least, left)
        # while the thread was late, the server went on: as much more is wanted
        held = left + headroom.wanted(now_s + late_s, left, is_heard=True) - round(late_s * RATE)
        held = max(held, 0) + round(late_s * RATE)
    return least / RATE


def test_a_punctual_machine_keeps_little_ready_and_never_runs_dry() -> None:
    headroom = Headroom(RATE)
    at_first = headroom.seconds
    assert served(headroom, 0.0, 40.0, late_s=0.001) > 0.01
    assert headroom.seconds < at_first - 0.01


def test_the_latest_moment_of_a_while_counts_not_the_usual_one() -> None:
    headroom = Headroom(RATE)
    for second in range(20):
        served(headroom, second, 0.98, late_s=0.001)
        assert served(headroom, second + 0.98, 0.015, late_s=0.025) > 0.0
    assert headroom.seconds > 0.045


def test_nearly_dry_is_more_at_once_and_for_a_while() -> None:
    headroom = Headroom(RATE)
    served(headroom, 0.0, 30.0, late_s=0.0)
    little = headroom.seconds
    wanted = headroom.wanted(30.0, 10, is_heard=True)
    assert headroom.seconds > little + 0.008
    assert wanted == round(headroom.seconds * RATE) - 10
    more = headroom.seconds
    served(headroom, 30.0, 29.0, late_s=0.0)
    assert headroom.seconds == more
    served(headroom, 59.0, 30.0, late_s=0.0)
    assert headroom.seconds < more


def test_nearly_dry_again_and_again_is_more_for_minutes() -> None:
    headroom = Headroom(RATE)
    for second in range(0, 60, 10):
        headroom.wanted(second, 0, is_heard=True)
    assert headroom.seconds == round(MOST_S * RATE) / RATE
    served(headroom, 60.0, 100.0, late_s=0.0)
    assert headroom.seconds == round(MOST_S * RATE) / RATE


def test_a_buffer_that_ran_dry_in_silence_did_no_harm() -> None:
    headroom = Headroom(RATE)
    before = headroom.seconds
    headroom.wanted(0.0, 0, is_heard=False)
    assert headroom.seconds == before


def test_never_more_is_wanted_than_the_buffer_holds() -> None:
    headroom = Headroom(RATE)
    for step in range(50):
        assert headroom.wanted(step, 0, is_heard=True) <= round(MOST_S * RATE)
    assert headroom.wanted(60.0, round(MOST_S * RATE), is_heard=True) == 0
