"""The small pop-up beside a selection: four colours, four styles, note, copy, read from here."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from reader.ui.look.controls import IconButton, PaintedButton
from reader.ui.look.icons import Icon
from reader.ui.look.theme import Theme
from reader.ui.margin.marking.look_row import LookRow

_GAP_PX = 8.0
_SHADOW_PX = 6


class SelectionPopup(QWidget):
    """Floats over the text beside the end of a selection; never takes the focus.

    Everything on it has a key as well, so the keyboard does without it.
    """

    colour_chosen = Signal(str)
    style_chosen = Signal(str)
    note_wanted = Signal()
    copy_wanted = Signal()
    play_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._area = parent
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("For the selected text")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._rows = QHBoxLayout(self)
        self._rows.setSpacing(0)
        self.looks = LookRow(theme, self)
        self.looks.colour_chosen.connect(self.colour_chosen)
        self.looks.style_chosen.connect(self.style_chosen)
        self._rows.addWidget(self.looks)
        self._rows.addLayout(self._tools())
        for button in self.findChildren(PaintedButton):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addSpacing(6)
        for icon, name, wanted in (
            (Icon.NOTE, "Write a note (N)", self.note_wanted),
            (Icon.COPY, "Copy (Ctrl+C)", self.copy_wanted),
            (Icon.PLAY, "Read from here", self.play_wanted),
        ):
            tool = IconButton(self._theme, icon, name, self, side_px=32)
            tool.clicked.connect(wanted)
            row.addWidget(tool)
        row.addStretch()
        return row

    def show_beside(self, line: QRect) -> None:
        """Show it under `line`, the selection's last line in the parent's pixels, else above.

        It stays in sight where that line is beyond the screen.
        """
        self._rows.setDirection(QBoxLayout.Direction.LeftToRight)
        self.adjustSize()
        if self.width() > self._area.width():  # a narrow window, or large letters
            self._rows.setDirection(QBoxLayout.Direction.TopToBottom)
            self.adjustSize()
        gap = round(self._theme.px(_GAP_PX)) - _SHADOW_PX
        parent = self._area.rect()
        top = line.bottom() + gap
        if top + self.height() > parent.bottom():
            top = min(line.top() - gap, parent.bottom() - gap) - self.height()
        left = min(line.right() - self.width() // 2, parent.right() - self.width())
        self.move(QPoint(max(parent.left(), left), max(parent.top(), top)))
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint its ground: a card with a shadow barely there."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self._theme.palette
        box = QRectF(self.rect()).adjusted(_SHADOW_PX, _SHADOW_PX, -_SHADOW_PX, -_SHADOW_PX)
        radius = self._theme.px(10)
        shade = QColor(palette.ink)
        shade.setAlpha(5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        for spread in range(1, 0 if palette.is_dark else _SHADOW_PX):
            painter.drawRoundedRect(
                box.adjusted(-spread, 1 - spread, spread, 1 + spread), radius, radius
            )
        painter.setBrush(palette.card)
        painter.setPen(QPen(palette.line, 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.end()

    def _dress(self) -> None:
        margin = _SHADOW_PX + round(self._theme.px(4))
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(margin, margin, margin, margin)
        self.adjustSize()
        self.update()
