"""Notes and places from other reading apps: looked for in a folder, brought to their texts."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from reader.annotations.exchange.envelope import foreign_file
from reader.annotations.exchange.reading_apps import (
    calibre_annotations,
    foliate_data,
    koreader_settings,
    readest_config,
)
from reader.annotations.exchange.reading_apps.foreign_book import ForeignBook
from reader.annotations.exchange.reading_apps.foreign_places import place_of
from reader.annotations.exchange.reading_apps.quoted_notes import annotations_of
from reader.annotations.placing import placed_annotations
from reader.annotations.store import AnnotationStore
from reader.errors import NotesUnreadable, UnreadableText
from reader.library.catalogue import Catalogue
from reader.library.files import stamp_of
from reader.library.holdings import Holding, Holdings
from reader.storage.database import Database
from reader.text.document import Document, Place
from reader.text.extent import Extent
from reader.values import replaced

_LARGEST_BYTES = 50_000_000
_DEEPEST = 12
_KOREADERS = ("docsettings", "hashdocsettings")
"""Where KOReader keeps its files on books if not beside them."""


@dataclass(slots=True)
class BroughtIn:
    """What came of it. `unmatched` are titles of books whose text is not to be found here."""

    added: int = 0
    changed: int = 0
    text_count: int = 0
    place_count: int = 0
    unmatched: list[str] = field(default_factory=list)
    faults: list[NotesUnreadable] = field(default_factory=list)


def usual_places() -> tuple[tuple[str, Path], ...]:
    """Return the folders where other apps keep their notes, as far as they are on this machine."""
    home = Path.home()
    if sys.platform == "darwin":
        shared = home / "Library" / "Application Support"
    elif sys.platform == "win32":
        shared = Path(os.environ.get("APPDATA", home / "AppData" / "Roaming"))
    else:
        shared = Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share"))
    foliate = "com.github.johnfactotum.Foliate"
    flatpaks = home / ".var" / "app"
    config = home / "Library" / "Application Support" if sys.platform == "darwin" else None
    koreader = (
        (config or Path(os.environ.get("XDG_CONFIG_HOME", home / ".config"))) / "koreader",
        flatpaks / "rocks.koreader.KOReader" / "config" / "koreader",
    )
    places = (
        ("calibre", home / "Calibre Library"),
        ("Foliate", shared / foliate),
        ("Foliate", flatpaks / foliate / "data" / foliate),
        ("Readest", shared / "com.bilingify.readest" / "Readest" / "Books"),
        *(("KOReader", folder / name) for folder in koreader for name in _KOREADERS),
    )
    return tuple((name, path) for name, path in places if path.is_dir())


class OtherReaders:
    """Brings in what there is below a folder. Raises StorageUnavailable."""

    def __init__(self, database: Database) -> None:
        self._store = AnnotationStore(database)
        self._catalogue = Catalogue(database)
        self._holdings = Holdings(database)

    def bring_in(
        self, place: Path, on_book: Callable[[str], None] = lambda _title: None
    ) -> BroughtIn:
        """Bring in the notes of all books that other apps know below `place`, or in that file.

        A note that is here already takes over what was written there since, unless it was changed
        here later. Where a text was not read here yet, it begins where the other app was, as nearly
        as that is told.
        """
        report = BroughtIn()
        texts = self._holdings.texts()
        titled: dict[str, list[Path]] = {}
        for text in texts:
            if text.path is not None:
                titled.setdefault(_plain(text.title), []).append(text.path)
        for app, book in self._books(place, texts, report):
            if not book.notes and book.share is None and not book.place:
                continue
            on_book(book.title)
            self._take(app, book, titled, report)
        return report

    def _books(
        self, place: Path, texts: tuple[Holding, ...], report: BroughtIn
    ) -> Iterator[tuple[str, ForeignBook]]:
        for path in [place] if place.is_file() else _files_below(place):
            try:
                yield from _books_in(path)
            except NotesUnreadable as fault:
                report.faults.append(fault)
        for text in texts:  # what calibre has put into the books themselves
            if text.path is not None and text.path.suffix.lower() == ".epub":
                is_meant = place.is_dir() and text.path.is_relative_to(place.resolve())
                if is_meant and (content := _marks_in_book(text.path)) is not None:
                    with suppress(NotesUnreadable):
                        book = calibre_annotations.read_list(content, text.path)
                        yield (
                            "calibre",
                            replaced(book, title=text.title, files=(text.path,)),
                        )

    def _take(
        self, app: str, book: ForeignBook, titled: dict[str, list[Path]], report: BroughtIn
    ) -> None:
        found = _text_of(book, titled)
        if found is None:
            if book.notes:
                report.unmatched.append(book.title or "a book without a title")
            return
        path, document = found
        text = self._catalogue.remember_added(document, path, datetime.now(UTC), stamp_of(path))
        annotations = annotations_of(book.notes, document, app)
        if annotations:
            done = self._store.import_file(path, document, foreign_file(annotations))
            report.added += done.added
            report.changed += done.changed
            report.text_count += 1
            with suppress(UnreadableText):
                placed_annotations(self._store, document)
        held = self._holdings.by_id([text]).get(text)
        if held is None or held.opened is not None or held.progress:
            return
        extent, share = Extent(document), book.share or 0.0
        place = place_of(book.place, document) if book.place else None
        if place is not None:
            share = extent.share_of(place)
        else:
            place = extent.place_at(share)
        if place > Place(0, 0):
            self._catalogue.remember_place(document.fingerprint, place, share)
            report.place_count += 1


def _files_below(folder: Path) -> Iterator[Path]:
    depth = len(folder.parts)
    for name, folders, files in os.walk(folder):
        here = Path(name)
        is_deep = len(here.parts) - depth >= _DEEPEST
        folders[:] = [] if is_deep else sorted(f for f in folders if not f.startswith("."))
        yield from (here / file for file in sorted(files))


def _books_in(path: Path) -> Iterator[tuple[str, ForeignBook]]:
    """Yield what one file says of books; most files say nothing of any.

    Raises:
        NotesUnreadable: it should, but can't be read.
    """
    name = path.name.lower()
    if name == "metadata.db":
        yield from (("calibre", book) for book in calibre_annotations.read_library(path))
        return
    if path.suffix.lower() not in (".lua", ".json", ".calibre_annotation_collection"):
        return
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            return
        content = path.read_bytes()
    except OSError:
        return
    if koreader_settings.is_settings(name, content):
        yield "koreader", koreader_settings.read_book(content, path)
    elif readest_config.is_config(name, content):
        yield "readest", readest_config.read_book(content, path)
    elif foliate_data.is_data(name, content):
        book = foliate_data.read_book(content, path)
        there = foliate_data.known_files(path.parent).get(_identifier(path))
        files = () if there is None else (there,)
        yield "foliate", replaced(book, files=files)


def _marks_in_book(path: Path) -> bytes | None:
    """Return what calibre has written into a book, if it has."""
    from reader.formats.archive import Archive
    from reader.formats.source import look_at

    with suppress(UnreadableText):
        archive = Archive(look_at(path))
        entry = archive.find(calibre_annotations.BOOK_ENTRY)
        found = None if entry is None else archive.read(entry, _LARGEST_BYTES)
        return None if found is None else found.data
    return None


def _identifier(path: Path) -> str:
    from urllib.parse import unquote

    return unquote(path.stem)


def _text_of(book: ForeignBook, titled: dict[str, list[Path]]) -> tuple[Path, Document] | None:
    """Return the text of a book: the file the other app had, else the one text of that title."""
    from reader.formats.registry import open_document

    of_title = titled.get(_plain(book.title), []) if book.title else []
    for path in (*book.files, *(of_title if len(of_title) == 1 else ())):
        if path.is_file():
            with suppress(UnreadableText):
                return path, open_document(path)
    return None


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())
