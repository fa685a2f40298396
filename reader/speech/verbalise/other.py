"""Languages other than English: what a figure, an abbreviation or a numeral is, found in the text.

How it is said is each language's own: german.py, french.py, spanish.py. Of languages without one,
figures stay as they are written, with their signs, and the voice reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from reader.speech.verbalise.addresses import say_address
from reader.speech.verbalise.english_numbers import roman
from reader.speech.verbalise.grammar import VULGAR, Grammar
from reader.speech.verbalise.plain import plain_word
from reader.speech.verbalise.words import Passage, SpokenWord
from reader.text.segment import WORD

STARTS = re.compile(
    r"[^\W_]|(?<![\w.,:;)\]–−-])[-−+±](?=\d)|\+(?=\d{2})|[$£€](?=[\d\u00a0 ])|[&§%‰°€]|"
    r"[+=×÷](?=\s?[\d(])"
)
_Rule = Callable[[Passage, int], SpokenWord | None]

_SPACE = "[ \u00a0\u202f\u2009]"
_NUMBER = r"\d{1,3}(?:[.\u00a0\u202f\u2009 ’']\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_ANY_SPACE, _GROUP = re.compile(_SPACE), re.compile(rf"(?<=\d){_SPACE}(?=\d{{3}})")
_FIGURE = re.compile(
    rf"[-−+]?(?:[$£€]{_SPACE}?)?\d+(?:[.,:/h–-]\d+|{_SPACE}\d{{3}}(?!\d))*(?![^\W\d_])"
    rf"(?:{_SPACE}?(?:[%$£€‰]|°C?(?!\w)))?"
)
"""A figure as it is written, with its sign: what a voice knows to read in its own language."""

_TIME = re.compile(
    rf"(?P<hours>[01]?\d|2[0-4])"
    rf"(?P<sign>:|{_SPACE}?h{_SPACE}?|\.(?=\d\d{_SPACE}Uhr))(?P<minutes>[0-5]\d)(?![\w:])"
    rf"(?:{_SPACE}(?:Uhr|h|min)(?!\w))?"
)
_ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\w-])")
_DECADE = re.compile(r"(\d{2}|\d{4})er(?!\w)")
_FRACTION = re.compile(
    rf"(?:(?P<whole>\d{{1,4}}){_SPACE}?)?(?:(?P<vulgar>[{''.join(VULGAR)}])|"
    r"(?<!\d)(?P<top>\d{1,2})[/⁄](?P<bottom>\d{1,3})(?![\w/]))"
)
_TELEPHONE = re.compile(
    r"(?:\+\d{1,3}[ .-]?(?:\(0\)[ .-]?)?|0)\d{1,5}(?:[ ./\u00a0-]\d{2,8}){1,5}(?!\w)|"
    r"0\d{5,12}(?!\w)"
)
_NUMERAL = re.compile(r"[IVXLC]{1,8}")
_PREVIOUS_WORD = re.compile(r"([^\W\d_]+)\.?[\s\u00a0]$")
_NUMERAL_BEFORE = re.compile(r"\b[IVXLC]{1,8}\s(?:y|a|al|et|à|und|bis)\s$")
_NEXT_WORD = re.compile(r"\.?[\s\u00a0]+([^\W\d_]+)")
_OTHER_TITLE = re.compile(r"(?:et|y)\s[A-ZÁÉ]")  # M. et Mme Martin
_DIALLED = re.compile(r"\d[\d ./\u00a0-]{5,}\d")
_DIALLED_BEFORE = re.compile(
    r"\b[Tt](?:[eé]l[.:]*|el[eé]fono:?|elefon:?|éléphone\s?:?)[\s\u00a0:]*$"
)
_RATIO = re.compile(r"(\d{1,4}):(\d{1,4})(?![\w:])")
_CURRENCY = re.compile(r"[$£€]|EUR|CHF")
_ABBREVIATED = re.compile(
    r"(?:[^\W\d_]{1,4}\.(?:[\s\u00a0\u202f]?-?[^\W\d_]{1,3}(?:-[^\W\d_])?\.)+"
    r"|[^\W\d_]{1,24}\.)(?!\w)"
)


@lru_cache(maxsize=8)
def language_of(tag: str) -> OtherLanguage | PlainLanguage:
    """Return how the language of a BCP 47 tag is said."""
    match tag.replace("_", "-").split("-")[0].lower():
        case "de":
            from reader.speech.verbalise.german import German

            return OtherLanguage(German())
        case "fr":
            from reader.speech.verbalise.french import French

            return OtherLanguage(French())
        case "es":
            from reader.speech.verbalise.spanish import Spanish

            return OtherLanguage(Spanish())
        case _:
            return PlainLanguage()


class PlainLanguage:
    """Says the words of a language without rules; its figures are left to the voice."""

    def say(self, passage: Passage, position: int) -> tuple[list[SpokenWord], int]:
        """Return what is said for the token that starts at `position`, and where it ends."""
        if figure := _FIGURE.match(passage.text, position, passage.end):
            written = _GROUP.sub("", figure.group().replace("−", "-").replace("–", "-"))
            return [SpokenWord(_ANY_SPACE.sub(" ", written), position, figure.end())], figure.end()
        word = WORD.match(passage.text, position, passage.end)
        if word is None:
            return [SpokenWord("", position, position + 1)], position + 1
        spoken, end = plain_word(word.group()), word.end()
        if spoken[-1:].isdigit() and passage.text[end : min(end + 1, passage.end)] == "%":
            spoken, end = spoken + "%", end + 1  # l'80%
        return [SpokenWord(spoken, position, end)], end


class OtherLanguage:
    """Says the tokens of a language by its grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._signs = {".": grammar.dot, "@": grammar.at, "_": " ", "-": " ", "+": "plus"}
        units = "|".join(sorted(map(re.escape, grammar.units), key=len, reverse=True))
        units = units.replace(r"\ ", _SPACE)
        self._figures = re.compile(
            rf"(?P<sign>[-−+±])?(?:(?P<currency>[$£€]|EUR|CHF){_SPACE}?)?(?P<low>{_NUMBER})"
            rf"(?:{_SPACE}?[-–]{_SPACE}?(?P<high>{_NUMBER}))?(?:,[-–—]{{1,2}})?"
            rf"(?:(?P<gap>{_SPACE})?(?P<unit>{units})(?!\w|/\w))?"
        )
        self._numeral_ending = re.compile(rf"({grammar.numeral_endings})?(?!\w|[.-]\w)")
        unstopped = "|".join(map(re.escape, grammar.unstopped))
        self._unstopped = re.compile(rf"(?:{unstopped})(?![^\W\d_])") if unstopped else None

    def say(self, passage: Passage, position: int) -> tuple[list[SpokenWord], int]:
        """Return what is said for the token that starts at `position`, and where it ends."""
        text = passage.text
        address = say_address(text, position, passage.end, self._signs, self._grammar.link)
        if address is not None:
            return [address], address.end
        for rule in self._rules(text[position]):
            said = rule(passage, position)
            if said is not None:
                return [said], said.end
        if figures := self._say_figures(passage, position):
            return figures, figures[-1].end
        word = WORD.match(text, position, passage.end)
        if word is None:
            sign = self._grammar.signs.get(text[position], "")
            return [SpokenWord(sign, position, position + 1)], position + 1
        return [SpokenWord(plain_word(word.group()), position, word.end())], word.end()

    def _rules(self, first: str) -> tuple[_Rule, ...]:
        if first.isalpha():
            return (self._say_unstopped, self._say_numeral, self._say_abbreviation)
        return (
            self._say_date,
            self._say_telephone,
            self._say_time,
            self._say_ratio,
            self._say_decade,
            self._say_fraction,
            self._say_ordinal,
        )

    def _say_date(self, passage: Passage, position: int) -> SpokenWord | None:
        text, end = passage.text, passage.end
        match = _ISO_DATE.match(text, position, end) or self._grammar.date.match(
            text, position, end
        )
        if match is None:
            return None
        day, month = int(match["day"]), int(match["month"])
        if match["year"] is None and position == passage.start:
            return None  # 2.1. is a heading's number
        if not (1 <= day <= 31 and 1 <= month <= 12):
            return None
        year = int(match["year"]) if match["year"] else None
        if year is not None and len(match["year"]) == 2:
            year += 1900 if year > 50 else 2000
        said = self._grammar.date_said(day, month, year, passage.before(position))
        return SpokenWord(said, position, match.end())

    def _say_telephone(self, passage: Passage, position: int) -> SpokenWord | None:
        match = _TELEPHONE.match(passage.text, position, passage.end)
        if match is None and _DIALLED_BEFORE.search(passage.before(position)):
            match = _DIALLED.match(passage.text, position, passage.end)
        if match is None:
            return None
        lead = "plus " if match.group().startswith("+") else ""
        groups = re.findall(r"\d+", match.group())
        return SpokenWord(lead + self._grammar.telephone(groups), position, match.end())

    def _say_time(self, passage: Passage, position: int) -> SpokenWord | None:
        match = _TIME.match(passage.text, position, passage.end)
        if match is None:
            return None
        hours, minutes = int(match["hours"]), int(match["minutes"])
        name = self._grammar.hour[hours != 1]
        said = [self._grammar.cardinal(hours, name), name]
        if minutes:
            said.append(self._grammar.cardinal(minutes))
        elif not name:
            said.append(self._grammar.units["h"][hours != 1])
        return SpokenWord(" ".join(filter(None, said)), position, match.end())

    def _say_ratio(self, passage: Passage, position: int) -> SpokenWord | None:
        match = _RATIO.match(passage.text, position, passage.end)
        if match is None:
            return None
        first, second = (self._grammar.cardinal(int(match[side])) for side in (1, 2))
        return SpokenWord(f"{first} {self._grammar.ratio} {second}", position, match.end())

    def _say_decade(self, passage: Passage, position: int) -> SpokenWord | None:
        match = _DECADE.match(passage.text, position, passage.end)
        said = self._grammar.decade_said(match[1]) if match else None
        return SpokenWord(said, position, match.end()) if match and said else None

    def _say_fraction(self, passage: Passage, position: int) -> SpokenWord | None:
        match = _FRACTION.match(passage.text, position, passage.end)
        if match is None:
            return None
        if match["vulgar"]:
            top, bottom = VULGAR[match["vulgar"]]
        else:
            top, bottom = int(match["top"]), int(match["bottom"])
        if match["whole"]:
            said = self._grammar.mixed(int(match["whole"]), top, bottom)
        else:
            said = self._grammar.fraction(top, bottom)
        return SpokenWord(said, position, match.end()) if said else None

    def _say_ordinal(self, passage: Passage, position: int) -> SpokenWord | None:
        match = self._grammar.ordinal.match(passage.text, position, passage.end)
        if match is None:
            return None
        after = passage.after(match.end())
        if match["ending"] == "." and (position == passage.start or not after.strip()):
            return None  # the number of a list's item, the last word of a sentence
        said = self._grammar.ordinal_said(
            int(match["number"]), match["ending"], passage.before(position), after
        )
        return SpokenWord(said, position, match.end())

    def _say_numeral(self, passage: Passage, position: int) -> SpokenWord | None:
        """Say a Roman numeral: a ruler's, a century's, a chapter's."""
        grammar, text = self._grammar, passage.text
        match = _NUMERAL.match(text, position, passage.end)
        value = roman(match.group()) if match else None
        tail = self._numeral_ending.match(text, match.end(), passage.end) if match else None
        if match is None or value is None or tail is None:
            return None
        ending, end = tail[1] or "", tail.end()
        following = _NEXT_WORD.match(passage.after(end))
        previous = _PREVIOUS_WORD.search(passage.before(position))
        name = previous[1] if previous else ""
        is_short = len(match.group()) == 1
        if following is not None and following[1].lower() in grammar.centuries:
            return SpokenWord(
                grammar.numeral_said(value, ending) if ending else grammar.century_said(value),
                position,
                end + text.startswith(".", end, passage.end),
            )
        if ending and is_short and value > 10:
            return None  # "Le" and "Ce" are words, Xe is none
        is_second = _NUMERAL_BEFORE.search(passage.before(position)) is not None
        if (is_second or name.lower() in grammar.numbered) and not ending:
            return SpokenWord(grammar.cardinal(value), position, end)
        if ending:
            return SpokenWord(grammar.numeral_said(value, ending), position, end)
        is_ruler = name.lower().rstrip("s") in grammar.rulers or name.lower() in grammar.rulers
        if not (is_ruler or (name[:1].isupper() and len(name) > 2 and not is_short)):
            return None
        has_stop = text.startswith(".", end, passage.end)
        said = grammar.ruler_said(value, name, passage.before(position), has_stop)
        is_inner = grammar.code == "de" and has_stop and text[end + 1 : passage.end].strip()
        return SpokenWord(said, position, end + 1 if is_inner else end)

    def _say_figures(self, passage: Passage, position: int) -> list[SpokenWord] | None:
        grammar = self._grammar
        match = self._figures.match(passage.text, position, passage.end)
        if match is None:
            return None
        unit, currency = _ANY_SPACE.sub(" ", match["unit"] or ""), match["currency"]
        name = grammar.units[unit or currency] if unit or currency else ("", "")
        following = name[1] or passage.after(match.end())
        is_year = not (unit or currency)
        said = self._number(match["low"], following, is_year=is_year)
        if match["high"]:
            is_years = is_year and len(match["low"]) == 4
            high = self._number(match["high"], following, is_year=is_years)
            said += f" {grammar.to} {high}"
        called = name[match["low"] != "1" or match["high"] is not None]
        price = _CURRENCY.fullmatch(unit or currency or "") and re.fullmatch(
            r"([\d.\s’']+),(\d\d)", match["low"]
        )
        if price and not match["high"]:
            whole = int(re.sub(r"\D", "", price[1]))
            said, called = grammar.sum_of_money(whole, int(price[2]), unit or currency), ""
        lead = {"+": "plus ", "±": "plus minus ", None: ""}.get(match["sign"], f"{grammar.minus} ")
        said = lead + said
        if not unit or not match["gap"] or not called:
            return [SpokenWord(grammar.joined(said, called), position, match.end())]
        return [
            SpokenWord(said, position, match.start("gap")),
            SpokenWord(
                grammar.joined(said, called).removeprefix(said).strip(),
                match.start("unit"),
                match.end(),
            ),
        ]

    def _number(self, text: str, following: str, *, is_year: bool) -> str:
        clean = re.sub(r"[\u00a0\u202f\u2009 ’']", "", text)
        if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", clean):
            clean = clean.replace(".", "")
        if re.fullmatch(r"\d+\.\d+", clean):  # a section or a version
            return f" {self._grammar.dot} ".join(
                self._grammar.cardinal(int(part)) for part in clean.split(".")
            )
        whole, _, rest = clean.partition(",")
        if len(whole) > 1 and whole[0] == "0" and not rest:
            return self._grammar.digits(whole)
        if rest:
            return self._grammar.decimal(whole, rest)
        if is_year and len(whole) == 4 and clean == text:
            return self._grammar.year(int(whole))
        return self._grammar.cardinal(int(whole), following)

    def _say_unstopped(self, passage: Passage, position: int) -> SpokenWord | None:
        if self._unstopped is None:
            return None
        match = self._unstopped.match(passage.text, position, passage.end)
        if match is None:
            return None
        end = match.end()
        following = passage.after(end).removeprefix(".").lstrip()
        is_title = match.group()[0].isupper() or match.group().endswith("/")
        is_title = is_title and following[:1].isupper()
        if not (is_title or following[:1].isdigit()):
            return None
        end += passage.text.startswith(".", end, passage.end)
        return SpokenWord(self._grammar.unstopped[match.group()], position, end)

    def _say_abbreviation(self, passage: Passage, position: int) -> SpokenWord | None:
        match = _ABBREVIATED.match(passage.text, position, passage.end)
        end = match.end() if match else position
        while end > position:
            spoken = self._stands_for(passage, position, end)
            if spoken is not None:
                return SpokenWord(spoken, position, end)
            # "z. B. gut." is the abbreviation "z. B." and a word with the sentence's stop
            end = passage.text.rfind(".", position, end - 1) + 1
        return None

    def _stands_for(self, passage: Passage, start: int, end: int) -> str | None:
        grammar = self._grammar
        written = passage.text[start:end]
        key = re.sub(r"\s", "", written).rstrip(".").lower()
        following = passage.after(end).lstrip()
        if key in grammar.before_figures_only and not re.match(r"\d|[IVXLC]+\b", following):
            return None
        if key in grammar.after_figures_only and not re.search(
            rf"[\d{''.join(VULGAR)}IVXe]\s$|ième\s$", passage.before(start)
        ):
            return None
        if key in grammar.capitalised_only and not (
            (following[:1].isupper() or _OTHER_TITLE.match(following))
            and (written[0].isupper() or key in ("av", "pl"))
        ):
            return None
        return grammar.abbreviations.get(key) or grammar.compound_said(written)
