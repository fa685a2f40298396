"""Which script a passage is written in, and whether a language is ever written in it.

What a file says its language is can be wrong: the templates that books are made from say English.
Its letters can't.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import islice

_LETTERS_ASKED = 200
_MOST = 0.6
"""Of the letters: a Hebrew sentence may have an English title in it."""

_LAST_LATIN = "\u024f"

_LANGUAGES: dict[str, tuple[str, ...]] = {
    "GREEK": ("el", "grc"),
    "CYRILLIC": (
        *("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg", "tt", "ba", "cv", "uz", "az"),
        *("bs", "sh", "os", "ce", "av", "sah", "udm", "kv", "mhr", "cu", "ro", "tk", "hr"),
    ),
    "ARMENIAN": ("hy", "hyw", "xcl"),
    "GEORGIAN": ("ka", "xmf"),
    "HEBREW": ("he", "yi", "iw", "ji", "lad", "arc"),
    "ARABIC": (
        *("ar", "fa", "ur", "ps", "ku", "ckb", "sd", "ug", "ks", "pa", "pnb", "az", "azb", "ms"),
        *("arz", "prs", "bal", "ota", "tr", "kk", "uz", "ha", "jv"),
    ),
    "SYRIAC": ("syr", "arc"),
    "DEVANAGARI": ("hi", "mr", "ne", "sa", "kok", "bho", "mai", "new", "doi", "brx", "sd", "ks"),
    "BENGALI": ("bn", "as", "mni", "sa"),
    "GURMUKHI": ("pa",),
    "GUJARATI": ("gu",),
    "ORIYA": ("or",),
    "TAMIL": ("ta",),
    "TELUGU": ("te",),
    "KANNADA": ("kn", "tcy"),
    "MALAYALAM": ("ml",),
    "SINHALA": ("si", "pi"),
    "THAI": ("th", "pi"),
    "LAO": ("lo",),
    "TIBETAN": ("bo", "dz"),
    "MYANMAR": ("my", "shn", "mnw", "pi"),
    "KHMER": ("km",),
    "ETHIOPIC": ("am", "ti", "gez"),
    "HANGUL": ("ko",),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "CJK": ("zh", "ja", "ko", "yue", "wuu", "lzh", "vi", "cmn", "hak", "nan"),
}
"""Of each script the languages written in it, the one that most of its texts are in first."""


def languages_in_script_of(text: str) -> tuple[str, ...]:
    """Return the languages that are written in the script most letters of a passage are in.

    Nothing for Latin letters, which tell little, and for scripts that aren't known here.
    """
    if text.isascii() or max(text) <= _LAST_LATIN:
        return ()
    letters = list(islice(filter(str.isalpha, text), _LETTERS_ASKED))
    scripts = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in letters)
    if not scripts:
        return ()
    if scripts["HIRAGANA"] or scripts["KATAKANA"]:  # Japanese has Chinese characters among them
        scripts["HIRAGANA"] += scripts.pop("KATAKANA", 0) + scripts.pop("CJK", 0)
    script, count = scripts.most_common(1)[0]
    return _LANGUAGES.get(script, ()) if count >= _MOST * len(letters) else ()
