"""Tests of reader.text.utf16."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.text.utf16 import Utf16Map, without_halves

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_every_code_point_is_found_where_utf16_has_it(text: str) -> None:
    utf16 = Utf16Map(text)
    assert [utf16.to_utf16(i) for i in range(len(text) + 1)] == [
        units(text[:i]) for i in range(len(text) + 1)
    ]


@given(TEXTS)
def test_every_unit_belongs_to_the_code_point_it_encodes(text: str) -> None:
    owners = [i for i, character in enumerate(text) for _ in range(units(character))]
    utf16 = Utf16Map(text)
    assert [utf16.to_code_point(unit) for unit in range(units(text))] == owners
    assert utf16.to_code_point(units(text)) == len(text)


def test_lone_surrogates_count_as_the_one_unit_they_are() -> None:
    assert Utf16Map("a\ud83db").to_utf16(2) == 2


@given(st.text(st.characters(), max_size=60))
def test_without_halves_a_text_keeps_its_length_and_fits_into_utf8(text: str) -> None:
    whole = without_halves(text)
    assert len(whole) == len(text)
    assert whole.encode("utf-8").decode() == whole


def test_only_halves_are_replaced() -> None:
    assert without_halves("é 😀 \ud83d.") == "é 😀 ?."
