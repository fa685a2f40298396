"""Where messages go: to the bar over the foot of the text, made when there is something to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reader.ui.look.theme import Theme
from reader.ui.window.messages import Message, Subject

if TYPE_CHECKING:  # imported with the first message
    from reader.ui.window.message_bar import MessageBar


class MessageArea(QObject):
    """Takes messages for a window and stands its bar."""

    remedy_chosen = Signal(object, object)
    """Message, Remedy. The message is closed already."""
    changed = Signal()
    """Shown, closed or of another height: it is to be placed again."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._bar: MessageBar | None = None

    @property
    def message(self) -> Message | None:
        """What is shown, or None."""
        return None if self._bar is None else self._bar.message

    def show_message(self, message: Message) -> None:
        """Show `message` in place of an earlier one about the same subject."""
        if self._bar is None:
            from reader.ui.window.message_bar import MessageBar

            self._bar = MessageBar(self._theme, self._window)
            self._bar.remedy_chosen.connect(self.remedy_chosen)
            self._bar.changed.connect(self.changed)
        self._bar.show_message(message)

    def settle(self, *subjects: Subject) -> None:
        """Take back what was said about these subjects: it is so no longer."""
        if self._bar is not None:
            self._bar.settle(*subjects)

    def close_message(self) -> bool:
        """Close what is shown; return whether there was anything."""
        return self._bar is not None and self._bar.close_message()

    def place(self, room: int, foot: int) -> int:
        """Stand in `room` pixels of width above y = `foot`; return what is then the free foot."""
        if self._bar is None or not self._bar.isVisibleTo(self._window):
            return foot
        self._bar.place(room, foot)
        return self._bar.y() - round(self._theme.px(10))
