"""The list of the open text's notes: what it shows, and what comes of what is done in it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from reader.annotations.model import Annotation, AnnotationId
from reader.app.services import Services
from reader.errors import SottovoceError
from reader.text.document import Fingerprint, Span
from reader.ui.background import Background
from reader.ui.margin.annotating import Annotating
from reader.ui.margin.notes_dialog import NotesDialog
from reader.ui.margin.notes_listing import Kind, listed, listed_removed
from reader.ui.window import messages
from reader.ui.window.main_window import MainWindow

_GATHERING_MS = 60
"""How long changes are gathered before the list is made anew: undo may change many notes."""


class NoteList(QObject):
    """One window at a time; it stays open when another text is opened."""

    def __init__(
        self,
        services: Services,
        window: MainWindow,
        background: Background,
        annotating: Annotating,
    ) -> None:
        super().__init__(window)
        self._services = services
        self._background = background
        self._window = window
        self._annotating = annotating
        self._dialog: NotesDialog | None = None
        self._removed: dict[AnnotationId, Annotation] = {}
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
            dialog.return_wanted.connect(self._on_return_wanted)
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
        if dialog.kind is Kind.REMOVED:
            self._list_removed(notebook.document.fingerprint)
            return
        lines = listed(notebook.notes, notebook.document, dialog.kind, dialog.order, dialog.wanted)
        dialog.show_lines(lines)

    def _list_removed(self, fingerprint: Fingerprint) -> None:
        def show(removed: tuple[tuple[Annotation, datetime], ...]) -> None:
            dialog = self._dialog
            if dialog is not None and isValid(dialog) and dialog.kind is Kind.REMOVED:
                self._removed = {annotation.id: annotation for annotation, _ in removed}
                dialog.show_lines(listed_removed(removed, dialog.wanted))

        store = self._services.annotations
        self._background.run(lambda: store.removed_from(fingerprint), show, self._on_failed)

    def _on_return_wanted(self, name: str) -> None:
        annotation = self._removed.get(AnnotationId(name))
        if annotation is not None:
            self._annotating.bring_back(annotation)

    def _on_failed(self, error: SottovoceError) -> None:
        self._window.messages.show_message(messages.about_storage(error))

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
