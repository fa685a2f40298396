"""What a font of a PDF is, told from its name: bold, italic, one of formulas."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pypdfium2_raw as pdfium

from reader.values import value

_FIXED_FLAG, _ITALIC_FLAG = 1, 64
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi", "-medi", "cmbx", "bx1")
_ITALIC_NAMES = ("italic", "oblique", "-ital", "cmti", "-it", "slanted", "cmsl")
_MATH_NAMES = re.compile(
    r"cm(?:mi|mib|sy|bsy|ex)\d|lmmath|msam|msbm|eu(?:fm|rm|sm|ex)\d|rsfs|mtmi|mtsy|mtex|[tp]x(?:mi|sy|ex)"
    r"|(?:new)?[tp]xmi|zptmcm|mathematical|math|esint|stix.*math|rmtmi|symbolmt|mt2[ms]|^mt-?extra"
)
_BIG_SIGNS = re.compile(r"cmex|lmex|txex|pxex|mtex|euex")
"""Fonts of signs that hang below their baseline, sums and brackets, under letters' codes."""

_UNSEEN_NAMES = ("glyphless", "hiddenhorzocr", "invisible")
"""Fonts in which recognised letters lie over a page's picture, all of one width: they tell nothing
of how it is set. Tesseract's (and OCRmyPDF's), Acrobat's, hocr-tools'."""

_FIXED_NAMES = ("mono", "courier", "consol", "typewriter", "cmtt", "code")


@value
class FontKind:
    """What tells something about text that is set in it."""

    is_bold: bool = False
    is_italic: bool = False
    is_fixed: bool = False
    is_math: bool = False
    has_big_signs: bool = False


def described(font: Any) -> FontKind:
    """Return what a font is: by its name, else by its flags."""
    buffer = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 200)
    name = buffer.value.decode("utf-8", "replace").lower().rpartition("+")[2]
    flags = max(0, int(pdfium.FPDFFont_GetFlags(font)))
    is_bold = any(part in name for part in _BOLD_NAMES)
    if not is_bold and "regu" not in name:
        is_bold = int(pdfium.FPDFFont_GetWeight(font)) >= _BOLD_WEIGHT
    is_italic = bool(flags & _ITALIC_FLAG) or any(part in name for part in _ITALIC_NAMES)
    is_fixed = bool(flags & _FIXED_FLAG) or any(part in name for part in _FIXED_NAMES)
    is_fixed = is_fixed and not any(part in name for part in _UNSEEN_NAMES)
    is_math = _MATH_NAMES.search(name) is not None
    return FontKind(is_bold, is_italic, is_fixed, is_math, _BIG_SIGNS.search(name) is not None)
