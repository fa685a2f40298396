"""A figure says whether its target holds, and the table shows it."""

from __future__ import annotations

import math

import pytest

from tests.benchmarks.figures import (
    Figure,
    at_least,
    at_most,
    median,
    percentile,
    table_head,
    table_row,
)


@pytest.mark.parametrize(
    ("figure", "holds"),
    [
        pytest.param(at_most("a", 20.0, "ms", 20), True, id="at the limit"),
        pytest.param(at_most("a", 20.1, "ms", 20), False, id="above it"),
        pytest.param(at_most("a", math.nan, "ms", 20), False, id="nothing measured"),
        pytest.param(at_least("a", 2000, "", 2000), True, id="enough"),
        pytest.param(at_least("a", 1999, "", 2000), False, id="too few"),
        pytest.param(Figure("a", 1, "s"), None, id="no target"),
    ],
)
def test_a_target_holds_or_does_not(figure: Figure, holds: bool | None) -> None:
    assert figure.holds is holds


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(value) for value in range(100, 0, -1)]
    assert [percentile(values, p) for p in (0, 50, 99, 100)] == [1, 50, 99, 100]
    assert median([3.0, 1.0, 2.0]) == 2.0
    assert math.isnan(median([]))


def test_a_missed_target_is_seen_in_the_table() -> None:
    figures = [at_most("start", 0.5, "s", 0.45), Figure("size", 12345, "MB")]
    lines = [*table_head().splitlines(), *map(table_row, figures)]
    assert [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[2:]] == [
        ["start", "0.50 s", "≤ 0.45", "**no**"],
        ["size", "12,345 MB", "", ""],
    ]
    assert len({len(line) for line in lines}) == 1
