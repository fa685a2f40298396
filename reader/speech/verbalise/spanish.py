"""Spanish as a reader would say it."""

from __future__ import annotations

import re
from typing import ClassVar

from reader.speech.verbalise.grammar import RULERS, Grammar
from reader.text.abbreviations import word_set

_FEMININE = re.compile(
    r"[\s\u00a0]*(?:mil\s)?(?:[^\W\d_]+(?:as|ciones|dades)|mujeres|veces|partes|noches|tardes|"
    r"clases|calles|frases|fases|flores|leyes|redes|sedes|imágenes|voces|luces|series|naves)\b"
)
_FEMININE_ONE = re.compile(
    r"[\s\u00a0]*(?!(?:día|mapa|planeta|[^\W\d_]*(?:ema|ama|ima|oma))s?\b)"
    r"(?:[^\W\d_]+(?:as?|ción|ciones|dad|dades)|vez|veces|mujer|mujeres|parte|noche|tarde|clase|calle|frase|flor|"
    r"ley|red|mano|foto|imagen|voz|luz|serie)\b"
)
_YEAR = re.compile(r"[\s\u00a0](?:1\d|20)\d\d(?!\d)")
_NOUN = re.compile(r"[\s\u00a0]*[^\W\d_]")
_NOT_A_NOUN = re.compile(r"[\s\u00a0]*(?:de|y|o|u|a|en|al|por|con|que|es|fue|son|para)\b")
_PARTS = {2: "medio", 3: "tercio"}


class Spanish(Grammar):
    """The gender of hundreds and of "uno" is read off the noun behind the figure."""

    code = "es"
    signs: ClassVar = {
        "&": "y", "§": "sección", "§§": "secciones",
        "%": "por ciento", "‰": "por mil", "°": "grados",
        "€": "euros", "$": "dólares", "£": "libras", "+": "más", "=": "igual a", "×": "por",
        "÷": "dividido por", "≈": "aproximadamente", "≠": "distinto de", "≤": "como máximo",
        "≥": "como mínimo", "<": "menor que", ">": "mayor que", "−": "menos",
    }  # fmt: skip
    units: ClassVar = {
        sign: (one, several or f"{one}s")
        for sign, one, several in (
            ("%", "por ciento", "por ciento"), ("‰", "por mil", "por mil"), ("°", "grado", ""),
            ("°C", "grado Celsius", "grados Celsius"), ("€", "euro", ""), ("EUR", "euro", ""),
            ("M€", "millón de euros", "millones de euros"), ("$", "dólar", "dólares"),
            ("US$", "dólar", "dólares"),
            ("£", "libra", ""), ("km", "kilómetro", ""),
            ("km/h", "kilómetro por hora", "kilómetros por hora"),
            ("m/s", "metro por segundo", "metros por segundo"), ("kg", "kilo", ""),
            ("g", "gramo", ""), ("mg", "miligramo", ""), ("t", "tonelada", ""),
            ("cm", "centímetro", ""), ("mm", "milímetro", ""), ("m", "metro", ""),
            ("km²", "kilómetro cuadrado", "kilómetros cuadrados"),
            ("m²", "metro cuadrado", "metros cuadrados"),
            ("m³", "metro cúbico", "metros cúbicos"), ("ha", "hectárea", ""), ("l", "litro", ""),
            ("L", "litro", ""), ("ml", "mililitro", ""), ("h", "hora", ""), ("min", "minuto", ""),
            ("s", "segundo", ""), ("ms", "milisegundo", ""), ("Hz", "hercio", ""),
            ("kHz", "kilohercio", ""), ("MHz", "megahercio", ""), ("GHz", "gigahercio", ""),
            ("W", "vatio", ""), ("kW", "kilovatio", ""),
            ("kWh", "kilovatio hora", "kilovatios hora"), ("V", "voltio", ""),
            ("KB", "kilobyte", ""), ("MB", "megabyte", ""), ("GB", "gigabyte", ""),
            ("TB", "terabyte", ""),
        )
    }  # fmt: skip
    abbreviations: ClassVar = {
        "sr": "señor", "sra": "señora", "srta": "señorita", "sres": "señores", "dr": "doctor",
        "dra": "doctora", "d": "don", "dña": "doña", "prof": "profesor", "ud": "usted",
        "uds": "ustedes", "vd": "usted", "etc": "etcétera", "p.ej": "por ejemplo",
        "ee.uu": "Estados Unidos", "pág": "página", "págs": "páginas", "p": "página",
        "pp": "páginas", "núm": "número", "n": "número", "vol": "volumen", "cap": "capítulo",
        "art": "artículo", "fig": "figura", "av": "avenida", "avda": "avenida",
        "a.c": "antes de Cristo", "d.c": "después de Cristo", "aprox": "aproximadamente",
        "s": "siglo", "ss": "siglos", "sto": "santo", "sta": "santa", "cía": "compañía",
        "tel": "teléfono", "t": "tomo", "sig": "siguiente", "sigs": "siguientes",
        "ed": "edición", "apdo": "apartado", "izq": "izquierda", "izda": "izquierda",
        "dcha": "derecha", "jj.oo": "Juegos Olímpicos", "cc.aa": "comunidades autónomas",
        "a.m": "de la mañana", "p.m": "de la tarde", "s.a": "S A", "s.l": "S L", "gral": "general",
        "ene": "enero", "feb": "febrero", "abr": "abril", "jul": "julio", "ago": "agosto",
        "sept": "septiembre", "oct": "octubre", "nov": "noviembre", "dic": "diciembre",
    }  # fmt: skip
    unstopped: ClassVar = {
        "n.º": "número", "nº": "número", "n°": "número", "N.º": "número",
        "C/": "calle", "c/": "calle", "D.ª": "doña",
    }  # fmt: skip
    capitalised_only = word_set("d")
    before_figures_only = word_set("n p pp s ss t")
    ratio, per = "a", "por"
    dot, at, link, to, minus, comma = "punto", "arroba", "enlace a", "a", "menos", "coma"
    squared, to_the_power = "al cuadrado", "elevado a"
    months = (
        "enero", "febrero", "marzo", "abril", "mayo", "junio",
        "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
    )  # fmt: skip
    date = re.compile(r"(?P<day>\d{1,2})(?P<s>[/.-])(?P<month>\d{1,2})(?P=s)(?P<year>\d{4})(?!\d)")
    ordinal = re.compile(
        r"(?P<number>\d{1,4})(?P<ending>\.?[ºª]|\.?(?:er|ero|era|do|da|to|ta)(?!\w))"
    )
    numbered = word_set(
        "capítulo tomo libro acto escena parte volumen siglo siglos s ss t cap vol título"
    )
    counted = word_set("guerra")
    lower_only = word_set("n s ss")
    rulers = RULERS

    def cardinal(self, number: int, after: str = "", /) -> str:
        """Return "veintiuna", "veintiún", "quinientas" as the noun asks."""
        said = super().cardinal(number)
        if not _NOUN.match(after) or _NOT_A_NOUN.match(after):
            return said
        if _FEMININE.match(after):
            said = said.replace("cientos", "cientas").replace("quinientos", "quinientas")
        if said.endswith("uno"):
            is_feminine = _FEMININE_ONE.match(after)
            accented = "ún" if said.endswith("veintiuno") else "un"
            return said[:-3] + ("una" if is_feminine else accented)
        return said

    def joined(self, amount: str, name: str) -> str:
        """Return "un millón de euros"."""
        is_million = bool(name) and amount.endswith(("millón", "millones"))
        return f"{amount} de {name}" if is_million else super().joined(amount, name)

    def abbreviation_said(self, written: str, before: str, after: str) -> str | None:
        """Return also "nacido en" for the "n." before a year."""
        if written == "n." and _YEAR.match(after):
            return "nacido en"
        return super().abbreviation_said(written, before, after)

    def sum_of_money(self, whole: int, cents: int, currency: str) -> str:
        """Return 3,50 € as "tres euros con cincuenta"."""
        name = self.units[currency][whole != 1]
        said = f"{self.cardinal(whole, name)} {name}"
        return f"{said} con {self.cardinal(cents)}" if cents else said

    def fraction(self, top: int, bottom: int) -> str | None:
        """Return 3/4 as "tres cuartos"."""
        if bottom in (10, 100) and 0 <= top <= bottom:
            return f"{self.cardinal(top)} sobre {self.cardinal(bottom)}"
        if not 0 < top < bottom or bottom not in (2, 3, 4, 5, 6, 7, 8, 9):
            return None
        name = _PARTS.get(bottom) or self._ordinal(bottom)
        return f"{self.cardinal(top, name)} {name}" + ("s" if top > 1 else "")

    def part_of(self, top: int, bottom: int, unit: tuple[str, str], /) -> str | None:
        """Return 1/2 l as "medio litro"."""
        if (top, bottom) == (1, 2):
            return f"medi{'a' if unit[0].endswith('a') else 'o'} {unit[0]}"
        part = self.fraction(top, bottom)
        return f"{part} de {unit[0]}" if part else None

    def mixed(self, whole: int, top: int, bottom: int) -> str | None:
        """Return 2½ as "dos y medio"."""
        part = self.fraction(top, bottom)
        if part is None:
            return None
        return f"{self.cardinal(whole)} y {'medio' if bottom == 2 else part}"

    def _ordinal(self, number: int) -> str:
        from num2words import num2words

        return str(num2words(number, lang="es", to="ordinal"))

    def date_said(self, day: int, month: int, year: int | None, _before: str, /) -> str:
        """Return 3/4/2025 as "tres de abril de dos mil veinticinco"."""
        said = f"{self.cardinal(day)} de {self.months[month - 1]}"
        return f"{said} de {self.year(year)}" if year is not None else said

    def ordinal_said(self, number: int, ending: str, _before: str, _after: str, /) -> str:
        """Return 1.ª as "primera", 1er as "primer"."""
        said = self._ordinal(number)
        if ending.endswith("er"):
            return said.removesuffix("o")
        return said[:-1] + "a" if ending.endswith(("ª", "a")) else said

    def ruler_said(self, value: int, name: str, _before: str, _has_stop: bool, /) -> str:
        """Return "segundo" and, beyond ten, "trece"."""
        if value > 10:
            return self.cardinal(value)
        said = self._ordinal(value)
        return said[:-1] + "a" if name.endswith(("a", "Isabel")) else said

    def counting_said(self, value: int, _before: str, /) -> str:
        """Return the "segunda" of "II Guerra Mundial"."""
        return self._ordinal(value)[:-1] + "a"
