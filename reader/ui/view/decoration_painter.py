"""Paints what lies under the text: the sentence, highlights, what was found, the word heard."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from reader.text.document import Span
from reader.ui.look.colours import blended, fill, line_ink, stronger
from reader.ui.look.theme import Theme
from reader.ui.view.decorations import Decoration, Role
from reader.ui.view.layout.paragraph_layout import LineBox
from reader.ui.view.layout.text_items import TextItem

if TYPE_CHECKING:  # imported for passages that are marked by lines
    from reader.ui.view.line_marks import LineMark, LinePainter

REACH = 4
"""Pixels at scale 1 by which a decoration may stand out beside its text."""

_OUTSET = 3.0
_SENTENCE_RADIUS = 5.0
_WORD_RADIUS = 6.0
_SELECTION_OPACITY = 0.8

_Fill = tuple[QRectF, QColor]


class DecorationPainter:
    """Paints the decorations of one item at a time; the painter's origin is the item's corner.

    Boxes and lines of highlights are kept per item until `forget` or `forget_all`, since many may
    overlap.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._highlights: dict[int, tuple[list[_Fill], Sequence[LineMark]]] = {}
        self._inks: dict[str, QColor] = {}
        self._blends: dict[tuple[str, ...], QColor] = {}

    def forget(self, index: int) -> None:
        """Drop what is kept for an item whose decorations have changed."""
        self._highlights.pop(index, None)

    def forget_all(self) -> None:
        """Drop everything kept: the layout or the theme has changed."""
        self._highlights.clear()
        self._blends.clear()
        self._inks.clear()
        self.__dict__.pop("_line_painter", None)

    def paint(
        self,
        painter: QPainter,
        index: int,
        item: TextItem,
        decorations: Sequence[Decoration],
        selection: Iterable[Span],
    ) -> None:
        """Paint all that lies under the text of an item, lowest first."""
        palette = self._theme.palette
        if decorations:
            by_role = defaultdict(list)
            for decoration in decorations:
                by_role[decoration.role].append(decoration)
            self._paint_sentences(painter, item, by_role[Role.SENTENCE])
            if by_role[Role.HIGHLIGHT] or by_role[Role.ACTIVE]:
                self._paint_highlights(painter, index, item, by_role)
            self._paint_found(painter, item, by_role[Role.SEARCH])
            self._paint_words(painter, item, by_role[Role.WORD])
            self._paint_lines(painter, index, is_over=False)
        for selected in selection:
            if selected.section == item.section:
                colour = QColor(palette.selection)
                colour.setAlphaF(_SELECTION_OPACITY)
                for box in item.boxes(selected.start, selected.end):
                    fill(painter, _snapped(box), colour)

    def _paint_sentences(
        self, painter: QPainter, item: TextItem, sentences: Iterable[Decoration]
    ) -> None:
        px = self._theme.px
        for sentence in sentences:
            boxes = _boxes(item, sentence.span)
            if boxes:
                outline = wash_outline(boxes, round(px(_OUTSET)), px(_SENTENCE_RADIUS))
                _fill_path(painter, outline, self._theme.palette.sentence)

    def _paint_words(self, painter: QPainter, item: TextItem, words: Iterable[Decoration]) -> None:
        px = self._theme.px
        for word in words:
            boxes = _boxes(item, word.span)
            if boxes:
                outline = wash_outline(boxes, round(px(_OUTSET)), px(_WORD_RADIUS))
                _fill_path(painter, outline, self._theme.palette.word)

    def _paint_found(self, painter: QPainter, item: TextItem, found: Iterable[Decoration]) -> None:
        """Frame what was found; the one the reader is at ("current") is filled as well."""
        palette = self._theme.palette
        for decoration in found:
            for box in _boxes(item, decoration.span):
                rect = _snapped(box).adjusted(-1.5, 2.5, 1.5, -1.5)
                painter.save()
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(palette.accent, 1.4))
                is_current = decoration.colour == "current"
                painter.setBrush(palette.word if is_current else Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(rect, 4, 4)
                painter.restore()

    def _paint_highlights(
        self,
        painter: QPainter,
        index: int,
        item: TextItem,
        by_role: dict[Role, list[Decoration]],
    ) -> None:
        kept = self._highlights.get(index)
        if kept is None:
            highlights = by_role[Role.HIGHLIGHT]
            grounds = [one for one in highlights if one.line is None]
            lined = [one for one in highlights if one.line is not None]
            kept = self._highlights[index] = (
                self._highlight_fills(item, grounds, by_role[Role.ACTIVE]),
                self._line_marks(item, lined),
            )
        for rect, colour in kept[0]:
            fill(painter, rect, colour)

    def paint_over(self, painter: QPainter, index: int) -> None:
        """Paint what lies over the text of an item that `paint` was called for: strikes."""
        self._paint_lines(painter, index, is_over=True)

    def _line_marks(self, item: TextItem, lined: Sequence[Decoration]) -> Sequence[LineMark]:
        if not lined:
            return ()
        from reader.ui.view.line_marks import line_marks

        boxes = [(one, _boxes(item, one.span)) for one in lined]
        return line_marks(boxes, self._theme.px, self._line_ink)

    def _paint_lines(self, painter: QPainter, index: int, *, is_over: bool) -> None:
        kept = self._highlights.get(index)
        if kept is not None and kept[1]:
            self._line_painter.paint(painter, kept[1], is_over=is_over)

    @cached_property
    def _line_painter(self) -> LinePainter:
        from reader.ui.view.line_marks import LinePainter

        return LinePainter(self._theme.px)

    def _line_ink(self, colour: str) -> QColor:
        found = self._inks.get(colour)
        if found is None:
            found = self._inks[colour] = line_ink(self._theme.palette, colour)
        return found

    def _highlight_fills(
        self, item: TextItem, highlights: Sequence[Decoration], active: Sequence[Decoration]
    ) -> list[_Fill]:
        palette, px = self._theme.palette, self._theme.px
        above, below = round(px(2)), round(px(1))
        stacks: dict[tuple[float, float], list[tuple[float, float, str]]] = defaultdict(list)
        for decoration in highlights:
            for box in _boxes(item, decoration.span):
                edges = (round(box.left), round(box.right), decoration.colour)
                stacks[box.top, box.bottom].append(edges)
        fills = []
        for (top, bottom), stack in stacks.items():
            for left, right, colours in segments(stack):
                rect = QRectF(left, top + above, right - left, bottom - top - above - below)
                fills.append((rect, self._blend(colours)))
        thickness = max(round(px(2)), 1)
        for decoration in active:
            is_lined = decoration.line is not None  # its line is its foot, and has to be seen
            colour = stronger(palette, decoration.colour)
            for box in _boxes(item, decoration.span):
                rect = _snapped(box).adjusted(0, above, 0, -below)
                fills.append((rect, palette.highlight(decoration.colour) if is_lined else colour))
                if is_lined:
                    continue
                foot = QRectF(rect.left(), rect.bottom() - thickness, rect.width(), thickness)
                fills.append((foot, palette.strong(decoration.colour)))
        return fills

    def _blend(self, colours: tuple[str, ...]) -> QColor:
        found = self._blends.get(colours)
        if found is None:
            found = self._blends[colours] = blended(self._theme.palette, colours)
        return found


def _boxes(item: TextItem, span: Span) -> list[LineBox]:
    return item.boxes(span.start, span.end) if span.section == item.section else []


def _snapped(box: LineBox) -> QRectF:
    left, right = round(box.left), round(box.right)
    return QRectF(left, box.top, right - left, box.bottom - box.top)


def _fill_path(painter: QPainter, path: QPainterPath, colour: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(path, colour)
    painter.restore()


def wash_outline(boxes: Sequence[LineBox], outset: int, radius: float) -> QPainterPath:
    """Return boxes widened by `outset`, their corners rounded where no box of a line next to them
    goes on. Edges are on whole pixels: neighbouring lines touch and don't overlap."""
    rects = [_snapped(box).adjusted(-outset, 0, outset, 0) for box in boxes]
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for rect in rects:
        over = [other for other in rects if other.bottom() == rect.top()]
        under = [other for other in rects if other.top() == rect.bottom()]
        _add_rounded(
            path,
            rect,
            min(radius, rect.width() / 2),
            (
                not _covers(over, rect.left()),
                not _covers(over, rect.right()),
                not _covers(under, rect.right()),
                not _covers(under, rect.left()),
            ),
        )
    return path


def _covers(rects: Iterable[QRectF], x: float) -> bool:
    return any(rect.left() <= x <= rect.right() for rect in rects)


def _add_rounded(
    path: QPainterPath,
    rect: QRectF,
    radius: float,
    rounded: tuple[bool, bool, bool, bool],
) -> None:
    """Add a rectangle with the given corners round: top left, top right, bottom right and left."""
    corners = (rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft())
    inwards = (QPointF(1, 0), QPointF(0, 1), QPointF(-1, 0), QPointF(0, -1))
    for number, (corner, is_round) in enumerate(zip(corners, rounded, strict=True)):
        r = radius if is_round else 0.0
        begin = corner - inwards[number - 1] * r
        end = corner + inwards[number] * r
        if number:
            path.lineTo(begin)
        else:
            path.moveTo(begin)
        if r:
            path.quadTo(corner, end)
    path.closeSubpath()


def segments(
    stack: Sequence[tuple[float, float, str]],
) -> Iterable[tuple[float, float, tuple[str, ...]]]:
    """Cut overlapping ranges of one line where any begins or ends; yield who lies on each cut."""
    if len(stack) == 1:
        left, right, colour = stack[0]
        yield left, right, (colour,)
        return
    events = sorted(
        [(left, 1, colour) for left, _, colour in stack]
        + [(right, -1, colour) for _, right, colour in stack]
    )
    lying: dict[str, int] = defaultdict(int)
    previous = events[0][0]
    for x, change, colour in events:
        if x > previous and any(lying.values()):
            layers = sorted((name, min(count, 2)) for name, count in lying.items() if count)
            yield previous, x, tuple(name for name, count in layers for _ in range(count))
        lying[colour] += change
        previous = x
