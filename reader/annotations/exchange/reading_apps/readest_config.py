"""Readest's file on a book: `config.json` in a folder of its own beside the book's copy."""

from __future__ import annotations

import json
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
        title_in(path.parent),
        tuple(
            note for note in notes if note.quote or note.note or (note.is_bookmark and note.place)
        ),
        share_of(found.get("progress")),
        _files_beside(path),
        words_of(found.get("location")),
    )


def _place(entry: dict[str, object]) -> str:
    """Return where a note is: its CFI; what came from KOReader may have its XPointers alone."""
    pointers = (words_of(entry.get(f"xpointer{number}")) for number in (0, 1))
    return words_of(entry.get("cfi")) or " ".join(filter(None, pointers))


def title_in(folder: Path) -> str:
    """Return the title of the book in one of Readest's folders, from its list of all books."""
    try:
        books = json.loads((folder.parent / "library.json").read_bytes())
        return next((words_of(b.get("title")) for b in books if b.get("hash") == folder.name), "")
    except (OSError, ValueError, AttributeError, TypeError):
        return ""


def _files_beside(path: Path) -> tuple[Path, ...]:
    try:
        found = sorted(path.parent.iterdir())
    except OSError:
        return ()
    return tuple(file for file in found if file.suffix.lower() not in (".json", ".png", ".jpg"))
