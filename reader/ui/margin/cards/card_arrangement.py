"""Which cards stand where for what the view shows now: sizes by crowding, tops by least squares."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence, Set
from math import inf

from PySide6.QtCore import QPointF, QRectF

from reader.annotations.model import AnnotationId
from reader.text.document import Place
from reader.ui.margin.cards.card import CardContent
from reader.ui.margin.cards.card_deck import Run, RunChange
from reader.ui.margin.cards.card_face import COMPACT_HEIGHT_PX, LEADER_PX, CardFaces, CardLook
from reader.ui.margin.cards.card_layout import (
    PINNED_WEIGHT,
    CardSize,
    Crowd,
    band_of,
    card_sizes,
    numbers_between,
    place_cards,
)
from reader.values import value

GAP_PX = 10.0
MARKER_STEP_PX = 11.0

_FEW = 32
"""Changes that are made one by one; with more all cards are sorted anew."""


@value
class Surroundings:
    """What the view says of itself; lengths in px of its viewport, `scale` that of the theme."""

    line_top_of: Callable[[Place], float]
    line_tops: Callable[[Sequence[Place]], list[float]]
    """The same of many places in the text's order, in less time."""
    line_height: float
    screen_height: float
    scale: float
    cards_left: float
    dots_x: float
    highest_top: float = -inf
    lowest_bottom: float = inf


@value
class PlacedCard:
    """A card, or the one that stands for several folded ones, and where it is in the viewport."""

    card: CardContent
    size: CardSize
    box: QRectF
    dot: QPointF
    leader_end: QPointF
    """Where the leader arrives: beside the note's first line."""
    folded: tuple[AnnotationId, ...] = ()

    @property
    def displacement(self) -> float:
        """How far below its own line it stands; the same while the text scrolls."""
        return self.box.top() - self.dot.y()


def place_of(card: CardContent) -> Place:
    """Return where a card belongs; those that were not found stand before the beginning."""
    return Place(0, 0) if card.place is None else card.place


class Arrangement:
    """The cards of a document in order, and how they stand beside what is on the screen."""

    def __init__(self, faces: CardFaces) -> None:
        self._faces = faces
        self._cards: list[CardContent] = []
        self._places: list[Place] = []
        self._by_id: dict[AnnotationId, CardContent] = {}

    @property
    def cards(self) -> Sequence[CardContent]:
        """All cards, in the order of the text."""
        return self._cards

    def clear(self) -> None:
        """Have no cards."""
        self._cards, self._places, self._by_id = [], [], {}

    def change(self, changes: Sequence[RunChange]) -> None:
        """Put cards in the places of others; what comes at the place of what stays comes last."""
        if len(changes) > _FEW:
            self._sort_anew(changes)
            return
        standing = [(self.number_of(c.before[0].id), c) for c in changes if c.before]
        for change in changes:
            for card in change.before:
                self._by_id.pop(card.id, None)
        coming = [change.now for change in changes if change.now and not _stays(change)]
        for number, change in sorted(standing, key=lambda one: one[0] or 0, reverse=True):
            if number is not None:
                behind = number + len(change.before)
                self._put(number, behind, change.now if _stays(change) else ())
        for cards in coming:  # once all that goes has gone: a card may come with another one
            at = bisect_right(self._cards, _order(cards[0]), key=_order)
            self._put(at, at, cards)

    def _put(self, first: int, behind: int, cards: Run) -> None:
        self._cards[first:behind] = cards
        self._places[first:behind] = map(place_of, cards)
        self._by_id |= {card.id: card for card in cards}

    def _sort_anew(self, changes: Sequence[RunChange]) -> None:
        gone = {card.id for change in changes for card in change.before}
        stay = [card for card in self._cards if card.id not in gone] if gone else self._cards
        come = [card for change in changes for card in change.now]
        self._cards = sorted((*stay, *come), key=_order)
        self._places = [place_of(card) for card in self._cards]
        self._by_id = {card.id: card for card in self._cards}

    def number_of(self, card_id: AnnotationId | None) -> int | None:
        """Return which card this is, None if there is none such."""
        card = self.card(card_id)
        if card is None:
            return None
        number = bisect_left(self._cards, _order(card), key=_order)
        while self._cards[number].id != card_id:
            number += 1
        return number

    def card(self, card_id: AnnotationId | None) -> CardContent | None:
        """Return a card by its id, None if there is none such."""
        return None if card_id is None else self._by_id.get(card_id)

    def placed(
        self,
        around: Surroundings,
        look_of: Callable[[AnnotationId], CardLook],
        whole: Set[AnnotationId],
        pinned: Sequence[AnnotationId],
        edited_height: float,
        unfolded_bands: frozenset[tuple[int, int]],
    ) -> list[PlacedCard]:
        """Return the cards on the screen or one screen away.

        `whole` ones are shown in full however crowded it is; of the `pinned` ones the first stays
        at its line whatever the others do. The card being edited is `edited_height` high.
        """
        near = self._near(around, around.screen_height)
        cards = [self._cards[number] for number in near]
        places = [self._places[number] for number in near]
        dots = _line_middles(around, places)
        crowd = Crowd(
            reach=around.screen_height / 2,
            compact_height=COMPACT_HEIGHT_PX * around.scale,
            gap=GAP_PX * around.scale,
        )
        estimates = [self._faces.estimated_height(card) for card in cards]
        sizes = card_sizes(places, dots, estimates, crowd, unfolded_bands)
        shown: list[_Shown] = []
        for card, place, dot, size in zip(cards, places, dots, sizes, strict=True):
            if card.id in whole or size is CardSize.FULL:
                height = self._height(card, look_of(card.id), edited_height)
                shown.append(_Shown(card, CardSize.FULL, dot, height, []))
            elif size is CardSize.COMPACT:
                shown.append(_Shown(card, CardSize.COMPACT, dot, crowd.compact_height, []))
            else:
                _fold(shown, card, place, dot, crowd.compact_height)
        return self._stood(shown, around, pinned)

    def markers(self, around: Surroundings) -> list[PlacedCard]:
        """Return the markers that stand for cards where there is no room for them."""
        near = self._near(around, 4 * around.line_height)
        step = MARKER_STEP_PX * around.scale
        dots = _line_middles(around, [self._places[number] for number in near])
        tops = place_cards([dot - step / 2 for dot in dots], [step] * len(dots), 0)
        left = around.dots_x - step / 2
        return [
            PlacedCard(
                self._cards[number],
                CardSize.COMPACT,
                QRectF(left, top, step, step),
                QPointF(around.dots_x, dot),
                QPointF(around.dots_x, dot),
            )
            for number, dot, top in zip(near, dots, tops, strict=True)
        ]

    def _near(self, around: Surroundings, reach: float) -> range:
        """Return the cards whose lines are on the screen, or within `reach` of it."""
        bottom = around.screen_height + reach
        return numbers_between(self._places, around.line_top_of, -reach, bottom)

    def _height(self, card: CardContent, look: CardLook, edited_height: float) -> float:
        if look.is_being_edited:
            return edited_height
        return self._faces.face(card, is_unfolded=look.is_unfolded).height

    def _stood(
        self, shown: Sequence[_Shown], around: Surroundings, pinned: Sequence[AnnotationId]
    ) -> list[PlacedCard]:
        scale = around.scale
        # each pin outweighs all cards together, and gives way only to the pins before it
        weight_of = {card_id: PINNED_WEIGHT / 1000**rank for rank, card_id in enumerate(pinned)}
        tops = place_cards(
            [one.dot - one.leader_below(scale) for one in shown],
            [one.height for one in shown],
            GAP_PX * scale,
            [1.0 if one.folded else weight_of.get(one.card.id, 1.0) for one in shown],
            highest_top=around.highest_top,
            lowest_bottom=around.lowest_bottom,
        )
        # whole pixels: a note's glyphs must not change as its card is pushed
        return [
            PlacedCard(
                one.card,
                one.size,
                self._box(around, one, round(top)),
                QPointF(around.dots_x, one.dot),
                QPointF(around.cards_left, round(top) + one.leader_below(scale)),
                tuple(one.folded),
            )
            for one, top in zip(shown, tops, strict=True)
        ]

    def _box(self, around: Surroundings, one: _Shown, top: int) -> QRectF:
        indent = 0 if one.folded else round(self._faces.indent_of(one.card))
        width = self._faces.width - indent
        return QRectF(around.cards_left + indent, top, width, round(one.height))


@value
class _Shown:
    card: CardContent
    size: CardSize
    dot: float
    height: float
    folded: list[AnnotationId]

    def leader_below(self, scale: float) -> float:
        """Return how far below the card's top its leader arrives."""
        return min(LEADER_PX * scale, self.height / 2)


def _fold(shown: list[_Shown], card: CardContent, place: Place, dot: float, height: float) -> None:
    """Put a card into the "+n" card of its band, which comes last in it."""
    band = band_of(place)
    for before in reversed(shown):
        if band_of(place_of(before.card)) != band:
            break
        if before.folded:
            before.folded.append(card.id)
            return
    shown.append(_Shown(card, CardSize.FOLDED, dot, height, [card.id]))


def _line_middles(around: Surroundings, places: Sequence[Place]) -> list[float]:
    return [top + around.line_height / 2 for top in around.line_tops(places)]


def _stays(change: RunChange) -> bool:
    """Whether cards have others in their place, none of which stands elsewhere."""
    return bool(change.before and change.now) and (change.before[0].place == change.now[0].place)


def _order(card: CardContent) -> tuple[int, int]:
    return (-1, 0) if card.place is None else (card.place.section, card.place.offset)
