"""Where the reader goes in a text, other than by reading on: search, jumps, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from reader.text.document import Place
from reader.ui.wayfinding.finding import Finding
from reader.ui.wayfinding.place_history import PlaceHistory
from reader.ui.window.commands import Command
from reader.ui.window.main_window import MainWindow


class Wayfinding(QObject):
    """Made once the text has been painted."""

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._view = window.view
        self.finding = Finding(window, self)
        self.history = PlaceHistory()
        window.view.jumping.connect(self._on_jumping)
        self.finding.left_for_hit.connect(self._on_jumping)

    @property
    def deeds(self) -> dict[Command, Callable[[], object]]:
        """What is done when commanded."""
        return {
            Command.FIND: self.finding.open,
            Command.FIND_NEXT: lambda: self.finding.step(1),
            Command.FIND_PREVIOUS: lambda: self.finding.step(-1),
            Command.GO_BACK: self.go_back,
            Command.GO_FORWARD: self.go_forward,
        }

    def go_back(self) -> None:
        """Show what was on the screen before the last jump."""
        self._go_where(self.history.back)

    def go_forward(self) -> None:
        """Show what one came back from."""
        self._go_where(self.history.forward)

    def leave_text(self) -> None:
        """Forget the places of the text until now: another is shown."""
        self.finding.leave_text()
        self.history.forget()
        self.show_ways()

    def close_top(self) -> bool:
        """Close what lies over the text; return whether anything did."""
        if not self.finding.is_open:
            return False
        self.finding.give_up()
        return True

    def close(self) -> None:
        """Do nothing more: the window closes."""
        self.finding.close()

    def _go_where(self, way: Callable[[Place], Place | None]) -> None:
        here = self._view.first_visible_place()
        place = None if here is None else way(here)
        if place is not None:
            self._view.user_scrolled.emit()
            self._view.show_at_top(place)
        self.show_ways()

    def _on_jumping(self, here: Place) -> None:
        self.history.leave(here)
        self.show_ways()

    def show_ways(self) -> None:
        """Offer the ways back and forward, where there are any."""
        for command, is_there in (
            (Command.GO_BACK, self.history.can_go_back),
            (Command.GO_FORWARD, self.history.can_go_forward),
        ):
            self._window.set_commands_enabled([command], is_enabled=is_there)
