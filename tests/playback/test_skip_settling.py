"""Skips that follow each other soon are one: the voice is asked for where the last of them led."""

from __future__ import annotations

from reader.playback.skip_settling import SKIP_SETTLES_S, SkipSettling

SOON_S, LATER_S = 0.2, 0.5


def test_a_skip_soon_after_another_is_of_its_burst_and_a_later_one_is_not() -> None:
    settling = SkipSettling()
    assert not settling.note_move(10.0, is_skip=True)
    assert settling.note_move(10.0 + SOON_S, is_skip=True)
    assert not settling.note_move(10.0 + SOON_S + LATER_S, is_skip=True)


def test_going_somewhere_by_name_ends_a_burst_and_begins_none() -> None:
    settling = SkipSettling()
    settling.note_move(10.0, is_skip=True)
    assert not settling.note_move(10.0 + SOON_S / 2, is_skip=False)
    assert not settling.note_move(10.0 + SOON_S, is_skip=True)


def test_each_skip_that_is_waited_for_begins_the_wait_again() -> None:
    settling = SkipSettling()
    settling.wait(10.0)
    settling.wait(10.1)
    assert not settling.is_due(10.0 + SKIP_SETTLES_S)
    assert settling.is_due(10.1 + SKIP_SETTLES_S)
    settling.end()
    assert not settling.is_waiting
    assert not settling.is_due(20.0)
