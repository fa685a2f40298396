"""Where the column of text and the margin with its cards stand in a window of some width."""

from __future__ import annotations

from reader.values import value

COLUMN = 600.0
GUTTER = 74.0
CARDS = 318.0

_LEAST_GUTTER = 50.0
_LEAST_CARDS = 280.0
_LEAST_SIDE = 16.0
_FOLDED_SIDE = 28.0
"""Beside the column when the cards are folded: room for their markers."""


@value
class ColumnPlan:
    """Whole pixels: the column's left edge and width; the cards' too, of no width if folded."""

    left: int
    width: int
    cards_left: int = 0
    cards_width: int = 0

    @property
    def is_folded(self) -> bool:
        """Whether there are no cards beside the column."""
        return self.cards_width == 0


def plan_column(
    viewport_width: int, scale: float, *, has_margin: bool, column: float = 1.0
) -> ColumnPlan:
    """Place the column, and the cards if they are wanted and fit.

    Together they stand in the middle. A window that is a little narrow takes from the gutter and
    the cards first; a wider one only gets wider outer margins. `column` is how wide the user wants
    it, against the usual: one that is wider than that makes way for the cards.
    """
    least = (_LEAST_GUTTER + _LEAST_CARDS) * scale
    wanted = round(COLUMN * scale * column)
    if has_margin and column > 1.0:
        beside_cards = round(viewport_width - least - 2 * _LEAST_SIDE * scale)
        wanted = min(wanted, max(beside_cards, round(COLUMN * scale)))
    spare = viewport_width - wanted - least - 2 * _LEAST_SIDE * scale
    if has_margin and spare >= 0:
        share = min(spare / ((GUTTER + CARDS) * scale - least), 1.0)
        gutter = round((_LEAST_GUTTER + share * (GUTTER - _LEAST_GUTTER)) * scale)
        cards = round((_LEAST_CARDS + share * (CARDS - _LEAST_CARDS)) * scale)
        left = (viewport_width - wanted - gutter - cards) // 2
        return ColumnPlan(left, wanted, left + wanted + gutter, cards)
    side = min(_FOLDED_SIDE * scale, viewport_width / 8)
    width = max(min(wanted, round(viewport_width - 2 * side)), 1)
    return ColumnPlan((viewport_width - width) // 2, width)
