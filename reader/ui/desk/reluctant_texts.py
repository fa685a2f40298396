"""Texts that open only with a password, or once their letters have been recognised."""

from __future__ import annotations

from collections.abc import Callable
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
from reader.ui.background import Background
from reader.ui.window import messages
from reader.ui.window.main_window import MainWindow
from reader.ui.window.messages import Subject
from reader.ui.window.password_popover import PasswordPopover

OpenText = Callable[[Path, str], object]


class ReluctantTexts(QObject):
    """Asks for what is needed, has it done beside the window's thread, and opens the text."""

    _page_begun = Signal(object, int, int)

    def __init__(
        self, window: MainWindow, open_text: OpenText, other_folder: Path, parent: QObject
    ) -> None:
        """`other_folder` is for recognised texts whose own folder may not be written to."""
        super().__init__(parent)
        self._window = window
        self._open = open_text
        self._other_folder = other_folder
        self._background = Background(self)
        self._recognising = self._background.latest()
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
            self._open(target, "")
            return
        self.stop()
        stop = self._stop = Event()
        languages = (QLocale().bcp47Name(),)

        def tell(number: int, count: int) -> None:
            self._page_begun.emit(stop, number, count)

        def work() -> bool:
            try:
                recognise(path, password, target, languages, tell, stop.is_set)
            except Cancelled:
                return False
            return True

        def finish(is_done: bool) -> None:
            self._stop = None
            if is_done:
                self._window.messages.settle(Subject.TEXT)
                self._open(target, "")

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
        self._background.close()

    def _open_with(self, path: Path, password: str) -> None:
        self._password = password
        self._window.messages.settle(Subject.TEXT)
        self._open(path, password)

    def _on_page_begun(self, stop: Event, number: int, count: int) -> None:
        if self._stop is stop:
            self._window.messages.show_message(messages.about_recognising(number, count))

    def _on_failed(self, error: SottovoceError) -> None:
        self._stop = None
        self._window.messages.show_message(messages.about_text(error))
