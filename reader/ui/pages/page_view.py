"""The pages as they look: those near the screen are painted, with the same marks as the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from reader.text.document import Document, Place, Span
from reader.text.printed_pages import PrintedPage, PrintedPages
from reader.ui.background import Background
from reader.ui.look.colours import fill
from reader.ui.look.theme import Theme
from reader.ui.pages.page_arrangement import USUAL_SIZE, PageArrangement
from reader.ui.pages.page_painter import PagePainter, placed
from reader.ui.pages.page_pointer import LINE_PX, PagePointer, distance_of
from reader.ui.pages.page_supply import PageSupply, Wanted
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
_LOOK_STEP = 8.0


class PageView(QAbstractScrollArea):
    """Shows the printed pages of a document and tells where on them the user points.

    What is painted over them it is told by group, like the view of the text.
    """

    place_activated = Signal(object)
    """Place: read from here (a click on a word)."""
    span_selected = Signal(object)
    """Span, or None: selected with the mouse."""
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
        self._arrangement = PageArrangement((), 1, zoom=1.0, scale=1.0, margin=0, gap=0)
        self._zoom = 1.0
        self._groups: dict[str, frozenset[Decoration]] = {}
        self._selection: Span | None = None
        self._sought: Span | None = None
        self._is_moving = False
        self._painter = PagePainter(theme)
        self._pointer = PagePointer(
            self.place_at, self.place_activated.emit, self.span_selected.emit
        )
        self._background = Background(self)
        self._measuring = self._background.latest()
        self._finding = self._background.latest()
        self._supply = PageSupply(self)
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
        for rect in self._rects_of([d.span for d in before ^ decorations]):
            self.viewport().update(rect.adjusted(-3, -3, 3, 3))

    def select(self, span: Span | None) -> None:
        """Show as selected what is selected in the text."""
        self._selection = span
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
            self._arrange()

    # where things are

    def rects_of(self, span: Span) -> list[QRect]:
        """Return the boxes of a span on the pages that are on the screen."""
        return self._rects_of([span])

    def place_at(self, point: QPoint) -> Place | None:
        """Return the place of the character at a point of the viewport; None beside the text."""
        for number in self._visible():
            page, rect = self._supply.page(number), self._rect_of(number)
            if page is not None and rect.contains(point):
                return page.place_at(*_on_page(QPointF(point), page, rect))
        return None

    def first_visible_place(self) -> Place | None:
        """Return a place at the top of the screen, as far as its page is known."""
        for number in self._visible():
            page = self._supply.page(number)
            if page is None:
                continue
            rect = self._rect_of(number)
            _, y = _on_page(QPointF(0, max(rect.top(), 0)), page, rect)
            while y < page.height:
                for share in (0.15, 0.3, 0.5, 0.75):
                    place = page.place_at(share * page.width, y)
                    if place is not None:
                        return place
                y += _LOOK_STEP
        return None

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
        if sought is None or number >= len(self._arrangement) or self._bring(sought):
            return
        if number not in self._visible():  # the place on it follows when the page is known
            self._go_to(self._arrangement.rect_of(number).top - _MARGIN_PX)

    def _bring(self, span: Span) -> bool:
        """Bring a span into view if its page is known; whether it is."""
        pages = [*self._visible(), *self._near()]
        for number in dict.fromkeys(pages):
            page = self._supply.page(number)
            boxes = [] if page is None else self._painter.boxes(page, span)
            if page is None or not boxes:
                continue
            self._sought = None
            box = placed(boxes[0], page, self._rect_of(number))
            height = self.viewport().height()
            least, most = (share * height for share in _COMFORTABLE)
            if not least <= box.top() or not box.bottom() <= most:
                self._glide.start(round(box.top() - 0.25 * height))
            return True
        return False

    def _go_to(self, top: int) -> None:
        self._glide.stop()
        self._move_to(top)

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
        self.viewport().update()
        self._fetching.start()

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

    def _arrange(self) -> None:
        """Place the pages anew, with the same part of the same page at the top."""
        top = self.verticalScrollBar().value()
        number = self._arrangement.page_at(top)
        share = 0.0
        is_first = not len(self._arrangement)
        if not is_first:
            rect = self._arrangement.rect_of(number)
            share = (top - rect.top) / rect.height
        px = self._theme.px
        self._arrangement = PageArrangement(
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
        elif number < len(self._arrangement):
            rect = self._arrangement.rect_of(number)
            self._go_to(round(rect.top + share * rect.height))
        self.viewport().update()
        self._fetching.start()

    def _set_bars(self) -> None:
        width, height = self.viewport().width(), self.viewport().height()
        self._is_moving = True
        self.verticalScrollBar().setRange(0, max(0, self._arrangement.height - height))
        self.verticalScrollBar().setPageStep(height)
        self.verticalScrollBar().setSingleStep(LINE_PX)
        beyond = max(0, self._arrangement.width - width)
        self.horizontalScrollBar().setRange(0, beyond)
        self.horizontalScrollBar().setPageStep(width)
        self._is_moving = False

    def _visible(self) -> range:
        top = self.verticalScrollBar().value()
        return self._arrangement.pages_between(top, top + self.viewport().height())

    def _near(self) -> range:
        visible = self._visible()
        return range(max(0, visible.start - 1), min(len(self._arrangement), visible.stop + 1))

    def _rect_of(self, number: int) -> QRect:
        rect = self._arrangement.rect_of(number)
        x, y = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        return QRect(rect.left - x, rect.top - y, rect.width, rect.height)

    def _rects_of(self, spans: Sequence[Span]) -> list[QRect]:
        rects = []
        for number in self._visible():
            page = self._supply.page(number)
            if page is None:
                continue
            rect = self._rect_of(number)
            for span in spans:
                boxes = self._painter.boxes(page, span)
                rects += [placed(box, page, rect).toAlignedRect() for box in boxes]
        return rects

    def _fetch(self) -> None:
        """Ask for the pages on the screen, then for those next to it."""
        if not self.isVisible():
            return
        ratio = self.devicePixelRatioF()
        numbers = dict.fromkeys([*self._visible(), *self._near()])
        rects = [(number, self._arrangement.rect_of(number)) for number in numbers]
        self._supply.want(
            Wanted(number, round(rect.width * ratio), round(rect.height * ratio))
            for number, rect in rects
        )

    def _on_page_changed(self, number: int) -> None:
        if self._sought is not None and number in self._near():
            self._bring(self._sought)
        self.viewport().update()

    def _on_theme_changed(self) -> None:
        if self._printed is not None:
            self._supply.show(self._printed, self._theme.palette)
            self._arrange()

    # events

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        fill(painter, event.rect(), self._theme.palette.paper)
        every = [decoration for group in self._groups.values() for decoration in group]
        for number in self._visible():
            rect = self._rect_of(number)
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
            self._pointer.press(event.position().toPoint(), is_selected=self._selection is not None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._pointer.move(event.position().toPoint())
        shape = Qt.CursorShape.PointingHandCursor if place else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() is Qt.MouseButton.LeftButton
        self._pointer.release(event.position().toPoint(), is_left=is_left)

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
        bar = self.verticalScrollBar()
        distance = distance_of(event, self.viewport().height(), bar.maximum())
        if distance is None:
            event.ignore()
        else:
            bar.setValue(bar.value() + distance)


def _on_page(point: QPointF, page: PrintedPage, rect: QRect) -> tuple[float, float]:
    """Return where on the page, in points, a point of the screen is."""
    box = QRectF(rect)
    x = (point.x() - box.left()) * page.width / max(box.width(), 1.0)
    y = (point.y() - box.top()) * page.height / max(box.height(), 1.0)
    return x, y
