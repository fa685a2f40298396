"""Letters that no font on this machine has, and would show as boxes: told by their script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from PySide6.QtGui import QFont, QTextLayout

_BEYOND_LATIN = re.compile(r"[^\W\d_\u0000-\u024f]")
_LOOKED_AT = 40
"""Kinds of letters, the commonest first; each takes Qt some 50 µs."""
_FEWEST = 8
"""Letters from which it is a text in that script, and no single sign."""
_SCRIPT = re.compile(
    r"(.+?) (?:(?:CAPITAL|SMALL|FINAL|MODIFIER|INDEPENDENT|DEPENDENT|HEAD) )?"
    r"(?:LETTER|SIGN|SYLLABLE|SYLLABICS|VOWEL|IDEOGRAPH|CHARACTER|LIGATURE|UNIFIED|HIEROGLYPH)\b"
)
_NAMES = {
    "Cjk": "Chinese",
    "Hiragana": "Japanese",
    "Katakana": "Japanese",
    "Hangul": "Korean",
    "Canadian": "Canadian syllabic",
    "Egyptian": "Egyptian hieroglyphic",
}


def script_without_font(text: str, is_shown: Callable[[str], bool]) -> str:
    """Return the script in which letters of a text can't be shown; "" where all can.

    `is_shown` tells of a letter whether some font has it.
    """
    letters = Counter(_BEYOND_LATIN.findall(text))
    missing: Counter[str] = Counter()
    for letter, count in letters.most_common(_LOOKED_AT):
        if not is_shown(letter):
            missing[_script_of(letter)] += count
    script, count = next(iter(missing.most_common(1)), ("", 0))
    return script if count >= _FEWEST else ""


def has_glyph(letter: str, font: QFont) -> bool:
    """Whether a font, or one that Qt takes in its place, has a letter."""
    layout = QTextLayout(letter, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return all(0 not in run.glyphIndexes() for run in layout.glyphRuns())


def _script_of(letter: str) -> str:
    name = unicodedata.name(letter, "")
    found = _SCRIPT.match(name)
    script = (found[1] if found else name.partition(" ")[0]).capitalize()
    return _NAMES.get(script, script) or "another"
