"""Web pages as texts: asked about once, fetched beside the window's thread, kept and opened."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from reader.errors import SottovoceError
from reader.library.web_page import KeptPage, Stopped, fetch_page
from reader.text.web_address import web_address_from
from reader.ui.desk.desk_parts import DeskParts
from reader.ui.window import messages
from reader.ui.window.messages import Remedy, Subject

_TOLD_EVERY_BYTES = 100_000


class WebOpening(QObject):
    """One page is asked about or being fetched at a time; a later wish replaces an earlier."""

    _progressed = Signal(object, int)

    def __init__(self, parts: DeskParts) -> None:
        super().__init__(parts.window)
        self._folder = parts.services.paths.pages_dir
        self._preferences = parts.preferences
        self._window = parts.window
        self._text = parts.text
        self._fetching = parts.background.latest()
        self._address = ""
        self._stop: Event | None = None
        self._progressed.connect(self._on_progressed)

    def open(self, address: str) -> None:
        """Fetch a page if the user allows it, and open it."""
        self.stop()
        self._address = address
        if self._preferences.settings.web_addresses:
            self._fetch()
        else:
            self._window.messages.show_message(messages.about_web_page(address))

    def open_copied(self) -> None:
        """Fetch the page whose address is on the clipboard."""
        address = web_address_from(QGuiApplication.clipboard().text())
        if address is None:
            self._window.messages.show_message(messages.NO_ADDRESS_COPIED)
        else:
            self.open(address)

    def take_answer(self, remedy: Remedy) -> None:
        """Do what the user answered."""
        if remedy is Remedy.STOP:
            self.stop()
            return
        if remedy is Remedy.ALWAYS_FETCH:
            self._preferences.choose("web_addresses", True)
        if self._address:
            self._fetch()

    def stop(self) -> None:
        """Fetch nothing any more."""
        if self._stop is not None:
            self._stop.set()
            self._stop = None
            self._fetching.forget()
        self._window.messages.settle(Subject.WEB)

    def close(self) -> None:
        """End what is under way: the window closes."""
        if self._stop is not None:
            self._stop.set()

    def _fetch(self) -> None:
        self.stop()
        address, stop = self._address, Event()
        self._stop = stop
        told = 0

        def tell(received: int) -> None:
            nonlocal told
            if received >= told:
                told = received + _TOLD_EVERY_BYTES
                self._progressed.emit(stop, received)

        def work() -> KeptPage | None:
            try:
                return fetch_page(address, self._folder, on_progress=tell, is_stopped=stop.is_set)
            except Stopped:
                return None

        def finish(page: KeptPage | None) -> None:
            if page is not None:
                self._on_fetched(page, address)

        def fail(error: SottovoceError) -> None:
            self._stop = None
            self._window.messages.show_message(messages.about_page_not_fetched(error))

        self._window.messages.show_message(messages.about_fetching(address, 0))
        self._fetching.run(work, finish, fail)

    def _on_fetched(self, page: KeptPage, address: str) -> None:
        self._stop = None
        self._window.messages.settle(Subject.WEB)
        self._text.open(page.path)
        self._window.messages.show_message(messages.about_kept_page(page, address))

    def _on_progressed(self, stop: Event, received: int) -> None:
        if stop is self._stop:
            self._window.messages.show_message(messages.about_fetching(self._address, received))
