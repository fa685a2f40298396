"""A copy of a section in an editor that is never shown: Qt answers screen readers from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleTextInterface,
    QPainterPath,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextDocumentLayout, QPlainTextEdit

from reader.text.utf16 import Utf16Map
from reader.values import value

_AS_WIDE_AS_NEEDED = 1e6


@value
class MirroredLine:
    """A line as the view shows it: [start, end) of the section, and where its first letter is.

    `at` is the line's left top corner in the view's viewport; `baseline` counts from there.
    """

    start: int
    end: int
    at: QPointF
    baseline: float


@value
class MirroredRun:
    """How [start, end) of the section looks, over what runs before it say of the same letters."""

    start: int
    end: int
    format: QTextCharFormat


class _PointedLayout(QPlainTextDocumentLayout):
    """The layout of a mirror, which asks its owner what is under a point: Qt's doesn't know."""

    def __init__(self, document: QTextDocument, offset_at: Callable[[QPoint], int]) -> None:
        super().__init__(document)
        self._offset_at = offset_at

    def hitTest(
        self, point: QPointF | QPoint | QPainterPath.Element, _accuracy: Qt.HitTestAccuracy, /
    ) -> int:
        return self._offset_at(point.toPoint()) if isinstance(point, QPointF) else -1


class TextMirror(QPlainTextEdit):
    """Holds the text of one section. Offsets are its code points, but in `caret_wanted`.

    An accessible text interface written in Python can't answer about selections and attributes;
    Qt's own can. It breaks lines and places letters as it is told to, so that "the next line" and
    "where is this word" mean the same to a screen reader or a magnifier as on the screen.
    """

    caret_wanted = Signal(int)
    """A screen reader has moved the caret: the offset it wants it at."""
    selection_wanted = Signal(int, int)
    """A screen reader has selected from an offset to another."""

    def __init__(self, offset_at: Callable[[QPoint], int | None]) -> None:
        """`offset_at` tells which letter is at a point, in pixels from `lay_over`'s corner."""
        super().__init__()
        self._letter_at = offset_at
        document = QTextDocument(self)
        document.setDocumentLayout(_PointedLayout(document, self._utf16_at))
        self.setDocument(document)
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._utf16 = Utf16Map("")
        self._is_told = False
        self._looks: dict[int, list[MirroredRun]] = {}  # by the number of the block
        # what is copied here is no news to anybody: the view tells what changes
        self.document().blockSignals(True)
        self.document().setUndoRedoEnabled(False)
        self.cursorPositionChanged.connect(self._on_cursor_moved)
        self.selectionChanged.connect(self._on_cursor_moved)

    def set_text(self, text: str) -> None:
        """Hold this text, with no line known yet."""
        self._is_told = True
        self._utf16 = Utf16Map(text)
        self._looks.clear()
        self.document().setPlainText(text)
        self._is_told = False

    def set_cursor(self, start: int, end: int) -> tuple[int, int]:
        """Select from `start` to `end`, where the caret then is; return both in UTF-16."""
        first, last = self._utf16.to_utf16(start), self._utf16.to_utf16(end)
        cursor = self.textCursor()
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        self._is_told = True
        self.setTextCursor(cursor)
        self._is_told = False
        return first, last

    def lay_over(
        self, corner: QPoint, lines: Sequence[MirroredLine], runs: Sequence[MirroredRun]
    ) -> None:
        """Break and place these lines as told, their letters looking as these runs say.

        `corner` is the viewport's on the screen.
        """
        self.move(corner)
        lines = sorted(lines, key=lambda line: line.start)
        while lines:
            start = self._utf16.to_utf16(lines[0].start)
            block = self.document().findBlock(start)
            end = self._utf16.to_code_point(block.position() + block.length())
            of_block = [line for line in lines if line.start < end]
            if not of_block:
                return
            first = self._utf16.to_code_point(block.position())
            self._set_looks(block, [run for run in runs if first <= run.start < end])
            self._lay_out(block, of_block)
            lines = lines[len(of_block) :]

    def text_interface(self) -> QAccessibleTextInterface:
        """Return Qt's own text interface of this editor."""
        return QAccessible.queryAccessibleInterface(self).textInterface()

    def _utf16_at(self, point: QPoint) -> int:
        """Return the place under a point as Qt counts it, -1 where there is none."""
        offset = self._letter_at(point)
        return -1 if offset is None else self._utf16.to_utf16(offset)

    def _lay_out(self, block: QTextBlock, lines: Sequence[MirroredLine]) -> None:
        layout = block.layout()
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
        layout.setTextOption(option)
        layout.setPosition(QPointF(0, 0))
        layout.beginLayout()
        for line in lines:
            end = self._utf16.to_utf16(line.end) - block.position()
            _add_line(layout, end, line)
        rest = layout.createLine()  # what stands behind the lines that are known
        if rest.isValid():
            rest.setLineWidth(_AS_WIDE_AS_NEEDED)
            rest.setPosition(lines[-1].at)
        layout.endLayout()

    def _set_looks(self, block: QTextBlock, runs: list[MirroredRun]) -> None:
        if self._looks.get(block.blockNumber()) == runs:
            return
        self._looks[block.blockNumber()] = runs
        cursor = QTextCursor(block)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(QTextCharFormat())
        for run in runs:
            cursor.setPosition(self._utf16.to_utf16(run.start))
            cursor.setPosition(self._utf16.to_utf16(run.end), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(run.format)

    def _on_cursor_moved(self) -> None:
        if self._is_told:
            return
        cursor = self.textCursor()
        anchor, position = (
            self._utf16.to_code_point(units) for units in (cursor.anchor(), cursor.position())
        )
        if anchor == position:
            self.caret_wanted.emit(position)
        else:
            self.selection_wanted.emit(min(anchor, position), max(anchor, position))


def _add_line(layout: QTextLayout, end: int, wanted: MirroredLine) -> None:
    """Add a line up to `end`, in UTF-16 units of its block."""
    line = layout.createLine()
    if not line.isValid():
        return
    # columns are what a caret steps over: at most as many as units
    for columns in range(end - line.textStart(), 0, -1):
        line.setNumColumns(columns)
        if line.textStart() + line.textLength() <= end:
            break
    line.setPosition(wanted.at + QPointF(0, wanted.baseline - line.ascent()))
