"""Texts that open only with a password, or once their letters have been recognised."""

from __future__ import annotations

from pathlib import Path
from threading import Event

from PySide6.QtCore import QLocale, QObject, Signal

from reader.errors import SottovoceError, TextNeedsPassword, TextNotRecognised
from reader.formats.pdf.recognition import (
    Cancelled,
    is_recognised,
    recognise,
    recognised_file,
)
from reader.ui.desk.desk_parts import DeskParts
from reader.ui.window import messages
from reader.ui.window.messages import Subject
from reader.ui.window.password_popover import PasswordPopover


class ReluctantTexts(QObject):
    """Asks for what is needed, has it done beside the window's thread, and opens the text."""

    _page_begun = Signal(object, int, int)

    def __init__(self, parts: DeskParts) -> None:
        super().__init__(parts.window)
        self._window = parts.window
        self._text = parts.text
        self._other_folder = parts.services.paths.recognised_dir
        """For recognised texts whose own folder may not be written to."""
        self._pages_folder = parts.services.paths.recognition_dir
        self._recognising = parts.background.latest()
        self._error: TextNeedsPassword | TextNotRecognised | None = None
        self._password = ""
        self._stop: Event | None = None
        self._page_begun.connect(self._on_page_begun)

    def take(self, error: TextNeedsPassword | TextNotRecognised) -> None:
        """See to a text that didn't open. Where a password is missing it is asked for at once."""
        self.stop()
        self._error = error
        if isinstance(error, TextNeedsPassword):
            self.ask_password()

    def ask_password(self) -> None:
        """Ask for the password of the text that was to be opened."""
        error = self._error
        if not isinstance(error, TextNeedsPassword):
            return
        window = self._window
        asking = PasswordPopover(window.theme, window, error.path.name, is_wrong=error.is_wrong)
        asking.entered.connect(lambda password: self._open_with(error.path, password))
        asking.open_at(window.header.library_button)

    def recognise(self) -> None:
        """Have the text of the pages recognised, and open what comes of it."""
        error = self._error
        if not isinstance(error, TextNotRecognised):
            return
        path, password = error.path, self._password
        target = recognised_file(path, self._other_folder)
        if is_recognised(path, target):
            self._text.open(target)
            return
        self.stop()
        stop = self._stop = Event()
        kept_in, languages = self._pages_folder, (QLocale().bcp47Name(),)

        def tell(number: int, count: int) -> None:
            self._page_begun.emit(stop, number, count)

        def work() -> bool:
            try:
                recognise(path, password, target, kept_in, languages, tell, stop.is_set)
            except Cancelled:
                return False
            return True

        def finish(is_done: bool) -> None:
            self._stop = None
            if is_done:
                self._window.messages.settle(Subject.TEXT)
                self._text.open(target)

        self._window.messages.show_message(messages.about_recognising(0, error.page_count))
        self._recognising.run(work, finish, self._on_failed)

    def stop(self) -> None:
        """Recognise nothing any more."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None
            self._recognising.forget()
            self._window.messages.settle(Subject.TEXT)

    def close(self) -> None:
        """End what is under way: the window closes."""
        if self._stop is not None:
            self._stop.set()

    def _open_with(self, path: Path, password: str) -> None:
        self._password = password
        self._window.messages.settle(Subject.TEXT)
        self._text.open(path, password)

    def _on_page_begun(self, stop: Event, number: int, count: int) -> None:
        if self._stop is stop:
            self._window.messages.show_message(messages.about_recognising(number, count))

    def _on_failed(self, error: SottovoceError) -> None:
        self._stop = None
        self._window.messages.show_message(messages.about_text(error))
