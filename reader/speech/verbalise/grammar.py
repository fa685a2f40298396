"""What a language other than English must know to say figures, dates and abbreviations."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

from reader.text.abbreviations import word_set

VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8),
    "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
}  # fmt: skip


class Grammar(ABC):
    """One language's words, as tables, and its rules, as methods.

    Numbers come from num2words. `before` is the text of the sentence that stands before a figure,
    `after` what stands behind it: cases, genders and articles are read off them.
    """

    code: ClassVar[str]
    signs: ClassVar[Mapping[str, str]]
    """What a sign between or beside words is called."""
    units: ClassVar[Mapping[str, tuple[str, str]]]
    """One and several of what stands behind a figure."""
    abbreviations: ClassVar[Mapping[str, str]]
    """In lower case, without the last stop, without spaces."""
    unstopped: ClassVar[Mapping[str, str]] = {}
    """Abbreviations written without a stop, in their own case."""
    capitalised_only: ClassVar[frozenset[str]] = frozenset()
    """Abbreviations that are it with a capital before a capital: "M. Dupont"."""
    before_figures_only: ClassVar[frozenset[str]] = frozenset()
    after_figures_only: ClassVar[frozenset[str]] = frozenset()
    lower_only: ClassVar[frozenset[str]] = frozenset()
    """Abbreviations that are initials in capitals: "s. XX", but "S. L."."""
    dot: ClassVar[str]
    at: ClassVar[str]
    link: ClassVar[str]
    to: ClassVar[str]
    per: ClassVar[str]
    minus: ClassVar[str]
    comma: ClassVar[str]
    squared: ClassVar[str]
    to_the_power: ClassVar[str]
    ratio: ClassVar[str]
    """What stands between 3 and 2 in 3:2."""
    months: ClassVar[Sequence[str]]
    hour: ClassVar[tuple[str, str]] = ("", "")
    """One and several of what stands after the hours of a time."""
    date: ClassVar[re.Pattern[str]]
    """A date in figures: day, month and, where it has one, year."""
    ordinal: ClassVar[re.Pattern[str]]
    """An ordinal in figures, as `number` and `ending`."""
    postcode: ClassVar[re.Pattern[str] | None] = None
    """What stands behind a comma and is read figure by figure, where postcodes are."""
    numeral_endings: ClassVar[str] = ""
    """Pattern of what makes a Roman numeral an ordinal."""
    numbered: ClassVar[frozenset[str]]
    """Words that Roman numerals follow: "Kapitel IV"."""
    counted: ClassVar[frozenset[str]]
    """Words that a Roman numeral before them counts: "XX. Jahrhundert"."""
    set_phrases: ClassVar[Mapping[str, str]] = {}
    """What begins with a figure and is said in a way of its own, written without spaces."""
    rulers: ClassVar[frozenset[str]]
    """First names that one numeral alone makes a ruler's: "Karl V"."""

    def cardinal(self, number: int, _after: str = "", /) -> str:
        """Return a number in words, in the gender of the noun that follows where that shows."""
        from num2words import num2words

        if len(str(number)) > 15:
            return self.digits(str(number))
        return str(num2words(number, lang=self.code))

    def digits(self, text: str) -> str:
        """Return the digits one by one."""
        return " ".join(self.cardinal(int(figure)) for figure in text if figure.isdecimal())

    def telephone(self, groups: Sequence[str]) -> str:
        """Return a number that is dialled."""
        return ", ".join(self.digits(group) for group in groups)

    def year(self, number: int) -> str:
        """Return a year."""
        return self.cardinal(number)

    def decade_said(self, _text: str, /) -> str | None:
        """Return the 90er of "die 90er Jahre", None where decades aren't written so."""
        return None

    def ends_with_ordinal(self, _before: str, /) -> bool:
        """Whether the figure that a sentence ends with is an ordinal, where a stop makes one."""
        return False

    def begins_with_ordinal(self, _after: str, /) -> bool:
        """Whether the figure that a sentence begins with is no list's: "2. Weltkrieg"."""
        return False

    def abbreviation_said(self, written: str, _before: str, _after: str, /) -> str | None:
        """Return what is meant by a word with a stop, None if it is just a word."""
        return self.abbreviations.get(re.sub(r"\s", "", written).rstrip(".").lower())

    def decimal(self, whole: str, fraction: str) -> str:
        """Return what stands before and behind a comma in words."""
        said = self.cardinal(int(whole)) if whole else self.cardinal(0)
        return f"{said} {self.comma} {self.digits(fraction)}" if fraction else said

    def joined(self, amount: str, name: str) -> str:
        """Return an amount and what it counts."""
        return f"{amount} {name}".strip()

    def sum_of_money(self, whole: int, cents: int, currency: str) -> str:
        """Return a price with cents."""
        name = self.units[currency][whole != 1]
        return f"{self.cardinal(whole, name)} {name} {self.cardinal(cents)}"

    @abstractmethod
    def fraction(self, top: int, bottom: int) -> str | None:
        """Return a fraction in words, None where it isn't one but, say, a ratio of two things."""

    @abstractmethod
    def part_of(self, top: int, bottom: int, unit: tuple[str, str], /) -> str | None:
        """Return the 1/2 l of a recipe; `unit` is the name of one and of several."""

    @abstractmethod
    def mixed(self, whole: int, top: int, bottom: int) -> str | None:
        """Return 2½ in words."""

    @abstractmethod
    def date_said(self, day: int, month: int, year: int | None, before: str, /) -> str:
        """Return a date that was written in figures."""

    @abstractmethod
    def ordinal_said(self, number: int, ending: str, before: str, after: str, /) -> str:
        """Return an ordinal that was written in figures."""

    @abstractmethod
    def ruler_said(self, value: int, name: str, before: str, has_stop: bool, /) -> str:
        """Return the numeral behind a ruler's name."""

    @abstractmethod
    def counting_said(self, value: int, before: str, /) -> str:
        """Return the numeral before one of the `counted`."""

    def numeral_said(self, value: int, _ending: str, /) -> str:
        """Return a Roman numeral with an ending of an ordinal, where numerals take one."""
        return self.cardinal(value)


RULERS = word_set(
    "karl carlos charles ludwig louis luis friedrich frédéric federico heinrich henri enrique "
    "wilhelm guillaume guillermo otto othon otón franz françois francisco philipp philippe felipe "
    "alfonso alphonse fernando ferdinand isabel isabelle elisabeth élisabeth johannes jean juan "
    "paul pablo pius pie pío leo léon león benedikt benoît benedicto gregor grégoire gregorio "
    "napoleon napoléon napoleón peter pierre pedro katharina catherine catalina nikolaus nicolas "
    "nicolás alexander alexandre alejandro innozenz innocent inocencio clemens clément clemente "
    "maximilian rudolf leopold joseph josef georg georges jorge eduard édouard eduardo richard "
    "ricardo jakob jacques jaime gustav christian konrad albrecht ramses ptolemäus urban urbain "
    "urbano sixtus sixte sixto julius jules julio bonifaz boniface bonifacio henry james george "
    "edward william"
)
"""First names of kings, emperors and popes in German, French and Spanish."""
