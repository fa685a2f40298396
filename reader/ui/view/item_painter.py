"""Paints one item: its ornaments, what lies under the text, the text, the caret."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from reader.text.document import Place, Span
from reader.ui.look.theme import Theme
from reader.ui.view.decoration_painter import DecorationPainter
from reader.ui.view.decorations import Decoration, Role
from reader.ui.view.text_items import TextItem
from reader.values import value

_CARET_WIDTH = 2.0
_CARET_INSET = 3.0


@value
class Marks:
    """What the reader has marked for the moment: a selection, a caret and how it looks."""

    selection: Span | None = None
    caret: Place | None = None
    caret_colour: QColor | None = None


class ItemPainter:
    """Paints items of one view; the painter's origin is the item's corner."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.decorations = DecorationPainter(theme)

    def paint(
        self,
        painter: QPainter,
        clip: QRectF,
        index: int,
        item: TextItem,
        decorations: Sequence[Decoration],
        marks: Marks,
    ) -> None:
        """Paint what of item number `index` is within `clip`."""
        palette = self._theme.palette
        item.draw_ornaments(painter, palette)
        self.decorations.paint(painter, index, item, decorations, marks.selection)
        dimmed = [
            (decoration.span.start, decoration.span.end)
            for decoration in decorations
            if decoration.role is Role.SKIPPED
        ]
        item.draw_text(painter, palette, clip, dimmed)
        if marks.caret is not None and marks.caret_colour is not None:
            self._paint_caret(painter, item, marks.caret, marks.caret_colour)

    def _paint_caret(self, painter: QPainter, item: TextItem, caret: Place, colour: QColor) -> None:
        if caret.section != item.section or not item.start <= caret.offset <= item.end:
            return
        frame = item.frame_of(caret.offset)
        top, bottom = item.line_of(caret.offset)
        x = round(frame.x + frame.layout.x_of(min(caret.offset, frame.end) - frame.start))
        px = self._theme.px
        width = max(round(px(_CARET_WIDTH)), 1)
        inset = px(_CARET_INSET)
        painter.fillRect(
            QRectF(x - width / 2, top + inset, width, bottom - top - 2 * inset), colour
        )
