"""Which importer reads a file: by the name's ending, else by how the content begins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reader.formats.source import Source, look_at
from reader.text.document import Document
from reader.values import value


@value
class Importer:
    """One format: how a file of it is known, and what reads it.

    `suffixes` are lower case with their dot. `sniff` says of a file's first bytes whether they can
    only be this format; it is asked where the suffix tells nothing. `read` imports its parser when
    called, raises reader.errors.UnreadableText, and never anything else because of a file.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Callable[[Source], Document]


def _read_text(source: Source) -> Document:
    from reader.formats.from_text import read_text

    return read_text(source)


def _read_markdown(source: Source) -> Document:
    from reader.formats.from_markdown import read_markdown

    return read_markdown(source)


def _read_html(source: Source) -> Document:
    from reader.formats.from_html import read_html

    return read_html(source)


def _read_epub(source: Source) -> Document:
    from reader.formats.from_epub import read_epub

    return read_epub(source)


def _never(_: bytes) -> bool:
    return False


def _is_html(head: bytes) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip().lower()
    return start.startswith((b"<!doctype html", b"<html")) or (
        start.startswith((b"<?xml", b"<!--")) and b"<html" in start
    )


def _is_epub(head: bytes) -> bool:
    return head.startswith(b"PK\x03\x04") and (
        b"mimetypeapplication/epub+zip" in head or b"META-INF/container.xml" in head
    )


IMPORTERS = (
    Importer("EPUB", (".epub",), _is_epub, _read_epub),
    Importer("HTML", (".html", ".htm", ".xhtml", ".xht"), _is_html, _read_html),
    Importer("Markdown", (".md", ".markdown", ".mdown", ".mkd"), _never, _read_markdown),
    Importer("Plain text", (".txt", ".text"), _never, _read_text),
)
"""In the order their sniffs are asked; the last one also takes what nobody knows."""

SUFFIXES = tuple(suffix for importer in IMPORTERS for suffix in importer.suffixes)
"""The endings of the names of files that can be read, lower case with their dot."""


def is_supported(path: Path) -> bool:
    """Whether the name is one of a format read here; others may still hold plain text or HTML."""
    return path.suffix.lower() in SUFFIXES


def open_document(path: Path) -> Document:
    """Read the file into a Document.

    Raises:
        UnreadableText: one of its kinds for each reason why the file can't be read.
    """
    source = look_at(path)
    return _importer_for(source).read(source)


def _importer_for(source: Source) -> Importer:
    suffix = source.path.suffix.lower()
    for importer in IMPORTERS:
        if suffix in importer.suffixes:
            return importer
    for importer in IMPORTERS:
        if importer.sniff(source.head):
            return importer
    return IMPORTERS[-1]
