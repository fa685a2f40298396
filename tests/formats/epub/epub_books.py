"""Small EPUBs made in the tests: the parts a case is about are given, the rest is filled in."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from reader.formats.registry import open_document
from reader.text.document import Document

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
    'full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
Files = Mapping[str, str | bytes]
XHTML = "application/xhtml+xml"
NCX = "application/x-dtbncx+xml"
PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d494844520000000100000001")


def page(body: str, title: str = "", attributes: str = "") -> str:
    """Return a content document of EPUB 3."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f"{attributes}><head><title>{title}</title></head><body>{body}</body></html>"
    )


def nav(items: str, more: str = "") -> str:
    """Return a navigation document whose contents list has these items."""
    return page(f'<nav epub:type="toc"><h1>Contents</h1><ol>{items}</ol></nav>{more}')


def ncx(points: str, more: str = "") -> str:
    """Return an NCX with these navPoints."""
    return (
        '<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">'
        f"<head/><docTitle><text>x</text></docTitle><navMap>{points}</navMap>{more}</ncx>"
    )


def point(title: str, address: str, inside: str = "") -> str:
    """Return a navPoint."""
    return (
        f"<navPoint><navLabel><text>{escape(title)}</text></navLabel>"
        f'<content src="{escape(address)}"/>{inside}</navPoint>'
    )


def package(
    manifest: Sequence[tuple[str, str, str, str]],
    spine: str,
    metadata: str = "<dc:title>A Book</dc:title><dc:language>en</dc:language>",
    spine_attributes: str = "",
    version: str = "3.0",
) -> str:
    """Return a package document; a manifest's item is id, href, media type, more attributes."""
    items = "".join(
        f'<item id="{name}" href="{href}" media-type="{kind}" {more}/>'
        for name, href, kind, more in manifest
    )
    return (
        f'<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="{version}" '
        'unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>'
        f"<manifest>{items}</manifest><spine {spine_attributes}>{spine}</spine></package>"
    )


def write_archive(path: Path, files: Files) -> Path:
    """Write a ZIP archive with these files and nothing else."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def write_book(path: Path, files: Files, opf: str = "") -> Path:
    """Write a book of the files below OEBPS, read in their order unless a package is given.

    Files that are no pages are in the manifest only where a package says so.
    """
    pages = [name for name in files if name.endswith((".xhtml", ".html", ".htm"))]
    made = package(
        [(f"p{n}", name.replace(" ", "%20"), XHTML, "") for n, name in enumerate(pages)],
        "".join(f'<itemref idref="p{n}"/>' for n in range(len(pages))),
    )
    content = {f"OEBPS/{name}": content for name, content in files.items()}
    head = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    return write_archive(path, {**head, "OEBPS/book.opf": opf or made, **content})


def open_book(folder: Path, files: Files, opf: str = "") -> Document:
    """Write a book and open it."""
    return open_document(write_book(folder / "book.epub", files, opf))


def open_body(folder: Path, body: str) -> Document:
    """Open a book that is one page with this body."""
    return open_book(folder, {"one.xhtml": page(body)})


def texts_of(document: Document) -> list[str]:
    """Return the texts of all sections."""
    return [section.text for section in document.sections]


def kinds_of(document: Document, number: int = 0) -> list[tuple[str, str]]:
    """Return kind and text of each block of a section."""
    section = document.sections[number]
    return [(block.kind.value, section.text[block.start : block.end]) for block in section.blocks]


def runs_of(document: Document, kind: str, number: int = 0) -> list[tuple[str, str]]:
    """Return text and target of each run of that kind in a section."""
    section = document.sections[number]
    return [
        (section.text[run.start : run.end], run.target)
        for run in section.inlines
        if run.kind.value == kind
    ]


TWO: dict[str, str] = {
    "a.xhtml": page("<h1>First</h1><p id='x'>One.</p>"),
    "b.xhtml": page("<p id='y'>Two.</p>"),
}
