"""A list whose rows are painted here: the columns of library and voices, lists in popovers."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reader.ui.look.theme import Theme
from reader.ui.view.quiet_scroll_bar import QuietScrollBar
from reader.values import value

Index = QModelIndex | QPersistentModelIndex


@value
class RowState:
    """How a row is to be seen: the current one, with the keyboard's focus, under the pointer."""

    is_current: bool
    has_focus: bool
    is_under_pointer: bool


@value
class Writing:
    """Words in a row: their font and their colour."""

    words: str
    font: QFont
    colour: QColor


class RowPainter(QStyledItemDelegate):
    """Paints the rows of one list. Subclasses say what stands in a row, and how high it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def height_px(self, _index: Index) -> float:
        """Return a row's height before the scale."""
        return 30.0

    def paint_row(self, painter: QPainter, box: QRectF, index: Index, state: RowState) -> None:
        """Paint a row in its box; the painter is put back afterwards."""
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.rect.width(), round(self.theme.px(self.height_px(index))))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        flags = QStyle.StateFlag
        state = RowState(
            bool(option.state & flags.State_Selected),
            bool(option.state & flags.State_HasFocus),
            bool(option.state & flags.State_MouseOver),
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_row(painter, QRectF(option.rect), index, state)
        painter.restore()

    def paint_ground(
        self, painter: QPainter, box: QRectF, colour: QColor | None, *, has_ring: bool
    ) -> None:
        """Paint what lies under a row: a rounded ground, and a ring at keyboard focus."""
        radius = self.theme.px(6)
        if colour is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(box, radius, radius)
        if has_ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.theme.palette.accent, 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)

    def write_apart(self, painter: QPainter, box: QRectF, name: Writing, count: Writing) -> None:
        """Write a name at the left of `box`, shortened if need be, and a number at its right."""
        metrics = QFontMetricsF(name.font)
        baseline = box.center().y() + metrics.capHeight() / 2
        count_width = QFontMetricsF(count.font).horizontalAdvance(count.words)
        painter.setFont(count.font)
        painter.setPen(count.colour)
        painter.drawText(QPointF(box.right() - count_width, baseline), count.words)
        room = box.width() - count_width - self.theme.px(9)
        painter.setFont(name.font)
        painter.setPen(name.colour)
        words = metrics.elidedText(name.words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(box.left(), baseline), words)


class PaintedList(QListWidget):
    """Frameless, see-through, scrolled by pixels. `name` is what screen readers call it."""

    def __init__(self, theme: Theme, name: str, painter: RowPainter, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        painter.setParent(self)
        self.setItemDelegate(painter)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollBar(QuietScrollBar(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)

    def moveCursor(
        self, action: QListWidget.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go to the first or the last row that can be chosen: Qt stays where it is at a heading."""
        ends = {
            QListWidget.CursorAction.MoveHome: range(self.count()),
            QListWidget.CursorAction.MoveEnd: reversed(range(self.count())),
        }
        for row in ends.get(action, ()):
            if self.item(row).flags() & Qt.ItemFlag.ItemIsEnabled and not self.isRowHidden(row):
                return self.indexFromItem(self.item(row))
        return super().moveCursor(action, modifiers)

    def show_current(self) -> None:
        """Bring the current row into view, others around it."""
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem(), QListWidget.ScrollHint.PositionAtCenter)
