"""Undo and redo for whatever is done to the annotations of one text."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress

from reader.annotations.anchoring import KnownPlace
from reader.annotations.model import Annotation, AnnotationId
from reader.annotations.note_steps import Change, Step
from reader.annotations.store import AnnotationStore
from reader.errors import StorageUnavailable
from reader.text.document import Document, Fingerprint

LIMIT = 500
"""Steps that can be taken back; the oldest are forgotten first."""


class NoteHistory:
    """Does things to annotations so that they can be undone. Call it from one thread.

    It goes on from what was done the last time. Every method saves before it returns, and returns
    the changes really made, to be shown. All may raise StorageUnavailable; neither the notes nor
    the history have then changed.
    """

    def __init__(
        self, store: AnnotationStore, fingerprint: Fingerprint, limit: int = LIMIT
    ) -> None:
        self._store = store
        self._fingerprint = fingerprint
        done, undone = store.kept_steps(fingerprint)
        self._before = done[0].number - 1 if done else 0
        self._done: deque[Step] = deque(done, maxlen=limit)
        self._undone = undone

    def save(self, *annotations: Annotation) -> tuple[Change, ...]:
        """Add annotations, or change those that are there, as one step."""
        return self.write({annotation.id: annotation for annotation in annotations})

    def remove(self, *ids: AnnotationId) -> tuple[Change, ...]:
        """Remove annotations as one step."""
        return self.write(dict.fromkeys(ids))

    def write(self, wanted: Mapping[AnnotationId, Annotation | None]) -> tuple[Change, ...]:
        """Save and remove (None) as one step. What was undone before can't be done again then."""
        changes = self._store.write(self._fingerprint, wanted)
        if changes:
            last = self._done[-1].number if self._done else self._before
            self._take(Step(last + 1, changes))
        return changes

    def amend(self, wanted: Mapping[AnnotationId, Annotation | None]) -> tuple[Change, ...]:
        """Save and remove as a part of the last step, where that was about the same annotations.

        So what is saved again and again while it is written is undone at once.
        """
        last = self._done[-1] if self._done else None
        if last is None or {change.id for change in last.changes} != wanted.keys():
            return self.write(wanted)
        changes = self._store.write(self._fingerprint, wanted)
        after = {change.id: change.after for change in changes}
        joined = [Change(c.id, c.before, after.get(c.id, c.after)) for c in last.changes]
        self._done.pop()
        self._take(Step(last.number, [one for one in joined if one.before != one.after]))
        return changes

    def complete(
        self, completed: Mapping[AnnotationId, Callable[[Annotation], Annotation]]
    ) -> tuple[Annotation, ...]:
        """Let annotations have more said of their places; it is no step of its own.

        Undone with the last step if that was about them. Return those that have more now.
        """
        wanted: dict[AnnotationId, Annotation] = {}
        for name, complete in completed.items():
            before = self._store.annotation(self._fingerprint, name)
            after = None if before is None else complete(before)
            if after is not None and after != before:
                wanted[name] = after
        changes = {c.id: c for c in self._store.write(self._fingerprint, wanted)}
        last = self._done[-1] if self._done else None
        if changes and last is not None:
            step = Step(last.number, [_followed(c, changes.get(c.id)) for c in last.changes])
            self._done[-1] = step
            self._move(step, is_done=True)
        return tuple(wanted.values())

    def _take(self, step: Step) -> None:
        """Have a step that was just done; to keep it for the next start isn't worth failing for."""
        if step.changes:
            self._done.append(step)
        self._undone.clear()
        with suppress(StorageUnavailable):
            self._store.keep_step(self._fingerprint, step)

    def _move(self, step: Step, *, is_done: bool) -> None:
        with suppress(StorageUnavailable):
            self._store.move_step(self._fingerprint, step, is_done=is_done)

    def keep_text(self, document: Document) -> None:
        """Have the text kept that the annotations stand in, to follow them once it has changed."""
        self._store.keep_text(document)

    def keep_place(self, document: Document, name: AnnotationId, place: KnownPlace) -> None:
        """Remember where an annotation stands for sure in this version; no step of history."""
        self._store.keep_places(document, {name: place})

    def undo(self) -> tuple[Change, ...]:
        """Take the last step back; what was changed meanwhile by others stays as it is."""
        while self._done:
            step = self._done[-1]
            wanted = [change.reverse for change in reversed(step.changes)]
            made = self._store.write_unchanged(self._fingerprint, wanted, is_undo=True)
            self._done.pop()
            undone = Step(step.number, [change.reverse for change in reversed(made)])
            self._move(undone, is_done=False)
            if made:
                self._undone.append(undone)
                return made
        return ()

    def redo(self) -> tuple[Change, ...]:
        """Do the step last undone again; what was changed meanwhile stays as it is."""
        while self._undone:
            step = self._undone[-1]
            made = self._store.write_unchanged(self._fingerprint, step.changes, is_undo=False)
            self._undone.pop()
            done = Step(step.number, made)
            self._move(done, is_done=True)
            if made:
                self._done.append(done)
                return made
        return ()


def _followed(change: Change, next_one: Change | None) -> Change:
    """Return a change with what came right after it as a part of it."""
    if next_one is None or next_one.before != change.after:
        return change
    return Change(change.id, change.before, next_one.after)
