"""The editor in the card that is written: made once, kept inside its card and on the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QRectF, Qt, Signal
from PySide6.QtWidgets import QWidget

from reader.annotations.model import AnnotationId
from reader.ui.look.theme import Theme
from reader.ui.margin.cards.card import CardContent
from reader.ui.margin.cards.card_face import BOTTOM_PX, TEXT_LEFT_PX, TEXT_TOP_PX
from reader.ui.margin.cards.card_stage import CardStage
from reader.ui.view.reading_view import ReadingView

if TYPE_CHECKING:  # imported when a card is first written in
    from reader.ui.margin.cards.card_editor import CardEditor

_EDGE_PX = 12.0
"""How far a card being written keeps from the window's edges."""
_SMALLEST_PX = 96.0
"""A card being written is at least so high, if its text is."""


class EditorInCard(QObject):
    """Lies over the margin; its card takes the room that the text needs."""

    drafted = Signal(str, str, object)
    """Card, note and tags while they are being written."""
    finished = Signal(str, str, object, object)
    """Card, note, tags, and how the writing ended."""

    def __init__(
        self,
        theme: Theme,
        view: ReadingView,
        stage: CardStage,
        margin: QWidget,
        place_cards: Callable[[], None],
    ) -> None:
        """`place_cards` stands the cards anew, and the editor with them."""
        super().__init__(margin)
        self._theme = theme
        self._view = view
        self._stage = stage
        self._margin = margin
        self._place_cards = place_cards
        self._editor: CardEditor | None = None

    @property
    def card_id(self) -> AnnotationId | None:
        """The card being written, None for none."""
        return None if self._editor is None else self._editor.card_id

    @property
    def widget(self) -> CardEditor:
        """The one editor, shown only while a card is written; made when first asked for."""
        if self._editor is None:
            from reader.ui.margin.cards.card_editor import CardEditor

            self._editor = CardEditor(self._theme, self._margin)
            self._editor.drafted.connect(self.drafted)
            self._editor.finished.connect(self.finished)
            self._editor.height_changed.connect(self.fit)
        return self._editor

    def start(self, card: CardContent) -> None:
        """Write in a card, with the keyboard in its note."""
        self._stage.edited = card.id
        self.widget.set_text_width(self._stage.faces.text_width_of(card))
        self.widget.start(card)
        self.fit()
        self.widget.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """End the writing, if any; what was written is told."""
        if self._editor is not None:
            self._editor.finish()

    def dress(self) -> None:
        """Take the theme's present looks."""
        if self._editor is not None:
            self._editor.dress()
        self.fit()

    def fit(self) -> None:
        """Give the card the room its text needs, and keep its end on the screen.

        Where the text can't be scrolled so far, there is less room, and what is written scrolls.
        """
        screen = self._view.viewport().rect()
        edge = round(self._theme.px(_EDGE_PX))
        wanted = 0.0 if self._editor is None else self._editor.card_height()
        self._stage.edited_height = min(wanted, screen.height() - 2 * edge)
        self._place_cards()
        beyond = self._beyond(screen.bottom() - edge)
        if beyond > 0:
            self._view.scroll_by(beyond)
            beyond = self._beyond(screen.bottom() - edge)
        if beyond > 0:
            smallest = min(wanted, self._theme.px(_SMALLEST_PX))
            self._stage.edited_height = max(smallest, self._stage.edited_height - beyond)
            self._place_cards()

    def _beyond(self, lowest: int) -> int:
        """Return how far the card that is written reaches below a row of the viewport."""
        box = self._stage.box_of(self._stage.edited)
        return 0 if box is None else box.bottom() - lowest

    def place(self) -> None:
        """Lie where the text of the card that is written stands now."""
        box = None if self.card_id is None else self._stage.box_of(self.card_id)
        if self._editor is None or box is None:
            return
        box = box.translated(-self._margin.pos())
        text_width = self._stage.faces.text_width_in(QRectF(box))
        self._editor.set_text_width(text_width)
        px = self._theme.px
        inside = QRect(
            box.left() + round(px(TEXT_LEFT_PX)),
            box.top() + round(px(TEXT_TOP_PX)),
            round(text_width),
            box.height() - round(px(TEXT_TOP_PX + BOTTOM_PX)),
        )
        if self._editor.geometry() != inside:
            self._editor.setGeometry(inside)
