"""Figures in English text: money, dates, times, ranges, units, versions and plain numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from reader.speech.verbalise import english_numbers as numbers
from reader.speech.verbalise.english_tables import (
    BY_PAIRS,
    COUNTRIES,
    CURRENCIES,
    CURRENCY_CODES,
    NEEDS_SPACE,
    SCALES,
    SCRIPTURES,
    UNITS,
    VULGAR,
)
from reader.speech.verbalise.words import Passage, SpokenWord

_Rule = Callable[[Passage, "re.Match[str]"], list[SpokenWord] | None]

_SPACE = "[ \u00a0\u202f\u2009]"
_DASH = "[-–—‑−]"
_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)"
    r"|\d+(?:\.\d+)?|\.\d+)"
)
_END = r"(?![\w]|[.,]\d)"
_SIGN = "[$£€¥₹₩₽₿₺]"
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_MONTH_BEFORE = re.compile(rf"\b{_MONTH}{_SPACE}$")
_MONTH_AFTER = re.compile(rf"{_SPACE}(?:of )?{_MONTH}(?!\w)")
_YEAR_CONTEXT = re.compile(
    r"\b(?:in|by|since|from|until|till|before|after|of|year|A\.?D\.?|circa|to|and|around|about)\s$",
    re.IGNORECASE,
)
# 2013 people, but: in 1984 films changed; the 1984 films; May 1999 saw
_COUNTED = re.compile(
    r"[\s\u00a0](?:people|men|women|children|persons|soldiers|troops|workers|students|teachers|"
    r"prisoners|refugees|migrants|voters|members|players|patients|employees|families|households|"
    r"victims|villages|houses|homes|schools|ships|planes|cars|horses|words|pages|books|copies|"
    r"votes|jobs|dollars|pounds|euros|francs|miles|feet|meters|metres|tons|tonnes|acres|years|"
    r"days|hours|times|stars)(?!\w)"
)
_DATED = re.compile(
    rf"(?:\b(?:in|since|from|until|till|before|after|of|by|the|early|late|mid|year|its|his|her|their|"
    rf"our|my|a|this|that|these|those|and|to|for|during|around|about|between)\s|\b{_MONTH}\s"
    r"|[,–—-]\s?)$",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(rf"([^\W\d_]+)\.?{_SPACE}$")
_ZIP_BEFORE = re.compile(r"\bZIP(?: code)? $", re.IGNORECASE)
_VULGAR = "".join(VULGAR)
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))


def say_figures(passage: Passage, position: int) -> tuple[list[SpokenWord], int] | None:
    """Return what is said for the figures that start at `position` and where they end."""
    for pattern, rule in _RULES:
        match = pattern.match(passage.text, position, passage.end)
        if match:
            words = rule(passage, match)
            if words is not None:
                return words, max(match.end(), words[-1].end)
    return None


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
            return numbers.digits(clean)
        if len(clean) == 4 and 1100 <= value < 2100 and not grouped:
            return numbers.year(value)
        if len(clean) > 9 and not grouped and value % 1000:
            return numbers.digits(clean)  # an account, not an amount
    return numbers.decimal(clean)


def _one(spoken: str, match: re.Match[str]) -> list[SpokenWord]:
    return [SpokenWord(spoken, match.start(), match.end())]


def _is_one(text: str) -> bool:
    return text in ("1", "1.0")


# -- dates and times ---------------------------------------------------------------------------


def _iso_date(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    year, month, day = (int(match[group]) for group in (1, 2, 3))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return _one(_date_said(year, month, day), match)


def _date_said(year: int | None, month: int, day: int) -> str:
    said = f"{numbers.MONTHS[month - 1]} {numbers.ordinal(day)}"
    return said if year is None else f"{said}, {numbers.year(year)}"


def _slash_date(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    # month first, as in the United States, unless it can't be
    month, day = (second, first) if first > 12 or match[2] == "." else (first, second)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if len(match[4]) == 2:
        year += 1900 if year > 50 else 2000
    return _one(_date_said(year, month, day), match)


def _day_and_month(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    day = int(match[1])
    if not 1 <= day <= 31 or not _MONTH_AFTER.match(passage.after(match.end())):
        return None
    lead = "" if re.search(r"\b(?:the|on the)\s$", passage.before(match.start()), re.I) else "the "
    return _one(f"{lead}{numbers.ordinal(day)} of", match)


def _day_of_month(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    if not 1 <= int(match[1]) <= 31 or not _MONTH_BEFORE.search(passage.before(match.start())):
        return None
    last = match[2]
    if last is None:
        return _one(numbers.ordinal(int(match[1])), match)
    if not int(match[1]) < int(last) <= 31:
        return None
    return _one(f"{numbers.ordinal(int(match[1]))} to {numbers.ordinal(int(last))}", match)


def _time(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    hours, minutes, seconds, suffix = match[1], int(match[2]), match[3], match["suffix"]
    said = numbers.clock(int(hours), minutes, bool(suffix))
    if seconds:
        said += f" and {numbers.cardinal(int(seconds))} second" + ("s" if int(seconds) != 1 else "")
    return _with_suffix(said, match)


def _verse(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    if _word_before(passage, match) not in SCRIPTURES:
        return None
    said = f"{numbers.cardinal(int(match[1]))}, {numbers.cardinal(int(match[2]))}"
    if match[3]:
        said += f" to {numbers.cardinal(int(match[3]))}"
    return _one(said, match)


def _word_before(passage: Passage, match: re.Match[str]) -> str:
    """Return the word that stands before a figure, in small letters, or nothing."""
    found = _WORD_BEFORE.search(passage.before(match.start()))
    return found[1].lower() if found else ""


def _hour(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    said = numbers.cardinal(int(match[1]))
    if match[2]:
        said = numbers.clock(int(match[1]), int(match[2]), has_suffix=True)
    return _with_suffix(said, match)


def _with_suffix(said: str, match: re.Match[str]) -> list[SpokenWord]:
    """Add "A.M": a word of its own where a space stands before it."""
    suffix = match["suffix"]
    if not suffix:
        return _one(said, match)
    half = "A.M" if suffix.lstrip()[0] in "aA" else "P.M"
    if suffix[0].isspace():
        cut = match.start("suffix")
        return [
            SpokenWord(said, match.start(), cut),
            SpokenWord(half, cut + 1, match.end()),
        ]
    return _one(f"{said} {half}", match)


# -- money, measures -----------------------------------------------------------------------------


def _money(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    names = CURRENCIES[match["sign"] or CURRENCY_CODES[match["code"]]]
    country = COUNTRIES.get(match["country"] or "", "")
    low, high, scale, adjective = match["low"], match["high"], match["scale"], match["noun"]
    one, several = (f"{country} {name}".strip() for name in names[:2])
    scale_said = SCALES.get(scale, scale.lower()) if scale else ""
    is_single = adjective is not None or (_is_one(low) and not high and not scale)
    unit = one if is_single else several
    if high:
        amount = f"{numbers.decimal(low)} to {numbers.decimal(high)}"
    elif not scale and re.fullmatch(r"[\d,]+\.\d\d", low):
        return _one(_with_cents(low, one, several, names[2:]), match)
    else:
        amount = numbers.decimal(low)
    if scale and match["gap"]:
        return [
            SpokenWord(amount, match.start(), match.start("gap")),
            SpokenWord(f"{scale_said} {unit}", match.start("scale"), match.end()),
        ]
    return _one(" ".join(filter(None, (amount, scale_said, unit))), match)


def _with_cents(amount: str, one: str, several: str, small: tuple[str, ...]) -> str:
    whole, cents = amount.replace(",", "").split(".")
    coins = f"{numbers.cardinal(int(cents))} {small[int(cents) != 1]}"
    if int(whole) == 0:
        return coins
    notes = f"{numbers.cardinal(int(whole))} {one if int(whole) == 1 else several}"
    return f"{notes} and {coins}" if int(cents) else notes


def _money_with_comma(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say €3,50, as prices stand in much of Europe."""
    one, several, *small = CURRENCIES[match[1]]
    return _one(_with_cents(f"{match[2]}.{match[3]}", one, several, tuple(small)), match)


def _money_behind(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    one, several = CURRENCIES[match[3] if match[3] in CURRENCIES else CURRENCY_CODES[match[3]]][:2]
    name = one if _is_one(match[1]) else several
    if match[2]:
        return [
            SpokenWord(numbers.decimal(match[1]), match.start(), match.start(2)),
            SpokenWord(name, match.start(3), match.end()),
        ]
    return _one(f"{numbers.decimal(match[1])} {name}", match)


def _measure(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    amount, high, gap, unit = match[1], match[2], match[3], match[4]
    if unit in NEEDS_SPACE and not gap:
        return None
    name = UNITS[unit][not (_is_one(amount) and not high)]
    said = _spaceless(amount)
    if high:
        said += f" to {_spaceless(high)}"
    if gap:
        return [
            SpokenWord(said, match.start(), match.start(3)),
            SpokenWord(name, match.start(4), match.end()),
        ]
    return _one(f"{said} {name}", match)


def _spaceless(amount: str) -> str:
    return numbers.decimal(re.sub(r"\s", "", amount))


def _scaled(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    return _one(f"{numbers.decimal(match[1])} {SCALES[match[2]]}", match)


def _feet(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    feet, inches = int(match[1]), match[2] or match[3]
    said = f"{numbers.cardinal(feet)} " + ("foot" if feet == 1 or inches else "feet")
    return _one(said + (f" {numbers.cardinal(int(inches))}" if inches else ""), match)


def _power(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    minus = "minus " if match[2] else ""
    exponent = int(unicodedata.normalize("NFKC", match[3]))
    return _one(f"{numbers.decimal(match[1])} to the {minus}{numbers.ordinal(exponent)}", match)


def _line_up(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 4-4-2, figure by figure."""
    return _one(" ".join(numbers.cardinal(int(match[group])) for group in (1, 2, 3)), match)


def _product(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    factors = re.split(r"\s*[x×]\s*", match.group())
    return _one(" by ".join(numbers.decimal(factor) for factor in factors), match)


# -- numbers -------------------------------------------------------------------------------------


def _phone(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    groups = re.findall(r"\d+", match.group())
    lead = "plus " if match.group().startswith("+") else ""
    return _one(lead + ", ".join(numbers.digits(group) for group in groups), match)


def _version(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    parts = [numbers.cardinal(int(part)) for part in match.group().split(".")]
    return _one(" point ".join(parts), match)


def _ordinal(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    return _one(numbers.ordinal(integer_of(match[1])), match)


def _decade(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    decades = [
        numbers.plural(numbers.year(int(part)) if len(part) == 4 else numbers.cardinal(int(part)))
        for part in match.groups()
        if part
    ]
    return _one(" to ".join(decades), match)


def _years_to_decade(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    last = match[2]
    decade = numbers.year(int(last)) if len(last) == 4 else numbers.cardinal(int(last))
    return _one(f"{numbers.year(int(match[1]))} to {numbers.plural(decade)}", match)


def _and_following(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    return _one(f"{numbers.cardinal(int(match[1]))} and following", match)


def _range(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    low, high = match[1], match[2]
    if low.isdecimal() and high.isdecimal() and len(low) == 4 and len(high) in (2, 4):
        first = int(low)
        if 1100 <= first < 2100:
            last = numbers.year(int(high)) if len(high) == 4 else _short_year(high)
            return _one(f"{numbers.year(first)} to {last}", match)
    months = _MONTH_BEFORE.search(passage.before(match.start()))
    if months and low.isdecimal() and high.isdecimal() and int(low) < int(high) <= 31:
        return _one(f"{numbers.ordinal(int(low))} to {numbers.ordinal(int(high))}", match)
    return _one(f"{numbers.decimal(low)} to {numbers.decimal(high)}", match)


def _short_year(text: str) -> str:
    value = int(text)
    return numbers.cardinal(value) if value >= 10 else f"oh {numbers.cardinal(value)}"


def _mixed_fraction(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    top, bottom = VULGAR[match[2]] if match[2] else (int(match[3]), int(match[4]))
    if not 0 < top < bottom <= 100:
        return None
    part = numbers.fraction(top, bottom)
    part = part.replace("one ", "a ", 1) if top == 1 else part
    return _one(f"{numbers.decimal(match[1])} and {part}", match)


def _fraction(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    top, bottom = int(match[1]), int(match[2])
    if bottom in (5, 10, 100) and top <= bottom:
        said = f"{numbers.cardinal(top)} out of {numbers.cardinal(bottom)}"
    elif (
        0 < top < bottom
        and bottom in (2, 3, 4, 6, 7, 8, 9, 12, 16, 32, 64)
        and (top, bottom) != (9, 11)
    ):
        said = numbers.fraction(top, bottom)
    else:
        said = f"{number_in_prose(match[1])} {number_in_prose(match[2])}"
    return _one(said, match)


def _vulgar(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    return _one(numbers.fraction(*VULGAR[match.group()]), match)


def _signed(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    found = say_figures(passage, match.end())
    if found is None:
        return None
    (first, *others), _ = found
    name = {"+": "plus", "±": "plus or minus", "~": "about", "≈": "about"}.get(match[1], "minus")
    return [SpokenWord(f"{name} {first.spoken}", match.start(), first.end), *others]


def _ratio(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    return _one(f"{numbers.cardinal(int(match[1]))} to {numbers.cardinal(int(match[2]))}", match)


def _plain(passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    text = match.group()
    value = text.replace(",", "")
    is_early_year = value == text and value.isdecimal() and 1000 < int(value) < 1100
    if is_early_year and _YEAR_CONTEXT.search(passage.before(match.start())):
        return _one(f"ten {numbers.year(int(value) + 100).split(' ', 1)[1]}", match)
    is_count = value == text and len(value) == 4 and _COUNTED.match(passage.after(match.end()))
    if is_count and not _DATED.search(passage.before(match.start())):
        return _one(numbers.decimal(text), match)
    if value == text and len(value) == 3 and _word_before(passage, match) in BY_PAIRS:
        return _one(_by_pairs(value), match)
    if len(value) == 5 and value == text and _ZIP_BEFORE.search(passage.before(match.start())):
        return _one(numbers.digits(value), match)
    if not value.isdecimal() and re.search(
        r"\b(?:[vV]ersion|Python|release)\s$", passage.before(match.start())
    ):
        return _version(passage, match)
    return _one(number_in_prose(text), match)


def _by_pairs(text: str) -> str:
    first, rest = numbers.cardinal(int(text[0])), int(text[1:])
    if rest == 0:
        return f"{first} hundred"
    return f"{first} {'oh ' if rest < 10 else ''}{numbers.cardinal(rest)}"


_SUFFIX = rf"(?P<suffix>{_SPACE}?(?:[ap]\.{_SPACE}?m\.|[ap]m\b|[AP]\.{_SPACE}?M\.|[AP]M\b))"
_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (f"[{_VULGAR}]", _vulgar),
        (
            rf"(?P<country>US|AU|CA|NZ|HK|Can|[ACSR])?"
            rf"(?:(?P<sign>{_SIGN})|(?P<code>USD|EUR|GBP|JPY|INR)){_SPACE}?"
            rf"(?P<low>{_NUMBER})(?:{_DASH}{_SIGN}?(?P<high>{_NUMBER}))?"
            r"(?:(?P<gap>[ \u00a0\u202f-])?"
            r"(?P<scale>(?i:hundred|thousand|million|billion|trillion)|mn|bn|Bn|tn|[kKmMbBT])(?!\w))?"
            rf"(?![\w]|[,.]\d)(?P<noun>(?=-[a-z])|(?=\s(?:bill|note|coin|ticket|tip|fine|lunch)s?\b))?",
            _money,
        ),
        (r"([€£])(\d{1,3}),(\d{2})(?![\w,]|\.\d)", _money_with_comma),
        (
            r"(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,5}(?:[ .-]\d{2,5}){1,4}"
            r"|0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}|(?:1[ .-])?\d{3}[ .-]\d{3}[ .-]\d{4}|\d{3}-\d{4}"
            r"|\d{1,5}(?:-\d{1,7}){3,4}(?:-[\dX])?)(?![\w-])",
            _phone,
        ),
        (rf"([-−–+±~≈])(?=[\d.]|{_SIGN}\d)", _signed),
        (r"(\d{4})-(\d{2})-(\d{2})(?![\w-])", _iso_date),
        (rf"(\d{{1,2}})([/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}})(?![./]){_END}", _slash_date),
        (r"(\d{1,2})(?:′\s?(?:(\d{1,2})[″\"”])?|['’](\d{1,2})[\"”″])", _feet),
        (rf"(\d{{1,3}}):(\d{{1,3}})(?:{_DASH}(\d{{1,3}}))?(?![\w:])", _verse),
        (r"(\d)-(\d)-(\d)(?![\w-])", _line_up),
        (rf"({_NUMBER})\^([-−])?(\d{{1,3}})(?!\w)", _power),
        (rf"({_NUMBER})(⁻)([²³¹⁰⁴-⁹]{{1,3}})(?!\w)", _power),
        (rf"([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?{_SUFFIX}?(?!\w)", _time),
        (rf"(1[0-2]|0?[1-9])(?:[.:]([0-5]\d))?{_SUFFIX}", _hour),
        (rf"\d+(?:\.\d+){{2,}}{_END}", _version),
        (r"(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th|ST|ND|RD|TH)(?!\w)(?=\sof\s)", _ordinal),
        (r"(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th|ST|ND|RD|TH)(?!\w)", _ordinal),
        (rf"(\d{{1,2}})(?={_SPACE}{_MONTH}(?!\w))", _day_and_month),
        (rf"(\d{{4}}){_DASH}['’]?(\d{{2}}|\d{{4}})['’]?s(?!\w)", _years_to_decade),
        (r"(\d{1,4})(?:\s?ff\.?|f\.)(?=[\s,;:)]|$)", _and_following),
        (rf"(\d{{2,4}})['’]?s(?:{_DASH}['’]?(\d{{2,4}})['’]?s)?(?!\w)", _decade),
        (
            rf"({_NUMBER})(?:{_DASH}({_NUMBER}))?({_SPACE}|-(?=\w))?({_UNIT})(?![\w/²³]|[-'’]\w|\.[A-Z]\.)",
            _measure,
        ),
        (rf"({_NUMBER})(k|M|bn)(?!\w)", _scaled),
        (rf"({_NUMBER})({_SPACE})?({_SIGN}|USD|EUR|GBP|JPY|INR)(?!\w)", _money_behind),
        (rf"(\d{{1,2}})(?:{_DASH}(\d{{1,2}}))?(?![\d:/]|[.,]\d|\w)(?!{_DASH}\d)", _day_of_month),
        (
            rf"({_NUMBER})[ \u00a0]?(?:([{_VULGAR}])|"
            r"(?<=[ \u00a0])(\d{1,2})[/⁄](\d{1,2})(?![\d/]))",
            _mixed_fraction,
        ),
        (r"([1-9]\d{0,3}|0)[/⁄]([1-9]\d{0,3})(?![/\w])", _fraction),
        (rf"{_NUMBER}(?:{_SPACE}?[x×]{_SPACE}?{_NUMBER})+{_END}", _product),
        (rf"({_NUMBER}){_DASH}({_NUMBER}){_END}(?!{_DASH}\d)", _range),
        (r"(\d+):(\d+)(?![\w:])", _ratio),
        (rf"{_NUMBER}(?!\w)", _plain),
    )
)
