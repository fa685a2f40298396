"""Grips at both ends of the focused highlight: dragged, or moved by keys, they resize it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from reader.annotations.model import Annotation, AnnotationId
from reader.text.direction import is_right_to_left
from reader.text.document import Document, Place, Span
from reader.text.lazy_sections import readable_section
from reader.text.word_edges import nearest_edge
from reader.ui.look.colours import fill, line_ink
from reader.ui.look.theme import Theme
from reader.ui.margin.marking.reshaping import end_of, resized_spans
from reader.ui.view.passage_surface import PassageSurface

_WIDTH_PX = 18.0
_BALL_PX = 4.5
_STEM_PX = 2.0
_AUTOSCROLL_MS = 30
_FASTEST_PX = 40
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class Grip(QWidget):
    """One end: a stem as high as its line, with a ball above the beginning or below the end."""

    dragged = Signal(QPoint, bool)
    """Point of the text it is over, in the viewport, and whether it may stand within a word."""
    dropped = Signal()
    cancelled = Signal()
    stepped = Signal(bool, bool)
    """Forward or back, and whether by a character instead of a word."""

    def __init__(self, theme: Theme, viewport: QWidget, *, is_start: bool) -> None:
        super().__init__(viewport)
        self._theme = theme
        self.is_start = is_start
        self._grabbed_at: QPoint | None = None
        self.colour = QColor()
        self.setAccessibleName("Beginning of the highlight" if is_start else "End of the highlight")
        self.setAccessibleDescription("Left and Right move it by a word, with Alt by a character")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setToolTip("Drag to resize; with Alt within words")
        self.hide()

    @property
    def is_held(self) -> bool:
        """Whether it is being dragged."""
        return self._grabbed_at is not None

    def stand_at(self, x: int, line: QRect, colour: QColor) -> None:
        """Stand at the edge of a character on this line."""
        self.colour = colour
        width, ball = round(self._theme.px(_WIDTH_PX)), round(2 * self._theme.px(_BALL_PX))
        top = line.top() - (ball if self.is_start else 0)
        self.setGeometry(x - width // 2, top, width, line.height() + ball)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint stem and ball; a ring around the ball for the keyboard's focus."""
        painter = QPainter(self)
        px, palette = self._theme.px, self._theme.palette
        radius, width = px(_BALL_PX), max(round(px(_STEM_PX)), 1)
        middle = self.width() // 2
        fill(
            painter,
            QRectF(middle - width / 2, radius, width, self.height() - 2 * radius),
            self.colour,
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(palette.accent if self.hasFocus() else palette.paper, px(1.5)))
        painter.setBrush(self.colour)
        inset = radius + 1
        at = QPointF(middle, inset if self.is_start else self.height() - inset)
        painter.drawEllipse(at, radius - 0.5, radius - 0.5)
        painter.end()

    def let_go(self) -> None:
        """Be held no more, though the button is down: what it was dragged for is gone."""
        self._grabbed_at = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold: what moves is the line it stands on, not the ball under the pointer."""
        if event.button() is Qt.MouseButton.LeftButton:
            line_middle = self.height() // 2
            self._grabbed_at = QPoint(self.width() // 2, line_middle) - event.position().toPoint()
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed_at is not None:
            at = self.mapToParent(event.position().toPoint()) + self._grabbed_at
            is_free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self.dragged.emit(at, is_free)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._grabbed_at is not None:
            self._grabbed_at = None
            self.dropped.emit()

    def event(self, event: QEvent) -> bool:
        """Keep its arrows from the window's shortcuts."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if event.key() in _ARROWS and not is_shifted:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move it, or let go."""
        if event.key() == Qt.Key.Key_Escape:
            self._grabbed_at = None
            self.cancelled.emit()
        elif event.key() in _ARROWS:
            by_character = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self.stepped.emit(event.key() == Qt.Key.Key_Right, by_character)
        else:
            event.ignore()


class HighlightGrips(QObject):
    """Keeps the grips at the ends of one passage, as far as they are on the screen."""

    preview_changed = Signal()
    """`preview` gives something new."""
    resize_wanted = Signal(str, object, bool)
    """Annotation, the Place of its end, and whether that is its beginning: an end was dropped."""
    step_wanted = Signal(bool, bool, bool)
    """Whether it is the beginning, goes forward, and by a character."""
    left = Signal()
    """Escape on a grip: the keyboard belongs to the card again."""

    def __init__(
        self,
        theme: Theme,
        surface: PassageSurface,
        card_box_now: Callable[[], QRect | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._surface = surface
        self._card_box_now = card_box_now
        self._annotation: Annotation | None = None
        self._span: Span | None = None
        self._document: Document | None = None  # which the passage is in
        self._wanted: Place | None = None
        self._at = QPoint()
        self._is_free = False
        self.grips = tuple(
            Grip(theme, surface.viewport(), is_start=is_start) for is_start in (True, False)
        )
        for grip in self.grips:
            grip.dragged.connect(self._on_dragged)
            grip.dropped.connect(self._on_dropped)
            grip.cancelled.connect(self._on_cancelled)
            grip.stepped.connect(
                lambda is_forward, by_character, is_start=grip.is_start: self.step_wanted.emit(
                    is_start, is_forward, by_character
                )
            )
        self._autoscroll = QTimer(self, interval=_AUTOSCROLL_MS)
        self._autoscroll.timeout.connect(self._on_autoscroll)
        surface.layout_changed.connect(self.place)

    def show_for(self, annotation: Annotation, span: Span, document: Document) -> None:
        """Stand at the ends of an annotation's passage in a text."""
        before = self._annotation
        if before is None or before.id != annotation.id or document is not self._document:
            self._let_go()
        self._annotation, self._span, self._document = annotation, span, document
        self.place()

    def show_none(self) -> None:
        """Stand nowhere."""
        self._let_go()
        self._annotation = self._span = self._document = None
        self.place()

    def _let_go(self) -> None:
        """End what is being dragged: it was an end of another passage, or in another text."""
        self._wanted = None
        self._autoscroll.stop()
        for grip in self.grips:
            grip.let_go()

    def remove(self) -> None:
        """Be gone for good: the passages are shown elsewhere."""
        self._autoscroll.stop()
        for grip in self.grips:
            grip.hide()
            grip.deleteLater()
        self.deleteLater()

    @property
    def _text(self) -> Document | None:
        """The text on the surface; None while it isn't the one that the passage is in.

        The view is told of another text before the notes are.
        """
        shown = self._surface.document
        return shown if shown is self._document else None

    @property
    def preview(self) -> Sequence[Span]:
        """What the passage would be if the end being dragged were dropped now; else nothing."""
        document, grip = self._text, self._held
        if document is None or grip is None or self._span is None or self._wanted is None:
            return ()
        return resized_spans(document, self._span, self._wanted, is_start=grip.is_start)

    @property
    def annotation(self) -> Annotation | None:
        """The annotation whose passage the grips stand at."""
        return self._annotation

    def place(self) -> None:
        """Stand where the ends are on the screen now."""
        document, annotation, span = self._text, self._annotation, self._span
        for grip in self.grips:
            if document is None or annotation is None or span is None:
                grip.hide()
                continue
            at = self._wanted if grip.is_held and self._wanted is not None else None
            edge = _edge(self._surface, document, at or end_of(span, is_start=grip.is_start), grip)
            if edge is None:
                if not grip.is_held:  # one that is dragged beyond the screen is still held
                    grip.hide()
                continue
            x, line = edge
            card = self._card_box_now()
            if card is not None and card.intersects(line) and not grip.is_held:
                grip.hide()  # a card that lies over the text lies over the end of its passage
                continue
            grip.stand_at(x, line, line_ink(self._theme.palette, annotation.colour))

    @property
    def _held(self) -> Grip | None:
        return next((grip for grip in self.grips if grip.is_held), None)

    def _on_dragged(self, at: QPoint, is_free: bool) -> None:
        self._at, self._is_free = at, is_free
        self._follow()
        is_outside = not 0 <= at.y() < self._surface.viewport().height()
        if is_outside and not self._autoscroll.isActive():
            self._autoscroll.start()

    def _follow(self) -> None:
        """Let the end held follow the pointer: to the nearest word's edge, or freely."""
        document, grip = self._text, self._held
        if document is None or grip is None or self._span is None:
            return
        last_row = self._surface.viewport().height() - 1
        on_screen = QPoint(self._at.x(), min(max(self._at.y(), 0), last_row))
        place = self._surface.nearest_place(on_screen)
        if place is None:
            return
        if not self._is_free:
            section = readable_section(document.sections, place.section)
            if section is None:
                return
            snapped = nearest_edge(section, place.offset, is_start=grip.is_start)
            place = Place(place.section, snapped)
        if place != self._wanted and resized_spans(
            document, self._span, place, is_start=grip.is_start
        ):
            self._wanted = place
            self.place()
            self.preview_changed.emit()

    def _on_autoscroll(self) -> None:
        height = self._surface.viewport().height()
        beyond = min(self._at.y(), 0) + max(self._at.y() - height, 0)
        if not beyond or self._held is None:
            self._autoscroll.stop()
            return
        self._surface.scroll_by(max(-_FASTEST_PX, min(_FASTEST_PX, beyond // 2 or 1)))
        self._follow()

    def _on_dropped(self) -> None:
        grip = self.sender()
        wanted, self._wanted = self._wanted, None
        self._autoscroll.stop()
        self.preview_changed.emit()
        annotation = None if self._text is None else self._annotation
        if isinstance(grip, Grip) and wanted is not None and annotation is not None:
            self.resize_wanted.emit(AnnotationId(annotation.id), wanted, grip.is_start)
        self.place()

    def _on_cancelled(self) -> None:
        """Leave the passage as it was; without a drag the keyboard goes back to the card."""
        was_dragged, self._wanted = self._wanted is not None, None
        self._autoscroll.stop()
        self.preview_changed.emit()
        self.place()
        if not was_dragged:
            self.left.emit()


def _edge(
    surface: PassageSurface, document: Document, place: Place, grip: Grip
) -> tuple[int, QRect] | None:
    """Return x and line of the edge of the character that an end is at; None off the screen."""
    first = place.offset if grip.is_start else place.offset - 1
    boxes = surface.rects_of(Span(place.section, first, first + 1))
    if not boxes:
        return None
    box = boxes[0] if grip.is_start else boxes[-1]
    section = readable_section(document.sections, place.section)
    character = "" if section is None else section.text[first : first + 1]
    is_leftmost = grip.is_start is not (character != "" and is_right_to_left(character))
    return (box.left() if is_leftmost else box.right() + 1), box
