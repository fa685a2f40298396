"""What an HTML document says of itself: title, authors, language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element as Element

from reader.formats.html.rules import language_of
from reader.formats.language_tags import language_tag
from reader.formats.xml_trees import line_of

_TITLE_NAMES = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
_AUTHOR_NAMES = ("author", "citation_author", "dc.creator", "dcterms.creator", "article:author")
_LANGUAGE_NAMES = ("content-language", "dc.language", "dcterms.language", "language", "og:locale")
_WIDEST_TITLE = 300
_MOST_SEARCHED = 3000
"""Code points of a title in which headings are looked for, each of which goes through all of it."""

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d{1,5}\)\s*(https?://[^\s<>\"]{1,2000})\s*-->")
_HEAD = 4000


@dataclass(frozen=True, slots=True)
class Metadata:
    """Empty where the document doesn't say."""

    title: str
    authors: tuple[str, ...]
    language: str | None


def saved_from(text: str) -> str:
    """Return where on the web a page was saved, as browsers write it into it; empty without."""
    found = _SAVED_FROM.search(text[:_HEAD])
    return "" if found is None else found[1]


def read_metadata(root: Element) -> Metadata:
    """Return what the document says; a site's name after the title is left out where it can be."""
    told: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or meta.get("http-equiv") or ""
        value = " ".join((meta.get("content") or "").split())
        if value:
            told.setdefault(name.strip().lower(), []).append(value)
    return Metadata(_title(root, told), _authors(told), _language(root, told))


def _title(root: Element, told: dict[str, list[str]]) -> str:
    for name in _TITLE_NAMES:
        if name in told:
            return told[name][0][:_WIDEST_TITLE]
    element = next(root.iter("title"), None)
    title = "" if element is None else line_of(element)[:_MOST_SEARCHED]
    headings = [line_of(heading) for heading in root.iter("h1")]
    for heading in headings:
        if heading and heading in title:
            return heading[:_WIDEST_TITLE]
    if not title and headings:
        title = headings[0]
    return title[:_WIDEST_TITLE]


def _authors(told: dict[str, list[str]]) -> tuple[str, ...]:
    for name in _AUTHOR_NAMES:
        names = [author for author in told.get(name, ()) if "://" not in author]
        if names:
            return tuple(dict.fromkeys(names))
    return ()


def _language(root: Element, told: dict[str, list[str]]) -> str | None:
    body = root.find("body")
    for element in (root, body):
        if element is not None and (language := language_of(dict(element.items()))):
            return language
    for name in _LANGUAGE_NAMES:
        for value in told.get(name, ()):
            if language := language_tag(value.partition(",")[0]):
                return language
    return None
