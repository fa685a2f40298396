"""German as a reader would say it."""

from __future__ import annotations

import re
from typing import ClassVar

from reader.speech.verbalise.grammar import RULERS, Grammar
from reader.text.abbreviations import word_set

_WEAK = re.compile(
    r"\b(?:am|vom|von|zum|zur|im|den|dem|des|beim|ab|seit|bis|einem|einen|einer|eines|diesem|diesen|"
    r"seinem|seinen|ihrem|ihren|jedem|jeden)\s+(?:\d+\.\s*(?:und|bis|oder|bzw\.|[-–/,])?\s*)*$",
    re.IGNORECASE,
)
_COUNTED_AT_START = re.compile(
    r"[\s\u00a0](?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|"
    r"Weltkrieg|Jahrhundert|Auflage|Advent|Bundesliga|Liga|Etage|Stock|Obergeschoss|Halbzeit|Klasse)\b"
)
_PARAGRAPH_BEFORE = re.compile(r"\bAbs(?:\.|atz)\s\d+[a-z]?,?\s$")
_DAY_BEFORE = re.compile(r"\b(?:am|vom|zum|den)\s$", re.IGNORECASE)
_DEFINITE = re.compile(
    r"\b(?:der|die|das|dieser|diese|dieses|jeder|jede|jedes|ins|fürs|ans|aufs)\s+$", re.IGNORECASE
)
_DATIVE_BEFORE = re.compile(
    r"\b(?:von|mit|unter|bei|nach|zu|gegenüber|aus|seit)\s+\w+\s+$", re.IGNORECASE
)
_ACCUSATIVE_BEFORE = re.compile(
    r"\b(?:für|gegen|durch|ohne|um|über|an|auf)\s+\w+\s+$", re.IGNORECASE
)

_NOUN = re.compile(r"[\s\u00a0]*([A-ZÄÖÜ]\w+)")
_FEMININE = re.compile(
    r"\w+(?:ung|heit|keit|schaft|ion|tät|nde|nne|nute|eite|oche|ille|iarde)(?:e?n)?"
)


class German(Grammar):
    """Cases are read off the article or preposition before an ordinal, as far as they show."""

    code = "de"
    signs: ClassVar = {
        "&": "und", "§": "Paragraph", "§§": "Paragraphen",
        "%": "Prozent", "‰": "Promille", "°": "Grad", "€": "Euro",
        "$": "Dollar", "£": "Pfund", "+": "plus", "=": "gleich", "×": "mal", "÷": "geteilt durch",
        "≈": "ungefähr", "≠": "ungleich", "≤": "höchstens", "≥": "mindestens", "<": "kleiner als",
        ">": "größer als", "−": "minus",
    }  # fmt: skip
    units: ClassVar = {
        sign: (one, several or one)
        for sign, one, several in (
            ("%", "Prozent", ""), ("‰", "Promille", ""), ("°", "Grad", ""),
            ("°C", "Grad Celsius", ""), ("€", "Euro", ""),
            ("Mio. €", "Million Euro", "Millionen Euro"),
            ("Mrd. €", "Milliarde Euro", "Milliarden Euro"), ("EUR", "Euro", ""),
            ("Mio.", "Million", "Millionen"), ("Mrd.", "Milliarde", "Milliarden"),
            ("$", "Dollar", ""), ("US-$", "US-Dollar", ""), ("US$", "US-Dollar", ""),
            ("Mio. $", "Million Dollar", "Millionen Dollar"),
            ("Mrd. $", "Milliarde Dollar", "Milliarden Dollar"),
            ("Mio. US-$", "Million US-Dollar", "Millionen US-Dollar"),
            ("Mrd. US-$", "Milliarde US-Dollar", "Milliarden US-Dollar"),
            ("TL", "Teelöffel", ""), ("EL", "Esslöffel", ""),
            ("£", "Pfund", ""), ("CHF", "Franken", ""),
            ("km", "Kilometer", ""), ("km/h", "Kilometer pro Stunde", ""),
            ("m/s", "Meter pro Sekunde", ""), ("kg", "Kilogramm", ""), ("g", "Gramm", ""),
            ("mg", "Milligramm", ""), ("t", "Tonne", "Tonnen"), ("cm", "Zentimeter", ""),
            ("mm", "Millimeter", ""), ("m", "Meter", ""), ("km²", "Quadratkilometer", ""),
            ("m²", "Quadratmeter", ""), ("qm", "Quadratmeter", ""),
            ("cm²", "Quadratzentimeter", ""),
            ("m³", "Kubikmeter", ""), ("ha", "Hektar", ""), ("l", "Liter", ""),
            ("ml", "Milliliter", ""),
            ("h", "Stunde", "Stunden"), ("min", "Minute", "Minuten"), ("s", "Sekunde", "Sekunden"),
            ("ms", "Millisekunde", "Millisekunden"), ("Hz", "Hertz", ""), ("kHz", "Kilohertz", ""),
            ("MHz", "Megahertz", ""), ("GHz", "Gigahertz", ""), ("W", "Watt", ""),
            ("kW", "Kilowatt", ""), ("kWh", "Kilowattstunde", "Kilowattstunden"), ("V", "Volt", ""),
            ("kB", "Kilobyte", ""), ("MB", "Megabyte", ""), ("GB", "Gigabyte", ""),
            ("TB", "Terabyte", ""), ("PS", "P S", ""), ("Uhr", "Uhr", ""),
        )
    }  # fmt: skip
    abbreviations: ClassVar = {
        "z.b": "zum Beispiel", "d.h": "das heißt", "u.a": "unter anderem", "bzw": "beziehungsweise",
        "usw": "und so weiter", "ca": "circa", "dr": "Doktor", "prof": "Professor", "hr": "Herr",
        "hrn": "Herrn", "fr": "Frau", "st": "Sankt", "nr": "Nummer", "nrn": "Nummern", "s": "Seite",
        "bd": "Band", "bde": "Bände", "vgl": "vergleiche", "evtl": "eventuell",
        "ggf": "gegebenenfalls", "inkl": "inklusive", "exkl": "exklusive", "etc": "et cetera",
        "u.s.w": "und so weiter", "v.chr": "vor Christus", "n.chr": "nach Christus",
        "jh": "Jahrhundert", "jhd": "Jahrhundert", "jhs": "Jahrhunderts", "str": "Straße",
        "tel": "Telefon", "abb": "Abbildung", "kap": "Kapitel", "sog": "sogenannte",
        "i.d.r": "in der Regel", "z.t": "zum Teil", "o.ä": "oder ähnliches",
        "u.ä": "und ähnliches", "u.u": "unter Umständen", "u.v.m": "und vieles mehr",
        "u.a.m": "und anderes mehr", "s.o": "siehe oben", "s.u": "siehe unten",
        "i.a": "im Allgemeinen", "m.e": "meines Erachtens", "z.zt": "zurzeit", "z.z": "zurzeit",
        "mio": "Millionen", "mrd": "Milliarden", "aufl": "Auflage", "geb": "geboren",
        "gest": "gestorben", "abs": "Absatz", "art": "Artikel", "abt": "Abteilung",
        "hrsg": "herausgegeben", "std": "Stunden", "min": "Minuten", "sek": "Sekunden",
        "mind": "mindestens", "max": "maximal", "insb": "insbesondere", "insbes": "insbesondere",
        "allg": "allgemein", "ehem": "ehemals", "ff": "fortfolgende", "f": "folgende",
        "jan": "Januar", "feb": "Februar", "apr": "April", "aug": "August", "sept": "September",
        "hj": "Halbjahr", "mwst": "Mehrwertsteuer", "rd": "rund",
        "zzgl": "zuzüglich", "abzgl": "abzüglich", "tab": "Tabelle",
        "tsd": "Tausend", "e.v": "eingetragener Verein", "z.hd": "zu Händen", "lt": "laut",
        "dipl.-ing": "Diplomingenieur",
        "dr.-ing": "Doktoringenieur", "einschl": "einschließlich", "gem": "gemäß",
        "gegr": "gegründet", "anm": "Anmerkung", "bspw": "beispielsweise", "bzgl": "bezüglich",
        "ebd": "ebenda", "hg": "herausgegeben", "usf": "und so fort", "v.a": "vor allem",
        "zw": "zwischen", "fa": "Firma", "i.v.m": "in Verbindung mit", "co": "Co",
        "i.j": "im Jahr", "gl": "Gleis", "h": "Heft", "o.g": "oben genannte",
        "ggü": "gegenüber", "med": "med",
        "sep": "September", "okt": "Oktober", "nov": "November", "dez": "Dezember",
    }  # fmt: skip
    before_figures_only = word_set("s tab anm rd gl h")
    after_figures_only = word_set("f ff std min sek")
    ratio, per = "zu", "pro"
    dot, at, link, to, minus, comma = "Punkt", "ät", "Link zu", "bis", "minus", "Komma"
    squared, to_the_power = "Quadrat", "hoch"
    months = (
        "Januar", "Februar", "März", "April", "Mai", "Juni",
        "Juli", "August", "September", "Oktober", "November", "Dezember",
    )  # fmt: skip
    hour = ("Uhr", "Uhr")
    date = re.compile(
        r"(?P<day>\d{1,2})\.[ \u00a0]?(?P<month>\d{1,2})\."
        r"(?:[ \u00a0]?(?P<year>\d{4}|\d{2}))?(?!\.?\d)"
    )
    ordinal = re.compile(
        r"(?P<number>\d{1,3})(?P<ending>\.)(?:[-–](?P<last>\d{1,3})\.)?(?=[\s\u00a0;,)-]|$)"
    )
    postcode = re.compile(r"\d{5}(?=[\s\u00a0][A-ZÄÖÜ])")
    numbered = word_set("kapitel band teil buch akt szene abschnitt bd kap teils aktes")
    counted = word_set(
        "jahrhundert jahrhunderts jahrhunderte jh jhd jhs jahrtausend "
        "weltkrieg weltkriegs weltkrieges akt akts aktes teil teils buch buchs band bands"
    )
    rulers = RULERS

    def cardinal(self, number: int, after: str = "", /) -> str:
        """Return "ein" rather than "eins" before a noun."""
        noun = _NOUN.match(after) if number == 1 else None
        if noun is None:
            return super().cardinal(number)
        return "eine" if _FEMININE.fullmatch(noun[1]) else "ein"

    def year(self, number: int) -> str:
        """Return 1984 by its hundreds."""
        if not 1100 <= number < 2000:
            return self.cardinal(number)
        hundreds, rest = divmod(number, 100)
        said = f"{self.cardinal(hundreds)}hundert"
        return said + (self.cardinal(rest) if rest else "")

    def decade_said(self, text: str) -> str | None:
        """Return the 90er of "die 90er Jahre"."""
        return (self.year(int(text)) if len(text) == 4 else self.cardinal(int(text))) + "er"

    def begins_with_ordinal(self, after: str) -> bool:
        """Whether a noun follows that is counted: "2. Weltkrieg", "1. Mai"."""
        return _COUNTED_AT_START.match(after) is not None

    def abbreviation_said(self, written: str, before: str, after: str) -> str | None:
        """Return also "Hauptstraße" for "Hauptstr.", and a paragraph's "Satz" for "S."."""
        if written == "u.":
            return "und"
        if written == "S." and _PARAGRAPH_BEFORE.search(before):
            return "Satz"
        if written.endswith("str.") and len(written) > 6:
            return f"{written[:-1]}aße"
        return super().abbreviation_said(written, before, after)

    def sum_of_money(self, whole: int, cents: int, currency: str) -> str:
        """Return 3,50 € as "drei Euro fünfzig"."""
        name = self.units[currency][1]
        return (
            f"{self.cardinal(whole, name)} {name} {self.cardinal(cents) if cents else ''}".strip()
        )

    def fraction(self, top: int, bottom: int) -> str | None:
        """Return 3/4 as "drei Viertel"."""
        if not 0 < top < bottom or bottom not in (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 100):
            return None
        if bottom == 2:
            return "ein halb"
        name = f"{self._stem(bottom)}el".capitalize()
        return f"{self.cardinal(top, name)} {name}"

    def part_of(self, top: int, bottom: int, unit: tuple[str, str], /) -> str | None:
        """Return 1/2 l as "ein halber Liter"."""
        if (top, bottom) == (1, 2):
            ending = "e" if unit[0].endswith("e") else "es" if unit[0].endswith("gramm") else "er"
            return f"ein{'e' if ending == 'e' else ''} halb{ending} {unit[0]}"
        part = self.fraction(top, bottom)
        return f"{part} {unit[0]}" if part else None

    def mixed(self, whole: int, top: int, bottom: int) -> str | None:
        """Return 2½ as "zweieinhalb"."""
        if (top, bottom) == (1, 2):
            return f"{'ein' if whole == 1 else self.cardinal(whole)}einhalb"
        part = self.fraction(top, bottom)
        return f"{self.cardinal(whole)} {part}" if part else None

    def _stem(self, number: int) -> str:
        """Return an ordinal without its ending: "dritt", "zwanzigst"."""
        from num2words import num2words

        return str(num2words(number, lang="de", to="ordinal")).removesuffix("e")

    def date_said(self, day: int, month: int, year: int | None, before: str) -> str:
        """Return 3.4.2025 as "dritte April", in the case that shows."""
        said = f"{self._stem(day)}{_case_ending(before, '')} {self.months[month - 1]}"
        return f"{said} {self.year(year)}" if year is not None else said

    def ends_with_ordinal(self, before: str) -> bool:
        """Whether the figure that a sentence ends with is an ordinal: "Montag, den 12."."""
        return _DAY_BEFORE.search(before) is not None

    def ordinal_said(self, number: int, _ending: str, before: str, after: str, /) -> str:
        """Return "3." in the case that shows."""
        return self._stem(number) + _case_ending(before, after)

    def ruler_said(self, value: int, name: str, before: str, has_stop: bool) -> str:
        """Return "der vierzehnte", "des vierzehnten" behind "Ludwigs"."""
        if not has_stop:
            return self.cardinal(value)
        if name.endswith("s") and name.lower() not in self.rulers:
            return f"des {self._stem(value)}en"
        if _DATIVE_BEFORE.search(before):
            return f"dem {self._stem(value)}en"
        if _ACCUSATIVE_BEFORE.search(before):
            return f"den {self._stem(value)}en"
        return f"der {self._stem(value)}e"

    def counting_said(self, value: int, before: str) -> str:
        """Return "zwanzigsten" in "im XX. Jahrhundert"."""
        return self._stem(value) + _case_ending(before, " Jahrhundert")


def _case_ending(before: str, after: str) -> str:
    if _WEAK.search(before):
        return "en"
    # "Berlin, 1. Mai" and "2. Stock" are said as with "ein", after the commonest gender
    is_bare = not _DEFINITE.search(before) and re.match(r"[\s\u00a0]+[A-ZÄÖÜ]", after)
    return "er" if is_bare or not after else "e"
