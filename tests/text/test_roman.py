"""Tests of reader.text.roman."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.roman import from_any_roman, from_roman, to_roman


@given(st.integers(1, 3999))
def test_a_numeral_is_read_as_the_number_it_was_written_for(number: int) -> None:
    assert from_roman(to_roman(number)) == number
    assert from_any_roman(to_roman(number).lower()) == number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("IV", 4),
        ("xii", 12),
        ("MCMLXXXIV", 1984),
        ("IIII", None),
        ("IC", None),
        ("MMMM", None),
        ("", None),
    ],
)
def test_only_well_formed_numerals_are_taken_for_one(text: str, value: int | None) -> None:
    assert from_roman(text) == value


@pytest.mark.parametrize(("text", "value"), [("IIII", 4), ("xviiii", 19), ("mix up", None)])
def test_a_printer_s_numerals_count_too(text: str, value: int | None) -> None:
    assert from_any_roman(text) == value
