"""How the text looks, as screen readers are told: what is emphasised, linked, marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtGui import QTextCharFormat

from reader.text.document import Block, InlineKind, Section
from reader.ui.look.theme import Theme
from reader.ui.view.accessible.text_mirror import MirroredRun
from reader.ui.view.decorations import Decoration, LineStyle
from reader.ui.view.layout.block_styles import BlockStyle
from reader.ui.view.layout.inline_formats import InlineFormats, SectionInlines

_BOLD = 700
_UNDERLINES = {
    LineStyle.UNDERLINE: QTextCharFormat.UnderlineStyle.SingleUnderline,
    LineStyle.SQUIGGLE: QTextCharFormat.UnderlineStyle.WaveUnderline,
}


class TextLooks:
    """The looks of one section's text in one theme, on a screen of `dots_per_inch`."""

    def __init__(self, section: Section, theme: Theme, dots_per_inch: int) -> None:
        self._points_per_pixel = 72 / dots_per_inch
        self._palette = theme.palette
        self._inlines = SectionInlines(section)
        self._formats = InlineFormats(theme)

    def of_block(self, block: Block, style: BlockStyle) -> Iterator[MirroredRun]:
        """Yield how a block looks, and then what differs in it."""
        usual = QTextCharFormat()
        usual.setFont(style.font)
        self._tell_size_and_weight(usual, style.weight)
        usual.setForeground(self._palette.soft if style.is_soft else self._palette.ink)
        yield MirroredRun(block.start, block.end, usual)
        inlines = self._inlines.overlapping(block.start, block.end)
        runs = self._formats.runs_of(
            inlines,
            block.start,
            block.end,
            size=style.size,
            weight=style.weight,
            is_interface=style.is_interface,
        )
        for run in runs:
            start, end = block.start + run.start, block.start + run.end
            look = QTextCharFormat(run.format)
            is_strong = any(
                inline.kind is InlineKind.STRONG and inline.start <= start < inline.end
                for inline in inlines
            )
            self._tell_size_and_weight(look, max(style.weight, _BOLD if is_strong else 0))
            yield MirroredRun(start, end, look)

    def of_marks(self, marks: Sequence[Decoration], block: Block) -> Iterator[MirroredRun]:
        """Yield how the marked passages in a block look."""
        for mark in marks:
            start, end = max(mark.span.start, block.start), min(mark.span.end, block.end)
            if start >= end:
                continue
            look = QTextCharFormat()
            if mark.line is None:
                look.setBackground(self._palette.highlight(mark.colour))
            elif mark.line is LineStyle.STRIKE:
                look.setFontStrikeOut(True)
            else:
                look.setUnderlineStyle(_UNDERLINES[mark.line])
            yield MirroredRun(start, end, look)

    def _tell_size_and_weight(self, look: QTextCharFormat, weight: int) -> None:
        """Have Qt tell what our fonts keep in pixels, and on an axis of their own."""
        look.setFontPointSize(look.font().pixelSize() * self._points_per_pixel)
        look.setFontWeight(weight)
