"""What opens beside a button and leaves when one clicks elsewhere or presses Escape."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from reader.ui.look.focus_round import go_round
from reader.ui.look.theme import Theme
from reader.ui.view.quiet_scroll_bar import QuietScrollBar

_SHADOW_PX = 14
_PADDING_PX = 12
_GAP_PX = 2
_LEAST_HEIGHT_PX = 180


class Overlay:
    """What lies over a window and closes when something else opens there."""

    _focus_before: QWidget | None = None

    def remember_focus(self) -> None:
        """Before it takes the keyboard: remember who has it."""
        self._focus_before = QApplication.focusWidget()

    def give_focus_back(self) -> None:
        """Once closed: let who had the keyboard have it again."""
        if self._focus_before is not None and isValid(self._focus_before):
            self._focus_before.setFocus(Qt.FocusReason.PopupFocusReason)


def close_overlays(window: QWidget) -> bool:
    """Close the overlays of a window; return whether there were any."""
    children = window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    shown = [one for one in children if isinstance(one, Overlay) and one.isVisible()]
    for overlay in shown:
        overlay.close()
    return bool(shown)


class Popover(Overlay, QWidget):
    """A card over the window. It is part of the window, so that no window manager has a say in it.

    Subclasses fill `content`, a column; where the window has no room for it, it can be scrolled.
    A popover is made when asked for and gone once closed.
    """

    ACCESSIBLE_ROLE = "Dialog"

    closed = Signal()

    def __init__(self, theme: Theme, window: QWidget, name: str) -> None:
        """`name` is what screen readers say when it opens."""
        super().__init__(window)
        self.setAccessibleName(name)
        self.theme = theme
        self._anchor: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroller = QScrollArea(self)
        self._scrolled = QWidget()
        self.content = QVBoxLayout(self._scrolled)
        self.content.setContentsMargins(0, 0, 0, 0)
        self._scroller.setFrameShape(QFrame.Shape.NoFrame)
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroller.setVerticalScrollBar(QuietScrollBar(theme, self._scroller))
        self._scroller.setWidgetResizable(True)
        self._scroller.setWidget(self._scrolled)
        for see_through in (self._scrolled, self._scroller.viewport()):
            see_through.setAutoFillBackground(False)
        theme.changed.connect(self._on_theme_changed)
        self._space_out()

    def open_at(self, *anchors: QWidget) -> None:
        """Open in place of other overlays, at the first of `anchors` that is seen, else the last.

        It stands above or below, wherever there is more room, within the window.
        """
        window = self.parentWidget()
        if window is not None:
            close_overlays(window)
        self.remember_focus()
        self._anchor = next((one for one in anchors if one.isVisible()), anchors[-1])
        self.place()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def place(self) -> None:
        """Take the size the content wants, and a place beside the anchor."""
        window, anchor = self.parentWidget(), self._anchor
        if window is None or anchor is None:
            return
        at = QRect(anchor.mapTo(window, QPoint(0, 0)), anchor.size())
        gap = round(self.theme.px(_GAP_PX))
        opens_up = at.center().y() > window.height() / 2
        room = at.top() - gap if opens_up else window.height() - at.bottom() - gap
        size = self.sizeHint().boundedTo(window.size())
        # at a large scale in a small window it may cover its anchor
        least = min(round(self.theme.px(_LEAST_HEIGHT_PX)), window.height())
        height = min(size.height(), max(room, least))
        left = at.center().x() - size.width() // 2
        left = min(max(left, 0), window.width() - size.width())
        top = at.top() - gap - height if opens_up else at.bottom() + gap
        top = min(max(top, 0), window.height() - height)
        self.setGeometry(left, top, size.width(), height)

    def sizeHint(self) -> QSize:
        inset = self.inset()
        return self._scrolled.sizeHint().grownBy(QMargins(inset, inset, inset, inset))

    def heightForWidth(self, width: int) -> int:
        inset = self.inset()
        return self._scrolled.heightForWidth(width - 2 * inset) + 2 * inset

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inset = self.inset()
        self._scroller.setGeometry(self.rect().adjusted(inset, inset, -inset, -inset))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shadow = round(self.theme.px(_SHADOW_PX))
        box = QRectF(self.rect()).adjusted(shadow, shadow, -shadow, -shadow)
        paint_floating_card(painter, box, self.theme, shadow)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool, /) -> bool:
        """Stay within: what lies below can't be used before this is closed."""
        stop = go_round(self, is_forward=is_next)
        if stop is not None:
            self._scroller.ensureWidgetVisible(stop)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            inside = QRect(self.mapToGlobal(QPoint(0, 0)), self.size())
            if not inside.contains(event.globalPosition().toPoint()):
                on_anchor = watched is self._anchor
                self.close()
                return on_anchor  # else the press that closes would open it again
        elif event.type() is QEvent.Type.Resize and watched is self.parentWidget():
            self.place()
        return False

    def closeEvent(self, event: QCloseEvent) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        super().closeEvent(event)
        self.give_focus_back()
        self.closed.emit()

    def inset(self) -> int:
        """Return how far within its edges the content stands, in pixels."""
        return round(self.theme.px(_SHADOW_PX + _PADDING_PX))

    def _space_out(self) -> None:
        self.content.setSpacing(round(self.theme.px(8)))

    def _on_theme_changed(self) -> None:
        self._space_out()
        self.place()
        self.update()


def paint_floating_card(painter: QPainter, box: QRectF, theme: Theme, shadow: int) -> None:
    """Paint a rounded card with a hairline and a soft shadow `shadow` pixels wide around it."""
    radius = theme.px(10)
    painter.setPen(Qt.PenStyle.NoPen)
    darkness = 9.0 if theme.palette.is_dark else 3.2
    for distance in range(shadow, 0, -2):  # rings that add up: denser towards the card
        painter.setBrush(QColor.fromRgb(0, 0, 0, round(darkness * (1 - distance / (shadow + 1)))))
        ring = box.adjusted(-distance, -distance + 3, distance, distance)
        painter.drawRoundedRect(ring, radius + distance, radius + distance)
    painter.setPen(QPen(theme.palette.line, 1))
    painter.setBrush(theme.palette.card)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
