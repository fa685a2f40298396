"""Tests of reader.ui.view.column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.ui.view.column import plan_column


def test_at_the_designs_width_column_and_cards_stand_where_it_draws_them() -> None:
    plan = plan_column(1268, 1.0, has_margin=True)
    assert (plan.left, plan.width) == (138, 600)
    assert (plan.cards_left, plan.cards_width) == (812, 318)


def test_a_wider_window_grows_only_the_outer_margins() -> None:
    plan = plan_column(2400, 1.0, has_margin=True)
    assert (plan.width, plan.cards_width, plan.cards_left - plan.left) == (600, 318, 674)


def test_without_a_margin_the_column_is_in_the_middle() -> None:
    plan = plan_column(1268, 1.0, has_margin=False)
    assert plan.is_folded
    assert plan.left == 1268 - plan.width - plan.left


def test_a_wide_column_makes_way_for_the_cards_before_they_fold() -> None:
    plan = plan_column(1268, 1.0, has_margin=True, column=1.8)
    assert not plan.is_folded
    assert 600 < plan.width < 1080
    assert plan_column(2400, 1.0, has_margin=True, column=1.8).width == 1080
    assert plan_column(1268, 1.0, has_margin=False, column=0.6).width == 360


@pytest.mark.parametrize(
    ("width", "is_folded"), [(990, False), (960, True), (620, True), (300, True)]
)
def test_the_cards_fold_away_in_a_narrow_window(width: int, is_folded: bool) -> None:
    assert plan_column(width, 1.0, has_margin=True).is_folded is is_folded


@given(st.integers(1, 5000), st.floats(0.6, 4.0), st.booleans(), st.floats(0.5, 2.5))
def test_everything_stays_inside_the_window(
    width: int, scale: float, has_margin: bool, column: float
) -> None:
    plan = plan_column(width, scale, has_margin=has_margin, column=column)
    assert plan.left >= 0
    assert plan.width >= 1
    assert plan.left + plan.width <= width
    if not plan.is_folded:
        assert plan.left + plan.width < plan.cards_left
        assert plan.cards_left + plan.cards_width <= width
