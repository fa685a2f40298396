"""Lines that mark passages: below them, wavy below them, through them; apart where they overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from reader.ui.look.colours import fill
from reader.ui.view.decorations import Decoration, LineStyle
from reader.ui.view.layout.paragraph_layout import LineBox
from reader.values import value

_THICKNESS = 1.7
_WAVE_HEIGHT = 1.9
_WAVE_LENGTH = 7.0
"""Pixels at scale 1; a wave's height is from its middle."""

_WAVES = 16
"""In the piece that is painted again and again."""

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


class LinePainter:
    """Paints lines; of waves it keeps a piece in each colour, since a screen may have thousands."""

    def __init__(self, px: Callable[[float], float]) -> None:
        self._px = px
        self._waves: dict[tuple[int, float, float], QPixmap] = {}

    def paint(self, painter: QPainter, marks: Iterable[LineMark], *, is_over: bool) -> None:
        """Paint those that lie over the text, or else those under it."""
        for mark in marks:
            if (mark.style is LineStyle.STRIKE) is not is_over:
                continue
            width = mark.right - mark.left
            if mark.style is LineStyle.SQUIGGLE:
                # its phase is the page's, so that passages beside each other join
                wave = self._wave(mark, painter.device().devicePixelRatio())
                height = wave.height() / wave.devicePixelRatio()
                top = round(mark.y + mark.thickness / 2 - height / 2)
                room = QRectF(mark.left, top, width, height)
                painter.drawTiledPixmap(room, wave, QPointF(mark.left, 0))
            else:
                fill(painter, QRectF(mark.left, mark.y, width, mark.thickness), mark.colour)

    def _wave(self, mark: LineMark, ratio: float) -> QPixmap:
        key = (mark.colour.rgba(), mark.thickness, ratio)
        found = self._waves.get(key)
        if found is None:
            found = self._waves[key] = self._drawn(mark, ratio)
        return found

    def _drawn(self, mark: LineMark, ratio: float) -> QPixmap:
        """Return some waves that go on seamlessly at both sides."""
        length = max(round(self._px(_WAVE_LENGTH)), 4)
        height = self._px(_WAVE_HEIGHT)
        width, tall = length * _WAVES, 2 * round(height + mark.thickness)
        piece = QPixmap(round(width * ratio), round(tall * ratio))
        piece.setDevicePixelRatio(ratio)
        piece.fill(Qt.GlobalColor.transparent)
        half, middle = length / 2, tall / 2
        path = QPainterPath(QPointF(-length, middle))
        for number in range(-2, 2 * _WAVES + 2):
            side = height if number % 2 else -height
            path.quadTo((number + 0.5) * half, middle + 2 * side, (number + 1) * half, middle)
        painter = QPainter(piece)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(mark.colour, max(mark.thickness * 0.85, 1.0)))
        painter.drawPath(path)
        painter.end()
        return piece
