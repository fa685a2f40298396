"""Searching the index: which paragraphs and which notes hold what was asked for.

Ranking every hit of a common word is what makes a search slow (0.7 s for "the" in 20 million
words), so no more than a few thousand are ranked; of more, some are taken from each of the texts
read last.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from reader.library.search.excerpts import (
    MARK_END,
    MARK_START,
    Excerpt,
    excerpt_of,
    marked_ranges,
)
from reader.library.search.index import row_of, text_of_row
from reader.library.search.index_file import PASSAGE_TABLES, IndexFile
from reader.library.search.query import Query
from reader.storage.texts import TextId

MOST_SHOWN = 200

_MOST_RANKED = 2_000
_MOST_TEXTS = 60
"""From so many texts some hits each are taken where there are too many to rank."""

_EACH = 4
_COUNTED_UP_TO = 20_000

_HIGHLIGHT = f"highlight({{table}}, {{column}}, char({ord(MARK_START)}), char({ord(MARK_END)}))"


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A paragraph: [start, end) is the first thing found in it, in its section's code points."""

    text: TextId
    section: int
    start: int
    end: int
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note by its text and its id. `is_quote` if only the passage it is on holds the words."""

    text: TextId
    id: str
    excerpt: Excerpt
    is_quote: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first. The counts are of all there is, of which not all is listed.

    Where `is_more` the places were not all counted: there are more than `place_count`.
    """

    places: tuple[FoundPlace, ...] = ()
    notes: tuple[FoundNote, ...] = ()
    place_count: int = 0
    text_count: int = 0
    note_count: int = 0
    is_more: bool = False


def search_places(
    file: IndexFile,
    query: Query,
    texts: Sequence[TextId],
    *,
    is_narrowed: bool = False,
    most: int = MOST_SHOWN,
) -> Found:
    """Return the places of the query in these texts, those to be preferred first.

    `is_narrowed` says that the index holds others too that must not be found. Raises
    IndexUnavailable.
    """
    match = query.passage_match
    if not match or not texts:
        return Found()
    with file.reading() as connection:
        rows: list[tuple[str, int]] = []
        counted: list[int] = []
        for table in PASSAGE_TABLES:
            found, ranked = _hits(connection, table, match, texts, is_narrowed=is_narrowed)
            counted += found
            rows += [(table, row) for row in ranked]
        places = [_place(connection, table, row, match) for table, row in rows[:most]]
    return Found(
        places=tuple(places),
        place_count=len(counted),
        text_count=len({text_of_row(row) for row in counted}),
        is_more=len(counted) >= _COUNTED_UP_TO,
    )


def _hits(
    connection: sqlite3.Connection,
    table: str,
    match: str,
    texts: Sequence[TextId],
    *,
    is_narrowed: bool,
) -> tuple[list[int], list[int]]:
    """Return the rows that match, as far as they are counted, and those to be shown, best first."""
    wanted: Collection[TextId] = frozenset(texts) if is_narrowed else ()
    select = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"
    found = [row for (row,) in connection.execute(f"{select} LIMIT {_COUNTED_UP_TO}", (match,))]
    if is_narrowed:
        found = [row for row in found if text_of_row(row) in wanted]
    if len(found) <= _MOST_RANKED:
        rows = connection.execute(f"{select} ORDER BY rank LIMIT {_MOST_RANKED}", (match,))
        ranked = [row for (row,) in rows]
        return found, [r for r in ranked if text_of_row(r) in wanted] if is_narrowed else ranked
    # what was counted comes text by text: where the count stopped, others may have it too
    having = {text_of_row(row) for row in found} if len(found) < _COUNTED_UP_TO else texts
    spread: list[int] = []
    for text in islice((text for text in texts if text in having), _MOST_TEXTS):
        rows = connection.execute(
            f"{select} AND rowid >= ? AND rowid < ? LIMIT {_EACH}",
            (match, row_of(text, 0), row_of(TextId(text + 1), 0)),
        )
        spread += [row for (row,) in rows]
    return found, spread


def _place(connection: sqlite3.Connection, table: str, row: int, match: str) -> FoundPlace:
    highlight = _HIGHLIGHT.format(table=table, column=0)
    highlighted, section, start = connection.execute(
        f"SELECT {highlight}, section, start FROM {table} WHERE {table} MATCH ? AND rowid = ?",
        (match, row),
    ).fetchone()
    text, marks = marked_ranges(highlighted)
    excerpt, (first, behind) = excerpt_of(text, marks)
    return FoundPlace(text_of_row(row), section, start + first, start + behind, excerpt)


def search_notes(file: IndexFile, query: Query, most: int = MOST_SHOWN) -> Found:
    """Return the notes that match, in all texts, also those no longer in the library.

    Raises IndexUnavailable.
    """
    match = query.note_match
    if not match:
        return Found()
    columns = ", ".join(_HIGHLIGHT.format(table="note", column=number) for number in range(3))
    with file.reading() as connection:
        rows = connection.execute(
            f"SELECT note_row.text, note_row.id, {columns} FROM note"
            " JOIN note_row ON note_row.row = note.rowid WHERE note MATCH ?"
            " ORDER BY bm25(note, 4.0, 1.0, 2.0) LIMIT ?",
            (match, most),
        ).fetchall()
        (count,) = connection.execute(
            "SELECT count(*) FROM note WHERE note MATCH ?", (match,)
        ).fetchone()
    return Found(notes=tuple(_note(*row) for row in rows), note_count=count)


def _note(text: int, name: str, body: str, quote: str, _tags: str) -> FoundNote:
    is_quote = MARK_START not in body and (MARK_START in quote or not body.strip())
    plain, marks = marked_ranges(quote if is_quote else body)
    excerpt, _ = excerpt_of(plain, marks)
    return FoundNote(TextId(text), name, excerpt, is_quote)
