"""calibre's annotations: in a library's `metadata.db`, in a book's META-INF/calibre_bookmarks.txt,
in the viewer's own files and in its export.

Everywhere it is the same JSON: highlights with their text, bookmarks with a title, the last place
read. Positions are CFIs of calibre's own (`foreign_places`), of a highlight within its file.
"""

from __future__ import annotations

import base64
import binascii
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from reader.annotations.appearance import HIGHLIGHT, colour_named, style_named
from reader.annotations.exchange.reading_apps.foreign_book import (
    ForeignBook,
    json_in,
    moment_of,
    share_of,
    words_of,
)
from reader.annotations.exchange.reading_apps.quoted_notes import QuotedNote
from reader.errors import NotesUnreadable

BOOK_ENTRY = "META-INF/calibre_bookmarks.txt"

_MAGIC = b"encoding=json+base64:"
_NO_LINE = (None, HIGHLIGHT)
_FORMATS = ("epub", "pdf", "docx", "odt", "fb2", "rtf", "html", "txt", "md", "mhtml")


def is_annotations(_name: str, content: bytes) -> bool:
    """Whether a file is a list of calibre's annotations."""
    head = content[:4096]
    return content.startswith(_MAGIC) or (
        b"calibre_annotation_collection" in head
        or (b'"highlighted_text"' in content and b'"start_cfi"' in content)
        or (b'"pos_type"' in content and b'"epubcfi"' in content)
    )


def read_list(content: bytes, path: Path) -> ForeignBook:
    """Return what a list of annotations says of its book, whose title it doesn't know.

    Raises:
        NotesUnreadable: it isn't such a list.
    """
    if content.startswith(_MAGIC):
        try:
            content = base64.b64decode(content.removeprefix(_MAGIC))
        except binascii.Error as fault:
            raise NotesUnreadable(path, "$", str(fault)) from None
    found = json_in(content, path)
    listed = found.get("annotations") if isinstance(found, dict) else found
    if not isinstance(listed, list):
        raise NotesUnreadable(path, "$", "it holds no annotations of calibre's")
    last = (_cfi_of(e) for e in listed if isinstance(e, dict) and e.get("type") == "last-read")
    return ForeignBook("", tuple(_notes(listed)), place=next(last, ""))


def read_library(database: Path) -> Iterator[ForeignBook]:
    """Yield the books of a calibre library that have annotations or were read.

    Raises:
        NotesUnreadable: it is no library, or a damaged one.
    """
    try:
        # only looked at: calibre may have it open, and it may lie where nothing can be written
        address = database.resolve().as_uri() + "?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=2)) as connection:
            yield from _books(connection, database.parent)
    except sqlite3.Error as fault:
        raise NotesUnreadable(database, "$", str(fault)) from None


def _books(connection: sqlite3.Connection, folder: Path) -> Iterator[ForeignBook]:
    tables = {
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if "books" not in tables:
        raise NotesUnreadable(folder / "metadata.db", "$", "it is no library of calibre's")
    notes: dict[int, list[object]] = {}
    lasts: dict[int, tuple[object, object]] = {}
    if "annotations" in tables:
        for book, text in connection.execute(
            "SELECT book, annot_data FROM annotations ORDER BY timestamp"
        ):
            notes.setdefault(book, []).append(_json(text))
    if "last_read_positions" in tables:
        for book, share, cfi in connection.execute(
            "SELECT book, pos_frac, cfi FROM last_read_positions ORDER BY epoch"
        ):
            lasts[book] = (share, cfi)
    for book in sorted(notes.keys() | lasts.keys()):
        row = connection.execute("SELECT title, path FROM books WHERE id = ?", (book,)).fetchone()
        if row is None:
            continue
        files = connection.execute(
            "SELECT name, lower(format) FROM data WHERE book = ?", (book,)
        ).fetchall()
        paths = [
            folder / row[1] / f"{name}.{format_name}"
            for wanted in _FORMATS
            for name, format_name in files
            if format_name == wanted
        ]
        share, cfi = lasts.get(book, (None, ""))
        yield ForeignBook(
            words_of(row[0]),
            tuple(_notes(notes.get(book, ()))),
            share_of(share),
            tuple(paths),
            words_of(cfi),
        )


def _json(text: object) -> object:
    try:
        return json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return None


def _cfi_of(entry: dict[str, object]) -> str:
    return words_of(entry.get("pos")) if entry.get("pos_type") == "epubcfi" else ""


def _passage_of(entry: dict[str, object]) -> str:
    """Return where a highlight begins and ends, each as a bookmark's place is written."""
    file, ends = entry.get("spine_index"), (entry.get("start_cfi"), entry.get("end_cfi"))
    if isinstance(file, bool) or not isinstance(file, int) or not all(map(words_of, ends)):
        return ""
    return " ".join(f"epubcfi(/{2 * (file + 1)}{words_of(end)})" for end in ends)


def _notes(listed: Iterable[object]) -> Iterator[QuotedNote]:
    for entry in listed:
        if not isinstance(entry, dict) or entry.get("removed"):
            continue
        made = moment_of(entry.get("timestamp"))
        colour, style = _look(entry.get("style"))
        match entry.get("type"):
            case "highlight" if words_of(entry.get("highlighted_text")):
                yield QuotedNote(
                    words_of(entry.get("highlighted_text")),
                    words_of(entry.get("notes")),
                    colour=colour,
                    style=style,
                    created=made,
                    modified=made,  # it is the moment of the last change
                    key=words_of(entry.get("uuid")),
                    place=_passage_of(entry),
                )
            case "bookmark" if words_of(entry.get("title")):
                yield QuotedNote(
                    "",
                    words_of(entry.get("title")),
                    created=made,
                    is_bookmark=True,
                    place=_cfi_of(entry),
                )


def _look(style: object) -> tuple[str | None, str | None]:
    """Return colour and style: by the name of a built-in one, else as the user's own says in CSS.

    "wavy" and "strikeout" have no colour.
    """
    if not isinstance(style, dict):
        return None, None
    which = style.get("which")
    if isinstance(which, str):
        return colour_named(which), style_named(which)
    colours = (style.get("background-color"), style.get("text-decoration-color"))
    lines = (style.get("text-decoration-style"), style.get("text-decoration-line"))
    colour = next(filter(None, map(colour_named, colours)), None)
    return colour, next((name for name in map(style_named, lines) if name not in _NO_LINE), None)
