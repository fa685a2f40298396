"""How cards look: ground, bar, note, meta line and the leader to the passage."""

from __future__ import annotations

from datetime import datetime
from math import floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
)

from reader.annotations.plain_words import first_words
from reader.ui.look.icons import Icon, paint_icon
from reader.ui.look.theme import Theme
from reader.ui.margin.cards.card import (
    BEING_READ,
    NOTE_PLACEHOLDER,
    CardContent,
    CardKind,
    meta_words,
)
from reader.ui.margin.cards.card_face import (
    BOTTOM_PX,
    TEXT_LEFT_PX,
    TEXT_RIGHT_PX,
    TEXT_TOP_PX,
    CardFace,
    CardFaces,
    CardLook,
)
from reader.ui.margin.cards.note_markdown import LINE_HEIGHT_PX, TEXT_PX, NoteDocument
from reader.ui.margin.cards.style_bar import BAR_WIDTH_PX, paint_style_bar

RADIUS_PX = 10.0
META_PX = 11.5

_BASELINE_PX = 1.1  # Qt stands text of a fixed line height at 4/5 of it, lower than its middle
_BAR_LEFT_PX = 8.0
_DOT_PX = 10.0

MORE, LESS = "more", "less"


class CardPainter:
    """Paints cards that `faces` has measured."""

    def __init__(self, theme: Theme, faces: CardFaces) -> None:
        self._theme = theme
        self._faces = faces
        self._now = datetime.now().astimezone()

    def forget(self) -> None:
        """Take today's date anew: it decides how days are written."""
        self._now = datetime.now().astimezone()

    def paint(self, painter: QPainter, box: QRectF, card: CardContent, look: CardLook) -> None:
        """Paint a whole card at `box`."""
        face = self._faces.face(card, is_unfolded=look.is_unfolded)
        self._paint_ground(painter, box, look)
        self._paint_bar(painter, box, card)
        if look.is_being_edited:
            return
        px = self._theme.px
        if face.quote is not None:
            at = QPointF(box.left() + px(TEXT_LEFT_PX), box.top() + px(TEXT_TOP_PX))
            self._paint_document(painter, face.quote, at, self._theme.palette.soft)
        if face.note is not None:
            self._paint_note(painter, box, face, look)
        elif face.quote is None:
            self._paint_placeholder(painter, box, card)
        if face.below is not None:
            at = self._faces.below_box(box, face).topLeft()
            self._paint_document(painter, face.below, at, self._theme.palette.soft)
        self._paint_meta(painter, self._faces.meta_box(box, face), card, look, face)
        if face.notice is not None:
            top = box.bottom() - px(BOTTOM_PX) - face.notice.size().height()
            at = QPointF(box.left() + px(TEXT_LEFT_PX), top)
            self._paint_document(painter, face.notice, at, self._theme.palette.accent)

    def paint_compact(
        self, painter: QPainter, box: QRectF, card: CardContent, look: CardLook
    ) -> None:
        """Paint a card of one line."""
        px, palette = self._theme.px, self._theme.palette
        self._paint_ground(painter, box, look, is_raised=False)
        self._paint_bar(painter, box, card, inset_px=8)
        line = box.adjusted(px(TEXT_LEFT_PX), 0, -px(TEXT_RIGHT_PX), 0)
        state = BEING_READ if look.is_spoken else card.state
        used = self._paint_right(
            painter, line, state, palette.accent if look.is_spoken else palette.soft
        )
        line.setRight(line.right() - used)
        words = first_words(card.note_markdown) or first_words(card.quote)
        colour = palette.ink if words else palette.soft
        fallback = "Bookmark" if card.kind is CardKind.BOOKMARK else NOTE_PLACEHOLDER
        fallback = card.notice or fallback
        self._paint_line(painter, line, words or fallback, TEXT_PX, colour)

    def paint_folded(self, painter: QPainter, box: QRectF, words: str, *, is_hovered: bool) -> None:
        """Paint the card that stands for several folded ones."""
        palette = self._theme.palette
        self._paint_ground(painter, box, CardLook(is_hovered=is_hovered), is_raised=False)
        line = box.adjusted(self._theme.px(TEXT_LEFT_PX), 0, -self._theme.px(TEXT_RIGHT_PX), 0)
        colour = palette.ink if is_hovered else palette.soft
        self._paint_line(painter, line, words, 12.5, colour)

    def paint_leader(
        self, painter: QPainter, dot: QPointF, end: QPointF, colour: str, look: CardLook
    ) -> None:
        """Paint the dot at the passage's line and the thin curve from it to the card."""
        px = self._theme.px
        if look.is_spoken:
            ink, radius, width = QColor(self._theme.palette.accent), px(3), px(1.5)
        else:
            ink, radius, width = QColor(self._theme.palette.strong(colour)), px(2), px(1)
        dot_ink = QColor(ink)
        if not (look.is_spoken or look.is_focused or look.is_hovered):
            ink.setAlphaF(0.55)
            dot_ink.setAlphaF(0.8)
        # through the middles of pixels, so that a level line is one pixel high
        dot = QPointF(dot.x(), floor(dot.y()) + 0.5)
        end = QPointF(end.x(), dot.y() if abs(end.y() - dot.y()) <= 1 else end.y())
        path = QPainterPath(dot)
        bend = (end.x() - dot.x()) * 0.55
        path.cubicTo(dot.x() + bend, dot.y(), end.x() - bend, end.y(), end.x(), end.y())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, width))
        painter.drawPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(dot_ink)
        painter.drawEllipse(dot, radius, radius)

    def paint_marker(self, painter: QPainter, centre: QPointF, colour: str, look: CardLook) -> None:
        """Paint the 8 px dot that stands for a card where the window is narrow."""
        px, palette = self._theme.px, self._theme.palette
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.accent if look.is_spoken else palette.strong(colour))
        painter.drawEllipse(centre, px(4), px(4))
        if look.is_focused or look.is_hovered:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.accent, px(1.5)))
            painter.drawEllipse(centre, px(6.5), px(6.5))

    def _paint_ground(
        self, painter: QPainter, box: QRectF, look: CardLook, *, is_raised: bool = True
    ) -> None:
        px, palette = self._theme.px, self._theme.palette
        radius = px(RADIUS_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_raised and not palette.is_dark:
            shade = QColor(palette.ink)
            shade.setAlpha(3)
            painter.setBrush(shade)
            below = px(3)
            for spread in (px(6.5), px(4), px(1.5)):
                painter.drawRoundedRect(
                    box.adjusted(-spread, below - spread, spread, below + spread),
                    radius + spread,
                    radius + spread,
                )
        painter.setBrush(palette.card)
        if look.is_spoken or look.is_focused:
            frame, out = QPen(palette.accent, 2 if look.is_spoken else 1.5), 0.0
        else:
            frame, out = QPen(palette.faint if look.is_hovered else palette.line, 1), 0.5
        painter.setPen(frame)
        painter.drawRoundedRect(box.adjusted(out, out, -out, -out), radius, radius)

    def _paint_bar(
        self, painter: QPainter, box: QRectF, card: CardContent, inset_px: float = TEXT_TOP_PX
    ) -> None:
        """Paint the bar in the note's colour, as its passage is marked."""
        px, colour = self._theme.px, self._theme.palette.strong(card.colour)
        bar = QRectF(
            box.left() + px(_BAR_LEFT_PX),
            box.top() + px(inset_px),
            px(BAR_WIDTH_PX),
            box.height() - 2 * px(inset_px),
        )
        paint_style_bar(painter, bar, colour, card.style, px)

    def _paint_note(self, painter: QPainter, box: QRectF, face: CardFace, look: CardLook) -> None:
        assert face.note is not None
        at = self._faces.note_box(box, face)
        offset = self._theme.px(_BASELINE_PX)
        painter.save()
        painter.setClipRect(at.adjusted(-2, -2, 2, 1))
        painter.translate(at.left(), at.top() - offset)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(context.palette.ColorRole.Text, self._theme.palette.ink)
        context.clip = QRectF(0, 0, at.width() + 2, at.height() + offset + 1)
        face.note.documentLayout().draw(painter, context)
        painter.restore()
        more = self._faces.more_box(box, face)
        if more is not None:
            words = LESS if look.is_unfolded else MORE
            self._paint_line(painter, more, words, META_PX, self._theme.palette.accent)

    def _paint_document(
        self, painter: QPainter, document: NoteDocument, at: QPointF, colour: QColor
    ) -> None:
        painter.save()
        painter.translate(at)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(context.palette.ColorRole.Text, colour)
        document.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_placeholder(self, painter: QPainter, box: QRectF, card: CardContent) -> None:
        px, palette = self._theme.px, self._theme.palette
        line = QRectF(
            box.left() + px(TEXT_LEFT_PX),
            box.top() + px(TEXT_TOP_PX),
            self._faces.text_width_in(box),
            px(LINE_HEIGHT_PX),
        )
        if card.kind is CardKind.BOOKMARK:
            side = px(15)
            icon = QRectF(line.left() - px(1), line.center().y() - side / 2, side, side)
            paint_icon(painter, Icon.BOOKMARK, icon, palette.soft)
            line.setLeft(icon.right() + px(5))
            self._paint_line(painter, line, "Bookmark", TEXT_PX, palette.soft)
        elif card.is_editable:
            self._paint_line(painter, line, NOTE_PLACEHOLDER, TEXT_PX, palette.soft)

    def _paint_meta(
        self,
        painter: QPainter,
        meta: QRectF,
        card: CardContent,
        look: CardLook,
        face: CardFace,
    ) -> None:
        palette = self._theme.palette
        line = QRectF(meta)
        if look.is_focused and card.is_editable:
            self._paint_tools(painter, meta, card)
            tools = [self._faces.reply_box(meta)]
            if not card.depth:
                tools += self._faces.colour_boxes(meta).values()
            line.setRight(min(tool.left() for tool in tools) - self._theme.px(4))
        state = BEING_READ if look.is_spoken else card.state
        words = meta_words(card, self._now)
        if face.is_one_line:
            if look.is_focused:
                return
            state = state or words
            words = ""
        ink = palette.accent if look.is_spoken or card.notice else palette.soft
        line.setRight(line.right() - self._paint_right(painter, line, state, ink))
        self._paint_line(painter, line, words, META_PX, palette.soft)

    def _paint_tools(self, painter: QPainter, meta: QRectF, card: CardContent) -> None:
        px, palette = self._theme.px, self._theme.palette
        paint_icon(painter, Icon.REPLY, self._faces.reply_box(meta), palette.soft)
        paint_icon(painter, Icon.DELETE, self._faces.delete_box(meta), palette.soft)
        for colour, box in () if card.depth else self._faces.colour_boxes(meta).items():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.strong(colour))
            painter.drawEllipse(box.center(), px(_DOT_PX / 2), px(_DOT_PX / 2))
            if colour == card.colour:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(palette.soft, px(1.2)))
                painter.drawEllipse(box.center(), px(_DOT_PX / 2 + 2.2), px(_DOT_PX / 2 + 2.2))

    def _paint_right(self, painter: QPainter, line: QRectF, words: str, colour: QColor) -> float:
        """Paint `words` at the line's right end; return the width they took, gap included."""
        if not words:
            return 0.0
        font = self._theme.interface_font(META_PX)
        width = min(QFontMetricsF(font).horizontalAdvance(words) + 1, line.width())
        right = QRectF(line.right() - width, line.top(), width, line.height())
        self._paint_line(painter, right, words, META_PX, colour)
        return width + self._theme.px(8)

    def _paint_line(
        self, painter: QPainter, box: QRectF, words: str, size_px: float, colour: QColor
    ) -> None:
        font = self._theme.interface_font(size_px)
        painter.setFont(font)
        painter.setPen(colour)
        elided = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags, elided)
