"""The tables of the SQLite file, as numbered migrations: the first makes version 1 of nothing."""

from __future__ import annotations

APPLICATION_ID = 0x534F5456  # "SOTV"

_VERSION_1 = (
    # A text as the user sees it: one row through all its versions and files. Paths are bytes,
    # because a file's name needn't be text.
    """
    CREATE TABLE text (
        id INTEGER PRIMARY KEY,
        fingerprint TEXT NOT NULL,
        path BLOB,
        title TEXT NOT NULL DEFAULT '',
        opened TEXT,
        section INTEGER NOT NULL DEFAULT 0,
        offset INTEGER NOT NULL DEFAULT 0,
        progress REAL NOT NULL DEFAULT 0
    ) STRICT
    """,
    "CREATE INDEX text_by_opened ON text (opened)",
    """
    CREATE TABLE text_version (
        fingerprint TEXT PRIMARY KEY,
        text INTEGER NOT NULL REFERENCES text (id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE text_file (
        path BLOB PRIMARY KEY,
        text INTEGER NOT NULL REFERENCES text (id)
    ) STRICT, WITHOUT ROWID
    """,
    # `sidecar` and `sidecar_json` say which sidecar file holds the note, and what it said when it
    # was last read: a note whose json differs from that was changed by the user.
    # `removed` is when the user removed it; the row stays, so that a sidecar can't bring it back.
    """
    CREATE TABLE annotation (
        text INTEGER NOT NULL REFERENCES text (id),
        id TEXT NOT NULL,
        ordinal INTEGER NOT NULL,
        json TEXT NOT NULL,
        removed TEXT,
        sidecar BLOB,
        sidecar_json TEXT,
        PRIMARY KEY (text, id)
    ) STRICT
    """,
    "CREATE INDEX annotation_in_order ON annotation (text, ordinal)",
    """
    CREATE TABLE sidecar (
        path BLOB PRIMARY KEY,
        text INTEGER NOT NULL REFERENCES text (id),
        digest BLOB NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # What stood around a text's annotations in the file they came from, without them; `sidecar`
    # is that file's path, or null where the user imported it.
    """
    CREATE TABLE envelope (
        text INTEGER PRIMARY KEY REFERENCES text (id),
        kind TEXT NOT NULL,
        json TEXT NOT NULL,
        held INTEGER NOT NULL,
        sidecar BLOB
    ) STRICT
    """,
)

_VERSION_2 = (
    # The whole text of a version that notes stand in (zlib, UTF-8): where they are in the next
    # one is found by comparing the two.
    """
    CREATE TABLE kept_text (
        id INTEGER PRIMARY KEY,
        fingerprint TEXT NOT NULL UNIQUE REFERENCES text_version (fingerprint),
        text INTEGER NOT NULL REFERENCES text (id),
        content BLOB NOT NULL
    ) STRICT
    """,
    # Where a note stood for sure the last time, beside its own selectors, which stay as they are:
    # code points of that version's whole text.
    """
    CREATE TABLE note_place (
        text INTEGER NOT NULL,
        id TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        first INTEGER NOT NULL,
        behind INTEGER NOT NULL,
        PRIMARY KEY (text, id),
        FOREIGN KEY (text, id) REFERENCES annotation (text, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID
    """,
)

_VERSION_3 = (
    # How many code points each section of a kept text has, as a JSON array; NULL for those kept
    # before this was. With them no section has to be read to know where another one begins.
    "ALTER TABLE kept_text ADD COLUMN lengths TEXT",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_VERSION_1, _VERSION_2, _VERSION_3)
"""Statements that bring version n of the file (counted from 0) to version n + 1."""
