"""What mouse and keys mean on the pages: a word clicked, a passage dragged over, a way to go."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent

from reader.text.document import Place, Span

LINE_PX = 60
"""How far one goes with an arrow key."""

_DRAG_PX = 4


class PagePointer:
    """Tells clicks from drags; positions are those of the viewport."""

    def __init__(
        self,
        place_at: Callable[[QPoint], Place | None],
        activate: Callable[[Place], object],
        select: Callable[[Span | None], object],
    ) -> None:
        """`activate` is told what was clicked, `select` what is dragged over, None for nothing."""
        self._place_at = place_at
        self._activate = activate
        self._select = select
        self._pressed: QPoint | None = None
        self._first: Place | None = None

    def press(self, point: QPoint, *, is_selected: bool) -> None:
        """Begin a click or a drag; what was selected until now is no more."""
        self._pressed = point
        self._first = self._place_at(point)
        if is_selected:
            self._select(None)

    def move(self, point: QPoint) -> Place | None:
        """Select up to here while the button is down; return what is under the pointer."""
        place, first = self._place_at(point), self._first
        if self._pressed is None or first is None or place is None:
            return place
        if (point - self._pressed).manhattanLength() >= _DRAG_PX and first.section == place.section:
            start, end = sorted((first.offset, place.offset))
            self._select(Span(first.section, start, end + 1))
        return place

    def release(self, point: QPoint, *, is_left: bool) -> None:
        """End it; where the pointer hardly moved it was a click."""
        pressed, self._pressed = self._pressed, None
        is_click = pressed is not None and (point - pressed).manhattanLength() < _DRAG_PX
        place = self._place_at(point)
        if is_click and is_left and place is not None:
            self._activate(place)


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
