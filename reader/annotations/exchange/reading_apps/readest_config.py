"""Readest's file on a book: `config.json` in a folder of its own, named for the book's hash.

A copy of the book is beside it, unless Readest reads it in its own place. `library.json`, one
folder up, says where that is, and the titles of all.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from reader.annotations.appearance import colour_named, style_named
from reader.annotations.exchange.reading_apps.foreign_book import (
    ForeignBook,
    json_in,
    moment_of,
    share_of,
    words_of,
)
from reader.annotations.exchange.reading_apps.quoted_notes import QuotedNote
from reader.errors import NotesUnreadable


def is_config(_name: str, content: bytes) -> bool:
    """Whether a file is one of these."""
    return b'"booknotes"' in content


def read_book(content: bytes, path: Path) -> ForeignBook:
    """Return what the file says of its book; its title is in another one.

    Raises:
        NotesUnreadable: it isn't such a file.
    """
    found = json_in(content, path)
    listed = found.get("booknotes") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(listed, list):
        raise NotesUnreadable(path, "$", "it is no file of Readest's on a book")
    listed_book = _listed_books(path.parent.parent / "library.json").get(path.parent.name, {})
    notes = [
        QuotedNote(
            words_of(entry.get("text")),
            words_of(entry.get("note")),
            colour=colour_named(entry.get("color")),
            style=style_named(entry.get("style")),
            created=moment_of(entry.get("createdAt")),
            modified=moment_of(entry.get("updatedAt")),
            is_bookmark=entry.get("type") == "bookmark",
            place=_place(entry),
            key=words_of(entry.get("id")),
        )
        for entry in listed
        if isinstance(entry, dict) and not entry.get("deletedAt")
    ]
    return ForeignBook(
        words_of(listed_book.get("title")),
        tuple(
            note for note in notes if note.quote or note.note or (note.is_bookmark and note.place)
        ),
        share_of(found.get("progress")),
        (*_files_beside(path), *_files_elsewhere(listed_book)),
        words_of(found.get("location")),
    )


def _place(entry: dict[str, object]) -> str:
    """Return where a note is: its CFI; what came from KOReader may have its XPointers alone."""
    pointers = (words_of(entry.get(f"xpointer{number}")) for number in (0, 1))
    return words_of(entry.get("cfi")) or " ".join(filter(None, pointers))


def _listed_books(library: Path) -> dict[str, dict[str, object]]:
    """Return what Readest's list of all books says of each, by the name of its folder."""
    try:
        return _read_books(library, library.stat().st_mtime_ns)
    except (OSError, ValueError):
        return {}


@lru_cache(maxsize=1)
def _read_books(library: Path, _changed_ns: int) -> dict[str, dict[str, object]]:
    """Read the list once for all of its books: there may be thousands, and each asks."""
    found = json.loads(library.read_bytes())
    books = [book for book in found if isinstance(book, dict)] if isinstance(found, list) else []
    return {words_of(book.get("hash")): book for book in books}


def _files_elsewhere(listed_book: dict[str, object]) -> tuple[Path, ...]:
    """Return where a book is that Readest reads in its own place instead of copying it."""
    found = listed_book.get("altFilePaths")
    others = found if isinstance(found, list) else []
    paths = (words_of(one) for one in (listed_book.get("filePath"), *others))
    return tuple(Path(path) for path in paths if path)


def _files_beside(path: Path) -> tuple[Path, ...]:
    try:
        found = sorted(path.parent.iterdir())
    except OSError:
        return ()
    return tuple(file for file in found if file.suffix.lower() not in (".json", ".png", ".jpg"))
