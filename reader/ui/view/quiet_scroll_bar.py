"""A scroll bar that is only a thumb, and nothing at all where there is nothing to scroll."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QWidget

from reader.ui.look.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStyle, QStyleOptionSlider

WIDTH = 12
_MARK_OPACITY = 0.7


class QuietScrollBar(QScrollBar):
    """Vertical; drawn in the theme's line colour, darker under the pointer."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._is_hovered = False
        self._marks: tuple[float, ...] = ()
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

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the thumb where the style puts it."""
        palette = self._theme.palette
        painter = QPainter(self)
        painter.fillRect(event.rect(), palette.paper)
        mark = QColor(palette.accent)
        mark.setAlphaF(_MARK_OPACITY)
        for share in self._marks:
            painter.fillRect(QRect(4, round(share * (self.height() - 2)), 5, 2), mark)
        if self.maximum() <= self.minimum():
            return
        is_awake = self._is_hovered or self.isSliderDown()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QColor(palette.faint if is_awake else palette.line)
        if self._marks:
            ground.setAlphaF(0.6)  # the marks below it are still to be seen
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self._thumb()).adjusted(3, 2, -3, -2), 3, 3)

    def _thumb(self) -> QRect:
        """Return where the style has the thumb, and so where the mouse finds it."""
        style_of, option_of = _style_types()
        option = option_of()
        self.initStyleOption(option)
        return self.style().subControlRect(
            style_of.ComplexControl.CC_ScrollBar,
            option,
            style_of.SubControl.SC_ScrollBarSlider,
            self,
        )


@cache
def _style_types() -> tuple[type[QStyle], type[QStyleOptionSlider]]:
    """Return them without naming them above: their enumerations take 5 ms, and the first frame
    has no thumb. Kept, because with PySide an import statement takes 0.3 ms each time."""
    from PySide6.QtWidgets import QStyle, QStyleOptionSlider

    return QStyle, QStyleOptionSlider
