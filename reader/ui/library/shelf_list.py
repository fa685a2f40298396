"""The left column of the library: shelves, collections and tags, each with how many it holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.ui.library.shelves import ALL_TEXTS, Shelf, ShelfKind, ShelfLine
from reader.ui.look.controls import blend
from reader.ui.look.theme import Theme
from reader.ui.view.quiet_scroll_bar import QuietScrollBar

_LINE = Qt.ItemDataRole.UserRole
_ROW_PX, _HEADING_PX = 33.5, 45


class ShelfList(QListWidget):
    """One shelf of it is current."""

    shelf_chosen = Signal(object)
    """Shelf."""
    menu_wanted = Signal(object, QPoint)
    """Shelf of a collection, and the place on the screen where its menu is to open."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shelf = ALL_TEXTS
        self.setAccessibleName("Library")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_Painter(theme, self))
        self.setMouseTracking(True)
        self.setVerticalScrollBar(QuietScrollBar(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        self.currentItemChanged.connect(self._on_current_changed)

    @property
    def shelf(self) -> Shelf:
        """The current shelf."""
        return self._shelf

    def show_lines(self, lines: Sequence[ShelfLine]) -> None:
        """Show these; the current shelf stays current, or the first one where it is gone."""
        wanted = self._shelf
        self.blockSignals(True)
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.words, self)
            item.setData(_LINE, line)
            if line.shelf is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            else:
                spoken = f"{line.words}, {line.count:,}"
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
                if (line.shelf.kind, line.shelf.name, line.shelf.collection) == (
                    wanted.kind,
                    wanted.name,
                    wanted.collection,
                ):
                    self.setCurrentItem(item)
        self.blockSignals(False)
        if self.currentItem() is None and self.count():
            self.setCurrentRow(0)

    def choose(self, shelf: Shelf) -> None:
        """Make a shelf current, if there is such a line."""
        for row in range(self.count()):
            if self.item(row).data(_LINE).shelf == shelf:
                self.setCurrentRow(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Escape):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        item = self.itemAt(event.pos())
        line: ShelfLine | None = None if item is None else item.data(_LINE)
        shelf = None if line is None else line.shelf
        if shelf is not None and shelf.kind is ShelfKind.COLLECTION:
            self.menu_wanted.emit(shelf, event.globalPos())

    def _on_current_changed(self, item: QListWidgetItem | None) -> None:
        line: ShelfLine | None = None if item is None else item.data(_LINE)
        if line is not None and line.shelf is not None and line.shelf != self._shelf:
            self._shelf = line.shelf
            self.shelf_chosen.emit(line.shelf)


class _Painter(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        line: ShelfLine = index.data(_LINE)
        height = _HEADING_PX if line.shelf is None else _ROW_PX
        return QSize(option.rect.width(), round(self._theme.px(height)))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line: ShelfLine = index.data(_LINE)
        palette, px = self._theme.palette, self._theme.px
        box = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.shelf is None:
            font = self._theme.interface_font(10.5, 500)
            font.setLetterSpacing(font.SpacingType.AbsoluteSpacing, px(0.9))
            painter.setFont(font)
            painter.setPen(palette.soft)
            painter.drawText(
                QPointF(box.left() + px(10), box.bottom() - px(12)), line.words.upper()
            )
            painter.restore()
            return
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_current or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(
                palette.sentence if is_current else blend(palette.paper, palette.line, 0.4)
            )
            painter.drawRoundedRect(ground, px(7), px(7))
        if is_current and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.accent, px(1.5)))
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), px(7), px(7))
        self._write(painter, box, line, is_current=is_current)
        painter.restore()

    def _write(self, painter: QPainter, box: QRectF, line: ShelfLine, *, is_current: bool) -> None:
        palette, px = self._theme.palette, self._theme.px
        font = self._theme.interface_font(13.5)
        metrics = QFontMetricsF(font)
        baseline = box.center().y() + metrics.capHeight() / 2
        count_font = self._theme.figure_font(13)
        count = f"{line.count:,}"
        count_width = QFontMetricsF(count_font).horizontalAdvance(count)
        right = box.right() - px(10)
        painter.setFont(count_font)
        painter.setPen(blend(palette.paper, palette.soft, 0.85))
        painter.drawText(QPointF(right - count_width, baseline), count)
        painter.setFont(font)
        painter.setPen(palette.ink if is_current else palette.soft)
        left = box.left() + px(10)
        room = right - count_width - px(10) - left
        words = metrics.elidedText(line.words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(left, baseline), words)
