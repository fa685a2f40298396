"""A book's package document: what it is called, what it holds, in which order it is read.

EPUB 3.3, section 5, and OPF 2.0.1. Books that break the rules are read as far as their meaning is
clear.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from lxml.etree import _Element as Element

from reader.errors import TextDamaged
from reader.formats.archive import MOST_ENTRIES, Archive, Entry
from reader.formats.epub.addresses import resolve
from reader.formats.language_tags import language_tag
from reader.formats.xml_trees import line_of, names_in, outermost, parse_package_xml
from reader.text.document import Notice, NoticeKind
from reader.values import value

LIMIT_BYTES = 8_000_000
_CONTAINER = "META-INF/container.xml"
_PACKAGE_TYPE = "application/oebps-package+xml"
_NCX_TYPE = "application/x-dtbncx+xml"
_TEXT_TYPES = {
    *("application/xhtml+xml", "text/html", "application/xml", "text/xml"),
    *("application/x-dtbook+xml", "text/x-oeb1-document"),
}
_TEXT_SUFFIXES = (".xhtml", ".html", ".htm", ".xml", ".xht")
_NO_LANGUAGES = {"und", "zxx", "mul", "mis", "und-und"}
_LONGEST_TITLE = 300
_LONGEST_CHAIN = 50
"""Fallbacks of fallbacks; books have one or two. Each item of the spine follows its own anew."""

_PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".bmp")
_NO_NAME = re.compile(r"(?:unknown|unbekannt|inconnu|n/?a)", re.IGNORECASE)


@value
class Item:
    """A file of the book as its manifest tells it."""

    entry: Entry
    media_type: str
    properties: frozenset[str]

    @property
    def is_text(self) -> bool:
        """Whether it is a document of text."""
        if self.media_type in _TEXT_TYPES:
            return True
        is_picture = self.media_type.startswith("image/")
        return not is_picture and self.entry.name.lower().endswith(_TEXT_SUFFIXES)

    @property
    def is_picture(self) -> bool:
        """Whether it is an image file."""
        return not self.is_text and (
            self.media_type.startswith("image/")
            or self.entry.name.lower().endswith(_PICTURE_SUFFIXES)
        )


@value
class Package:
    """What a book says of itself; empty where it doesn't. `spine` is in reading order."""

    name: str
    title: str
    authors: tuple[str, ...]
    language: str | None
    direction: str
    spine: tuple[Item, ...]
    nav: Item | None
    ncx: Entry | None
    cover: str
    notices: tuple[Notice, ...]
    steps: Mapping[str, str]
    """The steps of an EPUB CFI that lead from the package to a file of the spine, by its name."""

    @property
    def is_laid_out(self) -> bool:
        """Whether its pages have a fixed layout."""
        return any(notice.kind is NoticeKind.LAYOUT_LOST for notice in self.notices)


def read_package(archive: Archive, path: Path) -> Package:
    """Find and read the package document.

    Raises:
        TextDamaged: there is none, and no text either.
        ArchiveUnsafe: it is made to do harm.
    """
    entry, root = _package_document(archive, path)
    return _Reader(archive, path, entry, root).package()


def _package_document(archive: Archive, path: Path) -> tuple[Entry | None, Element | None]:
    for entry in _candidates(archive, path):
        content = archive.read(entry, LIMIT_BYTES)
        root = None if content is None else parse_package_xml(content.data, path)
        if root is not None and next(root.iter("manifest", "spine"), None) is not None:
            return entry, root
    return None, None


def _candidates(archive: Archive, path: Path) -> list[Entry]:
    """Return what may be the package document, the one that the container names first."""
    found: dict[Entry, None] = {}  # each once, however often it is named
    container = archive.find(_CONTAINER)
    content = None if container is None else archive.read(container, LIMIT_BYTES)
    root = None if content is None else parse_package_xml(content.data, path)
    if root is not None:
        rootfiles = list(root.iter("rootfile"))
        rootfiles.sort(key=lambda rootfile: rootfile.get("media-type") != _PACKAGE_TYPE)
        for rootfile in rootfiles:
            address = resolve(archive, "", rootfile.get("full-path") or "META-INF")
            if address is not None:
                found[address.entry] = None
    others = (archive.find(name) for name in archive.names() if name.lower().endswith(".opf"))
    found |= dict.fromkeys(entry for entry in others if entry is not None)
    return list(found)


class _Reader:
    def __init__(
        self, archive: Archive, path: Path, entry: Entry | None, root: Element | None
    ) -> None:
        self._archive = archive
        self._path = path
        self._name = "" if entry is None else entry.name
        self._root = root
        self._notices: Counter[str] = Counter()
        self._manifest: dict[str, Element] = {}
        self._metadata: list[Element] = []
        if root is not None:
            for item in islice(root.iter("item"), MOST_ENTRIES):
                self._manifest.setdefault(item.get("id") or f" {len(self._manifest)}", item)
            self._metadata = outermost(root, "metadata")
        self._items = {name: self._item(element) for name, element in self._manifest.items()}
        self._refinements = {
            (meta.get("refines") or "", meta.get("property") or ""): line_of(meta).lower()
            for metadata in reversed(self._metadata)
            for meta in reversed(list(metadata.iter("meta")))
        }

    def package(self) -> Package:
        spine = self._spine()
        if not spine:
            raise TextDamaged(self._path, "there is no text in it that belongs to a book")
        nav = next((i for i in self._present() if "nav" in i.properties and i.is_text), None)
        return Package(
            name=self._name,
            title=self._title(),
            authors=self._authors(),
            language=self._language(),
            direction=self._direction(),
            spine=spine,
            nav=nav,
            ncx=self._ncx(),
            cover=self._cover(),
            notices=(
                *(
                    Notice(NoticeKind.PART_MISSING, count, name)
                    for name, count in self._notices.items()
                ),
                *((Notice(NoticeKind.LAYOUT_LOST),) if self._is_laid_out() else ()),
            ),
            steps=self._steps(),
        )

    def _is_laid_out(self) -> bool:
        """Whether all of its pages have a fixed layout (EPUB 3.3, 8.2), or Kindle's name for it."""
        if self._refinements.get(("", "rendition:layout")) == "pre-paginated":
            return True
        return any(
            (meta.get("name") or "").lower() == "fixed-layout"
            and (meta.get("content") or "").strip().lower() == "true"
            for metadata in self._metadata
            for meta in metadata.iter("meta")
        )

    # What it holds

    def _spine(self) -> tuple[Item, ...]:
        """Return what is read, in order: what is outside the main line of reading comes last."""
        if self._root is None:
            return self._texts_by_name()
        main: dict[str, Item] = {}
        aside: dict[str, Item] = {}
        for itemref in self._root.iter("itemref"):
            item = self._readable(itemref.get("idref") or "")
            if item is None:
                continue
            is_main = (itemref.get("linear") or "").strip().lower() != "no"
            if is_main:
                main.setdefault(item.entry.name, item)
            elif "nav" not in item.properties and not _is_cover(itemref):
                aside.setdefault(item.entry.name, item)
        spine = (*main.values(), *(item for name, item in aside.items() if name not in main))
        return (
            spine
            or tuple(item for item in self._present() if item.is_text)
            or self._texts_by_name()
        )

    def _steps(self) -> dict[str, str]:
        """Return what leads to each file: elements have even numbers, ids stand in brackets."""
        found: dict[str, str] = {}
        spines = [] if self._root is None else list(self._root.iter("spine"))
        for spine in spines[:1]:
            beside = spine.getparent()
            before = [] if beside is None else [c for c in beside if isinstance(c.tag, str)]
            number = 2 * (before.index(spine) + 1) if spine in before else 6
            for at, itemref in enumerate((c for c in spine if isinstance(c.tag, str)), 1):
                item = self._items.get(itemref.get("idref") or "")
                if item is not None:
                    name = itemref.get("id") or ""
                    step = f"/{number}/{2 * at}" + (f"[{name}]" if name.isalnum() else "")
                    found.setdefault(item.entry.name, step)
        return found

    def _readable(self, identifier: str) -> Item | None:
        """Return the manifest's item, or the first of its fallbacks that can be shown."""
        tried: set[str] = set()
        at = identifier
        while at in self._manifest and at not in tried and len(tried) < _LONGEST_CHAIN:
            tried.add(at)
            item = self._items[at]
            if item is not None and (item.is_text or item.is_picture):
                return item
            at = self._manifest[at].get("fallback") or ""
        wanted = self._manifest.get(identifier)
        name = identifier if wanted is None else (wanted.get("href") or identifier)
        self._notices[name[:_LONGEST_TITLE]] += 1
        return None

    def _present(self) -> list[Item]:
        return [item for item in self._items.values() if item is not None]

    def _item(self, element: Element) -> Item | None:
        address = resolve(self._archive, self._name, element.get("href") or "")
        if address is None or address.entry.name == self._name:
            return None
        media_type = (element.get("media-type") or "").strip().lower()
        return Item(address.entry, media_type, frozenset(names_in(element, "properties")))

    def _texts_by_name(self) -> tuple[Item, ...]:
        """Return every document of text where no package tells an order."""
        found = [
            entry
            for name in self._archive.names()
            if name.lower().endswith(_TEXT_SUFFIXES[:3])
            and (entry := self._archive.find(name)) is not None
        ]
        return tuple(Item(entry, "application/xhtml+xml", frozenset()) for entry in found)

    def _ncx(self) -> Entry | None:
        if self._root is None:
            return None
        told = [spine.get("toc") or "" for spine in self._root.iter("spine")]
        for item in (*(self._items.get(name) for name in told), *self._present()):
            if item is not None and item.media_type == _NCX_TYPE:
                return item.entry
        return next(
            (self._archive.find(n) for n in self._archive.names() if n.lower().endswith(".ncx")),
            None,
        )

    def _cover(self) -> str:
        for item in self._present():
            if "cover-image" in item.properties and item.is_picture:
                return item.entry.name
        told = [
            meta.get("content") or ""
            for metadata in self._metadata
            for meta in metadata.iter("meta")
            if (meta.get("name") or "").lower() == "cover"
        ]
        for identifier in (*told, "cover-image", "cover", "coverimage"):
            found = self._items.get(identifier)
            if found is not None and found.is_picture:
                return found.entry.name
        return ""

    # What it says of itself

    def _told(self, name: str) -> list[tuple[Element, str]]:
        found = (
            (element, line_of(element))
            for metadata in self._metadata
            for element in metadata.iter(name)
        )
        return [(element, text) for element, text in found if text]

    def _refined(self, element: Element, name: str) -> str:
        """Return what a meta element says about another one (EPUB 3), else its own attribute."""
        for key, told in element.items():
            if str(key).rpartition("}")[2].rpartition(":")[2].lower() == name:
                return str(told).strip().lower()
        return self._refinements.get((f"#{element.get('id') or ' '}", name), "")

    def _title(self) -> str:
        titles = self._told("title")
        for element, text in titles:
            if self._refined(element, "title-type") == "main":
                return text[:_LONGEST_TITLE]
        return titles[0][1][:_LONGEST_TITLE] if titles else ""

    def _authors(self) -> tuple[str, ...]:
        roles_by_name: dict[str, str] = {}
        for element, text in self._told("creator"):
            if not _NO_NAME.fullmatch(text):
                roles_by_name.setdefault(text[:_LONGEST_TITLE], self._refined(element, "role"))
        authors = tuple(name for name, role in roles_by_name.items() if role in ("", "aut"))
        return authors or tuple(roles_by_name)

    def _language(self) -> str | None:
        for _, text in self._told("language"):
            language = language_tag(text)
            if language is not None and language.lower() not in _NO_LANGUAGES:
                return language
        return None

    def _direction(self) -> str:
        if self._root is None:
            return ""
        told = [spine.get("page-progression-direction") for spine in self._root.iter("spine")]
        told.append(self._root.get("dir"))
        return next((d for d in told if d in ("ltr", "rtl")), "")


def _is_cover(itemref: Element) -> bool:
    return (itemref.get("idref") or "").lower().startswith("cover")
