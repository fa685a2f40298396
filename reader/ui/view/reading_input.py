"""What mouse and keys do to a reading view: select, scroll, place the caret, start from a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtGui
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from reader.text.document import Place
from reader.ui.view import text_selection
from reader.ui.view.caret_moves import CaretMoves

if TYPE_CHECKING:
    from reader.ui.view.reading_view import ReadingView

_AUTOSCROLL_MS = 30
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CARET_KEYS = frozenset(
    (
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
    )
)


class ReadingInput:
    """Turns one view's mouse and key events into selections, scrolling and signals.

    Arrows belong to the transport. In caret mode (F7) they move a caret instead, with Shift they
    select, so that everything can be selected without a mouse.
    """

    def __init__(self, view: ReadingView) -> None:
        self._view = view
        self._pressed_at: QPoint | None = None
        self._selecting_from: Place | None = None
        self._is_dragging = False
        self._double_click: tuple[QPoint, int] | None = None  # where, and when by its event
        self._pointer = QPoint()
        self._autoscroll = QTimer(view, interval=_AUTOSCROLL_MS)
        self._autoscroll.timeout.connect(self._on_autoscroll)
        self.is_caret_mode = False

    def leave_text(self) -> None:
        """Let go of what was begun in the text until now: another is shown."""
        self._pressed_at = self._selecting_from = self._double_click = None
        self._is_dragging = False
        self._autoscroll.stop()

    # mouse

    def press(self, event: QMouseEvent) -> None:
        """Begin a click or a selection."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        view = self._view
        self._pressed_at = self._pointer = event.position().toPoint()
        self._is_dragging = False
        if self._is_third_click(event):
            self._select_block(self._pressed_at)
            return
        self._double_click = None
        extends = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if extends and view.caret is not None:
            self._selecting_from = self._selecting_from or view.caret
            self._is_dragging = True
            self._select_up_to(self._pressed_at)
            return
        self._selecting_from = view.nearest_place(self._pressed_at)
        place = view.place_at(self._pressed_at)
        if place is not None and not extends:
            view.place_pressed.emit(self._word_start(place))

    def move(self, event: QMouseEvent) -> None:
        """Select while the button is down; show what a click would do while it isn't."""
        self._pointer = event.position().toPoint()
        if self._pressed_at is None:
            self._view.viewport().setCursor(self._cursor_at(self._pointer))
            return
        way = (self._pointer - self._pressed_at).manhattanLength()
        if not self._is_dragging and way < QApplication.startDragDistance():
            return
        self._is_dragging = True
        self._select_up_to(self._pointer)
        is_outside = not 0 <= self._pointer.y() < self._view.viewport().height()
        if is_outside and not self._autoscroll.isActive():
            self._autoscroll.start()

    def release(self, event: QMouseEvent) -> None:
        """End a selection, or take the click."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed_at is None:
            return
        pressed_at, self._pressed_at = self._pressed_at, None
        self._autoscroll.stop()
        if self._is_dragging:
            self._is_dragging = False
            self._view.finish_selection()
        elif self._double_click is not None:
            pass  # the release that ends a double or triple click
        else:
            self._take_click(pressed_at)

    def double_click(self, event: QMouseEvent) -> None:
        """Read from the word under the pointer."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._pressed_at = event.position().toPoint()
        self._double_click = (self._pressed_at, event.timestamp())
        place = self._view.place_at(self._pressed_at)
        if place is not None:
            self._view.place_activated.emit(self._word_start(place))

    def _is_third_click(self, event: QMouseEvent) -> bool:
        """Whether a press comes so soon after a double click, and so near, that it is its third.

        By when the mouse was pressed: when we come to hear of it depends on how busy we are.
        """
        if self._double_click is None:
            return False
        at, then_ms = self._double_click
        way = (event.position().toPoint() - at).manhattanLength()
        waited_ms = event.timestamp() - then_ms
        return (
            way < QApplication.startDragDistance()
            and waited_ms < QApplication.doubleClickInterval()
        )

    def _take_click(self, at: QPoint) -> None:
        view = self._view
        view.select(None)
        picture = view.picture_at(at)
        if picture is not None:
            view.picture_activated.emit(picture)
            return
        place = view.place_at(at, is_caret=True)
        character = view.place_at(at)
        view.set_caret(place)
        if view.document is None or place is None or character is None:
            return
        link = text_selection.link_at(view.document, character)
        if link is not None:
            view.link_activated.emit(link)
        else:
            view.clicked.emit(place)

    def _select_up_to(self, point: QPoint) -> None:
        view = self._view
        last_row = view.viewport().height() - 1
        on_screen = QPoint(point.x(), min(max(point.y(), 0), last_row))
        place = view.nearest_place(on_screen)
        if view.document is None or place is None or self._selecting_from is None:
            return
        view.set_caret(place)
        view.select_spans(text_selection.spans_between(self._selecting_from, place, view.document))

    def _select_block(self, point: QPoint) -> None:
        view = self._view
        place = view.nearest_place(point)
        if view.document is not None and place is not None:
            view.select(text_selection.block_span(view.document, place))
            self._view.finish_selection()

    def _on_autoscroll(self) -> None:
        height = self._view.viewport().height()
        beyond = min(self._pointer.y(), 0) + max(self._pointer.y() - height, 0)
        if not beyond:
            self._autoscroll.stop()
            return
        self._view.scroll_by(max(-40, min(40, beyond // 2 or (1 if beyond > 0 else -1))))
        self._select_up_to(self._pointer)

    def _cursor_at(self, point: QPoint) -> Qt.CursorShape:
        document, place = self._view.document, self._view.place_at(point)
        if self._view.picture_at(point) is not None:
            return Qt.CursorShape.PointingHandCursor
        if document is None or place is None:
            return Qt.CursorShape.ArrowCursor
        is_link = text_selection.link_at(document, place) is not None
        return Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.IBeamCursor

    def _word_start(self, place: Place) -> Place:
        from reader.text.segment import word_ranges

        document = self._view.document
        if document is None:
            return place
        block = text_selection.block_span(document, place)
        if block is None:
            return place
        text = document.sections[place.section].text
        for start, end in word_ranges(text, block.start, block.end):
            if place.offset < end:
                return Place(place.section, start if start <= place.offset else place.offset)
        return place

    # keys

    def overrides_shortcut(self, event: QKeyEvent) -> bool:
        """Whether a key is the caret's now, and no shortcut of the window."""
        is_plain = not event.modifiers() & Qt.KeyboardModifier.AltModifier
        return self.is_caret_mode and is_plain and event.key() in _CARET_KEYS

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; return whether it is one of the view's."""
        view = self._view
        if view.document is None:
            return False
        if event.key() == Qt.Key.Key_F7:
            self.set_caret_mode(not self.is_caret_mode)
        elif event.matches(QtGui.QKeySequence.StandardKey.Copy):
            view.copy()
        elif event.matches(QtGui.QKeySequence.StandardKey.SelectAll):
            self._select_section()
        elif event.key() in _ENTER and view.caret is not None:
            self._enter(view.caret)
        elif event.key() == Qt.Key.Key_Escape:
            return self._let_go()
        elif self.overrides_shortcut(event):
            self._move_caret(event)
        else:
            return self._scroll(event)
        return True

    def _enter(self, caret: Place) -> None:
        """Follow the link at the caret, show the picture there larger, else read from there."""
        view = self._view
        document = view.document
        link = None if document is None else text_selection.link_at(document, caret)
        picture = view.picture_of(caret)
        if link is not None:
            view.link_activated.emit(link)
        elif picture is not None and self.is_caret_mode:
            view.picture_activated.emit(picture)
        else:
            view.place_activated.emit(self._word_start(caret))

    def go_to_link(self, *, is_forward: bool) -> bool:
        """Put the caret at the next link or the one before, in caret mode; say whether it did."""
        view = self._view
        if not self.is_caret_mode or view.document is None or view.caret is None:
            return False
        link = text_selection.link_beside(view.document, view.caret, is_forward=is_forward)
        if link is None:
            return False
        view.set_caret(link.span.first_place)
        view.show_line(link.span.first_place)
        return True

    def set_caret_mode(self, is_on: bool) -> None:
        """Let keys move a caret through the text, starting on the screen; or no longer."""
        view = self._view
        self.is_caret_mode = is_on
        if is_on and not self._is_caret_on_screen():
            view.set_caret(view.first_visible_place())
        self._selecting_from = None
        view.viewport().update()
        view.caret_mode_changed.emit(is_on)

    def _is_caret_on_screen(self) -> bool:
        caret = self._view.caret
        if caret is None:
            return False
        return 0 <= self._view.line_top_of(caret) < self._view.viewport().height()

    def _let_go(self) -> bool:
        """Give up the selection, or caret mode; say whether there was any."""
        if self._view.selection is not None:
            self._view.select(None)
        elif self.is_caret_mode:
            self.set_caret_mode(False)
        else:
            return False
        return True

    def _select_section(self) -> None:
        view = self._view
        place = view.caret or view.first_visible_place()
        if view.document is not None and place is not None:
            view.select(text_selection.section_span(view.document, place.section))
            self._view.finish_selection()

    def _scroll(self, event: QKeyEvent) -> bool:
        view = self._view
        page = round(view.viewport().height() - view.line_height() * 1.5)
        line = round(view.line_height())
        is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.modifiers() & ~(
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier
        ):
            return False
        match event.key():
            case Qt.Key.Key_Home:
                view.scroll_to_end(is_start=True)
            case Qt.Key.Key_End:
                view.scroll_to_end(is_start=False)
            case Qt.Key.Key_PageDown if not is_control:
                view.scroll_by(page, animated=True)
            case Qt.Key.Key_PageUp if not is_control:
                view.scroll_by(-page, animated=True)
            case Qt.Key.Key_Down if not is_control:
                view.scroll_by(line * 2, animated=True)
            case Qt.Key.Key_Up if not is_control:
                view.scroll_by(-line * 2, animated=True)
            case _:
                return False
        return True

    def _move_caret(self, event: QKeyEvent) -> None:
        """Move the caret; with Shift select from where it first stood."""
        view = self._view
        before, moves = view.caret, view.caret_moves()
        if before is None or moves is None or view.document is None:
            return
        after = _caret_after(event, before, moves)
        view.set_caret(after)
        view.show_line(after)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._selecting_from = self._selecting_from or before
            view.select_spans(
                text_selection.spans_between(self._selecting_from, after, view.document)
            )
            self._view.finish_selection()
        else:
            self._selecting_from = None
            view.select(None)


def _caret_after(event: QKeyEvent, caret: Place, moves: CaretMoves) -> Place:
    """Return where one of the caret's keys puts it."""
    is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    match event.key():
        case Qt.Key.Key_Left | Qt.Key.Key_Right:
            is_forward = event.key() == Qt.Key.Key_Right
            return moves.beside(caret, is_forward=is_forward, by_word=is_control)
        case Qt.Key.Key_Up | Qt.Key.Key_Down:
            return moves.above_or_below(caret, is_below=event.key() == Qt.Key.Key_Down)
        case key:
            is_start = key == Qt.Key.Key_Home
            if is_control:
                return moves.text_end(is_start=is_start)
            return moves.line_edge(caret, is_start=is_start)
