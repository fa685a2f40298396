"""Cards as they were painted, kept while many crowd the margin: scrolling only moves them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

_MOST = 160
"""Pictures kept: those of two or three screens full of cards."""

Paint = Callable[[QPainter, QRectF], None]


class CardPictures:
    """Paints from what is kept, or has a card painted and keeps that."""

    def __init__(self, beyond: int) -> None:
        """`beyond` is how far a card's shadow reaches, in px."""
        self._beyond = beyond
        self._kept: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def forget(self) -> None:
        """Drop everything kept: cards look otherwise now."""
        self._kept.clear()

    def paint(self, painter: QPainter, box: QRectF, looks: Hashable, paint: Paint) -> None:
        """Paint a card at `box`, whose edges are whole px; `looks` is all that it shows."""
        ratio = painter.device().devicePixelRatio()
        key = (looks, box.width(), box.height(), ratio)
        picture = self._kept.get(key)
        if picture is None:
            picture = self._kept[key] = self._painted(box, ratio, paint)
            if len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        painter.drawPixmap(box.topLeft() - QPointF(self._beyond, self._beyond), picture)

    def _painted(self, box: QRectF, ratio: float, paint: Paint) -> QPixmap:
        beyond = self._beyond
        width, height = box.width() + 2 * beyond, box.height() + 3 * beyond
        picture = QPixmap(round(width * ratio), round(height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, QRectF(beyond, beyond, box.width(), box.height()))
        painter.end()
        return picture
