"""Looks for words in all sections of a document, beside the window's thread, the nearest first."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from contextlib import suppress
from threading import Lock

from PySide6.QtCore import QObject, Signal

from reader.errors import SottovoceError
from reader.text.document import Document, Section
from reader.text.finding import FindQuery, FoldedText
from reader.ui.background import Background
from reader.ui.wayfinding.hits import Hits

_KEPT_CHARACTERS = 10_000_000
"""Of folded text, so that the next letter of the query finds at once."""

_BATCH_CHARACTERS = 400_000
"""Searched before the window is told: some 10 ms, and one turn of its loop."""

_Found = list[tuple[int, "array[int]", "array[int]"]]


class TextSearch(QObject):
    """One query at a time; a new one takes the place of the one before."""

    found = Signal()
    """`hits` knows more than before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._searching = self._background.latest()
        self._document: Document | None = None
        self._query = FindQuery("")
        self._folds = _Folds()
        self._left: list[int] = []
        self.hits = Hits(0)

    def begin(self, document: Document, query: FindQuery, section: int) -> None:
        """Search a document from a section on, and round to it again."""
        self.stop()
        if document is not self._document or query.is_case_kept != self._query.is_case_kept:
            self._folds = _Folds()
        self._document, self._query = document, query
        count = len(document.sections)
        self.hits = Hits(count)
        self._left = [(section + step) % count for step in range(count)]
        self._search_next()

    def stop(self) -> None:
        """Search no more, and know of no hits; what was folded stays for the next query."""
        self._left = []
        self._searching.forget()
        self.hits = Hits(0)

    def forget(self) -> None:
        """Stop, and keep nothing."""
        self.stop()
        self._document = None
        self._folds = _Folds()

    def close(self) -> None:
        """Stop for good."""
        self.stop()
        self._background.close()

    def _search_next(self) -> None:
        document, left = self._document, self._left
        if document is None or not left:
            return
        query, folds = self._query, self._folds

        def search() -> _Found:
            batch: _Found = []
            length = 0
            while left and length < _BATCH_CHARACTERS:
                number = left.pop(0)
                starts, ends = array("q"), array("q")
                with suppress(SottovoceError):  # the file went away, which is said elsewhere
                    section = document.sections[number]
                    for start, end in folds.of(section, query).find(query):
                        starts.append(start)
                        ends.append(end)
                    length += len(section.text)
                batch.append((number, starts, ends))
            return batch

        self._searching.run(search, self._on_found, lambda _error: None)

    def _on_found(self, batch: _Found) -> None:
        for section, starts, ends in batch:
            self.hits.add(section, starts, ends)
        self._search_next()
        self.found.emit()


class _Folds:
    """Folded sections, the last used kept. Threads take turns."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, FoldedText] = OrderedDict()
        self._length = 0
        self._lock = Lock()

    def of(self, section: Section, query: FindQuery) -> FoldedText:
        """Return a section folded for a query."""
        with self._lock:
            found = self._kept.get(section.index)
            if found is None:
                found = FoldedText(section.text, is_case_kept=query.is_case_kept)
                self._kept[section.index] = found
                self._length += len(found.folded)
                while self._length > _KEPT_CHARACTERS and len(self._kept) > 1:
                    _, dropped = self._kept.popitem(last=False)
                    self._length -= len(dropped.folded)
            else:
                self._kept.move_to_end(section.index)
            return found
