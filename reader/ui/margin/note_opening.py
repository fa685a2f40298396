"""Gets the notes of the open text, beside the window's thread, and puts them in the margin."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reader.annotations.editing import source_of
from reader.annotations.history import NoteHistory
from reader.app.services import OpenText, Services
from reader.errors import SottovoceError
from reader.ui.background import Background, Task
from reader.ui.margin.annotating import Annotating
from reader.ui.margin.note_loading import LoadedNotes, load_notes
from reader.ui.margin.notes_at_hand import SentenceNow


class NoteOpening(QObject):
    """Opens the notes of one text at a time."""

    opened = Signal(object)
    """LoadedNotes: they are shown."""
    failed = Signal(object)
    """SottovoceError: no notes are shown and none can be made."""

    def __init__(
        self,
        services: Services,
        background: Background,
        annotating: Annotating,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._background = background
        self._annotating = annotating
        self._task: Task | None = None

    def open(self, text: OpenText, sentence_now: SentenceNow) -> None:
        """Show the notes of `text`; one of the signals tells how it went."""

        def show(loaded: LoadedNotes) -> None:
            history = NoteHistory(self._services.annotations, text.document.fingerprint)
            self._annotating.open(
                text.document, source_of(text.path), history, loaded.notes, sentence_now
            )
            self.opened.emit(loaded)

        def fail(error: SottovoceError) -> None:
            self.failed.emit(error)

        if self._task is not None:
            self._task.forget()
        self._task = self._background.run(
            lambda: load_notes(self._services.annotations, text.path, text.document), show, fail
        )
