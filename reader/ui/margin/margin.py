"""The margin: a card for every annotation beside the text, one of them open for writing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from reader.annotations.model import AnnotationId
from reader.ui.look.theme import Theme
from reader.ui.margin.cards.card import CardContent, CardLink
from reader.ui.margin.cards.card_arrangement import PlacedCard, place_of
from reader.ui.margin.cards.card_deck import RunChange
from reader.ui.margin.cards.card_face import CardPart, PartKind
from reader.ui.margin.cards.card_handles import CardHandles
from reader.ui.margin.cards.card_pointing import CardPointing
from reader.ui.margin.cards.card_stage import CardStage
from reader.ui.margin.cards.editor_in_card import EditorInCard
from reader.ui.view.reading_view import ReadingView

if TYPE_CHECKING:  # imported when a card is first written in
    from reader.ui.margin.cards.card_editor import CardEditor, Finish


class Margin(QWidget):
    """Shows a card for every annotation; lies over the view's viewport, transparent between cards.

    It decides nothing about notes: it tells what the user did to a card, and shows what it is
    given. Where there is no room it shows markers, one of which may open its card over the text.
    """

    card_activated = Signal(str)
    """A card was clicked, or Enter pressed on it: show its passage."""
    focus_changed = Signal(object)
    """The card with the ring now, or None."""
    note_drafted = Signal(str, str, object)
    """Card, note and tags while they are being written: keep them."""
    note_committed = Signal(str, str, object)
    """Card, note and tags: the writing has ended."""
    note_abandoned = Signal(str)
    """The writing ended with Escape, and the card says nothing: it may not have been wanted."""
    colour_chosen = Signal(str, str)
    """Card and one of the theme's HIGHLIGHT_COLOURS."""
    delete_requested = Signal(str)
    """The card's annotation is to go."""
    thread_pressed = Signal(str)
    """The replies to a card's note are to be shown whole, or folded again."""
    reply_wanted = Signal(str)
    """Something is to be said to the card's note."""
    link_copy_wanted = Signal(str)
    """A link to the card's note is to be copied."""
    writing_begun = Signal(object)
    """CardEditor: it may be helped with what it can offer."""
    menu_requested = Signal(str, object)
    """Card, and the global position where a menu is wanted."""
    link_activated = Signal(str)
    """A link in a note was clicked; nothing is opened here."""
    editing_changed = Signal()
    """A card was opened for writing, or its writing has ended."""
    left = Signal()
    """Escape on a card: the focus belongs to the text again."""
    _placing = Signal()

    def __init__(self, theme: Theme, view: ReadingView) -> None:
        super().__init__(view.viewport())
        self._theme = theme
        self._view = view
        self._stage = CardStage(theme, view, self)
        self._writing = EditorInCard(theme, view, self._stage, self, self._place_now)
        self._pointing = CardPointing(self._stage)
        self._handles = CardHandles(self, self._boxes_on_screen)
        self.setMouseTracking(True)
        self.setAccessibleName("Notes")
        self.setVisible(view.has_margin)
        theme.changed.connect(self._on_theme_changed)
        view.layout_changed.connect(self._on_layout_changed)
        self._writing.drafted.connect(self.note_drafted)
        self._writing.finished.connect(self._on_editor_finished)
        self._stage.moved.connect(self._on_cards_moved)
        self._placing.connect(self._settle_if_due, Qt.ConnectionType.QueuedConnection)
        self._is_placing = False
        self._handles.activated.connect(self._activate)
        self._handles.focused.connect(self._on_handle_focused)

    # What it is told

    def change_cards(self, changes: Sequence[RunChange]) -> None:
        """Show cards in the places of others. What is being written goes on undisturbed."""
        stage = self._stage
        stage.arrangement.change(changes)
        if stage.arrangement.card(stage.focused) is None:
            self._set_focused(None)
        if stage.arrangement.card(stage.opened) is None:
            stage.opened = None
        self._place(is_animated=True)

    def clear(self) -> None:
        """Show no cards: the text they belong to is left."""
        self._stage.arrangement.clear()
        self.change_cards(())

    def set_spoken(self, ids: Iterable[AnnotationId]) -> None:
        """Light the cards whose passages are being read, and no others."""
        spoken = frozenset(ids)
        if spoken != self._stage.spoken:
            self._stage.spoken = spoken
            self._place(is_animated=True)

    def set_reduced_motion(self, is_reduced: bool) -> None:
        """Let cards jump instead of gliding."""
        self._stage.is_motion_reduced = is_reduced

    def focus_card(self, card_id: AnnotationId | None, *, takes_keyboard: bool = True) -> None:
        """Bring a card forward with a ring around it; None for none."""
        if self._stage.arrangement.card(card_id) is None:
            card_id = None
        self._set_focused(card_id)
        self._stage.opened = card_id if self._stage.is_folded else None
        self._place(is_animated=True)
        if card_id is not None and takes_keyboard and self.edited_card is None:
            self._handles.give_focus(card_id)

    def edit_card(self, card_id: AnnotationId) -> None:
        """Open a card for writing. A card being written is finished first."""
        card = self._stage.arrangement.card(card_id)
        if card is None or not card.is_editable or self.edited_card == card_id:
            return
        self.finish_editing()
        self._set_focused(card_id)
        self._stage.opened = card_id if self._stage.is_folded else None
        self._writing.start(card)
        self.writing_begun.emit(self.editor)
        self.editing_changed.emit()

    def finish_editing(self) -> None:
        """End the writing, if any, and tell what was written. To be called before leaving."""
        self._writing.finish()

    def step_focus(self, step: int) -> AnnotationId | None:
        """Focus the next card (1) or the one before (-1) in the text; return it, None at an end."""
        cards = self._stage.arrangement.cards
        number = self._stage.arrangement.number_of(self._stage.focused)
        self.finish_editing()
        if number is None:
            top = self._view.first_visible_place()
            later = (n for n, card in enumerate(cards) if top is None or place_of(card) >= top)
            following = next(later, len(cards))
            number = following - 1 if step > 0 else following
        if not 0 <= number + step < len(cards):
            return None
        wanted = cards[number + step].id
        self.focus_card(wanted)
        return wanted

    # What it can be asked

    @property
    def focused_card(self) -> AnnotationId | None:
        """The card with the ring, None for none."""
        return self._stage.focused

    @property
    def spoken_cards(self) -> Set[AnnotationId]:
        """The cards that are lit."""
        return self._stage.spoken

    @property
    def has_keyboard(self) -> bool:
        """Whether a card, or something on it, has the keyboard's focus."""
        return self._handles.has_focus() or self.edited_card is not None

    @property
    def edited_card(self) -> AnnotationId | None:
        """The card being written, None for none."""
        return self._writing.card_id

    @property
    def editor(self) -> CardEditor:
        """The one editor, shown only while a card is written; made when first asked for."""
        return self._writing.widget

    def box_of(self, card_id: AnnotationId) -> QRect | None:
        """Return where a card is shown, in the margin's own pixels; None if it isn't."""
        self._settle_if_due()
        box = self._stage.box_of(card_id)
        return None if box is None else box.translated(-self.pos())

    def links_of(self, card_id: AnnotationId | None) -> list[CardLink]:
        """Return all that can be gone to from a card."""
        card = self._stage.arrangement.card(card_id)
        return [] if card is None else self._stage.faces.links_of(card)

    # Placing and painting

    def _place(self, *, is_animated: bool) -> None:
        """Place the cards once all that happens now has happened, and before they are painted."""
        self._stage.place(is_animated=is_animated and self.isVisible())
        if not self._is_placing:
            self._is_placing = True
            self._placing.emit()

    def _place_now(self) -> None:
        self._stage.place(is_animated=False)
        self._settle()

    def _settle_if_due(self) -> None:
        if self._is_placing:
            self._settle()

    def _settle(self, *, is_repainted: bool = False) -> None:
        """Have the cards in their places, the editor in its card, and all of it painted.

        Where the view below is painted anew, so is what lies over it.
        """
        self._is_placing = False
        self._stage.settle()
        wanted = self._stage.geometry()
        if self.geometry() != wanted:
            self.setGeometry(wanted)
        self._writing.place()
        if not is_repainted:  # else Qt would paint the margin twice
            self.update()
        self._handles.place_soon()

    def _on_layout_changed(self) -> None:
        self.setVisible(self._view.has_margin)
        self._stage.place(is_animated=False)
        self._settle(is_repainted=not self._is_placing)

    def _on_cards_moved(self) -> None:
        self._writing.place()
        self.update()

    def _on_theme_changed(self) -> None:
        self._stage.forget_looks()
        self._writing.dress()

    def _boxes_on_screen(self) -> list[tuple[CardContent, QRect, bool]]:
        """Return the cards on the screen with their boxes, and whether each is being read."""
        self._settle_if_due()
        return [
            (card, box.translated(-self.pos()), card.id in self._stage.spoken)
            for card, box in self._stage.boxes_within(self.geometry())
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self.pos())
        self._stage.paint(painter, QRectF(event.rect().translated(self.pos())))
        painter.end()

    # Mouse: what meets no card goes on to the text below

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._pointing.press(self._in_viewport(event.position())):
            self._close_opened()
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._pointing.is_pressed:
            event.ignore()
            return
        point = self._in_viewport(event.position())
        placed = self._pointing.release(point)
        if placed is not None and event.button() is Qt.MouseButton.LeftButton:
            self._click(placed, point)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        placed = self._placed_at(event.position())
        if placed is None:
            event.ignore()
        elif not placed.folded:
            self.edit_card(placed.card.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        placed = self._placed_at(event.position())
        self._set_hovered(None if placed is None else placed.card.id)
        if placed is None or self._pointing.is_pressed:
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hovered(None)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        placed = self._placed_at(event.pos().toPointF())
        if placed is None or placed.folded:
            event.ignore()
            return
        self.focus_card(placed.card.id)
        self.menu_requested.emit(placed.card.id, event.globalPos())

    def event(self, event: QEvent) -> bool:
        """Show a link's address, or what a tool does, before it is clicked."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            point = self._in_viewport(event.pos().toPointF())
            QToolTip.showText(event.globalPos(), self._pointing.explanation_at(point), self)
            return True
        return super().event(event)

    def _placed_at(self, point: QPointF) -> PlacedCard | None:
        return self._stage.placed_at(self._in_viewport(point))

    def _in_viewport(self, point: QPointF) -> QPointF:
        return point + self.pos().toPointF()

    def _click(self, placed: PlacedCard, point: QPointF) -> None:
        part = self._pointing.part_of(placed, point)
        if part is not None:
            self._use_part(placed.card, part)
        elif placed.folded:
            self._stage.unfold_band(placed)
            self._place(is_animated=True)
        else:
            self._activate(placed.card.id)

    def _use_part(self, card: CardContent, part: CardPart) -> None:
        match part.kind:
            case PartKind.MORE:
                self._stage.toggle_unfolded(card.id)
                self._place(is_animated=True)
            case PartKind.LINK:
                self.link_activated.emit(part.value)
            case PartKind.THREAD:
                self.thread_pressed.emit(card.id)
            case PartKind.REPLY:
                self.reply_wanted.emit(card.id)
            case PartKind.DELETE:
                self.delete_requested.emit(card.id)
            case PartKind.COLOUR:
                self.colour_chosen.emit(card.id, part.value)
            case _:
                assert_never(part.kind)

    def _set_hovered(self, card_id: AnnotationId | None) -> None:
        if card_id != self._stage.hovered:
            self._stage.hovered = card_id
            if card_id is None:
                self.unsetCursor()
            else:
                self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.update()

    # Keyboard, and what follows from it

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of a card with the focus; everything else is the window's."""
        card_id = self._stage.focused
        if card_id is None:
            event.ignore()
            return
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.edit_card(card_id)
            case Qt.Key.Key_F2:
                self.edit_card(card_id)
            case Qt.Key.Key_Down:
                self._step(1)
            case Qt.Key.Key_Up:
                self._step(-1)
            case Qt.Key.Key_Escape:
                self._leave()
            case _:
                event.ignore()

    def _step(self, step: int) -> None:
        wanted = self.step_focus(step)
        if wanted is not None:
            self.card_activated.emit(wanted)

    def _leave(self) -> None:
        self.focus_card(None)
        self.left.emit()

    def _activate(self, card_id: AnnotationId) -> None:
        if card_id != self.edited_card:
            self.finish_editing()
        self.focus_card(card_id)
        self.card_activated.emit(card_id)

    def _close_opened(self) -> None:
        if self._stage.opened is not None and self.edited_card is None:
            self.focus_card(None)

    def _set_focused(self, card_id: AnnotationId | None) -> None:
        if card_id != self._stage.focused:
            self._stage.focused = card_id
            self.focus_changed.emit(card_id)

    def _on_handle_focused(self, card_id: AnnotationId) -> None:
        if card_id != self._stage.focused:
            self._set_focused(card_id)
            self._place(is_animated=True)

    def _on_editor_finished(
        self, card_id: AnnotationId, note: str, tags: tuple[str, ...], how: Finish
    ) -> None:
        from reader.ui.margin.cards.card_editor import Finish

        self._stage.edited = None
        self.editing_changed.emit()
        self.note_committed.emit(card_id, note, tags)
        if how is Finish.LEFT:
            self._stage.opened = None
            self._set_focused(None)
            self._place(is_animated=True)
        else:
            self.focus_card(card_id)
        if how is Finish.ESCAPED and not note and not tags:
            self.note_abandoned.emit(card_id)
