"""Texts opened for the window: which one, read here or by a process, and where its reader was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reader.text.document import Document, Place
from reader.text.lazy_sections import LazySections
from reader.values import value

if TYPE_CHECKING:  # each is imported when it is needed: the first frame waits for this module
    from reader.app.section_supply import SectionSupply
    from reader.formats.process.section_process import SectionProcess
    from reader.library.catalogue import Catalogue
    from reader.text.address import Address

_LONG_PLAIN_TEXT_BYTES = 1_000_000
"""Such a text takes as long to read as a process to start, which reads it while Qt is loaded."""


@value
class OpenText:
    """A text that was read from its file, and where its reader was in it the last time."""

    path: Path
    document: Document
    place: Place | None
    supply: SectionSupply | None = None
    """Where its sections come from, if they are read one at a time; to be closed with the text."""


class TextOpening:
    """Reads texts on whatever thread asks.

    Sections are kept in `sections_dir`; `known_texts` gives the catalogue, None where there is
    none yet, and raises StorageUnavailable.
    """

    def __init__(self, sections_dir: Path, known_texts: Callable[[], Catalogue | None]) -> None:
        self._sections_dir = sections_dir
        self._known_texts = known_texts
        self._ahead: SectionProcess | None = None

    def read_ahead(self, path: Path) -> None:
        """Have a process read a text that will be opened in a moment, where that takes a while."""
        ending = path.suffix.lower()
        if ending == ".pdf":
            from reader.formats.pdf.process import start_ahead

            start_ahead(path)
        elif ending == ".epub" or (ending == ".txt" and _is_long(path)):
            from reader.formats.process.section_process import SectionProcess

            self._ahead = SectionProcess(path.absolute())
            self._ahead.start()

    def read(self, path: Path, password: str = "") -> OpenText:
        """Read a text and look up where its reader was; for a thread of its own.

        Raises:
            UnreadableText: why not. A catalogue that can't be asked is no reason.
        """
        from reader.errors import StorageUnavailable

        document, supply = self._read_elsewhere(path, password) or self._read_here(path, password)
        try:
            known = self._known_texts()
            place = None if known is None else known.last_place(document, path)
        except StorageUnavailable:
            place = None
        return OpenText(path, document, within(document, place), supply)

    def _read_here(self, path: Path, password: str) -> tuple[Document, SectionSupply | None]:
        from reader.formats.registry import open_document

        document = open_document(path, password)
        if not isinstance(document.sections, LazySections):
            return document, None
        from reader.app.section_supply import SectionSupply

        supply = SectionSupply(document, path, self._sections_dir)
        supply.begin()
        return document, supply

    def _read_elsewhere(self, path: Path, password: str) -> tuple[Document, SectionSupply] | None:
        """Return what a process has read that was started ahead; None where there is none."""
        process, self._ahead = self._ahead, None
        if process is None or password:
            return None
        from reader.app.section_supply import document_read_by

        return document_read_by(process, path, self._sections_dir)

    def at(self, address: Address) -> Path:
        """Return the file of the text that an address leads to.

        Raises:
            AddressUnknown: it was never open here.
            TextMissing: its file is gone.
            StorageUnavailable: the catalogue can't be asked.
        """
        from reader.errors import AddressUnknown, TextMissing

        known = self._known_texts()
        path = None if known is None else known.file_of(address.text_key)
        if path is None:
            raise AddressUnknown(str(address))
        if not path.is_file():
            raise TextMissing(path)
        return path

    def to_begin_with(self) -> Path:
        """Return the text read last, if it is still there, else the one that comes with the app."""
        from reader.errors import StorageUnavailable

        try:
            known = self._known_texts()
            last = None if known is None else known.last_text()
        except StorageUnavailable:
            last = None
        if last is not None and last.path.is_file():
            return last.path
        return welcome_text()

    def close(self) -> None:
        """End the process that has read ahead, if nobody came for what it read."""
        if self._ahead is not None:
            self._ahead.close()


def _is_long(path: Path) -> bool:
    try:
        return path.stat().st_size >= _LONG_PLAIN_TEXT_BYTES
    except (OSError, ValueError):
        return False


def within(document: Document, place: Place | None) -> Place | None:
    """Return `place` if the document has it: one kept for an earlier version it may not have."""
    if place is None or place.section >= len(document.sections):
        return None
    return place if place.offset < len(document.sections[place.section].text) else None


def welcome_text() -> Path:
    """Return the review that comes with the app."""
    from resources import resource

    return resource("welcome", "a-voice-for-company.md")


def manual_text() -> Path:
    """Return the manual, a text like any other."""
    from resources import resource

    return resource("manual.md")
