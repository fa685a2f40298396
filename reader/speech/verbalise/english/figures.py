"""Figures in English text: money, dates, times, ranges, units, versions and plain numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

from reader.speech.verbalise.english.arithmetic import (
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
from reader.speech.verbalise.english.citations import book_number, verse
from reader.speech.verbalise.english.dates import (
    MONTH,
    SPACE,
    day_and_month,
    day_of_month,
    decade,
    dotted_time,
    duration,
    hour,
    hours_between,
    iso_date,
    iso_moment,
    military_hour,
    minutes_and_seconds,
    running_time,
    short_years,
    slash_date,
    time_of_day,
    years_to_decade,
)
from reader.speech.verbalise.english.formulas import raised_letter
from reader.speech.verbalise.english.measures import (
    by_feet,
    compound,
    decimal_seconds,
    feet_and_inches,
    inches,
    latitude_or_longitude,
    measure,
    measures_between,
    millions,
    money,
    money_behind,
    money_with_comma,
    new_pence,
    part_of_inch,
    pence,
    prime,
    rate,
    rate_in,
    scaled,
    shillings,
    shillings_or_seconds,
    stones,
)
from reader.speech.verbalise.english.plain_figures import (
    airliners,
    and_following,
    apostrophes,
    century,
    comma_as_point,
    decimal_with_letters,
    grouped,
    house_number,
    lettered_version,
    line_up,
    number_range,
    ordinal,
    ordinal_range,
    phone,
    plain_number,
    run,
    savings_plan,
    screen_lines,
    version,
)
from reader.speech.verbalise.english.tables import (
    COUNTED,
    CURRENCY_CODES,
    NUMBERED_BOOKS,
    PER_UNITS,
    UNITS,
    VULGAR,
)
from reader.speech.verbalise.words import Passage, SpokenWord

_Rule = Callable[[Passage, "re.Match[str]"], list[SpokenWord] | None]

_DASH = "[-–—‑−]"
_NUMBER = (
    r"(?:(?<!\d,)\d{1,3}(?:,\d{3})+(?:\.\d+)?|[1-9]\d{0,2}(?: 000)+(?!\d)|"
    r"\d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)"
    r"|\d+(?:\.\d+)?|\.\d+)"
)
_LAKHS = r"\d{1,2}(?:,\d{2})+,\d{3}(?!\d)"
"""Figures as India groups them, ₹1,50,000."""
_END = r"(?![\w]|[.,]\d)"
_SIGN = "[$£€¥₹₩₽₿₺]"
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


def _signed(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    found = say_figures(passage, match.end())
    if found is None:
        return None
    (first, *others), _ = found
    name = {"+": "plus", "±": "plus or minus", "~": "about", "≈": "about"}.get(match[1], "minus")
    return [SpokenWord(f"{name} {first.spoken}", match.start(), first.end), *others]


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
            rf"(?P<low>{_LAKHS}|{_NUMBER})(?:{_DASH}{_SIGN}?(?P<high>{_NUMBER}))?"
            r"(?:(?P<gap>[ \u00a0\u202f-])?"
            r"(?P<scale>(?i:hundred|thousand|million|billion|trillion)|mn|bn|Bn|trn?|tn|[kKmMbBT])(?!\w))?"
            rf"(?![\w]|[,.]\d)(?P<noun>(?=-[a-z])|(?=\s(?:bill|note|coin|ticket|tip|fine|lunch|prize|question|reward|grant|loan|mortgage|deal|contract|"
            r"donation|budget|fee|jackpot|bet|check|cheque|salary|lawsuit|bounty)s?\b))?",
            money,
        ),
        (r"([€£])(\d{1,3}(?:\.\d{3})*),(\d{2})(?![\w,]|\.\d)", money_with_comma),
        (r"(\d{1,3}(?:\.\d{3})+),(\d{1,2})(?![\w,]|\.\d)", comma_as_point),
        (r"(\d{1,3}(?:['’]\d{3})+)(\.\d+)?(?![\w'’])", apostrophes),
        (
            r"(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,5}(?:[ .-]\d{2,5}){1,4}"
            r"|0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}|(?:1[ .-])?\d{3}[ .-]\d{3}[ .-]\d{4}|\d{3}-\d{4}"
            r"|\d{1,5}(?:-\d{1,7}){3,4}(?:-[\dX])?)(?![\w-])",
            phone,
        ),
        (rf"([-−–+±~≈])(?=[\d.]|{_SIGN}\d)", _signed),
        (
            r"(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?P<zone>Z|[-+]\d{2}:?\d{2})?(?!\w)",
            iso_moment,
        ),
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
        (r"(?:(\d)/(\d{1,2})|([½¼¾⅛⅜⅝⅞]))[\"″](?=[\s-][a-z])", part_of_inch),
        (rf"([1-9]\d?)-([1-9]\d?)/(2|3|4|8|16|32)(?![\d/\w]){_UNIT_BEHIND}", joined_fraction),
        (r"([1-9]\d?)/(\d{1,2})ths?(?!\w)", named_fraction),
        (r"(\d{2})[-–]['’‘](\d{2})(?!\w)", short_years),
        (rf"(\d{{1,3}}):(\d{{1,3}})(?:{_DASH}(\d{{1,3}})|(ff?\b\.?))?(?![\w:])", verse),
        (
            rf"([123])(?={SPACE}(?:(?:{NUMBERED_BOOKS})\.?{SPACE}\d|"
            r"(?:Corinthians|Thessalonians|Chronicles)\b))",
            book_number,
        ),
        (r"(1):(\d{1,3}(?:,\d{3})+|\d{4,7})(?![\w:])", ratio),
        (r"([01]\d|2[0-4])([0-5]\d)(?=\s(?:hours|hrs)\b(?!\sof))", military_hour),
        (r"(\d{1,2}):([0-5]\d)\.(\d{1,3})(?!\w)", running_time),
        (
            r"(\d{1,3}(?:\.\d+)?)°\s?(?:(\d{1,2}(?:\.\d+)?)[′'’]\s?)?(?:(\d{1,2}(?:\.\d+)?)[″\"”]\s?)?([NSEW])(?!\w)",
            latitude_or_longitude,
        ),
        *((pattern, hours_between) for pattern in _HOURS_BETWEEN),
        (r"(\d{1,2})-(\d{1,2})-(\d{1,2})(?![\w-])", line_up),
        (rf"(\d+(?:\.\d+)?)(?:e|E(?=[-−+]))([-−+]?)(\d{{1,3}})(?!\w){_UNIT_BEHIND}", scientific),
        (rf"({_NUMBER})x(?=\s(?:more|less|fewer|as|the|[a-z]+er)\b)", times_as_much),
        (
            r"(1\d|2[0-3]|[1-9])\.([0-5][05])(?![\w.]\d|[\w%°]|\s?(?:%|°|[x×]|million|billion|per|times|"
            rf"points?|percent|met(?:er|re)s?|miles?|feet|dollars|{_UNIT})(?!\w))",
            dotted_time,
        ),
        (r"(\d+(?:\.\d+)+)([a-z]+\d*)(?!\w)", lettered_version),
        (r"(\d+\.\d+)s(?!\w)", decimal_seconds),
        (rf"({_NUMBER})(?:\^|\*\*)([-−])?(\d{{1,3}})(?!\w){_UNIT_BEHIND}", power),
        (r"(\d{1,4})([⁻⁺]?ⁿ(?:[⁺⁻][¹²³⁰⁴-⁹]{1,3})?)(?![\w⁺⁻])", raised_letter),
        (rf"({_NUMBER})(⁻)([²³¹⁰⁴-⁹]{{1,3}})(?!\w){_UNIT_BEHIND}", power),
        (r"(\d{1,2}):([0-5]\d):([0-5]\d)(?![\w:]|\s?[ap]\.?m)", duration),
        (rf"([01]?\d|2[0-4]):([0-5]\d)(?::([0-5]\d))?{_SUFFIX}?(?!\w)", time_of_day),
        (rf"(1[0-2]|0?[1-9])(?:[.:]([0-5]\d))?{_SUFFIX}", hour),
        (rf"[1-9]\d{{0,2}}(?:\.\d{{3}}){{2,}}{_END}", grouped),
        (rf"\d+(?:\.\d+){{2,}}{_END}", version),
        (rf"(\d+)(?:st|nd|rd|th){_DASH}(\d+)(?:st|nd|rd|th)(?![^\W_])", ordinal_range),
        (r"(\d{1,2})st(?!\w)", stones),
        (r"(\d{1,2})(?:st|nd|rd|th)-c\.", century),
        (r"(\d{1,3}(?:,\d{3})+|\d+)(?:st|nd|rd|th|ST|ND|RD|TH)(?!\w)", ordinal),
        (rf"(\d{{1,2}})(?={SPACE}{MONTH}(?!\w))", day_and_month),
        (rf"(\d{{4}}){_DASH}['’]?(\d{{2}}|\d{{4}})['’]?s(?!\w)", years_to_decade),
        (r"(\d{1,4})(?:\s?ff\.?|f\.)(?=[\s,;:)]|$)", and_following),
        (r"(7[0-8]7)s(?!\w)", airliners),
        (r"(\d{1,3})s(?![\w-])", shillings_or_seconds),
        (r"(\d{1,2})([½¼¾]?)d(?!\w)", pence),
        (r"(\d{1,2})/[-–](?!\w)", shillings),
        (r"([1-9]\d?)p(?!\w)", new_pence),
        (r"(\d{1,2})(\d{2})p(?!\w)", screen_lines),
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
        (rf"({_NUMBER})m(?=\s(?:{COUNTED})\b)", millions),
        (rf"({_NUMBER}){SPACE}?({_UNIT}){_DASH}({_NUMBER}){SPACE}?\2(?![\w/²³])", measures_between),
        (
            rf"({_NUMBER})(?:{_DASH}({_NUMBER}))?({SPACE}|-(?=\w))?({_UNIT})(?!/(?!\d|[Gg]as)|[\w²³]|-(?!(?:tall|long|wide|high|deep|heavy|thick|old|a)\b)\w|['’]\w|\.[A-Z]\.)",
            measure,
        ),
        (r"(\d{1,2})k(?=\s(?:runs?|races?|walks?|runners?|times?|course)\b)", run),
        (rf"({_NUMBER})(k|M|bn|tn)(?!\w)", scaled),
        (rf"({_NUMBER})({SPACE})?({_SIGN}|{_CODE})(?!\w)", money_behind),
        (rf"(\d{{1,2}})(?:{_DASH}(\d{{1,2}}))?(?![\d:/]|[.,]\d|\w)(?!{_DASH}\d)", day_of_month),
        (
            rf"({_NUMBER})[ \u00a0]?(?:([{_VULGAR}])|"
            r"(?<=[ \u00a0])(\d{1,2})[/⁄](\d{1,2})(?![\d/]))" + _UNIT_BEHIND,
            mixed_fraction,
        ),
        (r"(\d{1,2}\.\d{1,2})/(4|5|10|20|100)(?![\d/\w])", out_of),
        (rf"([1-9])[/⁄]([1-9]\d{{1,3}}){SPACE}?(?:s|sec)(?!\w)", exposure),
        (rf"([2-9]|12)[/⁄]([248]|16)(?={SPACE}(?:time|met(?:er|re)|signature)\b)", bar_time),
        (rf"(\d{{2,3}})/(\d{{2,3}})(?![/\w]){_UNIT_BEHIND}", pressure),
        (
            rf"([1-9]\d{{0,3}}|0)[/⁄]([1-9]\d{{0,2}}(?:,\d{{3}})+|[1-9]\d{{0,3}})(?![/\w]){_UNIT_BEHIND}",
            fraction,
        ),
        (
            rf"(?P<factors>{_NUMBER}(?:{SPACE}?[x×]{SPACE}?{_NUMBER})+)(?:(?<=\d){_END}(?![\^⁻])|(?=[a-z])){_UNIT_BEHIND}",
            product,
        ),
        (rf"({_NUMBER}){_DASH}({_NUMBER}){_END}(?!{_DASH}\d)", number_range),
        (r"([1-9]\d\d)([A-Za-z])(?!\w)", house_number),
        (r"(40[13])\(([bk])\)", savings_plan),
        (r"(\d+\.\d+)([A-Za-z]+)(?!\w)", decimal_with_letters),
        (r"([2-5]\d):(0\d)(?![\w:])", minutes_and_seconds),
        (r"(\d+):(\d+)(?![\w:])", ratio),
        (rf"{_NUMBER}(?!\w)", plain_number),
    )
)
