"""Languages other than English: figures through num2words, abbreviations from tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from reader.speech.verbalise.addresses import say_address
from reader.speech.verbalise.english_numbers import roman
from reader.speech.verbalise.plain import plain_word
from reader.speech.verbalise.words import Passage, SpokenWord
from reader.text.segment import WORD

STARTS = re.compile(r"[^\W_]|(?<![\w.,:;)\]–−-])[-−](?=\d)|[$£€](?=\d)|[&§%‰°]|[+=×÷](?=\s?[\d(])")
_NUMBER = r"\d{1,3}(?:[.\u00a0\u202f\u2009 ’']\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_FIGURES = re.compile(
    rf"(?P<sign>[-−])?(?P<currency>[$£€])?(?P<low>{_NUMBER})(?:[-–](?P<high>\d+))?"
    r"(?:(?P<gap>[ \u00a0\u202f])?(?P<unit>[%‰€$£]|°C|°|km/h|km|kg|cm|mm|m²|m|g|h|Uhr)(?!\w))?"
)
_TIME = re.compile(
    r"(?P<hours>[01]?\d|2[0-4])(?P<sign>:|\s?h\s?)(?P<minutes>[0-5]\d)(?![\w:])(?:[\s\u00a0]Uhr(?!\w))?"
)
_NUMERAL = re.compile(r"(?P<numeral>[IVXLC]{1,8})(?P<ending>ers?|ère|re|e|ème)?(?!\w|[.-]\w)")
_PREVIOUS_WORD = re.compile(r"([^\W\d_]+)[\s\u00a0]$")
_NEXT_WORD = re.compile(r"\.?[\s\u00a0]+([^\W\d_]+)")
_ORDINAL = re.compile(
    r"(?P<number>\d{1,4})(?P<ending>\.(?=\s)|(?:ers?|ère|res?|ème|nde?|e)(?!\w)|[ºª])"
)


@dataclass(frozen=True, slots=True)
class Speech:
    """What one language calls signs, units and abbreviations (lower case, without the last stop).

    `hour` stands after the hours of a time, one and several; `numbered` are what Roman numerals
    follow ("Kapitel IV"), `century` what they stand before or behind.
    """

    signs: Mapping[str, str]
    abbreviations: Mapping[str, str]
    dot: str
    at: str
    link: str
    to: str
    minus: str
    hour: tuple[str, str] = ("", "")
    numbered: str = ""
    century: str = ""
    years_by_hundreds: bool = False
    has_ordinal_stop: bool = False


_GERMAN = Speech(
    signs={
        "&": "und", "§": "Paragraph", "%": "Prozent", "‰": "Promille", "°": "Grad",
        "°C": "Grad Celsius", "€": "Euro", "$": "Dollar", "£": "Pfund", "km": "Kilometer",
        "km/h": "Kilometer pro Stunde", "kg": "Kilogramm", "cm": "Zentimeter", "mm": "Millimeter",
        "m": "Meter", "m²": "Quadratmeter", "g": "Gramm", "h": "Stunden", "+": "plus",
        "=": "gleich",
        "×": "mal", "÷": "geteilt durch",
    },
    abbreviations={
        "z.b": "zum Beispiel", "d.h": "das heißt", "u.a": "unter anderem", "bzw": "beziehungsweise",
        "usw": "und so weiter", "ca": "circa", "dr": "Doktor", "prof": "Professor", "hr": "Herr",
        "hrn": "Herrn", "fr": "Frau", "st": "Sankt", "nr": "Nummer", "s": "Seite", "bd": "Band",
        "vgl": "vergleiche", "evtl": "eventuell", "ggf": "gegebenenfalls", "inkl": "inklusive",
        "etc": "et cetera", "u.s.w": "und so weiter", "v.chr": "vor Christus", "n.chr":
        "nach Christus", "jh": "Jahrhundert", "jhd": "Jahrhundert", "str": "Straße",
        "tel": "Telefon",
        "abb": "Abbildung", "kap": "Kapitel", "sog": "sogenannte", "i.d.r": "in der Regel",
        "z.t": "zum Teil", "o.ä": "oder ähnliches", "u.u": "unter Umständen", "mio": "Millionen",
        "mrd": "Milliarden", "aufl": "Auflage", "geb": "geboren", "gest": "gestorben",
    },
    dot="Punkt", at="ät", link="Link zu", to="bis", minus="minus", hour=("Uhr", "Uhr"),
    numbered="kapitel band teil buch akt szene abschnitt", century="jahrhundert",
    years_by_hundreds=True, has_ordinal_stop=True,
)  # fmt: skip
_FRENCH = Speech(
    signs={
        "&": "et", "§": "paragraphe", "%": "pour cent", "‰": "pour mille", "°": "degrés",
        "°C": "degrés Celsius", "€": "euros", "$": "dollars", "£": "livres", "km": "kilomètres",
        "km/h": "kilomètres heure", "kg": "kilos", "cm": "centimètres", "mm": "millimètres",
        "m": "mètres", "m²": "mètres carrés", "g": "grammes", "h": "heures", "+": "plus",
        "=": "égale", "×": "fois", "÷": "divisé par",
    },
    abbreviations={
        "m": "monsieur", "mm": "messieurs", "mme": "madame", "mmes": "mesdames", "mlle":
        "mademoiselle", "mlles": "mesdemoiselles", "mgr": "monseigneur", "dr": "docteur", "me":
        "maître", "st": "saint", "ste": "sainte", "etc": "et cetera", "p.ex": "par exemple",
        "p": "page", "pp": "pages", "no": "numéro", "vol": "volume", "chap": "chapitre", "cf":
        "confer", "av": "avant", "j.-c": "Jésus-Christ", "apr": "après", "env": "environ",
        "c.-à-d": "c'est-à-dire", "bd": "boulevard", "art": "article", "fig": "figure",
    },
    dot="point", at="arobase", link="lien vers", to="à", minus="moins", hour=("heure", "heures"),
    numbered="chapitre tome livre acte scène partie volume", century="siècle",
)  # fmt: skip
_SPANISH = Speech(
    signs={
        "&": "y", "§": "sección", "%": "por ciento", "‰": "por mil", "°": "grados",
        "°C": "grados Celsius", "€": "euros", "$": "dólares", "£": "libras", "km": "kilómetros",
        "km/h": "kilómetros por hora", "kg": "kilos", "cm": "centímetros", "mm": "milímetros",
        "m": "metros", "m²": "metros cuadrados", "g": "gramos", "h": "horas", "+": "más",
        "=": "igual a", "×": "por", "÷": "dividido por",
    },
    abbreviations={
        "sr": "señor", "sra": "señora", "srta": "señorita", "sres": "señores", "dr": "doctor",
        "dra": "doctora", "d": "don", "dña": "doña", "prof": "profesor", "ud": "usted", "uds":
        "ustedes", "vd": "usted", "etc": "etcétera", "p.ej": "por ejemplo",
        "ee.uu": "Estados Unidos",
        "pág": "página", "págs": "páginas", "p": "página", "núm": "número", "n": "número", "vol":
        "volumen", "cap": "capítulo", "art": "artículo", "fig": "figura", "av": "avenida", "avda":
        "avenida", "a.c": "antes de Cristo", "d.c": "después de Cristo", "aprox": "aproximadamente",
        "sto": "santo", "sta": "santa", "cía": "compañía", "tel": "teléfono",
    },
    dot="punto", at="arroba", link="enlace a", to="a", minus="menos", hour=("", ""),
    numbered="capítulo tomo libro acto escena parte volumen siglo", century="siglo",
)  # fmt: skip
_UNKNOWN = Speech(signs={}, abbreviations={}, dot=".", at="@", link="", to="", minus="")
_BY_LANGUAGE = {"de": _GERMAN, "fr": _FRENCH, "es": _SPANISH}
_ONLY_BEFORE_FIGURES = frozenset(("s", "n", "no", "p", "pp"))
_ONLY_CAPITALISED = frozenset(("m", "mm", "me", "d"))


@lru_cache(maxsize=8)
def language_of(tag: str) -> OtherLanguage:
    """Return how the language of a BCP 47 tag is said."""
    code = tag.replace("_", "-").split("-")[0].lower()
    return OtherLanguage(code, _BY_LANGUAGE.get(code, _UNKNOWN))


class OtherLanguage:
    """Says the tokens of a language by its table; one without a table keeps its figures."""

    def __init__(self, code: str, speech: Speech) -> None:
        self._code = code
        self._speech = speech
        self._signs = {".": speech.dot, "@": speech.at, "_": " ", "-": " ", "+": "plus"}

    def say(self, passage: Passage, position: int) -> tuple[list[SpokenWord], int]:
        """Return what is said for the token that starts at `position`, and where it ends."""
        text = passage.text
        if self._speech is not _UNKNOWN:
            address = say_address(text, position, passage.end, self._signs, self._speech.link)
            if address is not None:
                return [address], address.end
            said = self._say_time(passage, position) or self._say_numeral(passage, position)
            if said is not None:
                return [said], said.end
            figures = self._say_figures(passage, position)
            if figures is not None:
                return figures
            abbreviation = self._say_abbreviation(passage, position)
            if abbreviation is not None:
                return [abbreviation], abbreviation.end
        word = WORD.match(text, position, passage.end)
        if word is None:
            sign = text[position]
            return [
                SpokenWord(self._speech.signs.get(sign, ""), position, position + 1)
            ], position + 1
        return [SpokenWord(plain_word(word.group()), position, word.end())], word.end()

    def _say_time(self, passage: Passage, position: int) -> SpokenWord | None:
        match = _TIME.match(passage.text, position, passage.end)
        if match is None or (match["sign"] != ":" and match["sign"].strip() != "h"):
            return None
        hours, minutes = int(match["hours"]), int(match["minutes"])
        said = [self._number(str(hours), is_year=False), self._speech.hour[hours != 1]]
        if hours == 1 and self._code in ("de", "fr"):
            said[0] = "ein" if self._code == "de" else "une"
        if minutes:
            said.append(self._number(str(minutes), is_year=False))
        return SpokenWord(" ".join(filter(None, said)), position, match.end())

    def _say_numeral(self, passage: Passage, position: int) -> SpokenWord | None:
        """Say a Roman numeral: a ruler's, a century's, a chapter's."""
        match = _NUMERAL.match(passage.text, position, passage.end)
        value = roman(match["numeral"]) if match else None
        if match is None or value is None:
            return None
        following = _NEXT_WORD.match(passage.after(match.end()))
        is_century = following is not None and following[1].lower() == self._speech.century
        previous = _PREVIOUS_WORD.search(passage.before(position))
        name = previous[1] if previous else ""
        is_numbered = name.lower() in self._speech.numbered.split()
        is_ruler = (
            name[:1].isupper() and len(name) > 2 and (len(match["numeral"]) > 1 or value < 11)
        )
        if not (is_century or is_numbered or is_ruler or match["ending"]):
            return None
        end = match.end()
        has_stop = self._speech.has_ordinal_stop and passage.text.startswith(".", end, passage.end)
        spoken = self._numeral_said(value, match["ending"], is_century, is_numbered, has_stop)
        is_inner = has_stop and passage.text[end + 1 : passage.end].strip()
        return SpokenWord(spoken, position, end + 1 if is_inner else end)

    def _numeral_said(
        self, value: int, ending: str, is_century: bool, is_numbered: bool, has_stop: bool
    ) -> str:
        from num2words import num2words

        ordinal = str(num2words(value, lang=self._code, to="ordinal"))
        cardinal = str(num2words(value, lang=self._code))
        match self._code:
            case "de":
                if is_century:
                    return f"{ordinal}n"
                return f"der {ordinal}" if has_stop and not is_numbered else cardinal
            case "fr":
                if value == 1 and not is_numbered:
                    return "première" if ending in ("re", "ère") else "premier"
                return ordinal if ending or is_century else cardinal
            case _:
                return ordinal if value <= 10 and not is_numbered else cardinal

    def _say_figures(self, passage: Passage, position: int) -> tuple[list[SpokenWord], int] | None:
        ordinal = _ORDINAL.match(passage.text, position, passage.end)
        if ordinal and (ordinal["ending"] != "." or self._is_ordinal(passage, ordinal)):
            said = self._ordinal(passage, ordinal)
            return [SpokenWord(said, position, ordinal.end())], ordinal.end()
        match = _FIGURES.match(passage.text, position, passage.end)
        if match is None:
            return None
        unit = match["unit"]
        said = self._number(match["low"], is_year=not (unit or match["currency"] or match["high"]))
        if match["high"]:
            said += (
                f" {self._speech.to} {self._number(match['high'], is_year=len(match['low']) == 4)}"
            )
        if match["sign"]:
            said = f"{self._speech.minus} {said}"
        if match["currency"]:
            said += " " + self._speech.signs.get(match["currency"], "")
        if not unit:
            return [SpokenWord(said, position, match.end())], match.end()
        name = self._speech.signs.get(unit, unit)
        if match["gap"]:
            amount = SpokenWord(said, position, match.start("gap"))
            return [amount, SpokenWord(name, match.start("unit"), match.end())], match.end()
        return [SpokenWord(f"{said} {name}", position, match.end())], match.end()

    def _is_ordinal(self, passage: Passage, match: re.Match[str]) -> bool:
        return (
            self._speech.has_ordinal_stop
            and len(match["number"]) < 3
            and bool(passage.after(match.end()).strip())
            and match.start() > passage.start
        )

    def _ordinal(self, passage: Passage, match: re.Match[str]) -> str:
        from num2words import num2words

        said = str(num2words(int(match["number"]), lang=self._code, to="ordinal"))
        if self._code == "de" and match["ending"] == ".":
            before = passage.before(match.start()).rstrip()
            is_weak = re.search(
                r"\b(?:am|vom|zum|im|den|dem|beim|ab|seit|bis)$", before, re.IGNORECASE
            )
            said = said + ("n" if is_weak else "")
        if self._code == "fr" and match["number"] == "1":
            return "première" if match["ending"].endswith("re") else "premier"
        return said

    def _number(self, text: str, is_year: bool) -> str:
        from num2words import num2words

        clean = re.sub(r"[\u00a0\u202f\u2009 ’']", "", text)
        if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", clean):
            clean = clean.replace(".", "")
        whole, _, rest = clean.replace(",", ".").partition(".")
        if len(whole) > 15:
            return " ".join(str(num2words(int(figure), lang=self._code)) for figure in whole)
        number = int(whole)
        if self._speech.years_by_hundreds and is_year and not rest and 1100 <= number < 2000:
            return str(num2words(number, lang=self._code, to="year"))
        said = str(num2words(number, lang=self._code))
        if not rest:
            return said
        comma = {"de": "Komma", "fr": "virgule", "es": "coma"}[self._code]
        return f"{said} {comma} " + " ".join(str(num2words(int(d), lang=self._code)) for d in rest)

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
        written = passage.text[start:end]
        key = re.sub(r"\s", "", written).rstrip(".").lower()
        following = passage.after(end).lstrip()
        if key in _ONLY_BEFORE_FIGURES and not following[:1].isdigit():
            return None
        if key in _ONLY_CAPITALISED and not (written[0].isupper() and following[:1].isupper()):
            return None
        return self._speech.abbreviations.get(key)


_ABBREVIATED = re.compile(
    r"(?:[^\W\d_]{1,4}\.(?:[\s\u00a0\u202f]?-?[^\W\d_]{1,3}(?:-[^\W\d_])?\.)+"
    r"|[^\W\d_]{1,6}\.)(?!\w)"
)
