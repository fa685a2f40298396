"""What was done to a text's annotations, step by step: the values, and how they are kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from reader.annotations.model import Annotation, AnnotationId, annotation_from_text
from reader.storage.texts import TextId
from reader.values import value


@value
class Change:
    """What became of one annotation; `before` or `after` is None where there was or is none."""

    id: AnnotationId
    before: Annotation | None
    after: Annotation | None

    @property
    def reverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.id, self.after, self.before)


class Step:
    """What was done at once: changes that are taken back together, and their place in the row.

    One that comes from the database is read when it is asked for: it may be thousands of notes.
    """

    __slots__ = ("_changes", "_kept", "number")

    def __init__(
        self, number: int, changes: Sequence[Change] | None = None, kept: str = ""
    ) -> None:
        self.number = number
        self._changes = None if changes is None else tuple(changes)
        self._kept = kept

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes, in the order they were made."""
        if self._changes is None:
            self._changes = _changes_from(json.loads(self._kept))
        return self._changes

    def as_text(self) -> str:
        """Return it as it is kept."""

        def text_of(annotation: Annotation | None) -> str | None:
            return None if annotation is None else annotation.json_text

        changes = [[one.id, text_of(one.before), text_of(one.after)] for one in self.changes]
        return json.dumps(changes, ensure_ascii=False)


def put_step(connection: sqlite3.Connection, text: TextId, step: Step, *, is_done: bool) -> None:
    """Keep a step under its number. Inside `writing`."""
    connection.execute(
        "INSERT OR REPLACE INTO note_step (text, number, is_done, json) VALUES (?, ?, ?, ?)",
        (text, step.number, is_done, step.as_text()),
    )


def put_new_step(connection: sqlite3.Connection, text: TextId, step: Step, most: int) -> None:
    """Keep a step that was just done, and forget what was undone. Inside `writing`.

    Twice as many are kept as can be taken back after a restart: some of them may be undone.
    """
    connection.execute(
        "DELETE FROM note_step WHERE text = ? AND (number >= ? OR number < ?)",
        (text, step.number, step.number - 2 * most),
    )
    if step.changes:
        put_step(connection, text, step, is_done=True)


def drop_step(connection: sqlite3.Connection, text: TextId, number: int) -> None:
    """Forget one step. Inside `writing`."""
    connection.execute("DELETE FROM note_step WHERE text = ? AND number = ?", (text, number))


def last_number(connection: sqlite3.Connection, text: TextId | None) -> int:
    """Return the number of the step done last, 0 for none."""
    (number,) = connection.execute(
        "SELECT coalesce(max(number), 0) FROM note_step WHERE text = ? AND is_done", (text,)
    ).fetchone()
    return int(number)


def kept_steps(
    connection: sqlite3.Connection, text: TextId | None, most: int
) -> tuple[list[Step], list[Step]]:
    """Return the last steps done and those undone, each with the latest at the end."""
    done, undone = (
        [
            Step(number, kept=kept)
            for number, kept in connection.execute(
                "SELECT number, json FROM note_step WHERE text = ? AND is_done = ?"
                f" ORDER BY number {order} LIMIT ?",
                (text, is_done, most),
            )
        ][::-1]
        for is_done, order in ((1, "DESC"), (0, "ASC"))
    )
    return done, undone


def _changes_from(changes: list[list[str | None]]) -> tuple[Change, ...]:
    def annotation_of(text: str | None) -> Annotation | None:
        return None if text is None else annotation_from_text(text)

    return tuple(
        Change(AnnotationId(name or ""), annotation_of(before), annotation_of(after))
        for name, before, after in changes
    )
