"""The list of the open text's notes: what it shows, and what comes of what is done in it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from reader.annotations.model import AnnotationId
from reader.text.document import Span
from reader.ui.margin.annotating import Annotating
from reader.ui.margin.notes_dialog import NotesDialog
from reader.ui.margin.notes_listing import listed
from reader.ui.window import messages
from reader.ui.window.main_window import MainWindow

_GATHERING_MS = 60
"""How long changes are gathered before the list is made anew: undo may change many notes."""


class NoteList(QObject):
    """One window at a time; it stays open when another text is opened."""

    def __init__(self, window: MainWindow, annotating: Annotating) -> None:
        super().__init__(window)
        self._window = window
        self._annotating = annotating
        self._dialog: NotesDialog | None = None
        self._gathering = QTimer(self, singleShot=True, interval=_GATHERING_MS)
        self._gathering.timeout.connect(self._list)
        annotating.notes_changed.connect(self._gathering.start)

    @property
    def dialog(self) -> NotesDialog | None:
        """The window, while it is open."""
        is_open = self._dialog is not None and isValid(self._dialog) and self._dialog.isVisible()
        return self._dialog if is_open else None

    def show(self) -> None:
        """Open it, or bring it to the front."""
        dialog = self.dialog
        if dialog is None:
            dialog = self._dialog = NotesDialog(self._window.theme, self._window)
            dialog.asked.connect(self._list)
            dialog.note_chosen.connect(self._on_note_chosen)
            dialog.removal_wanted.connect(lambda name: self._annotating.delete_note(name))
            dialog.place_shown.connect(self._show_place)
            dialog.place_accepted.connect(self._on_place_accepted)
            dialog.attachment_wanted.connect(self._on_attachment_wanted)
            self._list()
            dialog.show()
            dialog.search.setFocus()
        dialog.activateWindow()

    def _list(self) -> None:
        dialog, notebook = self.dialog or self._dialog, self._annotating.notebook
        if dialog is None or not isValid(dialog):
            return
        if notebook is None:
            dialog.show_lines([])
            return
        lines = listed(notebook.notes, notebook.document, dialog.kind, dialog.order, dialog.wanted)
        dialog.show_lines(lines)

    def _on_note_chosen(self, name: str) -> None:
        self._annotating.show_note(AnnotationId(name))

    def _show_place(self, span: Span) -> None:
        self._window.view.scroll_to(span.first_place)
        self._window.view.select(span)

    def _on_place_accepted(self, name: str, span: Span | None) -> None:
        self._window.view.select(None)
        self._annotating.settle_place(AnnotationId(name), span)

    def _on_attachment_wanted(self, name: str) -> None:
        if not self._annotating.attach_to_selection(AnnotationId(name)):
            self._window.messages.show_message(messages.NOTHING_SELECTED)
