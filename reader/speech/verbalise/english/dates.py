"""Dates, times of day and years in English text."""

from __future__ import annotations

import re

from reader.speech.verbalise.english import numbers
from reader.speech.verbalise.words import Passage, SpokenWord, one_word

SPACE = "[ \u00a0\u202f\u2009]"
MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
MONTH_BEFORE = re.compile(rf"\b{MONTH}{SPACE}$")
_MONTH_AFTER = re.compile(rf"{SPACE}(?:of )?{MONTH}(?!\w)")
_ROUND = {"100s": "hundreds", "1000s": "thousands"}


def iso_date(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    year, month, day = (int(match[group]) for group in (1, 2, 3))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return one_word(_date_said(year, month, day), match)


def iso_moment(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say 2020-05-05T10:30Z, the date and the time."""
    year, month, day, hours, minutes = (int(part) for part in match.groups()[:5])
    if not (1 <= month <= 12 and 1 <= day <= 31 and hours < 25):
        return None
    said = f"{_date_said(year, month, day)}, {numbers.clock(hours, minutes, has_suffix=False)}"
    return one_word(said + (" U.T.C" if match["zone"] == "Z" else ""), match)


def _date_said(year: int | None, month: int, day: int) -> str:
    said = f"{numbers.MONTHS[month - 1]} {numbers.ordinal(day)}"
    return said if year is None else f"{said}, {numbers.year(year)}"


def slash_date(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    # month first, as in the United States, unless it can't be
    month, day = (second, first) if first > 12 or match[2] == "." else (first, second)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if len(match[4]) == 2:
        year += 1900 if year > 50 else 2000
    return one_word(_date_said(year, month, day), match)


def day_and_month(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    day = int(match[1])
    if not 1 <= day <= 31 or not _MONTH_AFTER.match(passage.after(match.end())):
        return None
    lead = "" if re.search(r"\b(?:the|on the)\s$", passage.before(match.start()), re.I) else "the "
    return one_word(f"{lead}{numbers.ordinal(day)} of", match)


def day_of_month(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    if not 1 <= int(match[1]) <= 31 or not MONTH_BEFORE.search(passage.before(match.start())):
        return None
    last = match[2]
    if last is None:
        return one_word(numbers.ordinal(int(match[1])), match)
    if not int(match[1]) < int(last) <= 31:
        return None
    return one_word(f"{numbers.ordinal(int(match[1]))} to {numbers.ordinal(int(last))}", match)


def time_of_day(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    hours, minutes, seconds, suffix = match[1], int(match[2]), match[3], match["suffix"]
    said = numbers.clock(int(hours), minutes, bool(suffix))
    if seconds:
        said += f" and {numbers.cardinal(int(seconds))} second" + ("s" if int(seconds) != 1 else "")
    return _with_suffix(said, match)


_TIMED_BEFORE = re.compile(
    r"\b(?:in|of|time|ran|runs|took|takes|lasts|lasted|record|clocked|duration|length):?\s$",
    re.IGNORECASE,
)


def duration(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say the 2:01:09 that a marathon took; None for the time of a clock."""
    if not _TIMED_BEFORE.search(passage.before(match.start())):
        return None
    parts = [
        f"{numbers.cardinal(int(amount))} {name}" + ("" if int(amount) == 1 else "s")
        for amount, name in zip(match.groups(), ("hour", "minute", "second"), strict=True)
        if int(amount)
    ]
    return one_word(", ".join(parts), match) if parts else None


_CLOCK_BEFORE = re.compile(r"\b(?:[Aa]t|[Uu]ntil|[Tt]ill)\s(?:about\s|around\s)?$")


def dotted_time(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say the 3.30 of "at 3.30"."""
    if not _CLOCK_BEFORE.search(passage.before(match.start())):
        return None
    return one_word(numbers.clock(int(match[1]), int(match[2]), has_suffix=True), match)


def hours_between(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 10am-5pm and 8:00–17:00."""
    first = _clock_said(match["hour"], match["minute"], match["half"])
    last = _clock_said(match["last_hour"], match["last_minute"], match["last_half"])
    return one_word(f"{first} to {last}", match)


def _clock_said(hours: str, minutes: str | None, half: str | None) -> str:
    if not minutes and not half:
        return numbers.cardinal(int(hours))
    said = numbers.clock(int(hours), int(minutes or 0), bool(half))
    return f"{said} {_half_said(half)}" if half else said


def _half_said(suffix: str) -> str:
    return "A.M" if suffix.lstrip()[0] in "aA" else "P.M"


def hour(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    said = numbers.cardinal(int(match[1]))
    if match[2]:
        said = numbers.clock(int(match[1]), int(match[2]), has_suffix=True)
    return _with_suffix(said, match)


def _with_suffix(said: str, match: re.Match[str]) -> list[SpokenWord]:
    """Add "A.M": a word of its own where a space stands before it."""
    suffix = match["suffix"]
    if not suffix:
        return one_word(said, match)
    half = _half_said(suffix)
    if suffix[0].isspace():
        cut = match.start("suffix")
        return [
            SpokenWord(said, match.start(), cut),
            SpokenWord(half, cut + 1, match.end()),
        ]
    return one_word(f"{said} {half}", match)


_AT = re.compile(
    r"\b(?:at|by|from|until|till|to|around|about|before|after|between)\s$", re.IGNORECASE
)


def military_hour(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say the 0700 of "0700 hours", and the 1930 of "at 1930 hrs"."""
    hours, minutes = int(match[1]), int(match[2])
    if match[1][0] != "0" and not _AT.search(passage.before(match.start())):
        return None  # 1500 hours of training
    rest = ("oh " if 0 < minutes < 10 else "") + numbers.cardinal(minutes) if minutes else "hundred"
    lead = "oh " if match[1][0] == "0" else ""
    return one_word(f"{lead}{numbers.cardinal(hours)} {rest}", match)


def short_years(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say '98–'99."""
    if passage.before(match.start())[-1:] not in ("'", "’", "‘"):
        return None
    return one_word(f"{short_year(match[1])} to {short_year(match[2])}", match)


def running_time(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 3:43.13, a time that somebody ran."""
    seconds = numbers.clock(int(match[1]), int(match[2]), has_suffix=False)
    if int(match[2]) == 0:
        seconds = f"{numbers.cardinal(int(match[1]))} oh oh"
    return one_word(f"{seconds} point {numbers.digits(match[3])}", match)


def minutes_and_seconds(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 31:04, which is no ratio: nobody would write its nought."""
    return one_word(numbers.clock(int(match[1]), int(match[2]), has_suffix=False), match)


def decade(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    if match[0] in _ROUND:
        return one_word(_ROUND[match[0]], match)
    if match[2] is None and int(match[1]) % 10:  # 2024's best film
        return one_word(f"{_year_said(match[1])}'s", match)
    decades = [numbers.plural(_year_said(part)) for part in match.groups() if part]
    return one_word(" to ".join(decades), match)


def years_to_decade(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    last = match[2]
    return one_word(f"{numbers.year(int(match[1]))} to {numbers.plural(_year_said(last))}", match)


def _year_said(text: str) -> str:
    return numbers.year(int(text)) if len(text) == 4 else numbers.cardinal(int(text))


def short_year(text: str) -> str:
    value = int(text)
    return numbers.cardinal(value) if value >= 10 else f"oh {numbers.cardinal(value)}"
