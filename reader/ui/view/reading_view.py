"""The text in the window: a virtual view that lays out only the paragraphs near the screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QWidget

from reader.text.document import Document, Place, Section, Span
from reader.ui.look.colours import fill
from reader.ui.look.theme import Theme
from reader.ui.view import text_selection
from reader.ui.view.block_styles import TEXT_LINE, TEXT_SIZE
from reader.ui.view.caret_moves import CaretMoves
from reader.ui.view.column import ColumnPlan, plan_column
from reader.ui.view.decoration_painter import REACH
from reader.ui.view.decorations import Decoration, DecorationIndex, Role
from reader.ui.view.item_painter import ItemPainter, Marks
from reader.ui.view.quiet_scroll_bar import QuietScrollBar
from reader.ui.view.reading_ahead import ReadingAhead
from reader.ui.view.reading_input import ReadingInput
from reader.ui.view.scroll_anchor import ScrollAnchor
from reader.ui.view.text_flow import TextFlow
from reader.ui.view.text_items import Picture, TextItem
from reader.ui.view.text_motion import TextMotion

if TYPE_CHECKING:  # imported for texts with pictures
    from reader.ui.view.pictures import PictureStore

__all__ = ["Decoration", "ReadingView", "Role"]

_AHEAD = 4
"""Viewport heights above and below the screen within which sections are read beforehand."""

_MANY = 64
"""Changed decorations from which on the whole screen is painted anew."""


class ReadingView(QAbstractScrollArea):
    """Shows a document, lets its text be selected, and keeps what is heard in view.

    Everything it is asked and tells is in places and spans of the document; points and rectangles
    are in the viewport's pixels.
    """

    place_activated = Signal(object)
    """Place: read from here (double click on a word, or Enter at the caret)."""
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
    layout_changed = Signal()
    """What is where has changed: scrolled, resized, laid out anew. Cards are to be placed again."""
    painted_text = Signal()
    """The first frame of a document with text in it has been painted."""
    decorated_painted = Signal(str)
    """Group: what its last `decorate` changed on the screen has been painted."""
    caret_moved = Signal()
    """The caret stands somewhere else."""
    jumping = Signal(object)
    """Place: what is at the top now, before the view shows something far from it."""
    decorated = Signal(str)
    """Group: what is painted under the text for it has changed."""
    brought_into_view = Signal(object)
    """Place: what was asked to be in view, by the voice or anybody else."""
    caret_mode_changed = Signal(bool)
    """Whether keys now move a caret through the text (F7)."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._document: Document | None = None
        self._flow: TextFlow | None = None
        self._anchor: ScrollAnchor | None = None
        self._plan = ColumnPlan(0, 1)
        self._has_margin = True
        self._selection: tuple[Span, ...] = ()
        self._caret: Place | None = None
        self._is_moving_bar = False
        self._has_painted_text = False
        self._can_be_asked = False
        self._awaited_groups: set[str] = set()
        self._decorations = DecorationIndex(self._items_of)
        self._painter = ItemPainter(theme)
        self._ahead = ReadingAhead(self)
        self._ahead.section_read.connect(self._on_section_read)
        self._motion = TextMotion(self)
        self._motion.moved.connect(self._on_moved)
        self._bar_timer = QTimer(self, singleShot=True, interval=0)
        self._bar_timer.timeout.connect(self._update_bar)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # always there, so that the column doesn't move when a text needs it
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._bar = QuietScrollBar(theme, self)
        self.setVerticalScrollBar(self._bar)
        # of our own making: to wrap Qt's, PySide would first set up every kind of widget, 8 ms
        self.setViewport(QWidget(self))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self._input = ReadingInput(self)
        theme.changed.connect(self._on_theme_changed)

    # what is shown

    @property
    def document(self) -> Document | None:
        """The document shown."""
        return self._document

    def show_document(self, document: Document, place: Place | None = None) -> None:
        """Show `document` with the line of `place` at the top, or its beginning."""
        self._document = document
        self._decorations = DecorationIndex(self._items_of)
        self._painter.decorations.forget_all()
        self._caret = None
        self._has_painted_text = False
        self._replan()
        pictures = self._take_pictures(document)
        flow = TextFlow(document, self.theme, self._plan.width, pictures)
        self._flow = self._anchor = None
        if len(flow):
            self._flow = flow
            flow.on_taken.append(self._on_section_taken)
            self._anchor = ScrollAnchor(flow, self.viewport().height())
            if place is not None and place > flow.first_place():
                self._anchor.put_line_at(place, 0)
        self._motion.take(self._anchor)
        self.select(None)
        self._on_moved()
        self._tell_screen_readers()

    def _take_pictures(self, document: Document) -> PictureStore | None:
        """Show this document's pictures from now on, if it has any."""
        if self._painter.pictures is not None:
            self._painter.pictures.close()
            self._painter.pictures.deleteLater()
        self._painter.pictures = None
        if document.pictures is not None:
            from reader.ui.view.pictures import PictureStore

            pictures = self._painter.pictures = PictureStore(document.pictures, self)
            pictures.arrived.connect(self._on_picture_arrived)
            pictures.failed.connect(self._on_picture_failed)
        return self._painter.pictures

    def _on_picture_arrived(self, address: str) -> None:
        for _, item, top in self._visible():
            for picture in item.pictures:
                if picture.address == address:
                    at = picture.rect.translated(self._plan.left, top)
                    self.viewport().update(at.toAlignedRect())

    def _on_picture_failed(self, address: str) -> None:
        """Show the words that describe it instead."""
        if self._flow is not None and self._flow.drop_picture(address):
            self._on_moved()

    def decorate(self, group: str, decorations: Sequence[Decoration]) -> None:
        """Replace everything `group` wants painted; only what differs is painted anew."""
        if self._anchor is None:
            return
        changed = self._decorations.replace(group, decorations)
        if not changed:
            return
        self.decorated.emit(group)
        if len(changed) > _MANY:
            self._painter.decorations.forget_all()
            self._awaited_groups.add(group)
            self.viewport().update()
            return
        for decoration in changed:
            for index in self._items_of(decoration.span):
                self._painter.decorations.forget(index)
        for rect in self._damage(changed):
            self._awaited_groups.add(group)
            self.viewport().update(rect)

    def mark_on_bar(self, shares: Sequence[float]) -> None:
        """Mark places on the scroll bar: how far into the text each lies, 0 to 1."""
        self._bar.set_marks(shares)

    @property
    def has_margin(self) -> bool:
        """Whether notes are to be seen beside the text, or as markers where there is no room."""
        return self._has_margin

    def decorations(self) -> dict[str, frozenset[Decoration]]:
        """Return what each group wants painted."""
        return self._decorations.groups()

    def set_margin_visible(self, is_visible: bool) -> None:
        """Leave room for cards beside the column, or centre the column."""
        if is_visible != self._has_margin:
            self._has_margin = is_visible
            self._lay_out_anew(is_look_new=False)

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

    # where things are

    def place_at(self, point: QPoint, *, is_caret: bool = False) -> Place | None:
        """Return the place of the character under a point in the viewport, None beside the text.

        With `is_caret` the place between characters nearest to it.
        """
        column = self.column_rect()
        reach = round(self.theme.px(3 * REACH))
        if not column.adjusted(-reach, 0, reach, 0).contains(point):
            return None
        return self.nearest_place(point, is_caret=is_caret)

    def nearest_place(self, point: QPoint, *, is_caret: bool = True) -> Place | None:
        """Return the place nearest to a point wherever it is; None without a text."""
        if self._anchor is None:
            return None
        return self._anchor.place_at(point.x() - self._plan.left, point.y(), is_caret=is_caret)

    def caret_moves(self) -> CaretMoves | None:
        """Return where a caret may go from here; None without a text."""
        return None if self._anchor is None else CaretMoves(self._anchor, self.line_height())

    def spans_at(self, point: QPoint, group: str = "notes") -> list[Span]:
        """Return the spans of a group's decorations that lie under a point, shortest first."""
        if self._anchor is None:
            return []
        item, top = self._anchor.item_at(point.y())
        at = QPointF(point.x() - self._plan.left, point.y() - top)
        spans = [
            decoration.span
            for decoration in self._decorations.of_group(group)
            if decoration.span.section == item.section
            and decoration.span.start < item.end
            and item.start < decoration.span.end
            and any(
                box.rect().contains(at)
                for box in item.boxes(decoration.span.start, decoration.span.end)
            )
        ]
        return sorted(spans, key=lambda span: (span.end - span.start, span))

    def picture_at(self, point: QPoint) -> Picture | None:
        """Return the picture under a point in the viewport, None if there is none."""
        if self._anchor is None:
            return None
        item, top = self._anchor.item_at(point.y())
        return item.picture_at(point.x() - self._plan.left, point.y() - top)

    def picture_of(self, place: Place) -> Picture | None:
        """Return the picture that stands for the words at a place on the screen."""
        for _, item, _ in self._visible():
            if item.section == place.section and item.start <= place.offset <= item.end:
                return next(iter(item.pictures), None)
        return None

    def line_top_of(self, place: Place) -> float:
        """Return the viewport y of the top of the line that holds `place`; estimated when far."""
        return self._anchor.line_at(place)[0] if self._anchor is not None else 0.0

    def line_height(self) -> float:
        """Return the height of a line of running text in pixels."""
        return self.theme.px(TEXT_SIZE * TEXT_LINE)

    def rects_of(self, span: Span) -> list[QRect]:
        """Return the boxes of the part of `span` that is on the screen, one or more a line."""
        return [
            QRectF(
                box.left + self._plan.left,
                box.top + top,
                box.right - box.left,
                box.bottom - box.top,
            ).toAlignedRect()
            for _, item, top in self._visible()
            if item.section == span.section
            for box in item.boxes(span.start, span.end)
        ]

    def first_visible_place(self) -> Place | None:
        """Return the place where the first wholly visible line begins."""
        return self._anchor.first_visible_place() if self._anchor is not None else None

    def visible_spans(self) -> list[Span]:
        """Return what of the text is on the screen, paragraph by paragraph."""
        return [Span(item.section, item.start, item.end) for _, item, _ in self._visible()]

    def column_rect(self) -> QRect:
        """Return the column of text, as high as the viewport."""
        return QRect(self._plan.left, 0, self._plan.width, self.viewport().height())

    def margin_rect(self) -> QRect:
        """Return where cards belong, as high as the viewport; null when they are folded away."""
        if self._plan.is_folded:
            return QRect()
        plan = self._plan
        return QRect(plan.cards_left, 0, plan.cards_width, self.viewport().height())

    @property
    def is_margin_folded(self) -> bool:
        """Whether there is no room for cards, so that markers stand beside the column."""
        return self._plan.is_folded

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

        A far jump is told with `jumping`, so that one can come back, unless `is_jump` is false.
        """
        if is_jump and self._is_far(place):
            self._tell_jump()
        self._motion.bring_into_band(place, is_animated=animated)
        self.brought_into_view.emit(place)

    def show_at_top(self, place: Place) -> None:
        """Put the line of `place` at the top, where `first_visible_place` told it was."""
        self._motion.put_at_top(place)
        self.brought_into_view.emit(place)

    def _is_far(self, place: Place) -> bool:
        if self._anchor is None:
            return False
        height = self.viewport().height()
        return not -height < self._anchor.line_at(place)[0] < 2 * height

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

    def _on_moved(self) -> None:
        self.viewport().update()
        self._bar_timer.start()
        self.layout_changed.emit()
        if self._anchor is not None and self._document is not None:
            reach = _AHEAD * self.viewport().height()
            self._ahead.read(self._document, self._anchor.unread_nearby(reach))

    def stop_reading_ahead(self) -> None:
        """Read nothing more of the document by itself: the window closes."""
        self._ahead.close()
        if self._painter.pictures is not None:
            self._painter.pictures.close()

    def _on_section_read(self, document: Document, section: Section) -> None:
        if document is self._document and self._flow is not None:
            self._flow.take(section)
            self._on_moved()

    def _on_section_taken(self, number: int, _height_before: float) -> None:
        """Find the decorations again that lay in the item which stood for the section."""
        if self._flow is not None:
            stood_in = self._flow.first_number(number)
            self._decorations.find_again(stood_in)
            self._painter.decorations.forget(stood_in)

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

    # looks and sizes

    def _replan(self) -> None:
        width = self.viewport().width()
        self._plan = plan_column(width, self.theme.scale, has_margin=self._has_margin)

    def _on_theme_changed(self) -> None:
        self._lay_out_anew(is_look_new=True)

    def _lay_out_anew(self, *, is_look_new: bool) -> None:
        """Take a new look or width; the line at the top stays where it is."""
        width_before = self._plan.width
        self._replan()
        if self._anchor is not None and self._flow is not None:
            if is_look_new or self._plan.width != width_before:
                self._motion.stop()
                kept = None if self._anchor.is_at_top else self._anchor.first_visible_place()
                y = self._anchor.line_at(kept)[0] if kept is not None else 0.0
                self._flow.set_look(self.theme, self._plan.width)
                self._painter.decorations.forget_all()
                self._anchor.forget_measures()
                if kept is not None:
                    self._anchor.put_line_at(kept, round(y))
            self._anchor.set_viewport_height(self.viewport().height())
        self._on_moved()

    def showEvent(self, event: QShowEvent) -> None:
        """Let screen readers read the text: nobody asks for it before it is on the screen."""
        super().showEvent(event)
        from reader.ui.view import accessible_text

        accessible_text.install()
        self._can_be_asked = True

    def _tell_screen_readers(self) -> None:
        if self._can_be_asked:
            from reader.ui.view import accessible_text

            accessible_text.tell_text_changed(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the column anew."""
        super().resizeEvent(event)
        self._lay_out_anew(is_look_new=False)

    def minimumSizeHint(self) -> QSize:
        """Return a size that still shows some lines."""
        return QSize(240, 160)

    def laid_out_count(self) -> int:
        """Return how many paragraphs are laid out now: those on the screen and some near it."""
        return self._flow.laid_out_count() if self._flow is not None else 0

    # painting

    def _visible(self) -> list[tuple[int, TextItem, float]]:
        return list(self._anchor.visible()) if self._anchor is not None else []

    def _items_of(self, span: Span) -> range:
        return self._flow.indexes_of(span) if self._flow is not None else range(0)

    def _damage(self, changed: Iterable[Decoration]) -> list[QRect]:
        """Return what is to be painted anew on the screen when these come or go."""
        reach = round(self.theme.px(REACH))
        return [
            # a pixel above and below: edges may lie inside one on a screen of 125 %
            rect.adjusted(-reach, -1, reach, 1)
            for decoration in changed
            for rect in self.rects_of(decoration.span)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the items that meet the damaged rectangle."""
        palette = self.theme.palette
        damaged = event.rect()
        painter = QPainter(self.viewport())
        fill(painter, damaged, palette.paper)
        left = self._plan.left
        marks = self._marks()
        for index, item, top in self._visible():
            if top + item.height <= damaged.top() or top > damaged.bottom():
                continue
            painter.translate(left, top)
            clip = QRectF(damaged.translated(-left, round(-top)))
            self._painter.paint(painter, clip, index, item, self._decorations.in_item(index), marks)
            painter.translate(-left, -top)
        painter.end()
        if self._awaited_groups or not self._has_painted_text:
            QTimer.singleShot(0, self, self._tell_painted)  # once the frame is on the screen

    def _marks(self) -> Marks:
        """Return selection and caret: plain while keys move it, else a quiet mark of a click."""
        palette = self.theme.palette
        if self.is_caret_mode:
            return Marks(self._selection, self._caret, palette.accent)
        caret = None if self._selection else self._caret
        return Marks(self._selection, caret, palette.faint)

    def _tell_painted(self) -> None:
        groups, self._awaited_groups = self._awaited_groups, set()
        if not self._has_painted_text and self._anchor is not None:
            self._has_painted_text = True
            self.painted_text.emit()
        for group in sorted(groups):
            self.decorated_painted.emit(group)

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
