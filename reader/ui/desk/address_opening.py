"""Follows addresses that lead into a text: opens it, and shows the note or place they name."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from reader.annotations.model import AnnotationId
from reader.app.services import Services
from reader.errors import SottovoceError
from reader.text.address import Address
from reader.ui.background import Background
from reader.ui.desk.desk_notes import DeskNotes
from reader.ui.desk.desk_text import DeskText
from reader.ui.window import messages
from reader.ui.window.main_window import MainWindow


class AddressOpening(QObject):
    """One address is followed at a time; a later one takes the place of an earlier."""

    def __init__(
        self,
        services: Services,
        window: MainWindow,
        background: Background,
        text: DeskText,
        notes: DeskNotes,
    ) -> None:
        super().__init__(window)
        self._services = services
        self._window = window
        self._background = background
        self._text = text
        self._annotating = notes.annotating
        self._awaited: tuple[Path, Address] | None = None
        notes.settled.connect(self._arrive)

    def follow(self, address: Address) -> None:
        """Open the text an address leads to, unless it is open, and show what it names there."""

        def go(path: Path) -> None:
            self.arrive_at(address, path)
            if self._text.path == path.absolute():
                self._arrive()
            else:
                self._text.open(path)

        self._background.run(lambda: self._services.text_at(address), go, self._on_failed)

    def arrive_at(self, address: Address, path: Path) -> None:
        """Show what an address names once the text at `path` is open and its notes are there."""
        self._awaited = (path.absolute(), address)

    def _on_failed(self, error: SottovoceError) -> None:
        self._awaited = None
        self._window.messages.show_message(messages.about_address(error))

    def _arrive(self) -> None:
        if self._awaited is None or self._text.path != self._awaited[0]:
            return  # the notes of another text, which is about to be left
        _, address = self._awaited
        self._awaited = None
        if address.note and self._annotating.show_note(AnnotationId(address.note)):
            return
        if address.place is not None:
            self._window.view.scroll_to(address.place)
        elif address.note:
            self._window.messages.show_message(messages.NOTE_GONE)
