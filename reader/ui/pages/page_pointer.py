"""What mouse and keys mean on the pages: clicks, passages dragged over, a way to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from reader.text.document import Place
from reader.ui.view.text_selection import spans_between

if TYPE_CHECKING:
    from reader.ui.pages.page_view import PageView

LINE_PX = 60
"""How far one goes with an arrow key."""

_AUTOSCROLL_MS = 30
_FASTEST_PX = 40


class PagePointer:
    """Turns what the left button does to one view into its signals; as in the text's view."""

    def __init__(self, view: PageView) -> None:
        self._view = view
        self._pressed: QPoint | None = None
        self._first: Place | None = None
        self._at = QPoint()
        self._is_dragging = False
        self._autoscroll = QTimer(view, interval=_AUTOSCROLL_MS)
        self._autoscroll.timeout.connect(self._on_autoscroll)

    def leave_pages(self) -> None:
        """Let go of what was begun on the pages until now: others are shown."""
        self._pressed = self._first = None
        self._is_dragging = False
        self._autoscroll.stop()

    def press(self, point: QPoint) -> None:
        """Begin a click or a drag."""
        self._pressed = self._at = point
        self._first = self._view.nearest_place(point)
        self._is_dragging = False
        place = self._view.place_at(point)
        if place is not None:
            self._view.place_pressed.emit(place)

    def move(self, point: QPoint) -> None:
        """Select up to here while the button is down; else show what a click would do."""
        self._at = point
        if self._pressed is None:
            is_text = self._view.place_at(point) is not None
            shape = Qt.CursorShape.IBeamCursor if is_text else Qt.CursorShape.ArrowCursor
            self._view.viewport().setCursor(shape)
            return
        way = (point - self._pressed).manhattanLength()
        if not self._is_dragging and way < QApplication.startDragDistance():
            return
        self._is_dragging = True
        self._select()
        is_outside = not 0 <= point.y() < self._view.viewport().height()
        if is_outside and not self._autoscroll.isActive():
            self._autoscroll.start()

    def release(self) -> None:
        """End it; where the pointer hardly moved it was a click."""
        pressed, self._pressed = self._pressed, None
        self._autoscroll.stop()
        if pressed is None:
            return
        if self._is_dragging:
            self._view.selection_finished.emit()
            return
        self._view.spans_selected.emit(())
        place = self._view.place_at(pressed)
        if place is not None:
            self._view.clicked.emit(place)

    def double_click(self, point: QPoint) -> None:
        """Read from the word there; the release that follows is no click."""
        self._pressed = None
        place = self._view.place_at(point)
        if place is not None:
            self._view.place_activated.emit(place)

    def _select(self) -> None:
        last_row = self._view.viewport().height() - 1
        place = self._view.nearest_place(QPoint(self._at.x(), min(max(self._at.y(), 0), last_row)))
        document = self._view.document
        if document is not None and place is not None and self._first is not None:
            self._view.spans_selected.emit(spans_between(self._first, place, document))

    def _on_autoscroll(self) -> None:
        beyond = min(self._at.y(), 0) + max(self._at.y() - self._view.viewport().height(), 0)
        if not beyond:
            self._autoscroll.stop()
            return
        self._view.scroll_by(max(-_FASTEST_PX, min(_FASTEST_PX, beyond // 2 or 1)))
        self._select()


def distance_of(event: QKeyEvent, height: int, longest: int) -> int | None:
    """Return how many pixels a key goes down; None for a key that goes nowhere.

    `height` is that of the screen, `longest` is from the first to the last place one can be at.
    """
    page = height - LINE_PX
    moves = {
        Qt.Key.Key_PageDown: page,
        Qt.Key.Key_PageUp: -page,
        Qt.Key.Key_Down: LINE_PX,
        Qt.Key.Key_Up: -LINE_PX,
        Qt.Key.Key_Home: -longest,
        Qt.Key.Key_End: longest,
    }
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return None
    return moves.get(Qt.Key(event.key()))
