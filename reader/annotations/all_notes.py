"""The notes of all texts with what is known of their texts, for lists that show them together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from reader.annotations.model import Annotation, AnnotationId, annotation_from_text
from reader.annotations.note_rows import moment_of
from reader.annotations.overview import TO_LOOK_AT
from reader.storage.database import Database
from reader.storage.texts import TextId, find_text, path_from
from reader.text.document import Fingerprint
from reader.values import value


@value
class NoteOfText:
    """A note of any text; `title` is that text's, or its file's name where it has none."""

    annotation: Annotation
    text: TextId
    version: Fingerprint
    title: str
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


class NotesOfAllTexts:
    """Reads the notes of all texts, text by text; what hasn't changed since is read only once.

    Used by one thread at a time.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: dict[TextId, tuple[_TextState, tuple[NoteOfText, ...]]] = {}

    def by_text(self) -> Iterator[tuple[NoteOfText, ...]]:
        """Yield the notes of each text that has any, in the order they came; texts by title.

        Those of a text in which nothing has changed are the very tuple that was given before.

        Raises StorageUnavailable.
        """
        states = self._states()
        gone = self._read.keys() - {state.text for state in states}
        for text in gone:
            del self._read[text]
        for state in states:
            known = self._read.get(state.text)
            if known is None or known[0] != state:
                notes = self._notes_of(state, () if known is None else known[1])
                known = self._read[state.text] = state, notes
            if known[1]:
                yield known[1]

    def _states(self) -> list[_TextState]:
        with self._database.reading() as connection:
            rows = connection.execute(_STATES).fetchall()
        states = [
            _TextState(
                TextId(text),
                Fingerprint(version),
                title,
                None if path is None else path_from(path),
                changed,
                placed,
            )
            for text, version, title, path, changed, placed in rows
        ]
        return sorted(states, key=lambda state: (state.shown_title, state.text))

    def _notes_of(self, state: _TextState, known: tuple[NoteOfText, ...]) -> tuple[NoteOfText, ...]:
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT annotation.id, annotation.json, {TO_LOOK_AT} FROM annotation"
                " WHERE annotation.text = ? AND annotation.removed IS NULL ORDER BY ordinal",
                (state.text,),
            ).fetchall()
        before = {note.annotation.id: note for note in known}

        def note(name: AnnotationId, json: str, needs_look: int) -> NoteOfText:
            kept = before.get(name)
            is_same = kept is not None and kept.annotation.json_text == json
            annotation = kept.annotation if kept and is_same else annotation_from_text(json)
            made = NoteOfText(
                annotation, state.text, state.version, state.shown_title, bool(needs_look)
            )
            return kept if kept and is_same and _told_alike(kept, made) else made

        return tuple(note(*row) for row in rows)


def _told_alike(one: NoteOfText, other: NoteOfText) -> bool:
    """Whether all but the annotation is the same."""
    return (one.version, one.title, one.needs_look) == (
        other.version,
        other.title,
        other.needs_look,
    )


@value
class _TextState:
    """A text with what tells whether anything about its notes has changed."""

    text: TextId
    version: Fingerprint
    title: str
    path: Path | None
    last_change: int
    placed: str

    @property
    def shown_title(self) -> str:
        return self.title or ("A text without a title" if self.path is None else self.path.name)


# which notes have a sure place is told by how many there are and where, not note by note
_STATES = """
    WITH changed AS (SELECT text, max(serial) AS serial FROM annotation_change GROUP BY text),
    placed AS (SELECT text, fingerprint, count(*) || ' ' || sum(first + behind) AS places
        FROM note_place GROUP BY text, fingerprint)
    SELECT owner.id, owner.fingerprint, owner.title, owner.path, changed.serial,
        coalesce(placed.places, '')
    FROM changed JOIN text AS owner ON owner.id = changed.text
    LEFT JOIN placed ON placed.text = owner.id AND placed.fingerprint = owner.fingerprint
"""
