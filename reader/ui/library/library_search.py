"""Searches while one types: beside the window's thread, the last thing typed always answered."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from reader.app.searching import Searching, SearchResult, is_named
from reader.app.services import Services
from reader.errors import SottovoceError
from reader.library.holdings import Holding
from reader.library.search.query import Query, parse_query
from reader.ui.background import Background
from reader.values import value

_RESTING_MS = 120
"""Keys that follow each other are one question."""


@value
class LibraryFinds:
    """What a search found; `named` are the texts that the query names by title or author."""

    query: Query
    result: SearchResult
    named: tuple[Holding, ...] = ()


class LibrarySearch(QObject):
    """Tells what was found for the text typed last."""

    found = Signal(object)
    """LibraryFinds."""
    failed = Signal(object)
    """SottovoceError."""

    def __init__(
        self, services: Services, background: Background, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._searching = background.latest()
        self._texts: tuple[Holding, ...] = ()
        self._query = Query()
        self._resting = QTimer(self, singleShot=True, interval=_RESTING_MS)
        self._resting.timeout.connect(self._ask)

    def look_for(self, typed: str, *, is_ended: bool = False) -> None:
        """Search for what is typed once the keys rest; at once, and for whole words, if ended."""
        self._query = parse_query(typed, is_typing=not is_ended)
        if is_ended:
            self._ask()
        else:
            self._resting.start()

    def know_texts(self, texts: tuple[Holding, ...]) -> None:
        """Take these for the texts that can be named."""
        self._texts = texts

    def search_again(self) -> None:
        """Search for the same once more: there may be more to be found now."""
        if not self._query.is_empty:
            self._resting.start()

    def stop(self) -> None:
        """Want no answer any more."""
        self._resting.stop()
        self._query = Query()
        self._searching.forget()

    def _ask(self) -> None:
        self._resting.stop()
        query = self._query
        if query.is_empty:
            self._searching.forget()
            self.found.emit(LibraryFinds(query, SearchResult()))
            return
        texts = self._texts
        self._searching.run(lambda: self._search(query, texts), self.found.emit, self._on_failed)

    def _search(self, query: Query, texts: tuple[Holding, ...]) -> LibraryFinds:
        searching = Searching(self._services.database, self._services.search_index)
        named = tuple(text for text in texts if is_named(text, query))
        return LibraryFinds(query, searching.search(query), named)

    def _on_failed(self, error: SottovoceError) -> None:
        self._services.close_search_index()  # damaged, it has been removed: the next one is new
        self.failed.emit(error)
