"""The library's column: a list view that lays its groups out by arithmetic and paints what is seen.

It is a QListView so that the keyboard and screen readers find what they know of lists; where its
items stand and how they look is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from reader.library.holdings import Holding
from reader.storage.texts import TextId
from reader.ui.library.cover_store import CoverStore
from reader.ui.library.shelf_layout import Box, Form, ShelfLayout
from reader.ui.library.shelf_model import ENTRY, Entry, EntryGroup, ShelfModel, TextEntry
from reader.ui.library.shelf_painter import ShelfPainter
from reader.ui.look.theme import Theme
from reader.ui.view.quiet_scroll_bar import QuietScrollBar

_Index = QModelIndex | QPersistentModelIndex
_Move = QAbstractItemView.CursorAction

_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

_SIDE_PX = 34
_TOP_PX = 10
_STEP_PX = 60


class ShelfView(QListView):
    """Shows groups of texts and finds; tells which is wanted."""

    entry_chosen = Signal(object)
    """Entry: to be opened."""
    menu_wanted = Signal(object, QPoint)
    """Entry, and the place on the screen where its menu is to open."""
    removal_wanted = Signal(object)
    """Entry: Delete was pressed on it."""
    picked_changed = Signal(int)
    """How many texts are picked, to be changed together."""

    def __init__(self, theme: Theme, covers: CoverStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._painter = ShelfPainter(theme, covers)
        self.shelf = ShelfModel(self)
        self._layout = ShelfLayout((), 0, self._painter.sizes())
        self._hovered: int | None = None
        self._has_keyboard = False
        self._picked: set[TextId] = set()
        self._range_start = 0
        self.setModel(self.shelf)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBar(QuietScrollBar(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAccessibleName("Texts")
        covers.came.connect(self._on_cover_came)
        theme.changed.connect(self._on_theme_changed)

    def show_groups(self, groups: Sequence[EntryGroup], speed: float) -> None:
        """Show these instead, from the top; the current entry stays current if it is there."""
        current = self.current_entry()
        top = self.verticalScrollBar().value()
        is_same = [g.heading for g in groups] == [g.heading for g in self.shelf.groups]
        self._painter.speed = speed
        self._painter.now = datetime.now().astimezone()
        self._hovered = None
        self.shelf.show_groups(groups, speed)
        self._lay_out()
        self.verticalScrollBar().setValue(top if is_same else 0)
        self._restore(current)
        self._pick({text for text in self._picked if self.shelf.rows_of(text)})

    def current_entry(self) -> Entry | None:
        """Return the entry the keyboard is on."""
        index = self.currentIndex()
        return self.shelf.entry(index.row()) if index.isValid() else None

    @property
    def picked(self) -> tuple[Holding, ...]:
        """The texts that are to be changed together, as they stand; none where none were picked."""
        entries = map(self.shelf.entry, range(self.shelf.rowCount()))
        texts = {e.text.id: e.text for e in entries if isinstance(e, TextEntry)}
        return tuple(text for number, text in texts.items() if number in self._picked)

    def pick_none(self) -> None:
        """Let go of those that are picked."""
        self._pick(set())

    def _pick(self, texts: set[TextId]) -> None:
        if texts != self._picked:
            self._picked = texts
            self.viewport().update()
            self.picked_changed.emit(len(texts))

    def _pick_by_row(self, row: int, *, is_range: bool) -> None:
        """Pick the text in a row, or let it go; `is_range`: all from the row picked last to it."""
        rows = range(min(row, self._range_start), max(row, self._range_start) + 1)
        if is_range:
            self._pick(self._picked | self._texts_in(rows))
            return
        self._range_start = row
        self._pick(self._picked ^ self._texts_in([row]))

    def _texts_in(self, rows: Iterable[int]) -> set[TextId]:
        entries = (self.shelf.entry(row) for row in rows)
        return {entry.text.id for entry in entries if isinstance(entry, TextEntry)}

    def take_keyboard(self) -> None:
        """Take the focus, on the first entry that was found, or else on the first of all."""
        self._has_keyboard = True
        groups = self.shelf.groups
        finds = [n for n, group in enumerate(groups) if group.form is Form.FOUND and group.entries]
        row = self._layout.first_of(finds[0]) if finds else 0
        if row < self.shelf.rowCount():
            self.setCurrentIndex(self.shelf.index(row, 0))
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self.viewport().update()

    def _restore(self, entry: Entry | None) -> None:
        """Let the entry that was current be it again: what it shows may have changed."""
        if entry is None:
            return
        for row in range(self.shelf.rowCount()):
            other = self.shelf.entry(row)
            is_it = type(other) is type(entry) and other.text.id == entry.text.id
            if is_it and getattr(other, "span", None) == getattr(entry, "span", None):
                chosen = QItemSelectionModel.SelectionFlag.NoUpdate
                self.selectionModel().setCurrentIndex(self.shelf.index(row, 0), chosen)
                return

    # Where things stand

    def _lay_out(self) -> None:
        width = self.viewport().width() - 2 * self._side()
        groups = [group.group for group in self.shelf.groups]
        self._layout = ShelfLayout(groups, max(1, width), self._painter.sizes())
        bar = self.verticalScrollBar()
        height = self._layout.height + round(self._theme.px(_TOP_PX))
        bar.setRange(0, max(0, height - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(round(self._theme.px(_STEP_PX)))
        self.viewport().update()

    def _side(self) -> int:
        is_narrow = self.viewport().width() < self._theme.px(520)
        return round(self._theme.px(_SIDE_PX / 2 if is_narrow else _SIDE_PX))

    def _on_screen(self, box: Box) -> QRect:
        top = round(self._theme.px(_TOP_PX)) - self.verticalOffset()
        return QRect(box.x + self._side(), box.y + top, box.width, box.height)

    def _in_column(self, point: QPoint) -> tuple[int, int]:
        top = round(self._theme.px(_TOP_PX)) - self.verticalOffset()
        return point.x() - self._side(), point.y() - top

    def visualRect(self, index: _Index) -> QRect:
        box = self._layout.box_of(index.row()) if index.isValid() else None
        return QRect() if box is None else self._on_screen(box)

    def indexAt(self, point: QPoint) -> QModelIndex:
        item = self._layout.item_at(*self._in_column(point))
        return QModelIndex() if item is None else self.shelf.index(item, 0)

    def scrollTo(
        self, index: _Index, _hint: QListView.ScrollHint = QListView.ScrollHint.EnsureVisible
    ) -> None:
        box = self._layout.box_of(index.row()) if index.isValid() else None
        if box is None:
            return
        edge = round(self._theme.px(12))
        heading = self._painter.sizes().heading_height
        bar, height = self.verticalScrollBar(), self.viewport().height()
        top = bar.value()
        if box.y - edge < top:
            bar.setValue(max(0, box.y - heading))
        elif box.y + box.height + edge > top + height:
            bar.setValue(box.y + box.height + edge - height)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        current = self.currentIndex()
        if not current.isValid():
            return self.shelf.index(0, 0)
        return self.shelf.index(self._moved(current.row(), action), 0)

    def _moved(self, row: int, action: QAbstractItemView.CursorAction) -> int:
        layout = self._layout
        match action:
            case _Move.MoveLeft | _Move.MovePrevious:
                return layout.beside(row, -1)
            case _Move.MoveRight | _Move.MoveNext:
                return layout.beside(row, 1)
            case _Move.MoveUp:
                return layout.above_or_below(row, -1)
            case _Move.MoveDown:
                return layout.above_or_below(row, 1)
            case _Move.MoveHome:
                return layout.beside(-1, 1) if layout.count else row
            case _Move.MoveEnd:
                return layout.beside(layout.count, -1)
            case _:
                return self._a_page_on(row, 1 if action == _Move.MovePageDown else -1)

    def _a_page_on(self, row: int, step: int) -> int:
        start = self._layout.box_of(row)
        moved = row
        while start is not None:
            following = self._layout.above_or_below(moved, step)
            box = self._layout.box_of(following)
            if following == moved or box is None:
                break
            if abs(box.y - start.y) > self.viewport().height() * 0.8:
                break
            moved = following
        return moved

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: _Index) -> bool:
        return self._layout.box_of(index.row()) is None

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        index = self.indexAt(rect.center())
        self.selectionModel().select(index, command)

    def visualRegionForSelection(self, _selection: object) -> QRegion:
        return QRegion(self.viewport().rect())

    def doItemsLayout(self) -> None:
        """Leave what Qt lays out item by item to `_lay_out`."""
        self._lay_out()

    def updateGeometries(self) -> None:
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._update_row(self._hovered)
        self._hovered = None
        self.viewport().scroll(dx, dy)

    # What is seen

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.palette.paper)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _, top = self._in_column(event.rect().topLeft())
        bottom = top + event.rect().height()
        margin = round(self._theme.px(8))
        for group, y in self._layout.headings_between(top, bottom):
            box = Box(0, y, self._layout.width, 0)
            self._painter.paint_heading(painter, QRectF(self._on_screen(box)), group)
        current = self.currentIndex().row() if self._has_keyboard and self.hasFocus() else -1
        for item in self._layout.items_between(top - margin, bottom + margin):
            box_of_item = self._layout.box_of(item)
            if box_of_item is not None:
                entry = self.shelf.entry(item)
                self._painter.paint_entry(
                    painter,
                    QRectF(self._on_screen(box_of_item)),
                    entry,
                    is_picked=isinstance(entry, TextEntry) and entry.text.id in self._picked,
                    is_hovered=item == self._hovered,
                    is_focused=item == current,
                )
        painter.end()

    def _on_cover_came(self, text: int) -> None:
        for row in self.shelf.rows_of(text):
            self._update_row(row)

    def _update_row(self, row: int | None) -> None:
        box = None if row is None else self._layout.box_of(row)
        if box is not None:
            margin = round(self._theme.px(8))
            around = self._on_screen(box).adjusted(-margin, -margin, margin, margin)
            self.viewport().update(around)

    def _on_theme_changed(self) -> None:
        self._painter.forget_drawn()
        self._lay_out()

    # What the user does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._has_keyboard = False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or index != self.currentIndex():
            return
        held = event.modifiers() & (_CONTROL | _SHIFT)
        if held and index.isValid():
            self._pick_by_row(index.row(), is_range=bool(held & _SHIFT))
        else:
            self._choose(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        hovered = index.row() if index.isValid() else None
        if hovered != self._hovered:
            before, self._hovered = self._hovered, hovered
            self._update_row(before)
            self._update_row(hovered)
            shape = (
                Qt.CursorShape.ArrowCursor if hovered is None else Qt.CursorShape.PointingHandCursor
            )
            self.viewport().setCursor(shape)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index, at = self.indexAt(event.pos()), event.globalPos()
        else:
            index = self.currentIndex()
            at = self.viewport().mapToGlobal(self.visualRect(index).center())
        if index.isValid():
            self.setCurrentIndex(index)
            if self.shelf.entry(index.row()).text.id not in self._picked:
                self.pick_none()
            self.menu_wanted.emit(self.shelf.entry(index.row()), at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._has_keyboard = True
            if not self.currentIndex().isValid() and self.shelf.rowCount():
                self.setCurrentIndex(self.shelf.index(0, 0))
        super().focusInEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._has_keyboard = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and self.current_entry() is not None:
            self.removal_wanted.emit(self.current_entry())
        elif event.key() == Qt.Key.Key_Escape and self._picked:
            self.pick_none()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._pick(self._texts_in(range(self.shelf.rowCount())))
        elif event.key() == Qt.Key.Key_Space and event.modifiers() & _CONTROL:
            if self.currentIndex().isValid():
                self._pick_by_row(self.currentIndex().row(), is_range=False)
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Escape):
            event.ignore()
        else:
            self._move_by_key(event)

    def _move_by_key(self, event: QKeyEvent) -> None:
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        after = self.currentIndex().row()
        if event.modifiers() & _SHIFT and -1 not in (before, after) and before != after:
            if not self._picked:
                self._range_start = before
            self._pick_by_row(after, is_range=True)
        self.viewport().update()

    def _choose(self, index: _Index) -> None:
        if index.isValid():
            self.entry_chosen.emit(index.data(ENTRY))
