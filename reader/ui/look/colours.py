"""Colours from colours: mixed, laid over each other, and how well one stands out on another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from reader.ui.look.theme import Palette

_LEAST_CONTRAST = 7.0
"""Of the ink on any ground made here (WCAG 2.2, level AAA)."""
_LINE_CONTRAST = 3.0
"""Of a line that means something with what it is drawn on (WCAG 2.2, "non-text contrast")."""
_ACTIVE_SHARE = 0.5
_STEP = 0.1

_Channels = tuple[float, float, float]


def blended(palette: Palette, colours: Sequence[str]) -> QColor:
    """Return the ground of highlights on top of each other: each adds its own, as inks do on
    paper, as far as the text stays readable."""
    mixed = palette.highlight(colours[0])
    for colour in colours[1:]:
        mixed = _readable(palette, mixed, _added(palette, mixed, palette.highlight(colour)))
    return mixed


def stronger(palette: Palette, colour: str) -> QColor:
    """Return the ground of the note the reader is at: deeper than a highlight, still readable."""
    ground = palette.highlight(colour)
    return _readable(palette, ground, mix(ground, palette.strong(colour), _ACTIVE_SHARE))


def line_ink(palette: Palette, colour: str) -> QColor:
    """Return what lines of a highlight's colour are drawn in: plain on paper and on highlights."""
    strong, grounds = palette.strong(colour), (palette.paper, palette.highlight(colour))
    share = 0.0
    while share < 1:
        tried = mix(strong, palette.ink, share)
        if min(contrast(tried, ground) for ground in grounds) >= _LINE_CONTRAST:
            return tried
        share += _STEP
    return palette.ink


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """Return `one` with `share` of `other` in it; above 1 it goes beyond, as far as colours go."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return QColor.fromRgbF(*(min(max(a + (b - a) * share, 0.0), 1.0) for a, b in pairs))


def fill(painter: QPainter, box: QRect | QRectF, colour: QColor) -> None:
    """Fill a rectangle, as `fillRect` does; for that PySide first makes 169 names of gradients."""
    pen, brush = painter.pen(), painter.brush()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(box)
    painter.setPen(pen)
    painter.setBrush(brush)


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _channels(colour: QColor) -> _Channels:
    return colour.redF(), colour.greenF(), colour.blueF()


def _luminance(colour: QColor) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
        for channel in _channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _added(palette: Palette, ground: QColor, layer: QColor) -> QColor:
    """Return the ground changed by as much as the layer would change paper."""
    channels = []
    for below, above, bare in zip(
        _channels(ground), _channels(layer), _channels(palette.paper), strict=True
    ):
        channel = below + above - bare if palette.is_dark else below * above / bare
        channels.append(min(max(channel, 0.0), 1.0))
    return QColor.fromRgbF(*channels)


def _readable(palette: Palette, known: QColor, wanted: QColor) -> QColor:
    """Return the nearest to `wanted`, from `known`, on which the ink still stands out enough."""
    share = 1.0
    while share > 0:
        tried = mix(known, wanted, share)
        if contrast(palette.ink, tried) >= _LEAST_CONTRAST:
            return tried
        share -= _STEP
    return known
