"""French as a reader would say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from reader.speech.verbalise.grammar import RULERS, Grammar
from reader.text.abbreviations import word_set

_NAMED = re.compile(r"\.?\s[A-ZÉ][a-zà-ÿ]")
_NOUN = re.compile(r"[\s\u00a0]*([^\W\d_]+)")
_FEMININE = word_set(
    "heure minute seconde tonne livre milliseconde femme fille personne foi page année journée "
    "semaine nuit voiture maison école ville ligne partie question réponse lettre chaise table "
    "image chambre pièce pierre étoile victime équipe entreprise langue œuvre fleur main porte "
    "part voix vie mort scène feuille route rue chose façon copie édition version section"
)
"""Nouns that are counted often, in the singular as far as an s may be taken off."""
_PARTS = {2: "demi", 3: "tiers", 4: "quart"}


class French(Grammar):
    """Nouns' genders don't show in figures but in "une heure" and the like."""

    code = "fr"
    signs: ClassVar = {
        "&": "et", "§": "paragraphe", "§§": "paragraphes",
        "%": "pour cent", "‰": "pour mille", "°": "degrés",
        "€": "euros", "$": "dollars", "£": "livres", "+": "plus", "=": "égale", "×": "fois",
        "÷": "divisé par", "№": "numéro", "≈": "environ", "≠": "différent de",
        "≤": "au plus", "≥": "au moins", "<": "inférieur à", ">": "supérieur à", "−": "moins",
    }  # fmt: skip
    units: ClassVar = {
        sign: (one, several or f"{one}s")
        for sign, one, several in (
            ("%", "pour cent", "pour cent"), ("‰", "pour mille", "pour mille"), ("°", "degré", ""),
            ("°C", "degré Celsius", "degrés Celsius"), ("€", "euro", ""), ("EUR", "euro", ""),
            ("k€", "mille euros", "mille euros"), ("M€", "million d'euros", "millions d'euros"),
            ("M €", "million d'euros", "millions d'euros"),
            ("Md €", "milliard d'euros", "milliards d'euros"),
            ("Mds €", "milliard d'euros", "milliards d'euros"),
            ("Md€", "milliard d'euros", "milliards d'euros"),
            ("Mds€", "milliard d'euros", "milliards d'euros"), ("$", "dollar", ""),
            ("£", "livre", ""), ("CHF", "franc suisse", "francs suisses"), ("F", "franc", ""),
            ("km", "kilomètre", ""), ("km/h", "kilomètre heure", "kilomètres heure"),
            ("m/s", "mètre par seconde", "mètres par seconde"), ("kg", "kilo", ""),
            ("g", "gramme", ""), ("mg", "milligramme", ""), ("t", "tonne", ""),
            ("cm", "centimètre", ""), ("mm", "millimètre", ""), ("m", "mètre", ""),
            ("km²", "kilomètre carré", "kilomètres carrés"), ("m²", "mètre carré", "mètres carrés"),
            ("m³", "mètre cube", "mètres cubes"), ("ha", "hectare", ""), ("l", "litre", ""),
            ("L", "litre", ""), ("ml", "millilitre", ""), ("mL", "millilitre", ""),
            ("h", "heure", ""), ("min", "minute", ""), ("s", "seconde", ""),
            ("ms", "milliseconde", ""), ("Hz", "hertz", "hertz"), ("kHz", "kilohertz", "kilohertz"),
            ("MHz", "mégahertz", "mégahertz"), ("GHz", "gigahertz", "gigahertz"),
            ("W", "watt", ""), ("kW", "kilowatt", ""), ("kWh", "kilowattheure", ""),
            ("V", "volt", ""), ("ko", "kilooctet", ""), ("Ko", "kilooctet", ""),
            ("Mo", "mégaoctet", ""), ("Go", "gigaoctet", ""), ("To", "téraoctet", ""),
        )
    }  # fmt: skip
    abbreviations: ClassVar = {
        "m": "monsieur", "mm": "messieurs", "mme": "madame", "mmes": "mesdames",
        "mlle": "mademoiselle", "mlles": "mesdemoiselles", "mgr": "monseigneur", "dr": "docteur",
        "pr": "professeur", "me": "maître", "st": "saint", "ste": "sainte", "etc": "et cetera",
        "p.ex": "par exemple", "p": "page", "pp": "pages", "no": "numéro", "nos": "numéros",
        "vol": "volume", "t": "tome", "chap": "chapitre", "ch": "chapitre", "cf": "confer",
        "av.j.-c": "avant Jésus-Christ", "apr.j.-c": "après Jésus-Christ", "av": "avenue",
        "j.-c": "Jésus-Christ", "apr": "après", "env": "environ", "c.-à-d": "c'est-à-dire",
        "bd": "boulevard", "boul": "boulevard", "pl": "place", "art": "article", "al": "alinéa",
        "fig": "figure", "éd": "édition", "tél": "téléphone", "s": "siècle", "ibid": "ibidem",
        "n.b": "N B",
        "trim": "trimestre", "sq": "et suivante", "sqq": "et suivantes",
        "i.e": "c'est-à-dire", "arr": "arrondissement", "c": "centimes",
        "janv": "janvier", "févr": "février", "avr": "avril", "juill": "juillet",
        "sept": "septembre", "oct": "octobre", "nov": "novembre", "déc": "décembre",
    }  # fmt: skip
    unstopped: ClassVar = {
        "Mme": "madame", "Mmes": "mesdames", "Mlle": "mademoiselle", "Mlles": "mesdemoiselles",
        "Mgr": "monseigneur", "Dr": "docteur", "Pr": "professeur", "Me": "maître",
        "MM": "messieurs", "St": "saint", "Ste": "sainte", "Bd": "boulevard", "bd": "boulevard",
        "n°": "numéro", "nº": "numéro", "N°": "numéro", "no": "numéro", "nos": "numéros",
    }  # fmt: skip
    capitalised_only = word_set("m mm me av pl")
    before_figures_only = word_set("no nos p pp t ch al")
    after_figures_only = word_set("s c")
    ratio, per = "à", "par"
    dot, at, link, to, minus, comma = "point", "arobase", "lien vers", "à", "moins", "virgule"
    squared, to_the_power = "au carré", "puissance"
    months = (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    )  # fmt: skip
    hour = ("heure", "heures")
    date = re.compile(r"(?P<day>\d{1,2})(?P<s>[/.-])(?P<month>\d{1,2})(?P=s)(?P<year>\d{4})(?!\d)")
    ordinal = re.compile(
        r"(?P<number>\d{1,4})(?P<ending>ers?|ères?|res?|(?:i?ème|nde?|nd|e)s?)(?!\w)"
    )
    numeral_endings = r"ers?|ère|re|nde?|e|ème"
    numbered = word_set("chapitre tome livre acte scène partie volume chap vol t")
    counted = word_set("siècle siècles s millénaire république arrondissement dynastie")
    rulers = RULERS
    set_phrases: ClassVar = {
        "24h/24": "vingt-quatre heures sur vingt-quatre", "7j/7": "sept jours sur sept",
        "24h/24h": "vingt-quatre heures sur vingt-quatre", "7j/7j": "sept jours sur sept",
    }  # fmt: skip

    def cardinal(self, number: int, after: str = "", /) -> str:
        """Return "une" before what is feminine, as far as the units go."""
        said = super().cardinal(number)
        if not said.endswith("un"):
            return said
        noun = _NOUN.match(after)
        return said + "e" if noun is not None and noun[1].rstrip("s") in _FEMININE else said

    def abbreviation_said(self, written: str, before: str, after: str, /) -> str | None:
        """Return what is meant by a word with a stop; J.-C. before a name is somebody else."""
        said = super().abbreviation_said(written, before, after)
        return None if said == "Jésus-Christ" and _NAMED.match(after) else said

    def joined(self, amount: str, name: str) -> str:
        """Return "un million d'euros"."""
        if not name or not amount.endswith(("million", "millions", "milliard", "milliards")):
            return super().joined(amount, name)
        return f"{amount} d'{name}" if name[:1] in "aeéèiouyh" else f"{amount} de {name}"

    def telephone(self, groups: Sequence[str]) -> str:
        """Return a number in pairs, each as a number: "zéro un, vingt-trois"."""
        return ", ".join(
            self.cardinal(int(group)) if len(group) == 2 and group[0] != "0" else self.digits(group)
            for group in groups
        )

    def fraction(self, top: int, bottom: int) -> str | None:
        """Return 3/4 as "trois quarts"."""
        if bottom in (10, 20, 100) and 0 <= top <= bottom:
            return f"{self.cardinal(top)} sur {self.cardinal(bottom)}"
        if not 0 < top < bottom or bottom not in (2, 3, 4, 5, 6, 7, 8, 9, 12, 16):
            return None
        name = _PARTS.get(bottom) or self._ordinal(bottom)
        return f"{self.cardinal(top)} {name}" + ("s" if top > 1 and bottom != 3 else "")

    def sum_of_money(self, whole: int, cents: int, currency: str) -> str:
        """Return 3,50 € as "trois euros cinquante"."""
        said = super().sum_of_money(whole, cents, currency)
        return said if cents else said.rpartition(" ")[0]

    def part_of(self, top: int, bottom: int, unit: tuple[str, str], /) -> str | None:
        """Return 1/2 l as "un demi-litre"."""
        name = unit[0]
        if (top, bottom) == (1, 2):
            return f"{self.cardinal(1, name)} demi-{name}"
        part, of = self.fraction(top, bottom), "d'" if name[0] in "aeéhio" else "de "
        return f"{part} {of}{name}" if part else None

    def mixed(self, whole: int, top: int, bottom: int) -> str | None:
        """Return 2½ as "deux et demi"."""
        part = self.fraction(top, bottom)
        if part is None:
            return None
        return f"{self.cardinal(whole)} et {'demi' if bottom == 2 else part}"

    def _ordinal(self, number: int) -> str:
        from num2words import num2words

        return str(num2words(number, lang="fr", to="ordinal"))

    def date_said(self, day: int, month: int, year: int | None, _before: str, /) -> str:
        """Return 1/5/2020 as "premier mai deux mille vingt"."""
        first = "premier" if day == 1 else self.cardinal(day)
        said = f"{first} {self.months[month - 1]}"
        return f"{said} {self.year(year)}" if year is not None else said

    def ordinal_said(self, number: int, ending: str, _before: str, _after: str, /) -> str:
        """Return 1re as "première"."""
        return self.numeral_said(number, ending)

    def ruler_said(self, value: int, _name: str, _before: str, _has_stop: bool, /) -> str:
        """Return "quatorze"; only the first is an ordinal."""
        return "premier" if value == 1 else self.cardinal(value)

    def counting_said(self, value: int, _before: str, /) -> str:
        """Return "dix-huitième"."""
        return self.numeral_said(value, "e")

    def numeral_said(self, value: int, ending: str, /) -> str:
        """Return "premier", "première", "second" or "dix-huitième"."""
        if value == 1:
            return "première" if ending.rstrip("s") in ("re", "ère") else "premier"
        if ending in ("nd", "nde"):
            return "seconde" if ending == "nde" else "second"
        return self._ordinal(value) + ("s" if ending.endswith("es") else "")
