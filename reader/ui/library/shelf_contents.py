"""What the library's column shows for a shelf or a search: entries under their headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from reader.annotations.overview import ListedNote
from reader.annotations.plain_words import without_marks
from reader.app.library_overview import LibraryOverview
from reader.app.searching import Hit
from reader.library.holdings import Holding
from reader.library.search.excerpts import Excerpt
from reader.storage.texts import TextId
from reader.ui.library.library_search import LibraryFinds
from reader.ui.library.shelf_layout import Form
from reader.ui.library.shelf_model import Entry, EntryGroup, FoundEntry, TextEntry
from reader.ui.library.shelf_words import found_words, notes_words
from reader.ui.library.shelves import (
    NOTE_KINDS,
    Shelf,
    ShelfKind,
    in_order,
    texts_on,
    to_go_on_with,
)

_GO_ON = "Go on listening"
_MOST_GONE_ON = 12
_EXCERPT_LENGTH = 240

_FEW_TEXTS = 3
_HOW_TO_ADD = "Drop texts or folders here, or press the plus"
"""Said until somebody has found out."""

_NOTHING_THERE = {
    ShelfKind.ALL: "Nothing here yet. Drop texts or folders on this window, or press the plus.",
    ShelfKind.READING: "Nothing is being read. Open a text and begin.",
    ShelfKind.INBOX: "Nothing marked. Press M while you listen to keep a sentence for later.",
    ShelfKind.NOTES: "No notes yet. Select some words in a text and press N.",
    ShelfKind.TO_LOOK_AT: "All notes stand where they should.",
    ShelfKind.COLLECTION: "Nothing in this collection yet. A text's menu puts it in.",
    ShelfKind.TAG: "Nothing has this tag any more.",
    ShelfKind.TEXT: "This text is not in the library any more.",
}


def shelf_groups(
    shelf: Shelf,
    overview: LibraryOverview,
    notes: Sequence[ListedNote],
    known: dict[TextId, Holding],
    *,
    order: str,
    as_list: bool,
) -> list[EntryGroup]:
    """Return what a shelf shows; `known` are the texts of its `notes`."""
    form = Form.LINE if as_list else Form.COVER
    groups = []
    texts = in_order(texts_on(shelf, overview), order)
    if shelf.kind is ShelfKind.ALL:
        groups += go_on_group(overview)
    if texts:
        heading = f"#{shelf.name}" if shelf.kind is ShelfKind.TAG else shelf.name
        is_new = shelf.kind is ShelfKind.ALL and len(texts) <= _FEW_TEXTS
        detail = _HOW_TO_ADD if is_new else ""
        groups.append(EntryGroup(heading, form, tuple(map(TextEntry, texts)), detail=detail))
    if notes and shelf.kind in NOTE_KINDS:
        heading = notes_words(len(notes)) if texts else shelf.name
        if not texts and shelf.kind is ShelfKind.TAG:
            heading = f"#{shelf.name}"
        entries = tuple(_listed(note, known[note.text]) for note in notes if note.text in known)
        groups.append(EntryGroup(heading, Form.FOUND, entries))
    return groups


def nothing_words(shelf: Shelf) -> str:
    """Say why a shelf shows nothing, and what to do about it."""
    return _NOTHING_THERE[shelf.kind]


def go_on_group(overview: LibraryOverview) -> list[EntryGroup]:
    """Return the row of texts to go on with, if there are any."""
    texts = to_go_on_with(overview.texts)[:_MOST_GONE_ON]
    if not texts:
        return []
    return [EntryGroup(_GO_ON, Form.COVER, tuple(map(TextEntry, texts)), is_one_row=True)]


def search_groups(
    finds: LibraryFinds, overview: LibraryOverview, order: str, *, is_indexing: bool = False
) -> list[EntryGroup]:
    """Return what a search shows: texts of that name, or those to go on with; then the finds.

    `is_indexing`: there may be more of them later, which is said.
    """
    query, result, named = finds.query, finds.result, finds.named
    if named:
        entries = tuple(map(TextEntry, in_order(named, order)))
        heading = "1 text of that name" if len(named) == 1 else f"{len(named):,} texts of that name"
        above = [EntryGroup(heading, Form.COVER, entries, is_one_row=True)]
    else:
        above = go_on_group(overview)
    if query.passage_match or query.note_match:
        words = found_words(result.place_count, result.text_count, result.note_count)
        mixed = tuple(_mixed(result.places, result.notes))
        detail = f"{max(1, round(result.seconds * 1000))} ms"
        if is_indexing:
            detail += " · some texts are still being indexed"
        above.append(EntryGroup(words, Form.FOUND, mixed, detail=detail))
    return above


def _mixed(places: Iterable[Hit], notes: Iterable[Hit]) -> Iterable[Entry]:
    """Yield places and notes by turns, as long as there are both."""
    pairs = zip_longest(places, notes)
    return (_found(hit) for hit in chain.from_iterable(pairs) if hit is not None)


def _found(hit: Hit) -> FoundEntry:
    if hit.note is None:
        return FoundEntry(hit.text.title, hit.where, hit.excerpt, hit.text, hit.span)
    name = "Passage" if hit.is_quote else "Note"
    tags = " ".join(f"#{tag}" for tag in hit.tags)
    about = f"on {hit.text.title}" + (f" · {tags}" if tags else "")
    return FoundEntry(name, about, hit.excerpt, hit.text, hit.span, hit.note)


def _listed(note: ListedNote, text: Holding) -> FoundEntry:
    when = "" if note.changed is None else f"{note.changed.day} {note.changed:%b %Y}"
    tags = " ".join(f"#{tag}" for tag in note.tags)
    detail = " · ".join(part for part in (tags, when) if part)
    words = " ".join((without_marks(note.body) or f"“{note.quote}”").split())
    if len(words) > _EXCERPT_LENGTH:
        words = words[: _EXCERPT_LENGTH - 1] + "…"
    return FoundEntry(text.title, detail, Excerpt(words, ()), text, None, note.id)
