"""The pictures of a book, read from its archive when they are asked for, on any thread."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from reader.errors import UnreadableText
from reader.formats.archive import Archive, Entry
from reader.formats.picture_kinds import PICTURE_LIMIT_BYTES, picture_in
from reader.formats.source import look_at

PART_LIMIT_BYTES = 16_000_000
"""Of one content document: its tree and text take about 15 times that in memory."""

_HEAD_BYTES = 64_000


class EpubPictures:
    """See `reader.text.document.PicturesWithHeads`; an address is an entry's name.

    `locked` are the names of the entries that are encrypted. The archive is opened when it is
    first needed, unless it is open already.
    """

    def __init__(self, path: Path, locked: frozenset[str], archive: Archive | None = None) -> None:
        self.locked = locked
        self._path = path
        self._archive = archive
        self._lock = Lock()

    def read(self, address: str) -> bytes | None:
        """Return a picture's bytes; of one drawn within a part of the book, those of an SVG."""
        name, _, drawing = address.partition("#svg:")
        drawing = drawing.partition(":")[0]
        try:
            entry = self._find(name)
            if entry is None:
                return None
            if not drawing:
                return picture_in(self.content(entry, PICTURE_LIMIT_BYTES))
            content = self.content(entry, PART_LIMIT_BYTES)
            if content is None or not drawing.isdecimal():
                return None
            from reader.formats.epub.content import parse_content, svg_in

            return svg_in(parse_content(content, self._path), int(drawing))
        except UnreadableText:
            return None

    def head(self, address: str) -> bytes | None:
        """Return a picture's first bytes; a drawing's address says its size instead."""
        try:
            entry = self._find(address)
            if entry is None or entry.name in self.locked:
                return None
            found = self._opened().head(entry, _HEAD_BYTES)
        except UnreadableText:
            return None
        return picture_in(found)

    def content(self, entry: Entry, limit_bytes: int) -> bytes | None:
        """Return what an entry holds, as far as it can be read; None for one that is locked.

        Raises:
            UnreadableText: it is larger than that, or the file went away.
        """
        if entry.name in self.locked:
            return None
        found = self._opened().read(entry, limit_bytes)
        return None if found is None else found.data

    def _find(self, name: str) -> Entry | None:
        return self._opened().find(name)

    def _opened(self) -> Archive:
        with self._lock:
            if self._archive is None:
                self._archive = Archive(look_at(self._path))
            return self._archive
