"""Everything has its place by arithmetic; arrows go where the eye would."""

from __future__ import annotations

import pytest

from reader.ui.library.shelf_layout import Form, Group, ShelfLayout, Sizes

SIZES = Sizes(
    cover_width=100,
    cover_gap=20,
    cover_pitch=200,
    line_height=50,
    found_height=60,
    heading_height=40,
    group_gap=10,
)
GO_ON = Group("Go on", Form.COVER, 7, is_one_row=True)
ALL = Group("All", Form.COVER, 8)
FOUND = Group("Found", Form.FOUND, 3)


def layout(*groups: Group, width: int = 360) -> ShelfLayout:
    return ShelfLayout(groups, width, SIZES)


def test_covers_stand_in_rows_of_as_many_as_fit() -> None:
    shelf = layout(ALL)
    assert shelf.columns == 3
    boxes = [shelf.box_of(item) for item in range(4)]
    assert [(box.x, box.y) for box in boxes if box] == [(0, 40), (120, 40), (240, 40), (0, 240)]
    assert shelf.height == 40 + 3 * 200 + 10


def test_of_one_row_only_what_fits_is_shown() -> None:
    shelf = layout(GO_ON, ALL)
    assert shelf.box_of(2) is not None
    assert shelf.box_of(3) is None
    first = shelf.box_of(7)
    assert first is not None
    assert first.y == 40 + 200 + 10 + 40


def test_lines_stand_below_each_other() -> None:
    shelf = layout(ALL, FOUND)
    box = shelf.box_of(9)
    assert box is not None
    assert (box.y - shelf.height + 10 + 2 * 60, box.width) == (0, 360)


def test_what_is_in_a_stretch_is_found_without_looking_at_the_rest() -> None:
    shelf = layout(Group("", Form.COVER, 5000))
    top = 200 * 1000
    assert list(shelf.items_between(top, top + 300)) == list(range(3000, 3006))
    assert list(layout().items_between(0, 100)) == []


def test_a_point_tells_its_item() -> None:
    shelf = layout(GO_ON, ALL)
    assert shelf.item_at(130, 60) == 1
    assert shelf.item_at(110, 60) is None  # between two
    assert shelf.item_at(5, 10) is None  # on the heading
    assert shelf.item_at(5, 10_000) is None


@pytest.mark.parametrize(
    ("item", "step", "target"),
    [
        (1, 1, 8),  # from the row to the same column of the next group
        (8, -1, 1),
        (7, 1, 10),  # within the group
        (12, 1, 14),  # the last row is shorter
        (14, 1, 15),  # into the lines
        (15, 1, 16),
        (15, -1, 13),
        (17, 1, 17),  # nothing below
        (0, -1, 0),
    ],
)
def test_up_and_down(item: int, step: int, target: int) -> None:
    assert layout(GO_ON, ALL, FOUND).above_or_below(item, step) == target


def test_left_and_right_pass_over_what_is_not_shown() -> None:
    shelf = layout(GO_ON, ALL)
    assert shelf.beside(2, 1) == 7
    assert shelf.beside(7, -1) == 2
    assert shelf.beside(14, 1) == 14
    assert shelf.beside(0, -1) == 0


def test_headings_in_a_stretch() -> None:
    shelf = layout(GO_ON, ALL)
    assert [group.heading for group, _ in shelf.headings_between(0, 100)] == ["Go on"]
    assert [group.heading for group, _ in shelf.headings_between(0, 400)] == ["Go on", "All"]
