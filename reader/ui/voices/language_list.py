"""The column of languages in the voices window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidgetItem, QWidget

from reader.ui.look.colours import mix
from reader.ui.look.painted_list import Index, PaintedList, RowPainter, RowState, Writing
from reader.ui.look.theme import Theme
from reader.ui.voices.voice_shelves import Shelf

_WIDTH_PX = 204
_COUNT = Qt.ItemDataRole.UserRole


class LanguageList(PaintedList):
    """Names of shelves with how many voices each has; one of them is current."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "Languages", _Painter(theme), parent)
        self.setUniformItemSizes(True)
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
        self.show_current()


class _Painter(RowPainter):
    def paint_row(self, painter: QPainter, box: QRectF, index: Index, state: RowState) -> None:
        palette, px = self.theme.palette, self.theme.px
        box = box.adjusted(1, 1, -px(6), -1)
        ground = None
        if state.is_current or state.is_under_pointer:
            ground = mix(palette.paper, palette.line, 0.8 if state.is_current else 0.4)
        has_ring = state.is_current and state.has_focus
        self.paint_ground(painter, box, ground, has_ring=has_ring)
        name = Writing(index.data(), self.theme.interface_font(13), palette.ink)
        count = Writing(str(index.data(_COUNT)), self.theme.figure_font(11.5), palette.soft)
        self.write_apart(painter, box.adjusted(px(9), 0, -px(9), 0), name, count)
