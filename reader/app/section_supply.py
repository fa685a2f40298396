"""Where the sections of a book come from: from a kept file, a process of its own, or right here."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from threading import Event, current_thread, main_thread
from typing import TYPE_CHECKING

from reader import __version__
from reader.text.digest import sha256
from reader.text.document import Document, Section
from reader.text.lazy_sections import LazySections, length_of

if TYPE_CHECKING:  # imported when there is a long book
    from reader.formats.process.section_process import SectionProcess

LONG_SECTION = 150_000
"""Code points from which a section is got ready before others: it takes 50 ms and more to read."""

LONG_BOOK = 300_000
"""Code points from which a book has a process that reads it."""

_MOST_BYTES = 150_000_000
"""Kept for all books; a section takes about one and a half times its text."""


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
        self._rules = ""
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
        """Start the process, and have all sections kept, the long ones first: takes seconds.

        It rests as long as it works, so that a section somebody waits for is read in between.
        """
        sections = self._document.sections
        is_lazy = isinstance(sections, LazySections)
        if not self._is_elsewhere or not is_lazy or self._closed.is_set():
            return
        if self._process is None:
            from reader.formats.process.section_process import SectionProcess

            self._process = SectionProcess(self._path, self._document.fingerprint)
        numbers = range(len(sections))
        has_kept = False
        for number in sorted(numbers, key=lambda n: length_of(sections, n) < LONG_SECTION):
            begun_s = time.monotonic()
            has_kept |= self._prepare(self._process, number)
            if self._closed.wait(time.monotonic() - begun_s):
                self._process.close()
                break
        if has_kept:
            _drop_oldest(self._folder)

    def _prepare(self, process: SectionProcess, index: int) -> bool:
        """Keep a section that isn't kept yet; whether it is now. A long one is at hand then."""
        from reader.formats.process.section_codec import decoded

        sections = self._document.sections
        if length_of(sections, index) >= LONG_SECTION:
            sections[index]
            return True
        if len(sections) == 1 or self._kept_file(index).exists():
            return False
        content = process.read(index)
        if content is None or decoded(content).notices:
            return False
        return self._keep(index, content)

    def close(self) -> None:
        """End the process, and start none any more."""
        self._closed.set()
        if self._process is not None:
            self._process.close()

    def _read(self, index: int, read_here: Callable[[int], Section]) -> Section:
        from reader.formats.process.section_codec import decoded, encoded

        is_kept = len(self._document.sections) > 1  # a single one is read anyway, to know the text
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
            self._keep(index, content or encoded(found))
        return found

    def _kept_file(self, index: int) -> Path:
        self._rules = self._rules or _rules()
        name = f"{self._document.fingerprint} {index} {self._rules}"
        return self._folder / f"{sha256(name.encode()).hexdigest()[:32]}.section"

    def _keep(self, index: int, content: bytes) -> bool:
        """Write it down; where that can't be done it is read again another day.

        A file cut short by a crash has no right checksum, and is written again.
        """
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._kept_file(index).write_bytes(content)
            return True
        return False


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
    from reader.formats.process.document_codec import decoded_head

    document = decoded_head(head, path)
    process.know(document.fingerprint)
    supply = SectionSupply(document, path, folder, process)
    supply.begin()
    for section in document.sections:  # up to what is shown first, which it has read already
        if has_visible(section.text):
            break
    return document, supply


def _drop_oldest(folder: Path) -> None:
    """Delete what was kept longest ago until the rest is no larger than may be kept."""
    with suppress(OSError):
        found = [(entry.stat(), Path(entry.path)) for entry in os.scandir(folder)]
        newest_first = sorted(found, key=lambda file: file[0].st_mtime, reverse=True)
        sizes = accumulate(stat.st_size for stat, _ in newest_first)
        for size, (_, path) in zip(sizes, newest_first, strict=True):
            if size > _MOST_BYTES:
                path.unlink()


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
            times = (file.stat().st_mtime for file in Path(folder).rglob("*.py"))
            newest = max(times, default=newest)
    return f"{__version__} {newest}"
