"""The column of languages in the voices window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
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
from reader.ui.look.theme import Theme
from reader.ui.view.quiet_scroll_bar import QuietScrollBar
from reader.ui.voices.voice_shelves import Shelf

_ROW_PX = 30
_WIDTH_PX = 204
_COUNT = Qt.ItemDataRole.UserRole


class LanguageList(QListWidget):
    """Names of shelves with how many voices each has; one of them is current."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName("Languages")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_Painter(theme, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollBar(QuietScrollBar(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        self.setFixedWidth(round(theme.px(_WIDTH_PX)))

    def show_shelves(self, shelves: Sequence[Shelf]) -> None:
        """Show these instead; none is current until `choose` says which."""
        self.clear()
        for shelf in shelves:
            item = QListWidgetItem(shelf.name, self)
            item.setData(_COUNT, len(shelf.voices))
            voices = "voice" if len(shelf.voices) == 1 else "voices"
            text = f"{shelf.name}, {len(shelf.voices)} {voices}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, text)

    def choose(self, name: str) -> None:
        """Make the shelf of that name current, else the first one."""
        found = self.findItems(name, Qt.MatchFlag.MatchExactly)
        self.setCurrentRow(self.row(found[0]) if found else 0)
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem(), QListWidget.ScrollHint.PositionAtCenter)


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(option.rect.width(), round(self._theme.px(_ROW_PX)))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        palette, px = self._theme.palette, self._theme.px
        box = QRectF(option.rect).adjusted(1, 1, -px(6), -1)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(blend(palette.paper, palette.line, 0.8 if is_current else 0.4))
            painter.drawRoundedRect(box, px(6), px(6))
        if is_current and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.accent, 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), px(6), px(6))
        font = self._theme.interface_font(13)
        metrics = QFontMetricsF(font)
        baseline = box.center().y() + metrics.capHeight() / 2
        count_font = self._theme.figure_font(11.5)
        count = str(index.data(_COUNT))
        count_width = QFontMetricsF(count_font).horizontalAdvance(count)
        painter.setFont(count_font)
        painter.setPen(palette.soft)
        right = box.right() - px(9)
        painter.drawText(QPointF(right - count_width, baseline), count)
        painter.setFont(font)
        painter.setPen(palette.ink)
        left = box.left() + px(9)
        room = right - count_width - px(8) - left
        name = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(left, baseline), name)
        painter.restore()
