"""HTML to a Document: what a browser would show of the main text, as one section."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import TextEmpty
from reader.formats.decoding import has_visible, read_decoded
from reader.formats.source import Source
from reader.text.document import Document, Notice, NoticeKind, Pictures, fingerprint_of
from reader.values import replaced

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

LIMIT_BYTES = 30_000_000
"""A tree takes about ten times its file's size in memory."""


def read_html(source: Source) -> Document:
    """Read an HTML or XHTML file.

    Raises:
        UnreadableText: too large, binary, damaged, or without a visible character.
    """
    from reader.formats.html.markup_reading import PageMarkup
    from reader.formats.html.metadata import saved_from
    from reader.formats.html.page_links import point_within
    from reader.formats.html.page_pictures import PagePictures
    from reader.formats.html.parsing import parse_html
    from reader.formats.xml_trees import declared_encoding

    decoded = read_decoded(source, LIMIT_BYTES, declared_encoding)
    root = parse_html(decoded.text, source.path)
    pictures = PagePictures(source.path)
    pictures.point(root)
    address = saved_from(decoded.text)
    point_within(root, address)
    document = document_of_page(root, source.path, decoded.notices, pictures)

    def parse_again() -> Element:
        again = read_decoded(source, LIMIT_BYTES, declared_encoding)
        return parse_html(again.text, source.path)

    markup = PageMarkup(source.path, parse_again)
    return replaced(document, address=address, markup=markup)


def document_of_page(
    root: Element, path: Path, notices: tuple[Notice, ...], pictures: Pictures | None = None
) -> Document:
    """Return the Document that a page makes, its furniture left out.

    Raises:
        TextEmpty: nothing of it can be seen.
    """
    from reader.formats.html.article import furniture_of, words_in

    furniture = furniture_of(root)
    told = notices
    if words := words_in(furniture):
        told = (*notices, Notice(NoticeKind.LEFT_OUT, words, "furniture"))
    try:
        return document_of_tree(root, path, told, furniture, pictures)
    except TextEmpty:  # a table of contents and the like: the furniture is all there is
        return document_of_tree(root, path, notices, pictures=pictures)


def document_of_tree(
    root: Element,
    path: Path,
    notices: tuple[Notice, ...],
    left_out: Sequence[Element] = (),
    pictures: Pictures | None = None,
) -> Document:
    """Return the Document that a tree of HTML makes; `path` is where it came from.

    Raises:
        TextEmpty: nothing of it can be seen.
    """
    from reader.formats.html.metadata import read_metadata
    from reader.formats.html.walker import write_html

    metadata = read_metadata(root)
    section = write_html(root, 0, metadata.language, left_out, has_pictures=pictures is not None)
    if not has_visible(section.text):
        raise TextEmpty(path)
    return Document(
        title=metadata.title or path.stem,
        authors=metadata.authors,
        language=metadata.language,
        sections=(section,),
        fingerprint=fingerprint_of([section.text]),
        notices=notices,
        pictures=pictures,
    )
