"""Paints a document near the screen, with what is marked in it, and knows what stands where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from reader.text.document import Document, Place, Span
from reader.ui.look.colours import fill
from reader.ui.look.theme import Theme
from reader.ui.view.column import ColumnPlan, plan_column
from reader.ui.view.decoration_painter import REACH
from reader.ui.view.decorations import Decoration, DecorationIndex
from reader.ui.view.item_painter import ItemPainter, Marks
from reader.ui.view.layout.block_styles import usual_line
from reader.ui.view.layout.text_flow import TextFlow
from reader.ui.view.layout.text_items import Picture, TextItem
from reader.ui.view.scroll_anchor import ScrollAnchor

if TYPE_CHECKING:  # imported for texts with pictures
    from reader.ui.view.pictures import PictureStore

_MANY = 64
"""Changed decorations from which on the whole screen is painted anew."""


class TextCanvas(QAbstractScrollArea):
    """Shows a document in its column, decorated; neither moves by itself nor takes any input.

    Everything it is asked and tells is in places and spans of the document; points and rectangles
    are in the viewport's pixels.
    """

    layout_changed = Signal()
    """What is where has changed: scrolled, resized, laid out anew. Cards are to be placed again."""
    painted_text = Signal()
    """The first frame of a document with text in it has been painted."""
    section_painted = Signal(int)
    """Section number: its text has been painted at the top, where another's was before."""
    decorated_painted = Signal(str)
    """Group: what its last `decorate` changed on the screen has been painted."""
    decorated = Signal(str)
    """Group: what is painted under the text for it has changed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._document: Document | None = None
        self._flow: TextFlow | None = None
        self._anchor: ScrollAnchor | None = None
        self._plan = ColumnPlan(0, 1)
        self._has_margin = True
        self._has_painted_text = False
        self._section_at_top: int | None = None
        self._section_told: int | None = None
        self._awaited_groups: set[str] = set()
        self._decorations = DecorationIndex(self._items_of)
        self._painter = ItemPainter(theme)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # always there, so that the column doesn't move when a text needs it
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        # of our own making: to wrap Qt's, PySide would first set up every kind of widget, 8 ms
        self.setViewport(QWidget(self))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self._on_theme_changed)

    # what is shown

    @property
    def document(self) -> Document | None:
        """The document shown."""
        return self._document

    def show_document(self, document: Document, place: Place | None = None, y: int = 0) -> None:
        """Show `document` with the line of `place` at the viewport's `y`, or its beginning."""
        self._document = document
        self._decorations = DecorationIndex(self._items_of)
        self._painter.decorations.forget_all()
        self._has_painted_text = False
        self._section_at_top = self._section_told = None
        self._replan()
        pictures = self._take_pictures(document)
        flow = TextFlow(document, self.theme, self._plan.width, pictures)
        if self._flow is not None:
            self._flow.on_taken.clear()  # they hold each other: the text left is to go at once
        self._flow = self._anchor = None
        if len(flow):
            self._flow = flow
            flow.on_taken.append(self._on_section_taken)
            self._anchor = ScrollAnchor(flow, self.viewport().height())
            if place is not None and place > flow.first_place():
                self._anchor.put_line_at(place, y)

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

    def is_all_there(self) -> bool:
        """Whether nothing of the screen is still to come: a section's text, or a picture."""
        pictures = self._painter.pictures
        if pictures is not None and pictures.is_decoding:
            return False
        return self._flow is None or self._section_shown(self._visible()) is not None

    def decorate(self, group: str, decorations: Sequence[Decoration]) -> None:
        """Replace everything `group` wants painted; only what differs is painted anew."""
        if self._anchor is not None:
            self._repaint(group, self._decorations.replace(group, decorations))

    def redecorate(self, group: str, old: Sequence[Decoration], new: Sequence[Decoration]) -> None:
        """Paint `new` in place of `old` in a group of thousands, most of which stays."""
        if self._anchor is not None:
            self._repaint(group, self._decorations.change(group, old, new))

    def _repaint(self, group: str, changed: frozenset[Decoration]) -> None:
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

    def decorations(self) -> dict[str, frozenset[Decoration]]:
        """Return what each group wants painted."""
        return self._decorations.groups()

    def decorations_of(self, group: str) -> frozenset[Decoration]:
        """Return what a group wants painted."""
        return self._decorations.of_group(group)

    @property
    def has_margin(self) -> bool:
        """Whether notes are to be seen beside the text, or as markers where there is no room."""
        return self._has_margin

    def set_margin_visible(self, is_visible: bool) -> None:
        """Leave room for cards beside the column, or centre the column."""
        if is_visible != self._has_margin:
            self._has_margin = is_visible
            self._lay_out_anew(is_look_new=False)

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
        """Return the place nearest to a point wherever it is; None where no text is read yet."""
        if self._anchor is None or self._flow is None:
            return None
        place = self._anchor.place_at(point.x() - self._plan.left, point.y(), is_caret=is_caret)
        return place if self._flow.is_read(place.section) else None

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

    def line_tops(self, places: Sequence[Place]) -> list[float]:
        """Return what `line_top_of` tells of each of many places, in the text's order."""
        return self._anchor.line_tops(places) if self._anchor is not None else [0.0] * len(places)

    def line_height(self) -> float:
        """Return the height of a line of running text in pixels."""
        return usual_line(self.theme)

    def rects_of(self, span: Span) -> list[QRect]:
        """Return the boxes of the part of `span` that is on the screen, one or more a line."""
        return self._rects_within(self._visible(), span)

    def _rects_within(
        self, visible: Sequence[tuple[int, TextItem, float]], span: Span
    ) -> list[QRect]:
        return [
            QRectF(
                box.left + self._plan.left,
                box.top + top,
                box.right - box.left,
                box.bottom - box.top,
            ).toAlignedRect()
            for _, item, top in visible
            if item.section == span.section
            for box in item.boxes(span.start, span.end)
        ]

    def first_visible_place(self) -> Place | None:
        """Return the place where the first wholly visible line begins."""
        return self._anchor.first_visible_place() if self._anchor is not None else None

    def visible_spans(self) -> list[Span]:
        """Return what of the text is on the screen and read, paragraph by paragraph."""
        return [
            Span(item.section, item.start, item.end)
            for _, item, _ in self._visible()
            if self._flow is not None and self._flow.is_read(item.section)
        ]

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

    # looks and sizes

    def _on_moved(self) -> None:
        self.viewport().update()
        self.layout_changed.emit()

    def _on_section_taken(self, number: int, _height_before: float) -> None:
        """Find the decorations again that lay in the item which stood for the section."""
        if self._flow is not None:
            stood_in = self._flow.first_number(number)
            self._decorations.find_again(stood_in)
            self._painter.decorations.forget(stood_in)

    def _replan(self) -> None:
        width = self.viewport().width()
        theme = self.theme
        self._plan = plan_column(
            width, theme.scale, has_margin=self._has_margin, column=theme.spacing.column
        )

    def _on_theme_changed(self) -> None:
        self._lay_out_anew(is_look_new=True)

    def _lay_out_anew(self, *, is_look_new: bool) -> None:
        """Take a new look or width; the line at the top stays where it is."""
        width_before = self._plan.width
        self._replan()
        if self._anchor is not None and self._flow is not None:
            if is_look_new or self._plan.width != width_before:
                self._stand_still()
                kept = None if self._anchor.is_at_top else self._anchor.first_visible_place()
                y = self._anchor.line_at(kept)[0] if kept is not None else 0.0
                self._flow.set_look(self.theme, self._plan.width)
                self._painter.decorations.forget_all()
                self._anchor.forget_measures()
                if kept is not None:
                    self._anchor.put_line_at(kept, round(y))
            self._anchor.set_viewport_height(self.viewport().height())
        self._on_moved()

    def _stand_still(self) -> None:
        """Stop any movement: what it aims at is about to stand elsewhere."""

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
        visible = self._visible()
        return [
            # a pixel above and below: edges may lie inside one on a screen of 125 %
            rect.adjusted(-reach, -1, reach, 1)
            for decoration in changed
            for rect in self._rects_within(visible, decoration.span)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the items that meet the damaged rectangle."""
        palette = self.theme.palette
        damaged = event.rect()
        painter = QPainter(self.viewport())
        fill(painter, damaged, palette.paper)
        left = self._plan.left
        marks = self._marks()
        visible = self._visible()
        for index, item, top in visible:
            if top + item.height <= damaged.top() or top > damaged.bottom():
                continue
            painter.translate(left, top)
            clip = QRectF(damaged.translated(-left, round(-top)))
            self._painter.paint(painter, clip, index, item, self._decorations.in_item(index), marks)
            painter.translate(-left, -top)
        painter.end()
        self._section_at_top = self._section_shown(visible)
        is_other = self._section_at_top != self._section_told
        if self._awaited_groups or not self._has_painted_text or is_other:
            QTimer.singleShot(0, self, self._tell_painted)  # once the frame is on the screen

    def _marks(self) -> Marks:
        """Return what is painted of a selection and a caret: here nothing."""
        return Marks()

    def _tell_painted(self) -> None:
        groups, self._awaited_groups = self._awaited_groups, set()
        if not self._has_painted_text and self._anchor is not None:
            self._has_painted_text = True
            self.painted_text.emit()
        if self._section_at_top not in (None, self._section_told):
            self._section_told = self._section_at_top
            self.section_painted.emit(self._section_at_top)
        for group in sorted(groups):
            self.decorated_painted.emit(group)

    def _section_shown(self, visible: Sequence[tuple[int, TextItem, float]]) -> int | None:
        """Return the section at the top; None where something stands for one not read yet."""
        flow = self._flow
        if not visible or flow is None or not all(flow.is_read(it.section) for _, it, _ in visible):
            return None
        return visible[0][1].section
