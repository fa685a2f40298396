"""Paints one item: its ornaments, what lies under the text, the text, the caret."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from reader.text.document import Place, Span
from reader.ui.look.colours import mix
from reader.ui.look.theme import Theme
from reader.ui.view.decoration_painter import DecorationPainter
from reader.ui.view.decorations import Decoration, Role
from reader.ui.view.layout.text_items import Picture, TextItem
from reader.values import value

if TYPE_CHECKING:  # imported for texts with pictures
    from reader.ui.view.pictures import PictureStore

_DIMNESS = 0.8
_AWAITED_SHADE = 0.5
_CARET_WIDTH = 2.0
_CARET_INSET = 3.0


@value
class Marks:
    """What the reader has marked for the moment: a selection, a caret and how it looks."""

    selection: tuple[Span, ...] = ()
    caret: Place | None = None
    caret_colour: QColor | None = None


class ItemPainter:
    """Paints items of one view; the painter's origin is the item's corner."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.decorations = DecorationPainter(theme)
        self.pictures: PictureStore | None = None
        """Where the pictures of the document shown come from, if it has any."""

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
        if decorations:
            self.decorations.paint_over(painter, index)
        for picture in item.pictures:
            if picture.rect.intersects(clip):
                self._paint_picture(painter, picture)
        if marks.caret is not None and marks.caret_colour is not None:
            self._paint_caret(painter, item, marks.caret, marks.caret_colour)

    def _paint_picture(self, painter: QPainter, picture: Picture) -> None:
        """Paint a picture, or the room it will take; in the dark it doesn't glare."""
        if self.pictures is None:
            return
        palette = self._theme.palette
        ratio = painter.device().devicePixelRatio()
        size = (picture.rect.size() * ratio).toSize()
        image = self.pictures.image(picture.address, size, is_dark=palette.is_dark)
        if image is None:
            painter.fillRect(picture.rect, mix(palette.paper, palette.line, _AWAITED_SHADE))
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, image.size() != size)
        if palette.is_dark:
            painter.setOpacity(_DIMNESS)
            if image.hasAlphaChannel() and not self.pictures.is_ink(picture.address):
                painter.fillRect(picture.rect, palette.ink)
        painter.drawImage(picture.rect, image)
        painter.restore()

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
