"""What the archives of office documents have in common: parts, properties, pictures."""

from __future__ import annotations

import re
from pathlib import Path

from lxml.etree import _Element as Element

from reader.errors import TextTooLarge, UnreadableText
from reader.formats.archive import Archive, Content, refuse_bomb
from reader.formats.language_tags import language_tag
from reader.formats.office.document import Properties
from reader.formats.picture_kinds import PICTURE_LIMIT_BYTES, picture_in
from reader.formats.source import ZIP_HEADS, Source

_TITLE_OF_A_FILE = re.compile(
    r"microsoft word - .*|(?:document|dokument|untitled|unbenannt|sans titre)\s*\d*|.*\.docx?",
    re.IGNORECASE,
)
_NO_AUTHOR = {"unknown", "user", "author", "windows user", "microsoft office user", "admin"}
_LONGEST_TITLE = 300
_THUMBNAILS = (
    "Thumbnails/thumbnail.png",
    "docProps/thumbnail.jpeg",
    "docProps/thumbnail.jpg",
    "docProps/thumbnail.png",
)
"""Where they are: ODF 1.3, part 2, 3.7; in OOXML a relation says it, but all put it there."""


def part_of(archive: Archive, name: str, path: Path, limit_bytes: int) -> Content | None:
    """Return what a part holds; None if it isn't there or can't be unpacked.

    Raises:
        ArchiveUnsafe: it is a bomb.
        TextTooLarge: it is larger than `limit_bytes`.
    """
    entry = archive.find(name)
    if entry is None:
        return None
    refuse_bomb(path, entry.size_bytes, entry.packed_bytes)
    if entry.size_bytes > limit_bytes:
        raise TextTooLarge(path, entry.size_bytes, limit_bytes)
    return archive.read(entry, limit_bytes)


def properties_of(root: Element | None, *, language: str | None) -> Properties:
    """Return what the properties (Dublin Core) say; `language` is that of the text."""
    title = told = ""
    authors: list[str] = []
    for element in () if root is None else root.iter("*"):
        name = str(element.tag).rpartition("}")[2]
        words = " ".join((element.text or "").split())[:_LONGEST_TITLE]
        if name == "title" and not _TITLE_OF_A_FILE.fullmatch(words):
            title = title or words
        elif name == "initial-creator" or (name == "creator" and not authors):
            authors = [part.strip() for part in words.split(";")]  # ODF's creator saved it last
        elif name == "language":
            told = language_tag(words) or ""
    authors = [author for author in authors if author and author.lower() not in _NO_AUTHOR]
    return Properties(title, tuple(dict.fromkeys(authors)), language or told or None)


class PackagePictures:
    """The pictures in an archive, under their names in it."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def read(self, address: str) -> bytes | None:
        """Return a picture's bytes; see `reader.text.document.Pictures`."""
        entry = self._archive.find(address)
        if entry is None:
            return None
        try:
            content = self._archive.read(entry, PICTURE_LIMIT_BYTES)
        except UnreadableText:
            return None
        return None if content is None else picture_in(content.data)


def read_thumbnail(source: Source) -> bytes | None:
    """Return the picture of its first page that the program which wrote a file put into it.

    Few versions of Word do, and LibreOffice always; None without one, and for a flat file.

    Raises:
        UnreadableText: the archive is damaged beyond reading.
    """
    if not source.head.startswith(ZIP_HEADS):
        return None
    pictures = PackagePictures(Archive(source))
    found = (pictures.read(name) for name in _THUMBNAILS)
    return next((content for content in found if content is not None), None)
