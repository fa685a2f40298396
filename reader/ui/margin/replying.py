"""Replies to notes: written below the note they answer, shown whole or folded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from reader.annotations.editing import new_reply
from reader.annotations.model import AnnotationId
from reader.ui.margin.margin import Margin
from reader.ui.margin.notebook import Notebook


class Replying(QObject):
    """Writes what is said to a note; a reply that says nothing is none."""

    def __init__(
        self,
        margin: Margin,
        notebook: Callable[[], Notebook | None],
        new_by: Callable[[], tuple[datetime, str]],
        parent: QObject,
    ) -> None:
        """`new_by` gives the moment and the name that a new reply carries."""
        super().__init__(parent)
        self._margin = margin
        self._notebook = notebook
        self._new_by = new_by
        margin.reply_wanted.connect(self.reply)
        margin.thread_pressed.connect(self._on_thread_pressed)

    def reply(self, name: AnnotationId) -> None:
        """Open a card below a note, or below a reply, to answer it."""
        notebook = self._notebook()
        if notebook is None or notebook.note(name) is None:
            return
        self._margin.finish_editing()
        created, creator = self._new_by()
        answer = new_reply(AnnotationId(name), "", created=created, creator=creator)
        notebook.unfold_thread(name, is_unfolded=True)
        notebook.add(answer, None)
        self._margin.edit_card(answer.id)

    def drop_if_empty(self, name: AnnotationId) -> None:
        """Take a reply away in which nothing was written."""
        notebook = self._notebook()
        note = None if notebook is None else notebook.note(name)
        if notebook is None or note is None or note.annotation.answered is None:
            return
        if not note.annotation.note_text and not note.annotation.tags:
            notebook.remove(name)

    def _on_thread_pressed(self, name: str) -> None:
        notebook = self._notebook()
        if notebook is not None:
            notebook.unfold_thread(AnnotationId(name))
