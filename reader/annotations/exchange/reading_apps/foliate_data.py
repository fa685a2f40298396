"""Foliate's file on a book: JSON in its data folder, named for the book's identifier."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

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

ADDRESSES = Path("library", "uri-store.json")
"""Below the data folder: which file each identifier was."""


def is_data(name: str, content: bytes) -> bool:
    """Whether a file is one of these."""
    return (
        name.endswith(".json")
        and (
            b'"lastLocation"' in content or (b'"annotations"' in content and b"epubcfi(" in content)
        )
        and b'"booknotes"' not in content
        and b'"highlighted_text"' not in content
    )


def read_book(content: bytes, path: Path) -> ForeignBook:
    """Return what the file says of its book.

    Raises:
        NotesUnreadable: it isn't such a file.
    """
    found = json_in(content, path)
    if not isinstance(found, dict):
        raise NotesUnreadable(path, "$", "it is no file of Foliate's on a book")
    about = found.get("metadata")
    listed = found.get("annotations")
    notes = [
        QuotedNote(
            words_of(entry.get("text")),
            words_of(entry.get("note")),
            colour=colour_named(entry.get("color")),
            style=style_named(entry.get("color")),  # one list for both
            created=moment_of(entry.get("created")),
            modified=moment_of(entry.get("modified")),
            place=words_of(entry.get("value")),
            key=words_of(entry.get("value")),
        )
        for entry in (listed if isinstance(listed, list) else ())
        if isinstance(entry, dict) and words_of(entry.get("text"))
    ]
    marks = found.get("bookmarks")
    notes += [
        QuotedNote("", is_bookmark=True, place=mark)
        for mark in (marks if isinstance(marks, list) else ())
        if words_of(mark)
    ]
    title = about.get("title") if isinstance(about, dict) else ""
    if isinstance(title, dict):  # by language
        title = next(iter(title.values()), "")
    return ForeignBook(
        words_of(title),
        tuple(notes),
        share_of(found.get("progress")),
        place=words_of(found.get("lastLocation")),
    )


def known_files(folder: Path) -> dict[str, Path]:
    """Return where each book's file was, by the name of Foliate's file on it.

    One below the home folder is a path that begins with "~", any other an address.
    """
    try:
        store = folder / ADDRESSES
        return _read_addresses(store, store.stat().st_mtime_ns)
    except OSError:
        return {}


@lru_cache(maxsize=1)
def _read_addresses(store: Path, _changed_ns: int) -> dict[str, Path]:
    """Read the addresses once for all books: there may be thousands, and each asks."""
    try:
        listed = json.loads(store.read_bytes()).get("uris")
        pairs = [(str(name), _file_at(str(address))) for name, address in listed]
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    return {name: file for name, file in pairs if file is not None}


def _file_at(address: str) -> Path | None:
    if address.startswith("~/"):
        return Path.home() / address.removeprefix("~/")
    parts = urlsplit(address)
    return Path(unquote(parts.path)) if parts.scheme == "file" else None
