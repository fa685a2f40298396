"""What has changed in the notes of all texts since somebody looked: for who keeps an index."""

from __future__ import annotations

from reader.annotations.model import Annotation, AnnotationId, annotation_from_text
from reader.storage.database import Database
from reader.storage.texts import TextId
from reader.values import value


@value
class ChangedNote:
    """A note as it is now; `annotation` is None if it was removed."""

    text: TextId
    id: AnnotationId
    annotation: Annotation | None


def last_change(database: Database) -> int:
    """Return the serial of the last change, 0 if there was none. Raises StorageUnavailable."""
    with database.reading() as connection:
        (serial,) = connection.execute(
            "SELECT coalesce(max(serial), 0) FROM annotation_change"
        ).fetchone()
    return int(serial)


def changes_after(
    database: Database, serial: int, most: int = 500
) -> tuple[tuple[ChangedNote, ...], int]:
    """Return the first notes that changed after `serial`, and the serial of the last of them.

    Empty once all have been given. Raises StorageUnavailable.
    """
    with database.reading() as connection:
        rows = connection.execute(
            "SELECT serial, change.text, change.id, json FROM annotation_change AS change"
            " LEFT JOIN annotation ON annotation.text = change.text"
            " AND annotation.id = change.id AND annotation.removed IS NULL"
            " WHERE serial > ? ORDER BY serial LIMIT ?",
            (serial, most),
        ).fetchall()
    notes = tuple(
        ChangedNote(
            TextId(text), AnnotationId(name), None if json is None else annotation_from_text(json)
        )
        for _, text, name, json in rows
    )
    return notes, rows[-1][0] if rows else serial
