"""Fractions, ratios, powers and products in English text."""

from __future__ import annotations

import re
import unicodedata

from reader.speech.verbalise.english import numbers
from reader.speech.verbalise.english.tables import PER_UNITS, UNITS, VULGAR
from reader.speech.verbalise.words import Passage, SpokenWord, one_word

_ODDS_BEFORE = re.compile(r"\bodds (?:of|were|are|at)\s$")
_ODDS_AFTER = re.compile(r"\s(?:odds|favou?rite|outsider)\b")
_SUM_BEFORE = re.compile(r"[=+÷]\s?$|\s[-−]\s$")
_SUM_AFTER = re.compile(r"\s?[=+÷]|\s[-−]\s")
_BLOOD_BEFORE = re.compile(
    r"\b(?:BP|blood pressure)\b[:=]?\s?(?:(?:was|is|of|at|to|reading)\s){0,2}$", re.IGNORECASE
)


def power(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    minus = "minus " if match[2] else ""
    exponent = int(unicodedata.normalize("NFKC", match[3]))
    return _with_unit(
        f"{numbers.decimal(match[1])} to the {minus}{numbers.ordinal(exponent)}", match
    )


def product(passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 10 × 15 cm as a size, but 3 × 5 = 15 as a sum."""
    is_sum = _SUM_AFTER.match(passage.after(match.end())) or _SUM_BEFORE.search(
        passage.before(match.start())
    )
    factors = re.split(r"\s*[x×]\s*", match["factors"])
    said = (" times " if is_sum else " by ").join(numbers.decimal(factor) for factor in factors)
    if match["unit"] == "s" and not match["gap"]:
        return one_word(numbers.plural(said), match)  # two 4x4s
    return _with_unit(said, match)


def _with_unit(said: str, match: re.Match[str], *, is_several: bool = True) -> list[SpokenWord]:
    """Add the unit that stands behind a figure, as a word of its own after a space."""
    if not match["unit"]:
        return one_word(said, match)
    name = UNITS[match["unit"]][is_several]
    if match["below"]:
        name += f" per {PER_UNITS[match['below']]}"
    if not match["gap"]:
        return one_word(f"{said} {name}", match)
    return [
        SpokenWord(said, match.start(), match.start("gap")),
        SpokenWord(name, match.start("unit"), match.end()),
    ]


def scientific(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    minus = "minus " if match[2] in ("-", "−") else ""
    return _with_unit(
        f"{numbers.decimal(match[1])} times ten to the {minus}{numbers.ordinal(int(match[3]))}",
        match,
    )


def times_as_much(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say the 3x of "3x faster"."""
    return one_word(f"{numbers.decimal(match[1])} times", match)


def mixed_fraction(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    top, bottom = VULGAR[match[2]] if match[2] else (int(match[3]), int(match[4]))
    if not 0 < top < bottom <= 100:
        return None
    part = numbers.fraction(top, bottom)
    part = part.replace("one ", "a ", 1) if top == 1 else part
    return _with_unit(f"{numbers.decimal(match[1])} and {part}", match)


def joined_fraction(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say 2-1/2, a number and its fraction as workshops and kitchens write them."""
    top, bottom = int(match[2]), int(match[3])
    if top >= bottom:
        return None
    part = numbers.fraction(top, bottom)
    part = part.replace("one ", "a ", 1) if top == 1 else part
    return _with_unit(f"{numbers.cardinal(int(match[1]))} and {part}", match)


def named_fraction(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 7/8ths."""
    return one_word(numbers.fraction(int(match[1]), int(match[2])), match)


def exposure(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 1/250 s, the time a shutter is open."""
    return one_word(f"{numbers.fraction(int(match[1]), int(match[2]))} of a second", match)


def bar_time(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say the 3/4 of a waltz in 3/4 time."""
    return one_word(" ".join(numbers.cardinal(int(part)) for part in match.groups()), match)


def pressure(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say a blood pressure, BP 120/80 or 120/80 mmHg."""
    if match["unit"] != "mmHg" and not _BLOOD_BEFORE.search(passage.before(match.start())):
        return None
    high, low = (numbers.cardinal(int(part)) for part in match.group(1, 2))
    return _with_unit(f"{high} over {low}", match)


def fraction(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    top, bottom = int(match[1]), numbers.integer_of(match[2])
    is_bet = _ODDS_BEFORE.search(passage.before(match.start()))
    if is_bet or _ODDS_AFTER.match(passage.after(match.end())):
        return one_word(f"{numbers.cardinal(top)} to {numbers.cardinal(bottom)}", match)
    if top < bottom and bottom in (10, 100) and passage.after(match.end()).startswith(" of "):
        said = numbers.fraction(top, bottom)
    elif "," in match[2] or (bottom in (5, 10, 100) and top <= bottom):
        said = f"{numbers.cardinal(top)} out of {numbers.cardinal(bottom)}"
    elif (
        0 < top < bottom
        and bottom in (2, 3, 4, 6, 7, 8, 9, 12, 16, 32, 64)
        and (top, bottom) != (9, 11)
    ):
        said = numbers.fraction(top, bottom)
    else:
        said = f"{numbers.number_in_prose(match[1])} {numbers.number_in_prose(match[2])}"
        return one_word(said, match)
    return _with_unit(said, match, is_several=False)


def vulgar(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say ½ and ¼ tsp."""
    return _with_unit(numbers.fraction(*VULGAR[match[1]]), match, is_several=False)


def out_of(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 8.5/10."""
    return one_word(f"{numbers.decimal(match[1])} out of {numbers.cardinal(int(match[2]))}", match)


def ratio(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    low, high = (numbers.cardinal(numbers.integer_of(part)) for part in match.groups())
    return one_word(f"{low} to {high}", match)
