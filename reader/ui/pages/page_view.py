"""The pages as they look: those near the screen are painted, with the same marks as the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from reader.text.document import Document, Place, Span
from reader.text.printed_pages import PrintedPages
from reader.ui.background import Background
from reader.ui.look.colours import fill
from reader.ui.look.theme import Theme
from reader.ui.pages.page_arrangement import USUAL_SIZE, PageArrangement
from reader.ui.pages.page_painter import PagePainter, placed
from reader.ui.pages.page_pointer import LINE_PX, PagePointer, distance_of
from reader.ui.pages.page_supply import PageSupply, Wanted
from reader.ui.pages.pages_on_screen import PagesOnScreen
from reader.ui.view.decorations import Decoration
from reader.ui.view.gliding import Glide
from reader.ui.view.quiet_scroll_bar import QuietScrollBar

_MARGIN_PX, _GAP_PX = 20, 34
_ZOOM_STEP, _LEAST_ZOOM, _MOST_ZOOM = 1.2, 0.4, 5.0
_MOST_MEASURED = 3_000
"""Pages; of a longer document all are given the size of the first, and shown within it."""
_COMFORTABLE = (0.12, 0.72)
"""Of the window's height: what is heard stays between."""
_SETTLED_MS = 250


class PageView(QAbstractScrollArea):
    """Shows the printed pages of a document and tells where on them the user points.

    What is painted over them it is told by group, like the view of the text.
    """

    layout_changed = Signal()
    """What is where has changed: scrolled, resized, or a page is known now."""
    place_pressed = Signal(object)
    """Place: the button went down on a character; it may become a click or a selection."""
    clicked = Signal(object)
    """Place: a click on a character."""
    place_activated = Signal(object)
    """Place: read from here (a double click on a word)."""
    spans_selected = Signal(object)
    """Spans, one for each section: selected with the mouse, or let go of where there are none."""
    selection_finished = Signal()
    """What was told with `spans_selected` last is what the user wanted to select."""
    copy_wanted = Signal()
    context_menu_requested = Signal(object, QPoint)
    """Place or None, and where on the screen: a menu is wanted there."""
    user_scrolled = Signal()
    settled = Signal(object)
    """Place: what stands at the top, some time after the user scrolled."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._printed: PrintedPages | None = None
        self._sizes: Sequence[tuple[float, float]] = ()
        self._zoom = 1.0
        self._groups: dict[str, frozenset[Decoration]] = {}
        self._selection: tuple[Span, ...] = ()
        self._sought: Span | None = None
        self._is_moving = False
        self._painter = PagePainter(theme)
        self._pointer = PagePointer(self)
        self._background = Background(self)
        self._measuring = self._background.latest()
        self._finding = self._background.latest()
        self._supply = PageSupply(self)
        self._screen = PagesOnScreen(self, self._supply, self._painter)
        self._supply.changed.connect(self._on_page_changed)
        self._glide = Glide(self._move_by, self)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._settling.timeout.connect(self._tell_settled)
        self._fetching = QTimer(self, singleShot=True, interval=0)
        self._fetching.timeout.connect(self._fetch)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setVerticalScrollBar(QuietScrollBar(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setViewport(QWidget(self))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.setAccessibleName("The pages of this text")
        theme.changed.connect(self._on_theme_changed)

    # what is shown

    def show_pages(self, document: Document) -> None:
        """Show the pages of a document that has some."""
        printed = document.printed
        if printed is None or printed is self._printed:
            return
        self._printed = printed
        self._pointer.leave_pages()
        self._screen.document = document
        self._painter.forget_all()
        self._groups = {}
        self._sought = None
        self._finding.forget()
        self._supply.show(printed, self._theme.palette)
        self._sizes = [USUAL_SIZE] * printed.count
        self._arrange()
        last = printed.count if printed.count <= _MOST_MEASURED else 1
        self._measuring.run(
            lambda: printed.sizes(0, last),
            lambda sizes: self._take_sizes(printed.count, sizes),
            lambda _error: None,
        )

    def decorate(self, group: str, decorations: frozenset[Decoration]) -> None:
        """Replace everything `group` wants painted."""
        before = self._groups.get(group, frozenset())
        if decorations == before:
            return
        self._groups[group] = decorations
        for rect in self._screen.rects_of(d.span for d in before ^ decorations):
            self.viewport().update(rect.adjusted(-3, -3, 3, 3))

    def select(self, spans: tuple[Span, ...]) -> None:
        """Show as selected what is selected in the text."""
        self._selection = spans
        self.viewport().update()

    def set_reduced_motion(self, is_reduced: bool) -> None:
        """Jump instead of gliding."""
        self._glide.is_reduced = is_reduced

    def close_supply(self) -> None:
        """Fetch nothing any more: the window closes."""
        self._supply.close()
        self._background.close()

    def zoom(self, step: int) -> None:
        """Show the pages larger (1), smaller (-1), or as wide as they fit (0)."""
        zoom = self._zoom * _ZOOM_STEP**step if step else 1.0
        zoom = min(max(zoom, _LEAST_ZOOM), _MOST_ZOOM)
        if zoom != self._zoom:
            self._zoom = zoom
            self._arrange(keeps_middle=True)

    # where things are

    @property
    def document(self) -> Document | None:
        """The document whose pages are shown."""
        return self._screen.document

    def rects_of(self, span: Span) -> list[QRect]:
        """Return the boxes of a span on the pages that are on the screen."""
        return self._screen.rects_of([span])

    def place_at(self, point: QPoint) -> Place | None:
        """Return the place of the character at a point of the viewport; None beside the text."""
        return self._screen.place_at(point)

    def nearest_place(self, point: QPoint) -> Place | None:
        """Return the place between characters nearest to a point; None where no page is known."""
        return self._screen.nearest_place(point)

    def first_visible_place(self) -> Place | None:
        """Return a place at the top of the screen, as far as its page is known."""
        return self._screen.first_place()

    # moving

    def follow(self, span: Span) -> None:
        """Keep what `span` begins with in view; move only when it leaves the comfortable band."""
        self._sought = span
        self._finding.forget()
        if not self._bring(span) and self._printed is not None:
            printed = self._printed
            self._finding.run(
                lambda: printed.page_of(span.first_place), self._on_found, lambda _error: None
            )

    def _on_found(self, number: int) -> None:
        sought = self._sought
        if sought is None or number >= len(self._screen.arrangement) or self._bring(sought):
            return
        if number not in self._screen.visible:  # the place on it follows when the page is known
            self._go_to(self._screen.arrangement.rect_of(number).top - _MARGIN_PX)

    def _bring(self, span: Span) -> bool:
        """Bring a span into view if its page is known; whether it is."""
        pages = [*self._screen.visible, *self._screen.near]
        for number in dict.fromkeys(pages):
            page = self._supply.page(number)
            boxes = [] if page is None else self._painter.boxes(page, span)
            if page is None or not boxes:
                continue
            self._sought = None
            box = placed(boxes[0], page, self._screen.rect_of(number))
            height = self.viewport().height()
            least, most = (share * height for share in _COMFORTABLE)
            if not least <= box.top() or not box.bottom() <= most:
                self._glide.start(round(box.top() - 0.25 * height))
            return True
        return False

    def _go_to(self, top: int) -> None:
        self._glide.stop()
        self._move_to(top)

    def scroll_by(self, pixels: int) -> None:
        """Move the pages up by `pixels` at the user's wish (down if negative)."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pixels)

    def _move_by(self, pixels: int) -> None:
        self._move_to(self.verticalScrollBar().value() + pixels)

    def _move_to(self, top: int) -> None:
        self._is_moving = True
        self.verticalScrollBar().setValue(top)
        self._is_moving = False

    def _on_scrolled(self) -> None:
        if not self._is_moving:
            self._glide.stop()
            self._sought = None
            self._settling.start()
            self.user_scrolled.emit()
        self._show_anew()

    def _show_anew(self) -> None:
        self.viewport().update()
        self._fetching.start()
        self.layout_changed.emit()

    def _tell_settled(self) -> None:
        place = self.first_visible_place()
        if place is not None and self.isVisible():
            self.settled.emit(place)

    # pages

    def _take_sizes(self, count: int, sizes: Sequence[tuple[float, float]]) -> None:
        if not sizes:
            return
        self._sizes = sizes if len(sizes) == count else [sizes[0]] * count
        self._arrange()

    def _arrange(self, *, keeps_middle: bool = False) -> None:
        """Place the pages anew, the same part of the same page at the top or in the middle."""
        above = self.viewport().height() // 2 if keeps_middle else 0
        top = self.verticalScrollBar().value() + above
        number = self._screen.arrangement.page_at(top)
        aside = self._share_in_the_middle()
        share = 0.0
        is_first = not len(self._screen.arrangement)
        if not is_first:
            rect = self._screen.arrangement.rect_of(number)
            share = (top - rect.top) / rect.height
        px = self._theme.px
        self._screen.arrangement = PageArrangement(
            self._sizes,
            self.viewport().width(),
            zoom=self._zoom,
            scale=self._theme.scale,
            margin=round(px(_MARGIN_PX)),
            gap=round(px(_GAP_PX)),
        )
        self._set_bars()
        if is_first:
            self._go_to(0)
        elif number < len(self._screen.arrangement):
            rect = self._screen.arrangement.rect_of(number)
            self._go_to(round(rect.top + share * rect.height) - above)
            self.horizontalScrollBar().setValue(
                round(aside * self._screen.arrangement.width - self.viewport().width() / 2)
            )
        self._show_anew()

    def _share_in_the_middle(self) -> float:
        """Return how far across the pages the middle of the screen is, 0 to 1."""
        width = self.viewport().width()
        across = max(width, self._screen.arrangement.width)
        return (self.horizontalScrollBar().value() + width / 2) / across if across else 0.5

    def _set_bars(self) -> None:
        width, height = self.viewport().width(), self.viewport().height()
        self._is_moving = True
        self.verticalScrollBar().setRange(0, max(0, self._screen.arrangement.height - height))
        self.verticalScrollBar().setPageStep(height)
        self.verticalScrollBar().setSingleStep(LINE_PX)
        beyond = max(0, self._screen.arrangement.width - width)
        self.horizontalScrollBar().setRange(0, beyond)
        self.horizontalScrollBar().setPageStep(width)
        self._is_moving = False

    def _fetch(self) -> None:
        """Ask for the pages on the screen, then for those next to it."""
        if not self.isVisible():
            return
        ratio = self.devicePixelRatioF()
        numbers = dict.fromkeys([*self._screen.visible, *self._screen.near])
        rects = [(number, self._screen.arrangement.rect_of(number)) for number in numbers]
        self._supply.want(
            Wanted(number, round(rect.width * ratio), round(rect.height * ratio))
            for number, rect in rects
        )

    def _on_page_changed(self, number: int) -> None:
        if self._sought is not None and number in self._screen.near:
            self._bring(self._sought)
        self.viewport().update()
        self.layout_changed.emit()

    def _on_theme_changed(self) -> None:
        if self._printed is not None:
            self._supply.show(self._printed, self._theme.palette)
            self._arrange()

    # events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        fill(painter, event.rect(), self._theme.palette.paper)
        every = [decoration for group in self._groups.values() for decoration in group]
        for number in self._screen.visible:
            rect = self._screen.rect_of(number)
            page = self._supply.page(number)
            self._painter.paint_ground(painter, rect, self._supply.picture(number))
            if self._supply.has_failed(number):
                self._painter.paint_words(painter, rect, "This page can't be shown")
            if page is not None:
                painter.save()
                painter.setClipRect(rect)
                self._painter.paint_decorations(painter, page, rect, every, self._selection)
                painter.restore()
            if self._printed is not None:
                gap = round(self._theme.px(_GAP_PX))
                below = QRect(rect.left(), rect.bottom(), rect.width(), gap)
                self._painter.paint_label(painter, below, self._printed.label_of(number))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, _x: int, _y: int) -> None:
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pointer.press(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event.position().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pointer.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pointer.double_click(event.position().toPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.context_menu_requested.emit(self.place_at(event.pos()), event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, copy, let go of a selection; leave all other keys to the window."""
        distance = distance_of(event, self.viewport().height(), self.verticalScrollBar().maximum())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape and self._selection:
            self.spans_selected.emit(())
        elif distance is not None:
            self.scroll_by(distance)
        else:
            event.ignore()
