"""XML of a book's package to a tree of bare names: faults are passed over, bombs are refused."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from reader.errors import ArchiveUnsafe
from reader.formats.decoding import decode
from reader.formats.html_parsing import declared_encoding

_NAME = re.compile(r"[a-z_][\w.-]*")
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def parse_xml(content: bytes, path: Path) -> Element | None:
    """Return the root, None if there is no XML in it.

    Tags are lower case and bare; attributes are as they were written.

    Raises:
        ArchiveUnsafe: it declares entities, which no package needs.
    """
    decoded = decode(content, declared_encoding(content))
    if decoded is None:
        return None
    if "<!ENTITY" in decoded.text:
        raise ArchiveUnsafe(path, "its package declares XML entities")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
        encoding="utf-8",
    )
    text = decoded.text.lstrip("\0\ufeff \n\t")
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    return None if root is None else _with_bare_names(root)


def _with_bare_names(root: Element) -> Element:
    for element in root.iter("*"):
        bare = str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()
        if _NAME.fullmatch(bare):  # what a mistake leaves behind a colon may be no name
            element.tag = bare
    return root


def line_of(element: Element) -> str:
    """Return the element's text on one line."""
    return " ".join("".join(element.itertext()).split())


def names_in(element: Element, attribute: str) -> set[str]:
    """Return the names that an attribute lists, lower case."""
    return set((element.get(attribute) or "").lower().split())
