"""How each kind of block is set: typeface, line, indents and the space around it."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetricsF

from reader.text.document import Block, BlockKind
from reader.ui.look.theme import Theme
from reader.ui.view.column import COLUMN
from reader.values import replaced, value

TEXT_SIZE = 19.0
_TEXT_LINE = 1.62
_LETTER_EM = 0.478
"""How wide a letter of running text is on the average: 66 of them fill the usual column."""

_FIRST_LINE_INDENT_EM = 1.5
_HEADINGS = {
    0: (31.0, 1.26, 56.0, 20.0),
    1: (31.0, 1.26, 56.0, 20.0),
    2: (24.0, 1.34, 36.0, 12.0),
    3: (21.0, 1.4, 30.0, 8.0),
}
"""By rank: size, line, space before and after."""
_LOWEST_HEADING = (TEXT_SIZE, 1.5, 26.0, 6.0)
_TIGHTENED_FROM = 24.0
_TIGHTENING = -0.012
"""Of the size: large type is set a little closer."""
_CODE_SIZES = (15.0, 14.0, 13.0, 12.0)
_CODE_LOOKED_AT = 20_000
"""Characters of a block of code that its type is chosen by."""
_LIST_INDENT = 30.0
_QUOTATION_INDENT = 26.0
_BYLINE_LONGEST = 90
_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", "”", "’", '"')


@value
class BlockStyle:
    """How a block is set. Lengths in pixels at the present scale, but `size` before it.

    `line_height` is from one line to the next, `baseline` from a line's top to its baseline, both
    whole pixels or rounded line by line. `soft` text is set in the palette's soft colour.
    """

    font: QFont
    size: float
    weight: int
    line_height: float
    baseline: float
    space_before: float = 0.0
    space_after: float = 0.0
    indent: float = 0.0
    first_line_indent: float = 0.0
    padding: float = 0.0
    is_soft: bool = False
    is_code: bool = False
    is_interface: bool = False
    has_side_line: bool = False


class StyleSheet:
    """The styles of one theme at one scale; made anew when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._styles: dict[tuple[BlockKind, int], BlockStyle] = {}
        self.byline = self._set(14, 1.5, before=2, after=32, is_soft=True, is_interface=True)

    def style_of(self, block: Block, previous: Block | None) -> BlockStyle:
        """Return the style of a block that follows `previous` (None: the section begins here)."""
        key = (block.kind, block.level)
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._make(block.kind, block.level)
        if block.kind is BlockKind.PARAGRAPH and not _is_indented_after(previous):
            return replaced(style, first_line_indent=0.0)
        return style

    def table_cell(self, *, size: float, is_header: bool) -> BlockStyle:
        """Return the style of the text in a table's cell."""
        return self._set(size, 1.5, weight=600 if is_header else 400, is_interface=True)

    def code_in(self, width: float, text: str) -> BlockStyle:
        """Return the style of a block of code: smaller, where its longest line then fits whole."""
        longest = max(map(len, text[:_CODE_LOOKED_AT].splitlines()), default=0)
        for size in _CODE_SIZES:
            style = self._code(size)
            advance = QFontMetricsF(style.font).horizontalAdvance("0")
            if longest * advance <= width - 2 * style.padding:
                return style
        return self._code(_CODE_SIZES[1])  # lines are broken anyway

    def _code(self, size: float) -> BlockStyle:
        style = self._set(size, 1.5, before=16, after=16, font=self._theme.code_font(size))
        return replaced(style, padding=round(self._theme.px(14)), is_code=True)

    def _make(self, kind: BlockKind, level: int) -> BlockStyle:
        px = self._theme.px
        match kind:
            case BlockKind.HEADING:
                return self._heading(level)
            case BlockKind.LIST_ITEM:
                style = self._set(TEXT_SIZE, _TEXT_LINE, before=4, after=4)
                return replaced(style, indent=px(_LIST_INDENT) * max(level, 1))
            case BlockKind.QUOTATION:
                style = self._set(TEXT_SIZE, _TEXT_LINE, before=14, after=14)
                indent = px(_QUOTATION_INDENT) * max(level, 1)
                return replaced(style, indent=indent, has_side_line=True)
            case BlockKind.CODE:
                return self._code(_CODE_SIZES[0])
            case BlockKind.CAPTION | BlockKind.FIGURE:
                return self._set(14, 1.5, before=8, after=20, is_soft=True, is_interface=True)
            case BlockKind.FORMULA:
                style = self._set(TEXT_SIZE, _TEXT_LINE, before=10, after=10)
                return replaced(style, indent=px(_LIST_INDENT))
            case BlockKind.PAGE_FURNITURE | BlockKind.LABELS:
                return self._set(12, 1.4, before=6, after=6, is_soft=True, is_interface=True)
            case BlockKind.FOOTNOTE:
                style = self._set(16, 1.55, before=8, after=8)
                return replaced(style, indent=px(_LIST_INDENT))
            case BlockKind.TABLE_CELL:
                return self._set(14.5, 1.5, before=16, after=20, is_interface=True)
            case BlockKind.RULE:
                return self._set(TEXT_SIZE, 1.0, before=20, after=20, is_soft=True)
            case BlockKind.PARAGRAPH:
                style = self._set(TEXT_SIZE, _TEXT_LINE)
                return replaced(style, first_line_indent=px(TEXT_SIZE * _FIRST_LINE_INDENT_EM))

    def _heading(self, level: int) -> BlockStyle:
        size, line, before, after = _HEADINGS.get(level, _LOWEST_HEADING)
        return self._set(size, line, weight=600, before=before, after=after)

    def _set(
        self,
        size: float,
        line: float,
        *,
        weight: int = 400,
        before: float = 0.0,
        after: float = 0.0,
        is_soft: bool = False,
        is_interface: bool = False,
        font: QFont | None = None,
    ) -> BlockStyle:
        theme = self._theme
        if font is None:
            cut = theme.interface_font if is_interface else theme.text_font
            font = cut(size, weight)
        spacing = theme.spacing
        if spacing.letters:
            theme.spaced(font)
        elif size >= _TIGHTENED_FROM:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, theme.px(size * _TIGHTENING))
        line_height = theme.px(size * line * spacing.lines)
        return BlockStyle(
            font,
            size,
            weight,
            line_height,
            # capitals stand in the middle of the line, so that washes sit evenly around them
            round((line_height + QFontMetricsF(font).capHeight()) / 2),
            theme.px(before),
            theme.px(after),
            is_soft=is_soft,
            is_interface=is_interface,
        )


def usual_line(theme: Theme) -> float:
    """Return the height of a line of running text, in pixels."""
    return theme.px(TEXT_SIZE * _TEXT_LINE * theme.spacing.lines)


def usual_width(theme: Theme) -> float:
    """Return how wide the usual number of letters of a line is, in pixels."""
    return theme.px(COLUMN) * (_LETTER_EM + theme.spacing.letters) / _LETTER_EM


def is_byline(text: str, *, title: Block, block: Block) -> bool:
    """Whether a paragraph is the short unpunctuated line below a title that says who and when."""
    return (
        title.kind is BlockKind.HEADING
        and title.level == 1
        and block.kind is BlockKind.PARAGRAPH
        and block.end - block.start <= _BYLINE_LONGEST
        # a year or a note reference may follow the stop
        and not text[block.start : block.end].rstrip("[]0123456789 \n").endswith(_SENTENCE_ENDS)
    )


def _is_indented_after(previous: Block | None) -> bool:
    return previous is not None and previous.kind is BlockKind.PARAGRAPH


def is_same_table(block: Block, other: Block) -> bool:
    """Whether both are cells of one table."""
    return (
        block.cell is not None and other.cell is not None and block.cell.table == other.cell.table
    )
