"""EPUB 2 and 3 to a Document whose sections are read one at a time, each when it is asked for.

Opening reads the container, the package and the navigation alone. The parser libraries for EPUB
read everything into memory first, bound nothing and give up where a book breaks a rule, so this
stands on zipfile and lxml itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from reader.errors import (
    TextDamaged,
    TextEmpty,
    TextReadFailed,
    TextTooLarge,
    UnreadableText,
)
from reader.formats.archive import Archive, Entry, refuse_bomb
from reader.formats.decoding import has_visible
from reader.formats.epub.addresses import is_remote, resolve
from reader.formats.epub.navigation import Navigation
from reader.formats.epub.package import LIMIT_BYTES, Item, Package, read_package
from reader.formats.epub.pictures import PART_LIMIT_BYTES, EpubPictures
from reader.formats.epub.protection import locked_names, refuse_locked
from reader.formats.picture_kinds import PICTURE_LIMIT_BYTES, picture_in
from reader.formats.source import Source
from reader.text.document import (
    Block,
    BlockKind,
    ContentsEntry,
    Document,
    Notice,
    NoticeKind,
    Section,
    fingerprint_of_sources,
)
from reader.text.lazy_sections import LazySections
from reader.text.markup import MarkupKind, MarkupText
from reader.values import replaced

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from reader.formats.epub.content import Links

TEXT_LIMIT_BYTES = 250_000_000
_TEXT_SHARE = 0.8


def read_epub(source: Source) -> Document:
    """Read a book.

    Raises:
        TextProtected: it is encrypted.
        ArchiveUnsafe: it is a bomb, or leads out of the archive.
        UnreadableText: damaged beyond reading, too large, or without a visible character.
    """
    archive = Archive(source)
    path = source.path
    locked = locked_names(archive, path)
    package = read_package(archive, path)
    spine = [item.entry for item in package.spine]
    refuse_locked(archive, path, locked, spine)
    _refuse_bombs(spine, path)
    book = _Book(archive, package, path, locked)
    navigation = book.navigation()
    book.know_contents(navigation.contents)
    estimates = [_estimated_length(item) for item in package.spine]
    sections = LazySections(estimates, book.read_section, is_alike_elsewhere=True)
    _check_readable(sections, book)
    return Document(
        title=package.title or path.stem,
        authors=package.authors,
        language=package.language,
        sections=sections,
        fingerprint=fingerprint_of_sources("epub", ((e.checksum, e.size_bytes) for e in spine)),
        notices=(*package.notices, *_damage_notices(archive)),
        contents=navigation.contents,
        pages=navigation.pages,
        direction=package.direction,
        cover="" if package.cover in locked else package.cover,
        pictures=book.pictures,
        markup=book,
    )


def read_cover(source: Source) -> bytes | None:
    """Return the bytes of a book's cover, None if it has none; no text is read for it.

    Raises:
        UnreadableText: the book is damaged beyond reading.
    """
    archive = Archive(source)
    package = read_package(archive, source.path)
    if not package.cover or package.cover in locked_names(archive, source.path):
        return None
    entry = archive.find(package.cover)
    found = None if entry is None else archive.read(entry, PICTURE_LIMIT_BYTES)
    return None if found is None else picture_in(found.data)


def _refuse_bombs(spine: Sequence[Entry], path: Path) -> None:
    size = sum(entry.size_bytes for entry in spine)
    packed = sum(entry.packed_bytes for entry in spine)
    parts = [(entry.size_bytes, entry.packed_bytes) for entry in spine]
    for unpacked_bytes, packed_bytes in (*parts, (size, packed)):
        refuse_bomb(path, unpacked_bytes, packed_bytes)
    largest = max(entry.size_bytes for entry in spine)
    if largest > PART_LIMIT_BYTES:
        raise TextTooLarge(path, largest, PART_LIMIT_BYTES)
    if size > TEXT_LIMIT_BYTES:
        raise TextTooLarge(path, size, TEXT_LIMIT_BYTES)


def _estimated_length(item: Item) -> int:
    return int(item.entry.size_bytes * _TEXT_SHARE) if item.is_text else 0


def _titles(lines: Sequence[ContentsEntry], count: int) -> list[str]:
    """Return what the contents call each section: the line that leads to its very beginning."""
    titles = [""] * count
    is_start = [False] * count
    for line, following in zip_longest(lines, lines[1:]):
        number, _, name = line.target.partition("#")
        is_part = following is not None and following.level > line.level
        if is_part and following.target == line.target:
            continue  # the part's first chapter begins at the same place
        index = int(number)
        if not titles[index] or (not name and not is_start[index]):
            titles[index] = line.title
            is_start[index] = not name
    return titles


def _damage_notices(archive: Archive) -> tuple[Notice, ...]:
    return (Notice(NoticeKind.PART_DAMAGED),) if archive.is_damaged else ()


def _check_readable(sections: LazySections, book: _Book) -> None:
    """Read up to the first section with text, which is shown first anyway.

    Raises:
        UnreadableText: there is none; the reason is that of the first part that failed.
    """
    for section in sections:
        if has_visible(section.text):
            return
    raise book.failure or TextEmpty(book.path)


class _Book:
    """A book that is open: reads its parts when asked for, on any thread."""

    def __init__(
        self, archive: Archive, package: Package, path: Path, locked: frozenset[str]
    ) -> None:
        self.path = path
        self.titles = [""] * len(package.spine)
        self._lines: list[list[ContentsEntry]] = [[] for _ in package.spine]
        self.failure: UnreadableText | None = None
        self.pictures = EpubPictures(path, locked, archive)
        self._archive = archive
        self._package = package
        self._numbers = {item.entry.name: n for n, item in enumerate(package.spine)}

    def know_contents(self, lines: Sequence[ContentsEntry]) -> None:
        """Call sections and headings as these lines do."""
        self.titles = _titles(lines, len(self._lines))
        for line in lines:
            if line.target:
                self._lines[int(line.target.partition("#")[0])].append(line)

    def navigation(self) -> Navigation:
        """Return contents and pages; empty where there are none that can be read."""
        from reader.formats.epub.content import parse_content
        from reader.formats.epub.navigation import read_nav, read_ncx
        from reader.formats.xml_trees import parse_package_xml

        nav, ncx = self._package.nav, self._package.ncx
        found = Navigation()

        def locate(base: str, address: str) -> str:
            return "" if is_remote(address) else self._target(base, address)

        if nav is not None and (content := self.pictures.content(nav.entry, LIMIT_BYTES)):
            try:
                root = parse_content(content, self.path)
                found = read_nav(root, partial(locate, nav.entry.name))
            except TextDamaged:
                pass  # the book can do without
        if ncx is not None and not (found.contents and found.pages):
            content = self.pictures.content(ncx, LIMIT_BYTES)
            tree = None if content is None else parse_package_xml(content, self.path)
            if tree is not None:
                old = read_ncx(tree, partial(locate, ncx.name))
                found = Navigation(found.contents or old.contents, found.pages or old.pages)
        return found

    def read_section(self, index: int) -> Section:
        """Return a part of the book; one that can't be read is empty and says so in its notices.

        Raises:
            TextReadFailed: the file went away; the part may be read later.
        """
        item = self._package.spine[index]
        try:
            return self._read_item(item, index)
        except TextReadFailed:
            raise
        except UnreadableText as error:
            self.failure = self.failure or error
            notice = Notice(NoticeKind.PART_DAMAGED, detail=item.entry.name)
            return Section(index, self.titles[index], "", (), notices=(notice,))

    kind = MarkupKind.EPUB

    def text_of(self, section: int) -> MarkupText | None:
        """Return a section's markup; see `reader.text.markup.Markup`."""
        from reader.formats.html.markup_reading import markup_text

        root = self._tree(section)
        return None if root is None else markup_text(root)

    def find(self, section: int, language: str, selector: str) -> int | None:
        """Return the number of an element; see `reader.text.markup.Markup`."""
        from reader.formats.html.markup_reading import element_number

        root = self._tree(section)
        return None if root is None else element_number(root, language, selector)

    def step_of(self, section: int) -> str:
        """Return the steps that lead to a section; see `reader.text.markup.Markup`."""
        return self._package.steps.get(self._package.spine[section].entry.name, "")

    def section_at(self, spine: int, itemref: int, name: str) -> int | None:
        """Return the section that steps lead to; see `reader.text.markup.Markup`."""
        found = [
            (self._numbers[entry], step.partition("[")[2].rstrip("]"), step.partition("[")[0])
            for entry, step in self._package.steps.items()
            if entry in self._numbers
        ]
        by_id = (number for number, known, _ in found if name and known == name)
        wanted = f"/{spine}/{itemref}"
        by_number = (number for number, _, step in found if step == wanted)
        return next(by_id, next(by_number, None))

    def _tree(self, section: int) -> Element | None:
        from reader.formats.epub.content import parse_content

        item = self._package.spine[section]
        try:
            content = (
                None if item.is_picture else self.pictures.content(item.entry, PART_LIMIT_BYTES)
            )
            return None if content is None else parse_content(content, self.path)
        except UnreadableText:
            return None

    def _read_item(self, item: Item, index: int) -> Section:
        from reader.formats.epub.content import read_content
        from reader.formats.epub.headings import with_headings

        title = self.titles[index]
        if item.is_picture:
            text = self._description(item.entry)
            figure = Block(0, len(text), BlockKind.FIGURE, picture=item.entry.name)
            return Section(index, title, text, (figure,))
        found = self._archive.read(item.entry, PART_LIMIT_BYTES)
        if found is None:
            raise TextDamaged(self.path, "a part of it can't be unpacked")
        section = read_content(
            found.data,
            self.path,
            index,
            self._package.language,
            self._links(item.entry.name),
            is_laid_out=self._package.is_laid_out,
        )
        section = with_headings(section, self._lines[index])
        damage = Notice(NoticeKind.PART_DAMAGED, detail=item.entry.name)
        return replaced(
            section,
            title=title or section.title,
            notices=() if found.is_whole else (damage,),
        )

    def _description(self, entry: Entry) -> str:
        """Return what a picture says of itself, which only drawings do."""
        from reader.formats.epub.content import described
        from reader.formats.xml_trees import parse_package_xml

        content = (
            self.pictures.content(entry, PART_LIMIT_BYTES) if entry.name.endswith(".svg") else None
        )
        root = None if content is None else parse_package_xml(content, self.path)
        return "" if root is None else described(root)

    def _links(self, name: str) -> Links:
        from reader.formats.epub.content import Links

        own = str(self._numbers[name])
        known: dict[str, str] = {}  # a part full of notes leads to few files

        def target_of(address: str) -> str:
            file, _, fragment = address.partition("#")
            if file not in known:
                known[file] = self._target(name, f"{file}#")
            target = known[file]
            if not target or is_remote(target):
                return address if target else ""
            number = target.removesuffix("#")
            is_own = number == own and fragment
            return f"{'' if is_own else number}#{unquote(fragment)}"

        def picture_of(address: str) -> str:
            if address.startswith("#svg:"):
                return f"{name}{address}"
            found = resolve(self._archive, name, address)
            return "" if found is None else found.entry.name

        return Links(target_of, picture_of)

    def _target(self, base: str, address: str) -> str:
        """Return "section#name" for a place in the book, the address itself for one elsewhere."""
        if is_remote(address):
            return address
        found = resolve(self._archive, base, address)
        number = None if found is None else self._numbers.get(found.entry.name)
        return "" if found is None or number is None else f"{number}#{found.fragment}"
