"""Figures without a unit in English text: plain numbers, ranges, versions, houses, telephones."""

from __future__ import annotations

import re

from reader.speech.verbalise.english import numbers
from reader.speech.verbalise.english.dates import MONTH, MONTH_BEFORE, short_year
from reader.speech.verbalise.english.measures import STREET
from reader.speech.verbalise.english.tables import BY_PAIRS, COUNTED, SERIES
from reader.speech.verbalise.words import Passage, SpokenWord, one_word, word_before

_YEAR_CONTEXT = re.compile(
    r"\b(?:in|by|since|from|until|till|before|after|of|year|A\.?D\.?|circa|to|and|around|about)\s$",
    re.IGNORECASE,
)
# 2013 people, but: in 1984 films changed; the 1984 films; May 1999 saw
_COUNTED = re.compile(rf"[\s\u00a0](?:{COUNTED})(?!\w)")
_DATED = re.compile(
    rf"(?:\b(?:in|since|from|until|till|before|after|of|by|the|early|late|mid|year|its|his|her|their|"
    rf"our|my|a|this|that|these|those|and|to|for|during|around|about|between)\s|\b{MONTH}\s"
    r"|[,–—-]\s?)$",
    re.IGNORECASE,
)
_VERSION_BEFORE = re.compile(
    r"\b(?:[vV]ersion|Python|[rR]elease|[sS]ections?|[cC]hapters?|§)[:\s]\s?$"
)
_PRERELEASE = re.compile(r"(?:rc|alpha|beta|dev|pre|post)\d*|[ab]\d+")
_BEHIND_DECIMALS = {"pp": "percentage points", "in": "inches", "kts": "knots"}
_ZIP_BEFORE = re.compile(r"\b(?i:ZIP(?: code)?) $|, [A-Z]{2} $")


def line_up(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 4-4-2, figure by figure."""
    return one_word(" ".join(numbers.cardinal(int(match[group])) for group in (1, 2, 3)), match)


def phone(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    groups = re.findall(r"\d+", match.group())
    lead = "plus " if match.group().startswith("+") else ""
    return one_word(lead + ", ".join(numbers.digits(group) for group in groups), match)


def version(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    parts = [numbers.cardinal(int(part)) for part in match.group().split(".")]
    return one_word(" point ".join(parts), match)


def lettered_version(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say the 4.1s of "version 4.1s" and a 2.0rc1 anywhere."""
    is_named = _VERSION_BEFORE.search(passage.before(match.start())) is not None
    if not is_named and not _PRERELEASE.fullmatch(match[2]):
        return None
    figures = " point ".join(numbers.cardinal(int(part)) for part in match[1].split("."))
    letters = re.sub(r"(\d+)$", lambda n: f" {numbers.cardinal(int(n[1]))}", match[2])
    return one_word(f"{figures} {letters}", match)


def grouped(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 1.000.000, as much of Europe groups figures."""
    return one_word(numbers.cardinal(numbers.integer_of(match.group())), match)


def century(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say the 19th-c. of "a 19th-c. house"."""
    return one_word(f"{numbers.ordinal(int(match[1]))} century", match)


def screen_lines(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say the 1080p of a screen."""
    return one_word(f"{numbers.cardinal(int(match[1]))} {numbers.cardinal(int(match[2]))} p", match)


def ordinal(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    return one_word(numbers.ordinal(numbers.integer_of(match[1])), match)


def and_following(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    return one_word(f"{numbers.cardinal(int(match[1]))} and following", match)


def number_range(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    low, high = match[1], match[2]
    if low.isdecimal() and high.isdecimal() and len(low) == 4 and len(high) in (2, 4):
        first = int(low)
        if 1100 <= first < 2100:
            last = numbers.year(int(high)) if len(high) == 4 else short_year(high)
            return one_word(f"{numbers.year(first)} to {last}", match)
    months = MONTH_BEFORE.search(passage.before(match.start()))
    if months and low.isdecimal() and high.isdecimal() and int(low) < int(high) <= 31:
        return one_word(f"{numbers.ordinal(int(low))} to {numbers.ordinal(int(high))}", match)
    if word_before(passage, match) in BY_PAIRS and len(low) == len(high) == 3:
        return one_word(f"{_by_pairs(low)} {_by_pairs(high)}", match)  # Boeing 747-400
    is_code = len(low) == len(high) > 2 and low > high and "-" in match.group()
    between = " " if low == high or is_code else " to "  # 50-50
    return one_word(f"{numbers.decimal(low)}{between}{numbers.decimal(high)}", match)


def ordinal_range(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 13th–14th."""
    return one_word(
        " to ".join(numbers.ordinal(numbers.integer_of(n)) for n in match.groups()), match
    )


def plain_number(passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    text = match.group()
    value = text.replace(",", "")
    is_early_year = value == text and value.isdecimal() and 1000 < int(value) < 1100
    if is_early_year and _YEAR_CONTEXT.search(passage.before(match.start())):
        return one_word(f"ten {numbers.year(int(value) + 100).split(' ', 1)[1]}", match)
    is_count = value == text and len(value) == 4 and _COUNTED.match(passage.after(match.end()))
    if is_count and not _DATED.search(passage.before(match.start())):
        return one_word(numbers.decimal(text), match)
    if value == text and len(value) == 3 and _is_sign(passage, match):
        return one_word(_by_pairs(value), match)
    if len(value) == 5 and value == text and _ZIP_BEFORE.search(passage.before(match.start())):
        return one_word(numbers.digits(value), match)
    if not value.isdecimal() and _VERSION_BEFORE.search(passage.before(match.start())):
        return version(passage, match)
    if value == text and len(value) == 4 and word_before(passage, match) in SERIES:
        return one_word(numbers.in_series(value), match)
    return one_word(numbers.number_in_prose(text), match)


def _is_sign(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a number is read as one reads a sign: room 101, 742 Evergreen Street."""
    if word_before(passage, match) in BY_PAIRS:
        return True
    return STREET.match(passage.after(match.end())) is not None


def airliners(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say the 747s of "two Boeing 747s"."""
    return one_word(numbers.plural(_by_pairs(match[1])), match)


def house_number(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say the 221B of "221B Baker Street"."""
    if not _is_sign(passage, match):
        return None
    return one_word(f"{_by_pairs(match[1])} {match[2].upper()}", match)


def comma_as_point(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 1.234,56, as much of Europe writes figures."""
    return one_word(numbers.decimal(f"{numbers.integer_of(match[1])}.{match[2]}"), match)


def apostrophes(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 1'234.50, as Switzerland groups figures."""
    return one_word(numbers.decimal(f"{numbers.integer_of(match[1])}{match[2] or ''}"), match)


def decimal_with_letters(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say the 1.5T of a scanner, the 2.0TDI of a car, and 97.5th."""
    amount, letters = match.groups()
    if letters in ("st", "nd", "rd", "th"):
        words = numbers.decimal(amount[:-1]) if amount[-2] != "." else ""
        whole = words or f"{numbers.decimal(amount[:-2])} point"
        return one_word(f"{whole} {numbers.ordinal(int(amount[-1]))}", match)
    return one_word(f"{numbers.decimal(amount)} {_BEHIND_DECIMALS.get(letters, letters)}", match)


def savings_plan(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 401(k), which Americans save in."""
    return one_word(f"{_by_pairs(match[1])} {match[2]}", match)


def run(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say the 10k of a 10k run."""
    return one_word(f"{numbers.cardinal(int(match[1]))} k", match)


def _by_pairs(text: str) -> str:
    first, rest = numbers.cardinal(int(text[0])), int(text[1:])
    if rest == 0:
        return f"{first} hundred"
    return f"{first} {'oh ' if rest < 10 else ''}{numbers.cardinal(rest)}"
