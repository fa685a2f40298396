"""Keeps annotations: each on disk before the call that saves it returns, none ever lost.

The annotations of a text are those of all its versions: an edited file brings its notes along.
What a sidecar file holds is kept here too, beside what the user made of it, so that the user's
edits and deletions win over the file, and notes left alone follow it when it changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from reader.annotations.anchoring import KnownPlace, Past
from reader.annotations.exchange.envelope import AnnotationFile, Envelope, EnvelopeKind
from reader.annotations.kept_texts import (
    is_text_kept,
    is_text_wanted,
    note_made,
    packed_text,
    put_places,
    put_text,
    read_past,
)
from reader.annotations.model import Annotation, AnnotationId, annotation_from_text
from reader.annotations.note_rows import (
    arrange,
    current_annotation,
    deleted_ids,
    put_annotation,
    put_envelope,
    remember_deletion,
    remember_import,
    unchanged_ids,
)
from reader.annotations.note_steps import (
    Change,
    Step,
    drop_step,
    kept_steps,
    last_number,
    put_new_step,
    put_step,
)
from reader.annotations.sidecar import digest_of, follow_sidecar, sidecar_content, sidecar_path
from reader.storage.database import Database
from reader.storage.texts import find_text, path_from, remember_text, stored_path
from reader.text.document import Document, Fingerprint
from reader.values import value

REMOVED_DAYS = 30
"""How long what was removed can be brought back."""

KEPT_STEPS = 50
"""Steps that can be taken back after a restart."""


@value
class ImportReport:
    """How many notes of a file are new here, changed one here, or were left: same or older.

    `deleted` are left, too: the user deleted them here, and the file is another reader's.
    """

    added: int
    changed: int
    left: int
    deleted: int = 0


@value
class NotedText:
    """A text that has annotations: its newest version and its title, which may be empty.

    `path` is where its file was seen last, None where none ever was.
    """

    fingerprint: Fingerprint
    title: str
    path: Path | None = None


class AnnotationStore:
    """The annotations of all texts. Any thread may call it; every call may wait for the disk.

    Every method may raise StorageUnavailable; nothing of what it should write is then written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_document(self, fingerprint: Fingerprint) -> tuple[Annotation, ...]:
        """Return the annotations of a text known in this version, in the order they came."""
        with self._database.reading() as connection:
            text = find_text(connection, fingerprint)
            if text is None:
                return ()
            rows = connection.execute(
                "SELECT json FROM annotation WHERE text = ? AND removed IS NULL ORDER BY ordinal",
                (text,),
            ).fetchall()
        return tuple(annotation_from_text(text) for (text,) in rows)

    def unchanged_since_import(self, fingerprint: Fingerprint) -> frozenset[str]:
        """Return the ids of those that say exactly what the file said that they came in."""
        with self._database.reading() as connection:
            return unchanged_ids(connection, find_text(connection, fingerprint))

    def annotation(self, fingerprint: Fingerprint, name: AnnotationId) -> Annotation | None:
        """Return one annotation of a text; None if it isn't there, or was removed."""
        with self._database.reading() as connection:
            text = find_text(connection, fingerprint)
            return None if text is None else current_annotation(connection, text, name)

    def forget_removed(self) -> int:
        """Forget what was removed more than REMOVED_DAYS ago; return how many that were.

        What a sidecar file still holds is not forgotten: it would come back from there.
        """
        with self._database.writing() as connection:
            forgotten = connection.execute(
                "DELETE FROM annotation WHERE sidecar IS NULL"
                " AND datetime(removed) < datetime('now', ?)",
                (f"-{REMOVED_DAYS} days",),
            )
        return forgotten.rowcount

    def noted_texts(self) -> tuple[NotedText, ...]:
        """Return every text that has annotations, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT fingerprint, title, path FROM text WHERE EXISTS (SELECT 1 FROM annotation"
                " WHERE annotation.text = text.id AND removed IS NULL) ORDER BY id"
            ).fetchall()
        return tuple(
            NotedText(Fingerprint(fingerprint), title, None if path is None else path_from(path))
            for fingerprint, title, path in rows
        )

    def is_version_of(self, fingerprint: Fingerprint, document: Document, path: Path) -> bool:
        """Whether what was read from `path` is the text that had this version, perhaps edited."""
        with self._database.reading() as connection:
            text = find_text(connection, fingerprint)
            return text is not None and text == find_text(connection, document.fingerprint, path)

    def envelope_of(self, fingerprint: Fingerprint) -> Envelope | None:
        """Return what stood around the text's annotations in the file they came from."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT kind, json, held FROM envelope WHERE text = ?",
                (find_text(connection, fingerprint),),
            ).fetchone()
        return None if row is None else Envelope(EnvelopeKind(row[0]), row[1], row[2])

    def save(self, fingerprint: Fingerprint, *annotations: Annotation) -> tuple[Change, ...]:
        """Add or replace annotations; return what changed by it. On disk when it returns."""
        return self.write(fingerprint, {annotation.id: annotation for annotation in annotations})

    def remove(self, fingerprint: Fingerprint, *ids: AnnotationId) -> tuple[Change, ...]:
        """Remove annotations; return what changed by it."""
        return self.write(fingerprint, dict.fromkeys(ids))

    def write(
        self, fingerprint: Fingerprint, wanted: Mapping[AnnotationId, Annotation | None]
    ) -> tuple[Change, ...]:
        """Save and remove (None) together, all or nothing; return what changed by it."""
        with self._database.writing() as connection:
            text = remember_text(connection, fingerprint)
            changes = []
            for name, after in wanted.items():
                before = current_annotation(connection, text, name)
                if before != after:
                    put_annotation(connection, text, name, after)
                    note_made(connection, text, fingerprint, before, after)
                    changes.append(Change(name, before, after))
                    if after is None:
                        remember_deletion(connection, text, name)
        return tuple(changes)

    def write_unchanged(
        self, fingerprint: Fingerprint, wanted: Sequence[Change], *, is_undo: bool = False
    ) -> tuple[Change, ...]:
        """Make those changes whose annotation is still as `before` says; return these.

        To undo that something came in is not to delete it: it may be imported again.
        """
        with self._database.writing() as connection:
            text = remember_text(connection, fingerprint)
            possible = [
                change
                for change in wanted
                if current_annotation(connection, text, change.id) == change.before
            ]
            for change in possible:
                put_annotation(connection, text, change.id, change.after)
                note_made(connection, text, fingerprint, change.before, change.after)
                if change.after is None and not is_undo:
                    remember_deletion(connection, text, change.id)
        return tuple(possible)

    def kept_steps(self, fingerprint: Fingerprint) -> tuple[list[Step], list[Step]]:
        """Return the last steps done to a text's annotations, and those undone, latest last."""
        with self._database.reading() as connection:
            return kept_steps(connection, find_text(connection, fingerprint), KEPT_STEPS)

    def keep_step(self, fingerprint: Fingerprint, step: Step) -> None:
        """Keep what was just done to a text's annotations; what was undone is forgotten."""
        with self._database.writing() as connection:
            put_new_step(connection, remember_text(connection, fingerprint), step, KEPT_STEPS)

    def move_step(self, fingerprint: Fingerprint, step: Step, *, is_done: bool) -> None:
        """Keep that a step was undone, or done again; forget it if there was nothing to do."""
        with self._database.writing() as connection:
            text = remember_text(connection, fingerprint)
            if step.changes:
                put_step(connection, text, step, is_done=is_done)
            else:
                drop_step(connection, text, step.number)

    def past_of(self, fingerprint: Fingerprint) -> Past:
        """Return what is kept of a text's versions, to find its annotations again."""
        return read_past(self._database, fingerprint)

    def keep_text(self, document: Document) -> None:
        """Keep the text of this version if annotations stand in it, for when it has changed.

        Quick when it is kept already; else a third of a second for a text of 6 MB.
        """
        with self._database.reading() as connection:
            is_wanted = is_text_wanted(connection, document.fingerprint)
        if is_wanted:
            content = packed_text(document)
            with self._database.writing() as connection:
                text = remember_text(connection, document.fingerprint)
                put_text(connection, text, document.fingerprint, content)

    def keep_places(self, document: Document, places: Mapping[AnnotationId, KnownPlace]) -> None:
        """Remember where annotations stand for sure in this version, and keep its text for it.

        Their own selectors stay as they are. Also for those the user has looked at.
        """
        with self._database.reading() as connection:
            is_kept = is_text_kept(connection, document.fingerprint)
        packed = None if is_kept else packed_text(document)
        with self._database.writing() as connection:
            text = remember_text(connection, document.fingerprint)
            if packed is not None:
                put_text(connection, text, document.fingerprint, packed)
            put_places(connection, text, places)

    def bring_along(self, text_path: Path, document: Document) -> None:
        """Make sure that notes made on an earlier version of this file are this version's too."""
        with self._database.reading() as connection:
            text = find_text(connection, document.fingerprint, text_path)
            is_known = text is not None and (
                connection.execute(
                    "SELECT 1 FROM text JOIN text_file ON text_file.text = text.id"
                    " WHERE text.id = ? AND fingerprint = ? AND text_file.path = ?",
                    (text, document.fingerprint, stored_path(text_path)),
                ).fetchone()
                is not None
            )
        if text is not None and not is_known:
            with self._database.writing() as connection:
                remember_text(connection, document.fingerprint, text_path)

    def read_sidecar(self, text_path: Path, document: Document) -> bool:
        """Take over what the file beside a text says; return whether the notes may have changed.

        The file is never written. Where it is gone, what it held stays.

        Raises:
            NotesUnreadable: the file isn't legal; the notes are as they were.
        """
        self.bring_along(text_path, document)
        path = sidecar_path(text_path)
        content = sidecar_content(path)
        if content is None:
            return False
        key, digest = stored_path(path), digest_of(content)
        with self._database.reading() as connection:
            known = connection.execute(
                "SELECT text, digest FROM sidecar WHERE path = ?", (key,)
            ).fetchone()
            if known == (find_text(connection, document.fingerprint), digest):
                return False
        # its rules are not wanted before the window's first frame
        from reader.annotations.exchange.web_annotations.web_annotation import read_annotations

        read = read_annotations(content, path)
        with self._database.writing() as connection:
            text = remember_text(connection, document.fingerprint, text_path)
            follow_sidecar(connection, text, key, read)
            connection.execute(
                "INSERT OR REPLACE INTO sidecar (path, text, digest) VALUES (?, ?, ?)",
                (key, text, digest),
            )
        return True

    def import_file(
        self, text_path: Path, document: Document, read: AnnotationFile
    ) -> ImportReport:
        """Take over a file's annotations, as one step that can be undone.

        One that was changed here later than there is left. Where the file's format says less than
        is kept here, one that is here already takes over no more than what was written to it and
        how it looks. Where the file isn't of Web Annotations, one that the user deleted is left
        out: other readers know nothing of deletions here.
        """
        from reader.annotations.editing import brought_up_to_date  # not wanted at the start

        changes: list[Change] = []
        deleted = 0
        with self._database.writing() as connection:
            text = remember_text(connection, document.fingerprint, text_path)
            unwanted = set() if read.has_envelope else deleted_ids(connection, text)
            for annotation in read.annotations:
                before = current_annotation(connection, text, annotation.id)
                if before is not None and not read.is_whole:
                    annotation = brought_up_to_date(before, annotation)
                if before is not None and (before == annotation or _is_newer(before, annotation)):
                    continue
                if before is None and annotation.id in unwanted:
                    deleted += 1
                    continue
                put_annotation(connection, text, annotation.id, annotation)
                if read.has_envelope:
                    remember_import(connection, text, annotation)
                changes.append(Change(annotation.id, before, annotation))
            arrange(connection, text, read.annotations)
            if read.has_envelope:
                put_envelope(connection, text, read.envelope, None)
            if changes:
                step = Step(last_number(connection, text) + 1, changes)
                put_new_step(connection, text, step, KEPT_STEPS)
        added = sum(change.before is None for change in changes)
        left = len(read.annotations) - len(changes) - deleted
        return ImportReport(added, len(changes) - added, left, deleted)


def _is_newer(here: Annotation, there: Annotation) -> bool:
    return (
        here.modified is not None and there.modified is not None and here.modified > there.modified
    )
