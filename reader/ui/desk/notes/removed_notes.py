"""What was removed in the last 30 days, from the open text or from all: listed and brought back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QObject
from shiboken6 import isValid

from reader.annotations.all_notes import RemovedNote, removed_notes
from reader.annotations.history import NoteHistory
from reader.annotations.model import AnnotationId
from reader.annotations.store import REMOVED_DAYS
from reader.errors import SottovoceError
from reader.text.document import Fingerprint
from reader.ui.background import Latest
from reader.ui.desk.desk_parts import DeskParts
from reader.ui.margin.annotating import Annotating
from reader.ui.note_list.notes_dialog import NotesDialog
from reader.ui.note_list.notes_listing import listed_removed


class RemovedNotes(QObject):
    """Works on notes of texts that aren't open as well; each is a step of its text's history."""

    def __init__(
        self,
        parts: DeskParts,
        annotating: Annotating,
        listing: Latest,
        changed: Callable[[], None],
        failed: Callable[[SottovoceError], None],
    ) -> None:
        """`listing` asks for whatever the list shows.

        `changed` is called when notes of a text that isn't open came or went.
        """
        super().__init__(parts.window)
        self._services = parts.services
        self._in_turn = parts.background.in_turn()
        self._annotating = annotating
        self._listing = listing
        self._changed = changed
        self._failed = failed
        self._listed: dict[AnnotationId, RemovedNote] = {}

    def list_in(self, dialog: NotesDialog) -> None:
        """Show what was removed from the open text, or from all."""
        services, notebook = self._services, self._annotating.notebook
        version = None
        if not dialog.is_of_all:
            if notebook is None:
                dialog.show_lines([])
                return
            version = notebook.document.fingerprint

        def show(removed: list[RemovedNote]) -> None:
            if isValid(dialog):
                self._listed = {note.annotation.id: note for note in removed}
                dialog.show_lines(listed_removed(removed, dialog.choice.words, _KEPT))

        self._listing.run(lambda: removed_notes(services.database, version), show, self._failed)

    def bring_back(self, name: AnnotationId) -> None:
        """Have a note that is listed again, as it was."""
        note = self._listed.get(name)
        if note is None:
            return
        notebook = self._annotating.notebook
        if notebook is not None and notebook.document.fingerprint == note.version:
            self._annotating.bring_back(note.annotation)
        else:
            self._do(note.version, lambda history: history.save(note.annotation))

    def remove_elsewhere(self, name: AnnotationId, version: Fingerprint) -> None:
        """Remove a note of a text that isn't open."""
        self._do(version, lambda history: history.remove(name))

    def _do(self, version: Fingerprint, do: Callable[[NoteHistory], object]) -> None:
        services = self._services
        self._in_turn.run(
            lambda: do(NoteHistory(services.annotations, version)),
            lambda _: self._changed(),
            self._failed,
        )


_KEPT = timedelta(days=REMOVED_DAYS)
