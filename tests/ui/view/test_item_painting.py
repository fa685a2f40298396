"""Tests of what reader.ui.view.item_painter and its parts paint for each kind of block and mark."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from reader.text.document import BlockKind, Document, InlineKind, Place, Section, Span
from reader.ui.look.colours import stronger
from reader.ui.look.theme import LIGHT, Theme
from reader.ui.view.decorations import Decoration, Role
from reader.ui.view.item_painter import ItemPainter, Marks
from reader.ui.view.layout.text_flow import TextFlow
from reader.ui.view.layout.text_items import TextItem
from tests.ui.view.documents import SectionMaker, document_of, prose, span_of

pytestmark = pytest.mark.usefixtures("qapp")

WIDTH = 600


def item_of(document: Document, index: int = 0) -> TextItem:
    return TextFlow(document, Theme("light"), WIDTH).item(index)


def painted(
    item: TextItem, decorations: tuple[Decoration, ...] = (), marks: Marks | None = None
) -> QImage:
    """Paint one item on paper; pixels are the item's own."""
    image = QImage(WIDTH, round(item.height), QImage.Format.Format_RGB32)
    image.fill(LIGHT.paper)
    painter = QPainter(image)
    clip = QRectF(0, 0, WIDTH, item.height)
    ItemPainter(Theme("light")).paint(painter, clip, 0, item, decorations, marks or Marks())
    painter.end()
    return image


def colours_in(image: QImage, rect: QRectF) -> set[str]:
    whole = rect.toAlignedRect().intersected(image.rect())
    return {
        image.pixelColor(x, y).name()
        for x in range(whole.left(), whole.right() + 1)
        for y in range(whole.top(), whole.bottom() + 1)
    }


def box_of(item: TextItem, span: Span) -> QRectF:
    return item.boxes(span.start, span.end)[0].rect()


def one_block(text: str, kind: BlockKind, level: int = 0) -> Section:
    return SectionMaker().add(text, kind, level=level).made()


def test_code_stands_on_a_card_of_its_own() -> None:
    item = item_of(document_of(one_block("x = 1", BlockKind.CODE)))
    image = painted(item)
    frame = item.frames[0]
    assert LIGHT.card.name() in colours_in(image, QRectF(300, frame.y, 20, 10))
    assert LIGHT.line.name() in colours_in(image, QRectF(0, frame.y, 2, 10)), "its border"


def test_a_quotation_has_a_line_at_its_side() -> None:
    item = item_of(document_of(one_block("quoted", BlockKind.QUOTATION, level=1)))
    beside = QRectF(0, item.frames[0].y, item.frames[0].x - 2, 10)
    assert LIGHT.line.name() in colours_in(painted(item), beside)


def test_a_rule_is_a_short_line() -> None:
    document = document_of(SectionMaker().add("one").add("", BlockKind.RULE).add("two").made())
    item = item_of(document, 1)
    image = painted(item)
    middle = QRectF(WIDTH / 2, 0, 4, item.height)
    assert LIGHT.line.name() in colours_in(image, middle)
    assert colours_in(image, QRectF(0, 0, 100, item.height)) == {LIGHT.paper.name()}


def test_a_rule_with_text_shows_its_text() -> None:
    item = item_of(document_of(one_block("* * *", BlockKind.RULE)))
    assert LIGHT.soft.name() in colours_in(painted(item), box_of(item, Span(0, 0, 5)))


@pytest.mark.parametrize("kind", [BlockKind.CAPTION, BlockKind.FOOTNOTE, BlockKind.LIST_ITEM])
def test_every_kind_of_block_shows_its_text(kind: BlockKind) -> None:
    item = item_of(document_of(one_block("Words", kind)))
    ink = LIGHT.soft if kind is BlockKind.CAPTION else LIGHT.ink
    assert ink.name() in colours_in(painted(item), box_of(item, Span(0, 0, 5)))


@pytest.mark.parametrize("level", range(2, 7))
def test_no_heading_is_larger_than_one_of_a_higher_rank(level: int) -> None:
    widths = [
        item_of(document_of(one_block("Heading", BlockKind.HEADING, rank))).boxes(0, 7)[0].right
        for rank in (level - 1, level)
    ]
    assert widths == sorted(widths, reverse=True)


def test_a_link_is_underlined_and_a_note_reference_raised_and_soft() -> None:
    section = SectionMaker().add("see xxx and xxx1 end").mark("xxx", InlineKind.LINK, "#a")
    section.mark("1", InlineKind.NOTE_REFERENCE, "#n")
    document = document_of(section.made())
    item = item_of(document)
    image = painted(item)
    link = box_of(item, span_of(document, "xxx"))
    plain = link.translated(box_of(item, span_of(document, "xxx1")).left() - link.left(), 0)
    below = QRectF(link.left() + 2, 64, link.width() - 4, 5)
    beneath_plain = QRectF(plain.left() + 2, 64, plain.width() - 4, 5)
    assert colours_in(image, beneath_plain) == {LIGHT.paper.name()}
    assert colours_in(image, below) != {LIGHT.paper.name()}
    reference = box_of(item, span_of(document, "1"))
    assert reference.width() < 8
    lower_half = QRectF(reference.left(), 62, reference.width() - 1, 8)
    assert colours_in(image, lower_half) == {LIGHT.paper.name()}, "raised"
    assert LIGHT.ink.name() not in colours_in(image, reference)


@pytest.mark.parametrize(
    "kind",
    [
        InlineKind.EMPHASIS,
        InlineKind.STRONG,
        InlineKind.CODE,
        InlineKind.STRIKE,
        InlineKind.SUBSCRIPT,
    ],
)
def test_inline_qualities_can_be_seen(kind: InlineKind) -> None:
    plain = painted(item_of(prose("some words here")))
    section = SectionMaker().add("some words here").mark("words", kind).made()
    assert painted(item_of(document_of(section))) != plain


def test_a_language_cannot_be_seen() -> None:
    section = SectionMaker().add("some mots here").mark("mots", InlineKind.LANGUAGE, "fr").made()
    assert painted(item_of(document_of(section))) == painted(item_of(prose("some mots here")))


def test_the_note_being_read_is_deeper_and_underlined() -> None:
    document = prose("some words here")
    span = span_of(document, "words")
    item = item_of(document)
    image = painted(item, (Decoration(span, Role.ACTIVE, "rose"),))
    box = box_of(item, span)
    assert stronger(LIGHT, "rose").name() in colours_in(image, box)
    foot = QRectF(box.left() + 1, box.bottom() - 4, box.width() - 2, 3)
    assert LIGHT.rose_strong.name() in colours_in(image, foot)


def test_what_was_found_is_framed_and_the_present_one_filled() -> None:
    document = prose("one and two")
    one, two = span_of(document, "one"), span_of(document, "two")
    item = item_of(document)
    found = (Decoration(one, Role.SEARCH), Decoration(two, Role.SEARCH, "current"))
    image = painted(item, found)
    assert LIGHT.word.name() not in colours_in(image, box_of(item, one))
    assert LIGHT.word.name() in colours_in(image, box_of(item, two))
    for span in (one, two):
        around = box_of(item, span).adjusted(-3, 0, 3, 0)
        assert any(_is_near(QColor(name), LIGHT.accent) for name in colours_in(image, around))


@pytest.mark.parametrize("offset", [0, 5, 15], ids=["start", "inside", "end"])
def test_the_caret_stands_before_its_character(offset: int) -> None:
    item = item_of(prose("some words here"))
    image = painted(item, marks=Marks(caret=Place(0, offset), caret_colour=LIGHT.accent))
    x = item.frames[0].layout.x_of(offset)
    assert LIGHT.accent.name() in colours_in(image, QRectF(QPointF(x - 2, 40), QPointF(x + 2, 71)))


def test_a_caret_in_another_item_is_not_shown() -> None:
    item = item_of(prose("one", "two"))
    marks = Marks(caret=Place(0, 6), caret_colour=QColor(Qt.GlobalColor.green))
    assert painted(item, marks=marks) == painted(item)


def _is_near(colour: QColor, other: QColor) -> bool:
    steps = (
        colour.red() - other.red(),
        colour.green() - other.green(),
        colour.blue() - other.blue(),
    )
    return max(map(abs, steps)) < 24
