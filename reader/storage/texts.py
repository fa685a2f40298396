"""Which text a file holds: one identity through its versions, copies and names."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import NewType

from reader.text.document import Fingerprint

TextId = NewType("TextId", int)
"""A text's row: the same after its file was edited, moved or copied."""


def stored_path(path: Path) -> bytes:
    """Return a path as the database keeps it: absolute, links followed."""
    return os.fsencode(path.resolve())


def path_from(stored: bytes) -> Path:
    """Return the path that `stored_path` was given."""
    return Path(os.fsdecode(stored))


def find_text(
    connection: sqlite3.Connection, fingerprint: Fingerprint, path: Path | None = None
) -> TextId | None:
    """Return the text of this version; else the one last seen at `path`, edited since."""
    row = connection.execute(
        "SELECT text FROM text_version WHERE fingerprint = ?", (fingerprint,)
    ).fetchone()
    if row is None and path is not None:
        row = connection.execute(
            "SELECT text FROM text_file WHERE path = ?", (stored_path(path),)
        ).fetchone()
    return None if row is None else TextId(row[0])


def remember_text(
    connection: sqlite3.Connection, fingerprint: Fingerprint, path: Path | None = None
) -> TextId:
    """Return the text, a new one if it isn't known; from now on both name it. Inside `writing`."""
    text = find_text(connection, fingerprint, path)
    if text is None:
        row = connection.execute(
            "INSERT INTO text (fingerprint) VALUES (?) RETURNING id", (fingerprint,)
        ).fetchone()
        text = TextId(row[0])
    connection.execute("UPDATE text SET fingerprint = ? WHERE id = ?", (fingerprint, text))
    connection.execute(
        "INSERT OR IGNORE INTO text_version (fingerprint, text) VALUES (?, ?)", (fingerprint, text)
    )
    if path is not None:
        stored = stored_path(path)
        connection.execute("UPDATE text SET path = ? WHERE id = ?", (stored, text))
        connection.execute(
            "INSERT INTO text_file (path, text) VALUES (?, ?)"
            " ON CONFLICT (path) DO UPDATE SET text = excluded.text",
            (stored, text),
        )
    return text
