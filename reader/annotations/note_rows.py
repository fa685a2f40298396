"""The rows that annotations are in the database: one read, put in or removed, all put in order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime

from reader.annotations.exchange.envelope import Envelope, EnvelopeKind
from reader.annotations.model import Annotation, AnnotationId, annotation_from_text
from reader.storage.texts import TextId
from reader.text.digest import sha256


def moment_of(stored: str) -> datetime:
    """Return when something was removed, from how that is kept: in UTC if it doesn't say."""
    moment = datetime.fromisoformat(stored)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def current_annotation(
    connection: sqlite3.Connection, text: TextId, name: AnnotationId
) -> Annotation | None:
    """Return an annotation as it is kept, None for one that isn't there or was removed."""
    row = connection.execute(
        "SELECT json FROM annotation WHERE text = ? AND id = ? AND removed IS NULL", (text, name)
    ).fetchone()
    return None if row is None else annotation_from_text(row[0])


def put_annotation(
    connection: sqlite3.Connection, text: TextId, name: AnnotationId, after: Annotation | None
) -> None:
    """Save an annotation, or remove it (None). Inside `writing`."""
    if after is None:
        connection.execute(
            "UPDATE annotation SET removed = datetime('now') WHERE text = ? AND id = ?",
            (text, name),
        )
        return
    connection.execute("DELETE FROM deleted_note WHERE text = ? AND id = ?", (text, name))
    # one that comes back takes its old place in the order
    connection.execute(
        "INSERT INTO annotation (text, id, ordinal, json) VALUES (:text, :id, (SELECT"
        " coalesce(max(ordinal), 0) + 1 FROM annotation WHERE text = :text), :json)"
        " ON CONFLICT (text, id) DO UPDATE SET json = excluded.json, removed = NULL",
        {"text": text, "id": name, "json": after.json_text},
    )


def remember_import(connection: sqlite3.Connection, text: TextId, annotation: Annotation) -> None:
    """Remember what a file of Web Annotations said of one that is here now. Inside `writing`."""
    connection.execute(
        "UPDATE annotation SET imported = ? WHERE text = ? AND id = ?",
        (_digest_of(annotation.json_text), text, annotation.id),
    )


def unchanged_ids(connection: sqlite3.Connection, text: TextId | None) -> frozenset[str]:
    """Return the annotations of a text that say exactly what the file said they came in."""
    rows = connection.execute(
        "SELECT id, json, imported, json IS sidecar_json FROM annotation"
        " WHERE text = ? AND (imported IS NOT NULL OR json IS sidecar_json)",
        (text,),
    )
    return frozenset(
        name
        for name, json, imported, is_sidecars in rows
        if is_sidecars or imported == _digest_of(json)
    )


def _digest_of(json_text: str) -> bytes:
    return sha256(json_text.encode()).digest()


def remember_deletion(connection: sqlite3.Connection, text: TextId, name: AnnotationId) -> None:
    """Remember that the user deleted an annotation. Inside `writing`."""
    connection.execute("INSERT OR IGNORE INTO deleted_note VALUES (?, ?)", (text, name))


def deleted_ids(connection: sqlite3.Connection, text: TextId) -> set[str]:
    """Return the annotations of a text that the user deleted, also those forgotten since."""
    rows = connection.execute("SELECT id FROM deleted_note WHERE text = ?", (text,))
    return {name for (name,) in rows}


def arrange(
    connection: sqlite3.Connection, text: TextId, annotations: Iterable[Annotation]
) -> None:
    """Put a file's annotations in the file's order, behind the others."""
    (last,) = connection.execute(
        "SELECT coalesce(max(ordinal), 0) FROM annotation WHERE text = ?", (text,)
    ).fetchone()
    connection.executemany(
        "UPDATE annotation SET ordinal = ? WHERE text = ? AND id = ?",
        [(last + n, text, annotation.id) for n, annotation in enumerate(annotations, 1)],
    )


def put_envelope(
    connection: sqlite3.Connection, text: TextId, envelope: Envelope, sidecar: bytes | None
) -> None:
    """Keep what stood around a file's annotations.

    What the user imported goes over a sidecar's; a bare list never over a collection or page.
    """
    known = connection.execute(
        "SELECT kind, sidecar FROM envelope WHERE text = ?", (text,)
    ).fetchone()
    bare = (EnvelopeKind.LIST, EnvelopeKind.ANNOTATION)
    if known is not None:
        known_kind, known_sidecar = known
        says_less = envelope.kind in bare and known_kind not in bare
        if known_sidecar is None if sidecar is not None else says_less:
            return
    connection.execute(
        "INSERT OR REPLACE INTO envelope (text, kind, json, held, sidecar) VALUES (?, ?, ?, ?, ?)",
        (text, envelope.kind, envelope.json_text, envelope.held, sidecar),
    )
