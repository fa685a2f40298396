"""Where a caret goes by character, word, line and to the ends of lines and of the text."""

from __future__ import annotations

from reader.text.document import Place
from reader.ui.view.layout.text_items import Frame
from reader.ui.view.scroll_anchor import ScrollAnchor

_STEPS = 8
"""Half lines looked across for the next line, over the space between blocks."""


class CaretMoves:
    """Moves over the text at one place of its scrolling."""

    def __init__(self, anchor: ScrollAnchor, line_height: float) -> None:
        self._anchor = anchor
        self._flow = anchor.flow
        self._half_line = line_height / 2

    def beside(self, caret: Place, *, is_forward: bool, by_word: bool) -> Place:
        """Return the place one character or word on, also from block to block."""
        index = self._flow.index_of(caret)
        frame = self._flow.item(index).frame_of(caret.offset)
        inside = _inside(caret, frame)
        moved = frame.layout.neighbour(inside, is_forward=is_forward, by_word=by_word)
        if moved != inside:
            return Place(caret.section, frame.start + moved)
        return self._flow.place_across_blocks(index, frame, is_forward=is_forward) or caret

    def above_or_below(self, caret: Place, *, is_below: bool) -> Place:
        """Return the place one line on, as nearly straight above or below as there is text."""
        frame = self._flow.item(self._flow.index_of(caret)).frame_of(caret.offset)
        x = frame.x + frame.layout.x_of(_inside(caret, frame))
        top, bottom = self._anchor.line_at(caret)
        for step in range(1, _STEPS):
            y = bottom + step * self._half_line if is_below else top - step * self._half_line
            found = self._anchor.place_at(x, y)
            if self._anchor.line_at(found)[0] != top:
                return found
        return caret

    def line_edge(self, caret: Place, *, is_start: bool) -> Place:
        """Return where the caret's line begins or ends."""
        start, end = self._flow.item(self._flow.index_of(caret)).line_edges(caret.offset)
        return Place(caret.section, start if is_start else end)

    def text_end(self, *, is_start: bool) -> Place:
        """Return where the text begins or ends."""
        return self._flow.first_place() if is_start else self._flow.last_place()


def _inside(caret: Place, frame: Frame) -> int:
    return min(max(caret.offset, frame.start), frame.end) - frame.start
