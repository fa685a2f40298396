"""Tests of reader.ui.view.decorations and reader.ui.view.decoration_painter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from reader.text.document import Span
from reader.ui.look.theme import Theme
from reader.ui.view.decoration_painter import segments, wash_outline
from reader.ui.view.decorations import Decoration, DecorationIndex, Role
from reader.ui.view.layout.paragraph_layout import LineBox
from reader.ui.view.layout.text_flow import TextFlow
from reader.values import replaced
from tests.ui.view.documents import prose


def highlight(start: int, end: int, colour: str = "rose") -> Decoration:
    return Decoration(Span(0, start, end), Role.HIGHLIGHT, colour)


@pytest.fixture
def index(qapp: object) -> DecorationIndex:
    del qapp
    flow = TextFlow(prose("one", "two", "three"), Theme("light"), 600)  # at 0, 5 and 10
    return DecorationIndex(flow.indexes_of)


def test_only_what_differs_from_the_wanted_set_before_is_told(index: DecorationIndex) -> None:
    one, two, three = highlight(0, 3), highlight(5, 8), highlight(10, 15)
    assert index.replace("notes", [one, two]) == {one, two}
    assert index.replace("notes", [two, three]) == {one, three}
    assert index.replace("notes", [three, two]) == frozenset()
    assert index.replace("notes", []) == {two, three}


def test_a_decoration_is_found_in_every_item_it_touches(index: DecorationIndex) -> None:
    across = highlight(1, 7)
    index.replace("notes", [across])
    assert [list(index.in_item(number)) for number in range(3)] == [[across], [across], []]
    index.replace("notes", [])
    assert not any(index.in_item(number) for number in range(3))


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 4), st.booleans()), max_size=7), min_size=1, max_size=6
    )
)
def test_whatever_is_wanted_one_after_the_other_is_found_once_and_told_exactly(
    lists: list[list[tuple[int, bool]]],
) -> None:
    index = DecorationIndex(lambda span: range(span.start, span.end))
    known = [highlight(number, number + 2) for number in range(5)]
    before: frozenset[Decoration] = frozenset()
    for wanted in lists:
        # the very same one as before, or one that only looks alike
        given_now = [replaced(known[n]) if is_copy else known[n] for n, is_copy in wanted]
        assert index.replace("notes", given_now) == before ^ frozenset(given_now)
        before = frozenset(given_now)
        assert index.of_group("notes") == before
        for item in range(6):
            found = index.in_item(item)
            assert len(found) == len(set(found))
            assert set(found) == {one for one in before if one.span.start <= item < one.span.end}


def test_groups_do_not_touch_each_other(index: DecorationIndex) -> None:
    same = highlight(0, 3)
    index.replace("notes", [same])
    index.replace("search", [same])
    index.replace("notes", [])
    assert list(index.in_item(0)) == [same]
    assert index.of_group("search") == {same}
    assert index.of_group("notes") == frozenset()


def test_a_few_are_taken_away_without_going_through_the_others() -> None:
    index = DecorationIndex(lambda span: range(span.start, span.end))
    index.replace("notes", [highlight(number, number + 1) for number in range(9)])
    index.replace("active", [highlight(4, 6, "")])
    elsewhere = index.in_item(2)
    assert index.replace("active", []) == {highlight(4, 6, "")}
    assert index.in_item(2) is elsewhere
    assert index.replace("notes", []) == {highlight(number, number + 1) for number in range(9)}
    assert not any(index.in_item(number) for number in range(9))


def test_overlapping_highlights_are_cut_where_either_ends() -> None:
    cuts = list(segments([(0, 10, "rose"), (4, 16, "sky")]))
    assert cuts == [(0, 4, ("rose",)), (4, 10, ("rose", "sky")), (10, 16, ("sky",))]


def test_highlights_apart_from_each_other_leave_the_space_between_bare() -> None:
    cuts = list(segments([(0, 4, "rose"), (8, 9, "rose")]))
    assert cuts == [(0, 4, ("rose",)), (8, 9, ("rose",))]


def test_a_thousand_highlights_on_a_line_are_as_many_pieces_at_most() -> None:
    stack = [(float(n % 40), float(n % 40 + 9), ("rose", "sky")[n % 2]) for n in range(1000)]
    assert len(list(segments(stack))) < 100


def test_a_wash_over_two_lines_is_round_only_at_its_outer_corners() -> None:
    path = wash_outline(
        [LineBox(0, 50, 0, 100, 30, 21, 19), LineBox(1, 0, 30, 60, 60, 51, 19)], 0, 5
    )
    assert not path.contains(QPointF(50.2, 0.2)), "top left of the first line"
    assert not path.contains(QPointF(0.2, 30.2)), "top left of the second line"
    assert path.contains(QPointF(50.2, 29.8)), "where the two lines meet"
    assert path.contains(QPointF(59.8, 30.2)), "where the two lines meet"
    assert not path.contains(QPointF(59.8, 59.8)), "bottom right of the second line"
