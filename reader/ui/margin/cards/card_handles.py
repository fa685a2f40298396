"""What assistive technology and the Tab key find of painted cards: a button for each, unseen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from reader.annotations.model import AnnotationId
from reader.ui.margin.cards.card import CardContent, spoken_description

_SETTLED_MS = 150

BoxesNow = Callable[[], Sequence[tuple[CardContent, QRect, bool]]]
"""Gives the cards on the screen, their boxes in the parent, and whether each is being read."""


class CardHandle(QAbstractButton):
    """Stands over one painted card: has its name and the keyboard's focus, paints nothing.

    A real widget, because accessible interfaces written in Python bring the process down.
    """

    focused = Signal(str)

    def __init__(self, card_id: AnnotationId, parent: QWidget) -> None:
        super().__init__(parent)
        self.card_id = card_id
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint nothing: the margin paints the card."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key to the margin; Space is the voice's."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(self.card_id)


class CardHandles(QObject):
    """Keeps a handle over every card on the screen, once the text has come to rest."""

    activated = Signal(str)
    """A card was pressed through assistive technology."""
    focused = Signal(str)
    """The keyboard's focus came to a card."""

    def __init__(self, parent: QWidget, boxes_now: BoxesNow) -> None:
        super().__init__(parent)
        self._parent = parent
        self._boxes_now = boxes_now
        self._handles: dict[AnnotationId, CardHandle] = {}
        self._timer = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._timer.timeout.connect(self.place)

    def place_soon(self) -> None:
        """Place the handles when cards have stood still for a moment."""
        self._timer.start()

    def place(self) -> None:
        """Put a handle over each card on the screen now, in their order."""
        self._timer.stop()
        shown = self._boxes_now()
        ids = {card.id for card, _, _ in shown}
        for card_id, handle in list(self._handles.items()):
            if card_id not in ids and not handle.hasFocus():
                handle.deleteLater()
                del self._handles[card_id]
        before: CardHandle | None = None
        for card, box, is_being_read in shown:
            handle = self._handle(card.id)
            handle.setGeometry(box)
            # to the one with the focus a screen reader listens: it would speak over the voice
            is_told = is_being_read and not handle.hasFocus()
            handle.setAccessibleName(spoken_description(card, is_being_read=is_told))
            if before is not None:
                QWidget.setTabOrder(before, handle)
            before = handle

    def give_focus(self, card_id: AnnotationId) -> None:
        """Give a card the keyboard's focus."""
        self.place()
        self._handle(card_id).setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        """Whether a card has the keyboard's focus."""
        return any(handle.hasFocus() for handle in self._handles.values())

    def _handle(self, card_id: AnnotationId) -> CardHandle:
        handle = self._handles.get(card_id)
        if handle is None:
            handle = self._handles[card_id] = CardHandle(card_id, self._parent)
            handle.clicked.connect(lambda: self.activated.emit(card_id))
            handle.focused.connect(self.focused)
            handle.show()
        return handle
