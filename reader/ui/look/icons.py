"""The icons, drawn for this project on a 20 px grid with round strokes 1.6 px wide."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

GRID = 20.0
STROKE = 1.6


class Icon(StrEnum):
    """What can be drawn."""

    LIBRARY = "library"
    CONTENTS = "contents"
    MARGIN = "margin"
    MENU = "menu"
    PREVIOUS = "previous"
    NEXT = "next"
    PLAY = "play"
    PAUSE = "pause"
    BOOKMARK = "bookmark"
    SLEEP = "sleep"
    MOON = "moon"
    LOOK = "look"
    CLOSE = "close"
    CHECK = "check"
    MINUS = "minus"
    PLUS = "plus"
    TO_VOICE = "to_voice"
    NOTE = "note"
    COPY = "copy"
    HIGHLIGHTED = "highlighted"
    UNDERLINED = "underlined"
    STRUCK = "struck"
    WAVY = "wavy"
    DELETE = "delete"
    FIND = "find"
    LIST = "list"
    GRID = "grid"
    UP = "up"
    DOWN = "down"
    BACK = "back"
    REPLY = "reply"


def paint_icon(painter: QPainter, icon: Icon, box: QRectF, colour: QColor) -> None:
    """Draw `icon` in `colour`, its grid filling `box`; crisp at any scale."""
    stroked, filled = _paths(icon)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / GRID, box.height() / GRID)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(
        QPen(
            colour,
            STROKE,
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
    )
    painter.drawPath(stroked)
    painter.fillPath(filled, colour)
    painter.restore()


@cache
def _paths(icon: Icon) -> tuple[QPainterPath, QPainterPath]:
    stroked, filled = QPainterPath(), QPainterPath()
    _DRAWINGS[icon](stroked, filled)
    return stroked, filled


def _line(path: QPainterPath, *points: tuple[float, float]) -> None:
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)


def _library(stroked: QPainterPath, _filled: QPainterPath) -> None:
    for side in (-1, 1):  # the two pages of an open book
        stroked.moveTo(10, 5.6)
        stroked.cubicTo(10 + side * 1.2, 4.2, 10 + side * 3.4, 3.8, 10 + side * 7, 3.8)
        stroked.lineTo(10 + side * 7, 14.6)
        stroked.cubicTo(10 + side * 3.4, 14.6, 10 + side * 1.2, 15, 10, 16.3)
    _line(stroked, (10, 5.6), (10, 16.3))


def _contents(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _line(stroked, (3.5, 5), (16.5, 5))
    _line(stroked, (3.5, 10), (12.5, 10))
    _line(stroked, (3.5, 15), (14.8, 15))


def _margin(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _line(stroked, (4, 4), (16, 4), (16, 13), (9, 13), (5.4, 16.4), (5.4, 13), (4, 13), (4, 4))


def _menu(_stroked: QPainterPath, filled: QPainterPath) -> None:
    for y in (4.6, 10, 15.4):
        filled.addEllipse(QPointF(10, y), 1.25, 1.25)


def _previous(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _line(stroked, (4.2, 4.6), (4.2, 15.4))
    _line(stroked, (15, 4.8), (7.6, 10), (15, 15.2), (15, 4.8))


def _next(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _line(stroked, (15.8, 4.6), (15.8, 15.4))
    _line(stroked, (5, 4.8), (12.4, 10), (5, 15.2), (5, 4.8))


def _play(stroked: QPainterPath, filled: QPainterPath) -> None:
    for path in (stroked, filled):  # the stroke rounds the corners
        _line(path, (7.2, 4.8), (15.4, 10), (7.2, 15.2), (7.2, 4.8))


def _pause(_stroked: QPainterPath, filled: QPainterPath) -> None:
    for x in (5.4, 11.2):
        filled.addRoundedRect(QRectF(x, 4.4, 3.4, 11.2), 1.2, 1.2)


def _bookmark(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _line(stroked, (5.5, 3.5), (14.5, 3.5), (14.5, 16.5), (10, 12.8), (5.5, 16.5), (5.5, 3.5))


def _sleep(stroked: QPainterPath, _filled: QPainterPath) -> None:
    stroked.addEllipse(QPointF(10, 10), 6.8, 6.8)  # a clock: the moon stands for the dark
    _line(stroked, (10, 6), (10, 10), (12.8, 11.8))


def _moon(stroked: QPainterPath, _filled: QPainterPath) -> None:
    stroked.moveTo(8.2, 3.4)
    stroked.cubicTo(6.6, 8.4, 10.6, 13.4, 16.4, 12.2)
    stroked.cubicTo(15.2, 15.2, 12.5, 16.8, 9.8, 16.6)
    stroked.cubicTo(6, 16.3, 3.3, 13.2, 3.4, 9.6)
    stroked.cubicTo(3.5, 6.8, 5.3, 4.3, 8.2, 3.4)


def _look(stroked: QPainterPath, filled: QPainterPath) -> None:
    stroked.addEllipse(QPointF(10, 10), 6.4, 6.4)  # one half light, one dark
    filled.moveTo(10, 3.6)
    filled.arcTo(QRectF(3.6, 3.6, 12.8, 12.8), 90, 180)
    filled.closeSubpath()


def _close(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _line(stroked, (5.6, 5.6), (14.4, 14.4))
    _line(stroked, (14.4, 5.6), (5.6, 14.4))


def _check(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _line(stroked, (4.4, 10.6), (8.2, 14.2), (15.6, 5.8))


def _minus(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _line(stroked, (5, 10), (15, 10))


def _plus(stroked: QPainterPath, filled: QPainterPath) -> None:
    _minus(stroked, filled)
    _line(stroked, (10, 5), (10, 15))


def _to_voice(stroked: QPainterPath, _filled: QPainterPath) -> None:
    for x, half in ((4, 1.6), (8, 4.6), (12, 6.4), (16, 2.6)):  # a voice, as a level meter shows it
        _line(stroked, (x, 10 - half), (x, 10 + half))


def _note(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _line(stroked, (4.2, 15.8), (5.2, 12), (13, 4.2), (15.8, 7), (8, 14.8), (4.2, 15.8))
    _line(stroked, (11.2, 6), (14, 8.8))


def _copy(stroked: QPainterPath, _filled: QPainterPath) -> None:
    stroked.addRoundedRect(QRectF(7.4, 7.4, 8.8, 8.8), 1.6, 1.6)
    _line(stroked, (4.6, 12.4), (3.8, 12.4), (3.8, 3.8), (12.4, 3.8), (12.4, 4.6))


def _letter(path: QPainterPath) -> None:
    _line(path, (5.8, 12.6), (10, 3.2), (14.2, 12.6))
    _line(path, (7.3, 9.4), (12.7, 9.4))


def _highlighted(stroked: QPainterPath, filled: QPainterPath) -> None:
    _letter(stroked)
    filled.addRoundedRect(QRectF(3.4, 14.6, 13.2, 3.4), 1.2, 1.2)


def _underlined(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _letter(stroked)
    _line(stroked, (4, 16.4), (16, 16.4))


def _struck(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _line(stroked, (5.4, 15), (10, 4.6), (14.6, 15))
    _line(stroked, (2.8, 11), (17.2, 11))


def _wavy(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _letter(stroked)
    stroked.moveTo(4, 16.4)
    for number in range(4):
        left = 4 + number * 3.0
        side = 2.6 if number % 2 else -2.6
        stroked.quadTo(left + 1.5, 16.4 + side, left + 3, 16.4)


def _delete(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _line(stroked, (4, 5.8), (16, 5.8))
    _line(stroked, (8, 5.4), (8, 3.6), (12, 3.6), (12, 5.4))
    _line(stroked, (5.6, 6), (6.3, 16.2), (13.7, 16.2), (14.4, 6))


def _find(stroked: QPainterPath, _filled: QPainterPath) -> None:
    stroked.addEllipse(QPointF(8.8, 8.8), 5, 5)
    _line(stroked, (12.5, 12.5), (16.2, 16.2))


def _up(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _line(stroked, (5, 12.4), (10, 7.4), (15, 12.4))


def _down(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _line(stroked, (5, 7.6), (10, 12.6), (15, 7.6))


def _list(stroked: QPainterPath, filled: QPainterPath) -> None:
    for y in (5, 10, 15):
        _line(stroked, (7.5, y), (16.5, y))
        filled.addEllipse(QPointF(4, y), 1.1, 1.1)


def _grid(stroked: QPainterPath, _filled: QPainterPath) -> None:
    for x in (3.8, 11.2):
        for y in (3.8, 11.2):
            stroked.addRoundedRect(QRectF(x, y, 5, 5), 1, 1)


def _back(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _line(stroked, (16, 10), (4.2, 10))
    _line(stroked, (9, 5.2), (4.2, 10), (9, 14.8))


def _reply(stroked: QPainterPath, _filled: QPainterPath) -> None:
    _line(stroked, (8, 4.5), (3.5, 9), (8, 13.5))
    stroked.moveTo(3.5, 9)
    stroked.lineTo(11.5, 9)
    stroked.cubicTo(15, 9, 16.5, 11.5, 16.5, 15.5)


_DRAWINGS: dict[Icon, Callable[[QPainterPath, QPainterPath], None]] = {
    Icon.LIBRARY: _library,
    Icon.CONTENTS: _contents,
    Icon.MARGIN: _margin,
    Icon.MENU: _menu,
    Icon.PREVIOUS: _previous,
    Icon.NEXT: _next,
    Icon.PLAY: _play,
    Icon.PAUSE: _pause,
    Icon.BOOKMARK: _bookmark,
    Icon.SLEEP: _sleep,
    Icon.MOON: _moon,
    Icon.LOOK: _look,
    Icon.CLOSE: _close,
    Icon.CHECK: _check,
    Icon.MINUS: _minus,
    Icon.PLUS: _plus,
    Icon.TO_VOICE: _to_voice,
    Icon.NOTE: _note,
    Icon.COPY: _copy,
    Icon.HIGHLIGHTED: _highlighted,
    Icon.UNDERLINED: _underlined,
    Icon.STRUCK: _struck,
    Icon.WAVY: _wavy,
    Icon.DELETE: _delete,
    Icon.FIND: _find,
    Icon.LIST: _list,
    Icon.GRID: _grid,
    Icon.UP: _up,
    Icon.DOWN: _down,
    Icon.BACK: _back,
    Icon.REPLY: _reply,
}
