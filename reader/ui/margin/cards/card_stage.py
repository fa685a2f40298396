"""What of the cards is to be seen at this moment, where, and how it is painted."""

from __future__ import annotations

from collections.abc import Set
from functools import partial

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QVariantAnimation, Signal
from PySide6.QtGui import QPainter

from reader.annotations.model import AnnotationId
from reader.text.document import Place
from reader.text.lazy_sections import length_of
from reader.ui.look.theme import Theme
from reader.ui.margin.cards.card import CardContent
from reader.ui.margin.cards.card_arrangement import Arrangement, PlacedCard, Surroundings, place_of
from reader.ui.margin.cards.card_face import CardFaces, CardLook
from reader.ui.margin.cards.card_layout import CardSize, band_of
from reader.ui.margin.cards.card_painter import CardPainter
from reader.ui.margin.cards.card_pictures import CardPictures
from reader.ui.view.reading_view import ReadingView

MOTION_MS = 140
CARD_WIDTH_PX = 318.0

_EDGE_PX = 12.0
"""How far an opened card keeps from the window's edges."""
_BEYOND_TEXT_PX = 20.0
"""How far cards may stand above the first line and below the last one."""
_DOT_FROM_COLUMN_PX = 12.0
_SHADOW_PX = 10
_CROWD = 24
"""Cards near the screen from which on they are painted from pictures kept of them."""


class CardStage(QObject):
    """Holds which cards are spoken, focused, opened and so on, and stands them beside the text.

    All boxes and points are in the viewport's pixels. After a change of its state comes `place`:
    of several changes in a row only the last stands the cards, once somebody looks where they are.
    """

    moved = Signal()
    """Cards glide: paint them again."""

    def __init__(self, theme: Theme, view: ReadingView, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._view = view
        self.faces = CardFaces(theme)
        self.arrangement = Arrangement(self.faces)
        self._painter = CardPainter(theme, self.faces)
        self._pictures = CardPictures(_SHADOW_PX)
        self._standing: list[PlacedCard] = []
        self._glides_next: bool | None = None
        """Whether cards glide when they are stood anew, which they have to be; None: they don't."""
        self._shifts: dict[AnnotationId, float] = {}
        self.spoken: Set[AnnotationId] = frozenset()
        self.focused: AnnotationId | None = None
        self.hovered: AnnotationId | None = None
        self.opened: AnnotationId | None = None
        """The one card that lies over the text while the margin is folded."""
        self.edited: AnnotationId | None = None
        self.edited_height = 0.0
        self._unfolded: frozenset[AnnotationId] = frozenset()
        self._unfolded_bands: frozenset[tuple[int, int]] = frozenset()
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(MOTION_MS)
        self._motion.setStartValue(1.0)
        self._motion.setEndValue(0.0)
        self._motion.valueChanged.connect(self.moved)
        self.is_motion_reduced = False

    @property
    def is_folded(self) -> bool:
        """Whether there is room for markers only."""
        return self._view.is_margin_folded

    def forget_looks(self) -> None:
        """Measure every card anew: the theme changed."""
        self.faces.forget()
        self._painter.forget()
        self._pictures.forget()

    def toggle_unfolded(self, card_id: AnnotationId) -> None:
        """Show a long note whole, or its beginning again."""
        self._unfolded ^= {card_id}

    def unfold_band(self, placed: PlacedCard) -> None:
        """Show the cards that a "+n" card stands for."""
        self._unfolded_bands |= {band_of(place_of(placed.card))}

    def place(self, *, is_animated: bool) -> None:
        """Have every card stand where it belongs now; it glides there if `is_animated`."""
        if is_animated and self._glides_next is False:
            self.settle()  # what jumps has jumped before something else glides
        self._glides_next = is_animated or bool(self._glides_next)
        if not self.is_folded:
            self.opened = None

    def settle(self) -> None:
        """Stand the cards where `place` wants them, if they don't yet."""
        if self._glides_next is None:
            return
        is_gliding = self._may_glide(is_animated=self._glides_next)
        self._glides_next = None
        before = self._displacements() if is_gliding else {}
        around = self._surroundings()
        if self.is_folded:
            room = self._view.viewport().width() - 2 * self._theme.px(_EDGE_PX)
            self.faces.set_width(min(self._theme.px(CARD_WIDTH_PX), room))
            self._standing = self.arrangement.markers(around)
        else:
            self.faces.set_width(self._view.margin_rect().right() + 1 - around.cards_left)
            self._standing = self.arrangement.placed(
                around,
                self.look,
                self._whole_cards(),
                self._pinned_cards(),
                self.edited_height,
                self._unfolded_bands,
            )
        self._start_motion(before, is_gliding=is_gliding)

    @property
    def _placed(self) -> list[PlacedCard]:
        """The cards on the screen or near it, where they belong."""
        self.settle()
        return self._standing

    def look(self, card_id: AnnotationId) -> CardLook:
        """Return what holds for a card now."""
        return CardLook(
            is_spoken=card_id in self.spoken,
            is_focused=card_id == self.focused,
            is_hovered=card_id == self.hovered,
            is_unfolded=card_id in self._unfolded,
            is_being_edited=card_id == self.edited,
        )

    def shown(self) -> list[PlacedCard]:
        """Return what can be seen as cards: all that are placed, or the one that is opened."""
        if not self.is_folded:
            return self._placed
        card = self.arrangement.card(self.opened)
        if card is None:
            return []
        box = self._opened_box(card)
        return [PlacedCard(card, CardSize.FULL, box, box.topLeft(), box.topLeft())]

    def shown_box(self, placed: PlacedCard) -> QRectF:
        """Return where a card is seen now, on its way or there."""
        return placed.box.translated(0, round(self._shift(placed)))

    def box_of(self, card_id: AnnotationId | None) -> QRect | None:
        """Return where a card is seen; None if it isn't, or is folded into another."""
        for placed in self.shown():
            if placed.card.id == card_id and not placed.folded:
                return self.shown_box(placed).toAlignedRect()
        return None

    def boxes_within(self, area: QRect) -> list[tuple[CardContent, QRect]]:
        """Return the cards that are seen in a part of the viewport, each with its box."""
        boxes = (
            (placed.card, self.shown_box(placed).toAlignedRect())
            for placed in self.shown()
            if not placed.folded
        )
        return [(card, box) for card, box in boxes if box.intersects(area)]

    def placed_at(self, point: QPointF) -> PlacedCard | None:
        """Return the card or marker under a point."""
        for placed in self.shown():
            if self.shown_box(placed).contains(point):
                return placed
        if self.is_folded:
            for placed in self._placed:
                if placed.box.adjusted(-4, 0, 4, 0).contains(point):
                    return placed
        return None

    def geometry(self) -> QRect:
        """Return the part of the viewport the margin needs to cover."""
        viewport = self._view.viewport().rect()
        if self.opened is not None:
            return viewport
        left = self._view.column_rect().right() + 1
        return QRect(left, 0, viewport.width() - left, viewport.height())

    def paint(self, painter: QPainter, clip: QRectF) -> None:
        """Paint everything that meets `clip`."""
        for placed in self._placed:
            if self.is_folded:
                look = self.look(placed.card.id)
                self._painter.paint_marker(painter, placed.box.center(), placed.card.colour, look)
            else:
                self._paint_leader(painter, placed, clip)
        shown = self.shown()
        for placed in shown:
            box = self.shown_box(placed)
            if not box.adjusted(-_SHADOW_PX, -_SHADOW_PX, _SHADOW_PX, 2 * _SHADOW_PX).intersects(
                clip
            ):
                continue
            look = self.look(placed.card.id)
            paint = partial(self._paint_card, placed, look)
            if len(shown) > _CROWD and not look.is_hovered:
                looks = (placed.card, placed.size, placed.folded, look)
                self._pictures.paint(painter, box, looks, paint)
            else:
                paint(painter, box)

    def _paint_card(
        self, placed: PlacedCard, look: CardLook, painter: QPainter, box: QRectF
    ) -> None:
        card = placed.card
        if placed.folded:
            words = f"+{len(placed.folded)} more"
            self._painter.paint_folded(painter, box, words, is_hovered=look.is_hovered)
        elif placed.size is CardSize.FULL:
            self._painter.paint(painter, box, card, look)
        else:
            self._painter.paint_compact(painter, box, card, look)

    def _paint_leader(self, painter: QPainter, placed: PlacedCard, clip: QRectF) -> None:
        if placed.card.place is None or placed.card.depth:
            return
        shift = round(self._shift(placed))
        one, other = placed.dot.y(), placed.leader_end.y() + shift
        if max(one, other) + 4 >= clip.top() and min(one, other) - 4 <= clip.bottom():
            end = placed.leader_end + QPointF(0, shift)
            look = self.look(placed.card.id)
            self._painter.paint_leader(painter, placed.dot, end, placed.card.colour, look)

    def _surroundings(self) -> Surroundings:
        px, view = self._theme.px, self._view
        column_right = view.column_rect().right() + 1
        screen_height = view.viewport().height()
        # from the lines, not from the scroll bar: it is told later than the lines have moved
        highest_top = view.line_top_of(Place(0, 0)) - px(_BEYOND_TEXT_PX)
        last_line_bottom = view.line_top_of(self._end()) + view.line_height()
        return Surroundings(
            line_top_of=view.line_top_of,
            line_tops=view.line_tops,
            line_height=view.line_height(),
            screen_height=screen_height,
            scale=self._theme.scale,
            cards_left=column_right if self.is_folded else view.margin_rect().left(),
            dots_x=column_right + px(_DOT_FROM_COLUMN_PX),
            highest_top=highest_top,
            lowest_bottom=max(
                last_line_bottom + px(_BEYOND_TEXT_PX),
                highest_top + screen_height - px(2 * _BEYOND_TEXT_PX),
            ),
        )

    def _end(self) -> Place:
        document = self._view.document
        if document is None or not document.sections:
            return Place(0, 0)
        number = len(document.sections) - 1
        return Place(number, length_of(document.sections, number))

    def _whole_cards(self) -> Set[AnnotationId]:
        forward = {card_id for card_id in (self.focused, self.edited) if card_id}
        return forward | self.spoken | self._unfolded

    def _pinned_cards(self) -> list[AnnotationId]:
        forward = [card_id for card_id in (self.edited, self.focused) if card_id]
        return list(dict.fromkeys([*forward, *sorted(self.spoken)]))

    def _may_glide(self, *, is_animated: bool) -> bool:
        """Whether cards go to their places rather than jump there, or were on their way."""
        is_moving = self._motion.state() is QVariantAnimation.State.Running
        return (is_animated or is_moving) and not (self.is_motion_reduced or self.is_folded)

    def _displacements(self) -> dict[AnnotationId, float]:
        """Return how far below its line each card is seen now."""
        return {one.card.id: one.displacement + self._shift(one) for one in self._standing}

    def _start_motion(self, before: dict[AnnotationId, float], *, is_gliding: bool) -> None:
        """Let cards glide from where they were seen, relative to their lines."""
        self._motion.stop()
        self._shifts = {}
        if not is_gliding:
            return
        moves = {
            one.card.id: before[one.card.id] - one.displacement
            for one in self._standing
            if one.card.id in before
        }
        self._shifts = {card_id: move for card_id, move in moves.items() if abs(move) >= 1}
        if self._shifts:
            self._motion.start()

    def _shift(self, placed: PlacedCard) -> float:
        """Return how far below its place a card still is."""
        if not self._shifts or self._motion.state() is not QVariantAnimation.State.Running:
            return 0.0
        share = float(self._motion.currentValue())
        return self._shifts.get(placed.card.id, 0.0) * share * share

    def _opened_box(self, card: CardContent) -> QRectF:
        """Return where the opened card lies over the text: below its line, or above."""
        px = self._theme.px
        height = self.edited_height
        if self.edited != card.id:
            height = self.faces.face(card, is_unfolded=card.id in self._unfolded).height
        screen = QRectF(self._view.viewport().rect()).adjusted(0, px(_EDGE_PX), 0, -px(_EDGE_PX))
        line_top = self._view.line_top_of(place_of(card))
        top = line_top + self._view.line_height() + px(4)
        if top + height > screen.bottom() and line_top - px(4) - height >= screen.top():
            top = line_top - px(4) - height
        top = max(screen.top(), min(top, screen.bottom() - height))
        left = screen.right() - px(_EDGE_PX) - self.faces.width
        return QRectF(round(left), round(top), self.faces.width, round(height))
