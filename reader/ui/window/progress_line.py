"""The line that shows how far the voice is: a tick for each note, and one can seek on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QWidget

from reader.ui.look.theme import Theme
from reader.values import value

_STEP_S = 10.0
"""How far an arrow key goes, as in players of every kind."""

_PAGE = 0.1
_KEYS = frozenset(
    (
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    )
)


@value
class Tick:
    """A note on the line: `share` of the whole (0 to 1) and its colour's name."""

    share: float
    colour: str


def clock_time(seconds: float) -> str:
    """Return `seconds` as a clock shows them: 0:07, 1:12, 1:02:03."""
    whole = max(0, int(seconds))
    hours, minutes = divmod(whole // 60, 60)
    if hours:
        return f"{hours}:{minutes:02}:{whole % 60:02}"
    return f"{minutes}:{whole % 60:02}"


class ProgressLine(QAbstractSlider):
    """Elapsed time, the line, the time left. `sought` carries a share of the whole, 0 to 1.

    As a slider it counts in hundredths, for screen readers. It tells them nothing while it has the
    focus, but of the user's own moves: they would speak of every step in the midst of the voice.
    """

    sought = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._elapsed_s = 0.0
        self._left_s = 0.0
        self._ticks: tuple[Tick, ...] = ()
        self._columns: tuple[QRectF, dict[int, str]] | None = None
        self._dragged_share: float | None = None
        self._shown: tuple[str, str, int] | None = None
        self.setAccessibleName("How far the voice is")
        self.setRange(0, 100)
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.valueChanged.connect(self._on_value_changed)
        self._is_told = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)  # painted anew as the pointer comes, goes
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.update)

    def set_times(self, elapsed_s: float, left_s: float) -> None:
        """Show how long the voice has read and will still read, in seconds at its present speed."""
        self._elapsed_s, self._left_s = elapsed_s, left_s
        shown = (*self._labels(), round(self._share() * self._line_box().width()))
        if shown != self._shown:  # nothing to paint while neither second nor pixel changes
            self._shown = shown
            if not self.hasFocus():
                self._tell()
            self.update()

    def set_ticks(self, ticks: Sequence[Tick]) -> None:
        """Show these notes on the line."""
        wanted = tuple(ticks)
        if wanted != self._ticks:
            self._ticks = wanted
            line = None if self._columns is None else self._columns[0]
            self._columns = None
            if line is not None:
                self._ticks_on(line, self._tick_width())  # now: to paint takes long enough
            self.update()

    def _ticks_on(self, line: QRectF, width: float) -> dict[int, str]:
        """Return the colours of the ticks by where they begin: of thousands most lie on others."""
        if self._columns is None or self._columns[0] != line:
            left, length = line.left() - width / 2, line.width()
            # of those at one place the last one is seen
            found = {round(left + tick.share * length): tick.colour for tick in self._ticks}
            self._columns = line, found
        return self._columns[1]

    def _tick_width(self) -> float:
        return max(2.0, round(self._theme.px(3)))

    def _tell(self) -> None:
        """Let screen readers know where the voice is."""
        elapsed, left = self._labels()
        self.setAccessibleDescription(f"{elapsed}, {left} left")
        self._is_told = True
        self.setValue(round(100 * self._share()))
        self._is_told = False

    def _on_value_changed(self, value: int) -> None:
        """Go where a screen reader has moved it; where the voice is, it has only been told."""
        if not self._is_told:
            self.sought.emit(value / 100)

    def _share(self) -> float:
        if self._dragged_share is not None:
            return self._dragged_share
        whole = self._elapsed_s + self._left_s
        return self._elapsed_s / whole if whole > 0 else 0.0

    def _labels(self) -> tuple[str, str]:
        whole = self._elapsed_s + self._left_s
        elapsed = self._elapsed_s if self._dragged_share is None else self._dragged_share * whole
        return clock_time(elapsed), f"−{clock_time(whole - elapsed)}"

    def _line_box(self) -> QRectF:
        """Return the line's box: the width left by the two times, 3 px high."""
        px = self._theme.px
        hours = int(self._elapsed_s + self._left_s) // 3600
        widest = f"{hours}:00:00" if hours else "00:00"
        font = self._theme.figure_font(11.5)
        room = QFontMetricsF(font).horizontalAdvance("−" + widest) + px(11)
        thickness = max(2.0, round(px(3)))
        return QRectF(
            round(room),
            round((self.height() - thickness) / 2),
            max(1.0, self.width() - 2 * round(room)),
            thickness,
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, px = self._theme.palette, self._theme.px
        line = self._line_box()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.line)
        painter.drawRoundedRect(line, line.height() / 2, line.height() / 2)
        done = QRectF(line)
        done.setWidth(line.width() * self._share())
        painter.setBrush(palette.accent)
        painter.drawRoundedRect(done, line.height() / 2, line.height() / 2)
        tick_height, tick_width = px(9), self._tick_width()
        for x, colour in self._ticks_on(line, tick_width).items():
            box = QRectF(x, line.center().y() - tick_height / 2, tick_width, tick_height)
            painter.setBrush(palette.strong(colour))
            painter.drawRoundedRect(box, 1.5, 1.5)
        if self.underMouse() or self.hasFocus() or self._dragged_share is not None:
            painter.setBrush(palette.accent)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QPointF(done.right(), line.center().y()), px(6), px(6))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(palette.accent, 2))
            painter.drawEllipse(QPointF(done.right(), line.center().y()), px(9), px(9))
        self._paint_times(painter, line)
        painter.end()

    def _paint_times(self, painter: QPainter, line: QRectF) -> None:
        palette, gap = self._theme.palette, self._theme.px(11)
        painter.setFont(self._theme.figure_font(11.5))
        painter.setPen(palette.soft)
        elapsed, left = self._labels()
        middle = Qt.AlignmentFlag.AlignVCenter
        before = QRectF(0, 0, line.left() - gap, self.height())
        painter.drawText(before, Qt.AlignmentFlag.AlignRight | middle, elapsed)
        after = QRectF(line.right() + gap, 0, self.width() - line.right() - gap, self.height())
        painter.drawText(after, Qt.AlignmentFlag.AlignLeft | middle, left)

    def _share_at(self, x: float) -> float:
        line = self._line_box()
        return min(max((x - line.left()) / line.width(), 0.0), 1.0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._dragged_share = self._share_at(event.position().x())
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_share is not None:
            self._dragged_share = self._share_at(event.position().x())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged_share is not None and event.button() is Qt.MouseButton.LeftButton:
            share = self._share_at(event.position().x())
            self._dragged_share = None
            self.sought.emit(share)
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in _KEYS:
            event.ignore()  # all others are the window's
            return
        whole = self._elapsed_s + self._left_s
        share = _share_after(event.key(), self._share(), _STEP_S / whole if whole else 0.0)
        self.sought.emit(share)
        self._tell()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move it from the window's shortcuts."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _KEYS
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel that strays here is no wish to seek

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._tell()
        super().focusInEvent(event)


def _share_after(key: int, share: float, step: float) -> float:
    """Return where a key leads from `share`."""
    match key:
        case Qt.Key.Key_Home:
            return 0.0
        case Qt.Key.Key_End:
            return 1.0
        case Qt.Key.Key_Left | Qt.Key.Key_Right:
            by = step
        case _:
            by = _PAGE
    is_back = key in (Qt.Key.Key_Left, Qt.Key.Key_PageDown)
    return min(max(share - by if is_back else share + by, 0.0), 1.0)
