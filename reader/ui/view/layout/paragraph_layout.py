"""One paragraph laid out: lines on whole pixels, boxes of ranges, the place under a point."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from reader.text.utf16 import Utf16Map
from reader.ui.view.layout.block_styles import BlockStyle
from reader.values import value

_AS_SPACE = dict.fromkeys(map(ord, "\n\r\v\f\x1c\x1d\x1e\x85\u2029"), " ")
"""What Qt would break lines at. The author's own line break, U+2028, is left to do so."""

_AS_LINE_BREAK = _AS_SPACE | {ord("\n"): "\u2028"}
_TURNING = frozenset(("R", "AL", "RLE", "RLO", "RLI"))
"""Bidirectional classes that make part of a line run from right to left."""
_FIRST_RIGHT_TO_LEFT = "\u0590"
_SLIVER = 1.5
"""Pixels no character is as narrow as: the last one's overhang under the spaces behind it."""
_HANGING = 4
"""Characters by which the rest of a broken line of code stands further in than its beginning."""
_MOST_HANGING = 0.4
_TALLEST = 1.2
"""How much taller than its line's height text may be before the line grows."""


@value
class FormatRun:
    """The range [start, end) of a paragraph, in its own code points, in another format."""

    start: int
    end: int
    format: QTextCharFormat


@value
class LineBox:
    """Part of a line from `left` to `right`; `top` and `bottom` are those of the whole line.

    `ascent` is how far the letters of its typeface reach above `baseline`, with their accents.
    """

    line: int
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    ascent: float

    def rect(self) -> QRectF:
        """Return it as Qt's."""
        return QRectF(self.left, self.top, self.right - self.left, self.bottom - self.top)


class ParagraphLayout:
    """A text laid out in a style and a width. Offsets are code points of this text.

    What is shown has as many characters as the text: a line feed shows as a space, in code as a
    new line.
    """

    def __init__(
        self,
        text: str,
        style: BlockStyle,
        width: float,
        runs: Sequence[FormatRun] = (),
        *,
        is_indented: bool = True,
    ) -> None:
        self._utf16 = Utf16Map(text)
        self._length = len(text)
        self.width = width
        self._is_mixed = _has_right_to_left(text)
        self.is_right_to_left = self._is_mixed and not style.is_code and _runs_right_to_left(text)
        shown = text.translate(_AS_LINE_BREAK if style.is_code else _AS_SPACE)
        self._layout = QTextLayout(shown, style.font)
        self._layout.setCacheEnabled(True)
        self._layout.setTextOption(self._option(style))
        if runs:
            self._layout.setFormats([self._format_range(run) for run in runs])
        self._tops: list[float] = []
        self._starts: list[int] = []
        self._lines: list[QTextLine] = []
        self.height = self._break_lines(style, width, is_indented)

    @property
    def line_count(self) -> int:
        """How many lines it has; at least one."""
        return len(self._lines)

    def _option(self, style: BlockStyle) -> QTextOption:
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTabStopDistance(style.line_height * 1.25)
        if self.is_right_to_left:
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            option.setAlignment(Qt.AlignmentFlag.AlignRight)
        else:
            option.setTextDirection(Qt.LayoutDirection.LeftToRight)
        return option

    def _format_range(self, run: FormatRun) -> QTextLayout.FormatRange:
        start = self._utf16.to_utf16(run.start)
        made = QTextLayout.FormatRange()
        made.start = start
        made.length = self._utf16.to_utf16(run.end) - start
        made.format = run.format
        return made

    def _break_lines(self, style: BlockStyle, width: float, is_indented: bool) -> float:
        indent = style.first_line_indent if is_indented else 0.0
        top = 0.0
        layout = self._layout
        hanging = _Hanging(layout.text(), style) if style.is_code else None
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            if hanging is not None:
                indent = hanging.indent_at(line.textStart(), width)
            line.setLineWidth(max(width - indent, 1.0))
            ascent, needed = line.ascent(), line.ascent() + line.descent()
            # a script or picture character far taller than the typeface gets the room it needs
            is_tall = needed > style.line_height * _TALLEST
            baseline = round(max(style.baseline, ascent)) if is_tall else style.baseline
            # a right-to-left line begins at the right: its indent is the room left over there
            left = 0.0 if self.is_right_to_left else indent
            line.setPosition(QPointF(left, round(top) + baseline - ascent))
            self._tops.append(round(top))
            self._starts.append(line.textStart())
            self._lines.append(line)
            top += needed + baseline - ascent if is_tall else style.line_height
            indent = 0.0
        layout.endLayout()
        return round(top)

    @property
    def natural_width(self) -> float:
        """How wide its longest line is."""
        return max(line.naturalTextRect().right() for line in self._lines)

    def line_of(self, offset: int) -> int:
        """Return the number of the line that shows the character at `offset`."""
        return self._line_of_utf16(self._utf16.to_utf16(offset))

    def line_top(self, line: int) -> float:
        """Return a line's top; neighbouring lines touch and never overlap."""
        return self._tops[line]

    def line_bottom(self, line: int) -> float:
        """Return a line's bottom, which is the next one's top."""
        return self._tops[line + 1] if line + 1 < len(self._tops) else self.height

    def line_at(self, y: float) -> int:
        """Return the line at `y`, the nearest one if there is none."""
        return max(bisect_right(self._tops, y) - 1, 0)

    def line_range(self, line: int) -> tuple[int, int]:
        """Return where a line starts and ends, in the paragraph's code points."""
        start = self._starts[line]
        last = line + 1 == len(self._starts)
        end = self._utf16.to_utf16(self._length) if last else self._starts[line + 1]
        return self._utf16.to_code_point(start), self._utf16.to_code_point(end)

    def boxes(self, start: int, end: int) -> list[LineBox]:
        """Return the boxes of the range [start, end): one a line, more in mixed directions."""
        start, end = max(start, 0), min(end, self._length)
        if start >= end:
            return []
        first, last = self._utf16.to_utf16(start), self._utf16.to_utf16(end)
        boxes = []
        for number in range(self._line_of_utf16(first), self._line_of_utf16(last - 1) + 1):
            line = self._lines[number]
            line_start = line.textStart()
            begin = max(first, line_start)
            stop = min(last, line_start + line.textLength())
            top, bottom = self._tops[number], self.line_bottom(number)
            ascent = line.ascent()
            baseline = line.y() + ascent
            for left, right in self._extents(line, begin, stop):
                boxes.append(LineBox(number, left, top, right, bottom, baseline, ascent))
        return boxes

    def _extents(self, line: QTextLine, begin: int, stop: int) -> list[tuple[float, float]]:
        """Return what the UTF-16 range takes up in its line, from left to right."""
        if not self._is_mixed:
            left = _x_of(line, begin)
            # spaces at a line's end take no room
            right = min(_x_of(line, stop), line.naturalTextRect().right())
            return [(left, right)] if right - left > _SLIVER else []
        extents: list[tuple[float, float]] = []
        # Qt repeats glyph runs in mixed lines; their union is right
        found = sorted(
            (box.left(), box.right())
            for box in (run.boundingRect() for run in line.glyphRuns(begin, stop - begin))
            if box.width() > 0
        )
        for left, right in found:
            if extents and left <= extents[-1][1] + 0.5:
                extents[-1] = (extents[-1][0], max(extents[-1][1], right))
            else:
                extents.append((left, right))
        return extents

    def x_of(self, offset: int) -> float:
        """Return the x at which a caret before the character at `offset` stands."""
        position = self._utf16.to_utf16(offset)
        return _x_of(self._lines[self._line_of_utf16(position)], position)

    def offset_at(self, x: float, y: float, *, is_caret: bool = True) -> int:
        """Return the offset nearest to a point; the character under it if not `is_caret`."""
        line = self._lines[self.line_at(y)]
        mode = QTextLine.CursorPosition
        wanted = mode.CursorBetweenCharacters if is_caret else mode.CursorOnCharacter
        position = line.xToCursor(x, wanted)
        is_last = line.lineNumber() + 1 == len(self._lines)
        if not is_last and position >= line.textStart() + line.textLength():
            # behind a line's last character, not before the next line's first
            position = self._layout.previousCursorPosition(position)
        return min(self._utf16.to_code_point(position), self._length)

    def neighbour(self, offset: int, *, is_forward: bool, by_word: bool) -> int:
        """Return the next place for a caret after or before `offset`, by character or by word."""
        modes = QTextLayout.CursorMode
        mode = modes.SkipWords if by_word else modes.SkipCharacters
        position = self._utf16.to_utf16(offset)
        if is_forward:
            found = self._layout.nextCursorPosition(position, mode)
        else:
            found = self._layout.previousCursorPosition(position, mode)
        return self._utf16.to_code_point(found)

    def draw(
        self,
        painter: QPainter,
        at: QPointF,
        clip: QRectF,
        overlay: Sequence[FormatRun] = (),
    ) -> None:
        """Draw the lines within `clip` in the painter's pen, `overlay` in formats of its own."""
        self._layout.draw(painter, at, [self._format_range(run) for run in overlay], clip)

    def _line_of_utf16(self, position: int) -> int:
        return max(bisect_right(self._starts, position) - 1, 0)


def _x_of(line: QTextLine, position: int) -> float:
    x, _settled_on = cast(tuple[float, int], line.cursorToX(position))
    return x


def _has_right_to_left(text: str) -> bool:
    if text.isascii() or max(text, default="") < _FIRST_RIGHT_TO_LEFT:
        return False
    return any(unicodedata.bidirectional(c) in _TURNING for c in set(text))


def _runs_right_to_left(text: str) -> bool:
    # most texts have no such letter, and the first frame waits for every module
    from reader.text.direction import runs_right_to_left

    return runs_right_to_left(text)


class _Hanging:
    """How far the rest of a line of code is set in, where the line had to be broken."""

    def __init__(self, shown: str, style: BlockStyle) -> None:
        self._shown = shown
        self._advance = QFontMetricsF(style.font).horizontalAdvance("0")

    def indent_at(self, start: int, width: float) -> float:
        """Return the indent of a line that starts there, in UTF-16 units of the shown text."""
        # an emoji before it moves the start by a unit or so: what is looked for is a line's end
        begin = self._shown.rfind("\u2028", 0, start) + 1
        if begin == start or start == 0:
            return 0.0
        line = self._shown[begin:start]
        own = len(line) - len(line.lstrip(" \t"))
        return min((own + _HANGING) * self._advance, width * _MOST_HANGING)
