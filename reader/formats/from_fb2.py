"""FictionBook 2 to a Document: a book in one XML file, which may be packed in a ZIP archive.

The bodies are put in plain HTML (sections told by their headings, verses by line breaks, notes as
notes) and read as any HTML is. Source: the FictionBook 2.1 schema, and what readers make of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.entities import html5
from pathlib import Path

from lxml.etree import _Element as Element

from reader.errors import TextDamaged
from reader.formats.archive import Archive
from reader.formats.decoding import decode
from reader.formats.fb2_body import address_of, book_html, local_name
from reader.formats.language_tags import language_tag
from reader.formats.office.document import Properties, document_of_office
from reader.formats.office.package import part_of
from reader.formats.picture_kinds import picture_in_base64
from reader.formats.source import ZIP_HEADS, Source
from reader.formats.xml_trees import declared_encoding, line_of, parse_office_xml
from reader.text.document import Document, Notice, NoticeKind

LIMIT_BYTES = 40_000_000
"""Most of a large book is its pictures, which take their own size once more in memory."""

_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_XML_ENTITIES = {b"amp", b"lt", b"gt", b"quot", b"apos"}


def read_fb2(source: Source) -> Document:
    """Read a book.

    Raises:
        ArchiveUnsafe: it is a bomb, or leads out of the archive.
        UnreadableText: damaged beyond reading, too large, or without a visible character.
    """
    content, notices = _content_of(source)
    root = _parsed(content, source.path)
    if root is None or local_name(root) != "FictionBook":
        raise TextDamaged(source.path, "there is no FictionBook in it")
    description = next((e for e in root if local_name(e) == "description"), None)
    properties, cover = _described(description)
    pictures = Fb2Pictures(_binaries(root))
    return document_of_office(
        book_html(root, properties.language),
        source.path,
        properties,
        format_name="fb2",
        pictures=pictures,
        cover=cover if pictures.read(cover) is not None else "",
        notices=notices,
    )


class Fb2Pictures:
    """The pictures written out at the end of the file, by their names."""

    def __init__(self, binaries: Mapping[str, str]) -> None:
        self._binaries = binaries

    def read(self, address: str) -> bytes | None:
        """Return a picture's bytes; see `reader.text.document.Pictures`."""
        told = self._binaries.get(address)
        return None if told is None else picture_in_base64(told)


def _content_of(source: Source) -> tuple[bytes, tuple[Notice, ...]]:
    if not source.head.startswith(ZIP_HEADS):
        return source.read(LIMIT_BYTES), ()
    archive = Archive(source)
    for name in archive.names():
        if name.lower().endswith(".fb2"):
            found = part_of(archive, name, source.path, LIMIT_BYTES)
            if found is not None:
                is_whole = found.is_whole and not archive.is_damaged
                damage = () if is_whole else (Notice(NoticeKind.PART_DAMAGED, detail=name),)
                return found.data, damage
    raise TextDamaged(source.path, "there is no FictionBook in it")


def _parsed(content: bytes, path: Path) -> Element | None:
    """Return the tree; in whatever encoding the bytes really are."""
    declared = declared_encoding(content)
    if (declared or "utf-8").lower() != "utf-8" or not _is_utf8(content):
        decoded = decode(content, declared)
        if decoded is None:
            return None
        text = re.sub(r"\A\s*<\?xml.*?\?>", "", decoded.text, count=1, flags=re.DOTALL)
        content = text.encode("utf-8", "replace")
    return parse_office_xml(_ENTITY.sub(_as_reference, content), path, huge=True)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in content[:4]


def _as_reference(entity: re.Match[bytes]) -> bytes:
    letters = html5.get(entity[1].decode() + ";")
    if entity[1] in _XML_ENTITIES or letters is None:
        return entity[0]
    return b"".join(b"&#%d;" % ord(letter) for letter in letters)


def _binaries(root: Element) -> dict[str, str]:
    return {
        e.get("id") or "": e.text or "" for e in root.iterchildren() if local_name(e) == "binary"
    }


def _described(description: Element | None) -> tuple[Properties, str]:
    """Return what the title-info says, and the name of the cover's picture."""
    title = language = cover = ""
    authors: list[str] = []
    info = None if description is None else _child(description, "title-info")
    for element in () if info is None else info:
        name = local_name(element)
        if name == "book-title":
            title = line_of(element)
        elif name == "lang":
            language = line_of(element)
        elif name == "author" and (author := _author(element)):
            authors.append(author)
        elif name == "coverpage":
            for image in element:
                cover = cover or address_of(image).removeprefix("#")
    return Properties(title, tuple(dict.fromkeys(authors)), language_tag(language)), cover


def _author(element: Element) -> str:
    parts = {name: line_of(part) for part in element if (name := local_name(part))}
    names = (parts.get(name, "") for name in ("first-name", "middle-name", "last-name"))
    return " ".join(name for name in names if name) or parts.get("nickname", "")


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if local_name(child) == name), None)
