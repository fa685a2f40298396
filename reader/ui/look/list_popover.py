"""A list to choose from in a popover: voices, headings, typefaces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.ui.look.controls import blend
from reader.ui.look.icons import Icon, paint_icon
from reader.ui.look.popover import Popover
from reader.ui.look.theme import Theme
from reader.ui.view.quiet_scroll_bar import QuietScrollBar


@dataclass(frozen=True, slots=True)
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


class RowList(QListWidget):
    """The list itself: rows painted in the window's own manner."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, rows: Sequence[Row], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_RowPainter(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollBar(QuietScrollBar(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
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
            if row.is_current:
                self.setCurrentItem(item)

    def show_current(self) -> None:
        """Bring the current row into view, others around it."""
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem(), QListWidget.ScrollHint.PositionAtCenter)

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

    def open_at(self, anchor: QWidget) -> None:
        super().open_at(anchor)
        self.rows.show_current()

    def _on_chosen(self, key: str) -> None:
        self.close()
        self.chosen.emit(key)


class _RowPainter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(option.rect.width(), round(self._theme.px(30)))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: Row = index.data(_ROW)
        palette, px = self._theme.palette, self._theme.px
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        flags = QStyle.StateFlag
        lit = flags.State_MouseOver | flags.State_HasFocus | flags.State_Selected
        if row.key and row.is_available and option.state & lit:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(blend(palette.card, palette.line, 0.6))
            painter.drawRoundedRect(box, px(6), px(6))
        if row.is_current:
            side = px(14)
            at = QRectF(box.left() + px(6), box.center().y() - side / 2, side, side)
            paint_icon(painter, Icon.CHECK, at, palette.accent)
        x = box.left() + px(28 if row.key else 8) + row.indent * px(14)
        font = self._font_of(row)
        metrics = QFontMetricsF(font)
        text = metrics.elidedText(row.text, Qt.TextElideMode.ElideRight, box.right() - x - px(8))
        baseline = box.center().y() + metrics.capHeight() / 2
        painter.setFont(font)
        painter.setPen(palette.ink if row.key and row.is_available else palette.soft)
        painter.drawText(QPointF(x, baseline), text)
        x += metrics.horizontalAdvance(text) + px(8)
        detail_font = self._theme.interface_font(11.5)
        detail = QFontMetricsF(detail_font).elidedText(
            row.detail, Qt.TextElideMode.ElideRight, box.right() - x - px(8)
        )
        painter.setFont(detail_font)
        painter.setPen(palette.soft)
        painter.drawText(QPointF(x, baseline), detail)
        painter.restore()

    def _font_of(self, row: Row) -> QFont:
        if not row.key:
            return self._theme.interface_font(11.5, 600)
        if row.family:
            font = QFont(row.family)
            font.setPixelSize(round(self._theme.px(14)))
            return font
        return self._theme.interface_font(13)
