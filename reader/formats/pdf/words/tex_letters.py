"""The letters of TeX's bitmap fonts, which tell nothing but their codes.

Papers made before about 2005, and many since, have their letters as pictures (Type 3) under the
codes of TeX's own encodings: ASCII for most, but ligatures, quotes, dashes and accents elsewhere.
OT1 (Knuth, The TeXbook, appendix F) is that of the fonts of old, T1 (Cork, 1990) has letters with
their accents. Which of them a font has is told from its codes on a page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress, repeat

import pypdfium2_raw as pdfium

from reader.formats.pdf.pdfium import OpenPage
from reader.formats.pdf.words import bare_calls
from reader.formats.pdf.words.letters import LINE_END_HYPHEN

_LIGATURES = "\ufb00\ufb01\ufb02\ufb03\ufb04"  # ff fi fl ffi ffl
_OT1 = (
    dict(zip(range(0x0B), "ΓΔΘΛΞΠΣΥΦΨΩ", strict=True))
    | dict(zip(range(0x0B, 0x10), _LIGATURES, strict=True))
    | dict(zip(range(0x10, 0x20), "\u0131\u0237`´ˇ˘¯˚¸ßæœøÆŒØ", strict=True))
    | {0x22: "”", 0x27: "’", 0x3C: "¡", 0x3E: "¿", 0x5C: "“", 0x5E: "ˆ", 0x5F: "˙"}
    | {0x60: "‘", 0x7B: "–", 0x7C: "—", 0x7D: "˝", 0x7E: "˜", 0x7F: "¨"}
)
_T1 = (
    dict(zip(range(0x10), "`´ˆ˜¨˝˚ˇ˘¯˙¸˛‚‹›", strict=True))
    | dict(zip(range(0x10, 0x17), "“”„«»–—", strict=True))
    | {0x19: "\u0131", 0x1A: "\u0237", 0x27: "’", 0x60: "‘", 0x7F: "-"}
    | dict(zip(range(0x1B, 0x20), _LIGATURES, strict=True))
    | dict(zip(range(0x80, 0x90), "ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔ", strict=True))
    | dict(zip(range(0x90, 0xA0), "ŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§", strict=True))
    | dict(zip(range(0xA0, 0xB0), "ăąćčďěęğĺľłńňŋőŕ", strict=True))
    | dict(zip(range(0xB0, 0xC0), "řśšşťţűůÿźžżĳ¡¿£", strict=True))
    | {0xD7: "Œ", 0xDF: "ẞ", 0xF7: "œ", 0xFF: "ß"}
)
_ONLY_T1 = re.compile(r"[\x10\x11\x15\x16\x1b-\x1f]")
_ONLY_OT1 = re.compile(r"[\x0b-\x0f\\{|]")
_WORD = re.compile("[A-Za-z]{4}")
_SAMPLED = 8

_VOWELS, _FREQUENT = re.compile("[aeiouy]"), re.compile("[eainrsto]")
_LEAST_LETTERS = 40
_VOWEL_SHARES, _LEAST_FREQUENT = (0.28, 0.56), 0.52


def with_tex_letters(
    page: OpenPage, text: str, lefts: Sequence[float], rights: Sequence[float]
) -> str:
    """Return a page's characters, those of TeX's bitmap fonts as what they are: one for each.

    `lefts` and `rights` are the edges of each character's room on its line.
    """
    if not _has_unmapped(page, text):
        return text
    is_unmapped = pdfium.FPDFText_HasUnicodeMapError
    count = len(text)
    unmapped = [found == 1 for found in map(is_unmapped, repeat(page.text), range(count))]
    of_fonts = _by_font(page, list(compress(range(count), unmapped)))
    told = list(text)
    written = [numbers for numbers in of_fonts if _is_of_words(text, numbers, lefts, rights)]
    of_page = _encoding("".join(text[n] for numbers in written for n in numbers))
    for numbers in written:
        encoding = _encoding("".join(text[n] for n in numbers)) or of_page
        for n in numbers:
            code = ord(text[n])
            if code != LINE_END_HYPHEN:
                told[n] = encoding.get(code, text[n])
    return "".join(told)


def reads_as_text(text: str) -> bool:
    """Whether letters are as frequent as in languages: their font's codes are those of ASCII."""
    letters = "".join(re.findall("[a-z]", text))
    if len(letters) < _LEAST_LETTERS or len(letters) < len(text.split()):
        return False
    least, most = (share * len(letters) for share in _VOWEL_SHARES)
    is_usual = len(_FREQUENT.findall(letters)) >= _LEAST_FREQUENT * len(letters)
    return is_usual and least <= len(_VOWELS.findall(letters)) <= most


def _has_unmapped(page: OpenPage, text: str) -> bool:
    """Whether a font of the page may not tell its letters, from some all over it."""
    step = len(text) // _SAMPLED + 1
    near = (_WORD.search(text, at) for at in range(0, len(text), step))
    return any(
        pdfium.FPDFText_HasUnicodeMapError(page.text, found.start()) == 1
        for found in near
        if found is not None
    )


def _by_font(page: OpenPage, numbers: Sequence[int]) -> list[list[int]]:
    """Return the characters of each font."""
    address = bare_calls.address_of(page.text) if numbers else 0
    of_objects: dict[int, int] = {}
    of_fonts: dict[int, list[int]] = {}
    for number in numbers:
        piece = bare_calls.text_object(address, number)
        if piece:
            font = of_objects.get(piece)
            if font is None:
                font = of_objects[piece] = bare_calls.font(piece) or 0
            of_fonts.setdefault(font, []).append(number)
    return list(of_fonts.values())


def _is_of_words(
    text: str, numbers: Sequence[int], lefts: Sequence[float], rights: Sequence[float]
) -> bool:
    """Whether a font is one of words, not of formulas; nor one of code, whose signs are ASCII's."""
    letters = "".join(text[n] for n in numbers)
    if not _WORD.search(letters) or 2 * sum(map(str.isalpha, letters)) < len(letters):
        return False
    widths = [
        round(rights[n] - lefts[n], 1)
        for n in numbers
        if text[n] in "ilmw" and rights[n] > lefts[n]
    ]
    return len(set(widths)) != 1 or len({text[n] for n in numbers} & set("ilmw")) < 2


def _encoding(letters: str) -> dict[int, str]:
    """Return what the codes of a font stand for, told from them; empty where nothing tells it."""
    t1, ot1 = len(_ONLY_T1.findall(letters)), len(_ONLY_OT1.findall(letters))
    if t1 == ot1:
        return {}
    return _T1 if t1 > ot1 else _OT1
