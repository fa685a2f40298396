"""Roman numerals, both ways: XIV is 14."""

from __future__ import annotations

_SIGNS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_VALUES = {sign: value for value, sign in _SIGNS if len(sign) == 1}
_LAST = 3999


def to_roman(number: int) -> str:
    """Return a number from 1 as a numeral in capitals."""
    written = ""
    for value, sign in _SIGNS:
        count, number = divmod(number, value)
        written += sign * count
    return written


def from_roman(text: str) -> int | None:
    """Return what a well-formed numeral in either case stands for, at most 3999; else None."""
    value = from_any_roman(text)
    is_well_formed = value is not None and value <= _LAST and to_roman(value) == text.upper()
    return value if is_well_formed else None


def from_any_roman(text: str) -> int | None:
    """Return what the letters of a numeral come to, even where printers broke the rules: IIII is 4.

    None for a text with other letters.
    """
    letters = text.upper()
    if not letters or any(letter not in _VALUES for letter in letters):
        return None
    values = [_VALUES[letter] for letter in letters]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))
