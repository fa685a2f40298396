"""Emphasis, links, code and the like inside a paragraph, as text formats of the present theme."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import sub

from PySide6.QtGui import QTextCharFormat

from reader.text.document import Inline, InlineKind, Section
from reader.text.late_rows import extents_of
from reader.ui.look.theme import Theme
from reader.ui.view.layout.block_styles import TEXT_SIZE
from reader.ui.view.layout.paragraph_layout import FormatRun

_UNSEEN = frozenset((InlineKind.LANGUAGE, InlineKind.PICTURE))
_RAISED = frozenset((InlineKind.SUPERSCRIPT, InlineKind.NOTE_REFERENCE))


class SectionInlines:
    """Finds the inline runs of one section by range."""

    def __init__(self, section: Section) -> None:
        self._inlines = section.inlines
        self._starts, ends = extents_of(section.inlines)
        self._longest = max(map(sub, ends, self._starts), default=0)

    def overlapping(self, start: int, end: int) -> list[Inline]:
        """Return the runs that share a character with [start, end)."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, end, first)
        return [inline for inline in self._inlines[first:last] if inline.end > start]

    def pictures(self, start: int, end: int) -> list[Inline]:
        """Return the pictures in the lines of [start, end), those that nothing describes too."""
        first = bisect_left(self._starts, start)
        last = bisect_right(self._starts, end, first)
        return [
            inline
            for inline in self._inlines[first:last]
            if inline.kind is InlineKind.PICTURE
            and (inline.start < end or inline.start == inline.end)
        ]


class InlineFormats:
    """Makes the format runs of paragraphs; made anew when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._formats: dict[tuple[frozenset[InlineKind], float, int, bool], QTextCharFormat] = {}

    def runs_of(
        self,
        inlines: Sequence[Inline],
        start: int,
        end: int,
        *,
        size: float = TEXT_SIZE,
        weight: int = 400,
        is_interface: bool = False,
    ) -> list[FormatRun]:
        """Return [start, end) of a section cut where formats change; offsets count from `start`.

        `size` and `weight` are those of the text around the runs, before the scale.
        """
        shown = [inline for inline in inlines if inline.kind not in _UNSEEN]
        if not shown:
            return []
        edges = {start, end}
        for inline in shown:
            edges.update(e for e in (inline.start, inline.end) if start < e < end)
        cuts = sorted(edges)
        runs = []
        for left, right in pairwise(cuts):
            kinds = frozenset(i.kind for i in shown if i.start <= left and i.end >= right)
            if kinds:
                made = self._format_of(kinds, size, weight, is_interface)
                runs.append(FormatRun(left - start, right - start, made))
        return runs

    def _format_of(
        self, kinds: frozenset[InlineKind], size: float, weight: int, is_interface: bool
    ) -> QTextCharFormat:
        key = (kinds, size, weight, is_interface)
        made = self._formats.get(key)
        if made is None:
            made = self._formats[key] = self._make(kinds, size, weight, is_interface)
        return made

    def _make(
        self, kinds: frozenset[InlineKind], size: float, weight: int, is_interface: bool
    ) -> QTextCharFormat:
        theme, palette = self._theme, self._theme.palette
        made = QTextCharFormat()
        is_italic = InlineKind.EMPHASIS in kinds
        heaviness = max(weight, 700) if InlineKind.STRONG in kinds else weight
        if InlineKind.CODE in kinds:
            made.setFont(theme.spaced(theme.code_font(round(size * 0.84), heaviness)))
        elif is_interface:
            made.setFont(theme.spaced(theme.interface_font(size, heaviness, is_italic)))
        else:
            made.setFont(theme.spaced(theme.text_font(size, heaviness, is_italic)))
        if kinds & _RAISED:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSuperScript)
        if InlineKind.SUBSCRIPT in kinds:
            made.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignSubScript)
        if InlineKind.NOTE_REFERENCE in kinds:
            made.setForeground(palette.soft)
        if InlineKind.STRIKE in kinds:
            made.setFontStrikeOut(True)
        if InlineKind.LINK in kinds:
            made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            made.setUnderlineColor(palette.soft)
        return made
