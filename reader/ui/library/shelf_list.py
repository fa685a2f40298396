"""The left column of the library: shelves, collections and tags, each with how many it holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidgetItem, QWidget

from reader.ui.library.shelves import ALL_TEXTS, Shelf, ShelfKind, ShelfLine
from reader.ui.look.colours import mix
from reader.ui.look.painted_list import Index, PaintedList, RowPainter, RowState, Writing
from reader.ui.look.theme import Theme

_LINE = Qt.ItemDataRole.UserRole
_ROW_PX, _HEADING_PX = 33.5, 45


class ShelfList(PaintedList):
    """One shelf of it is current."""

    shelf_chosen = Signal(object)
    """Shelf."""
    menu_wanted = Signal(object, QPoint)
    """Shelf of a collection, and the place on the screen where its menu is to open."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "Library", _Painter(theme), parent)
        self._shelf = ALL_TEXTS
        self.currentItemChanged.connect(self._on_current_changed)

    @property
    def shelf(self) -> Shelf:
        """The current shelf."""
        return self._shelf

    def show_lines(self, lines: Sequence[ShelfLine]) -> None:
        """Show these; the current shelf stays current, or the first one where it is gone.

        One that has no line stays as well.
        """
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
                if _are_same(line.shelf, wanted):
                    self._shelf = line.shelf
                    self.setCurrentItem(item)
        self.blockSignals(False)
        if self.currentItem() is None and self.count() and wanted.kind is not ShelfKind.TEXT:
            self.setCurrentRow(0)

    def choose(self, shelf: Shelf) -> None:
        """Make a shelf current, if there is such a line."""
        for row in range(self.count()):
            if self.item(row).data(_LINE).shelf == shelf:
                self.setCurrentRow(row)

    def choose_unlisted(self, shelf: Shelf) -> None:
        """Make a shelf current that has no line; choosing any line leads back."""
        self.setCurrentRow(-1)
        self._shelf = shelf
        self.shelf_chosen.emit(shelf)

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


def _are_same(shelf: Shelf, other: Shelf) -> bool:
    """Whether two stand for the same; a collection does under another name too."""
    if shelf.kind is ShelfKind.COLLECTION:
        return shelf.collection == other.collection
    return shelf == other


class _Painter(RowPainter):
    def height_px(self, index: Index) -> float:
        line: ShelfLine = index.data(_LINE)
        return _HEADING_PX if line.shelf is None else _ROW_PX

    def paint_row(self, painter: QPainter, box: QRectF, index: Index, state: RowState) -> None:
        line: ShelfLine = index.data(_LINE)
        if line.shelf is None:
            self._paint_heading(painter, box, line.words)
            return
        palette, px = self.theme.palette, self.theme.px
        ground = None
        if state.is_current:
            ground = palette.sentence
        elif state.is_under_pointer:
            ground = mix(palette.paper, palette.line, 0.4)
        has_ring = state.is_current and state.has_focus
        self.paint_ground(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), ground, has_ring=has_ring)
        colour = palette.ink if state.is_current else palette.soft
        name = Writing(line.words, self.theme.interface_font(13.5), colour)
        faded = mix(palette.paper, palette.soft, 0.85)
        count = Writing(f"{line.count:,}", self.theme.figure_font(13), faded)
        self.write_apart(painter, box.adjusted(px(10), 0, -px(10), 0), name, count)

    def _paint_heading(self, painter: QPainter, box: QRectF, words: str) -> None:
        px = self.theme.px
        font = self.theme.interface_font(10.5, 500)
        font.setLetterSpacing(font.SpacingType.AbsoluteSpacing, px(0.9))
        painter.setFont(font)
        painter.setPen(self.theme.palette.soft)
        painter.drawText(QPointF(box.left() + px(10), box.bottom() - px(12)), words.upper())
