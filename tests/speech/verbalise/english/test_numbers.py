"""Tests of reader.speech.verbalise.english.numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.speech.verbalise.english import numbers


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (21, "twenty-one"),
        (100, "one hundred"),
        (342, "three hundred forty-two"),
        (12_500, "twelve thousand five hundred"),
        (1_000_001, "one million one"),
        (-7, "minus seven"),
    ],
)
def test_cardinals(number: int, words: str) -> None:
    assert numbers.cardinal(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "first"),
        (12, "twelfth"),
        (20, "twentieth"),
        (22, "twenty-second"),
        (103, "one hundred third"),
        (1000, "one thousandth"),
    ],
)
def test_ordinals(number: int, words: str) -> None:
    assert numbers.ordinal(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1984, "nineteen eighty-four"),
        (1900, "nineteen hundred"),
        (1904, "nineteen oh four"),
        (2000, "two thousand"),
        (2005, "two thousand five"),
        (2024, "twenty twenty-four"),
        (476, "four hundred seventy-six"),
    ],
)
def test_years(number: int, words: str) -> None:
    assert numbers.year(number) == words


@given(st.integers(-(10**30), 10**30))
def test_any_number_becomes_words_alone(number: int) -> None:
    assert numbers.cardinal(number).replace("-", "").replace(" ", "").isalpha()
    assert numbers.ordinal(abs(number)).replace("-", "").replace(" ", "").isalpha()
