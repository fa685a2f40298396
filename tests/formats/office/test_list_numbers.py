"""Numbers are written as word processors write them, in figures where they can't be."""

from __future__ import annotations

import pytest

from reader.formats.office.list_numbers import numeral
from reader.formats.office.word_lists import NUMBER_FORMATS


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("1", {1: "1", 12: "12", 0: "0", -3: "-3"}),
        ("01", {3: "03", 12: "12"}),
        ("a", {1: "a", 26: "z", 27: "aa", 0: "0"}),
        ("I", {4: "IV", 1994: "MCMXCIV", 4000: "4000"}),
        ("*", {1: "*", 5: "**"}),
        ("1st", {1: "1st", 2: "2nd", 11: "11th", 23: "23rd", 112: "112th"}),
        ("①", {1: "①", 20: "⑳", 21: "21"}),
        ("一", {1: "一", 10: "十", 11: "十一", 20: "二十", 105: "一百〇五", 110: "一百一十"}),
        ("一", {1000: "一千", 1001: "一千〇一", 10_000: "一万", 99_999: "九万九千九百九十九"}),
        ("壹", {11: "拾壹", 25: "贰拾伍"}),
        ("甲", {1: "甲", 11: "甲甲"}),
        ("а", {1: "а", 29: "аа"}),
        ("１", {12: "１２"}),
        ("๑", {305: "๓๐๕"}),
        ("no style", {7: "7"}),
    ],
)
def test_a_number_is_written_in_its_style(style: str, shown: dict[int, str]) -> None:
    assert {number: numeral(number, style) for number in shown} == shown


def test_number_formats_stand_at_the_places_that_are_their_numbers_in_rtf() -> None:
    told = {0: "decimal", 4: "lowerLetter", 9: "chicago", 18: "decimalEnclosedCircle", 23: "bullet"}
    told |= {30: "ideographTraditional", 39: "chineseCountingThousand", 45: "hebrew1"}
    told |= {54: "thaiNumbers", 57: "numberInDash", 59: "russianUpper"}
    assert {number: NUMBER_FORMATS[number] for number in told} == told
