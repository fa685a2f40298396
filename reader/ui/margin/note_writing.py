"""Writing notes: where a card opens for it, and how what is typed in it becomes the note."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reader.annotations.editing import with_note, with_tags
from reader.annotations.model import AnnotationId
from reader.ui.margin.marking.passage_marking import PassageMarking
from reader.ui.margin.note_making import NoteMaker
from reader.ui.margin.notes_at_hand import NotesAtHand
from reader.ui.margin.replying import Replying


class NoteWriting(QObject):
    """Keeps each draft as it is typed; all that is typed at one sitting is one step."""

    def __init__(
        self, at_hand: NotesAtHand, maker: NoteMaker, marking: PassageMarking, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._at_hand = at_hand
        self._maker = maker
        self._marking = marking
        self._replying = Replying(at_hand, maker, self)
        self._drafted: AnnotationId | None = None
        self._begun: AnnotationId | None = None
        margin = at_hand.margin
        margin.note_drafted.connect(self._on_note_drafted)
        margin.note_committed.connect(self._on_note_committed)
        margin.note_abandoned.connect(self._on_note_abandoned)

    def write_note(self) -> None:
        """Write a note on the selection, in the focused card, or on the sentence being read."""
        at_hand, margin = self._at_hand, self._at_hand.margin
        selected = at_hand.selected_spans
        if not selected and at_hand.focused is not None:
            margin.edit_card(at_hand.focused.id)
            return
        span = selected[0] if selected else at_hand.sentence_now()
        if span is None:
            return
        there = at_hand.marked(span)
        if there is not None:
            name: AnnotationId | None = there.annotation.id
        else:
            for other in selected[1:]:  # a note belongs to one section; the rest is highlighted
                self._marking.add(other)
            name = self._begun = self._marking.add(span)
        if name is None:
            return
        at_hand.view.select(None)
        at_hand.view.scroll_to(span.first_place)
        margin.edit_card(name)

    def reply(self) -> None:
        """Write a reply to the focused card's note."""
        focused = self._at_hand.focused
        if focused is not None:
            self._replying.reply(focused.id)

    def _on_note_drafted(self, name: AnnotationId, note: str, tags: tuple[str, ...]) -> None:
        annotation = self._at_hand.annotation(name)
        if annotation is None:
            return
        now = self._maker.now()
        written = with_tags(with_note(annotation, note, now), tags, now)
        self._at_hand.change(written, is_continued=self._drafted == name)
        if written != annotation:
            self._drafted = name

    def _on_note_committed(self, name: AnnotationId, note: str, tags: tuple[str, ...]) -> None:
        self._on_note_drafted(name, note, tags)
        self._drafted = None
        self._replying.drop_if_empty(name)

    def _on_note_abandoned(self, name: AnnotationId) -> None:
        """Take back a note that was begun and in which nothing was written."""
        if name == self._begun and self._at_hand.notebook is not None:
            self._at_hand.notebook.undo()
            self._at_hand.view.setFocus()
        self._begun = None
