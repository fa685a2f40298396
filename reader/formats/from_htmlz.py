"""HTMLZ to a Document: a page with pictures and metadata in one archive, as calibre makes it."""

from __future__ import annotations

from urllib.parse import unquote

from reader.errors import TextDamaged
from reader.formats.archive import Archive
from reader.formats.decoding import decode
from reader.formats.from_html import LIMIT_BYTES, document_of_page
from reader.formats.html.parsing import parse_html
from reader.formats.office.package import PackagePictures, part_of, properties_of
from reader.formats.source import Source
from reader.formats.xml_trees import declared_encoding, parse_package_xml
from reader.text.document import Document
from reader.values import replaced

PAGE, METADATA = "index.html", "metadata.opf"
_METADATA_LIMIT_BYTES = 4_000_000


def read_htmlz(source: Source) -> Document:
    """Read a zipped page.

    Raises:
        ArchiveUnsafe: it is a bomb, or leads out of the archive.
        UnreadableText: damaged beyond reading, too large, or without a visible character.
    """
    archive, path = Archive(source), source.path
    page = part_of(archive, PAGE, path, LIMIT_BYTES)
    if page is None:
        raise TextDamaged(path, "its page can't be unpacked")
    decoded = decode(page.data, declared_encoding(page.data))
    if decoded is None:
        raise TextDamaged(path, "its page is no text")
    root = parse_html(decoded.text, path)
    for image in root.iter("img"):
        image.set("src", unquote(image.get("src") or ""))
    document = document_of_page(root, path, decoded.notices, PackagePictures(archive))
    metadata = part_of(archive, METADATA, path, _METADATA_LIMIT_BYTES)
    tree = None if metadata is None else parse_package_xml(metadata.data, path)
    told = properties_of(tree, language=document.language)
    return replaced(
        document,
        title=told.title or document.title,
        authors=told.authors or document.authors,
        language=told.language,
    )
