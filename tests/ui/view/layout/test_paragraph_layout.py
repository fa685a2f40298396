"""Tests of reader.ui.view.layout.paragraph_layout."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCharFormat

from reader.text.document import Block, BlockKind
from reader.ui.look.theme import Theme
from reader.ui.view.layout.block_styles import BlockStyle, StyleSheet
from reader.ui.view.layout.paragraph_layout import FormatRun, ParagraphLayout

pytestmark = pytest.mark.usefixtures("qapp")

ENGLISH = "He speaks, and a machine sets down his sentences in a handwriting that is nobody’s. " * 3
HEBREW = "שלום עולם, זהו טקסט בעברית ועוד מילים רבות כדי שהשורה תישבר לשורה שנייה ואולי שלישית"
MIXED = "שלום Hello world עולם ועוד"


def style(kind: BlockKind = BlockKind.PARAGRAPH) -> BlockStyle:
    before = Block(0, 1, BlockKind.PARAGRAPH)
    return StyleSheet(Theme("light")).style_of(Block(2, 3, kind), before)


def laid_out(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> ParagraphLayout:
    return ParagraphLayout(text, style(kind), 600)


def test_lines_stand_on_whole_pixels_and_touch() -> None:
    layout = laid_out(ENGLISH)
    assert layout.line_count > 2
    tops = [layout.line_top(line) for line in range(layout.line_count)]
    assert all(top == int(top) for top in tops)
    assert [layout.line_bottom(line) for line in range(layout.line_count)] == [
        *tops[1:],
        layout.height,
    ]
    assert {below - above for above, below in pairwise(tops)} <= {30, 31}


def test_the_first_line_is_indented_where_it_begins() -> None:
    box = laid_out(ENGLISH).boxes(0, 2)[0]
    assert box.left == pytest.approx(19 * 1.5)
    assert laid_out(HEBREW).boxes(0, 4)[0].right == pytest.approx(600 - 19 * 1.5)


def test_a_range_over_two_lines_has_a_box_on_each() -> None:
    layout = laid_out(ENGLISH)
    second = layout.line_range(1)[0]
    first_box, second_box = layout.boxes(second - 9, second + 2)
    assert (first_box.line, second_box.line) == (0, 1)
    assert first_box.bottom == second_box.top
    assert second_box.left == 0


def test_spaces_at_a_lines_end_take_no_room() -> None:
    layout = laid_out(ENGLISH)
    start, end = layout.line_range(0)
    assert layout.boxes(start, end)[-1].right <= 600
    assert layout.boxes(end - 1, end) == []


def test_neighbouring_words_have_neighbouring_boxes() -> None:
    layout = laid_out("one two")
    one, two = layout.boxes(0, 3)[0], layout.boxes(4, 7)[0]
    assert one.right < two.left < one.right + 12


@pytest.mark.parametrize(
    ("text", "is_right_to_left"),
    [
        ("Debian هو نظام تشغيل حر.", True),
        ("PDF, EPUB – גם אלה קבצים שאפשר לקרוא כאן", True),
        ("العربية is a language of many.", False),
        ("He said שלום.", False),
        ("14.2", False),
        ("١٤ – …", False),
        ("", False),
    ],
)
def test_a_paragraph_runs_as_most_of_its_words_do(text: str, is_right_to_left: bool) -> None:
    assert laid_out(text).is_right_to_left is is_right_to_left


def test_right_to_left_text_runs_from_the_right() -> None:
    layout = laid_out(HEBREW)
    first, second = layout.boxes(0, 4)[0], layout.boxes(5, 9)[0]
    assert second.right < first.left
    assert layout.boxes(*layout.line_range(1))[0].right == pytest.approx(600)


def test_a_range_across_directions_has_the_boxes_of_its_own_characters_alone() -> None:
    layout = laid_out(MIXED)
    hello, world = layout.boxes(5, 10)[0], layout.boxes(11, 16)[0]
    assert hello.right < world.left, "left to right inside the right-to-left line"
    before, after = layout.boxes(0, 4)[0], layout.boxes(17, 21)[0]
    assert after.right <= hello.left
    assert world.right <= before.left
    across = layout.boxes(0, 10)
    assert len(across) == 2, "'world' lies between the two and isn't part of it"
    assert not any(box.left < world.left + 3 < box.right for box in across)


def test_an_override_turns_the_boxes_with_the_text() -> None:
    layout = laid_out("see \u202efirst second\u202c end")
    assert layout.boxes(11, 17)[0].right < layout.boxes(5, 10)[0].left


def test_a_wide_character_counts_as_one() -> None:
    layout = laid_out("a \U0001f642 word and \U00020000 more")
    plain = laid_out("a x word and y more")
    word, same_word = layout.boxes(4, 8)[0], plain.boxes(4, 8)[0]
    assert word.right - word.left == pytest.approx(same_word.right - same_word.left, abs=0.5)
    assert layout.boxes(2, 3)[0].right > layout.boxes(2, 3)[0].left
    assert layout.offset_at(word.left + 1, 5) == 4


def test_a_line_feed_shows_as_a_space_and_in_code_as_a_new_line() -> None:
    assert laid_out("one\ntwo").line_count == 1
    assert laid_out("one\ntwo", BlockKind.CODE).line_count == 2


def test_a_line_break_of_the_authors_begins_a_line_and_no_paragraph() -> None:
    verse = laid_out("Roses are red,\u2028violets are blue")
    assert verse.line_count == 2
    at = verse.line_range(1)[0]
    assert at == len("Roses are red,\u2028")
    (box,) = verse.boxes(at, at + len("violets"))
    assert box.left == 0  # no first line's indent


@pytest.mark.parametrize("separator", ["\u2029", "\x0b", "\x0c", "\x85", "\r"])
def test_no_separator_breaks_a_paragraph(separator: str) -> None:
    assert laid_out(f"one{separator}two").line_count == 1


def test_a_no_break_space_keeps_words_together() -> None:
    text = "wordword " * 7 + "no\u00a0break"
    layout = ParagraphLayout(text, style(), 560, is_indented=False)
    lines = [layout.line_range(line) for line in range(layout.line_count)]
    at = text.index("\u00a0")
    assert any(start < at < end - 1 for start, end in lines)


def test_a_word_longer_than_the_column_is_broken() -> None:
    layout = laid_out("x" * 400)
    assert layout.line_count > 3
    assert max(box.right for box in layout.boxes(0, 400)) <= 600


def test_an_empty_paragraph_is_one_line_high() -> None:
    layout = laid_out("")
    assert layout.line_count == 1
    assert layout.height == 31
    assert layout.boxes(0, 0) == []
    assert layout.offset_at(300, 5) == 0


def test_a_point_behind_a_line_is_its_end_and_not_the_next_lines_start() -> None:
    layout = laid_out(ENGLISH)
    start, end = layout.line_range(0)
    assert start < layout.offset_at(2000, 5) < end


def test_text_far_taller_than_its_line_gets_the_room_it_needs() -> None:
    tall = QTextCharFormat()
    tall.setFont(Theme("light").text_font(60))
    layout = ParagraphLayout(ENGLISH, style(), 600, [FormatRun(0, 2, tall)])
    assert layout.line_bottom(0) - layout.line_top(0) >= 60
    assert layout.line_bottom(1) - layout.line_top(1) <= 31


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.text(st.sampled_from("ab cd.שלוםعرب\u200f\u00ad\u00a0\U0001f642e\u0301\n\t"), max_size=90),
    st.data(),
)
def test_the_place_under_the_middle_of_a_character_is_that_character(
    text: str, data: st.DataObject
) -> None:
    layout = ParagraphLayout(text, style(), 300)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for box in layout.boxes(start, end):
        assert box.left < box.right
        assert 0 <= box.top < box.bottom <= layout.height
        assert 0 <= layout.offset_at((box.left + box.right) / 2, box.top + 3) <= len(text)


@pytest.mark.parametrize("offset", range(0, 60, 7))
def test_a_click_on_a_character_finds_it(offset: int) -> None:
    layout = laid_out(ENGLISH)
    box = layout.boxes(offset, offset + 1)[0]
    middle = (box.left + box.right) / 2
    assert layout.offset_at(middle, box.top + 5, is_caret=False) == offset


def test_a_caret_steps_over_whole_characters_and_words() -> None:
    layout = laid_out("e\u0301t\u00e9 \U0001f642 fin")
    assert layout.neighbour(0, is_forward=True, by_word=False) == 2
    assert layout.neighbour(5, is_forward=True, by_word=False) == 6
    assert layout.neighbour(0, is_forward=True, by_word=True) == 5
    assert layout.neighbour(2, is_forward=False, by_word=False) == 0
