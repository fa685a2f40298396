"""A list to choose from in a popover: voices, headings, typefaces."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListWidgetItem, QWidget

from reader.ui.look.colours import mix
from reader.ui.look.icons import Icon, paint_icon
from reader.ui.look.painted_list import Index, PaintedList, RowPainter, RowState
from reader.ui.look.popover import Popover
from reader.ui.look.theme import Theme
from reader.values import value


@value
class Row:
    """One line of the list; without a `key` it is a heading of the rows below it.

    `detail` stands after the text, in soft. A row that is not available shows why there and can't
    be chosen. `family` is the typeface the row shows itself in.
    """

    text: str
    key: str = ""
    detail: str = ""
    indent: int = 0
    is_available: bool = True
    is_current: bool = False
    family: str = ""


_ROW = Qt.ItemDataRole.UserRole
_MOST_ROWS = 16
"""Rows shown at once; the others are reached by scrolling or by typing their first letters."""


class RowList(PaintedList):
    """The list itself: rows painted in the window's own manner."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, rows: Sequence[Row], parent: QWidget) -> None:
        super().__init__(theme, name, _Painter(theme), parent)
        self.setUniformItemSizes(True)
        self.set_rows(rows)
        self.itemClicked.connect(self._on_chosen)
        self.itemActivated.connect(self._on_chosen)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        self.clear()
        for row in rows:
            item = QListWidgetItem(row.text, self)
            item.setData(_ROW, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(row))
            if not row.key or not row.is_available:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            if row.detail:
                item.setToolTip(f"{row.text} {row.detail}")
            if row.is_current and self.currentItem() is None:  # of several groups, the first
                self.setCurrentItem(item)

    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(round(px(320)), round(min(self.count(), _MOST_ROWS) * px(30)) + 2)

    def minimumSizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(round(px(200)), round(min(self.count(), 4) * px(30)))

    def _on_chosen(self, item: QListWidgetItem) -> None:
        row: Row = item.data(_ROW)
        if row.key and row.is_available:
            self.chosen.emit(row.key)


def _spoken(row: Row) -> str:
    """Return what a row says without being seen: its words, what stands behind, the mark before."""
    return ", ".join(filter(None, (row.text, row.detail, "chosen" if row.is_current else "")))


class ListPopover(Popover):
    """A popover that holds one list; choosing closes it."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, window: QWidget, name: str, rows: Sequence[Row]) -> None:
        super().__init__(theme, window, name)
        self.rows = RowList(theme, name, rows, self)
        self.content.addWidget(self.rows)
        self.setFocusProxy(self.rows)
        self.rows.chosen.connect(self._on_chosen)

    def open_at(self, *anchors: QWidget) -> None:
        super().open_at(*anchors)
        self.rows.show_current()

    def _on_chosen(self, key: str) -> None:
        self.close()
        self.chosen.emit(key)


_LEAST_DETAIL_PX = 40


class _Painter(RowPainter):
    def paint_row(self, painter: QPainter, box: QRectF, index: Index, state: RowState) -> None:
        row: Row = index.data(_ROW)
        palette, px = self.theme.palette, self.theme.px
        can_be_chosen = bool(row.key) and row.is_available
        is_lit = state.is_current or state.has_focus or state.is_under_pointer
        ground = mix(palette.card, palette.line, 0.6) if can_be_chosen and is_lit else None
        self.paint_ground(painter, box, ground, has_ring=False)
        if row.is_current:
            side = px(14)
            at = QRectF(box.left() + px(6), box.center().y() - side / 2, side, side)
            paint_icon(painter, Icon.CHECK, at, palette.accent)
        x = box.left() + px(28 if row.key else 8) + row.indent * px(14)
        font = self._font_of(row)
        baseline = box.center().y() + QFontMetricsF(font).capHeight() / 2
        room = box.right() - px(8)
        painter.setPen(palette.ink if can_be_chosen else palette.soft)
        x = _write(painter, QPointF(x, baseline), row.text, font, room) + px(8)
        painter.setPen(palette.soft)
        detail_font = self.theme.interface_font(11.5)
        whole = QFontMetricsF(detail_font).horizontalAdvance(row.detail)
        if room - x >= min(whole, px(_LEAST_DETAIL_PX)):  # dots alone tell nothing
            _write(painter, QPointF(x, baseline), row.detail, detail_font, room)

    def _font_of(self, row: Row) -> QFont:
        if not row.key:
            return self.theme.interface_font(11.5, 600)
        if row.family:
            font = QFont(row.family)
            font.setPixelSize(round(self.theme.px(14)))
            return font
        return self.theme.interface_font(13)


def _write(painter: QPainter, at: QPointF, words: str, font: QFont, right: float) -> float:
    """Write as much of `words` as fits before `right`; return where it ends."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, right - at.x())
    painter.setFont(font)
    painter.drawText(at, shown)
    return at.x() + metrics.horizontalAdvance(shown)
