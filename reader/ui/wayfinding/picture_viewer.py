"""A picture as large as the window, over everything: looked at closely, moved, left with Escape."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from reader.text.document import Pictures
from reader.ui.look.controls import IconButton
from reader.ui.look.focus_round import go_round
from reader.ui.look.icons import Icon
from reader.ui.look.popover import Overlay
from reader.ui.look.theme import Theme
from reader.ui.view.pictures import PictureStore

_MARGIN_PX = 48
_LARGEST_SIDE = 4096
"""Pixels a picture is decoded to at most."""
_MOST_ZOOM = 8.0
_STEP = 1.25
_MOVE_PX = 80
_SCRIM_OPACITY = 0.97
_WORDS_PX = 72


class PictureViewer(Overlay, QWidget):
    """Plus, minus and the wheel zoom; arrows and the mouse move it; a click beside it closes it."""

    def __init__(
        self, theme: Theme, window: QWidget, pictures: Pictures, address: str, description: str
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._address = address
        self._description = " ".join(description.split())
        self._store = PictureStore(pictures, self)
        self._store.arrived.connect(self.update)
        self._store.failed.connect(self.close)
        self._own = self._store.size_of(address) or QSize(1, 1)
        self._zoom = 1.0
        self._middle = QPointF(0.0, 0.0)
        """Of the picture, from the middle of the window."""
        self._dragged_from: QPointF | None = None
        self._has_moved = False
        self.remember_focus()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self._description or "A picture that nothing describes")
        self.close_button = IconButton(theme, Icon.CLOSE, "Close (Esc)", self)
        self.close_button.clicked.connect(self.close)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus()

    @property
    def zoom(self) -> float:
        """How much larger it is than what fits into the window."""
        return self._zoom

    def picture_rect(self) -> QRectF:
        """Return where the picture is."""
        room = self._room()
        own = QSize(self._own)
        fitted = own.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        width, height = fitted.width() * self._zoom, fitted.height() * self._zoom
        middle = QRectF(room).center() + self._middle
        return QRectF(middle.x() - width / 2, middle.y() - height / 2, width, height)

    def set_zoom(self, zoom: float, around: QPointF | None = None) -> None:
        """Show it that much larger, what is at `around` staying there."""
        zoom = min(max(zoom, 1.0), _MOST_ZOOM)
        fixed = around if around is not None else QRectF(self._room()).center()
        rect = self.picture_rect()
        share = zoom / self._zoom
        middle = fixed + (rect.center() - fixed) * share
        self._zoom = zoom
        self._middle = middle - QRectF(self._room()).center()
        self._keep_inside()

    def _room(self) -> QRect:
        margin = round(self._theme.px(_MARGIN_PX))
        foot = round(self._theme.px(_WORDS_PX)) if self._description else margin
        return self.rect().adjusted(margin, margin, -margin, -max(foot, margin))

    def _keep_inside(self) -> None:
        """Let no side of a large picture come further than the middle of the room."""
        fitted = self.picture_rect()
        room = QRectF(self._room())
        across = max((fitted.width() - room.width()) / 2, 0.0)
        down = max((fitted.height() - room.height()) / 2, 0.0)
        x = min(max(self._middle.x(), -across), across)
        y = min(max(self._middle.y(), -down), down)
        self._middle = QPointF(x, y)
        self.update()

    def _move(self, by: QPointF) -> None:
        self._middle += by
        self._keep_inside()

    # what Qt calls

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        scrim = QColor(palette.paper)
        scrim.setAlphaF(_SCRIM_OPACITY)
        painter.fillRect(self.rect(), scrim)
        rect = self.picture_rect()
        image = self._store.image(self._address, self._decoded_size(rect), is_dark=palette.is_dark)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if image is None:
            painter.fillRect(rect, palette.line)
        else:
            is_bare = palette.is_dark and image.hasAlphaChannel()
            if is_bare and not self._store.is_ink(self._address):
                painter.fillRect(rect, palette.ink)
            painter.drawImage(rect, image)
        if self._description:
            self._paint_words(painter)
        painter.end()

    def _decoded_size(self, rect: QRectF) -> QSize:
        """Return the size to decode to: in steps, so that each turn of a wheel doesn't again."""
        ratio = self.devicePixelRatioF()
        wanted = rect.size() * ratio / self._zoom * (1 if self._zoom == 1 else 4)
        size = wanted.toSize().boundedTo(QSize(_LARGEST_SIDE, _LARGEST_SIDE))
        if max(size.width(), size.height()) > max(self._own.width(), self._own.height()):
            size = QSize(self._own)
        return self._own.scaled(size, Qt.AspectRatioMode.KeepAspectRatio)

    def _paint_words(self, painter: QPainter) -> None:
        px = self._theme.px
        font = self._theme.interface_font(13)
        box = QRectF(self.rect())
        box.setTop(box.bottom() - px(_WORDS_PX))
        box.adjust(px(_MARGIN_PX), px(8), -px(_MARGIN_PX), -px(8))
        if self._zoom > 1:
            painter.fillRect(QRectF(0, box.top() - px(8), self.width(), px(80)), self._ground())
        painter.setFont(font)
        painter.setPen(self._theme.palette.soft)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        words = self._description
        metrics = QFontMetricsF(font)
        while len(words) > 20 and metrics.boundingRect(box, flags, words).height() > box.height():
            words = words[: len(words) * 9 // 10].rstrip(" …") + "…"
        painter.drawText(box, flags, words)

    def _ground(self) -> QColor:
        ground = QColor(self._theme.palette.paper)
        ground.setAlphaF(0.9)
        return ground

    def resizeEvent(self, _event: QEvent) -> None:
        side = self.close_button.sizeHint()
        edge = round(self._theme.px(14))
        self.close_button.setGeometry(
            self.width() - side.width() - edge, edge, side.width(), side.height()
        )
        self._keep_inside()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self.parentWidget():
            parent = self.parentWidget()
            if parent is not None:
                self.setGeometry(parent.rect())
        return False

    def event(self, event: QEvent) -> bool:
        # its keys are the viewer's, not the window's shortcuts
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, is_next: bool, /) -> bool:
        """Stay within: what lies below can't be seen."""
        go_round(self, is_forward=is_next)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._theme.px(_MOVE_PX)
        match event.key():
            case Qt.Key.Key_Escape | Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.close()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.set_zoom(self._zoom * _STEP)
            case Qt.Key.Key_Minus:
                self.set_zoom(self._zoom / _STEP)
            case Qt.Key.Key_0:
                self.set_zoom(1.0)
            case Qt.Key.Key_Left:
                self._move(QPointF(step, 0))
            case Qt.Key.Key_Right:
                self._move(QPointF(-step, 0))
            case Qt.Key.Key_Up:
                self._move(QPointF(0, step))
            case Qt.Key.Key_Down:
                self._move(QPointF(0, -step))

    def wheelEvent(self, event: QWheelEvent) -> None:
        turns = event.angleDelta().y() / 120
        if turns:
            self.set_zoom(self._zoom * _STEP**turns, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = event.position()
        self._has_moved = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is None:
            return
        by = event.position() - self._dragged_from
        self._has_moved = self._has_moved or by.manhattanLength() > 4
        if self._has_moved:
            self._dragged_from = event.position()
            self._move(by)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None
        if self._has_moved:
            return
        if self.picture_rect().contains(event.position()):
            self.set_zoom(1.0 if self._zoom > 1 else 2.5, event.position())
        else:
            self.close()

    def closeEvent(self, event: QEvent) -> None:
        self._store.close()
        parent = self.parentWidget()
        if parent is not None:
            parent.removeEventFilter(self)
        self.give_focus_back()
        event.accept()
