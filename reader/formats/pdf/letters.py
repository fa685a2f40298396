"""Characters as PDF fonts name them, made those of the text: ligatures, accents, hyphens."""

from __future__ import annotations

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
    if code < 32 or 0xD800 <= code < 0xE000 or code >= 0x110000 or code & 0xFFFE == 0xFFFE:
        return ""
    return chr(code)


def is_unread(code: int) -> bool:
    """Whether this is what stands where nobody knows the character."""
    return code in (0, 0xFFFD) or 0xE000 <= code < 0xF900 or (code < 32 and code not in _CONTROLS)


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
