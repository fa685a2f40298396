"""Covers drawn for texts that have none: two tones, the title in Literata, the author below."""

from __future__ import annotations

from zlib import crc32

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QTextLayout,
    QTextOption,
)

from reader.library.holdings import Holding
from reader.ui.library.shelf_words import authors_words, missing_words
from reader.ui.look.colours import mix
from reader.ui.look.theme import COVER_TONES, ON_COVER, Theme

DRAWN_WIDTH_PX, DRAWN_HEIGHT_PX = 150, 212
"""The size that covers are drawn for; larger and smaller ones keep the proportions."""

_EDGE_PX = 14
_RADIUS_PX = 6


def tone_of(text: Holding) -> int | None:
    """Return which two tones a text's cover has, None for the pale one of a missing file."""
    return None if text.is_missing else crc32(text.fingerprint.encode()) % len(COVER_TONES)


def paint_cover_ground(painter: QPainter, box: QRectF, tone: int | None, theme: Theme) -> None:
    """Draw a cover without words into `box`; slow, but there are only a few of them."""
    scale = box.width() / DRAWN_WIDTH_PX
    painter.setPen(Qt.PenStyle.NoPen)
    if tone is None:
        painter.setBrush(mix(theme.palette.paper, theme.palette.ink, 0.06))
    else:
        head, end = COVER_TONES[tone]
        tones = QLinearGradient(box.topLeft(), box.bottomLeft() + QPointF(box.width() * 0.35, 0))
        tones.setColorAt(0, QColor(head))
        tones.setColorAt(1, QColor(end))
        painter.setBrush(tones)
    painter.drawRoundedRect(box, _RADIUS_PX * scale, _RADIUS_PX * scale)


def paint_cover_words(painter: QPainter, box: QRectF, text: Holding, theme: Theme) -> None:
    """Write title and author on a cover, or what is still there of a missing text."""
    palette = theme.palette
    scale = box.width() / DRAWN_WIDTH_PX
    ink = palette.soft if text.is_missing else QColor(ON_COVER)
    foot = missing_words(text) if text.is_missing else authors_words(text)
    if box.width() < theme.px(DRAWN_WIDTH_PX) / 2:
        return  # beside a line, which says the rest
    edge = _EDGE_PX * scale
    inner = box.adjusted(edge, edge, -edge, -edge)
    foot_lines = paint_lines(
        painter, inner, foot, theme.interface_font(11, 500), ink, most=3, at_foot=True
    )
    room = inner.height() - foot_lines - edge
    font = _title_font(text.title, inner.width(), theme)
    most = max(1, int(room / QFontMetricsF(font).height() / 1.02))
    paint_lines(painter, inner, text.title, font, ink, most=most)


def _title_font(title: str, width: float, theme: Theme) -> QFont:
    """Return a font in which no word of the title has to be broken, unless it is very long."""
    longest = max(title.split(), key=len, default="")
    sizes = (17.0, 15.0, 13.0) if len(title) <= 60 else (14.0, 13.0)
    for size in sizes[:-1]:
        font = theme.text_font(size, 600)
        if QFontMetricsF(font).horizontalAdvance(longest) <= width:
            return font
    return theme.text_font(sizes[-1], 600)


def paint_lines(
    painter: QPainter,
    box: QRectF,
    words: str,
    font: QFont,
    colour: QColor,
    *,
    most: int,
    at_foot: bool = False,
) -> float:
    """Write words into `box` on `most` lines at most, the last one elided; return their height."""
    if not words:
        return 0.0
    metrics = QFontMetricsF(font)
    lines = broken_lines(words, font, box.width(), most)
    height = metrics.height() * 1.02
    y = box.bottom() - len(lines) * height if at_foot else box.top()
    painter.setFont(font)
    painter.setPen(colour)
    for line in lines:
        painter.drawText(QPointF(box.left(), y + metrics.ascent()), line)
        y += height
    return len(lines) * height


def broken_lines(words: str, font: QFont, width: float, most: int) -> list[str]:
    """Break words into lines of some width, the last one elided where there are more."""
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start, length = line.textStart(), line.textLength()
        is_cut = len(lines) + 1 == most and start + length < len(words)
        rest = words[start:] if is_cut else words[start : start + length]
        if is_cut:
            rest = QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
        lines.append(rest.strip())
    layout.endLayout()
    return lines
