"""Numbers of list items and notes in the ways that word processors write them."""

from __future__ import annotations

_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_SIGNS = "*†‡§"
_LAST_ROMAN = 3999


def numeral(number: int, style: str) -> str:
    """Return the number in a style: `1`, `01`, `a`, `A`, `i`, `I`, `*`; else in figures."""
    if style in ("a", "A") and number > 0:
        letter, times = chr(ord(style) + (number - 1) % 26), (number - 1) // 26 + 1
        return letter * min(times, 9)
    if style in ("i", "I") and 0 < number <= _LAST_ROMAN:
        return roman(number) if style == "I" else roman(number).lower()
    if style == "*" and number > 0:
        return _SIGNS[(number - 1) % 4] * min((number - 1) // 4 + 1, 9)
    return f"{number:02}" if style == "01" else str(number)


def roman(number: int) -> str:
    """Return a Roman numeral in capitals."""
    parts = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        parts.append(letters * count)
    return "".join(parts)
