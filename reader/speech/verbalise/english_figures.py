"""Figures in English text: money, dates, times, ranges, units, versions and plain numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

from reader.speech.verbalise import english_numbers as numbers
from reader.speech.verbalise.english_arithmetic import (
    bar_time,
    exposure,
    fraction,
    joined_fraction,
    mixed_fraction,
    named_fraction,
    out_of,
    power,
    pressure,
    product,
    ratio,
    scientific,
    times_as_much,
    vulgar,
)
from reader.speech.verbalise.english_dates import (
    MONTH,
    MONTH_BEFORE,
    SPACE,
    day_and_month,
    day_of_month,
    decade,
    dotted_time,
    hour,
    hours_between,
    iso_date,
    military_hour,
    running_time,
    short_year,
    short_years,
    slash_date,
    time_of_day,
    years_to_decade,
)
from reader.speech.verbalise.english_measures import (
    by_feet,
    compound,
    decimal_seconds,
    feet_and_inches,
    inches,
    latitude_or_longitude,
    measure,
    money,
    money_behind,
    money_with_comma,
    new_pence,
    pence,
    prime,
    rate,
    rate_in,
    scaled,
    shillings,
    shillings_or_seconds,
    stones,
)
from reader.speech.verbalise.english_tables import (
    BY_PAIRS,
    CURRENCY_CODES,
    NUMBERED_BOOKS,
    PER_UNITS,
    SCRIPTURES,
    SERIES,
    UNITS,
    VULGAR,
)
from reader.speech.verbalise.words import Passage, SpokenWord, one_word

_Rule = Callable[[Passage, "re.Match[str]"], list[SpokenWord] | None]

_DASH = "[-–—‑−]"
_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|[1-9]\d{0,2}(?: 000)+(?!\d)|"
    r"\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)"
    r"|\d+(?:\.\d+)?|\.\d+)"
)
_END = r"(?![\w]|[.,]\d)"
_SIGN = "[$£€¥₹₩₽₿₺]"
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
    rf"our|my|a|this|that|these|those|and|to|for|during|around|about|between)\s|\b{MONTH}\s"
    r"|[,–—-]\s?)$",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(rf"([^\W\d_]+(?:['’][^\W\d_]+)*)\.?{SPACE}$")
_VERSION_BEFORE = re.compile(
    r"\b(?:[vV]ersion|Python|[rR]elease|[sS]ections?|[cC]hapters?|§)[:\s]\s?$"
)
_PRERELEASE = re.compile(r"(?:rc|alpha|beta|dev|pre|post)\d*|[ab]\d+")
_ZIP_BEFORE = re.compile(r"\b(?i:ZIP(?: code)?) $|, [A-Z]{2} $")
_CODE = "(?:" + "|".join(CURRENCY_CODES) + r")"
_VULGAR = "".join(VULGAR)
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_UNIT_BELOW = "|".join(sorted(map(re.escape, PER_UNITS), key=len, reverse=True))
_FACTOR = rf"(?:{_UNIT}|{_UNIT_BELOW})(?:⁻?[¹²³])?(?![\w⁻¹²³])"
_UNIT_BEHIND = rf"(?:(?P<gap>{SPACE})?(?P<unit>{_UNIT})(?:/(?P<below>{_UNIT_BELOW}))?(?![\w/²³]))?"


def say_figures(passage: Passage, position: int) -> tuple[list[SpokenWord], int] | None:
    """Return what is said for the figures that start at `position` and where they end."""
    for pattern, rule in _RULES:
        match = pattern.match(passage.text, position, passage.end)
        if match:
            words = rule(passage, match)
            if words is not None:
                return words, max(match.end(), words[-1].end)
    return None


def _book_number(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say the 1 of 1 Corinthians."""
    return one_word(numbers.ordinal(int(match[1])), match)


def _verse(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    if _word_before(passage, match) not in SCRIPTURES:
        return None
    said = f"{numbers.cardinal(int(match[1]))}, {numbers.cardinal(int(match[2]))}"
    if match[3]:
        said += f" to {numbers.cardinal(int(match[3]))}"
    return one_word(said, match)


def _word_before(passage: Passage, match: re.Match[str]) -> str:
    """Return the word that stands before a figure, in small letters, or nothing."""
    found = _WORD_BEFORE.search(passage.before(match.start()))
    return found[1].lower().replace("’", "'") if found else ""


def _line_up(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 4-4-2, figure by figure."""
    return one_word(" ".join(numbers.cardinal(int(match[group])) for group in (1, 2, 3)), match)


# -- numbers -------------------------------------------------------------------------------------


def _phone(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    groups = re.findall(r"\d+", match.group())
    lead = "plus " if match.group().startswith("+") else ""
    return one_word(lead + ", ".join(numbers.digits(group) for group in groups), match)


def _version(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    parts = [numbers.cardinal(int(part)) for part in match.group().split(".")]
    return one_word(" point ".join(parts), match)


def _lettered_version(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say the 4.1s of "version 4.1s" and a 2.0rc1 anywhere."""
    is_named = _VERSION_BEFORE.search(passage.before(match.start())) is not None
    if not is_named and not _PRERELEASE.fullmatch(match[2]):
        return None
    figures = " point ".join(numbers.cardinal(int(part)) for part in match[1].split("."))
    letters = re.sub(r"(\d+)$", lambda n: f" {numbers.cardinal(int(n[1]))}", match[2])
    return one_word(f"{figures} {letters}", match)


def _grouped(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 1.000.000, as much of Europe groups figures."""
    return one_word(numbers.cardinal(numbers.integer_of(match.group())), match)


def _century(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say the 19th-c. of "a 19th-c. house"."""
    return one_word(f"{numbers.ordinal(int(match[1]))} century", match)


def _screen_lines(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say the 1080p of a screen."""
    return one_word(f"{numbers.cardinal(int(match[1]))} {numbers.cardinal(int(match[2]))} p", match)


def _ordinal(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    return one_word(numbers.ordinal(numbers.integer_of(match[1])), match)


def _and_following(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    return one_word(f"{numbers.cardinal(int(match[1]))} and following", match)


def _range(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    low, high = match[1], match[2]
    if low.isdecimal() and high.isdecimal() and len(low) == 4 and len(high) in (2, 4):
        first = int(low)
        if 1100 <= first < 2100:
            last = numbers.year(int(high)) if len(high) == 4 else short_year(high)
            return one_word(f"{numbers.year(first)} to {last}", match)
    months = MONTH_BEFORE.search(passage.before(match.start()))
    if months and low.isdecimal() and high.isdecimal() and int(low) < int(high) <= 31:
        return one_word(f"{numbers.ordinal(int(low))} to {numbers.ordinal(int(high))}", match)
    between = " " if low == high else " to "  # 50-50
    return one_word(f"{numbers.decimal(low)}{between}{numbers.decimal(high)}", match)


def _signed(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    found = say_figures(passage, match.end())
    if found is None:
        return None
    (first, *others), _ = found
    name = {"+": "plus", "±": "plus or minus", "~": "about", "≈": "about"}.get(match[1], "minus")
    return [SpokenWord(f"{name} {first.spoken}", match.start(), first.end), *others]


def _ordinals(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say 13th–14th."""
    return one_word(
        " to ".join(numbers.ordinal(numbers.integer_of(n)) for n in match.groups()), match
    )


def _plain(passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    text = match.group()
    value = text.replace(",", "")
    is_early_year = value == text and value.isdecimal() and 1000 < int(value) < 1100
    if is_early_year and _YEAR_CONTEXT.search(passage.before(match.start())):
        return one_word(f"ten {numbers.year(int(value) + 100).split(' ', 1)[1]}", match)
    is_count = value == text and len(value) == 4 and _COUNTED.match(passage.after(match.end()))
    if is_count and not _DATED.search(passage.before(match.start())):
        return one_word(numbers.decimal(text), match)
    if value == text and len(value) == 3 and _word_before(passage, match) in BY_PAIRS:
        return one_word(_by_pairs(value), match)
    if len(value) == 5 and value == text and _ZIP_BEFORE.search(passage.before(match.start())):
        return one_word(numbers.digits(value), match)
    if not value.isdecimal() and _VERSION_BEFORE.search(passage.before(match.start())):
        return _version(passage, match)
    if value == text and len(value) == 4 and _word_before(passage, match) in SERIES:
        said = numbers.cardinal if value[1:3] == "00" else numbers.year
        return one_word(said(int(value)), match)
    return one_word(numbers.number_in_prose(text), match)


def _by_pairs(text: str) -> str:
    first, rest = numbers.cardinal(int(text[0])), int(text[1:])
    if rest == 0:
        return f"{first} hundred"
    return f"{first} {'oh ' if rest < 10 else ''}{numbers.cardinal(rest)}"


_HALF = r"(?:[ap]\.?m\b|[AP]\.?M\b)\.?"
_HOURS_BETWEEN = tuple(
    rf"(?P<hour>{hours}){minutes}(?:{SPACE}?(?P<half>{_HALF})){half}{SPACE}?{_DASH}{SPACE}?"
    rf"(?P<last_hour>{hours}){last_minutes}(?:{SPACE}?(?P<last_half>{_HALF})){last_half}(?![\w:])"
    for hours, minutes, half, last_minutes, last_half in (
        (
            r"1[0-2]|0?[1-9]",
            r"(?:[.:](?P<minute>[0-5]\d))?",
            "?",
            r"(?:[.:](?P<last_minute>[0-5]\d))?",
            "",
        ),
        (r"2[0-4]|[01]?\d", r":(?P<minute>[0-5]\d)", "?", r":(?P<last_minute>[0-5]\d)", "?"),
    )
)
_SUFFIX = rf"(?P<suffix>{SPACE}?(?:[ap]\.{SPACE}?m\.|[ap]m\b|[AP]\.{SPACE}?M\.|[AP]M\b))"
_RULES: tuple[tuple[re.Pattern[str], _Rule], ...] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (rf"([{_VULGAR}]){_UNIT_BEHIND}", vulgar),
        (
            rf"(?P<country>US|AU|CA|NZ|HK|Can|[ACSR])?"
            rf"(?:(?P<sign>{_SIGN})|(?<![A-Za-z])(?P<code>{_CODE})\.?){SPACE}?"
            rf"(?P<low>{_NUMBER})(?:{_DASH}{_SIGN}?(?P<high>{_NUMBER}))?"
            r"(?:(?P<gap>[ \u00a0\u202f-])?"
            r"(?P<scale>(?i:hundred|thousand|million|billion|trillion)|mn|bn|Bn|tn|[kKmMbBT])(?!\w))?"
            rf"(?![\w]|[,.]\d)(?P<noun>(?=-[a-z])|(?=\s(?:bill|note|coin|ticket|tip|fine|lunch)s?\b))?",
            money,
        ),
        (r"([€£])(\d{1,3}),(\d{2})(?![\w,]|\.\d)", money_with_comma),
        (
            r"(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,5}(?:[ .-]\d{2,5}){1,4}"
            r"|0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}|(?:1[ .-])?\d{3}[ .-]\d{3}[ .-]\d{4}|\d{3}-\d{4}"
            r"|\d{1,5}(?:-\d{1,7}){3,4}(?:-[\dX])?)(?![\w-])",
            _phone,
        ),
        (rf"([-−–+±~≈])(?=[\d.]|{_SIGN}\d)", _signed),
        (r"(\d{4})-(\d{2})-(\d{2})(?![\w-])", iso_date),
        (r"([12]\d{3})/(\d{1,2})/(\d{1,2})(?![\w/])", iso_date),
        (
            rf"(\d{{1,2}})([/.-])(\d{{1,2}})\2(\d{{4}}|(?<=/)\d{{2}}|(?<=(?:1[3-9]|2\d|3[01])\.\d\d\.)\d{{2}})(?!/|\.\w){_END}",
            slash_date,
        ),
        (
            r"(\d{1,2})[ \u00a0-]?(?:ft|foot)\.?[ \u00a0-]?(\d{1,2})[ \u00a0-]?ins?\b()",
            feet_and_inches,
        ),
        (r"([35])′(?!\s?\d)", prime),
        (r"(\d{1,3})(['’′\"″])\s?[x×]\s?(\d{1,3})\2(?!\w)", by_feet),
        (r"(\d{1,2})(?:′\s?(?:(\d{1,2})[″\"”])?|['’]\s?(\d{1,2})[\"”″])", feet_and_inches),
        (r"(\d{1,3}(?:\.\d)?)([\"″])(?=[\s-][a-z])", inches),
        (r"([1-9]\d?)-([1-9]\d?)/(2|3|4|8|16|32)(?![\d/\w])", joined_fraction),
        (r"([1-9]\d?)/(\d{1,2})ths?(?!\w)", named_fraction),
        (r"(\d{2})[-–]['’‘](\d{2})(?!\w)", short_years),
        (rf"(\d{{1,3}}):(\d{{1,3}})(?:{_DASH}(\d{{1,3}}))?(?![\w:])", _verse),
        (
            rf"([123])(?={SPACE}(?:(?:{NUMBERED_BOOKS})\.?{SPACE}\d|"
            r"(?:Corinthians|Thessalonians|Chronicles)\b))",
            _book_number,
        ),
        (r"([01]\d|2[0-4])([0-5]\d)(?=\s(?:hours|hrs)\b(?!\sof))", military_hour),
        (r"(\d{1,2}):([0-5]\d)\.(\d{1,3})(?!\w)", running_time),
        (
            r"(\d{1,3}(?:\.\d+)?)°\s?(?:(\d{1,2}(?:\.\d+)?)[′'’]\s?)?(?:(\d{1,2}(?:\.\d+)?)[″\"”]\s?)?([NSEW])(?!\w)",
            latitude_or_longitude,
        ),
        *((pattern, hours_between) for pattern in _HOURS_BETWEEN),
        (r"(\d{1,2})-(\d{1,2})-(\d{1,2})(?![\w-])", _line_up),
        (r"(\d+(?:\.\d+)?)(?:e|E(?=[-−+]))([-−+]?)(\d{1,3})(?!\w)", scientific),
        (rf"({_NUMBER})x(?=\s(?:more|less|fewer|as|the|[a-z]+er)\b)", times_as_much),
        (
            r"(1\d|2[0-3]|[1-9])\.([0-5][05])(?![\w.]\d|[\w%°]|\s?(?:%|°|[x×]|million|billion|per|times|"
            rf"points?|percent|met(?:er|re)s?|miles?|feet|dollars|{_UNIT})(?!\w))",
            dotted_time,
        ),
        (r"(\d+(?:\.\d+)+)([a-z]+\d*)(?!\w)", _lettered_version),
        (r"(\d+\.\d+)s(?!\w)", decimal_seconds),
        (rf"({_NUMBER})\^([-−])?(\d{{1,3}})(?!\w){_UNIT_BEHIND}", power),
        (rf"({_NUMBER})(⁻)([²³¹⁰⁴-⁹]{{1,3}})(?!\w){_UNIT_BEHIND}", power),
        (rf"([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?{_SUFFIX}?(?!\w)", time_of_day),
        (rf"(1[0-2]|0?[1-9])(?:[.:]([0-5]\d))?{_SUFFIX}", hour),
        (rf"[1-9]\d{{0,2}}(?:\.\d{{3}}){{2,}}{_END}", _grouped),
        (rf"\d+(?:\.\d+){{2,}}{_END}", _version),
        (rf"(\d+)(?:st|nd|rd|th){_DASH}(\d+)(?:st|nd|rd|th)(?![^\W_])", _ordinals),
        (r"(\d{1,2})st(?!\w)", stones),
        (r"(\d{1,2})(?:st|nd|rd|th)-c\.", _century),
        (r"(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th|ST|ND|RD|TH)(?!\w)", _ordinal),
        (rf"(\d{{1,2}})(?={SPACE}{MONTH}(?!\w))", day_and_month),
        (rf"(\d{{4}}){_DASH}['’]?(\d{{2}}|\d{{4}})['’]?s(?!\w)", years_to_decade),
        (r"(\d{1,4})(?:\s?ff\.?|f\.)(?=[\s,;:)]|$)", _and_following),
        (r"(\d{1,3})s(?![\w-])", shillings_or_seconds),
        (r"(\d{1,2})d(?!\w)", pence),
        (r"(\d{1,2})/[-–](?!\w)", shillings),
        (r"([1-9]\d?)p(?!\w)", new_pence),
        (r"(\d{1,2})(\d{2})p(?!\w)", _screen_lines),
        (rf"(\d{{2,4}})['’]?s(?:{_DASH}['’]?(\d{{2,4}})['’]?s)?(?!\w)", decade),
        (
            rf"(?P<amount>{_NUMBER})(?P<gap>{SPACE})?"
            rf"(?P<units>{_FACTOR}(?:[ \u00a0\u202f\u2009·⋅]{_FACTOR})*)",
            compound,
        ),
        (
            rf"({_NUMBER})(?:{_DASH}({_NUMBER}))?({SPACE})?({_UNIT})/({_UNIT_BELOW})"
            rf"(?:/({_UNIT_BELOW}))?(?![\w/²³])",
            rate,
        ),
        (
            rf"({_NUMBER})({SPACE})?({_UNIT})/(\d+){SPACE}?({_UNIT})(?![\w/²³])",
            rate_in,
        ),
        (
            rf"({_NUMBER})(?:{_DASH}({_NUMBER}))?({SPACE}|-(?=\w))?({_UNIT})(?![\w/²³]|[-'’]\w|\.[A-Z]\.)",
            measure,
        ),
        (rf"({_NUMBER})(k|M|bn)(?!\w)", scaled),
        (rf"({_NUMBER})({SPACE})?({_SIGN}|{_CODE})(?!\w)", money_behind),
        (rf"(\d{{1,2}})(?:{_DASH}(\d{{1,2}}))?(?![\d:/]|[.,]\d|\w)(?!{_DASH}\d)", day_of_month),
        (
            rf"({_NUMBER})[ \u00a0]?(?:([{_VULGAR}])|"
            r"(?<=[ \u00a0])(\d{1,2})[/⁄](\d{1,2})(?![\d/]))",
            mixed_fraction,
        ),
        (r"(\d{1,2}\.\d{1,2})/(4|5|10|20|100)(?![\d/\w])", out_of),
        (rf"([1-9])[/⁄]([1-9]\d{{1,3}}){SPACE}?(?:s|sec)(?!\w)", exposure),
        (rf"([2-9]|12)[/⁄]([248]|16)(?={SPACE}(?:time|met(?:er|re)|signature)\b)", bar_time),
        (rf"(\d{{2,3}})/(\d{{2,3}})(?![/\w]){_UNIT_BEHIND}", pressure),
        (rf"([1-9]\d{{0,3}}|0)[/⁄]([1-9]\d{{0,3}})(?![/\w]){_UNIT_BEHIND}", fraction),
        (
            rf"(?P<factors>{_NUMBER}(?:{SPACE}?[x×]{SPACE}?{_NUMBER})+)(?:(?<=\d){_END}(?![\^⁻])|(?=[a-z])){_UNIT_BEHIND}",
            product,
        ),
        (rf"({_NUMBER}){_DASH}({_NUMBER}){_END}(?!{_DASH}\d)", _range),
        (r"(\d+):(\d+)(?![\w:])", ratio),
        (rf"{_NUMBER}(?!\w)", _plain),
    )
)
