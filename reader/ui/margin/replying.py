"""Replies to notes: written below the note they answer, shown whole or folded."""

from __future__ import annotations

from PySide6.QtCore import QObject

from reader.annotations.editing import new_reply
from reader.annotations.model import AnnotationId
from reader.ui.margin.note_making import NoteMaker
from reader.ui.margin.notes_at_hand import NotesAtHand


class Replying(QObject):
    """Writes what is said to a note; a reply that says nothing is none."""

    def __init__(self, at_hand: NotesAtHand, maker: NoteMaker, parent: QObject) -> None:
        super().__init__(parent)
        self._at_hand = at_hand
        self._maker = maker
        at_hand.margin.reply_wanted.connect(self.reply)
        at_hand.margin.thread_pressed.connect(self._on_thread_pressed)

    def reply(self, name: AnnotationId) -> None:
        """Open a card below a note, or below a reply, to answer it."""
        notebook, margin, maker = self._at_hand.notebook, self._at_hand.margin, self._maker
        if notebook is None or notebook.note(name) is None:
            return
        margin.finish_editing()
        answer = new_reply(AnnotationId(name), "", created=maker.now(), creator=maker.creator)
        notebook.unfold_thread(name, is_unfolded=True)
        notebook.add(answer, None)
        margin.edit_card(answer.id)

    def drop_if_empty(self, name: AnnotationId) -> None:
        """Take a reply away in which nothing was written."""
        notebook, reply = self._at_hand.notebook, self._at_hand.annotation(name)
        if notebook is None or reply is None or reply.answered is None:
            return
        if not reply.note_text and not reply.tags:
            notebook.remove(name)

    def _on_thread_pressed(self, name: str) -> None:
        notebook = self._at_hand.notebook
        if notebook is not None:
            notebook.unfold_thread(AnnotationId(name))
