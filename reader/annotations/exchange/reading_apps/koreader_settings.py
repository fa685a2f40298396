"""KOReader's file on a book: `NAME.sdr/metadata.epub.lua`, beside the book or in a folder of them.

Since 2024 it has `annotations`; before, `highlight` by page and `bookmarks`, whose `notes` are the
passage and whose `text` is the note. Places are XPointers (`xpointers`) where text flows; in a PDF
a bookmark's is its page, and a highlight is known by its words. What it exports for other devices
(since 2025.04, `NAME.epub.annotations.lua`) holds the same `annotations` and nothing of the book.
"""

from __future__ import annotations

from pathlib import Path

from reader.annotations.appearance import colour_named, style_named
from reader.annotations.exchange.reading_apps.foreign_book import (
    ForeignBook,
    moment_of,
    share_of,
    words_of,
)
from reader.annotations.exchange.reading_apps.lua_table import (
    LuaValue,
    NotALuaTable,
    read_lua_table,
)
from reader.annotations.exchange.reading_apps.quoted_notes import QuotedNote
from reader.annotations.exchange.reading_apps.xpointers import is_xpointer
from reader.errors import NotesUnreadable

_EXPORT_ENDING = ".annotations.lua"
_LISTS = ("annotations", "annotations_rolling", "annotations_paging")
"""Those of the engine that showed the book last, and those that the other one left, if any."""

_Table = dict[str | int, LuaValue]


def read_book(content: bytes, path: Path) -> ForeignBook:
    """Return what the file says of its book.

    Raises:
        NotesUnreadable: it isn't such a file.
    """
    try:
        table = read_lua_table(content.decode("utf-8", "replace").removeprefix("\ufeff"))
    except NotALuaTable as fault:
        raise NotesUnreadable(path, "$", str(fault)) from None
    about = _table(table.get("doc_props")) or _table(table.get("stats"))
    return ForeignBook(
        words_of(about.get("title")) or _name_of(path),
        tuple(_notes(table)),
        share_of(table.get("percent_finished")),
        _files(table, path),
        _pointer(table.get("last_xpointer")) or _page(table.get("last_page")),
    )


def is_settings(name: str, content: bytes) -> bool:
    """Whether a file is one of these."""
    is_named_so = name.startswith("metadata.") or name.endswith(_EXPORT_ENDING)
    return is_named_so and name.endswith(".lua") and b"return" in content[:2000]


def _files(table: _Table, path: Path) -> tuple[Path, ...]:
    """Return where the book may be: beside its folder, else where KOReader had it."""
    if path.name.endswith(_EXPORT_ENDING):
        name = path.name.removesuffix(_EXPORT_ENDING)
        here = path.absolute().parent
        return here.parent / name, here / name
    suffix = path.suffixes[-2] if len(path.suffixes) > 1 else ""
    folder = path.absolute().parent
    beside = folder.with_name(folder.stem + suffix)
    there = words_of(table.get("doc_path"))
    return (beside, Path(there)) if there else (beside,)


def _name_of(path: Path) -> str:
    if path.name.endswith(_EXPORT_ENDING):
        return Path(path.name.removesuffix(_EXPORT_ENDING)).stem
    return path.parent.stem


def _notes(table: _Table) -> list[QuotedNote]:
    modern = [entry for name in _LISTS for entry in _entries(table.get(name))]
    if modern:
        made = map(_modern, modern)
        return [note for note in made if note is not None]
    said: dict[str, str] = {}
    notes: list[QuotedNote] = []
    for entry in _entries(table.get("bookmarks")):
        quote, words = words_of(entry.get("notes")), words_of(entry.get("text"))
        # what KOReader writes there by itself names the page and the passage
        if words and quote not in words:
            said[words_of(entry.get("datetime"))] = words
        if not entry.get("highlighted") and (place := _place(entry)):
            notes.append(_note("", "", entry, place))
    for page in _table(table.get("highlight")).values():
        for entry in _entries(page):
            when = words_of(entry.get("datetime"))
            quote = words_of(entry.get("text"))
            if quote:
                notes.append(_note(quote, said.get(when, ""), entry, _place(entry)))
    return notes


def _modern(entry: _Table) -> QuotedNote | None:
    is_bookmark = "pos0" not in entry and "drawer" not in entry
    quote, note = words_of(entry.get("text")), words_of(entry.get("note"))
    place = _place(entry)
    if is_bookmark:  # its text is "in" and a chapter's name, which stands nowhere
        return _note("", note, entry, place) if note or place else None
    return _note(quote, note, entry, place) if quote else None


def _place(entry: _Table) -> str:
    """Return where an entry is: one XPointer or two, or the number of a page that is fixed."""
    if "pos0" not in entry:
        return _pointer(entry.get("page")) or _page(entry.get("page"))
    ends = [_pointer(entry.get(name)) for name in ("pos0", "pos1")]
    return " ".join(filter(None, ends))


def _pointer(found: LuaValue) -> str:
    pointer = words_of(found)
    return pointer if is_xpointer(pointer) else ""


def _page(number: LuaValue) -> str:
    if isinstance(number, bool) or not isinstance(number, (int, float)) or not number >= 1:
        return ""
    return f"page={number:.0f}"


def _note(quote: str, note: str, entry: _Table, place: str) -> QuotedNote:
    return QuotedNote(
        quote,
        note,
        colour=colour_named(entry.get("color")),
        style=style_named(entry.get("drawer")),
        created=moment_of(entry.get("datetime")),
        modified=moment_of(entry.get("datetime_updated")),
        is_bookmark=not quote,
        place=place,
        key=_key(entry),
    )


def _key(entry: _Table) -> str:
    """Return what stays the same of an entry: when it was made, and where it begins."""
    when = words_of(entry.get("datetime"))
    start = entry.get("pos0", entry.get("page"))
    return f"{when} {start}" if when else ""


def _table(found: LuaValue) -> _Table:
    return found if isinstance(found, dict) else {}


def _entries(found: LuaValue) -> list[_Table]:
    table = _table(found)
    keys = sorted(
        table, key=lambda key: (isinstance(key, str), int(key) if str(key).isdecimal() else 0)
    )
    return [entry for key in keys if isinstance(entry := table[key], dict)]
