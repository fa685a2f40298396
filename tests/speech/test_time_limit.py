"""Tests of reader.speech.time_limit."""

from __future__ import annotations

from reader.speech.time_limit import TimeLimit


def test_what_does_nothing_is_overdue_at_the_limit() -> None:
    limit = TimeLimit(10.0, given_at=100.0)
    assert limit.overdue_at == 110.0
    for second in range(1, 10):
        limit.has_worked(0.001 * second, 100.0 + second)  # telling of it is no work
    assert limit.overdue_at == 110.0


def test_what_works_a_little_all_the_time_may_take_long() -> None:
    limit = TimeLimit(10.0, given_at=0.0)
    for second in range(1, 100):
        limit.has_worked(0.1 * second, float(second))
        assert limit.overdue_at > second
    assert limit.overdue_at == 99.0 + 10.0


def test_what_works_and_comes_to_nothing_is_overdue_at_the_limit_by_both_clocks() -> None:
    limit = TimeLimit(10.0, given_at=0.0)
    for second in range(1, 6):
        limit.has_worked(2.0 * second, float(second))  # on two cores
    assert limit.overdue_at == 10.0
    slower = TimeLimit(10.0, given_at=0.0)
    slower.has_worked(9.9, 50.0)
    assert slower.overdue_at == 60.0
    slower.has_worked(10.0, 51.0)
    assert slower.overdue_at == 10.0  # at once


def test_what_gives_more_of_its_answer_may_take_the_limit_once_more() -> None:
    limit = TimeLimit(10.0, given_at=0.0)
    limit.has_worked(9.0, 9.0)
    limit.has_given(9.5)
    assert limit.overdue_at == 19.5
    limit.has_worked(12.0, 12.0)
    assert limit.overdue_at == 22.0
    limit.has_worked(19.0, 21.0)
    assert limit.overdue_at == 19.5
