"""The search index: a file of its own beside what is cached, made anew whenever it can't be used.

It holds nothing that the texts and the notes don't hold, so it may be deleted at any time; the
one database stays small enough to be copied every day.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.errors import IndexUnavailable, system_reason
from reader.storage.database import (
    BUSY_TIMEOUT_S,
    begin_write_ahead_log,
    reason_of,
    sqlite_connection,
    transaction,
)

INDEX_VERSION = 3
"""To be raised with every change to the tables or to what is put in: older files are made anew."""

APPLICATION_ID = 0x534F5449  # "SOTI"

STEMMED = "passage_stemmed"
PLAIN = "passage_plain"
PASSAGE_TABLES = (STEMMED, PLAIN)
"""Paragraphs of English texts, whose words are stemmed, and of all others, whose words are not."""

# accents are no difference; vowel signs of Indian scripts belong to their word
_WORDS = "unicode61 remove_diacritics 2 categories ''L* N* Co Mc Mn''"
TOKENIZERS = {STEMMED: f"porter {_WORDS}", PLAIN: _WORDS}
"""How each table's texts are cut into words, in FTS5's terms, between single quotes."""

INDEXED_PREFIXES = (2, 3)
"""Lengths of the beginnings of words that are found like words: of those that are many words."""

_TABLES = (
    # How far a text is in: `passages` paragraphs, the sections before `section`, and of that one
    # `in_section` paragraphs. `fault` says why it can't be read; it isn't tried again until its
    # file changes.
    """
    CREATE TABLE indexed (
        text INTEGER PRIMARY KEY,
        fingerprint TEXT NOT NULL,
        place_table TEXT NOT NULL,
        section INTEGER NOT NULL DEFAULT 0,
        passages INTEGER NOT NULL DEFAULT 0,
        in_section INTEGER NOT NULL DEFAULT 0,
        is_whole INTEGER NOT NULL DEFAULT 0,
        fault TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    # what sections are called, to say where something was found
    """
    CREATE TABLE part (
        text INTEGER NOT NULL,
        section INTEGER NOT NULL,
        title TEXT NOT NULL,
        PRIMARY KEY (text, section)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE TABLE state (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT",
    *(
        f"CREATE VIRTUAL TABLE {table} USING fts5 (body, section UNINDEXED, start UNINDEXED,"
        f" prefix = '{' '.join(map(str, INDEXED_PREFIXES))}', tokenize = '{TOKENIZERS[table]}')"
        for table in PASSAGE_TABLES
    ),
    "CREATE TABLE note_row (row INTEGER PRIMARY KEY, text INTEGER NOT NULL, id TEXT NOT NULL,"
    " UNIQUE (text, id)) STRICT",
    f"CREATE VIRTUAL TABLE note USING fts5 (body, quote, tags, tokenize = '{TOKENIZERS[STEMMED]}')",
)

_MADE_ANEW = "it was damaged and is made anew; search again in a while"
_WORTH_A_NEW_ONE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_HELD = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class IndexFile:
    """A connection to the index. Any thread may use it; transactions wait for each other."""

    def __init__(self, path: Path, busy_timeout_s: float = BUSY_TIMEOUT_S) -> None:
        """Open the file at `path`; one that is damaged, older, newer or foreign is made anew.

        Raises:
            IndexUnavailable: locked, not writable, disk full.
        """
        self.path = path
        self._busy_timeout_s = busy_timeout_s
        self._lock = threading.RLock()
        self._is_closed = False
        self.was_damaged = False
        """Whether there was a file that could not be read; nothing of it is left."""
        with self._faults_named():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                self._connection = self._opened()
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                self.was_damaged = True
                remove_index(path)
                self._connection = self._opened()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for queries that see one state of the file.

        Raises:
            IndexUnavailable: it can't be read. Where it is damaged it is removed, to be made anew.
        """
        with self._transaction("DEFERRED") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for changes: all of them or none.

        Raises:
            IndexUnavailable: it can't be written.
        """
        with self._transaction("IMMEDIATE") as connection:
            yield connection

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._is_closed = True
            self._connection.close()

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite_connection(self.path, self._busy_timeout_s)
        try:
            begin_write_ahead_log(connection, self._busy_timeout_s)
            connection.execute("PRAGMA synchronous = NORMAL")  # it can be made anew
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the tables, unless they are there and of this version."""
        if _is_ours(connection):
            return
        with transaction(connection, "EXCLUSIVE"):
            if _is_ours(connection):
                return  # another program was faster
            _drop_all(connection)
            for statement in _TABLES:
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {INDEX_VERSION}")

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[sqlite3.Connection]:
        with self._lock, self._faults_named():
            if self._is_closed:  # another thread, or the same one before, found it damaged
                raise IndexUnavailable(self.path, _MADE_ANEW)
            try:
                with transaction(self._connection, kind):
                    yield self._connection
            except sqlite3.DatabaseError as error:
                if _is_damage(error):
                    self.close()
                    remove_index(self.path)
                raise

    @contextmanager
    def _faults_named(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = system_reason(error)
            raise IndexUnavailable(self.path, reason) from error
        except sqlite3.DatabaseError as error:
            fault = _reason(error)
            if fault is None:
                raise  # a bug of ours, not the machine's
            raise IndexUnavailable(self.path, fault) from error


def remove_index(path: Path) -> None:
    """Remove an index with what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _is_ours(connection: sqlite3.Connection) -> bool:
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return (application_id, version) == (APPLICATION_ID, INDEX_VERSION)


def _drop_all(connection: sqlite3.Connection) -> None:
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " ORDER BY sql NOT LIKE 'CREATE VIRTUAL%'"
    ).fetchall()
    for (name,) in tables:  # those of a virtual table go with it
        quoted = name.replace('"', '""')
        connection.execute(f'DROP TABLE IF EXISTS "{quoted}"')


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", 0)
    # FTS5 tells of some damage with the plain code alone
    return code & 0xFF in _WORTH_A_NEW_ONE or "malformed" in str(error)


def _reason(error: sqlite3.DatabaseError) -> str | None:
    if _is_damage(error):
        return _MADE_ANEW
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _HELD:
        return "another program holds it; search again in a while"  # most likely one of ours
    return reason_of(error)
