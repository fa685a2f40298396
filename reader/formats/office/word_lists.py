"""What the items of a Word document's lists show before their text, in DOCX as in RTF."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from reader.formats.office.list_numbers import LONGEST_MARKER, bullet, numeral

LEVELS = 9

_FORMATS = """
    decimal upperRoman lowerRoman upperLetter lowerLetter ordinal cardinalText ordinalText hex
    chicago ideographDigital japaneseCounting aiueo iroha decimalFullWidth decimalHalfWidth
    japaneseLegal japaneseDigitalTenThousand decimalEnclosedCircle decimalFullWidth2 aiueoFullWidth
    irohaFullWidth decimalZero bullet ganada chosung decimalEnclosedFullstop decimalEnclosedParen
    decimalEnclosedCircleChinese ideographEnclosedCircle ideographTraditional ideographZodiac
    ideographZodiacTraditional taiwaneseCounting ideographLegalTraditional
    taiwaneseCountingThousand taiwaneseDigital chineseCounting chineseLegalSimplified
    chineseCountingThousand decimal2 koreanDigital koreanCounting koreanLegal koreanDigital2 hebrew1
    arabicAlpha hebrew2 arabicAbjad hindiVowels hindiConsonants hindiNumbers hindiCounting
    thaiLetters thaiNumbers thaiCounting vietnameseCounting numberInDash russianLower russianUpper
"""
NUMBER_FORMATS = tuple(_FORMATS.split())
"""Names of ISO/IEC 29500-1, 17.18.59, each at the place that is its number in RTF (MSONFC)."""

_STYLES = {
    "decimal": "1",
    "decimalZero": "01",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "ordinal": "1st",
    "chicago": "*",
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), "①"),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), "１"),
    **dict.fromkeys(
        (
            *("ideographDigital", "japaneseCounting", "japaneseDigitalTenThousand"),
            *("taiwaneseCounting", "taiwaneseCountingThousand", "taiwaneseDigital"),
            *("chineseCounting", "chineseCountingThousand", "koreanDigital2"),
        ),
        "一",
    ),
    **dict.fromkeys(("chineseLegalSimplified", "ideographLegalTraditional"), "壹"),
    "japaneseLegal": "壱",
    "ideographTraditional": "甲",
    **dict.fromkeys(("ideographZodiac", "ideographZodiacTraditional"), "子"),
    **dict.fromkeys(("aiueo", "aiueoFullWidth"), "ア"),
    **dict.fromkeys(("iroha", "irohaFullWidth"), "イ"),
    "ganada": "가",
    "chosung": "ㄱ",
    **dict.fromkeys(("hebrew1", "hebrew2"), "א"),
    **dict.fromkeys(("arabicAlpha", "arabicAbjad"), "أ"),
    "hindiNumbers": "१",
    "thaiLetters": "ก",
    "thaiNumbers": "๑",
    "russianLower": "а",
    "russianUpper": "А",
}
_BLANKS = " \u00a0\uf020"  # the last one is that of the Symbol font
_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How a level is numbered; in its pattern, %1 stands for the number of the first level."""

    number_format: str = "decimal"
    pattern: str = ""
    start: int = 1
    is_legal: bool = False
    restarts_after: int = -1


@dataclass(frozen=True, slots=True)
class WordList:
    """A list: the name of the numbers it shares with others, its levels from 0, its own starts."""

    shared: str
    levels: Mapping[int, ListLevel]
    starts: Mapping[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the items of all lists of one file, which must be asked for in reading order."""

    def __init__(self, lists: Mapping[str, WordList]) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()

    def marker(self, name: str, level: int) -> str | None:
        """Return what the next item of that list and level shows; None if there is no such list."""
        found = self._lists.get(name)
        if found is None:
            return None
        counts = self._counts[found.shared]
        own = found.levels.get(level, ListLevel())
        if level in found.starts and (name, level) not in self._begun:
            counts[level] = found.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else own.start
        self._begun.add((name, level))
        for deeper in [other for other in counts if other > level]:
            restart = found.levels.get(deeper, ListLevel()).restarts_after
            if restart != 0 and (restart < 0 or level < restart):
                del counts[deeper]
        return _shown(found, own, level, counts)


def style_of_numbers(number_format: str) -> str:
    """Return the style that `list_numbers.numeral` knows a number format as; `1` if it doesn't."""
    return _STYLES.get(number_format, "1")


def _shown(found: WordList, own: ListLevel, level: int, counts: Mapping[int, int]) -> str:
    if own.number_format == "none" or not own.pattern.strip(_BLANKS):
        return ""
    if own.number_format == "bullet":
        return bullet(own.pattern, level + 1)

    def counted(placeholder: re.Match[str]) -> str:
        at = int(placeholder[1]) - 1
        other = found.levels.get(at, ListLevel())
        is_own = at == level or not own.is_legal
        style = style_of_numbers(other.number_format) if is_own else "1"
        return numeral(counts.get(at, other.start), style)

    return _PLACEHOLDER.sub(counted, own.pattern)[:LONGEST_MARKER].strip()
