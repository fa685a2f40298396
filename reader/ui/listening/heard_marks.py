"""Passages marked while listening, to be sorted out later: the listening inbox of a text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QObject, Signal

from reader.annotations.editing import with_span, with_tags
from reader.annotations.model import Annotation, AnnotationId
from reader.text.document import Place, Span
from reader.ui.margin.annotating import Annotating
from reader.values import value

INBOX = "inbox"
"""The tag of a mark that hasn't been looked at; it travels with the note wherever that goes."""

TO_WRITE = "to write"
"""The tag of a mark about which something is to be written."""


@value
class HeardMark:
    """A mark in the inbox: its passage, and whether a note is to be written."""

    id: AnnotationId
    span: Span
    text: str
    is_to_write: bool


class HeardMarks(QObject):
    """Makes marks and does with them what the inbox offers; each is a step that can be undone."""

    changed = Signal()
    """`inbox` may give something else now, after undo too, or with notes from elsewhere."""
    marked = Signal(object)
    """Span: it was just put into the inbox."""
    replay_wanted = Signal(object)
    """Place."""

    def __init__(
        self,
        annotating: Annotating,
        sentence_after: Callable[[Place], Span | None],
        parent: QObject | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self._annotating = annotating
        self._sentence_after = sentence_after
        self._now = now
        annotating.notes_changed.connect(self.changed)

    def mark(self, span: Span, *, is_to_write: bool = False) -> None:
        """Put a passage into the inbox; one that is there already may come to be written on."""
        self._annotating.marking.mark(span, (INBOX, TO_WRITE) if is_to_write else (INBOX,))
        self.marked.emit(span)

    def inbox(self) -> list[HeardMark]:
        """Return the marks of the text that nobody has looked at, in reading order."""
        notebook = self._annotating.notebook
        if notebook is None:
            return []
        found = []
        for note in notebook.notes:
            tags = note.annotation.tags
            if INBOX in tags and note.span is not None:
                # not from the text: its section may have to be read first
                quote = note.annotation.target.quote
                passage = "" if quote is None else " ".join(quote.exact.split())
                found.append(HeardMark(note.annotation.id, note.span, passage, TO_WRITE in tags))
        return sorted(found, key=lambda mark: mark.span)

    def keep(self, name: AnnotationId) -> None:
        """Take a mark out of the inbox and keep it as a highlight."""
        annotation = self._annotation(name)
        if annotation is not None:
            self._change(without_inbox(annotation, self._now()))

    def extend(self, name: AnnotationId) -> None:
        """Let a mark reach to the end of the sentence after it, if that is in the same section."""
        notebook, annotation = self._annotating.notebook, self._annotation(name)
        note = None if notebook is None else notebook.note(name)
        if notebook is None or annotation is None or note is None or note.span is None:
            return
        span = note.span
        following = self._sentence_after(Place(span.section, max(span.start, span.end - 1)))
        if following is not None and following.section == span.section:
            longer = Span(span.section, span.start, following.end)
            self._change(with_span(annotation, notebook.document, longer, self._now()))

    def write_up(self, name: AnnotationId) -> None:
        """Take a mark out of the inbox and open its card to be written in."""
        self.keep(name)
        self._annotating.edit(name)

    def replay(self, name: AnnotationId) -> None:
        """Have the passage read again."""
        notebook = self._annotating.notebook
        note = None if notebook is None else notebook.note(name)
        if note is not None and note.span is not None:
            self.replay_wanted.emit(note.span.first_place)

    def drop(self, name: AnnotationId) -> None:
        """Delete a mark."""
        if self._annotating.notebook is not None and self._annotation(name) is not None:
            self._annotating.notebook.remove(name)

    def _annotation(self, name: AnnotationId) -> Annotation | None:
        notebook = self._annotating.notebook
        note = None if notebook is None else notebook.note(name)
        return None if note is None else note.annotation

    def _change(self, annotation: Annotation) -> None:
        if self._annotating.notebook is not None:
            self._annotating.notebook.change(annotation)


def without_inbox(annotation: Annotation, modified: datetime) -> Annotation:
    """Return it as one that was looked at; its other tags stay."""
    tags = [tag for tag in annotation.tags if tag not in (INBOX, TO_WRITE)]
    return with_tags(annotation, tags, modified)
