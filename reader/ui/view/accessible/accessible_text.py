"""Lets screen readers read the text of a reading view, and follow its caret and selection."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import (
    QAccessible,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextSelectionEvent,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import Shiboken, VoidPtr

from reader.text.document import Block, BlockKind, Document, Place, Span
from reader.text.lazy_sections import readable_section
from reader.ui.announcing import announce
from reader.ui.view.accessible.heading_handles import HeadingHandles, heading_at
from reader.ui.view.accessible.text_looks import TextLooks
from reader.ui.view.accessible.text_mirror import MirroredLine, MirroredRun, TextMirror
from reader.ui.view.decorations import NOTES_GROUP, Decoration
from reader.ui.view.layout.block_styles import StyleSheet

if TYPE_CHECKING:
    from reader.ui.view.caret_moves import CaretMoves
    from reader.ui.view.reading_view import ReadingView

HOW_TO_READ = "Space: the voice reads. F7: the arrow keys move through the text."
CARET_MOVES = "The arrow keys move through the text"
VOICE_MOVES = "The arrow keys move the voice"

_NO_INTERFACE = 0
_MOST_LINES = 400
"""Lines of what is on the screen whose places are told: a bound for endless paragraphs."""


class AccessibleReadingView(QAccessibleWidget):
    """A document whose text is that of the section being read.

    A mirror of the text answers for it, brought up to what the view shows when a screen reader
    asks, and not before.
    """

    def __init__(self, view: ReadingView) -> None:
        super().__init__(view, QAccessible.Role[view.ACCESSIBLE_ROLE], "")
        self._view = view
        self._document: Document | None = None
        self._section = 0
        self._screen: object = None
        self._heading: Block | None = None  # the caret is in
        self._headings = HeadingHandles(view)
        self._mirror = mirror = TextMirror(self._offset_at)
        mirror.caret_wanted.connect(self._on_caret_wanted)
        mirror.selection_wanted.connect(self._on_selection_wanted)
        view.destroyed.connect(mirror.deleteLater)
        view.selection_changed.connect(self._on_selection_changed)
        view.caret_moved.connect(self._on_caret_moved)
        view.caret_mode_changed.connect(self._on_caret_mode_changed)

    def text(self, kind: QAccessible.Text, /) -> str:
        """Return the document's title as the name, and what the keys do as the description."""
        document = self._view.document
        if document is None:
            return ""
        match kind:
            case QAccessible.Text.Name:
                return document.title
            case QAccessible.Text.Description:
                return HOW_TO_READ
            case _:
                return ""

    # the stub says int, which crashes; Qt takes an address
    def interface_cast(  # type: ignore[override]
        self, kind: QAccessible.InterfaceType, /
    ) -> VoidPtr:
        """Return the address of the text interface.

        WORKAROUND(PySide6 6.11): anything but a VoidPtr, None included, crashes under AT-SPI.
        """
        if kind is not QAccessible.InterfaceType.TextInterface or self._view.document is None:
            return VoidPtr(_NO_INTERFACE)
        self._bring_up()
        return VoidPtr(Shiboken.getCppPointer(self._mirror.text_interface())[0])

    # the stub doesn't know that there may be nothing
    def childAt(self, x: int, y: int, /) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the heading, card or control at a point of the screen; None where text is.

        Without it the viewport would be found, which has no text for who points at a word.
        """
        child: QAccessibleInterface | None = super().childAt(x, y)
        found = None if child is None else _deepest_at(child, x, y)
        return found if found is not None and found.text(QAccessible.Text.Name) else None

    def _bring_up(self) -> None:
        """Bring the mirror up to the section being read and to what of it is on the screen."""
        view, document = self._view, self._view.document
        top = view.first_visible_place()
        here = view.caret or top
        if document is None or here is None:
            return
        if document is not self._document or here.section != self._section:
            self._document, self._section, self._screen = document, here.section, None
            self._mirror.set_text(_shown_text(document, here.section))
        corner = view.viewport().mapToGlobal(QPoint(0, 0))
        line = None if top is None else view.line_top_of(top)
        theme, marks = view.theme, view.decorations_of(NOTES_GROUP)
        screen = (corner, top, line, view.column_rect(), theme.scale, theme.palette, marks)
        if screen == self._screen:
            return
        self._screen = screen
        lines = _lines_on_screen(view, document, self._section)
        runs = _runs_on_screen(view, document, self._section, marks)
        self._mirror.lay_over(corner, list(lines), list(runs))
        if view.caret is None and top is not None and top.section == self._section:
            self._mirror.set_cursor(top.offset, top.offset)

    def _offset_at(self, point: QPoint) -> int | None:
        place = self._view.place_at(point)
        return place.offset if place is not None and place.section == self._section else None

    def _on_selection_changed(self, span: Span | None) -> None:
        if not QAccessible.isActive() or self._view.document is None:
            return
        self._bring_up()
        here = 0 if self._view.caret is None else self._view.caret.offset
        start, end = (here, here) if span is None else (span.start, span.end)
        first, last = self._mirror.set_cursor(start, end)
        QAccessible.updateAccessibility(QAccessibleTextSelectionEvent(self._view, first, last))

    def _on_caret_moved(self) -> None:
        caret = self._view.caret
        if not QAccessible.isActive() or caret is None:
            return
        self._bring_up()
        position, _ = self._mirror.set_cursor(caret.offset, caret.offset)
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(self._view, position))
        before, self._heading = self._heading, self._heading_at(caret)
        if self._heading is not None and self._heading is not before:
            announce(self._view, f"Heading level {self._heading.level}")

    def _heading_at(self, place: Place) -> Block | None:
        document = self._view.document
        return None if document is None else heading_at(document, place)

    def _on_caret_mode_changed(self, is_on: bool) -> None:
        announce(self._view, CARET_MOVES if is_on else VOICE_MOVES)

    def _on_caret_wanted(self, offset: int) -> None:
        place = Place(self._section, offset)
        self._view.set_caret(place)
        self._view.show_line(place)

    def _on_selection_wanted(self, start: int, end: int) -> None:
        self._view.select(Span(self._section, start, end))


def _deepest_at(interface: QAccessibleInterface, x: int, y: int) -> QAccessibleInterface:
    child: QAccessibleInterface | None = interface.childAt(x, y)
    return interface if child is None else _deepest_at(child, x, y)


def _shown_text(document: Document, number: int) -> str:
    """Return a section's text with its line feeds as they are shown: as spaces but in code."""
    section = readable_section(document.sections, number)
    if section is None:
        return ""
    parts, done = [], 0
    for block in section.blocks:
        if block.kind is not BlockKind.CODE:
            parts.append(section.text[done : block.start])
            parts.append(section.text[block.start : block.end].replace("\n", " "))
            done = block.end
    return "".join((*parts, section.text[done:]))


def _lines_on_screen(view: ReadingView, document: Document, number: int) -> Iterator[MirroredLine]:
    """Give all lines of the blocks that are on the screen, those above and below it included."""
    moves = view.caret_moves()
    if moves is None:
        return
    styles = StyleSheet(view.theme)
    left = 0
    for block, previous in _blocks_on_screen(view, document, number):
        style = styles.style_of(block, previous)
        for start, end in islice(_line_ranges(moves, number, block), _MOST_LINES):
            boxes = view.rects_of(Span(number, start, end))
            left = boxes[0].left() if boxes else left
            at = QPointF(left, view.line_top_of(Place(number, start)))
            yield MirroredLine(start, end, at, style.baseline)


def _runs_on_screen(
    view: ReadingView, document: Document, number: int, marks: Iterable[Decoration]
) -> Iterator[MirroredRun]:
    """Give how the blocks that are on the screen look, passages with notes included."""
    blocks = list(_blocks_on_screen(view, document, number))
    if not blocks:
        return
    screen = Span(number, blocks[0][0].start, blocks[-1][0].end)
    seen = [mark for mark in marks if mark.span.overlaps(screen)]
    seen.sort(key=lambda mark: (mark.span.start, mark.span.end))
    styles = StyleSheet(view.theme)
    looks = TextLooks(document.sections[number], view.theme, view.logicalDpiY())
    for block, previous in blocks:
        yield from looks.of_block(block, styles.style_of(block, previous))
        yield from looks.of_marks(seen, block)


def _blocks_on_screen(
    view: ReadingView, document: Document, number: int
) -> Iterator[tuple[Block, Block | None]]:
    """Give the section's blocks that are on the screen, each with the one before it."""
    spans = [span for span in view.visible_spans() if span.section == number]
    if not spans:
        return
    section = readable_section(document.sections, number)
    blocks = () if section is None else section.blocks
    first = bisect_right(blocks, spans[0].start, key=lambda block: block.end)
    for index in range(first, len(blocks)):
        if blocks[index].start >= spans[-1].end:
            return
        yield blocks[index], blocks[index - 1] if index else None


def _line_ranges(moves: CaretMoves, number: int, block: Block) -> Iterator[tuple[int, int]]:
    start = block.start
    while start < block.end:
        end = moves.line_edge(Place(number, start), is_start=False).offset
        if end <= start:
            return
        yield start, min(end, block.end)
        start = end
