"""What is kept here of texts and their notes, as syncing sees it: removed notes included."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import UTC

from reader.annotations.model import Annotation, AnnotationId, annotation_from_text
from reader.annotations.note_rows import moment_of, put_annotation
from reader.annotations.sync.merging import Notes, Removed, State, Version
from reader.annotations.sync.shared_file import SharedText
from reader.storage.texts import TextId, find_text, remember_text
from reader.text.document import Fingerprint


def last_changes(connection: sqlite3.Connection) -> dict[TextId, int]:
    """Return every text that has or had notes, with a number that grows when one changes."""
    rows = connection.execute("SELECT text, max(serial) FROM annotation_change GROUP BY text")
    return {TextId(text): serial for text, serial in rows}


def last_change(connection: sqlite3.Connection, text: TextId) -> int:
    """Return that number of one text, 0 if it never had notes."""
    (serial,) = connection.execute(
        "SELECT max(serial) FROM annotation_change WHERE text = ?", (text,)
    ).fetchone()
    return serial or 0


def texts_known_as(
    connection: sqlite3.Connection, versions: tuple[Fingerprint, ...]
) -> list[TextId]:
    """Return the texts that have these versions: several, where they are one elsewhere."""
    found = (find_text(connection, version) for version in versions)
    return list(dict.fromkeys(text for text in found if text is not None))


def text_made_of(connection: sqlite3.Connection, shared: SharedText) -> TextId:
    """Return the text of a file, which may never have been open here. Inside `writing`."""
    known = texts_known_as(connection, shared.versions)
    text = known[0] if known else remember_text(connection, shared.versions[0])
    connection.executemany(
        "INSERT OR IGNORE INTO text_version (fingerprint, text) VALUES (?, ?)",
        [(version, text) for version in shared.versions],
    )
    connection.execute(
        "UPDATE text SET title = ? WHERE id = ? AND title = ''", (shared.title, text)
    )
    return text


def known_text(connection: sqlite3.Connection, text: TextId, last: Notes) -> SharedText:
    """Return a text as its file would hold it; `last` is what that held when it was synced last."""
    (title,) = connection.execute("SELECT title FROM text WHERE id = ?", (text,)).fetchone()
    versions = connection.execute(
        "SELECT fingerprint FROM text_version WHERE text = ? ORDER BY fingerprint", (text,)
    )
    rows = connection.execute("SELECT id, json, removed FROM annotation WHERE text = ?", (text,))
    notes: dict[AnnotationId, Version] = {}
    for row_id, json, removed in rows.fetchall():
        name = AnnotationId(row_id)
        before = last.get(name)
        state = _state_of(json, removed, before)
        notes[name] = Version(state) if before is None else before.followed_by(state)
    return SharedText(title, tuple(Fingerprint(v) for (v,) in versions), notes)


def _state_of(json: str, removed: str | None, before: Version | None) -> State:
    if removed is not None:
        return Removed(moment_of(removed))
    known = None if before is None else before.state
    if isinstance(known, Annotation) and known.json_text == json:
        return known  # as nearly all are: it needn't be understood anew
    return annotation_from_text(json)


def put_notes(
    connection: sqlite3.Connection, text: TextId, notes: Mapping[AnnotationId, State]
) -> None:
    """Let these states hold. Inside `writing`."""
    for name, state in notes.items():
        if isinstance(state, Annotation):
            put_annotation(connection, text, name, state)
        else:
            connection.execute(
                "UPDATE annotation SET removed = ? WHERE text = ? AND id = ?",
                (state.when.astimezone(UTC).isoformat(sep=" "), text, name),
            )


def last_content(connection: sqlite3.Connection, text: TextId) -> bytes | None:
    """Return what the text's file was to hold when it was synced last."""
    row = connection.execute("SELECT content FROM note_sync WHERE text = ?", (text,)).fetchone()
    return None if row is None else row[0]


def put_last_content(connection: sqlite3.Connection, text: TextId, content: bytes) -> None:
    """Remember it. Inside `writing`."""
    connection.execute(
        "INSERT OR REPLACE INTO note_sync (text, content) VALUES (?, ?)", (text, content)
    )
