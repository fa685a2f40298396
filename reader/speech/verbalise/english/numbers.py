"""Numbers as English words: cardinals, ordinals, years, decades, fractions, times, digits."""

from __future__ import annotations

import re


def _listed(words: str) -> list[str]:
    return words.split()


_ONES = _listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = _listed("zero ten twenty thirty forty fifty sixty seventy eighty ninety")
_SCALES = (
    (10**18, "quintillion"),
    (10**15, "quadrillion"),
    (10**12, "trillion"),
    (10**9, "billion"),
    (10**6, "million"),
    (1000, "thousand"),
)
_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_LONGEST = 21
"""Digits beyond which a number is read digit by digit."""

MONTHS = _listed(
    "January February March April May June July August September October November December"
)


def cardinal(number: int) -> str:
    """Return 21 as "twenty-one"; beyond the quintillions the digits one by one."""
    if number < 0:
        return "minus " + cardinal(-number)
    if number >= 10**_LONGEST:
        return digits(str(number))
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_ONES[hundreds]} hundred" + (f" {cardinal(rest)}" if rest else "")
    value, scale = next(entry for entry in _SCALES if number >= entry[0])
    count, rest = divmod(number, value)
    return f"{cardinal(count)} {scale}" + (f" {cardinal(rest)}" if rest else "")


def ordinal(number: int) -> str:
    """Return 21 as "twenty-first"."""
    words = cardinal(number)
    cut = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[cut:]
    if last.endswith("y"):
        return words[:cut] + last[:-1] + "ieth"
    return words[:cut] + _IRREGULAR.get(last, last + "th")


def year(number: int) -> str:
    """Return 1984 as "nineteen eighty-four", 2005 as "two thousand five", 476 as a cardinal."""
    century, rest = divmod(number, 100)
    if not 10 < century < 100 or (2000 <= number < 2010) or number % 1000 == 0:
        return cardinal(number)
    if rest == 0:
        return f"{cardinal(century)} hundred"
    return f"{cardinal(century)} " + (f"oh {_ONES[rest]}" if rest < 10 else cardinal(rest))


def in_series(figures: str) -> str:
    """Return the four figures of a standard as people say them: RFC 2119, ISO 9001."""
    return (cardinal if figures[1:3] == "00" else year)(int(figures))


def plural(words: str) -> str:
    """Return the plural of a number's last word: "nineteen eighty" gives "nineteen eighties"."""
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith("x") else "s")


def digits(text: str) -> str:
    """Return the digits of `text` one by one; whatever else it holds is left out."""
    return " ".join(_ONES[int(figure)] for figure in text if figure.isdecimal())


def decimal(text: str) -> str:
    """Return "12,500.75" as words: commas group, what follows the point is read by digits."""
    whole, _, fraction = text.replace(",", "").partition(".")
    if (len(whole) > 1 and whole[0] in "0٠") or len(whole) > _LONGEST:
        words = digits(whole)
    else:
        words = cardinal(int(whole)) if whole else "zero"
    return words + (f" point {digits(fraction)}" if fraction else "")


def fraction(numerator: int, denominator: int) -> str:
    """Return 3, 4 as "three quarters"."""
    names = {2: "half", 4: "quarter"}
    name = names.get(denominator) or ordinal(denominator)
    if numerator != 1:
        name = "halves" if denominator == 2 else name + "s"
    return f"{cardinal(numerator)} {name}"


def clock(hours: int, minutes: int, has_suffix: bool) -> str:
    """Return a time of day: 5, 30 as "five thirty", 12, 0 as "twelve o'clock"."""
    if minutes == hours == 0:
        return "midnight"
    if minutes == 0:
        if has_suffix:
            return cardinal(hours)
        return f"{cardinal(hours)} hundred" if hours > 12 else f"{cardinal(hours)} o'clock"
    return f"{cardinal(hours)} " + (f"oh {_ONES[minutes]}" if minutes < 10 else cardinal(minutes))


def integer_of(text: str) -> int:
    """Return the value of digits with separators between them."""
    return int(re.sub(r"\D", "", text))


def number_in_prose(text: str) -> str:
    """Return a figure without context in words: four digits that may be a year are one."""
    clean = re.sub(r"[,\s]", "", text)
    grouped = clean != text
    if clean.isdecimal():
        value = int(clean)
        if len(clean) > 1 and int(clean[0]) == 0:
            return digits(clean)
        if len(clean) == 4 and 1100 <= value < 2100 and not grouped:
            return year(value)
        if len(clean) > 9 and not grouped and value % 1000:
            return digits(clean)  # an account, not an amount
    return decimal(clean)
