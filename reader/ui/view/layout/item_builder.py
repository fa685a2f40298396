"""Lays out the items of a document: paragraphs, lists, quotations, code, tables row by row."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from reader.text.document import Block, BlockKind, Document, Section
from reader.ui.look.theme import Theme
from reader.ui.view.layout.block_styles import (
    TEXT_SIZE,
    BlockStyle,
    StyleSheet,
    is_byline,
    is_same_table,
)
from reader.ui.view.layout.inline_formats import InlineFormats, SectionInlines
from reader.ui.view.layout.paragraph_layout import FormatRun, ParagraphLayout
from reader.ui.view.layout.text_items import (
    Frame,
    Marker,
    Ornament,
    OrnamentKind,
    Picture,
    TextItem,
)
from reader.values import replaced, value

if TYPE_CHECKING:  # imported for texts with pictures, with tables
    from reader.ui.view.layout.picture_items import PicturePlacer
    from reader.ui.view.layout.table_rows import TableRows
    from reader.ui.view.pictures import PictureStore

_MISSING = "A picture that can’t be shown"
_CELL_PADDING_Y = 7.0


@value
class ItemRange:
    """What an item shows: [start, end) of a section, from its blocks [first_block, last_block)."""

    section: int
    start: int
    end: int
    first_block: int
    last_block: int


class ItemBuilder:
    """Lays out items of one document in one theme and one column width."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        width: float,
        pictures: PictureStore | None = None,
    ) -> None:
        self._document = document
        self._pictures = pictures
        self._theme = theme
        self._width = width
        self._inlines: dict[int, SectionInlines] = {}

    @cached_property
    def _styles(self) -> StyleSheet:
        return StyleSheet(self._theme)

    @cached_property
    def _formats(self) -> InlineFormats:
        return InlineFormats(self._theme)

    @cached_property
    def _tables(self) -> TableRows:
        from reader.ui.view.layout.table_rows import TableRows

        return TableRows(self._theme, self._width, self._styles, self._runs)

    @cached_property
    def _placer(self) -> PicturePlacer | None:
        if self._pictures is None:
            return None
        from reader.ui.view.layout.picture_items import PicturePlacer

        return PicturePlacer(self._pictures, self._theme, self._width)

    def build(self, item: ItemRange, space_at_top: float, space_at_bottom: float) -> TextItem:
        """Lay out one item. The spaces count only for the text's first and last item."""
        section = self._document.sections[item.section]
        block = section.blocks[item.first_block]
        if block.cell is not None:
            built = self._table_row(section, item)
        elif block.kind is BlockKind.RULE and not section.text[item.start : item.end].strip():
            built = self._rule(section, item)
        else:
            figure = self._figure(section, item) if block.picture else None
            built = figure or self._paragraph(section, item)
        if not space_at_top and not space_at_bottom:
            return built
        return _shifted(built, space_at_top, space_at_bottom)

    def stand_in(self, section: int, height: float) -> TextItem:
        """Return an item as high as that, with nothing in it, for a section not read yet."""
        empty = ParagraphLayout("", self._styles.byline, self._width)
        return TextItem(section, 0, 0, round(height), (Frame(0, 0, 0, 0, empty),))

    def _style_of(self, section: Section, number: int) -> BlockStyle:
        blocks = section.blocks
        block = blocks[number]
        previous = blocks[number - 1] if number else None
        if self._is_byline(section, number):
            return self._styles.byline
        if self._is_byline(section, number - 1):
            previous = None  # the text begins here
        return self._styles.style_of(block, previous)

    def _is_byline(self, section: Section, number: int) -> bool:
        blocks = section.blocks
        return (
            number == 1
            and len(blocks) > 2
            and is_byline(section.text, title=blocks[0], block=blocks[1])
        )

    def _space_above(self, section: Section, item: ItemRange, style: BlockStyle) -> float:
        blocks = section.blocks
        if item.start > blocks[item.first_block].start:
            return 0.0  # a later piece of a long block
        if item.first_block == 0:
            return round(self._theme.px(64)) if section.index else 0.0
        above = self._style_of(section, item.first_block - 1)
        if style is self._styles.byline:
            return round(style.space_before)  # close to its title
        return round(max(above.space_after, style.space_before))

    def _figure(self, section: Section, item: ItemRange) -> TextItem | None:
        """Return the item of a picture; None if only its words can be shown."""
        placer, block = self._placer, section.blocks[item.first_block]
        if placer is None or item.start > block.start or item.end < block.end:
            return None
        style = self._style_of(section, item.first_block)
        top = self._space_above(section, item, style) + round(style.space_before)
        placed = placer.figure(section, item.start, item.end, block.picture, top)
        if placed is None:
            return None if item.start < item.end else self._missing(item, block.picture, top)
        frame, picture = placed
        return TextItem(
            item.section,
            item.start,
            item.end,
            frame.bottom,
            (frame,),
            pictures=(picture,),
        )

    def _missing(self, item: ItemRange, address: str, top: float) -> TextItem:
        """Return the item of a picture that can't be shown and that nothing describes."""
        style = self._styles.style_of(Block(0, 0, BlockKind.FIGURE), None)
        nothing = Frame(item.start, item.end, 0.0, top, ParagraphLayout("", style, self._width))
        if self._pictures is None or not self._pictures.is_broken(address):
            return TextItem(item.section, item.start, item.end, 0.0, (nothing,))
        words = Marker(0.0, top, ParagraphLayout(_MISSING, style, self._width))
        return TextItem(
            item.section, item.start, item.end, nothing.bottom, (nothing,), labels=(words,)
        )

    def _in_lines(
        self, section: Section, frame: Frame, width: float, kind: BlockKind
    ) -> tuple[Picture, ...]:
        """Return the pictures in a frame's lines, placed below them."""
        placer = self._placer
        if placer is None or not section.inlines:
            return ()
        runs = self._inlines_of(section).pictures(frame.start, frame.end)
        if kind is BlockKind.HEADING:
            runs = [run for run in runs if run.start == run.end]  # the words say it already
        if not runs:
            return ()
        return tuple(placer.in_lines(runs, section.text, QPointF(frame.x, frame.bottom), width))

    def _paragraph(self, section: Section, item: ItemRange) -> TextItem:
        block = section.blocks[item.first_block]
        style = self._style_of(section, item.first_block)
        space = self._space_above(section, item, style)
        if style.is_code:
            style = self._styles.code_in(self._width, section.text[block.start : block.end])
        is_first = item.start == block.start
        is_last = item.end == block.end
        inset = style.indent + style.padding
        text = section.text[item.start : item.end]
        layout = ParagraphLayout(
            text,
            style,
            max(self._width - inset - style.padding, 1.0),
            self._runs(section, item.start, item.end, style),
            is_indented=is_first,
        )
        x = style.padding if layout.is_right_to_left else inset
        y = space + (style.padding if is_first else 0.0)
        frame = Frame(item.start, item.end, x, y, layout, style.is_soft)
        pictures = self._in_lines(section, frame, layout.width, block.kind)
        height = max([frame.bottom, *(picture.rect.bottom() for picture in pictures)])
        height += style.padding if is_last else 0.0
        ornaments = self._ornaments(section, item, style, layout, space, height)
        marker = None
        if block.marker and is_first:
            marker = self._marker(block.marker, style, frame)
        return TextItem(
            item.section, item.start, item.end, height, (frame,), ornaments, marker, pictures
        )

    def _inlines_of(self, section: Section) -> SectionInlines:
        found = self._inlines.get(section.index)
        if found is None:
            found = self._inlines[section.index] = SectionInlines(section)
        return found

    def _runs(self, section: Section, start: int, end: int, style: BlockStyle) -> list[FormatRun]:
        if not section.inlines:
            return []
        inlines = self._inlines_of(section).overlapping(start, end)
        if not inlines:
            return []
        return self._formats.runs_of(
            inlines,
            start,
            end,
            size=style.size,
            weight=style.weight,
            is_interface=style.is_interface,
        )

    def _ornaments(
        self,
        section: Section,
        item: ItemRange,
        style: BlockStyle,
        layout: ParagraphLayout,
        top: float,
        bottom: float,
    ) -> tuple[Ornament, ...]:
        block = section.blocks[item.first_block]
        if style.is_code:
            rect = QRectF(0, top, self._width, bottom - top)
            return (Ornament(_code_part(item, block), rect),)
        if not style.has_side_line:
            return ()
        px = self._theme.px
        if item.first_block and section.blocks[item.first_block - 1].kind is block.kind:
            top = 0.0  # one line beside quotations that follow each other
        width = max(round(px(2)), 1)
        x = style.indent - px(16)
        if layout.is_right_to_left:
            x = self._width - x - width
        return (Ornament(OrnamentKind.SIDE_LINE, QRectF(round(x), top, width, bottom - top)),)

    def _marker(self, text: str, style: BlockStyle, frame: Frame) -> Marker:
        plain = replaced(style, first_line_indent=0.0)
        layout = ParagraphLayout(text, plain, self._width)
        width = layout.x_of(len(text))
        gap = self._theme.px(TEXT_SIZE * 0.5)
        if frame.layout.is_right_to_left:
            x = frame.x + frame.layout.width + gap
        else:
            x = frame.x - gap - width
        return Marker(x, frame.y, layout)  # a long number hangs out of the column

    def _rule(self, section: Section, item: ItemRange) -> TextItem:
        style = self._style_of(section, item.first_block)
        space = self._space_above(section, item, style)
        text = section.text[item.start : item.end]
        layout = ParagraphLayout(text, style, self._width)
        frame = Frame(item.start, item.end, 0.0, space, layout)
        third = self._width / 3
        line = QRectF(round(third), round(space + layout.height / 2), round(third), 1)
        return TextItem(
            item.section,
            item.start,
            item.end,
            frame.bottom,
            (frame,),
            (Ornament(OrnamentKind.HAIRLINE, line),),
        )

    def _table_row(self, section: Section, item: ItemRange) -> TextItem:
        blocks = section.blocks
        first = item.first_block
        is_first_row = first == 0 or not is_same_table(blocks[first - 1], blocks[first])
        space = 0.0
        if is_first_row:
            space = self._space_above(section, item, self._style_of(section, first))
        pad_y = round(self._theme.px(_CELL_PADDING_Y))
        frames, labels = self._tables.row(section, first, item.last_block, space + pad_y)
        pictures = [
            picture
            for frame in frames
            for picture in self._in_lines(section, frame, frame.layout.width, blocks[first].kind)
        ]
        bottoms = [frame.bottom for frame in frames]
        height = max(bottoms + [picture.rect.bottom() for picture in pictures]) + pad_y
        ornaments = [Ornament(OrnamentKind.HAIRLINE, QRectF(0, height - 1, self._width, 1))]
        if is_first_row:
            ornaments.append(Ornament(OrnamentKind.HAIRLINE, QRectF(0, space, self._width, 1)))
        return TextItem(
            item.section,
            item.start,
            item.end,
            height,
            tuple(frames),
            tuple(ornaments),
            pictures=tuple(pictures),
            labels=tuple(labels),
        )


def _code_part(item: ItemRange, block: Block) -> OrnamentKind:
    is_first, is_last = item.start == block.start, item.end == block.end
    if is_first and is_last:
        return OrnamentKind.CODE_WHOLE
    if is_first:
        return OrnamentKind.CODE_TOP
    return OrnamentKind.CODE_BOTTOM if is_last else OrnamentKind.CODE_MIDDLE


def _shifted(item: TextItem, above: float, below: float) -> TextItem:
    """Return the item with more space above and below it."""
    return replaced(
        item,
        height=item.height + above + below,
        frames=tuple(replaced(frame, y=frame.y + above) for frame in item.frames),
        ornaments=tuple(
            replaced(ornament, rect=ornament.rect.translated(0, above))
            for ornament in item.ornaments
        ),
        marker=None if item.marker is None else replaced(item.marker, y=item.marker.y + above),
        labels=tuple(replaced(label, y=label.y + above) for label in item.labels),
        pictures=tuple(
            replaced(picture, rect=picture.rect.translated(0, above)) for picture in item.pictures
        ),
    )
