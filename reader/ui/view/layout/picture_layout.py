"""A picture in the place of the words that describe it: one line, as wide and high as it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from reader.ui.view.layout.paragraph_layout import FormatRun, LineBox, ParagraphLayout

_FRAME = 4.0
"""Pixels by which what is painted under the words stands out around the picture."""


class PictureLayout(ParagraphLayout):
    """Behaves like the paragraph of `length` characters whose place the picture takes.

    What lies under any of them is seen as a frame around the whole picture.
    """

    def __init__(self, length: int, width: float, height: float) -> None:
        self._length = length
        self.width = width
        self.height = height
        self.is_right_to_left = False

    @property
    def line_count(self) -> int:
        return 1

    def line_of(self, _offset: int) -> int:
        return 0

    def line_top(self, _line: int) -> float:
        return 0.0

    def line_bottom(self, _line: int) -> float:
        return self.height

    def line_at(self, _y: float) -> int:
        return 0

    def line_range(self, _line: int) -> tuple[int, int]:
        return 0, self._length

    def boxes(self, start: int, end: int) -> list[LineBox]:
        if max(start, 0) >= min(end, self._length):
            return []
        bottom = self.height + _FRAME
        # a line that marks it lies right below it
        return [LineBox(0, -_FRAME, -_FRAME, self.width + _FRAME, bottom, self.height, 0)]

    def x_of(self, offset: int) -> float:
        return self.width if offset and offset >= self._length else 0.0

    def offset_at(self, x: float, _y: float, *, is_caret: bool = True) -> int:
        if x < self.width / 2 or not self._length:
            return 0
        return self._length if is_caret else self._length - 1

    def neighbour(self, offset: int, *, is_forward: bool, by_word: bool) -> int:
        del offset, by_word
        return self._length if is_forward else 0

    def draw(
        self, painter: QPainter, at: QPointF, clip: QRectF, overlay: Sequence[FormatRun] = ()
    ) -> None:
        """Draw nothing: the item paints its pictures."""
