"""Figures in languages other than English: dates, times, prices, units, fractions, ordinals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from reader.speech.verbalise.grammar import VULGAR, Grammar
from reader.speech.verbalise.words import Passage, SpokenWord

_Rule = Callable[[Passage, int], SpokenWord | None]

_SPACE = "[ \u00a0\u202f\u2009]"
_ANY_SPACE = re.compile(_SPACE)
_NUMBER = r"\d{1,3}(?:[.\u00a0\u202f\u2009 ’']\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_TIME = re.compile(
    rf"(?P<hours>[01]?\d|2[0-4])"
    rf"(?P<sign>:|{_SPACE}?h{_SPACE}?|\.(?=\d\d{_SPACE}(?:Uhr|h)\b))(?P<minutes>[0-5]\d)(?![\w:])"
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
_POWER = re.compile(r"(?P<base>10|[^\W\d_])(?P<minus>⁻)?(?P<power>[⁰¹²³⁴-⁹]{1,3})(?!\w)")
_DIALLED = re.compile(r"\d[\d ./\u00a0-]{5,}\d")
_DIALLED_BEFORE = re.compile(
    r"\b[Tt](?:[eé]l[.:]*|el[eé]fono:?|elefon:?|éléphone\s?:?)[\s\u00a0:]*$"
)
_RATIO = re.compile(r"(\d{1,4}):(\d{1,4})(?![\w:])")
_SCALE = re.compile(r"1:(\d{1,3}(?:[.\u00a0\u202f\u2009 ’']\d{3})+)(?!\w)")
_CURRENCY = re.compile(r"[$£€]|EUR|CHF")


class Figures:
    """Says what begins with a figure, by a language's grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        units = "|".join(sorted(map(re.escape, grammar.units), key=len, reverse=True))
        units = units.replace(r"\ ", _SPACE)
        self._amount = re.compile(
            rf"(?P<sign>[-−+±])?(?:(?P<currency>[$£€]|EUR|CHF){_SPACE}?)?(?P<low>{_NUMBER})"
            rf"(?:{_SPACE}?[-–]{_SPACE}?(?P<high>{_NUMBER}))?(?:,[-–—]{{1,2}})?"
            rf"(?:(?P<gap>{_SPACE})?(?P<unit>{units})"
            rf"(?:/(?P<below>{units}|[^\W\d_]{{3,}})(?P<squared>²)?)?(?!\w|/\w))?"
        )
        self._unit_behind = re.compile(rf"{_SPACE}?({units})(?!\w|/\w)")
        phrases = "|".join(rf"{_SPACE}?".join(written) for written in grammar.set_phrases)
        self._set_phrase = re.compile(rf"(?:{phrases})(?!\w)") if phrases else None
        self._rules: tuple[_Rule, ...] = (
            self._say_set_phrase,
            self._say_date,
            self._say_telephone,
            self._say_scale,
            self._say_time,
            self._say_ratio,
            self._say_decade,
            self._say_fraction,
            self._say_ordinal,
            self.say_power,
            self._say_postcode,
        )

    def say(self, passage: Passage, position: int) -> list[SpokenWord] | None:
        """Return what is said for the figures that start at `position`, None if there are none."""
        for rule in self._rules:
            said = rule(passage, position)
            if said is not None:
                return [said]
        return self._say_amount(passage, position)

    def _say_set_phrase(self, passage: Passage, position: int) -> SpokenWord | None:
        if self._set_phrase is None:
            return None
        match = self._set_phrase.match(passage.text, position, passage.end)
        if match is None:
            return None
        said = self._grammar.set_phrases[_ANY_SPACE.sub("", match.group())]
        return SpokenWord(said, position, match.end())

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
        name = self._grammar.hour[hours > 1]
        said = [self._grammar.cardinal(hours, name or self._grammar.units["h"][0]), name]
        if minutes:
            is_bare = not name and minutes < 10  # "a la una cero cinco"
            said += [self._grammar.cardinal(0)] if is_bare else []
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

    def _say_scale(self, passage: Passage, position: int) -> SpokenWord | None:
        """Say the 1:25.000 of a map."""
        match = _SCALE.match(passage.text, position, passage.end)
        if match is None:
            return None
        one, many = (self._grammar.cardinal(int(re.sub(r"\D", "", n))) for n in ("1", match[1]))
        return SpokenWord(f"{one} {self._grammar.ratio} {many}", position, match.end())

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
        unit = self._unit_behind.match(passage.text, match.end(), passage.end)
        name = self._grammar.units[_ANY_SPACE.sub(" ", unit[1])] if unit else None
        if match["whole"]:
            said = self._grammar.mixed(int(match["whole"]), top, bottom)
            said = f"{said} {name[1]}" if said and name else said
        elif name is not None:
            said = self._grammar.part_of(top, bottom, name)
        else:
            said = self._grammar.fraction(top, bottom)
        return SpokenWord(said, position, (unit or match).end()) if said else None

    def _say_ordinal(self, passage: Passage, position: int) -> SpokenWord | None:
        match = self._grammar.ordinal.match(passage.text, position, passage.end)
        if match is None:
            return None
        before, after = passage.before(position), passage.after(match.end())
        is_first = match["ending"] == "." and position == passage.start
        if is_first and not self._grammar.begins_with_ordinal(after):
            return None  # the number of a list's item
        is_last = match["ending"] == "." and not re.search(r"\w", after)
        if is_last and not self._grammar.ends_with_ordinal(before):
            return None
        said = self._grammar.ordinal_said(int(match["number"]), match["ending"], before, after)
        if last := match.groupdict().get("last"):
            last_said = self._grammar.ordinal_said(int(last), match["ending"], before, after)
            said += f" {self._grammar.to} {last_said}"
        return SpokenWord(said, position, match.end())

    def say_power(self, passage: Passage, position: int) -> SpokenWord | None:
        """Say x² and 10⁻³."""
        grammar = self._grammar
        match = _POWER.match(passage.text, position, passage.end)
        if match is None:
            return None
        if match.group() in grammar.units:
            return SpokenWord(grammar.units[match.group()][0], position, match.end())
        base, power = match["base"], int(unicodedata.normalize("NFKC", match["power"]))
        said = grammar.cardinal(int(base)) if base.isdigit() else base
        if power == 2 and not match["minus"]:
            return SpokenWord(f"{said} {grammar.squared}", position, match.end())
        minus = f"{grammar.minus} " if match["minus"] else ""
        said = f"{said} {grammar.to_the_power} {minus}{grammar.cardinal(power)}"
        return SpokenWord(said, position, match.end())

    def _say_postcode(self, passage: Passage, position: int) -> SpokenWord | None:
        """Say the 10115 of ", 10115 Berlin", figure by figure."""
        postcode = self._grammar.postcode
        match = postcode.match(passage.text, position, passage.end) if postcode else None
        if match is None or passage.before(position).rstrip()[-1:] != ",":
            return None
        return SpokenWord(self._grammar.digits(match.group()), position, match.end())

    def _say_amount(self, passage: Passage, position: int) -> list[SpokenWord] | None:
        grammar = self._grammar
        match = self._amount.match(passage.text, position, passage.end)
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
        per = self._per(match)
        price = _CURRENCY.fullmatch(unit or currency or "") and re.fullmatch(
            r"([\d.\s’']+),(\d\d)", match["low"]
        )
        if price and not match["high"]:
            whole = int(re.sub(r"\D", "", price[1]))
            said, called = grammar.sum_of_money(whole, int(price[2]), unit or currency), ""
            said = f"{said} {per}".strip()
        elif per:
            called += f" {per}"
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

    def _per(self, amount: re.Match[str]) -> str:
        """Return what an amount is given for: the litre of 20 mg/l, the month of 200 €/Monat."""
        below = amount["below"]
        if not below:
            return ""
        name = self._grammar.units.get(below, (below,))[0]
        squared = f" {self._grammar.squared}" if amount["squared"] else ""
        return f"{self._grammar.per} {name}{squared}"

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
