"""Which card, and which part of it, the mouse is at; which one a press and its release are on."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from reader.annotations.model import AnnotationId
from reader.ui.margin.cards.card_arrangement import PlacedCard
from reader.ui.margin.cards.card_face import CardPart
from reader.ui.margin.cards.card_layout import CardSize
from reader.ui.margin.cards.card_stage import CardStage


class CardPointing:
    """All points are in the viewport's pixels."""

    def __init__(self, stage: CardStage) -> None:
        self._stage = stage
        self._pressed: AnnotationId | None = None

    @property
    def is_pressed(self) -> bool:
        """Whether a card is held down."""
        return self._pressed is not None

    def press(self, point: QPointF) -> bool:
        """Hold down the card at a point; return whether there is one."""
        placed = self._stage.placed_at(point)
        self._pressed = None if placed is None else placed.card.id
        return self.is_pressed

    def release(self, point: QPointF) -> PlacedCard | None:
        """Let go; return the card that was pressed if it is let go of on itself."""
        placed = self._stage.placed_at(point)
        pressed, self._pressed = self._pressed, None
        return placed if placed is not None and placed.card.id == pressed else None

    def part_of(self, placed: PlacedCard, point: QPointF) -> CardPart | None:
        """Return the part of a whole card at a point; None where it's just the card."""
        box = self._stage.shown_box(placed)
        if placed.folded or placed.size is not CardSize.FULL or not box.contains(point):
            return None
        look = self._stage.look(placed.card.id)
        return self._stage.faces.part_at(placed.card, box, point, look)

    def explanation_at(self, point: QPointF) -> str:
        """Return what is said of the part at a point before it is pressed; "" for nothing."""
        placed = self._stage.placed_at(point)
        part = None if placed is None else self.part_of(placed, point)
        return "" if part is None else part.explanation
