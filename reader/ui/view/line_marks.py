"""Lines that mark passages: below them, wavy below them, through them; apart where they overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from reader.ui.look.colours import fill
from reader.ui.view.decorations import Decoration, LineStyle
from reader.ui.view.paragraph_layout import LineBox
from reader.values import value

_THICKNESS = 1.7
_WAVE_HEIGHT = 1.9
_WAVE_LENGTH = 7.0
"""Pixels at scale 1; a wave's height is from its middle."""

_BELOW = 0.16
_THROUGH = 0.24
"""Shares of the ascent: how far below the baseline a line lies, how far above one goes through."""


@value
class LineMark:
    """A line on one line of text, in pixels: where it lies, how thick it is, whether it waves."""

    left: float
    right: float
    y: float
    thickness: float
    colour: QColor
    style: LineStyle


def line_marks(
    marked: Iterable[tuple[Decoration, Sequence[LineBox]]],
    px: Callable[[float], float],
    ink: Callable[[str], QColor],
) -> list[LineMark]:
    """Return the lines of decorations that have one; where two meet, the later one gives way.

    `px` gives pixels for those at scale 1, `ink` what a colour's lines are drawn in.
    """
    thickness = max(round(px(_THICKNESS)), 1)
    step = thickness + max(round(px(1)), 1)
    taken: dict[tuple[float, bool], list[tuple[float, float, int]]] = defaultdict(list)
    marks = []
    order = sorted(marked, key=lambda one: (one[0].span.start, -one[0].span.end, one[0].colour))
    for decoration, boxes in order:
        if decoration.line is None:
            continue
        is_through = decoration.line is LineStyle.STRIKE
        for box in boxes:
            left, right = round(box.left), round(box.right)
            lane = taken[box.baseline, is_through]
            met = {rank for start, end, rank in lane if start < right and left < end}
            rank = next(number for number in range(len(met) + 1) if number not in met)
            lane.append((left, right, rank))
            if is_through:
                y = round(box.baseline - _THROUGH * box.ascent) - rank * step
            else:
                y = min(
                    round(box.baseline + _BELOW * box.ascent) + rank * step,
                    round(box.bottom) - thickness,
                )
            colour = ink(decoration.colour)
            marks.append(LineMark(left, right, y, thickness, colour, decoration.line))
    return marks


def paint_line_marks(
    painter: QPainter, marks: Iterable[LineMark], px: Callable[[float], float], *, is_over: bool
) -> None:
    """Paint those that lie over the text, or else those under it."""
    for mark in marks:
        if (mark.style is LineStyle.STRIKE) is not is_over:
            continue
        if mark.style is LineStyle.SQUIGGLE:
            _paint_wave(painter, mark, px(_WAVE_LENGTH), px(_WAVE_HEIGHT))
        else:
            width = mark.right - mark.left
            fill(painter, QRectF(mark.left, mark.y, width, mark.thickness), mark.colour)


def _paint_wave(painter: QPainter, mark: LineMark, length: float, height: float) -> None:
    """Paint a wave whose phase is the page's, so that passages beside each other join."""
    middle = mark.y + mark.thickness / 2
    half = length / 2
    number = int(mark.left // half)
    path = QPainterPath(QPointF(number * half, middle))
    while number * half < mark.right:
        side = height if number % 2 else -height
        path.quadTo((number + 0.5) * half, middle + 2 * side, (number + 1) * half, middle)
        number += 1
    painter.save()
    room = QRectF(mark.left, middle - 2 * height, mark.right - mark.left, 4 * height)
    painter.setClipRect(room, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(mark.colour, max(mark.thickness * 0.85, 1.0)))
    painter.drawPath(path)
    painter.restore()
