"""Where pages stand, and which of them are on the screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reader.ui.pages.page_arrangement import PageArrangement

A4 = (595.0, 842.0)
SIZES = st.lists(st.tuples(st.floats(0, 20_000), st.floats(0, 20_000)), min_size=1, max_size=40)


def arranged(
    sizes: list[tuple[float, float]], room: int = 800, zoom: float = 1.0
) -> PageArrangement:
    return PageArrangement(sizes, room, zoom=zoom, scale=1.0, margin=20, gap=30)


def test_a_page_is_as_wide_as_fits_but_no_larger_than_is_comfortable() -> None:
    assert arranged([A4], room=640).rect_of(0).width == 600
    assert arranged([A4], room=3000).rect_of(0).width == round(595 * 1.5)


def test_zoomed_pages_may_be_wider_than_the_window() -> None:
    larger = arranged([A4], room=640, zoom=2.0)
    assert larger.rect_of(0).width == 1200
    assert larger.width == 1240


def test_a_narrower_page_stands_in_the_middle() -> None:
    rect = arranged([A4, (297.5, 421.0)], room=640).rect_of(1)
    assert rect.width == 300
    assert rect.left == (640 - 300) // 2


@given(sizes=SIZES, top=st.floats(0, 50_000), height=st.floats(1, 2000))
def test_the_pages_between_two_heights_are_those_that_lie_there(
    sizes: list[tuple[float, float]], top: float, height: float
) -> None:
    pages = arranged(sizes)
    found = pages.pages_between(top, top + height)
    for number in range(len(pages)):
        rect = pages.rect_of(number)
        assert rect.height >= 1
        is_there = rect.top + rect.height >= top and rect.top <= top + height
        assert not is_there or number in found


@given(sizes=SIZES)
def test_pages_stand_below_each_other(sizes: list[tuple[float, float]]) -> None:
    pages = arranged(sizes)
    rects = [pages.rect_of(number) for number in range(len(pages))]
    ends = [rect.top + rect.height for rect in rects]
    assert all(rect.top == end + 30 for rect, end in zip(rects[1:], ends, strict=False))
    assert pages.height == ends[-1] + 20
