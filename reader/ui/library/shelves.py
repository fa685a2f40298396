"""Which texts and notes each line of the left column stands for, and in which order they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import StrEnum

from reader.annotations.overview import NoteKind
from reader.app.library_overview import LibraryOverview
from reader.library.catalogue import FINISHED
from reader.library.holdings import CollectionId, Holding
from reader.storage.texts import TextId
from reader.values import value

SHOWN_TAGS = 30
"""Lines of tags in the left column; the others are found by searching for them."""


class ShelfKind(StrEnum):
    """What a line of the left column stands for; a text's own shelf, of its notes, has none."""

    ALL = "all"
    READING = "reading"
    INBOX = "inbox"
    NOTES = "notes"
    TO_LOOK_AT = "to look at"
    COLLECTION = "collection"
    TAG = "tag"
    TEXT = "text"


NOTE_KINDS = {
    ShelfKind.INBOX: NoteKind.INBOX,
    ShelfKind.NOTES: NoteKind.ALL,
    ShelfKind.TO_LOOK_AT: NoteKind.TO_LOOK_AT,
    ShelfKind.TAG: NoteKind.TAGGED,
    ShelfKind.TEXT: NoteKind.OF_TEXT,
}
"""The notes that a shelf shows; below its texts, if it has any."""


@value
class Shelf:
    """One line: `name` is a tag's or a title, `collection` a collection's, `text` a text's."""

    kind: ShelfKind
    name: str = ""
    collection: CollectionId | None = None
    text: TextId | None = None


ALL_TEXTS = Shelf(ShelfKind.ALL, "All texts")
READING = Shelf(ShelfKind.READING, "Reading now")


@value
class ShelfLine:
    """A line of the left column; one without a shelf is the heading of those below it."""

    words: str
    shelf: Shelf | None = None
    count: int = 0


def shelf_lines(overview: LibraryOverview) -> tuple[ShelfLine, ...]:
    """Return the left column."""
    texts, notes = overview.texts, overview.notes
    lines = [
        ShelfLine("All texts", ALL_TEXTS, len(texts)),
        ShelfLine("Reading now", READING, sum(text.is_being_read for text in texts)),
        ShelfLine("Listening inbox", Shelf(ShelfKind.INBOX, "Listening inbox"), notes.inbox),
        ShelfLine("Notes", Shelf(ShelfKind.NOTES, "Notes"), notes.whole),
        ShelfLine("To look at", Shelf(ShelfKind.TO_LOOK_AT, "To look at"), notes.to_look_at),
    ]
    if overview.collections:
        lines.append(ShelfLine("Collections"))
        for collection in overview.collections:
            shelf = Shelf(ShelfKind.COLLECTION, collection.name, collection.id)
            lines.append(ShelfLine(collection.name, shelf, len(texts_on(shelf, overview))))
    if overview.tags:
        lines.append(ShelfLine("Tags"))
        lines += [
            ShelfLine(f"#{tag}", Shelf(ShelfKind.TAG, tag), count)
            for tag, count in overview.tags[:SHOWN_TAGS]
        ]
    return tuple(lines)


def texts_on(shelf: Shelf, overview: LibraryOverview) -> tuple[Holding, ...]:
    """Return the texts of a shelf."""
    texts = overview.texts
    match shelf.kind:
        case ShelfKind.ALL:
            return texts
        case ShelfKind.READING:
            return tuple(text for text in texts if text.is_being_read)
        case ShelfKind.COLLECTION:
            return tuple(text for text in texts if shelf.collection in text.collections)
        case ShelfKind.TAG:
            wanted = shelf.name.lower()
            return tuple(t for t in texts if wanted in (tag.lower() for tag in t.tags))
        case ShelfKind.TEXT:
            return tuple(text for text in texts if text.id == shelf.text)
        case _:
            return ()


def to_go_on_with(texts: Iterable[Holding]) -> tuple[Holding, ...]:
    """Return the texts that were begun and aren't finished, those opened last first.

    One opened but not begun counts as well: it is the one somebody has just got.
    """
    return tuple(t for t in texts if t.opened is not None and t.progress < FINISHED)


_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def in_order(texts: Sequence[Holding], order: str) -> tuple[Holding, ...]:
    """Return texts sorted by one of the choices of the setting `library_sort`."""
    match order:
        case "title":
            return tuple(sorted(texts, key=lambda text: sort_key(text.title)))
        case "author":
            return tuple(sorted(texts, key=_by_author))
        case "added":
            return tuple(sorted(texts, key=lambda t: t.added or _LONG_AGO, reverse=True))
        case "progress":
            return tuple(sorted(texts, key=lambda text: text.progress, reverse=True))
        case _:
            return tuple(texts)


def _by_author(text: Holding) -> tuple[bool, str, str]:
    last_name = text.authors[0].split()[-1] if text.authors and text.authors[0].split() else ""
    return not last_name, sort_key(last_name), sort_key(text.title)


_ARTICLES = ("the ", "a ", "an ", "der ", "die ", "das ", "le ", "la ", "les ", "el ", "il ")


def sort_key(title: str) -> str:
    """Return what a title is sorted by: without its article, case no matter."""
    folded = title.casefold().lstrip("“”\"'‘« ")
    for article in _ARTICLES:
        if folded.startswith(article):
            return folded[len(article) :]
    return folded
