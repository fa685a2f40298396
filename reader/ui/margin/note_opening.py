"""Gets the notes of the open text, beside the window's thread, and puts them in the margin."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from reader.annotations.editing import source_of
from reader.annotations.history import NoteHistory
from reader.app.services import OpenText, Services
from reader.errors import SottovoceError
from reader.ui.background import Background
from reader.ui.margin.annotating import Annotating
from reader.ui.margin.note_loading import LoadedNotes, load_notes
from reader.ui.margin.notes_at_hand import SentenceNow

_RESTING_MS = 300
"""Between two looks whether the user still writes, before notes are read anew."""


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
        self._annotating = annotating
        self._loading = background.latest()
        self._wanted: tuple[OpenText, SentenceNow] | None = None
        self._resting = QTimer(self, singleShot=True, interval=_RESTING_MS)
        self._resting.timeout.connect(self._load)

    def open(self, text: OpenText, sentence_now: SentenceNow) -> None:
        """Show the notes of `text`; one of the signals tells how it went.

        If they are shown already and are to be read anew, what is being written isn't disturbed.
        """
        self._wanted = text, sentence_now
        self._load()

    @property
    def is_under_way(self) -> bool:
        """Whether notes that were asked for are still to be shown."""
        return self._loading.is_awaited or self._resting.isActive()

    def forget(self) -> None:
        """Show nothing that was asked for until now."""
        self._loading.forget()
        self._resting.stop()

    def _load(self) -> None:
        assert self._wanted is not None
        text, sentence_now = self._wanted
        self.forget()
        notebook = self._annotating.notebook
        if notebook is not None and self._annotating.is_at_work:
            self._resting.start()
            return
        change_count = 0 if notebook is None else notebook.change_count

        def show(loaded: LoadedNotes) -> None:
            if notebook is not None and (
                self._annotating.is_at_work or notebook.change_count != change_count
            ):
                self._resting.start()  # what was read lacks what was written since
                return
            history = NoteHistory(self._services.annotations, text.document.fingerprint)
            self._annotating.open(
                text.document, source_of(text.path), history, loaded.notes, sentence_now
            )
            self.opened.emit(loaded)

        def fail(error: SottovoceError) -> None:
            self.failed.emit(error)

        self._loading.run(
            lambda: load_notes(self._services.annotations, text.path, text.document), show, fail
        )
