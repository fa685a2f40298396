"""Reading views on the screen, as tests make them, and what is painted there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

from reader.ui.view.reading_view import ReadingView

MakeView = Callable[..., ReadingView]


def painted(view: ReadingView) -> QImage:
    return view.viewport().grab().toImage()


def share_of(image: QImage, rect: QRect, colour: QColor) -> float:
    """Return how much of a rectangle has exactly that colour."""
    wanted = colour.rgb()
    spots = [
        image.pixel(x, y) == wanted
        for x in range(rect.left(), rect.right() + 1)
        for y in range(rect.top(), rect.bottom() + 1)
    ]
    return sum(spots) / len(spots)


def holds(image: QImage, rect: QRect, colour: QColor) -> bool:
    return share_of(image, rect, colour) > 0
