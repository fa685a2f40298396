"""Which characters the bytes and words of an RTF file stand for."""

from __future__ import annotations

import codecs
import locale

_BY_CHARSET = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
_BY_PAGE = {936: "gb18030", 1361: "johab", 10000: "mac_roman", 65001: "utf-8", 437: "cp437"}
SYMBOL_CHARSET = 2

SIGNS = {
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "zwbo": "\u200b",
    "zwnbo": "\u2060",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
    "~": "\u00a0",
    "-": "\u00ad",
    "_": "‑",
    "\t": "\t",
    "\\": "\\",
    "{": "{",
    "}": "}",
}
"""Words that stand for a character each."""

_NO_LANGUAGE = {0, 0x400, 0x7F, 0xFF, 0x800}


def encoding_of_charset(charset: int) -> str:
    """Return a font's encoding, empty where its charset tells none."""
    return _BY_CHARSET.get(charset, "")


def encoding_of_page(page: int) -> str:
    """Return the encoding of a code page, empty where there is none such."""
    name = _BY_PAGE.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def language_of_number(number: int) -> str:
    """Return the BCP 47 tag of a Windows language number, empty where it means none."""
    if number in _NO_LANGUAGE:
        return ""
    return locale.windows_locale.get(number, "").replace("_", "-")
