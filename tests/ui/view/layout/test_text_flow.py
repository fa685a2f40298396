"""Tests of text_flow, scroll_anchor and item_builder in reader.ui.view."""

from __future__ import annotations

import pytest

from reader.formats.process.section_codec import decoded, encoded
from reader.text.document import BlockKind, Document, InlineKind, Place, Span, TableCell
from reader.text.late_rows import LateRows
from reader.ui.look.theme import Theme
from reader.ui.view.layout.section_items import LONGEST_ITEM, Measure, SectionItems
from reader.ui.view.layout.text_flow import TextFlow
from reader.ui.view.layout.text_items import OrnamentKind
from reader.ui.view.scroll_anchor import ScrollAnchor
from tests.ui.view.documents import SectionMaker, document_of, long_prose, prose, span_of

pytestmark = pytest.mark.usefixtures("qapp")

SCREEN = 700


def flow_of(document: Document) -> TextFlow:
    return TextFlow(document, Theme("light"), 600)


def anchor_of(document: Document) -> ScrollAnchor:
    return ScrollAnchor(flow_of(document), SCREEN)


def test_only_what_is_near_the_screen_is_laid_out() -> None:
    anchor = anchor_of(long_prose(5000))
    list(anchor.visible())
    anchor.put_line_at(Place(0, 300_000), 100)
    list(anchor.visible())
    assert anchor.flow.laid_out_count() < 40


@pytest.mark.parametrize("at", [0, 4_000, 150_000])
def test_the_tops_of_many_lines_are_those_of_each(at: int) -> None:
    document = long_prose(1500)
    places = [Place(0, place) for place in range(max(0, at - 9_000), at + 9_000, 37)]
    anchors = anchor_of(document), anchor_of(document)
    for anchor in anchors:
        anchor.put_line_at(Place(0, at), 100)
        list(anchor.visible())
    tops = anchors[0].line_tops(places)
    near = {n for n, top in enumerate(tops) if -SCREEN < top < 2 * SCREEN}
    each = [anchors[1].line_at(place)[0] for place in places]
    assert len(near) > 30
    assert [tops[n] for n in near] == [each[n] for n in near]
    assert [tops[n] for n in sorted(near)] == sorted(tops[n] for n in near)


def test_there_is_room_above_the_first_line_and_below_the_last() -> None:
    flow = flow_of(prose("One.", "Two.", "Three.", "Four."))
    first, second, third, last = (flow.item(index).height for index in range(4))
    assert second == third
    assert first > second
    assert last > third


def test_layouts_far_away_are_dropped() -> None:
    anchor = anchor_of(long_prose(1500))
    for _ in range(300):
        anchor.move_by(SCREEN)
        list(anchor.visible())
    assert anchor.flow.laid_out_count() <= 300


def test_a_very_long_block_is_cut_after_sentences_and_nothing_is_lost() -> None:
    sentence = "He speaks, and a machine sets it down. "
    document = prose(sentence * 2000, "The end.")
    flow = flow_of(document)
    spans = [flow.span_of(index) for index in range(len(flow))]
    assert max(span.end - span.start for span in spans) <= LONGEST_ITEM
    assert [span.start for span in spans[1:-1]] == [span.end for span in spans[:-2]]
    assert all((span.start % len(sentence)) == 0 for span in spans[:-1])
    assert flow.item(1).frames[0].layout.boxes(0, 3)[0].left == 0, "no indent inside a paragraph"
    assert flow.item(1).frames[0].y == 0, "no space inside a paragraph"


def test_a_very_long_block_without_spaces_is_cut_all_the_same() -> None:
    flow = flow_of(prose("x" * 20_000))
    assert len(flow) == 4


def test_long_code_is_cut_between_lines() -> None:
    section = SectionMaker().add("line of code\n" * 2000, BlockKind.CODE).made()
    flow = flow_of(document_of(section))
    assert all(flow.span_of(index).end % 13 == 0 for index in range(len(flow)))
    kinds = [flow.item(index).ornaments[0].kind for index in range(len(flow))]
    assert kinds[0] is OrnamentKind.CODE_TOP
    assert set(kinds[1:-1]) == {OrnamentKind.CODE_MIDDLE}
    assert kinds[-1] is OrnamentKind.CODE_BOTTOM


def test_a_section_read_elsewhere_is_cut_alike_and_only_its_long_blocks_are_made() -> None:
    maker = SectionMaker()
    for row in range(200):
        maker.add(f"Paragraph number {row}.")
        for column in range(3):
            maker.add(f"cell {row}", BlockKind.TABLE_CELL, cell=TableCell(row, 0, column))
    whole = maker.add("One sentence of many. " * 600).made()
    elsewhere = decoded(encoded(whole))
    measure = Measure(66, 30)
    here, there = (SectionItems(s, len(s.text), measure) for s in (whole, elsewhere))
    for part in ("starts", "ends", "first_blocks"):
        assert getattr(here, part) == getattr(there, part), part
    assert len(here) == 200 + 200 + 3
    assert isinstance(elsewhere.blocks, LateRows)
    assert elsewhere.blocks.made_count <= 128


def test_a_place_outside_all_blocks_belongs_to_the_nearest_one() -> None:
    flow = flow_of(prose("one", "two"))
    assert [flow.index_of(Place(0, offset)) for offset in (0, 2, 3, 4, 5, 99)] == [0, 0, 0, 0, 1, 1]
    assert flow.index_of(Place(7, 0)) == 0


def test_sections_follow_each_other() -> None:
    document = document_of(SectionMaker(0).add("one").made(), SectionMaker(1).add("two").made())
    flow = flow_of(document)
    assert len(flow) == 2
    second = flow.following(0)
    assert second is not None
    assert flow.section_of(second) == 1
    assert flow.preceding(second) == 0
    assert flow.following(second) is None
    assert flow.index_of(Place(1, 0)) == second
    assert flow.indexes_of(Span(1, 0, 3)) == range(second, second + 1)
    assert flow.first_place() == Place(0, 0)
    assert flow.last_place() == Place(1, 3)


def test_a_tables_row_is_one_item_with_a_frame_a_cell() -> None:
    maker = SectionMaker().add("Before.")
    for row in range(2):
        for column, text in enumerate(("Name", "A longer description of the thing", "Year")):
            maker.add(text, BlockKind.TABLE_CELL, cell=TableCell(0, row, column, row == 0))
    flow = flow_of(document_of(maker.made()))
    assert len(flow) == 3
    header, below = flow.item(1), flow.item(2)
    edges = [frame.x for frame in header.frames]
    assert edges == sorted(set(edges))
    assert edges[0] == 0
    assert edges == [frame.x for frame in below.frames]
    middle = header.frames[1]
    assert header.offset_at(middle.x + 1, middle.y + 3) == middle.start


@pytest.mark.parametrize("kind", [BlockKind.LIST_ITEM, BlockKind.FOOTNOTE])
@pytest.mark.parametrize("marker", ["3.", "1000.", "10,000,000."])
def test_a_marker_hangs_on_one_line_beside_the_text(kind: BlockKind, marker: str) -> None:
    maker = SectionMaker().add("pears", kind, level=1, marker=marker)
    item = flow_of(document_of(maker.made())).item(0)
    assert item.marker is not None
    layout = item.marker.layout
    assert layout.height == item.frames[0].layout.height
    assert item.marker.x + layout.x_of(len(marker)) < item.frames[0].x
    assert item.boxes(0, 5)[0].left == item.frames[0].x


def test_a_quotation_has_one_line_along_its_paragraphs() -> None:
    maker = SectionMaker().add("one", BlockKind.QUOTATION, level=1)
    maker.add("two", BlockKind.QUOTATION, level=1)
    flow = flow_of(document_of(maker.made()))
    lines = [flow.item(index).ornaments[0].rect for index in (0, 1)]
    assert lines[1].top() == 0
    assert lines[0].left() == lines[1].left() < flow.item(0).frames[0].x


def test_the_line_below_a_title_is_a_byline_and_the_text_begins_without_indent() -> None:
    maker = SectionMaker().add("A title", BlockKind.HEADING, level=1)
    maker.add("By somebody, 2013").add("The text begins here.").add("And goes on.")
    flow = flow_of(document_of(maker.made()))
    assert [flow.item(index).frames[0].is_soft for index in range(4)] == [False, True, False, False]
    assert flow.item(2).boxes(*_range(flow, 2))[0].left == 0
    assert flow.item(3).boxes(*_range(flow, 3))[0].left > 20


@pytest.mark.parametrize("sentence", ["It begins at once.", "It begins with a note.[1]"])
def test_a_sentence_below_a_title_is_no_byline(sentence: str) -> None:
    maker = SectionMaker().add("A title", BlockKind.HEADING, level=1)
    maker.add(sentence).add("And goes on.")
    assert not flow_of(document_of(maker.made())).item(1).frames[0].is_soft


def test_emphasis_and_code_change_the_width_of_their_words_alone() -> None:
    text = "plain words and some more"
    plain = flow_of(prose(text)).item(0)
    marked = SectionMaker().add(text).mark("words", InlineKind.STRONG).made()
    strong = flow_of(document_of(marked)).item(0)
    assert strong.boxes(0, 5) == plain.boxes(0, 5)
    assert strong.boxes(6, 11)[0].right > plain.boxes(6, 11)[0].right


def test_scrolling_by_pixels_is_exact_and_can_be_undone() -> None:
    anchor = anchor_of(long_prose(300))
    place = Place(0, 4000)
    anchor.put_line_at(place, 200)
    for step in (13, 700, -250, 4000, -4463):
        anchor.move_by(step)
    assert anchor.line_at(place)[0] == 200


def test_the_ends_of_the_text_are_where_scrolling_ends() -> None:
    anchor = anchor_of(long_prose(80))
    assert anchor.move_by(-50) == 0
    assert anchor.is_at_top
    for _ in range(400):
        anchor.move_by(400)
    *_, (_, item, top) = anchor.visible()
    assert top + item.height == SCREEN
    assert anchor.move_by(10) == 0
    assert anchor.bar_value() == anchor.bar_maximum()


def test_a_text_shorter_than_the_screen_does_not_scroll() -> None:
    anchor = anchor_of(prose("one", "two"))
    assert anchor.move_by(40) == 0
    assert anchor.bar_maximum() == 0


def test_a_place_far_away_is_estimated_without_being_laid_out() -> None:
    anchor = anchor_of(long_prose(3000))
    laid_out = anchor.flow.laid_out_count()
    top = anchor.line_at(anchor.flow.last_place())[0]
    assert top > 50 * SCREEN
    assert anchor.flow.laid_out_count() == laid_out


def test_the_bar_stands_still_while_exact_heights_replace_estimates() -> None:
    anchor = anchor_of(long_prose(2000))
    anchor.put_line_at(Place(0, 90_000), 0)
    value, maximum = anchor.bar_value(), anchor.bar_maximum()
    for index in range(0, anchor.flow.index_of(Place(0, 90_000)) - 1, 3):
        anchor.flow.item(index)
    assert (anchor.bar_value(), anchor.bar_maximum()) == (value, maximum)


@pytest.mark.parametrize("share", [0.0, 0.21, 0.5, 0.93, 1.0])
def test_the_bar_moved_somewhere_is_then_found_there(share: float) -> None:
    anchor = anchor_of(long_prose(2000))
    value = round(anchor.bar_maximum() * share)
    anchor.move_to_bar_value(value)
    assert anchor.bar_value() == pytest.approx(value, abs=3)


def test_the_first_visible_place_is_a_line_wholly_on_the_screen() -> None:
    anchor = anchor_of(long_prose(300))
    anchor.move_by(555)
    place = anchor.first_visible_place()
    assert place is not None
    top = anchor.line_at(place)[0]
    assert 0 <= top < 31
    anchor.put_line_at(place, 0)
    assert anchor.first_visible_place() == place


def test_words_in_a_later_section_are_found_there() -> None:
    document = document_of(
        SectionMaker(0).add("one two").made(), SectionMaker(1).add("three four").made()
    )
    span = span_of(document, "four", 1)
    flow = flow_of(document)
    assert [flow.item(i).boxes(span.start, span.end) != [] for i in flow.indexes_of(span)] == [True]


def _range(flow: TextFlow, index: int) -> tuple[int, int]:
    span = flow.span_of(index)
    return span.start, span.end
