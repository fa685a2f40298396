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

_VERSION_4 = (
    # A text is in the library from `added` until `removed`; its notes stay either way. `missing`
    # is since when its file can't be found. `authors` is a JSON array; `length` counts code
    # points, as far as they are known.
    "ALTER TABLE text ADD COLUMN authors TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE text ADD COLUMN language TEXT",
    "ALTER TABLE text ADD COLUMN length INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE text ADD COLUMN added TEXT",
    "ALTER TABLE text ADD COLUMN removed TEXT",
    "ALTER TABLE text ADD COLUMN missing TEXT",
    "UPDATE text SET added = opened",
    # How the file looked when it was last read: one that still looks so needn't be read again.
    "ALTER TABLE text_file ADD COLUMN stamp TEXT",
    "CREATE INDEX text_file_by_text ON text_file (text)",
    """
    CREATE TABLE unread_file (
        path BLOB PRIMARY KEY,
        stamp TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE text_tag (
        text INTEGER NOT NULL REFERENCES text (id),
        tag TEXT NOT NULL COLLATE NOCASE,
        PRIMARY KEY (text, tag)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE collection (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE COLLATE NOCASE
    ) STRICT
    """,
    """
    CREATE TABLE collection_text (
        collection INTEGER NOT NULL REFERENCES collection (id) ON DELETE CASCADE,
        text INTEGER NOT NULL REFERENCES text (id),
        PRIMARY KEY (collection, text)
    ) STRICT, WITHOUT ROWID
    """,
    # Every note has its last change here, under a number that only grows: who keeps an index of
    # notes reads what came after the number it has seen, whoever made the change.
    """
    CREATE TABLE annotation_change (
        serial INTEGER PRIMARY KEY AUTOINCREMENT,
        text INTEGER NOT NULL,
        id TEXT NOT NULL,
        UNIQUE (text, id)
    ) STRICT
    """,
    "INSERT INTO annotation_change (text, id) SELECT text, id FROM annotation",
    """
    CREATE TRIGGER annotation_came AFTER INSERT ON annotation BEGIN
        DELETE FROM annotation_change WHERE text = new.text AND id = new.id;
        INSERT INTO annotation_change (text, id) VALUES (new.text, new.id);
    END
    """,
    """
    CREATE TRIGGER annotation_changed AFTER UPDATE OF json, removed ON annotation BEGIN
        DELETE FROM annotation_change WHERE text = new.text AND id = new.id;
        INSERT INTO annotation_change (text, id) VALUES (new.text, new.id);
    END
    """,
    """
    CREATE TRIGGER annotation_went AFTER DELETE ON annotation BEGIN
        DELETE FROM annotation_change WHERE text = old.text AND id = old.id;
        INSERT INTO annotation_change (text, id) VALUES (old.text, old.id);
    END
    """,
)

_VERSION_5 = (
    # What was done last to a text's annotations, to be taken back after a restart too: a JSON
    # array of two, the steps done and those undone, the latest at the end.
    """
    CREATE TABLE note_steps (
        text INTEGER PRIMARY KEY REFERENCES text (id),
        json TEXT NOT NULL
    ) STRICT
    """,
)

_VERSION_6 = (
    # What the file of a text's notes in the shared folder held when it was synced last.
    """
    CREATE TABLE note_sync (
        text INTEGER PRIMARY KEY REFERENCES text (id),
        content BLOB NOT NULL
    ) STRICT
    """,
)

_VERSION_7 = (
    # Each step in a row of its own: what was imported may be thousands of notes, and is not to be
    # written again with every step after it. Numbers count on; those undone are behind those done.
    # A step is a JSON array of changes: id, the annotation before, and after.
    """
    CREATE TABLE note_step (
        text INTEGER NOT NULL REFERENCES text (id),
        number INTEGER NOT NULL,
        is_done INTEGER NOT NULL,
        json TEXT NOT NULL,
        PRIMARY KEY (text, number)
    ) STRICT
    """,
    """
    INSERT INTO note_step
    SELECT text, step.key + 1, 1, step.value
    FROM note_steps, json_each(note_steps.json, '$[0]') AS step
    """,
    """
    INSERT INTO note_step
    SELECT text, json_array_length(note_steps.json, '$[0]')
        + json_array_length(note_steps.json, '$[1]') - step.key, 0, step.value
    FROM note_steps, json_each(note_steps.json, '$[1]') AS step
    """,
    "DROP TABLE note_steps",
    # What the user deleted: an import from another reader doesn't bring it back, ever.
    """
    CREATE TABLE deleted_note (
        text INTEGER NOT NULL REFERENCES text (id),
        id TEXT NOT NULL,
        PRIMARY KEY (text, id)
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO deleted_note SELECT text, id FROM annotation WHERE removed IS NOT NULL",
)

_VERSION_8 = (
    # What a file of Web Annotations said of the note when it was imported (SHA-256 of its JSON):
    # one that still says it goes out exactly as it came. Null for what came in another way.
    "ALTER TABLE annotation ADD COLUMN imported BLOB",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _VERSION_1,
    _VERSION_2,
    _VERSION_3,
    _VERSION_4,
    _VERSION_5,
    _VERSION_6,
    _VERSION_7,
    _VERSION_8,
)
"""Statements that bring version n of the file (counted from 0) to version n + 1."""
