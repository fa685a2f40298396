"""Money, measures and other amounts with a name in English text."""

from __future__ import annotations

import re
from functools import lru_cache

from reader.speech.verbalise.english import numbers
from reader.speech.verbalise.english.dates import MONTH
from reader.speech.verbalise.english.tables import (
    COUNTRIES,
    CURRENCIES,
    CURRENCY_CODES,
    IN_COMPOUNDS,
    NEEDS_SPACE,
    PER_UNITS,
    SCALES,
    UNITS,
    VULGAR,
)
from reader.speech.verbalise.words import Passage, SpokenWord, one_word

_WITH_CENTS = re.compile(r"[\d,]*\.\d\d")
_ARTICLE = re.compile(r"\b(?:an?|every|each|another)\s$", re.IGNORECASE)
_AGED = re.compile(r"\b(?:the|his|her|their|my|our|your|early|late|mid)[\s-]$", re.IGNORECASE)
_NOUN = re.compile(r"\s(?!(?:and|or|of|in|at|to|from|for|per|an?|the|on|by|with|each)\b)[a-z]")


def _is_adjective(passage: Passage, match: re.Match[str]) -> bool:
    """Whether an amount describes a noun and so names one of its unit: a 5km run, a $5m budget."""
    return (
        _ARTICLE.search(passage.before(match.start())) is not None
        and _NOUN.match(passage.after(match.end())) is not None
    )


def money(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    names = CURRENCIES[match["sign"] or CURRENCY_CODES[match["code"]]]
    country = COUNTRIES.get(match["country"] or "", "")
    low, high, scale, adjective = match["low"], match["high"], match["scale"], match["noun"]
    one, several = (f"{country} {name}".strip() for name in names[:2])
    scale_said = SCALES.get(scale, scale.lower()) if scale else ""
    is_single = (
        adjective is not None
        or (_is_one(low) and not high and not scale)
        or _is_adjective(passage, match)
    )
    unit = one if is_single else several
    if high and not scale and any(_WITH_CENTS.fullmatch(bound) for bound in (low, high)):
        said = (_price(bound, one, several, names[2:]) for bound in (low, high))
        return one_word(" to ".join(said), match)
    if high:
        amount = f"{numbers.decimal(low)} to {numbers.decimal(high)}"
    elif not scale and _WITH_CENTS.fullmatch(low):
        return one_word(_with_cents(low, one, several, names[2:]), match)
    else:
        amount = numbers.decimal(low)
    if scale and match["gap"]:
        return [
            SpokenWord(amount, match.start(), match.start("gap")),
            SpokenWord(f"{scale_said} {unit}", match.start("scale"), match.end()),
        ]
    return one_word(" ".join(filter(None, (amount, scale_said, unit))), match)


def _price(amount: str, one: str, several: str, small: tuple[str, ...]) -> str:
    if _WITH_CENTS.fullmatch(amount):
        return _with_cents(amount, one, several, small)
    return f"{numbers.decimal(amount)} {one if _is_one(amount) else several}"


def _with_cents(amount: str, one: str, several: str, small: tuple[str, ...]) -> str:
    whole, cents = amount.replace(",", "").split(".")
    coins = f"{numbers.cardinal(int(cents))} {small[int(cents) != 1]}"
    if not whole or int(whole) == 0:
        return coins
    notes = f"{numbers.cardinal(int(whole))} {one if int(whole) == 1 else several}"
    return f"{notes} and {coins}" if int(cents) else notes


def money_with_comma(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say €3,50 and €1.000,50, as prices stand in much of Europe."""
    one, several, *small = CURRENCIES[match[1]]
    whole = numbers.integer_of(match[2])
    return one_word(_with_cents(f"{whole}.{match[3]}", one, several, tuple(small)), match)


def money_behind(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    if match[3] == "Rs" and match[1] in ("3", "4"):
        return None  # reading, writing and arithmetic
    one, several = CURRENCIES[match[3] if match[3] in CURRENCIES else CURRENCY_CODES[match[3]]][:2]
    name = one if _is_one(match[1]) else several
    if match[2]:
        return [
            SpokenWord(numbers.decimal(match[1]), match.start(), match.start(2)),
            SpokenWord(name, match.start(3), match.end()),
        ]
    return one_word(f"{numbers.decimal(match[1])} {name}", match)


_POUNDS = re.compile(r"\s\d{1,2}\s?lbs?\b")
_HOURS_BEFORE = re.compile(r"\d\s?(?:h|hrs?)\.?,?\s$")
STREET = re.compile(  # behind the number of a house
    r"\.?(?:[\s\u00a0][A-Z][\w'’]*){0,2}[\s\u00a0]"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Lane|Highway|Parkway)\b"
)


def measure(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    amount, high, gap, unit = match[1], match[2], match[3], match[4]
    if unit in IN_COMPOUNDS or (unit in NEEDS_SPACE and not (gap or "").isspace()):
        return None
    if unit == "st" and not _POUNDS.match(passage.after(match.end())):
        return None
    if unit == "m" and _HOURS_BEFORE.search(passage.before(match.start())):
        unit = "min"  # 1h 20m
    if len(unit) == 1 and unit.isupper() and STREET.match(passage.after(match.end())):
        return None  # 1667 K Street
    is_single = (_is_one(amount) and not high) or (
        gap == "-" or (not gap and _is_adjective(passage, match))  # a 14-oz can, a 5km run
    )
    name = UNITS[unit][not is_single]
    said = _spaceless(amount)
    if high:
        said += f" to {_spaceless(high)}"
    if gap:
        return [
            SpokenWord(said, match.start(), match.start(3)),
            SpokenWord(name, match.start(4), match.end()),
        ]
    return one_word(f"{said} {name}", match)


def _spaceless(amount: str) -> str:
    return numbers.decimal(re.sub(r"\s", "", amount))


def scaled(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    return one_word(f"{numbers.decimal(match[1])} {SCALES[match[2]]}", match)


def measures_between(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 5%–10% and 5 cm–10 cm."""
    name = UNITS[match[2]][1]
    return one_word(f"{_spaceless(match[1])} to {_spaceless(match[3])} {name}", match)


def millions(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say the 1.5m of "1.5m people"."""
    return one_word(f"{numbers.decimal(match[1])} million", match)


def rate(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 5 mg/L, 30–40 m/s and 5 mg/kg/day."""
    amount, high, gap, unit, below, second = match.groups()
    name = f"{UNITS[unit][not (_is_one(amount) and not high)]} per {PER_UNITS[below]}"
    name += f" per {PER_UNITS[second]}" if second else ""
    said = _spaceless(amount) + (f" to {_spaceless(high)}" if high else "")
    if not gap:
        return one_word(f"{said} {name}", match)
    return [
        SpokenWord(said, match.start(), match.start(3)),
        SpokenWord(name, match.start(4), match.end()),
    ]


def rate_in(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say 4 g/24 h."""
    amount, gap, unit, below, unit_below = match.groups()
    if unit[0] == "°":
        return None  # 180 °C/350 °F
    name = f"{UNITS[unit][not _is_one(amount)]} per {numbers.decimal(below)}"
    name += f" {UNITS[unit_below][not _is_one(below)]}"
    if not gap:
        return one_word(f"{_spaceless(amount)} {name}", match)
    return [
        SpokenWord(_spaceless(amount), match.start(), match.start(2)),
        SpokenWord(name, match.start(3), match.end()),
    ]


_FACTOR = re.compile(r"[\s·⋅]?([^\s·⋅⁻¹²³]+[²³]?)(⁻?)([¹²³]?)")
_SQUARED = {"": "", "¹": "", "²": " squared", "³": " cubed"}
_LENGTHS = {"m": "meter", "cm": "centimeter", "mm": "millimeter", "km": "kilometer"}


def compound(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say 9.8 m s⁻², 5 mol L⁻¹ and 1,600 cm⁻¹, units as science multiplies them."""
    amount, gap = match["amount"], match["gap"]
    if "⁻" not in match["units"]:
        return None
    named: list[str] = []
    has_per = False
    for unit, minus, power in _FACTOR.findall(match["units"]):
        is_several = not named and not minus and not _is_one(amount)
        name = UNITS[unit][is_several] if unit in UNITS else PER_UNITS[unit]
        if unit in _LENGTHS and power in ("²", "³"):
            name = f"{'square' if power == '²' else 'cubic'} {name}"
        else:
            name += _SQUARED[power]
        named.append(f"per {name}" if minus and not has_per else name)
        has_per = has_per or bool(minus)
    if not gap:
        return one_word(f"{_spaceless(amount)} {' '.join(named)}", match)
    return [
        SpokenWord(_spaceless(amount), match.start(), match.start("gap")),
        SpokenWord(" ".join(named), match.start("units"), match.end()),
    ]


_OLD_MONEY = re.compile(
    r"\d+s\.?,?\s(?:and\s)?\d{1,2}[½¼¾]?d\b|£\d[\d,]*,?\s\d{1,2}s\b|"
    r"(?<!\b[Tt]he )\b\d{1,2}d\.?[\s,;]"
)


_MODEL_BEFORE = re.compile(r"\b[A-Z]{3,}\s$")
_ORDINAL_BEFORE = re.compile(rf"(?:\b[Tt]he|\b{MONTH})\s$")


@lru_cache(maxsize=4)
def _is_in_old_money(text: str) -> bool:
    """Whether a text counts in pounds, shillings and pence, so that 10s is a price."""
    return _OLD_MONEY.search(text) is not None


def shillings_or_seconds(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say 14s, in an old book a price, in a new one a time; None for the decade of "the 30s"."""
    amount, before = int(match[1]), passage.before(match.start())
    if before.endswith(("'", "’", "‘")):
        return None  # the '80s, in whatever money
    if _is_in_old_money(passage.text):
        if _AGED.search(before):
            return None
        return one_word(_counted(amount, "shilling", "shillings"), match)
    if (amount % 10 == 0 and amount) or amount > 99:
        return None  # the 30s, two 911s
    if _MODEL_BEFORE.search(before):
        return one_word(numbers.plural(numbers.cardinal(amount)), match)  # MAX 8s
    return one_word(_counted(amount, "second", "seconds"), match)


def pence(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say 6d and 2½d, and the 2d and 23d of the days when second and third ended so."""
    is_ordinal = match[1][-1] in "23" and match[1] not in ("12", "13") and not match[2]
    if is_ordinal and _ORDINAL_BEFORE.search(passage.before(match.start())):
        return one_word(numbers.ordinal(int(match[1])), match)
    if not _is_in_old_money(passage.text):
        return None
    if match[2]:
        part = numbers.fraction(*VULGAR[match[2]]).replace("one ", "a ")
        return one_word(f"{numbers.cardinal(int(match[1]))} and {part} pence", match)
    return one_word(_counted(int(match[1]), "penny", "pence"), match)


def shillings(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 5/-, a price of old."""
    return one_word(_counted(int(match[1]), "shilling", "shillings"), match)


def new_pence(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 10p."""
    return one_word(_counted(int(match[1]), "penny", "pence"), match)


def stones(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say 9st, what a person weighs; None for 21st."""
    amount = int(match[1])
    if amount % 10 == 1 and amount != 11:
        return None
    return one_word(f"{numbers.cardinal(amount)} stone", match)


def _counted(amount: int, one: str, several: str) -> str:
    return f"{numbers.cardinal(amount)} {one if amount == 1 else several}"


def decimal_seconds(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 9.58s."""
    return one_word(f"{numbers.decimal(match[1])} seconds", match)


_COMPASS = {"N": "north", "S": "south", "E": "east", "W": "west"}


def latitude_or_longitude(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 40°26′46″N."""
    names = ("degree", "minute", "second")
    said = [
        f"{numbers.decimal(amount)} {name}" + ("" if _is_one(amount) else "s")
        for amount, name in zip(match.groups(), names, strict=False)
        if amount
    ]
    return one_word(f"{' '.join(said)} {_COMPASS[match[4]]}", match)


def feet_and_inches(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 5'11" and 6ft 2in, and 3'43", a time that somebody ran."""
    feet, inches = int(match[1]), match[2] or match[3]
    if inches and int(inches) > 11:
        return one_word(
            f"{_counted(feet, 'minute', 'minutes')} {numbers.cardinal(int(inches))}", match
        )
    said = f"{numbers.cardinal(feet)} " + ("foot" if feet == 1 or inches else "feet")
    return one_word(said + (f" {numbers.cardinal(int(inches))}" if inches else ""), match)


def by_feet(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 6' x 4'."""
    name = "foot" if match[2] in "'’′" else "inch"
    return one_word(
        f"{numbers.decimal(match[1])} {name} by {numbers.decimal(match[3])} {name}", match
    )


_MEASURES = re.compile(
    r"[\s-](?:thick|long|wide|high|tall|deep|apart|across|away|in|of|from|to|by|and|or|below|above|"
    r"at|on|off|for|is|are|was|were|between|beyond|into|per|so|then|with)\b"
)
_QUOTES = re.compile(r'(?<!\d)"')


def inches(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say 24" of a 24" screen; None where the sign closes a quotation."""
    opened = _QUOTES.findall(passage.text, passage.start, match.start())
    if match[2] == '"' and len(opened) % 2:
        return None
    is_measure = _MEASURES.match(passage.after(match.end()))  # 2" thick, but 2" squares
    is_single = _is_one(match[1]) or _is_adjective(passage, match) or is_measure is None
    return one_word(f"{numbers.decimal(match[1])} {'inch' if is_single else 'inches'}", match)


def part_of_inch(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 1/4" and ½"."""
    top, bottom = VULGAR[match[3]] if match[3] else (int(match[1]), int(match[2]))
    return one_word(f"{numbers.fraction(top, bottom)} inch", match)


def prime(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say the 5′ and 3′ of a strand, 5′-ATG-3′."""
    if "-" not in (passage.before(match.start())[-1:], passage.after(match.end())[:1]):
        return None
    return one_word(f"{numbers.cardinal(int(match[1]))} prime", match)


def _is_one(text: str) -> bool:
    return text in ("1", "1.0")
