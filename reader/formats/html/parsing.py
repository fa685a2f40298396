"""Bytes of HTML or XHTML to a tree: nothing is run, nothing is loaded, nothing else is read."""

from __future__ import annotations

import re
from html.entities import html5
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from reader.errors import TextDamaged
from reader.formats.xml_trees import careful_parser

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_XML_ENTITIES = {"amp", "lt", "gt", "quot", "apos"}
_XHTML = re.compile(r"\s*(?:<\?xml|<!DOCTYPE[^>]*XHTML|<html[^>]*xmlns\s*=)", re.IGNORECASE)
_DOCTYPE_WITH_SUBSET = re.compile(r"<!DOCTYPE[^<>\[]*\[", re.IGNORECASE)
_END_OF_SUBSET = re.compile(r"\]\s*>")
_NAMESPACE = "{http://www.w3.org/1999/xhtml}"
# libxml2 compares each attribute of an element with all before it: 100,000 take a minute.
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{4000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 1000
_SHADOW_ROOTS = ("shadowrootmode", "shadowmode")
"""What makes a template part of the page (HTML, 4.12.3); the second is Chrome's own in MHTML."""


def parse_html(text: str, path: Path) -> Element:
    """Return the root of the tree, whose tags are bare names.

    Raises:
        TextDamaged: nested so deep, or so odd, that part of it would be lost.
    """
    for tag in _LONG_TAG.finditer(text):
        if len(_QUOTED.sub("", tag.group()).split()) > _MOST_ATTRIBUTES:
            raise TextDamaged(path, "one of its elements has more than a thousand attributes")
    root = _as_xhtml(text) if _XHTML.match(text) else None
    if root is None:
        root = _as_html(_without_subset(text), path)
    for template in list(root.iter("template")):
        if any(name in template.attrib for name in _SHADOW_ROOTS):
            template.tag = "div"  # what a web component shows: pages are saved with it
    return root


def _without_subset(text: str) -> str:
    """Return the text without the declarations inside its doctype, which HTML doesn't know."""
    begin = _DOCTYPE_WITH_SUBSET.search(text)
    end = None if begin is None else _END_OF_SUBSET.search(text, begin.end())
    return text if begin is None or end is None else text[: begin.start()] + text[end.end() :]


def _as_html(text: str, path: Path) -> Element:
    # huge_tree: texts of more than 10 MB in one piece, and 2,048 levels in place of 256, which
    # old pages with elements that are never closed do reach.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise TextDamaged(path, "there is no HTML in it") from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise TextDamaged(path, "its elements are nested too deep")
    if root is None:
        raise TextDamaged(path, "there is no HTML in it")
    return root


def _as_xhtml(text: str) -> Element | None:
    """Return the tree if the text is well-formed XML that needs no declared entities."""
    named = _ENTITY.sub(_as_characters, text)
    try:
        root = etree.fromstring(named.encode("utf-8", "replace"), careful_parser(encoding="utf-8"))
    except etree.XMLSyntaxError:
        return None
    if next(root.iter(etree.Entity), None) is not None:
        return None
    for element in root.iter(f"{_NAMESPACE}*"):
        element.tag = str(element.tag).removeprefix(_NAMESPACE)
    return root if root.tag == "html" else None


def _as_characters(found: re.Match[str]) -> str:
    name = found.group(1)
    return found.group() if name in _XML_ENTITIES else html5.get(name + ";", found.group())
