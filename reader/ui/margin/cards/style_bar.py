"""The bar that stands for a mark beside its note: in its colour, and as its passage is lined."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from reader.annotations.appearance import HIGHLIGHT, SQUIGGLE, STRIKE

BAR_WIDTH_PX = 3.0
_LINE_WIDTH_PX = 1.6
_WAVE_PX = 4.0


def paint_style_bar(
    painter: QPainter, bar: QRectF, colour: QColor, style: str, px: Callable[[float], float]
) -> None:
    """Paint it solid for a highlight, thin for an underline, broken for a strike, or wavy.

    `px` gives pixels for those at scale 1.
    """
    if style == HIGHLIGHT:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(bar, px(1.5), px(1.5))
        return
    pen = QPen(colour, px(_LINE_WIDTH_PX))
    if style == STRIKE:
        pen.setDashPattern([2.2, 1.8])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath(QPointF(bar.center().x(), bar.top()))
    if style == SQUIGGLE:
        waves = max(round(bar.height() / px(_WAVE_PX)), 2)
        for number in range(waves):
            side = px(BAR_WIDTH_PX) if number % 2 else -px(BAR_WIDTH_PX)
            middle = bar.top() + (number + 0.5) * bar.height() / waves
            end = bar.top() + (number + 1) * bar.height() / waves
            path.quadTo(bar.center().x() + side, middle, bar.center().x(), end)
    else:
        path.lineTo(bar.center().x(), bar.bottom())
    painter.drawPath(path)
