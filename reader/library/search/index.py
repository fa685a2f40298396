"""What is in the search index, and how it gets there: in slices, so that it can stop anywhere."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from reader.library.search.index_file import PASSAGE_TABLES, PLAIN, STEMMED, IndexFile
from reader.library.search.query import spaced
from reader.storage.texts import TextId
from reader.text.document import Document, Fingerprint, Section
from reader.text.utf16 import without_halves
from reader.values import value

ROWS_PER_TEXT = 1 << 24
"""A paragraph's row is its text's number times this, plus its own number in the text."""

_SLICE_CHARACTERS = 400_000
"""Put in with one transaction: about 50 ms, for which another writer waits."""

_LONGEST_PASSAGE = 6_000
"""Characters; a longer paragraph is cut at a space. What lies near is near, and excerpts quick."""

_DELETED_AT_ONCE = 2_000

_NOTES_SEEN = "notes seen"


@value
class SearchableNote:
    """What of a note can be searched; one that has been removed has no words."""

    text: TextId
    id: str
    body: str = ""
    quote: str = ""
    tags: tuple[str, ...] = ()
    is_removed: bool = False


@value
class IndexedText:
    """How far a text is in the index."""

    fingerprint: Fingerprint
    is_whole: bool
    fault: str


class SearchIndex:
    """Writes the index. Every method may raise IndexUnavailable; what was done before it stays."""

    def __init__(self, file: IndexFile) -> None:
        self._file = file

    def indexed_texts(self) -> dict[TextId, IndexedText]:
        """Return what is in the index, whole or in part."""
        with self._file.reading() as connection:
            rows = connection.execute("SELECT text, fingerprint, is_whole, fault FROM indexed")
            return {
                TextId(text): IndexedText(Fingerprint(fingerprint), bool(is_whole), fault)
                for text, fingerprint, is_whole, fault in rows
            }

    def add(self, text: TextId, document: Document) -> Iterator[int]:
        """Put a text in, slice by slice; yields the code points each slice had.

        A version that is in already in part goes on where it stopped; another one is taken out
        first. Reading the document's sections may raise what its importer raises.
        """
        table = STEMMED if (document.language or "en").lower().startswith("en") else PLAIN
        first_part, number, skipped = self._begun(text, document.fingerprint, table)
        rows: list[tuple[int, str, int, int]] = []
        size = 0
        titles: list[tuple[TextId, int, str]] = []
        for part in range(first_part, len(document.sections)):
            if document.sections[part].title:
                titles.append((text, part, without_halves(document.sections[part].title)))
            for done, (start, body) in enumerate(passages_of(document.sections[part]), 1):
                if done <= skipped:
                    continue
                rows.append((row_of(text, number), spaced(body), part, start))
                number += 1
                size += len(body)
                if size >= _SLICE_CHARACTERS:
                    self._put(text, table, rows, titles, part, done)
                    yield size
                    rows, titles, size = [], [], 0
            skipped = 0
        self._put(text, table, rows, titles, len(document.sections), 0, is_whole=True)
        yield size

    def remove(self, text: TextId) -> None:
        """Take a text out; its notes stay."""
        with self._file.reading() as connection:
            row = connection.execute(
                "SELECT place_table FROM indexed WHERE text = ?", (text,)
            ).fetchone()
        if row is not None:
            self._delete_passages(text, row[0])
            with self._file.writing() as connection:
                connection.execute("DELETE FROM indexed WHERE text = ?", (text,))

    def set_fault(self, text: TextId, fingerprint: Fingerprint, fault: str) -> None:
        """Note that this version can't be read, so that it isn't tried again and again."""
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO indexed (text, fingerprint, place_table, is_whole, fault)"
                " VALUES (?, ?, ?, 1, ?) ON CONFLICT (text) DO UPDATE"
                " SET fault = excluded.fault, is_whole = 1, fingerprint = excluded.fingerprint",
                (text, fingerprint, PLAIN, fault),
            )

    def settle(self) -> None:
        """Merge what many slices have left; makes searching quicker. Takes a second or two."""
        for table in (*PASSAGE_TABLES, "note"):
            with self._file.writing() as connection:
                connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', -16)")
            for _ in range(200):
                with self._file.writing() as connection:
                    before = connection.total_changes
                    connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', 64)")
                    if connection.total_changes - before < 2:  # nothing was left to merge
                        break

    # Notes

    def notes_seen(self) -> int:
        """Return the serial of the last change to a note that is in the index."""
        with self._file.reading() as connection:
            row = connection.execute(
                "SELECT value FROM state WHERE name = ?", (_NOTES_SEEN,)
            ).fetchone()
        return 0 if row is None else int(row[0])

    def put_notes(self, notes: Iterable[SearchableNote], seen: int) -> None:
        """Take these changed notes over, all changes up to the serial `seen`."""
        with self._file.writing() as connection:
            for note in notes:
                _put_note(connection, note)
            _set_seen(connection, seen)

    def forget_notes(self) -> None:
        """Take all notes out: their serials are no longer those of the database."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM note")
            connection.execute("DELETE FROM note_row")
            _set_seen(connection, 0)

    # Passages

    def _begun(self, text: TextId, fingerprint: Fingerprint, table: str) -> tuple[int, int, int]:
        """Return where to go on: a section, the next paragraph's number in the text, and how many
        of the section are in. What is left of another version is taken out.
        """
        with self._file.reading() as connection:
            row = connection.execute(
                "SELECT fingerprint, place_table, section, passages, in_section, is_whole"
                " FROM indexed WHERE text = ?",
                (text,),
            ).fetchone()
        if row is not None and row[:2] == (fingerprint, table) and not row[5]:
            return row[2], row[3], row[4]
        if row is not None:
            self._delete_passages(text, row[1])
        with self._file.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO indexed (text, fingerprint, place_table) VALUES (?, ?, ?)",
                (text, fingerprint, table),
            )
        return 0, 0, 0

    def _put(
        self,
        text: TextId,
        table: str,
        rows: list[tuple[int, str, int, int]],
        titles: list[tuple[TextId, int, str]],
        section: int,
        in_section: int,
        *,
        is_whole: bool = False,
    ) -> None:
        """Write paragraphs in one transaction, and how far the text is in with them."""
        with self._file.writing() as connection:
            connection.executemany(
                f"INSERT OR REPLACE INTO {table} (rowid, body, section, start) VALUES (?, ?, ?, ?)",
                rows,
            )
            connection.executemany("INSERT OR REPLACE INTO part VALUES (?, ?, ?)", titles)
            connection.execute(
                "UPDATE indexed SET section = ?, passages = passages + ?, in_section = ?,"
                " is_whole = ? WHERE text = ?",
                (section, len(rows), in_section, is_whole, text),
            )

    def _delete_passages(self, text: TextId, table: str) -> None:
        first, behind = row_of(text, 0), row_of(text, ROWS_PER_TEXT)
        while True:
            with self._file.writing() as connection:
                # whoever is stopped here leaves a text that has to be put in from its beginning
                connection.execute(
                    "UPDATE indexed SET fingerprint = '', is_whole = 0 WHERE text = ?", (text,)
                )
                connection.execute("DELETE FROM part WHERE text = ?", (text,))
                deleted = connection.execute(
                    f"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table}"
                    " WHERE rowid >= ? AND rowid < ? LIMIT ?)",
                    (first, behind, _DELETED_AT_ONCE),
                ).rowcount
            if deleted < _DELETED_AT_ONCE:
                return


def row_of(text: TextId, number: int) -> int:
    """Return the row of a text's paragraph."""
    return text * ROWS_PER_TEXT + number


def text_of_row(row: int) -> TextId:
    """Return whose paragraph a row is."""
    return TextId(row // ROWS_PER_TEXT)


def passages_of(section: Section) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of a section as (first code point, text), none of them empty."""
    end = 0
    for block in section.blocks:
        start = max(block.start, end)  # a block within another is in it already
        end = max(end, block.end)
        yield from _cut(section.text, start, block.end)
    if not section.blocks:
        yield from _cut(section.text, 0, len(section.text))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    while start < end:
        stop = end
        if end - start > _LONGEST_PASSAGE:
            space = text.rfind(" ", start, start + _LONGEST_PASSAGE)
            stop = space + 1 if space > start else start + _LONGEST_PASSAGE
        body = text[start:stop]
        if not body.isspace():
            yield start, without_halves(body)
        start = stop


def _put_note(connection: sqlite3.Connection, note: SearchableNote) -> None:
    row = connection.execute(
        "SELECT row FROM note_row WHERE text = ? AND id = ?", (note.text, note.id)
    ).fetchone()
    if row is not None:
        connection.execute("DELETE FROM note WHERE rowid = ?", row)
    if note.is_removed:
        connection.execute("DELETE FROM note_row WHERE text = ? AND id = ?", (note.text, note.id))
        return
    if row is None:
        row = connection.execute(
            "INSERT INTO note_row (text, id) VALUES (?, ?) RETURNING row", (note.text, note.id)
        ).fetchone()
    connection.execute(
        "INSERT INTO note (rowid, body, quote, tags) VALUES (?, ?, ?, ?)",
        (row[0], *(spaced(t) for t in (note.body, note.quote, " \n".join(note.tags)))),
    )


def _set_seen(connection: sqlite3.Connection, seen: int) -> None:
    connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (_NOTES_SEEN, seen))
