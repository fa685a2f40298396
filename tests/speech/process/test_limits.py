"""Tests of reader.speech.process.limits."""

from __future__ import annotations

import pytest

from reader.speech.engine import VoiceId
from reader.speech.process.limits import Allowance, Deaths, End, Limits, TimeLimit, UsualWork

VOICE = VoiceId("piper:any")


def test_what_does_nothing_is_overdue_at_the_limit() -> None:
    limit = TimeLimit(Allowance(10.0, 10.0, 10.0), given_at=100.0)
    assert limit.overdue_at == 110.0
    for second in range(1, 10):
        limit.has_worked(0.001 * second, 100.0 + second)  # telling of it is no work
    assert limit.overdue_at == 110.0


def test_what_waits_is_overdue_sooner_than_what_works() -> None:
    limit = TimeLimit(Allowance(10.0, 10.0, 2.0), given_at=100.0)
    assert limit.overdue_at == 102.0
    limit.has_worked(0.5, 101.5)
    assert limit.overdue_at == 103.5
    limit.has_given(103.0)
    assert limit.overdue_at == 105.0
    limit.has_worked(10.5, 112.0)
    assert limit.overdue_at == 113.0


def test_what_works_a_little_all_the_time_may_take_long() -> None:
    limit = TimeLimit(Allowance(10.0, 10.0, 10.0), given_at=0.0)
    for second in range(1, 100):
        limit.has_worked(0.1 * second, float(second))
        assert limit.overdue_at > second
    assert limit.overdue_at == 99.0 + 10.0


def test_what_works_and_comes_to_nothing_is_overdue_at_the_limit_by_both_clocks() -> None:
    limit = TimeLimit(Allowance(10.0, 10.0, 10.0), given_at=0.0)
    for second in range(1, 6):
        limit.has_worked(2.0 * second, float(second))  # on two cores
    assert limit.overdue_at == 10.0
    slower = TimeLimit(Allowance(10.0, 10.0, 10.0), given_at=0.0)
    slower.has_worked(9.9, 50.0)
    assert slower.overdue_at == 60.0
    slower.has_worked(10.0, 51.0)
    assert slower.overdue_at == 10.0  # at once


def test_what_gives_more_of_its_answer_may_take_the_limit_once_more() -> None:
    limit = TimeLimit(Allowance(10.0, 10.0, 10.0), given_at=0.0)
    limit.has_worked(9.0, 9.0)
    limit.has_given(9.5)
    assert limit.overdue_at == 19.5
    limit.has_worked(12.0, 12.0)
    assert limit.overdue_at == 22.0
    limit.has_worked(19.0, 21.0)
    assert limit.overdue_at == 19.5


def test_what_an_utterance_may_take_is_told_from_what_others_took() -> None:
    limits, usual = Limits(), UsualWork()
    for work_s in (0.4, 0.9, 0.2):
        assert usual.expected_s(VOICE, 80) is None
        usual.add(VOICE, 80, work_s)
    assert usual.expected_s(VOICE, 80) == pytest.approx(0.9)
    assert usual.expected_s(VOICE, 180) == pytest.approx(1.8)
    assert usual.expected_s(VoiceId("kokoro:other"), 80) is None
    assert limits.saying(80, 0.5) == Allowance(4.0, 10.0, 10.0)
    assert limits.saying(80, 9.0) == Allowance(45.0, 10.0, 10.0)  # a slow machine, a dear voice
    assert limits.saying(80, None) == Allowance(23.0, 23.0, 10.0)


def test_what_an_utterance_took_long_ago_is_forgotten() -> None:
    usual = UsualWork()
    usual.add(VOICE, 80, 30.0)  # whatever a voice has to load at its first word
    for _ in range(8):
        usual.add(VOICE, 80, 0.5)
    assert usual.expected_s(VOICE, 80) == pytest.approx(0.5)


def test_three_deaths_of_its_own_are_too_many_and_kills_are_counted_apart() -> None:
    deaths = Deaths(Limits(deaths=3, kills=5, deaths_within_s=60.0))
    for second in range(4):
        assert deaths.add(End.KILLED, float(second)) == 0
    assert deaths.add(End.CRASHED, 4.0) == 0
    assert deaths.add(End.HUNG, 5.0) == 0
    assert deaths.add(End.CRASHED, 6.0) == 3
    assert deaths.add(End.KILLED, 7.0) == 5


def test_deaths_long_ago_and_before_an_answer_are_forgotten() -> None:
    deaths = Deaths(Limits(deaths=2, deaths_within_s=60.0))
    assert deaths.add(End.CRASHED, 0.0) == 0
    assert deaths.add(End.CRASHED, 60.0) == 0
    deaths.forget()
    assert deaths.add(End.CRASHED, 61.0) == 0
    assert deaths.add(End.CRASHED, 62.0) == 2
