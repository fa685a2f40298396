"""Characters as PDF fonts name them, made those of the text: ligatures, accents, hyphens."""

from __future__ import annotations

import re
import unicodedata

LINE_END_HYPHEN = 2
"""How pdfium names a hyphen at a line's end that it takes for one of hyphenation."""

SPACES = frozenset(
    (9, 10, 11, 12, 13, 32, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, 0xFEFF)
) | frozenset(range(0x2000, 0x200C))
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_CONTROLS_AS_MEANT = {
    code: bytes((code,)).decode("cp1252", "ignore") for code in range(0x80, 0xA0)
} | {0x88: "\u2022"}
"""No text has these controls: a font that doesn't tell its letters has them in Windows' table, or
(0x88) in that of LaTeX's text symbols (TS1), of which lists need the bullet."""

_COMBINING = {
    0x5E: "\u0302",
    0x60: "\u0300",
    0xA8: "\u0308",
    0xAF: "\u0304",
    0xB4: "\u0301",
    0xB8: "\u0327",
    0x2C6: "\u0302",
    0x2C7: "\u030c",
    0x2D8: "\u0306",
    0x2D9: "\u0307",
    0x2DA: "\u030a",
    0x2DB: "\u0328",
    0x2DC: "\u0303",
    0x2DD: "\u030b",
}


ACCENTS = frozenset(_COMBINING)
"""Characters that may be the accent of a letter beside them."""


def text_of(code: int) -> str:
    """Return the text that a character stands for; empty for one that stands for none."""
    if code == LINE_END_HYPHEN:
        return "\u2010"
    if code in _LIGATURES:
        return _LIGATURES[code]
    if 0x1D400 <= code < 0x1D800:  # letters of formulas: read, found and said as what they are
        return unicodedata.normalize("NFKC", chr(code))
    if 0x80 <= code < 0xA0:
        return _CONTROLS_AS_MEANT.get(code, "")
    if code < 32 or 0xD800 <= code < 0xE000 or code >= 0x110000 or code & 0xFFFE == 0xFFFE:
        return ""
    return chr(code)


_BIG_SIGNS = {
    **dict.fromkeys("PX", "\u2211"),
    **dict.fromkeys("QY", "\u220f"),
    **dict.fromkeys("RZHI", "\u222b"),
    **dict.fromkeys("S[", "\u22c3"),
    **dict.fromkeys("T\\", "\u22c2"),
    **dict.fromkeys("V^", "\u22c0"),
    **dict.fromkeys("W_", "\u22c1"),
    **dict.fromkeys("LM", "\u2295"),
    **dict.fromkeys("NO", "\u2297"),
    **dict.fromkeys("pqrst", "\u221a"),
    **dict.fromkeys("\0\x10\x12 \xa1\xb3\xb5\xc3", "("),
    **dict.fromkeys("\x01\x11\x13!\xa2\xb4\xb6\xc4", ")"),
    **dict.fromkeys('\x02\x14"h', "["),
    **dict.fromkeys("\x03\x15#i", "]"),
    **dict.fromkeys("\x08\x1a(n", "{"),
    **dict.fromkeys("\t\x1b)o", "}"),
    **dict.fromkeys("\x0c\r", "|"),
}
"""By their codes in TeX's font of large signs (cmex10; Knuth, The TeXbook, appendix F)."""


def big_signs(text: str) -> str:
    """Return what characters of TeX's font of large signs are; pieces of brackets are nothing."""
    return "".join(_BIG_SIGNS.get(letter, letter if ord(letter) > 0xFF else "") for letter in text)


def joined_halves(high: int, low: int) -> int:
    """Return the character that two UTF-16 units stand for, 0 if they are no such pair."""
    if 0xD800 <= high < 0xDC00 <= low < 0xE000:
        return 0x10000 + (high - 0xD800 << 10) + (low - 0xDC00)
    return 0


def is_unread(code: int) -> bool:
    """Whether this is what stands where nobody knows the character."""
    return code in (0, 0xFFFD) or 0xE000 <= code < 0xF900 or (code < 32 and code not in _CONTROLS)


def is_enciphered(text: str) -> bool:
    """Whether a page's letters are not those that are seen, as its fonts tell the wrong ones.

    Many fonts without a table of their own tell "7KH" for "The": each letter some places off. No
    language that is written in Latin letters has as few vowels, nor any text as many hyphens.
    """
    hyphens = text.count(chr(LINE_END_HYPHEN))
    if hyphens > len(text) / 2:
        return len(text) > _LEAST_JUDGED
    letters = "".join(_LATIN_WORD.findall(text))  # codes and moves of chess have few vowels, too
    if len(letters) < max(_LEAST_JUDGED, _MOSTLY * sum(not c.isspace() for c in text)):
        return False
    return len(_VOWELS.findall(letters)) < _LEAST_VOWELS * len(letters)


_LATIN_WORD = re.compile(r"[A-Za-z]{4,}")
_VOWELS = re.compile("[AEIOUYaeiouy]")
_LEAST_JUDGED, _MOSTLY, _LEAST_VOWELS = 200, 0.5, 0.17

_CONTROLS = SPACES | {LINE_END_HYPHEN}


def accented(accent: int, letter: str) -> str:
    """Return a letter with the accent that is set over it as a character of its own; else ""."""
    mark = _COMBINING.get(accent)
    if mark is None or not letter.isalpha():
        return ""
    if letter == "ı":  # set without its dot, to make room
        letter = "i"
    joined = unicodedata.normalize("NFC", letter + mark)
    return joined if len(joined) == 1 else ""
