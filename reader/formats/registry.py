"""Which importer reads a file: by the name's ending, else by how the content begins."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reader.errors import TextDamaged
from reader.formats.source import COMPOUND_HEAD, ZIP_HEADS, Source, look_at
from reader.text.document import Document
from reader.values import value


@value
class Importer:
    """One format: how a file of it is known, and what reads it.

    `suffixes` are lower case with their dot. `sniff` says of a file's first bytes whether they can
    only be this format; it is asked where the suffix tells nothing. `read` imports its parser when
    called, raises reader.errors.UnreadableText, and never anything else because of a file.
    `archive_kind` is what `containers` calls the format's ZIP archives, empty where it has none.
    """

    name: str
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Callable[[Source], Document]
    archive_kind: str = ""
    read_cover: Callable[[Source], bytes | None] | None = None
    """Reads a text's cover, and no more of it than that takes; None for formats without one."""


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


def _read_epub_cover(source: Source) -> bytes | None:
    from reader.formats.from_epub import read_cover

    return read_cover(source)


def _read_docx(source: Source) -> Document:
    from reader.formats.from_docx import read_docx

    return read_docx(source)


def _read_odt(source: Source) -> Document:
    from reader.formats.from_odt import read_odt

    return read_odt(source)


def _read_htmlz(source: Source) -> Document:
    from reader.formats.from_htmlz import read_htmlz

    return read_htmlz(source)


def _read_fb2(source: Source) -> Document:
    from reader.formats.from_fb2 import read_fb2

    return read_fb2(source)


def _read_rtf(source: Source) -> Document:
    from reader.formats.from_rtf import read_rtf

    return read_rtf(source)


def _read_mhtml(source: Source) -> Document:
    from reader.formats.from_mhtml import read_mhtml

    return read_mhtml(source)


def _read_pdf(source: Source) -> Document:
    from reader.formats.from_pdf import read_pdf

    return read_pdf(source)


def _read_pdf_cover(source: Source) -> bytes | None:
    from reader.formats.from_pdf import read_first_page

    return read_first_page(source)


def _read_thumbnail(source: Source) -> bytes | None:
    from reader.formats.office.package import read_thumbnail

    return read_thumbnail(source)


def _is_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]  # some put a few bytes before it, and readers allow that


def _read_fb2_cover(source: Source) -> bytes | None:
    document = _read_fb2(source)
    if not document.cover or document.pictures is None:
        return None
    return document.pictures.read(document.cover)


def _never(_: bytes) -> bool:
    return False


def _is_html(head: bytes) -> bool:
    start = _ascii(head)
    return start.startswith((b"<!doctype html", b"<html")) or (
        start.startswith((b"<?xml", b"<!--")) and b"<html" in start
    )


def _is_flat_odt(head: bytes) -> bool:
    return b"<office:document" in head and b"opendocument.text" in head


def _is_rtf(head: bytes) -> bool:
    return head.lstrip().startswith(b"{\\rtf")


def _is_mhtml(head: bytes) -> bool:
    start = _ascii(head)
    is_mail = start.startswith(
        (b"from:", b"mime-version:", b"content-type:", b"subject:", b"date:")
    )
    return is_mail and b"multipart/related" in start


def _is_fb2(head: bytes) -> bool:
    return b"<fictionbook" in _ascii(head)


def _ascii(head: bytes) -> bytes:
    """Return a text's beginning in lower case, without what tells its encoding."""
    return head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip().lower()


IMPORTERS = (
    Importer("EPUB", (".epub",), _never, _read_epub, "epub", _read_epub_cover),
    Importer(
        "Word", (".docx", ".docm", ".dotx", ".dotm"), _never, _read_docx, "docx", _read_thumbnail
    ),
    Importer(
        "OpenDocument", (".odt", ".ott", ".fodt"), _is_flat_odt, _read_odt, "odt", _read_thumbnail
    ),
    Importer(
        "FictionBook",
        (".fb2", ".fbz", ".fb2.zip"),
        _is_fb2,
        _read_fb2,
        "fb2",
        _read_fb2_cover,
    ),
    Importer("Zipped HTML", (".htmlz",), _never, _read_htmlz, "htmlz"),
    Importer("Rich text", (".rtf",), _is_rtf, _read_rtf),
    Importer("Web archive", (".mht", ".mhtml"), _is_mhtml, _read_mhtml),
    Importer("PDF", (".pdf",), _is_pdf, _read_pdf, read_cover=_read_pdf_cover),
    Importer("HTML", (".html", ".htm", ".xhtml", ".xht"), _is_html, _read_html),
    Importer("Markdown", (".md", ".markdown", ".mdown", ".mkd"), _never, _read_markdown),
    Importer("Plain text", (".txt", ".text"), _never, _read_text),
)
"""In the order their sniffs are asked; the last one also takes what nobody knows."""

SUFFIXES = tuple(suffix for importer in IMPORTERS for suffix in importer.suffixes)
"""The endings of the names of files that can be read, lower case with their dot."""


def is_supported(path: Path) -> bool:
    """Whether the name is one of a format read here; others may hold one of them all the same."""
    return path.name.lower().endswith(SUFFIXES)


def open_document(path: Path, password: str = "") -> Document:
    """Read the file into a Document; `password` is for one that is locked with it.

    Raises:
        UnreadableText: one of its kinds for each reason why the file can't be read.
    """
    source = look_at(path, password)
    importer = _importer_for(source)
    try:
        return importer.read(source)
    except TextDamaged:
        # An archive of another kind than its name says, such as a DOCX called .epub.
        other = _importer_of_archive(source) if importer.archive_kind else None
        if other is None or other is importer:
            raise
        return other.read(source)


def cover_of(path: Path) -> bytes | None:
    """Return a text's cover as the bytes of an image file, None if it has none.

    Raises:
        UnreadableText: the file can't be read.
    """
    source = look_at(path)
    importer = _importer_for(source)
    return None if importer.read_cover is None else importer.read_cover(source)


def _importer_for(source: Source) -> Importer:
    """Choose by content where that is certain, then by name, then by how the content begins."""
    named = _importer_by_name(source.path)
    if _is_rtf(source.head):
        return _importer_by_content(source.head) or IMPORTERS[-1]
    if source.head.startswith(COMPOUND_HEAD):
        from reader.formats.containers import refuse_compound

        refuse_compound(source)
    if source.head.startswith(ZIP_HEADS):
        if named is None or not named.archive_kind:
            return _importer_of_archive(source) or named or IMPORTERS[-1]
    elif named is None or named.archive_kind:
        return _importer_by_content(source.head) or named or IMPORTERS[-1]
    return named


def _importer_by_name(path: Path) -> Importer | None:
    name = path.name.lower()
    return next((importer for importer in IMPORTERS if name.endswith(importer.suffixes)), None)


def _importer_by_content(head: bytes) -> Importer | None:
    return next((importer for importer in IMPORTERS if importer.sniff(head)), None)


def _importer_of_archive(source: Source) -> Importer | None:
    if not source.head.startswith(ZIP_HEADS):
        return None
    from reader.formats.containers import kind_of_archive

    kind = kind_of_archive(source)
    return next((i for i in IMPORTERS if kind and i.archive_kind == kind), None)
