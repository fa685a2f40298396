"""The notes of all texts with what is known of their texts, for lists that show them together."""

from __future__ import annotations

from pathlib import Path

from reader.annotations.model import Annotation, annotation_from_text
from reader.annotations.overview import TO_LOOK_AT
from reader.storage.database import Database
from reader.storage.texts import path_from
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
