"""Searching the index: which paragraphs and which notes hold what was asked for.

Ranking every hit of a common word is what makes a search slow (0.7 s for "the" in 20 million
words), so no more than a few thousand are ranked; of more, the first ones of each text are shown.
And FTS5 begins a query anew for each row it is asked about, which for `which*` takes 0.2 s: so what
is shown is asked for at once, or marked apart. Shorter beginnings are indexed as words are.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from typing import NamedTuple

from reader.library.search.excerpts import (
    MARK_END,
    MARK_START,
    Excerpt,
    excerpt_of,
    marked_ranges,
)
from reader.library.search.index import ROWS_PER_TEXT, row_of, text_of_row
from reader.library.search.index_file import (
    INDEXED_PREFIXES,
    PASSAGE_TABLES,
    TOKENIZERS,
    IndexFile,
)
from reader.library.search.query import Query
from reader.storage.texts import TextId
from reader.values import value

MOST_SHOWN = 120

_MOST_RANKED = 2_000
_MANY_TEXTS = 50
"""With hits in so many texts, one of each is enough to begin with."""

_LOOKED_AT = 12_000
_MOST_RANGES = 20
"""Of rows to count in, one after the other."""

_LEAST_EACH = 4
_MOST_TEXTS = 60

_HIGHLIGHT = f"highlight({{table}}, {{column}}, char({ord(MARK_START)}), char({ord(MARK_END)}))"

_Row = tuple[int, str, int, int]
"""Row, highlighted paragraph, section, start."""


@value
class FoundPlace:
    """A paragraph: [start, end) is the first thing found in it, in its section's code points.

    `part` is what its section is called, which may be nothing; `paragraph` counts from 1 through
    the whole text.
    """

    text: TextId
    section: int
    start: int
    end: int
    excerpt: Excerpt
    part: str
    paragraph: int


@value
class FoundNote:
    """A note by its text and its id. `is_quote` if only the passage it is on holds the words."""

    text: TextId
    id: str
    excerpt: Excerpt
    is_quote: bool
    tags: tuple[str, ...]


@value
class Found:
    """What was found, best first. The counts are of all there is, of which not all is listed."""

    places: tuple[FoundPlace, ...] = ()
    notes: tuple[FoundNote, ...] = ()
    place_count: int = 0
    text_count: int = 0
    note_count: int = 0


class _Hits(NamedTuple):
    """The rows to be shown, best first; how many places there are, in how many texts."""

    rows: Sequence[_Row]
    place_count: int
    text_count: int


def search_places(
    file: IndexFile,
    query: Query,
    texts: Sequence[TextId],
    most: int = MOST_SHOWN,
    *,
    is_narrowed: bool = False,
) -> Found:
    """Return the places of the query in these texts, those to be preferred first.

    `is_narrowed` says that there are others in the index, whose places must not be counted.
    Raises IndexUnavailable.
    """
    match = query.passage_match
    if not match or not texts:
        return Found()
    is_dear = query.longest_prefix > max(INDEXED_PREFIXES)
    places: list[FoundPlace] = []
    place_count = text_count = 0
    with file.reading() as connection:
        for table in PASSAGE_TABLES:
            hits = _few(connection, table, match, texts, most)
            ranges = _row_ranges(texts) if is_narrowed else []
            if hits is None and (is_dear or len(ranges) > _MOST_RANGES):
                hits = _first_of_each(connection, table, match, texts, most)
            elif hits is None:
                hits = _first_of_some(connection, table, match, texts, most, ranges)
            place_count += hits.place_count
            text_count += hits.text_count
            places += [_place(row, _part(connection, row)) for row in hits.rows[:most]]
    return Found(places=tuple(places[:most]), place_count=place_count, text_count=text_count)


def _few(
    connection: sqlite3.Connection, table: str, match: str, texts: Sequence[TextId], most: int
) -> _Hits | None:
    """Return what is shown of all there is, ranked if that is little; None where it is too much.

    What makes a query of several words dear is to begin it, so that is done once or twice.
    """
    rows: list[tuple[int]] = connection.execute(
        f"SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT {_LOOKED_AT + 1}", (match,)
    ).fetchall()
    if len(rows) > _LOOKED_AT:
        return None
    if len(rows) <= _MOST_RANKED:
        return _ranked(connection, table, match, [row for (row,) in rows], texts, most)
    counts: list[int] = []
    firsts: list[Sequence[tuple[int]]] = []
    for text in texts:
        begin = bisect_left(rows, (row_of(text, 0),))
        end = bisect_left(rows, (row_of(text, ROWS_PER_TEXT),), begin)
        if end > begin:
            counts.append(end - begin)
            firsts.append(rows[begin : min(end, begin + most)])
    each = 1 if len(counts) >= _MANY_TEXTS else max(_LEAST_EACH, most // max(1, len(counts)))
    shown = [row for found in firsts for (row,) in found[:each]][:most]
    return _Hits(_highlighted(connection, table, match, shown), sum(counts), len(counts))


def _ranked(
    connection: sqlite3.Connection,
    table: str,
    match: str,
    rows: Sequence[int],
    texts: Sequence[TextId],
    most: int,
) -> _Hits:
    """Return the best of these rows, which are all there is."""
    wanted = frozenset(texts)
    found = [text for row in rows if (text := text_of_row(row)) in wanted]
    if not found:
        return _Hits((), 0, 0)
    highlight = _HIGHLIGHT.format(table=table, column=0)
    ranked: Iterator[_Row] = connection.execute(
        f"SELECT rowid, {highlight}, section, start FROM {table} WHERE {table} MATCH ?"
        " ORDER BY rank",
        (match,),
    )
    shown = islice((row for row in ranked if text_of_row(row[0]) in wanted), most)
    return _Hits(tuple(shown), len(found), len(set(found)))


def _row_ranges(texts: Sequence[TextId]) -> list[tuple[int, int]]:
    """Return the ranges [first, behind) of the rows that these texts' paragraphs have."""
    ranges: list[tuple[int, int]] = []
    for text in sorted(texts):
        first, behind = row_of(text, 0), row_of(text, ROWS_PER_TEXT)
        if ranges and ranges[-1][1] == first:
            ranges[-1] = (ranges[-1][0], behind)
        else:
            ranges.append((first, behind))
    return ranges


def _first_of_some(
    connection: sqlite3.Connection,
    table: str,
    match: str,
    texts: Sequence[TextId],
    most: int,
    ranges: Sequence[tuple[int, int]] = (),
) -> _Hits:
    """Return hits of something too common to be ranked: the first ones of the texts preferred.

    `ranges` are the rows among which to count them, none for all.
    """
    place_count = text_count = 0
    for first, behind in ranges or [(0, 1 << 62)]:
        in_places, in_texts = connection.execute(
            f"SELECT count(*), count(DISTINCT rowid / {ROWS_PER_TEXT}) FROM {table}"
            f" WHERE {table} MATCH ? AND rowid >= ? AND rowid < ?",
            (match, first, behind),
        ).fetchone()
        place_count += in_places
        text_count += in_texts
    each = max(_LEAST_EACH, most // max(1, min(len(texts), _MOST_TEXTS)))
    shown: list[int] = []
    for tried, text in enumerate(texts, 1):
        rows = connection.execute(
            f"SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid >= ? AND rowid < ?"
            f" LIMIT {each}",
            (match, row_of(text, 0), row_of(text, ROWS_PER_TEXT)),
        )
        shown += [row for (row,) in rows]
        if len(shown) >= most or (tried >= _MOST_TEXTS and shown):
            break
    return _Hits(_highlighted(connection, table, match, shown[:most]), place_count, text_count)


def _first_of_each(
    connection: sqlite3.Connection, table: str, match: str, texts: Sequence[TextId], most: int
) -> _Hits:
    """Return hits of something too common to be ranked, counted in these texts alone.

    Dearer than `_first_of_some`, but a query of `which*` is begun but twice: each time takes 0.2 s.
    """
    wanted = frozenset(texts)
    firsts: dict[TextId, list[int]] = {}
    counts: dict[TextId, int] = {}
    for text, first, count in connection.execute(
        f"SELECT rowid / {ROWS_PER_TEXT} AS text, min(rowid), count(*) FROM {table}"
        f" WHERE {table} MATCH ? GROUP BY text",
        (match,),
    ):
        if text in wanted:
            firsts[text], counts[text] = [first], count
    if len(firsts) < _MANY_TEXTS:
        each = max(_LEAST_EACH, most // max(1, len(firsts)))
        for (row,) in connection.execute(
            f"SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT {_LOOKED_AT}", (match,)
        ):
            rows = firsts.get(text_of_row(row), [])
            if 0 < len(rows) < each and row > rows[-1]:
                rows.append(row)
    shown = [row for text in texts for row in firsts.get(text, ())][:most]
    rows_shown = _highlighted(connection, table, match, shown)
    return _Hits(rows_shown, sum(counts.values()), len(counts))


def _highlighted(
    connection: sqlite3.Connection, table: str, match: str, rows: Sequence[int]
) -> Sequence[_Row]:
    """Return these rows with what matched marked, which is found out in a table of just them."""
    numbers = ",".join(map(str, rows))
    found = {
        row: (body, section, start)
        for row, body, section, start in connection.execute(
            f"SELECT id, c0, c1, c2 FROM {table}_content WHERE id IN ({numbers})"
        )
    }
    with closing(sqlite3.connect(":memory:")) as apart:
        apart.execute(f"CREATE VIRTUAL TABLE t USING fts5 (body, tokenize = '{TOKENIZERS[table]}')")
        apart.executemany(
            "INSERT INTO t (rowid, body) VALUES (?, ?)",
            [(row, body) for row, (body, _, _) in found.items()],
        )
        highlight = _HIGHLIGHT.format(table="t", column=0)
        marked = dict(apart.execute(f"SELECT rowid, {highlight} FROM t WHERE t MATCH ?", (match,)))
    return tuple((row, marked[row], *found[row][1:]) for row in rows if row in marked)


def _part(connection: sqlite3.Connection, found: _Row) -> str:
    row = connection.execute(
        "SELECT title FROM part WHERE text = ? AND section = ?", (text_of_row(found[0]), found[2])
    ).fetchone()
    return "" if row is None else str(row[0])


def _place(found: _Row, part: str) -> FoundPlace:
    row, highlighted, section, start = found
    text, marks = marked_ranges(highlighted)
    excerpt, (first, behind) = excerpt_of(text, marks)
    return FoundPlace(
        text_of_row(row),
        section,
        start + first,
        start + behind,
        excerpt,
        part,
        row % ROWS_PER_TEXT + 1,
    )


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


def _note(text: int, name: str, body: str, quote: str, tags: str) -> FoundNote:
    is_quote = MARK_START not in body and (MARK_START in quote or not body.strip())
    plain, marks = marked_ranges(quote if is_quote else body)
    excerpt, _ = excerpt_of(plain, marks)
    named, _ = marked_ranges(tags)
    return FoundNote(
        TextId(text), name, excerpt, is_quote, tuple(named.split(" \n")) if named else ()
    )
