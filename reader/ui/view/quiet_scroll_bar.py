"""A scroll bar that is only a thumb, and nothing at all where there is nothing to scroll."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from reader.ui.look.colours import fill
from reader.ui.look.theme import Theme

WIDTH = 12
_MARK_OPACITY = 0.7
_SHORTEST_THUMB = 26


class QuietScrollBar(QScrollBar):
    """Vertical; drawn in the theme's line colour, darker under the pointer.

    A click beside the thumb brings it under the pointer. Where the thumb is we say ourselves: to
    ask the style, PySide would first make the hundreds of names of its parts.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._is_hovered = False
        self._marks: tuple[float, ...] = ()
        self._grip = 0.0
        """How far below the thumb's top the mouse holds it."""
        theme.changed.connect(self.update)

    def set_marks(self, shares: Sequence[float]) -> None:
        """Show where something lies: how far down each is, 0 to 1."""
        marks = tuple(shares)
        if marks != self._marks:
            self._marks = marks
            self.update()

    def sizeHint(self) -> QSize:
        """Return a width that takes little from the paper."""
        return QSize(WIDTH, 3 * WIDTH)

    def thumb(self) -> QRectF:
        """Return where the thumb is: as much of the bar as is on the screen of the text."""
        height, span = self.height(), self.maximum() - self.minimum()
        seen = self.pageStep() / (span + self.pageStep()) if span else 1.0
        length = min(max(height * seen, _SHORTEST_THUMB), height)
        share = (self.sliderPosition() - self.minimum()) / span if span else 0.0
        return QRectF(0, (height - length) * share, self.width(), length)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that the thumb can be taken."""
        self._is_hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Be quiet again."""
        self._is_hovered = False
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the thumb, brought under the pointer if it isn't there."""
        if event.button() is not Qt.MouseButton.LeftButton or self.maximum() <= self.minimum():
            event.ignore()
            return
        thumb, y = self.thumb(), event.position().y()
        is_on_it = thumb.top() <= y <= thumb.bottom()
        self._grip = y - thumb.top() if is_on_it else thumb.height() / 2
        self.setSliderDown(True)
        self._drag_to(y)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the thumb with the mouse that holds it."""
        if self.isSliderDown():
            self._drag_to(event.position().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the thumb go."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(False)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks, and the thumb over them."""
        palette = self._theme.palette
        painter = QPainter(self)
        fill(painter, event.rect(), palette.paper)
        mark = QColor(palette.accent)
        mark.setAlphaF(_MARK_OPACITY)
        for share in self._marks:
            fill(painter, QRect(4, round(share * (self.height() - 2)), 5, 2), mark)
        if self.maximum() > self.minimum():
            self._paint_thumb(painter)
        painter.end()

    def _paint_thumb(self, painter: QPainter) -> None:
        palette = self._theme.palette
        is_awake = self._is_hovered or self.isSliderDown()
        ground = QColor(palette.faint if is_awake else palette.line)
        if self._marks:
            ground.setAlphaF(0.6)  # the marks below it are still to be seen
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(self.thumb().adjusted(3, 2, -3, -2), 3, 3)

    def _drag_to(self, y: float) -> None:
        room = self.height() - self.thumb().height()
        share = min(max((y - self._grip) / room, 0.0), 1.0) if room > 0 else 0.0
        self.setSliderPosition(self.minimum() + round(share * (self.maximum() - self.minimum())))
