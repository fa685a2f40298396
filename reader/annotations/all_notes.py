"""The notes of all texts with what is known of their texts, for lists that show them together."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from reader.annotations.model import Annotation, annotation_from_text
from reader.annotations.note_rows import moment_of
from reader.annotations.overview import TO_LOOK_AT
from reader.storage.database import Database
from reader.storage.texts import find_text, path_from
from reader.text.document import Fingerprint
from reader.values import value


@value
class NoteOfText:
    """A note of any text. `path` is where that was seen last, None where it never was."""

    annotation: Annotation
    version: Fingerprint
    title: str
    path: Path | None
    needs_look: bool
    """Whether its place in the text's present version isn't sure, or none was found."""


@value
class RemovedNote:
    """A note that was removed from a text, and isn't forgotten yet."""

    annotation: Annotation
    version: Fingerprint
    title: str
    """Of its text; its file's name where it has none."""
    when: datetime


def removed_notes(database: Database, version: Fingerprint | None = None) -> list[RemovedNote]:
    """Return what was removed, the latest first: from a text known in a version, or from all.

    Raises StorageUnavailable.
    """
    with database.reading() as connection:
        text = None if version is None else find_text(connection, version)
        rows = connection.execute(
            "SELECT annotation.json, owner.fingerprint, owner.title, owner.path, annotation.removed"
            " FROM annotation JOIN text AS owner ON owner.id = annotation.text"
            " WHERE annotation.removed IS NOT NULL AND (? OR owner.id = ?)"
            " ORDER BY datetime(annotation.removed) DESC, ordinal",
            (version is None, text),
        ).fetchall()
    return [
        RemovedNote(
            annotation_from_text(json),
            Fingerprint(newest),
            title or ("" if path is None else path_from(path).name),
            moment_of(removed),
        )
        for json, newest, title, path, removed in rows
    ]


def notes_of_all_texts(database: Database) -> tuple[NoteOfText, ...]:
    """Return them text by text, in the order they came. Slow for very many.

    Raises StorageUnavailable.
    """
    with database.reading() as connection:
        rows = connection.execute(
            "SELECT annotation.json, owner.fingerprint, owner.title, owner.path,"
            f" {TO_LOOK_AT} FROM annotation JOIN text AS owner ON owner.id = annotation.text"
            " WHERE annotation.removed IS NULL ORDER BY owner.id, ordinal"
        ).fetchall()
    paths: dict[bytes, Path] = {}
    return tuple(
        NoteOfText(
            annotation_from_text(json),
            Fingerprint(version),
            title,
            None if path is None else paths.setdefault(path, path_from(path)),
            bool(needs_look),
        )
        for json, version, title, path, needs_look in rows
    )
