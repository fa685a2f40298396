"""What a benchmark gives: figures beside their targets, and the table they are printed in."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

_NAME_WIDTH = 64  # of the table's first column: rows are printed before the next is known


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing measured. `target` is "" where none was set, `holds` then None."""

    name: str
    measured: float
    unit: str
    target: str = ""
    holds: bool | None = None


def at_most(name: str, measured: float, unit: str, limit: float) -> Figure:
    """Return a figure that must not be larger than `limit`."""
    return Figure(name, measured, unit, f"≤ {_shown(limit)}", measured <= limit)


def at_least(name: str, measured: float, unit: str, limit: float) -> Figure:
    """Return a figure that must not be smaller than `limit`."""
    return Figure(name, measured, unit, f"≥ {_shown(limit)}", measured >= limit)


def percentile(values: Iterable[float], percent: float) -> float:
    """Return the value that `percent` of the values don't exceed; not a number if there are none.

    It is always one of the values (nearest rank), so that the 100th is the largest.
    """
    ordered = sorted(values)
    if not ordered:
        return math.nan
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def median(values: Iterable[float]) -> float:
    """Return the middle value, the lower one of two; not a number if there are none."""
    return percentile(values, 50)


def table_head() -> str:
    """Return the first lines of a Markdown table of figures."""
    return (
        _line("figure", "measured", "target", "holds") + "\n" + _line("---", "---:", "---:", "---")
    )


def table_row(figure: Figure) -> str:
    """Return a figure as a line of that table."""
    measured = f"{_shown(figure.measured)} {figure.unit}".rstrip()
    holds = "" if figure.holds is None else "yes" if figure.holds else "**no**"
    return _line(figure.name, measured, figure.target, holds)


def _line(name: str, measured: str, target: str, holds: str) -> str:
    return f"| {name:{_NAME_WIDTH}} | {measured:>10} | {target:>8} | {holds:6} |"


def _shown(value: float) -> str:
    if math.isnan(value):
        return "–"
    if value == round(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
