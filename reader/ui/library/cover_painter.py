"""Paints covers: those that texts bring along, and drawn ones, which are kept once drawn."""

from __future__ import annotations

import math

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPixmap

from reader.library.holdings import Holding
from reader.ui.library.cover_art import (
    DRAWN_HEIGHT_PX,
    DRAWN_WIDTH_PX,
    paint_cover_ground,
    paint_cover_words,
    tone_of,
)
from reader.ui.library.cover_store import CoverStore
from reader.ui.look.theme import Theme

_DRAWN_HELD = 300
_SHADOW = 10
"""Pixels around a cover that its shadow may darken."""


class CoverPainter:
    """Paints the covers of one view."""

    def __init__(self, theme: Theme, covers: CoverStore) -> None:
        self._theme = theme
        self._covers = covers
        self._pixmaps: dict[object, QPixmap] = {}

    def paint(self, painter: QPainter, box: QRectF, text: Holding, *, has_shadow: bool) -> None:
        """Paint the cover of a text: its own, or a drawn one where it has none or is missing."""
        px = self._theme.px
        if has_shadow:
            around = QPointF(_SHADOW, _SHADOW)
            painter.drawPixmap(box.topLeft() - around, self._shadow(box, painter))
        ratio = painter.device().devicePixelRatio()
        drawn_at = QSize(
            math.ceil(px(DRAWN_WIDTH_PX) * ratio), math.ceil(px(DRAWN_HEIGHT_PX) * ratio)
        )
        image = None if text.is_missing else self._covers.cover(text, drawn_at)
        if image is None:
            painter.drawPixmap(box.topLeft(), self._drawn(box, text, painter))
        else:
            _paint_image(painter, box, image, px(6) * box.width() / px(DRAWN_WIDTH_PX))

    def forget_drawn(self) -> None:
        """Draw all covers anew: the colours or the sizes are others."""
        self._pixmaps.clear()

    def _shadow(self, box: QRectF, painter: QPainter) -> QPixmap:
        """Return the shadow of a cover of this size: the same for all, and slow to paint."""
        ratio = painter.device().devicePixelRatio()
        key = ("shadow", box.width(), box.height(), ratio)
        found = self._pixmaps.get(key)
        if found is None:
            size = box.size().grownBy(QMarginsF(_SHADOW, _SHADOW, _SHADOW, _SHADOW))
            found = _blank(size, ratio)
            inner = QRectF(_SHADOW, _SHADOW, box.width(), box.height())
            drawing = QPainter(found)
            drawing.setRenderHint(QPainter.RenderHint.Antialiasing)
            drawing.setPen(Qt.PenStyle.NoPen)
            drawing.setBrush(QColor.fromRgb(0, 0, 0, 9))
            corner = self._theme.px(6)
            for distance in (6, 4, 2):
                ring = inner.adjusted(-distance, -distance + 4, distance, distance + 3)
                drawing.drawRoundedRect(ring, corner + distance, corner + distance)
            drawing.end()
            self._pixmaps[key] = found
        return found

    def _drawn(self, box: QRectF, text: Holding, painter: QPainter) -> QPixmap:
        """Return a drawn cover; its words take longer to set than a picture to show."""
        ratio = painter.device().devicePixelRatio()
        key = (text.id, text.title, text.is_missing, text.note_count, box.width(), ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = QPixmap(self._ground(box, tone_of(text), ratio))
            drawing = QPainter(found)
            paint_cover_words(drawing, QRectF(0, 0, box.width(), box.height()), text, self._theme)
            drawing.end()
            if len(self._pixmaps) >= _DRAWN_HELD:
                self._pixmaps.clear()
            self._pixmaps[key] = found
        return found

    def _ground(self, box: QRectF, tone: int | None, ratio: float) -> QPixmap:
        key = ("ground", tone, box.width(), ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = _blank(box.size(), ratio)
            drawing = QPainter(found)
            drawing.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_cover_ground(drawing, QRectF(0, 0, box.width(), box.height()), tone, self._theme)
            drawing.end()
            self._pixmaps[key] = found
        return found


def _blank(size: QSizeF, ratio: float) -> QPixmap:
    """Return a picture of nothing, for a screen of this density."""
    made = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    return made


def _paint_image(painter: QPainter, box: QRectF, image: QImage, radius: float) -> None:
    """Fill a rounded box with a picture, cut to its proportions."""
    share = min(image.width() / box.width(), image.height() / box.height())
    width, height = box.width() * share, box.height() * share
    source = QRectF((image.width() - width) / 2, (image.height() - height) / 2, width, height)
    painter.save()
    shape = QPainterPath()
    shape.addRoundedRect(box, radius, radius)
    painter.setClipPath(shape)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(box, image, source)
    painter.restore()
