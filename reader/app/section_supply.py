"""Where the sections of a book come from: from a kept file, a process of its own, or right here."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, current_thread, main_thread
from typing import TYPE_CHECKING

from reader import __version__
from reader.text.digest import sha256
from reader.text.document import Document, Section
from reader.text.lazy_sections import LazySections, length_of

if TYPE_CHECKING:  # imported when there is a long book
    from reader.formats.section_process import SectionProcess

LONG_SECTION = 150_000
"""Code points from which a section is kept in a file: to read it anew takes 50 ms and more."""

LONG_BOOK = 300_000
"""Code points from which a book has a process that reads it."""

_MOST_FILES = 24
"""Kept for all books; each takes about one and a half times its text."""


class SectionSupply:
    """Reads the sections of one lazily read document for all threads but the window's elsewhere."""

    def __init__(
        self,
        document: Document,
        path: Path,
        folder: Path,
        process: SectionProcess | None = None,
    ) -> None:
        """`folder` is where long sections are kept; it may be deleted at any time.

        `process` is one that has read the document already.
        """
        self._document = document
        self._path = path
        self._folder = folder
        self._process = process
        self._closed = Event()
        sections = document.sections
        is_alike = isinstance(sections, LazySections) and sections.is_alike_elsewhere
        is_long = process is not None or _length_of(document) >= LONG_BOOK
        self._is_elsewhere = is_alike and is_long

    def begin(self) -> None:
        """Have the document's sections read this way from now on."""
        sections = self._document.sections
        if self._is_elsewhere and isinstance(sections, LazySections):
            sections.read_by(self._read)

    def prepare(self) -> None:
        """Start the process, and read what is long so that it is at hand: takes a moment."""
        sections = self._document.sections
        is_lazy = isinstance(sections, LazySections)
        if not self._is_elsewhere or not is_lazy or self._closed.is_set():
            return
        if self._process is None:
            from reader.formats.section_process import SectionProcess

            self._process = SectionProcess(self._path, self._document.fingerprint)
        for number in range(len(sections)):
            if self._closed.is_set():
                self._process.close()
                return
            if length_of(sections, number) >= LONG_SECTION:
                sections[number]

    def close(self) -> None:
        """End the process, and start none any more."""
        self._closed.set()
        if self._process is not None:
            self._process.close()

    def _read(self, index: int, read_here: Callable[[int], Section]) -> Section:
        from reader.formats.section_codec import decoded, encoded

        is_kept = self._is_worth_keeping(index)
        if is_kept:
            with suppress(OSError, ValueError):
                return decoded(self._kept_file(index).read_bytes())
        found: Section | None = None
        content: bytes | None = None
        if self._process is not None and current_thread() is not main_thread():
            content = self._process.read(index)
            found = None if content is None else decoded(content)
        if found is None:
            found = read_here(index)
        if is_kept and not found.notices:
            self._keep(self._kept_file(index), content or encoded(found))
        return found

    def _is_worth_keeping(self, index: int) -> bool:
        """Whether it takes long to read, and isn't read anyway to know what text it is."""
        sections = self._document.sections
        return len(sections) > 1 and length_of(sections, index) >= LONG_SECTION

    def _kept_file(self, index: int) -> Path:
        name = f"{self._document.fingerprint} {index} {_rules()}"
        return self._folder / f"{sha256(name.encode()).hexdigest()[:32]}.section"

    def _keep(self, path: Path, content: bytes) -> None:
        """Write it down; where that can't be done it is read again another day."""
        from reader.app.atomic_write import write_atomically

        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            write_atomically(path, content)
            files = sorted(self._folder.iterdir(), key=lambda file: file.stat().st_mtime)
            for file in files[:-_MOST_FILES]:
                file.unlink()


def document_read_by(
    process: SectionProcess, path: Path, folder: Path
) -> tuple[Document, SectionSupply] | None:
    """Return the document that a process has read, with what supplies its sections.

    None where it reads another one, or can't read it: the reason shows when it is read here.
    """
    head = process.read_head() if process.is_for(path) else None
    if head is None:
        process.close()
        return None
    from reader.formats.decoding import has_visible
    from reader.formats.document_codec import decoded_head

    document = decoded_head(head, path)
    process.know(document.fingerprint)
    supply = SectionSupply(document, path, folder, process)
    supply.begin()
    for section in document.sections:  # up to what is shown first, which it has read already
        if has_visible(section.text):
            break
    return document, supply


def _length_of(document: Document) -> int:
    sections = document.sections
    if not isinstance(sections, LazySections):
        return 0
    return sum(length_of(sections, number) for number in range(len(sections)))


def _rules() -> str:
    """Return what changes whenever the way from file to text may have changed."""
    import reader.formats

    newest = 0.0
    for folder in reader.formats.__path__:
        with suppress(OSError):  # a frozen program has no such files, and a version of its own
            newest = max(entry.stat().st_mtime for entry in os.scandir(folder))
    return f"{__version__} {newest}"
