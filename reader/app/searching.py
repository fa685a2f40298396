"""A search over everything, as window and command line ask for it: places and notes, each with
the text it is in."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache

from reader.app.indexing import Indexing
from reader.errors import IndexUnavailable
from reader.library.holdings import Holding, Holdings
from reader.library.search.excerpts import Excerpt
from reader.library.search.index_file import IndexFile
from reader.library.search.query import Clause, Field, Query
from reader.library.search.searching import MOST_SHOWN, Found, search_notes, search_places
from reader.storage.database import Database
from reader.storage.texts import TextId
from reader.text.document import Span
from reader.text.finding import folded
from reader.values import value

_KEPT_NAMES = 4096
"""Titles and authors, each of which is compared with every query that names a field."""


@value
class Hit:
    """One place, or one note: then `note` is its id, and `span` where it surely stands, if known.

    `where` says in words which part of the text a place is in. `is_quote` if of a note only the
    passage it is on holds the words.
    """

    text: Holding
    span: Span | None
    excerpt: Excerpt
    where: str = ""
    note: str | None = None
    is_quote: bool = False
    tags: tuple[str, ...] = ()


@value
class SearchResult:
    """What was found, best first; the counts are of all there is, of which not all is listed."""

    places: tuple[Hit, ...] = ()
    notes: tuple[Hit, ...] = ()
    place_count: int = 0
    text_count: int = 0
    note_count: int = 0
    seconds: float = 0.0


class Searching:
    """Any thread may call it, one at a time."""

    def __init__(self, database: Database, file: IndexFile) -> None:
        self._database = database
        self._file = file
        self._holdings = Holdings(database)
        self._indexing = Indexing(database, file)

    def search(
        self, query: Query, *, notes_only: bool = False, most: int = MOST_SHOWN
    ) -> SearchResult:
        """Return what there is. Raises IndexUnavailable, StorageUnavailable."""
        begun = time.perf_counter()
        with suppress(IndexUnavailable):  # then the notes are searched as they were
            self._indexing.follow_notes()
        notes = search_notes(self._file, query, most)
        texts = () if notes_only else self._texts_meant(query)
        is_narrowed = bool(query.text_clauses or query.tag_clauses)
        found = search_places(self._file, query, texts, most, is_narrowed=is_narrowed)
        known = self._holdings.by_id(
            {place.text for place in found.places} | {note.text for note in notes.notes}
        )
        hits = self._note_hits(notes, known)
        note_count = notes.note_count
        if query.text_clauses:
            hits = tuple(hit for hit in hits if _is_meant(hit.text, query, tags=False))
            note_count = len(hits)
        return SearchResult(
            places=tuple(
                Hit(
                    known[place.text],
                    Span(place.section, place.start, place.end),
                    place.excerpt,
                    place.part or f"paragraph {place.paragraph}",
                )
                for place in found.places
                if place.text in known
            ),
            notes=hits,
            place_count=found.place_count,
            text_count=found.text_count,
            note_count=note_count,
            seconds=time.perf_counter() - begun,
        )

    def _texts_meant(self, query: Query) -> tuple[TextId, ...]:
        """Return the texts in the library that the query is about, those read last first."""
        if not query.text_clauses and not query.tag_clauses:
            return self._holdings.ids()
        return tuple(text.id for text in self._holdings.texts() if _is_meant(text, query))

    def _note_hits(self, found: Found, known: dict[TextId, Holding]) -> tuple[Hit, ...]:
        places = self._note_places([(note.text, note.id) for note in found.notes])
        return tuple(
            Hit(
                known[note.text],
                places.get((note.text, note.id)),
                note.excerpt,
                note=note.id,
                is_quote=note.is_quote,
                tags=note.tags,
            )
            for note in found.notes
            if note.text in known
        )

    def _note_places(self, notes: Sequence[tuple[TextId, str]]) -> dict[tuple[int, str], Span]:
        """Return where these notes surely stand in their text's present version."""
        from reader.annotations.model import SECTION_BREAK

        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT note_place.text, note_place.id, first, behind, lengths"
                " FROM json_each(?) AS wanted JOIN note_place"
                " ON note_place.text = json_extract(wanted.value, '$[0]')"
                " AND note_place.id = json_extract(wanted.value, '$[1]')"
                " JOIN text ON text.id = note_place.text"
                " AND text.fingerprint = note_place.fingerprint"
                " LEFT JOIN kept_text ON kept_text.fingerprint = note_place.fingerprint",
                (json.dumps(notes),),
            ).fetchall()
        found = {}
        for text, name, first, behind, lengths in rows:
            start = 0
            for section, length in enumerate(json.loads(lengths or "[]")):
                if start <= first <= start + length:
                    end = min(behind - start, length)
                    found[text, name] = Span(section, first - start, end)
                    break
                start += length + len(SECTION_BREAK)
        return found


def _is_meant(text: Holding, query: Query, *, tags: bool = True) -> bool:
    """Whether the clauses about texts hold for one."""
    clauses = (*query.text_clauses, *(query.tag_clauses if tags else ()))
    return all(_holds(clause, text) != clause.is_negated for clause in clauses)


def _holds(clause: Clause, text: Holding) -> bool:
    match clause.field:
        case Field.TITLE:
            where = [text.title]
        case Field.AUTHOR:
            where = list(text.authors)
        case _:
            where = list(text.tags)
    return _is_in(clause, " ".join(map(_plain, where)))


def _is_in(clause: Clause, names: str) -> bool:
    return any(
        all(_plain(term.text) in names for term in nearby.terms) for nearby in clause.alternatives
    )


def is_named(text: Holding, query: Query) -> bool:
    """Whether all that is asked for is in a text's title or its authors' names."""
    name = _plain(" ".join((text.title, *text.authors)))
    wanted = [clause for clause in query.clauses if not clause.is_negated]
    return bool(wanted) and all(
        _is_in(clause, name)
        if clause.field is Field.ANY
        else clause.field in (Field.TITLE, Field.AUTHOR) and _holds(clause, text)
        for clause in wanted
    )


@lru_cache(_KEPT_NAMES)
def _plain(text: str) -> str:
    """Return a name as it is compared."""
    return folded(text)
