"""How texts and finds look in the library: covers with their captions, lines, excerpts."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from reader.library.holdings import Holding
from reader.text.utf16 import Utf16Map
from reader.ui.library.cover_art import (
    DRAWN_HEIGHT_PX,
    DRAWN_WIDTH_PX,
    broken_lines,
)
from reader.ui.library.cover_painter import CoverPainter
from reader.ui.library.cover_store import CoverStore
from reader.ui.library.shelf_layout import Group, Sizes
from reader.ui.library.shelf_model import Entry, FoundEntry, TextEntry
from reader.ui.library.shelf_words import authors_words, last_read_words, notes_words, state_words
from reader.ui.library.shelf_words import time_left as time_left_of
from reader.ui.look.colours import mix
from reader.ui.look.icons import Icon, paint_icon
from reader.ui.look.theme import Theme

_NAME_PX = 186
"""Where a find's excerpt begins: beside its text's name, if there is room for both."""

_GAP_PX = 22
_LINE_COVER_PX = 34


class ShelfPainter:
    """Paints entries for one view; `speed` is the voice's, by which times are told."""

    def __init__(self, theme: Theme, covers: CoverStore) -> None:
        self._theme = theme
        self._covers = CoverPainter(theme, covers)
        self.speed = 1.0
        self.now = datetime.now().astimezone()

    def sizes(self) -> Sizes:
        """Return the measures at the present scale."""
        px = self._theme.px
        return Sizes(
            cover_width=round(px(DRAWN_WIDTH_PX)),
            cover_gap=round(px(24)),
            cover_pitch=round(px(DRAWN_HEIGHT_PX + 80)),
            line_height=round(px(64)),
            found_height=round(px(76)),
            heading_height=round(px(48)),
            group_gap=round(px(14)),
        )

    def paint_heading(self, painter: QPainter, box: QRectF, group: Group) -> None:
        """Paint the heading of a group, its detail small beside it."""
        palette, px = self._theme.palette, self._theme.px
        font = self._theme.text_font(19, 600)
        baseline = box.top() + px(22)
        words = QFontMetricsF(font).elidedText(
            group.heading, Qt.TextElideMode.ElideRight, box.width()
        )
        painter.setFont(font)
        painter.setPen(palette.ink)
        painter.drawText(QPointF(box.left(), baseline), words)
        x = box.left() + QFontMetricsF(font).horizontalAdvance(words) + px(8)
        painter.setFont(self._theme.figure_font(11.5))
        painter.setPen(palette.soft)
        painter.drawText(QPointF(x, baseline), group.detail)

    def paint_entry(
        self,
        painter: QPainter,
        box: QRectF,
        entry: Entry,
        *,
        is_hovered: bool,
        is_focused: bool,
        is_picked: bool,
    ) -> None:
        """Paint an entry into its box; with the keyboard on it, a ring; picked, a mark."""
        match entry:
            case TextEntry(text) if box.height() > self._theme.px(DRAWN_HEIGHT_PX):
                self._paint_cover(painter, box, text, is_hovered=is_hovered, is_focused=is_focused)
                if is_picked:
                    self._paint_mark(painter, box.left() + box.width(), box.top())
            case TextEntry(text):
                self._paint_ground(painter, box, is_hovered=is_hovered, is_focused=is_focused)
                self._paint_line(painter, box, text)
                if is_picked:
                    left = box.left() + self._theme.px(_LINE_COVER_PX)
                    self._paint_mark(painter, left, box.top() + self._theme.px(8))
            case FoundEntry():
                self._paint_ground(painter, box, is_hovered=is_hovered, is_focused=is_focused)
                self._paint_found(painter, box, entry)

    def _paint_mark(self, painter: QPainter, right: float, top: float) -> None:
        """Paint the sign of a text that is picked onto the corner of its cover."""
        palette, side = self._theme.palette, self._theme.px(22)
        mark = QRectF(right - side * 0.7, top - side * 0.3, side, side)
        painter.setPen(QPen(palette.paper, self._theme.px(2)))
        painter.setBrush(palette.accent)
        painter.drawEllipse(mark)
        inner = side * 0.2
        check = mark.adjusted(inner, inner, -inner, -inner)
        paint_icon(painter, Icon.CHECK, check, palette.on_accent)

    # Covers

    def _paint_cover(
        self, painter: QPainter, box: QRectF, text: Holding, *, is_hovered: bool, is_focused: bool
    ) -> None:
        palette, px = self._theme.palette, self._theme.px
        cover = QRectF(box.left(), box.top(), box.width(), px(DRAWN_HEIGHT_PX))
        lift = px(2) if is_hovered else 0.0
        self._covers.paint(painter, cover.translated(0, -lift), text, has_shadow=True)
        if is_focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.accent, px(2)))
            painter.drawRoundedRect(cover.adjusted(-4, -4, 4, 4), px(9), px(9))
        font = self._theme.interface_font(13.5, 600)
        colour = palette.soft if text.is_missing else palette.ink
        _write(
            painter,
            QPointF(box.left(), cover.bottom() + px(24)),
            box.width(),
            text.title,
            font,
            colour,
        )
        small = self._theme.figure_font(12)
        state = state_words(text, self.speed)
        _write(
            painter,
            QPointF(box.left(), cover.bottom() + px(43)),
            box.width(),
            state,
            small,
            palette.soft,
        )
        if not text.is_missing and text.progress > 0:
            self._paint_progress(
                painter, QRectF(box.left(), cover.bottom() + px(54), box.width(), px(3)), text
            )

    def _paint_progress(self, painter: QPainter, box: QRectF, text: Holding) -> None:
        palette = self._theme.palette
        radius = box.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.line)
        painter.drawRoundedRect(box, radius, radius)
        painter.setBrush(palette.accent)
        width = max(box.height() * 2, box.width() * min(1.0, text.progress))
        painter.drawRoundedRect(QRectF(box.left(), box.top(), width, box.height()), radius, radius)

    def forget_drawn(self) -> None:
        """Draw all covers anew: the colours or the sizes are others."""
        self._covers.forget_drawn()

    # Lines

    def _paint_ground(
        self, painter: QPainter, box: QRectF, *, is_hovered: bool, is_focused: bool
    ) -> None:
        palette, px = self._theme.palette, self._theme.px
        painter.setPen(QPen(palette.line, 1))
        painter.drawLine(
            QPointF(box.left(), box.top() + 0.5), QPointF(box.right(), box.top() + 0.5)
        )
        ground = box.adjusted(-px(10), px(3), px(10), -px(2))
        if is_hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mix(palette.paper, palette.line, 0.4))
            painter.drawRoundedRect(ground, px(8), px(8))
        if is_focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.accent, px(2)))
            painter.drawRoundedRect(ground, px(8), px(8))

    def _paint_line(self, painter: QPainter, box: QRectF, text: Holding) -> None:
        palette, px = self._theme.palette, self._theme.px
        width = px(_LINE_COVER_PX)
        height = width * DRAWN_HEIGHT_PX / DRAWN_WIDTH_PX
        cover = QRectF(box.left(), box.center().y() - height / 2 + 1, width, height)
        self._covers.paint(painter, cover, text, has_shadow=False)
        left = cover.right() + px(14)
        facts = (
            "missing" if text.is_missing else time_left_of(text, self.speed),
            notes_words(text.note_count),
            last_read_words(text, self.now),
        )
        right = box.right()
        upper, lower = box.top() + px(28), box.top() + px(47)
        small = self._theme.figure_font(12)
        room = box.width() - width - px(14)
        if room > px(700):  # beside the title, each in a column of its own
            for words in reversed(facts):
                right -= px(112)
                _write(
                    painter, QPointF(right, box.top() + px(37)), px(104), words, small, palette.soft
                )
            bar = QRectF(right - px(100), box.top() + px(32), px(80), px(3))
            if text.progress > 0:
                self._paint_progress(painter, bar, text)
            right = bar.left() - px(14)
            below = authors_words(text)
        else:
            parts = (authors_words(text), *facts)
            below = " · ".join(part for part in parts if part)
        colour = palette.soft if text.is_missing else palette.ink
        font = self._theme.interface_font(13.5, 600)
        _write(painter, QPointF(left, upper), right - left, text.title, font, colour)
        _write(painter, QPointF(left, lower), right - left, below, small, palette.soft)

    def _paint_found(self, painter: QPainter, box: QRectF, entry: FoundEntry) -> None:
        palette, px = self._theme.palette, self._theme.px
        name_font, small = self._theme.interface_font(13, 600), self._theme.interface_font(12)
        is_wide = box.width() > px(520)
        top = box.top() + px(26)
        if is_wide:
            lines = broken_lines(entry.name, name_font, px(_NAME_PX), 2)
            for line in lines:
                _write(
                    painter, QPointF(box.left(), top), px(_NAME_PX), line, name_font, palette.ink
                )
                top += px(18)
            for line in broken_lines(entry.detail, small, px(_NAME_PX), 3 - len(lines)):
                _write(painter, QPointF(box.left(), top), px(_NAME_PX), line, small, palette.soft)
                top += px(16)
            left = box.left() + px(_NAME_PX + _GAP_PX)
            room = QRectF(left, box.top() + px(11), box.right() - left, px(56))
        else:
            both = f"{entry.name} · {entry.detail}" if entry.detail else entry.name
            _write(
                painter,
                QPointF(box.left(), box.top() + px(20)),
                box.width(),
                both,
                small,
                palette.soft,
            )
            room = QRectF(box.left(), box.top() + px(24), box.width(), px(50))
        self._paint_excerpt(painter, room, entry)

    def _paint_excerpt(self, painter: QPainter, room: QRectF, entry: FoundEntry) -> None:
        """Paint two lines of an excerpt, what was found on the ground of a highlight."""
        palette, px = self._theme.palette, self._theme.px
        most = int(room.width() / px(8.4)) * 2
        words, marks = _fitting(entry.excerpt.text, entry.excerpt.marks, most)
        layout = QTextLayout(words, self._theme.text_font(16))
        formats = []
        for start, end in marks:
            span = QTextLayout.FormatRange()
            span.start, span.length = start, end - start
            look = QTextCharFormat()
            look.setBackground(palette.apricot)
            span.format = look
            formats.append(span)
        layout.setFormats(formats)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        for number in range(2):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(room.width())
            line.setPosition(QPointF(0, number * px(26)))
        layout.endLayout()
        painter.save()
        painter.setClipRect(room.adjusted(0, 0, 1, 0))
        painter.setPen(palette.ink)
        layout.draw(painter, room.topLeft())
        painter.restore()


def _write(
    painter: QPainter, at: QPointF, width: float, words: str, font: QFont, colour: QColor
) -> None:
    """Write one line, elided where it doesn't fit."""
    painter.setFont(font)
    painter.setPen(colour)
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, width)
    painter.drawText(at, shown)


def _fitting(
    text: str, marks: tuple[tuple[int, int], ...], most: int
) -> tuple[str, list[tuple[int, int]]]:
    """Return as much of an excerpt as fits, with what was found in it: about `most` characters.

    The ranges are in UTF-16 units, as Qt counts.
    """
    first = marks[0][0] if marks else 0
    start = 0
    if marks and marks[-1][1] > most:  # what was found would be cut off at the end
        start = max(0, text.rfind(" ", 0, max(0, first - most // 3)) + 1)
    shown = ("…" if start else "") + text[start:]
    units = Utf16Map(shown)
    shift = (1 if start else 0) - start
    return shown, [(units.to_utf16(s + shift), units.to_utf16(e + shift)) for s, e in marks]
