"""What a document is but for its sections, as bytes and back: for a text read by another process.

Its pictures and its markup are read here all the same, from the file, once somebody asks for them.
"""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from reader.text.document import (
    ContentsEntry,
    Document,
    Fingerprint,
    Notice,
    NoticeKind,
    Section,
)
from reader.text.lazy_sections import LazySections, length_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.text.markup import Markup, MarkupKind, MarkupText


def encoded_head(document: Document) -> bytes:
    """Return all but its sections; empty for a document that only its own reader can give."""
    from reader.formats.epub.pictures import EpubPictures

    pictures, markup, sections = document.pictures, document.markup, document.sections
    if document.printed is not None or not isinstance(pictures, EpubPictures | None):
        return b""
    if isinstance(sections, LazySections):
        is_alike = sections.is_alike_elsewhere
    else:  # nothing but text: what else there is would be looked for in an EPUB
        is_alike = pictures is None and markup is None
    if not is_alike:
        return b""
    head = {
        "title": document.title,
        "authors": document.authors,
        "language": document.language,
        "fingerprint": document.fingerprint,
        "notices": [[one.kind, one.count, one.detail] for one in document.notices],
        "contents": _lines(document.contents),
        "pages": _lines(document.pages),
        "direction": document.direction,
        "cover": document.cover,
        "address": document.address,
        "lengths": [length_of(sections, number) for number in range(len(sections))],
        "locked": None if pictures is None else sorted(pictures.locked),
        "markup": None if markup is None else markup.kind,
    }
    return json.dumps(head, separators=(",", ":")).encode("ascii")


def decoded_head(content: bytes, path: Path) -> Document:
    """Return the document whose head `encoded_head` made bytes of.

    Its sections are lazy. Whoever asks for one before they are read another way has it read here.
    """
    head = json.loads(content)
    here = _ReadHere(path)

    def read_section(index: int) -> Section:
        return here.document().sections[index]

    pictures = None
    if head["locked"] is not None:
        from reader.formats.epub.pictures import EpubPictures

        pictures = EpubPictures(path, frozenset(head["locked"]))
    return Document(
        title=head["title"],
        authors=tuple(head["authors"]),
        language=head["language"],
        sections=LazySections(head["lengths"], read_section, is_alike_elsewhere=True),
        fingerprint=Fingerprint(head["fingerprint"]),
        notices=tuple(Notice(NoticeKind(kind), *rest) for kind, *rest in head["notices"]),
        contents=tuple(ContentsEntry(*line) for line in head["contents"]),
        pages=tuple(ContentsEntry(*line) for line in head["pages"]),
        direction=head["direction"],
        cover=head["cover"],
        address=head["address"],
        pictures=pictures,
        markup=None if head["markup"] is None else _MarkupHere(here, head["markup"]),
    )


def _lines(lines: Sequence[ContentsEntry]) -> list[list[object]]:
    return [[line.title, line.target, line.level] for line in lines]


class _ReadHere:
    """The document read in this process too, by the first who asks for it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._document: Document | None = None
        self._lock = Lock()

    def document(self) -> Document:
        """Return it. UnreadableText where that can't be done any more."""
        with self._lock:
            if self._document is None:
                from reader.formats.registry import open_document

                self._document = open_document(self._path)
            return self._document

    def markup(self) -> Markup:
        """Return its markup."""
        markup = self.document().markup
        assert markup is not None
        return markup


class _MarkupHere:
    """The markup of a document whose sections come from elsewhere."""

    def __init__(self, here: _ReadHere, kind: str) -> None:
        self._here, self._kind = here, kind

    @property
    def kind(self) -> MarkupKind:
        from reader.text.markup import MarkupKind

        return MarkupKind(self._kind)

    def text_of(self, section: int) -> MarkupText | None:
        return self._here.markup().text_of(section)

    def find(self, section: int, language: str, selector: str) -> int | None:
        return self._here.markup().find(section, language, selector)

    def step_of(self, section: int) -> str:
        return self._here.markup().step_of(section)

    def section_at(self, spine: int, itemref: int, name: str) -> int | None:
        return self._here.markup().section_at(spine, itemref, name)
