"""From the HTML that an office document became to a Document: long ones in several sections.

A short text is one section. A long one is cut at headings, and its sections are read when they are
asked for, so that a thousand pages open like ten.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from reader.errors import TextEmpty
from reader.formats.decoding import has_visible
from reader.formats.html.metadata import read_metadata
from reader.formats.html.rules import HEADINGS
from reader.formats.html.walker import write_html
from reader.formats.xml_trees import careful_parser
from reader.text.document import (
    BlockKind,
    Document,
    Notice,
    Pictures,
    Section,
    fingerprint_of,
    fingerprint_of_sources,
)
from reader.text.lazy_sections import LazySections

LONGEST_ALONE = 400_000
"""Code points of a text that is not cut."""

_CUT_AT_HEADING = 60_000
_CUT_ANYWHERE = 250_000


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of its text; empty where it doesn't."""

    title: str = ""
    authors: tuple[str, ...] = ()
    language: str | None = None


def document_of_office(
    root: Element,
    path: Path,
    properties: Properties,
    *,
    format_name: str,
    pictures: Pictures | None = None,
    cover: str = "",
    is_right_to_left: bool = False,
    notices: tuple[Notice, ...] = (),
) -> Document:
    """Return the Document that the tree makes, which is used up.

    Raises:
        TextEmpty: nothing of it can be seen.
    """
    language = properties.language or root.get("lang")
    title = properties.title or read_metadata(root).title or path.stem
    parts = list(_parts_of(root))
    sections: Sequence[Section]
    if len(parts) < 2:
        section = write_html(root, 0, language, has_pictures=pictures is not None)
        if not has_visible(section.text):
            raise TextEmpty(path)
        sections = (section,)
        fingerprint = fingerprint_of([section.text])
    else:
        kept = _Parts(parts, language, has_pictures=pictures is not None)
        sections = LazySections(kept.lengths, kept.read)
        fingerprint = fingerprint_of_sources(format_name, kept.sums)
    return Document(
        title=title,
        authors=properties.authors,
        language=language,
        sections=sections,
        fingerprint=fingerprint,
        notices=notices,
        direction="rtl" if is_right_to_left else "",
        cover=cover,
        pictures=pictures,
    )


class _Parts:
    """The parts of a long text, each kept as bytes and read on whatever thread asks for it."""

    def __init__(
        self, parts: Sequence[Sequence[Element]], language: str | None, *, has_pictures: bool
    ) -> None:
        self._language = language
        self._has_pictures = has_pictures
        _point_across(parts)
        self.lengths = [sum(map(_length_of, part)) for part in parts]
        self._sources = [_source_of(part) for part in parts]
        self.sums = [(zlib.crc32(source), len(source)) for source in self._sources]

    def read(self, index: int) -> Section:
        """Return a part as a section, which is called what its first heading says."""
        root = etree.fromstring(self._sources[index], careful_parser(huge=True))
        section = write_html(root, index, self._language, has_pictures=self._has_pictures)
        for block in section.blocks:
            if block.kind is BlockKind.HEADING:
                words = section.text[block.start : block.end]
                return replace(section, title=" ".join(words.split()))
        return section


def _parts_of(root: Element) -> Iterator[list[Element]]:
    body = root.find("body")
    blocks = [] if body is None else list(body.iterchildren("*"))
    if sum(map(_length_of, blocks)) <= LONGEST_ALONE:
        yield blocks
        return
    part: list[Element] = []
    length = 0
    for block in blocks:
        is_cut = block.tag in HEADINGS and length > _CUT_AT_HEADING
        if part and (is_cut or length > _CUT_ANYWHERE):
            yield part
            part, length = [], 0
        part.append(block)
        length += _length_of(block)
    yield part


def _length_of(block: Element) -> int:
    return sum(map(len, block.itertext()))


def _source_of(part: Sequence[Element]) -> bytes:
    holder = etree.Element("div")
    holder.extend(part)
    return etree.tostring(holder, encoding="utf-8")


def _point_across(parts: Sequence[Sequence[Element]]) -> None:
    """Name the section in links that lead to another one."""
    numbers: dict[str, int] = {}
    for number, part in enumerate(parts):
        for block in part:
            for element in block.iter():
                if (name := element.get("id")) is not None:
                    numbers.setdefault(name, number)
    for number, part in enumerate(parts):
        for block in part:
            for link in block.iter("a"):
                address = link.get("href") or ""
                target = numbers.get(address.removeprefix("#"), number)
                if address.startswith("#") and target != number:
                    link.set("href", f"{target}{address}")
