"""The text in the window: read, moved through, selected and pointed at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QClipboard,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from reader.text.document import Document, Place, Section, Span
from reader.ui.look.theme import Theme
from reader.ui.view import text_selection
from reader.ui.view.caret_moves import CaretMoves
from reader.ui.view.decorations import Decoration, Role
from reader.ui.view.item_painter import Marks
from reader.ui.view.quiet_scroll_bar import QuietScrollBar
from reader.ui.view.reading_ahead import ReadingAhead
from reader.ui.view.reading_input import ReadingInput
from reader.ui.view.text_canvas import TextCanvas
from reader.ui.view.text_motion import TextMotion

__all__ = ["Decoration", "ReadingView", "Role"]

_AHEAD = 4
"""Viewport heights above and below the screen within which sections are read beforehand."""


class ReadingView(TextCanvas):
    """Shows a document, lets its text be selected, and keeps what is heard in view.

    A canvas that scrolls, glides, and turns what mouse and keys do to it into signals.
    """

    ACCESSIBLE_ROLE = "Document"

    place_activated = Signal(object)
    """Place: read from here (double click on a word, or Enter at the caret)."""
    place_pressed = Signal(object)
    """Place, the start of a word: the mouse is down on it, and may be again in a moment."""
    clicked = Signal(object)
    """Place: a plain click on the text, after which nothing is selected."""
    selection_changed = Signal(object)
    """Span, the first of several, or None when nothing is selected any more."""
    selection_finished = Signal(object)
    """Span: the mouse was let go, or a key's selecting ended: time for a pop-up."""
    picture_activated = Signal(object)
    """Picture that was clicked, to be seen larger."""
    link_activated = Signal(object)
    """Link or note reference that was clicked or entered; the view itself follows none."""
    context_menu_requested = Signal(object, QPoint)
    """Place or None, and the global position: a menu is wanted there."""
    user_scrolled = Signal()
    """The user moves the text by wheel, key, bar or drag: stop calling `follow`."""
    caret_moved = Signal()
    """The caret stands somewhere else."""
    jumping = Signal(object)
    """Place: what is at the top now, before the view shows something far from it."""
    brought_into_view = Signal(object)
    """Place: what was asked to be in view, by the voice or anybody else."""
    caret_mode_changed = Signal(bool)
    """Whether keys now move a caret through the text (F7)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._selection: tuple[Span, ...] = ()
        self._caret: Place | None = None
        self._is_moving_bar = False
        self._has_been_shown = False
        self._ahead = ReadingAhead(self)
        self._ahead.section_read.connect(self._on_section_read)
        self._motion = TextMotion(self)
        self._motion.moved.connect(self._on_moved)
        self._bar_timer = QTimer(self, singleShot=True, interval=0)
        self._bar_timer.timeout.connect(self._update_bar)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._bar = QuietScrollBar(theme, self)
        self.setVerticalScrollBar(self._bar)
        self.viewport().setMouseTracking(True)
        self._input = ReadingInput(self)

    def show_document(self, document: Document, place: Place | None = None, y: int = 0) -> None:
        """Show `document` with the line of `place` at the viewport's `y`, or its beginning."""
        self._caret = None
        self._input.leave_text()
        super().show_document(document, place, y)
        self._motion.take(self._anchor)
        self.select(None)
        self._on_moved()
        self._tell_screen_readers()

    def showEvent(self, event: QShowEvent) -> None:
        """Take note that screen readers may have read the text from now on."""
        super().showEvent(event)
        self._has_been_shown = True

    def _tell_screen_readers(self) -> None:
        """Tell them of another document, but not of the first: nobody has asked for one yet."""
        if self._has_been_shown:
            from reader.ui.announcing import tell_reloaded

            tell_reloaded(self)

    # selection

    @property
    def selection(self) -> Span | None:
        """The selected span, the first one if more than one section has some of it; or None."""
        return self._selection[0] if self._selection else None

    @property
    def selected_spans(self) -> tuple[Span, ...]:
        """All that is selected, a span for each section."""
        return self._selection

    def select(self, span: Span | None) -> None:
        """Select `span`, or nothing."""
        self.select_spans(() if span is None else (span,))

    def select_spans(self, spans: Iterable[Span]) -> None:
        """Select these, in order and one for each section."""
        wanted = tuple(span for span in spans if not span.is_empty)
        if wanted != self._selection:
            self._selection = wanted
            self.viewport().update()
            self.selection_changed.emit(self.selection)

    def finish_selection(self) -> None:
        """Take what is selected now as what the user wanted to select."""
        if self.selection is None:
            return
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection():
            clipboard.setText(self.selected_text(), QClipboard.Mode.Selection)
        self.selection_finished.emit(self.selection)

    def selected_text(self) -> str:
        """Return the selected text with paragraphs apart, as it would be pasted."""
        if self._document is None:
            return ""
        return text_selection.plain_text(self._document, self._selection)

    def copy(self) -> None:
        """Put the selected text on the clipboard."""
        text = self.selected_text()
        if text:
            QGuiApplication.clipboard().setText(text)

    @property
    def caret(self) -> Place | None:
        """Where the last click or the caret keys have put the caret."""
        return self._caret

    def set_caret(self, place: Place | None) -> None:
        """Put the caret, which Enter activates, before the character at `place`."""
        if place != self._caret:
            self._caret = place
            self.viewport().update()
            self.caret_moved.emit()

    @property
    def is_caret_mode(self) -> bool:
        """Whether keys move a caret through the text."""
        return self._input.is_caret_mode

    def caret_moves(self) -> CaretMoves | None:
        """Return where a caret may go from here; None without a text."""
        return None if self._anchor is None else CaretMoves(self._anchor, self.line_height())

    def _marks(self) -> Marks:
        """Return selection and caret: plain while keys move it, else a quiet mark of a click."""
        palette = self.theme.palette
        if self.is_caret_mode:
            return Marks(self._selection, self._caret, palette.accent)
        caret = None if self._selection else self._caret
        return Marks(self._selection, caret, palette.faint)

    # moving

    def set_reduced_motion(self, is_reduced: bool) -> None:
        """Jump instead of gliding."""
        self._motion.set_reduced(is_reduced)

    @property
    def is_motion_reduced(self) -> bool:
        """Whether it jumps instead of gliding."""
        return self._motion.is_reduced

    def follow(self, span: Span) -> None:
        """Keep the line where `span` begins in view: move only when it leaves the comfortable band.

        After `user_scrolled` the caller decides when to follow again.
        """
        self._motion.bring_into_band(span.first_place, is_animated=True)
        self.brought_into_view.emit(span.first_place)

    def scroll_to(self, place: Place, animated: bool = True, *, is_jump: bool = True) -> None:
        """Bring the line of `place` comfortably into view. It isn't the user's scrolling.

        One to what isn't on the screen is told with `jumping`, so that one can come back, unless
        `is_jump` is false.
        """
        if is_jump and not self._is_on_screen(place):
            self._tell_jump()
        self._motion.bring_into_band(place, is_animated=animated)
        self.brought_into_view.emit(place)

    def show_at_top(self, place: Place) -> None:
        """Put the line of `place` at the top, where `first_visible_place` told it was."""
        self._motion.put_at_top(place)
        self.brought_into_view.emit(place)

    def _is_on_screen(self, place: Place) -> bool:
        if self._anchor is None:
            return True
        return 0 <= self._anchor.line_at(place)[0] < self.viewport().height()

    def _tell_jump(self) -> None:
        here = self.first_visible_place()
        if here is not None:
            self.jumping.emit(here)

    def scroll_by(self, pixels: int, *, animated: bool = False) -> None:
        """Move the text up by `pixels` at the user's wish (down if negative)."""
        self.user_scrolled.emit()
        self._motion.move(pixels, is_animated=animated)

    def scroll_to_end(self, *, is_start: bool) -> None:
        """Go to the text's beginning or end at the user's wish."""
        self.user_scrolled.emit()
        self._tell_jump()
        self._motion.go_to_end(is_start=is_start)

    def show_line(self, place: Place) -> None:
        """Move just so far that the line of `place` is on the screen (a caret is moved)."""
        self._motion.show_line(place, self.line_height())
        self.brought_into_view.emit(place)

    def _on_moved(self) -> None:
        super()._on_moved()
        self._bar_timer.start()
        if self._anchor is not None and self._document is not None:
            reach = _AHEAD * self.viewport().height()
            self._ahead.read(self._document, self._anchor.unread_nearby(reach))

    def _stand_still(self) -> None:
        self._motion.stop()

    def stop_reading_ahead(self) -> None:
        """Read nothing more of the document by itself: the window closes."""
        self._ahead.close()
        if self._painter.pictures is not None:
            self._painter.pictures.close()

    def _on_section_read(self, document: Document, section: Section) -> None:
        if document is self._document and self._flow is not None:
            self._flow.take(section)
            self._on_moved()

    def mark_on_bar(self, shares: Sequence[float]) -> None:
        """Mark places on the scroll bar: how far into the text each lies, 0 to 1."""
        self._bar.set_marks(shares)

    def _update_bar(self) -> None:
        bar = self.verticalScrollBar()
        self._is_moving_bar = True
        if self._anchor is None:
            bar.setRange(0, 0)
        else:
            bar.setRange(0, self._anchor.bar_maximum())
            bar.setPageStep(self.viewport().height())
            bar.setSingleStep(round(self.line_height()))
            bar.setValue(self._anchor.bar_value())
        self._is_moving_bar = False

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Go where the user has moved the bar."""
        del dx, dy  # the bar counts in estimates, not in pixels
        if self._is_moving_bar:
            return
        self.user_scrolled.emit()
        bar = self.verticalScrollBar()
        if bar.value() >= bar.maximum():
            self._motion.go_to_end(is_start=False)
        else:
            self._motion.go_to_bar_value(bar.value())

    # events

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a selection; other buttons are the window's."""
        event.setAccepted(event.button() is Qt.MouseButton.LeftButton)
        self._input.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select, or show what a click would do."""
        self._input.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a selection, or take the click."""
        self._input.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Read from the word under the pointer."""
        self._input.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Hand the wish for a menu on."""
        self.context_menu_requested.emit(self.place_at(event.pos()), event.globalPos())
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll by pixels where the device tells them, else by lines; zooming is the window's."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        if not event.pixelDelta().isNull():
            self.scroll_by(-event.pixelDelta().y())
        elif event.angleDelta().y():
            lines = QApplication.wheelScrollLines() * event.angleDelta().y() / 120
            self.scroll_by(-round(lines * self.line_height()), animated=True)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Keep the caret's keys from the window's shortcuts."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._input.overrides_shortcut(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, is_forward: bool, /) -> bool:
        """Let Tab go from link to link while keys move a caret."""
        return self._input.go_to_link(is_forward=is_forward) or super().focusNextPrevChild(
            is_forward
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, copy, select; leave all other keys to the window."""
        event.setAccepted(self._input.key(event))
