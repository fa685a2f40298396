"""Which notes of a text are listed, in which order and under which headings: pure, without Qt."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from reader.annotations.anchoring import ORPHANED, AnchorState
from reader.annotations.model import BOOKMARKING, Annotation, AnnotationId
from reader.text.document import Document, Place, Span
from reader.text.lazy_sections import LazySections
from reader.ui.desk.contents import Heading as Contents
from reader.ui.desk.contents import current_heading, headings_of
from reader.ui.listening.heard_marks import INBOX
from reader.ui.margin.note_cards import NOT_FOUND, PLEASE_LOOK, AnchoredNote, card_of
from reader.values import replaced, value

_LONGEST = 300


class Kind(StrEnum):
    """Which notes are wanted; the values are the words on the buttons."""

    ALL = "All"
    WRITTEN = "Notes"
    BOOKMARKS = "Bookmarks"
    INBOX = "Inbox"
    TO_LOOK_AT = "To look at"
    REMOVED = "Removed"


class Order(StrEnum):
    """How they are ordered and grouped; the values are the words on the button."""

    PLACE = "By place"
    DATE = "By date"
    COLOUR = "By colour"
    TAG = "By tag"


@value
class NoteRow:
    """One note as it is listed. `quote` is the passage, `note` what was written, both on one line.

    `doubt` says what is unsure about its place, "" for nothing. `place` is None if it has none.
    """

    id: AnnotationId
    quote: str
    note: str
    colour: str
    tags: tuple[str, ...]
    date: str
    doubt: str
    place: Place | None
    candidates: tuple[Span, ...] = ()
    removed: str = ""
    """When it was removed, in words; "" for one that is there."""


@value
class Heading:
    """What stands above a group of rows, and how many there are."""

    title: str
    count: int


Line = NoteRow | Heading


def listed(
    notes: Iterable[AnchoredNote],
    document: Document,
    kind: Kind = Kind.ALL,
    order: Order = Order.PLACE,
    wanted: str = "",
) -> list[Line]:
    """Return the lines of the list: the notes of a kind that hold all the words wanted."""
    words = _folded(wanted).split()
    chosen = [note for note in notes if _is_of(kind, note)]
    rows = [(note, row_of(note)) for note in chosen]
    rows = [(note, row) for note, row in rows if _holds(row, words)]
    rows.sort(key=lambda both: _by_place(both[1]))
    group_of = _GROUPS[order]
    if order is Order.PLACE:
        contents = _contents_of(document)
        if not contents:
            return [row for _, row in rows]
        return _grouped(rows, lambda _note, row: _title_above(document, contents, row))
    if order is Order.DATE:
        rows.sort(key=lambda both: both[1].date, reverse=True)
    else:
        rows.sort(key=lambda both: group_of(*both))
    return _grouped(rows, group_of)


def listed_removed(removed: Iterable[tuple[Annotation, datetime]], wanted: str = "") -> list[Line]:
    """Return the lines for notes that were removed and when, in their order."""
    words = _folded(wanted).split()
    rows = []
    for annotation, when in removed:
        row = row_of(AnchoredNote(annotation, ORPHANED))
        day = when.astimezone().strftime("%Y-%m-%d")
        rows.append(replaced(row, doubt="", removed=f"removed {day}"))
    return [row for row in rows if _holds(row, words)]


def row_of(note: AnchoredNote) -> NoteRow:
    """Return a note as it is listed."""
    annotation, anchor = note.annotation, note.anchor
    quote = annotation.target.quote
    created = annotation.created
    return NoteRow(
        id=annotation.id,
        quote=_one_line(quote.exact if quote is not None else ""),
        note=_one_line(annotation.note_text),
        colour=annotation.colour,
        tags=annotation.tags,
        date="" if created is None else created.astimezone().strftime("%Y-%m-%d"),
        doubt=card_of(note).state,
        place=None if anchor.span is None else anchor.span.first_place,
        candidates=anchor.candidates,
    )


def _is_of(kind: Kind, note: AnchoredNote) -> bool:
    match kind:
        case Kind.ALL:
            return True
        case Kind.WRITTEN:
            return bool(note.annotation.note_text)
        case Kind.BOOKMARKS:
            return note.annotation.motivation == BOOKMARKING
        case Kind.INBOX:
            return INBOX in note.annotation.tags
        case Kind.TO_LOOK_AT:
            return card_of(note).state in (PLEASE_LOOK, NOT_FOUND) or (
                note.anchor.state is AnchorState.AMBIGUOUS
            )
        case Kind.REMOVED:
            return False


def _holds(row: NoteRow, words: list[str]) -> bool:
    if not words:
        return True
    tags = " ".join(f"#{tag}" for tag in row.tags)
    text = _folded(f"{row.quote} {row.note} {tags} {row.colour}")
    return all(word in text for word in words)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def _by_place(row: NoteRow) -> tuple[bool, int, int]:
    """The order of the text; those without a place come first, where they are not overlooked."""
    if row.place is None:
        return False, 0, 0
    return True, row.place.section, row.place.offset


def _contents_of(document: Document) -> list[Contents]:
    """Return the contents if that can be done without reading sections."""
    if document.contents or not isinstance(document.sections, LazySections):
        return headings_of(document)
    return []


def _title_above(document: Document, contents: list[Contents], row: NoteRow) -> str:
    if row.place is None:
        return "Without a place"
    number = current_heading(document, contents, row.place)
    return contents[number].title if number >= 0 else document.title


_GroupOf = Callable[[AnchoredNote, NoteRow], str]
_GROUPS: dict[Order, _GroupOf] = {
    Order.PLACE: lambda _note, _row: "",
    Order.DATE: lambda _note, row: row.date or "Without a date",
    Order.COLOUR: lambda _note, row: row.colour.capitalize(),
    Order.TAG: lambda _note, row: f"#{row.tags[0]}" if row.tags else "Without a tag",
}


def _grouped(rows: list[tuple[AnchoredNote, NoteRow]], group_of: _GroupOf) -> list[Line]:
    lines: list[Line] = []
    for title, group in groupby(rows, key=lambda both: group_of(*both)):
        members = [row for _, row in group]
        lines += [Heading(title, len(members)), *members]
    return lines


def _one_line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]
