"""PDF with a text layer to a Document whose sections are read one at a time, by another process."""

from __future__ import annotations

import hashlib
import os
import re
import struct
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

from reader.errors import TextDamaged, TextEmpty, TextNotRecognised, TextReadFailed, TextTooLarge
from reader.formats.decoding import has_visible
from reader.formats.language_tags import language_tag
from reader.formats.pdf.limits import FIRST_WORK_S
from reader.formats.pdf.process import PdfProcess
from reader.formats.process.section_codec import decoded
from reader.formats.source import Source
from reader.text.document import (
    BlockKind,
    ContentsEntry,
    Document,
    Fingerprint,
    Inline,
    InlineKind,
    Notice,
    NoticeKind,
    Place,
    Section,
)
from reader.text.lazy_sections import LazySections
from reader.text.printed_pages import PrintedPage, Run
from reader.values import replaced

PASSWORD_VARIABLE = "SOTTOVOCE_PASSWORD"
"""Where the command line takes the password of a locked file from."""

LIMIT_BYTES = 2_000_000_000
_HASHED_BYTES = 50_000_000
"""At each end of a file: a text is known by what is there, and of most files that is all."""

_LEFTWARDS = {"ar", "fa", "he", "iw", "ur", "yi"}
_LETTERS_A_PAGE = 2200
_KEPT_PAGES = 24
_KEPT_PLACES = 300
_MOST_PAGES_LISTED = 20_000
_GARBLED_SHARE = 0.3
_SAMPLED_PAGES = 12
_MOST_TRIED = 3
"""Sections that can't be read at the beginning of a file, before it is given up."""

_WORK_S = 4
"""For a section but the first, in seconds of a processor: many times what the densest take."""

_COVER_WIDTH_PX = 450
_TALLEST_COVER = 2.0
"""Of its width: of a longer page the whole would be a strip."""

_NO_TITLE = re.compile(
    r"(?:untitled|unbenannt|sans titre|title|titel|document\d*|layout \d+|slide \d+|no title"
    r"|microsoft (?:word|powerpoint|excel)(?: - .*)?|.*\.(?:docx?|odt|rtf|tex|dvi|ps|e?pdf|indd|qxd"
    r"|pptx?|xlsx?|wpd|html?|txt|fm|pub|p65)|[\W\d_]*)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"(?:unknown|user|admin(?:istrator)?|owner|author|anonymous|default|root|[\W\d_]*)",
    re.IGNORECASE,
)


def read_pdf(source: Source) -> Document:
    """Read a PDF file.

    Raises:
        TextNeedsPassword: it is encrypted, and not with this password.
        TextNotRecognised: it holds pictures of pages, or text that nobody can read.
        UnreadableText: damaged beyond reading, too large, or without a visible character.
    """
    path = source.path
    if path.stat().st_size > LIMIT_BYTES:
        raise TextTooLarge(path, path.stat().st_size, LIMIT_BYTES)
    if b"%PDF-" not in source.head[:1024]:
        raise TextDamaged(path, "it doesn't begin as a PDF file does")
    password = source.password or os.environ.get(PASSWORD_VARIABLE, "")
    process = PdfProcess(path, password)
    told = process.open()
    fingerprint = _fingerprint(source)  # while the process reads the first section
    if not told["page_count"]:
        process.close()
        raise TextDamaged(path, "no page of it can be found")
    book = _Book(process, path, password, told)
    estimates = [_LETTERS_A_PAGE * (last - first) for first, last, _ in told["ranges"]]
    sections = LazySections(estimates, book.read_section, is_quick=False)
    try:
        first = _first_readable(sections, book)
    except BaseException:
        process.close()
        raise
    language = language_tag(told["language"]) or ""
    return Document(
        title=_title(told["title"]) or _title_of(first) or path.stem,
        authors=_authors(told["author"]),
        language=language or None,
        direction="rtl" if language.split("-")[0] in _LEFTWARDS else "",
        sections=sections,
        fingerprint=fingerprint,
        notices=(Notice(NoticeKind.PART_DAMAGED),) if told["is_recovered"] else (),
        contents=book.contents(),
        pages=book.pages(),
        printed=book,
    )


def read_first_page(source: Source) -> bytes | None:
    """Return a picture of the first page, as an image file; None where it can't be painted.

    Raises:
        TextNeedsPassword: it is encrypted, and not with this password.
        UnreadableText: it can't be opened otherwise.
    """
    process = PdfProcess(source.path, source.password or os.environ.get(PASSWORD_VARIABLE, ""))
    try:
        process.open(prepares=False)
        return _first_page(process)
    finally:
        process.close()


def _first_page(process: PdfProcess) -> bytes | None:
    try:
        width, height = _sizes(process, 0, 1)[0]
        size = _COVER_WIDTH_PX, round(_COVER_WIDTH_PX * min(height / width, _TALLEST_COVER))
        answer = process.ask(
            "picture", page=0, width=size[0], height=size[1], is_small=True, work_s=FIRST_WORK_S
        )
    except TextReadFailed:
        raise
    except (TextDamaged, IndexError, ZeroDivisionError):
        return None  # there is no such page, or it is one that breaks what paints it
    return _bitmap_file(answer.payload, *size)


def _sizes(process: PdfProcess, first: int, last: int) -> list[tuple[float, float]]:
    edges = array("f")
    edges.frombytes(process.ask("sizes", first=first, last=last).payload)
    return list(zip(edges[::2], edges[1::2], strict=True))


def _bitmap_file(content: bytes, width_px: int, height_px: int) -> bytes:
    """Return a picture of 4 bytes a pixel, from the top down, as a BMP file."""
    head = struct.pack("<2sIHHI", b"BM", 54 + len(content), 0, 0, 54)
    described = struct.pack("<IiiHHIIiiII", 40, width_px, -height_px, 1, 32, 0, 0, 0, 0, 0, 0)
    return head + described + content


def _first_readable(sections: Sequence[Section], book: _Book) -> Section:
    """Read up to the first section with text, which is shown first anyway; soon give up."""
    for number, section in enumerate(sections):
        if book.failure is not None and number >= _MOST_TRIED:
            raise book.failure
        if has_visible(section.text):
            if book.is_garbled(number):
                raise TextNotRecognised(book.path, book.count, is_garbled=True)
            return section
        is_read = book.failure is None
        if number == 0 and is_read and not book.has_text_somewhere():
            if book.has_pictures:
                raise TextNotRecognised(book.path, book.count)
            raise book.failure or TextEmpty(book.path)
    is_garbled = any(map(book.is_garbled, range(len(sections))))
    raise book.failure or TextNotRecognised(book.path, book.count, is_garbled=is_garbled)


class _Book:
    """An open PDF: its sections, and its pages as they look (`PrintedPages`). On any thread."""

    def __init__(
        self, process: PdfProcess, path: Path, password: str, told: Mapping[str, Any]
    ) -> None:
        self.path = path
        self.count: int = told["page_count"]
        self.failure: TextDamaged | None = None
        self.has_pictures = False
        self._process = process
        # of its own: a page that takes long to paint must not keep the text waiting
        self._painter = PdfProcess(path, password)
        self._ranges: list[tuple[int, int, str]] = told["ranges"]
        self._firsts = [first for first, _, _ in self._ranges]
        self._outline: list[tuple[str, int, int]] = told["outline"]
        self._labels: list[str] = told["labels"]
        self._places: OrderedDict[int, array[int]] = OrderedDict()
        self._readable: dict[int, tuple[int, int]] = {}
        self._pages: OrderedDict[int, PrintedPage] = OrderedDict()
        self._lock = Lock()

    # sections

    def read_section(self, index: int) -> Section:
        """Return a section; one that can't be read is empty and says so in its notices.

        Raises:
            TextReadFailed: the file went away or changed.
        """
        first, last, title = self._ranges[index]
        try:
            work_s = FIRST_WORK_S if index == 0 else _WORK_S
            answer = self._process.ask("section", index=index, work_s=work_s)
        except TextReadFailed:
            raise
        except TextDamaged as error:
            self.failure = self.failure or error
            notice = Notice(NoticeKind.PART_DAMAGED, detail=self._pages_named(first, last))
            return Section(index, title, "", (), notices=(notice,))
        header = answer.header
        section = decoded(answer.payload[: header["section_bytes"]])
        places = array("I")
        places.frombytes(answer.payload[header["section_bytes"] :])
        with self._lock:
            self.has_pictures = self.has_pictures or header["pictures"] > 0
            self._readable[index] = header["characters"], header["unread"]
            self._places[index] = places
            if len(self._places) > _KEPT_PLACES:
                self._places.popitem(last=False)
        if header["left_out"] and not header["characters"]:
            self.failure = self.failure or TextDamaged(self.path, "its pages can't be read")
        notices = tuple(
            Notice(NoticeKind.PART_DAMAGED, detail=self._pages_named(page, page + 1))
            for page in header["left_out"]
        )
        if self.is_garbled(index):
            notices += (Notice(NoticeKind.BAD_BYTES, header["unread"]),)
        inlines = tuple(self._linked(run) for run in section.inlines)
        return replaced(section, inlines=inlines, notices=notices)

    def is_garbled(self, index: int) -> bool:
        """Whether most letters of a section that was read can't be told."""
        characters, unread = self._readable.get(index, (0, 0))
        return unread > _GARBLED_SHARE * characters

    def has_text_somewhere(self) -> bool:
        """Whether one of some pages all over the file has text."""
        step = max(1, self.count // _SAMPLED_PAGES)
        pages = list(range(0, self.count, step))[:_SAMPLED_PAGES]
        try:
            counts = self._process.ask("counts", pages=pages).header["counts"]
        except TextDamaged:
            return False
        return any(characters for characters, _ in counts)

    def contents(self) -> tuple[ContentsEntry, ...]:
        """Return the outline as contents."""
        return tuple(
            ContentsEntry(title, self._target(page, f"line-{number}"), level)
            for number, (title, page, level) in enumerate(self._outline)
            if title
        )

    def pages(self) -> tuple[ContentsEntry, ...]:
        """Return the list of pages."""
        return tuple(
            ContentsEntry(self.label_of(number), self._target(number, f"page-{number}"), 1)
            for number in range(min(self.count, _MOST_PAGES_LISTED))
        )

    # PrintedPages

    def label_of(self, number: int) -> str:
        """See `PrintedPages`."""
        label = self._labels[number] if number < len(self._labels) else ""
        return label or str(number + 1)

    def sizes(self, first: int, last: int) -> list[tuple[float, float]]:
        """See `PrintedPages`."""
        return _sizes(self._painter, first, last)

    def page(self, number: int) -> PrintedPage:
        """See `PrintedPages`."""
        with self._lock:
            known = self._pages.get(number)
        if known is not None:
            return known
        edges = array("f")
        edges.frombytes(self._painter.ask("boxes", page=number).payload)
        width, height = self.sizes(number, number + 1)[0]
        section = self._section_of(number)
        runs: list[Run] = []
        for index in range(max(0, section - 1), section + 1):  # its first lines may be before
            places = self._places_of(index)
            for at in range(0, len(places), 4):
                start, length, page, first = places[at : at + 4]
                if page == number:
                    runs.append(Run(index, start, length, first))
        found = PrintedPage(number, width, height, runs, edges)
        with self._lock:
            self._pages[number] = found
            if len(self._pages) > _KEPT_PAGES:
                self._pages.popitem(last=False)
        return found

    def picture(self, number: int, width_px: int, height_px: int) -> bytes:
        """See `PrintedPages`."""
        answer = self._painter.ask("picture", page=number, width=width_px, height=height_px)
        return answer.payload

    def page_of(self, place: Place) -> int:
        """See `PrintedPages`."""
        first, _, _ = self._ranges[place.section]
        places = self._places_of(place.section)
        at = bisect_right(range(0, len(places), 4), place.offset, key=lambda n: places[n]) - 1
        return places[4 * at + 2] if at >= 0 else first

    def _places_of(self, index: int) -> array[int]:
        with self._lock:
            known = self._places.get(index)
        if known is None:
            self.read_section(index)
            with self._lock:
                known = self._places.get(index, array("I"))
        return known

    def _section_of(self, page: int) -> int:
        return max(0, bisect_right(self._firsts, page) - 1)

    def _target(self, page: int, name: str) -> str:
        return "" if page < 0 else f"{self._section_of(page)}#{name}"

    def _linked(self, run: Inline) -> Inline:
        """Return the run with a link to a page leading into the text."""
        if run.kind is not InlineKind.LINK or not run.target.startswith("page:"):
            return run
        page = int(run.target.removeprefix("page:"))
        return replaced(run, target=self._target(page, f"page-{page}"))

    def _pages_named(self, first: int, last: int) -> str:
        begin, end = self.label_of(first), self.label_of(last - 1)
        return f"page {begin}" if begin == end else f"pages {begin} to {end}"


def _title(said: str) -> str:
    """Return the title in the file's information if it is one: many programs put others there."""
    title = " ".join(said.split())
    return "" if _NO_TITLE.fullmatch(title) else title


def _title_of(section: Section) -> str:
    """Return what stands largest at the beginning of the text."""
    for block in section.blocks[:6]:
        if block.kind is BlockKind.HEADING and block.level == 1:
            return " ".join(section.text[block.start : block.end].split())
    return ""


def _authors(said: str) -> tuple[str, ...]:
    """Return who wrote it, as far as the file's information tells."""
    names = re.split(r"\s*;\s*|\s+and\s+|\s*&\s*", said)
    if len(names) == 1 and all(" " in part.strip() for part in said.split(",")):
        names = said.split(",")  # "Ines Halvorsen, Tobias Grau", but not "Halvorsen, Ines"
    bare = [" ".join(name.split()) for name in names]
    return tuple(name for name in bare if name and not _NO_AUTHOR.fullmatch(name))


def _fingerprint(source: Source) -> Fingerprint:
    """Identify a version of a text by its file's content."""
    digest = hashlib.sha256(b"pdf")
    with source.open() as file:
        size = os.fstat(file.fileno()).st_size
        digest.update(size.to_bytes(8, "little"))
        left = min(size, _HASHED_BYTES)
        while left > 0 and (piece := file.read(min(left, 1 << 20))):
            digest.update(piece)
            left -= len(piece)
        if size > _HASHED_BYTES:
            file.seek(max(_HASHED_BYTES, size - _HASHED_BYTES))
            while piece := file.read(1 << 20):
                digest.update(piece)
    return Fingerprint("sha256:" + digest.hexdigest())
