"""Paints a page: its picture, and over it what is marked, looked for and heard."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from reader.text.document import Span
from reader.text.printed_pages import PageBox, PrintedPage
from reader.ui.look.colours import fill, stronger
from reader.ui.look.theme import Theme
from reader.ui.view.decorations import Decoration, Role

_ORDER = (Role.SENTENCE, Role.HIGHLIGHT, Role.ACTIVE, Role.WORD)
_OUTSET = 2.0
_RADIUS = 3.0
_DIMMING = 0.55
_MOST_BOXES = 4_000


class PagePainter:
    """Keeps the boxes of what it has painted: they are the same as long as the page is."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._boxes: dict[tuple[int, Span], list[PageBox]] = {}

    def forget_all(self) -> None:
        """Forget the boxes of a document that is no longer shown."""
        self._boxes.clear()

    def boxes(self, page: PrintedPage, span: Span) -> list[PageBox]:
        """Return the boxes of a span on a page, in points."""
        key = page.number, span
        found = self._boxes.get(key)
        if found is None:
            if len(self._boxes) >= _MOST_BOXES:
                self._boxes.clear()
            found = self._boxes[key] = page.boxes_of(span)
        return found

    def paint_ground(self, painter: QPainter, rect: QRect, picture: QImage | None) -> None:
        """Paint the page as it looks, or its bare paper while there is no picture."""
        palette = self._theme.palette
        if picture is None:
            fill(painter, rect, palette.card)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(rect, picture)
        painter.setPen(QPen(palette.line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(-1, -1, 0, 0))

    def paint_words(self, painter: QPainter, rect: QRect, words: str) -> None:
        """Say something in the middle of a page that can't be shown."""
        painter.setFont(self._theme.interface_font(13))
        painter.setPen(self._theme.palette.soft)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, words)

    def paint_label(self, painter: QPainter, rect: QRect, label: str) -> None:
        """Write a page's number below it."""
        painter.setFont(self._theme.interface_font(11.5))
        painter.setPen(self._theme.palette.soft)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, label)

    def paint_decorations(
        self,
        painter: QPainter,
        page: PrintedPage,
        rect: QRect,
        decorations: Iterable[Decoration],
        selection: Iterable[Span],
    ) -> None:
        """Lay colours over the page as a marker would: letters stay as they are."""
        palette = self._theme.palette
        by_role: dict[Role, list[Decoration]] = {}
        for decoration in decorations:
            by_role.setdefault(decoration.role, []).append(decoration)
        for skipped in by_role.get(Role.SKIPPED, ()):
            dim = QColor(palette.card)
            dim.setAlphaF(_DIMMING)
            for box in self._placed(page, rect, skipped.span):
                fill(painter, box, dim)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        modes = QPainter.CompositionMode
        is_dark = palette.is_dark
        painter.setCompositionMode(
            modes.CompositionMode_Screen if is_dark else modes.CompositionMode_Multiply
        )
        painter.setBrush(palette.selection)
        for span in selection:
            for box in self._placed(page, rect, span):
                painter.drawRect(box)
        for role in _ORDER:
            for decoration in by_role.get(role, ()):
                painter.setBrush(self._colour(role, decoration.colour))
                radius = _RADIUS if role is Role.WORD else 0.0
                for box in self._placed(page, rect, decoration.span):
                    painter.drawRoundedRect(box, radius, radius)
        painter.restore()
        self._frame(painter, page, rect, by_role.get(Role.SEARCH, ()))

    def _frame(
        self, painter: QPainter, page: PrintedPage, rect: QRect, found: Sequence[Decoration]
    ) -> None:
        """Frame what was found, as the text view does."""
        palette = self._theme.palette
        for decoration in found:
            painter.setPen(QPen(palette.accent, 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if decoration.colour == "current":
                wash = QColor(palette.accent)
                wash.setAlphaF(0.25)
                painter.setBrush(wash)
            for box in self._placed(page, rect, decoration.span):
                painter.drawRoundedRect(box, _RADIUS, _RADIUS)

    def _colour(self, role: Role, name: str) -> QColor:
        palette = self._theme.palette
        match role:
            case Role.SENTENCE:
                return palette.sentence
            case Role.WORD:
                return palette.word
            case Role.ACTIVE:
                return stronger(palette, name)
            case _:
                return palette.highlight(name)

    def _placed(self, page: PrintedPage, rect: QRect, span: Span) -> list[QRectF]:
        return [placed(box, page, rect) for box in self.boxes(page, span)]


def placed(box: PageBox, page: PrintedPage, rect: QRect) -> QRectF:
    """Return where a page's box is on the screen, a little wider than its letters."""
    x, y = rect.width() / max(page.width, 1.0), rect.height() / max(page.height, 1.0)
    return QRectF(
        rect.left() + box.left * x - _OUTSET,
        rect.top() + box.top * y,
        (box.right - box.left) * x + 2 * _OUTSET,
        (box.bottom - box.top) * y,
    )
