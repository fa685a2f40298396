"""XML of documents and books to trees, whole or in pieces: bombs are refused, faults counted.

Entities are refused altogether, since no office program writes them and no package needs them.
libxml2 stops at 256 levels of nesting, which keeps the recursion of those who read the trees
shallow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from reader.errors import ArchiveUnsafe
from reader.formats.decoding import decode

_DECLARED = re.compile(
    rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
_HEAD_BYTES = 4096
_STRICT = (  # ISO 29500 Strict names the same vocabularies otherwise than Transitional
    (b"purl.oclc.org/ooxml/", b"schemas.openxmlformats.org/"),
    (b"/wordprocessingml/main", b"/wordprocessingml/2006/main"),
    (b"/drawingml/main", b"/drawingml/2006/main"),
    (b"/drawingml/wordprocessingDrawing", b"/drawingml/2006/wordprocessingDrawing"),
    (b"/officeDocument/relationships", b"/officeDocument/2006/relationships"),
    (b"/officeDocument/math", b"/officeDocument/2006/math"),
)
_NAME = re.compile(r"[a-z_][\w.-]*")


def declared_encoding(content: bytes) -> str | None:
    """Return the encoding that the head of XML or HTML names, unchecked."""
    found = _DECLARED.search(content[:_HEAD_BYTES])
    return None if found is None else (found.group(1) or found.group(2)).decode("ascii", "replace")


def careful_parser(
    *, huge: bool = False, recover: bool = False, encoding: str | None = None
) -> etree.XMLParser:
    """Return a parser that loads nothing, expands no entity, and leaves out what no reader sees.

    `huge`: more than 256 levels and texts of more than 10 MB in one piece are fine; `recover`: it
    goes on behind faults; `encoding` is believed in place of what the content says.
    """
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=huge,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
        encoding=encoding,
    )


def parse_office_xml(content: bytes, path: Path, *, huge: bool = False) -> Element | None:
    """Return the root, None if there is no XML in it. `huge`: 2,048 levels and long texts are fine.

    Raises:
        ArchiveUnsafe: it declares entities.
    """
    return _parsed(_checked(content, path), huge=huge)


def parse_package_xml(content: bytes, path: Path) -> Element | None:
    """Return the root of a part of a book's package, None if there is no XML in it.

    Tags are lower case and bare; attributes are as they were written. The encoding is believed
    only as far as it fits: these parts are short, and many are written by hand.

    Raises:
        ArchiveUnsafe: it declares entities.
    """
    decoded = decode(content, declared_encoding(content))
    if decoded is None:
        return None
    text = decoded.text.lstrip("\0\ufeff \n\t").encode("utf-8", "replace")
    root = _parsed(_without_entities(text, path), encoding="utf-8")
    return None if root is None else _with_bare_names(root)


class BlockStream:
    """The children of one element of a long part, in order, each forgotten when the next comes.

    A tree takes ten times its part's size; this way only one block of it is there at a time. What
    a damaged part holds up to its fault comes too, and `is_damaged` tells afterwards.
    """

    def __init__(self, content: bytes, path: Path) -> None:
        """Raises ArchiveUnsafe: the part declares entities."""
        self._content = _checked(content, path)
        self.is_damaged = False

    def read(
        self, holder: str, blocks: Sequence[str], early: Sequence[str] = ()
    ) -> Iterator[Element]:
        """Yield what `holder` elements hold; `blocks` are the tags that most of it has.

        Elements of the tags `early` come as well, wherever they stand: styles before the text.
        """
        events = etree.iterparse(
            BytesIO(self._content),
            events=("end",),
            tag=[*blocks, *early, holder],
            resolve_entities=False,  # all as `careful_parser` has it: this takes no parser
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=True,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            for _, element in events:
                above = element.getparent()
                if element.tag in early:
                    yield element
                elif element.tag == holder:
                    yield from _taken(element, None)
                elif above is not None and above.tag == holder:
                    yield from _taken(above, element)
        except etree.XMLSyntaxError:
            self.is_damaged = True
        self.is_damaged = self.is_damaged or len(events.error_log) > 0
        root = events.root
        if self.is_damaged and root is not None:
            for left in list(root.iter(holder)):
                yield from _taken(left, None)


def line_of(element: Element) -> str:
    """Return the element's text on one line."""
    return " ".join("".join(element.itertext()).split())


def outermost(root: Element, *tags: str) -> list[Element]:
    """Return the elements of these tags that stand in none of them, in document order."""
    found = []
    walk = etree.iterwalk(root, events=("start",), tag=tags)
    for _, element in walk:
        found.append(element)
        walk.skip_subtree()
    return found


def names_in(element: Element, attribute: str) -> set[str]:
    """Return the names that an attribute lists, lower case."""
    return set((element.get(attribute) or "").lower().split())


def _parsed(content: bytes, *, huge: bool = False, encoding: str | None = None) -> Element | None:
    try:
        return etree.fromstring(content, careful_parser(huge=huge, recover=True, encoding=encoding))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _taken(holder: Element, last: Element | None) -> Iterator[Element]:
    """Yield the holder's children up to `last`, all without one, and take them out of the tree."""
    while (child := next(iter(holder), None)) is not None:
        if isinstance(child.tag, str):
            yield child
            child.clear()  # else to remove it takes time that grows with the square of its size
        holder.remove(child)
        if child is last:
            return


def _checked(content: bytes, path: Path) -> bytes:
    """Return UTF-8 (or what its declaration says) without what makes bombs."""
    if b"\0" in content[:4] or content[:2] in (b"\xfe\xff", b"\xff\xfe"):
        decoded = decode(content, declared_encoding(content))
        text = "" if decoded is None else decoded.text
        content = text.partition("?>")[2].encode("utf-8", "replace") if "?>" in text[:200] else b""
    if b"purl.oclc.org/ooxml" in content[:4000]:
        for strict, transitional in _STRICT:
            content = content.replace(strict, transitional)
    return _without_entities(content, path)


def _without_entities(content: bytes, path: Path) -> bytes:
    if b"<!ENTITY" in content:
        raise ArchiveUnsafe(path, "it declares XML entities")
    return content


def _with_bare_names(root: Element) -> Element:
    for element in root.iter("*"):
        bare = str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()
        if _NAME.fullmatch(bare):  # what a mistake leaves behind a colon may be no name
            element.tag = bare
    return root
