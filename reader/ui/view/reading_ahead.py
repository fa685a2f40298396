"""Reads the sections of a document that will soon be on the screen, beside the window's thread."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from reader.text.document import Document, Section
from reader.ui.background import Background


class ReadingAhead(QObject):
    """Reads one section at a time, those first that were asked for last."""

    section_read = Signal(object, object)
    """Document and Section."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._reading = self._background.latest()
        self._document: Document | None = None
        self._wanted: list[int] = []
        self._failed: set[int] = set()

    def read(self, document: Document, wanted: Iterable[int]) -> None:
        """Read these, nearest first, and none of those asked for before unless begun."""
        if document is not self._document:
            self._document, self._failed = document, set()
            self._reading.forget()
        self._wanted = [number for number in wanted if number not in self._failed]
        self._read_next()

    def close(self) -> None:
        """Read nothing more."""
        self._wanted = []
        self._background.close()

    def _read_next(self) -> None:
        document = self._document
        if self._reading.is_awaited or document is None or not self._wanted:
            return
        number = self._wanted.pop(0)
        self._reading.run(
            lambda: document.sections[number],
            lambda section: self._on_read(document, section),
            lambda _error: self._on_failed(number),
        )

    def _on_read(self, document: Document, section: Section) -> None:
        self.section_read.emit(document, section)
        self._read_next()

    def _on_failed(self, number: int) -> None:
        self._failed.add(number)  # the file went away, which is said elsewhere
        self._read_next()
