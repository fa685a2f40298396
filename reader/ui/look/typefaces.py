"""The typefaces: which files carry them, loaded when first asked for, and fonts cut from them."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from reader.values import value

TEXT_FAMILY = "Literata"
INTERFACE_FAMILY = "Inter"


@value
class Typeface:
    """A family that comes with the app: the package that carries its files, and its axes."""

    family: str
    package: str
    has_weight_axis: bool
    has_optical_axis: bool


SHIPPED = {
    face.family: face
    for face in (
        Typeface(TEXT_FAMILY, "fontpkg_literata", has_weight_axis=True, has_optical_axis=True),
        Typeface(INTERFACE_FAMILY, "fontpkg_inter", has_weight_axis=True, has_optical_axis=True),
        Typeface(
            "Atkinson Hyperlegible",
            "fontpkg_atkinson_hyperlegible",
            has_weight_axis=False,
            has_optical_axis=False,
        ),
        Typeface("Lexend", "fontpkg_lexend", has_weight_axis=True, has_optical_axis=False),
    )
}
"""Families offered for the text on every machine, whatever is installed there."""

_WEIGHT_AXIS = QFont.Tag("wght")
_OPTICAL_AXIS = QFont.Tag("opsz")
_EVEN_FIGURES = QFont.Tag("tnum")


@cache
def _load(package: str, *, italic: bool) -> None:
    """Give Qt the package's upright or slanted font files, once: each takes 3 ms.

    Without them Qt takes its nearest family.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return
    for file in sorted((Path(spec.origin).parent / "files").glob("*.ttf")):
        if ("Italic" in file.name) is italic:
            QFontDatabase.addApplicationFont(str(file))


def family_names() -> list[str]:
    """Return what may be chosen for the text: our own families first, then the installed ones."""
    installed = sorted(set(QFontDatabase.families()) - SHIPPED.keys(), key=str.casefold)
    return [*SHIPPED, *installed]


def font_of(
    family: str,
    size_px: float,
    weight: int = 400,
    *,
    italic: bool = False,
    has_even_figures: bool = False,
) -> QFont:
    """Return the family at `size_px` pixels, to the nearest whole one, at weight 100 to 900.

    `has_even_figures` gives all figures the same width. A family that is neither ours nor
    installed is replaced by Qt's nearest.
    """
    # copies share what Qt has found out about the font, which takes it most of its time
    return QFont(_made_font(family, size_px, weight, italic, has_even_figures))


@lru_cache(maxsize=256)
def _made_font(
    family: str, size_px: float, weight: int, italic: bool, has_even_figures: bool
) -> QFont:
    font = QFont(family)
    if has_even_figures:
        font.setFeature(_EVEN_FIGURES, 1)
    font.setPixelSize(_whole_pixels(size_px))
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    face = SHIPPED.get(family)
    if face is not None:
        _load(face.package, italic=False)
        if italic:
            _load(face.package, italic=True)
    if face is not None and face.has_weight_axis:
        # not setWeight: Qt would smear the regular outlines instead of moving along the axis
        font.setVariableAxis(_WEIGHT_AXIS, weight)
        if face.has_optical_axis:
            font.setVariableAxis(_OPTICAL_AXIS, font.pixelSize())  # as it is drawn
    else:
        font.setWeight(QFont.Weight(weight))
    return font


def code_font(size_px: float, weight: int = 400) -> QFont:
    """Return the system's fixed-width family at `size_px` pixels."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(_whole_pixels(size_px))
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFixedPitch(True)
    return font


def _whole_pixels(size_px: float) -> int:
    """Return the size Qt would round to: it knows no fractions of a pixel, in points either."""
    return max(math.floor(size_px + 0.5), 1)
