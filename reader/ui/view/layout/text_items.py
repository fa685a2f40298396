"""What is laid out and painted as one: a paragraph with its ornaments, or a table's row."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QTextCharFormat

from reader.ui.look.colours import fill
from reader.ui.look.theme import Palette
from reader.ui.view.layout.paragraph_layout import FormatRun, LineBox, ParagraphLayout
from reader.values import value


@value
class Frame:
    """A paragraph layout at (x, y) in its item; shows [start, end) of the section's text."""

    start: int
    end: int
    x: float
    y: float
    layout: ParagraphLayout
    is_soft: bool = False

    @property
    def bottom(self) -> float:
        """The y below its last line."""
        return self.y + self.layout.height


class OrnamentKind(StrEnum):
    """What may be drawn around text."""

    CODE_TOP = "code_top"
    CODE_MIDDLE = "code_middle"
    CODE_BOTTOM = "code_bottom"
    CODE_WHOLE = "code_whole"
    SIDE_LINE = "side_line"
    HAIRLINE = "hairline"


@value
class Ornament:
    """A box or line in an item's own pixels, drawn below everything else."""

    kind: OrnamentKind
    rect: QRectF


@value
class Marker:
    """What a list item shows before its text; not part of the text."""

    x: float
    y: float
    layout: ParagraphLayout


@value
class Picture:
    """A picture in an item's own pixels, and the words that describe it, if any do."""

    address: str
    rect: QRectF
    description: str = ""


@value
class TextItem:
    """An item laid out: pixels count from its own top left corner.

    `height` includes the space above it. Frames are in the order of the text.
    """

    section: int
    start: int
    end: int
    height: float
    frames: tuple[Frame, ...]
    ornaments: tuple[Ornament, ...] = ()
    marker: Marker | None = None
    pictures: tuple[Picture, ...] = ()
    labels: tuple[Marker, ...] = ()

    def boxes(self, start: int, end: int) -> list[LineBox]:
        """Return the boxes of the section's range [start, end), as far as it is in this item."""
        boxes = []
        for frame in self.frames:
            if frame.start < end and start < frame.end:
                for box in frame.layout.boxes(start - frame.start, end - frame.start):
                    boxes.append(_moved(box, frame))
        return boxes

    def frame_of(self, offset: int) -> Frame:
        """Return the frame that shows the character at `offset`, else the one before it."""
        found = self.frames[0]
        for frame in self.frames:
            if frame.start > offset:
                break
            found = frame
        return found

    def line_of(self, offset: int) -> tuple[float, float]:
        """Return top and bottom of the line that shows the character at `offset`."""
        frame = self.frame_of(offset)
        inside = min(max(offset - frame.start, 0), frame.end - frame.start)
        line = frame.layout.line_of(inside)
        return frame.y + frame.layout.line_top(line), frame.y + frame.layout.line_bottom(line)

    def line_edges(self, offset: int) -> tuple[int, int]:
        """Return where the line that shows the character at `offset` starts and ends."""
        frame = self.frame_of(offset)
        inside = min(max(offset - frame.start, 0), frame.end - frame.start)
        start, end = frame.layout.line_range(frame.layout.line_of(inside))
        return frame.start + start, frame.start + end

    def first_line_below(self, y: float) -> int | None:
        """Return where the first line with its top at or below `y` starts, or None."""
        starts = [
            frame.start + frame.layout.line_range(line)[0]
            for frame in self.frames
            for line in range(frame.layout.line_count)
            if frame.y + frame.layout.line_top(line) >= y
        ]
        return min(starts, default=None)

    def nearest_frame(self, x: float, y: float) -> Frame:
        """Return the frame under a point, or the one nearest to it."""

        def distance(frame: Frame) -> float:
            right = frame.x + frame.layout.width
            across = max(frame.x - x, 0.0, x - right)
            return across + max(frame.y - y, 0.0, y - frame.bottom)

        return min(self.frames, key=distance)

    def offset_at(self, x: float, y: float, *, is_caret: bool = True) -> int:
        """Return the section's offset nearest to a point; the character's if not `is_caret`."""
        frame = self.nearest_frame(x, y)
        inside = frame.layout.offset_at(x - frame.x, y - frame.y, is_caret=is_caret)
        return frame.start + inside

    def picture_at(self, x: float, y: float) -> Picture | None:
        """Return the picture under a point."""
        return next((p for p in self.pictures if p.rect.contains(QPointF(x, y))), None)

    def draw_ornaments(self, painter: QPainter, palette: Palette) -> None:
        """Draw what stands around the text; the painter's origin is the item's corner."""
        for ornament in self.ornaments:
            _draw_ornament(painter, palette, ornament)

    def draw_text(
        self,
        painter: QPainter,
        palette: Palette,
        clip: QRectF,
        dimmed: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Draw the text within `clip`, the section's ranges in `dimmed` in the soft colour."""
        for frame in self.frames:
            ranges = [
                (max(start, frame.start) - frame.start, min(end, frame.end) - frame.start)
                for start, end in dimmed
                if start < frame.end and frame.start < end
            ]
            is_all_dim = any(s == 0 and e == frame.end - frame.start for s, e in ranges)
            painter.setPen(palette.soft if frame.is_soft or is_all_dim else palette.ink)
            overlay = [] if is_all_dim else [_in_colour(s, e, palette.soft) for s, e in ranges]
            frame.layout.draw(painter, QPointF(frame.x, frame.y), clip, overlay)
        beside = self.labels if self.marker is None else (self.marker, *self.labels)
        for marker in beside:
            painter.setPen(palette.soft)
            marker.layout.draw(painter, QPointF(marker.x, marker.y), clip)


def _moved(box: LineBox, frame: Frame) -> LineBox:
    return LineBox(
        box.line,
        box.left + frame.x,
        box.top + frame.y,
        box.right + frame.x,
        box.bottom + frame.y,
        box.baseline + frame.y,
        box.ascent,
    )


def _in_colour(start: int, end: int, colour: QColor) -> FormatRun:
    text_format = QTextCharFormat()
    text_format.setForeground(colour)
    return FormatRun(start, end, text_format)


def _draw_ornament(painter: QPainter, palette: Palette, ornament: Ornament) -> None:
    rect = ornament.rect
    match ornament.kind:
        case OrnamentKind.SIDE_LINE | OrnamentKind.HAIRLINE:
            fill(painter, rect, palette.line)
        case _:
            _draw_code_ground(painter, palette, ornament)


def _draw_code_ground(painter: QPainter, palette: Palette, ornament: Ornament) -> None:
    """Draw a code block's box, or the part of it that a piece of a long block shows."""
    kind = ornament.kind
    rect = ornament.rect
    grown = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    if kind in (OrnamentKind.CODE_MIDDLE, OrnamentKind.CODE_BOTTOM):
        grown.setTop(rect.top() - 20)
    if kind in (OrnamentKind.CODE_TOP, OrnamentKind.CODE_MIDDLE):
        grown.setBottom(rect.bottom() + 20)
    painter.save()
    painter.setClipRect(rect)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(palette.line, 1))
    painter.setBrush(palette.card)
    painter.drawRoundedRect(grown, 8, 8)
    painter.restore()
