"""Where pictures stand: a figure in the column's middle, those of a paragraph's lines below it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF

from reader.text.document import Inline, Section
from reader.ui.look.theme import Theme
from reader.ui.view.layout.picture_layout import PictureLayout
from reader.ui.view.layout.text_items import Frame, Picture
from reader.ui.view.pictures import PictureStore

_TALLEST = 1.15
"""Of the column's width: a whole page's picture and its caption fit on most screens."""
_TALLEST_IN_LINE_PX = 150
_GAP_PX = 8


class PicturePlacer:
    """Places pictures in a column of some width in one theme."""

    def __init__(self, store: PictureStore, theme: Theme, width: float) -> None:
        self._store = store
        self._theme = theme
        self._width = width

    def figure(
        self, section: Section, start: int, end: int, address: str, top: float
    ) -> tuple[Frame, Picture] | None:
        """Return a figure's frame and picture below `top`; None if it can't be shown.

        The frame stands for the words [start, end) that describe it.
        """
        own = self._store.size_of(address)
        if own is None:
            return None
        size = self._fitted(own, self._width, self._width * _TALLEST)
        x = round((self._width - size.width()) / 2)
        layout = PictureLayout(end - start, size.width(), size.height())
        rect = QRectF(QPointF(x, top), size)
        return Frame(start, end, x, top, layout), Picture(address, rect, section.text[start:end])

    def in_lines(
        self, runs: Iterable[Inline], text: str, at: QPointF, width: float
    ) -> list[Picture]:
        """Return the pictures of a paragraph's lines, in rows from `at` on."""
        gap, highest = round(self._theme.px(_GAP_PX)), self._theme.px(_TALLEST_IN_LINE_PX)
        placed: list[Picture] = []
        x, y, row_height = at.x(), at.y() + gap, 0.0
        for run in runs:
            own = self._store.size_of(run.target)
            if own is None:
                continue
            size = self._fitted(own, width, highest)
            if x > at.x() and x + size.width() > at.x() + width:
                x, y, row_height = at.x(), y + row_height + gap, 0.0
            rect = QRectF(QPointF(x, y), size)
            placed.append(Picture(run.target, rect, text[run.start : run.end]))
            x += size.width() + gap
            row_height = max(row_height, size.height())
        return placed

    def _fitted(self, own: QSize, width: float, height: float) -> QSizeF:
        """Return a picture's size on the screen, in whole pixels: never larger than it is."""
        scale = self._theme.scale
        share = min(scale, width / own.width(), height / own.height())
        return QSizeF(max(round(own.width() * share), 1), max(round(own.height() * share), 1))
