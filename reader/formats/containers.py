"""What a file that holds other files is: a book, a document, or something that isn't read here.

Two kinds of containers: ZIP archives (EPUB, Office Open XML, OpenDocument, packed FB2, HTMLZ), and
the compound files of older Office programs (MS-CFB), in which today's put what a password protects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.errors import ArchiveUnsafe, TextFormatNotRead, TextProtected, UnreadableText
from reader.formats.archive import Archive
from reader.formats.source import Source

_MIME_TYPE = re.compile(rb"mimetype(?:..\0\0.*?)??application/([\w.+-]+)", re.DOTALL)
_SHEETS = ("a spreadsheet", "HTML")
_SLIDES = ("a presentation", "PDF")
_ODF_TEXT = "vnd.oasis.opendocument.text"
_KINDS_BY_PART = (
    ("word/document.xml", "docx"),
    ("meta-inf/container.xml", "epub"),
    ("content.xml", "odt"),
    ("xl/workbook.xml", "sheets"),
    ("ppt/presentation.xml", "slides"),
)
_LONGEST_TYPE_BYTES = 200
_DIRECTORY_BYTES = 1 << 16
_SMALLEST_SECTOR, _LARGEST_SECTOR = 9, 12


@dataclass(frozen=True, slots=True)
class _Compound:
    """A kind of compound file: a stream that only it has, what it is called, what to save it as."""

    stream: str
    name: str
    save_as: str


_COMPOUNDS = (
    _Compound("WordDocument", "an old Word document (.doc)", "DOCX"),
    _Compound("Workbook", *_SHEETS),
    _Compound("PowerPoint Document", *_SLIDES),
    _Compound("__properties_version1.0", "a mail message", "HTML"),
)


def kind_of_archive(source: Source) -> str:
    """Return what a ZIP archive is, by its content: epub, docx, odt, fb2, htmlz, or empty.

    Raises:
        TextFormatNotRead: a spreadsheet or the like.
        ArchiveUnsafe: too many files, or one that leads outside.
    """
    kind = _kind_by_type(source.head) or _kind_by_parts(source)
    if kind in ("sheets", "slides"):
        raise TextFormatNotRead(source.path, *(_SHEETS if kind == "sheets" else _SLIDES))
    return kind


def refuse_compound(source: Source) -> None:
    """Say what a compound file is.

    Raises:
        TextProtected: a document that a password protects.
        TextFormatNotRead: a document of an older Office program.
    """
    directory = _directory_of(source)
    if _has_stream(directory, "EncryptedPackage"):
        raise TextProtected(source.path, "a password")
    for compound in _COMPOUNDS:
        if _has_stream(directory, compound.stream):
            raise TextFormatNotRead(source.path, compound.name, compound.save_as)
    if source.path.suffix.lower() in (".doc", ".dot"):  # its directory is elsewhere, or damaged
        raise TextFormatNotRead(source.path, _COMPOUNDS[0].name, _COMPOUNDS[0].save_as)


def _kind_by_type(head: bytes) -> str:
    """Return the kind that the first entry tells, where it is one that says so (OCF, ODF)."""
    found = _MIME_TYPE.search(head[:200])
    return "" if found is None else _kind_of_type(found[1])


def _kind_of_type(mime_type: bytes) -> str:
    told = mime_type.decode("ascii", "replace").strip().removeprefix("application/")
    if told.startswith("epub+zip"):
        return "epub"
    if told.startswith(_ODF_TEXT):
        return "odt"
    if told.startswith("vnd.oasis.opendocument.spreadsheet"):
        return "sheets"
    if told.startswith(("vnd.oasis.opendocument.presentation", "vnd.oasis.opendocument.graphics")):
        return "slides"
    return ""


def _kind_by_parts(source: Source) -> str:
    try:
        archive = Archive(source)
        names = [name.lower() for name in archive.names()]
        entry = archive.find("mimetype")
        told = None if entry is None else archive.read(entry, _LONGEST_TYPE_BYTES)
    except ArchiveUnsafe:
        raise
    except UnreadableText:
        return ""
    if told is not None and (kind := _kind_of_type(told.data)):
        return kind
    for part, kind in _KINDS_BY_PART:
        if part in names:
            return kind
    if any(name.endswith(".fb2") for name in names):
        return "fb2"
    if "index.html" in names and "metadata.opf" in names:
        return "htmlz"
    return ""


def _directory_of(source: Source) -> bytes:
    """Return the part of a compound file that names its streams (MS-CFB 2.2, 2.6)."""
    head = source.head
    shift = int.from_bytes(head[30:32], "little")
    if not _SMALLEST_SECTOR <= shift <= _LARGEST_SECTOR:
        return head
    first = int.from_bytes(head[48:52], "little")
    with source.open() as file:
        file.seek((first + 1) << shift)
        return file.read(_DIRECTORY_BYTES)


def _has_stream(directory: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in directory
