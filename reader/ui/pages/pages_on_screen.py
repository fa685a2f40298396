"""Which pages are on the screen, and where on it the text's characters stand."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtWidgets import QAbstractScrollArea

from reader.text.direction import is_right_to_left
from reader.text.document import Document, Place, Span
from reader.text.lazy_sections import readable_section
from reader.text.printed_pages import PrintedPage
from reader.ui.pages.page_arrangement import PageArrangement
from reader.ui.pages.page_painter import PagePainter, placed
from reader.ui.pages.page_supply import PageSupply

_LOOK_STEP = 8.0


class PagesOnScreen:
    """Points and rectangles are in the viewport's pixels; only pages that are known are asked."""

    def __init__(self, view: QAbstractScrollArea, supply: PageSupply, painter: PagePainter) -> None:
        self._view = view
        self._supply = supply
        self._painter = painter
        self.document: Document | None = None
        self.arrangement = PageArrangement((), 1, zoom=1.0, scale=1.0, margin=0, gap=0)

    @property
    def visible(self) -> range:
        """The numbers of the pages that can be seen."""
        top = self._view.verticalScrollBar().value()
        return self.arrangement.pages_between(top, top + self._view.viewport().height())

    @property
    def near(self) -> range:
        """The numbers of those and of the pages beside them."""
        visible = self.visible
        return range(max(0, visible.start - 1), min(len(self.arrangement), visible.stop + 1))

    def rect_of(self, number: int) -> QRect:
        """Return where a page is."""
        rect = self.arrangement.rect_of(number)
        x = self._view.horizontalScrollBar().value()
        y = self._view.verticalScrollBar().value()
        return QRect(rect.left - x, rect.top - y, rect.width, rect.height)

    def rects_of(self, spans: Iterable[Span]) -> list[QRect]:
        """Return the boxes of these spans on the pages that can be seen."""
        spans, rects = list(spans), []
        for number in self.visible:
            page = self._supply.page(number)
            if page is None:
                continue
            rect = self.rect_of(number)
            for span in spans:
                boxes = self._painter.boxes(page, span)
                rects += [placed(box, page, rect).toAlignedRect() for box in boxes]
        return rects

    def place_at(self, point: QPoint) -> Place | None:
        """Return the place of the character at a point; None beside the text."""
        for number in self.visible:
            page, rect = self._supply.page(number), self.rect_of(number)
            if page is not None and rect.contains(point):
                return page.place_at(*_on_page(QPointF(point), page, rect))
        return None

    def nearest_place(self, point: QPoint) -> Place | None:
        """Return the place between characters nearest to a point on a page or beside it."""
        if self.document is None or not len(self.arrangement):
            return None
        number = self.arrangement.page_at(point.y() + self._view.verticalScrollBar().value())
        page, rect = self._supply.page(number), self.rect_of(number)
        if page is None:
            return None
        found = page.nearest_character(*_on_page(QPointF(point), page, rect))
        if found is None:
            return None
        place, is_right_half = found
        section = readable_section(self.document.sections, place.section)
        if section is None:
            return None
        character = section.text[place.offset]
        is_behind = is_right_half is not is_right_to_left(character)
        return Place(place.section, place.offset + is_behind)

    def first_place(self) -> Place | None:
        """Return a place at the top of the screen."""
        for number in self.visible:
            page = self._supply.page(number)
            if page is None:
                continue
            rect = self.rect_of(number)
            _, y = _on_page(QPointF(0, max(rect.top(), 0)), page, rect)
            while y < page.height:
                for share in (0.15, 0.3, 0.5, 0.75):
                    place = page.place_at(share * page.width, y)
                    if place is not None:
                        return place
                y += _LOOK_STEP
        return None


def _on_page(point: QPointF, page: PrintedPage, rect: QRect) -> tuple[float, float]:
    """Return where on the page, in points, a point of the screen is."""
    box = QRectF(rect)
    x = (point.x() - box.left()) * page.width / max(box.width(), 1.0)
    y = (point.y() - box.top()) * page.height / max(box.height(), 1.0)
    return x, y
