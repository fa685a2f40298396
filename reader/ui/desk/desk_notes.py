"""The notes on the desk: loaded, shown beside their text, left only once they are on disk."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reader.app.services import Services
from reader.app.text_opening import OpenText
from reader.errors import SottovoceError
from reader.text.document import Place
from reader.ui.background import Background
from reader.ui.margin.annotating import Annotating
from reader.ui.margin.note_loading import LoadedNotes
from reader.ui.margin.note_opening import NoteOpening
from reader.ui.margin.notes_at_hand import SentenceNow
from reader.ui.window import messages, note_messages
from reader.ui.window.main_window import MainWindow
from reader.ui.window.messages import Message, Subject


class DeskNotes(QObject):
    """Made once the text has been painted: what it needs is imported with it, not before."""

    settled = Signal()
    """The notes of the text are in the margin, or it is known why they are not."""

    def __init__(self, services: Services, window: MainWindow, background: Background) -> None:
        super().__init__(window)
        self._window = window
        self._has_warned_of_loss = False
        self.annotating = Annotating(window.theme, window.view, background.run, self)
        self.annotating.told.connect(lambda words: self._say(Message(Subject.NOTES, words)))
        self.annotating.taken_back.connect(lambda: window.messages.settle(Subject.NOTES))
        # what is on disk was written: nothing hinders it any more
        self.annotating.notes_saved.connect(lambda: window.messages.settle(Subject.STORAGE))
        self._opening = NoteOpening(services, background, self.annotating, self)
        self._opening.begun.connect(self._on_begun)
        self._opening.opened.connect(self._on_opened)
        self._opening.failed.connect(self._on_failed)

    def open(self, text: OpenText, place: Place, sentence_now: SentenceNow) -> None:
        """Put the notes of a text into the margin, those about the place that is read first."""
        self._opening.open(text, place, sentence_now)

    @property
    def are_awaited(self) -> bool:
        """Whether notes of the text are still to come."""
        notebook = self.annotating.notebook
        return self._opening.is_under_way and (notebook is None or not notebook.is_whole)

    def put_away(self) -> bool:
        """Have all on disk and clear the margin; if that can't be, say why and leave all as is."""
        try:
            self.annotating.close()
        except SottovoceError as error:
            self._say(note_messages.about_unsaved(error))
            return False
        self._opening.forget()
        return True

    def may_leave(self) -> bool:
        """Whether all that was written is on disk; if not, say so once, and then let go."""
        try:
            self.annotating.close()
        except SottovoceError as error:
            if self._has_warned_of_loss:
                return True
            self._has_warned_of_loss = True
            self._say(note_messages.about_unsaved(error))
            return False
        return True

    def set_still(self, is_still: bool) -> None:
        """Let cards jump instead of gliding, or glide again."""
        self.annotating.margin.set_reduced_motion(is_still)

    def _on_begun(self) -> None:
        self._window.messages.settle(Subject.STORAGE)
        self._window.transport.set_can_mark(True)

    def _on_opened(self, loaded: LoadedNotes) -> None:
        self._on_begun()
        if loaded.sidecar_problem is not None:
            self._say(note_messages.about_sidecar(loaded.sidecar_problem))
        self.settled.emit()

    def _on_failed(self, error: SottovoceError) -> None:
        self._window.transport.set_can_mark(False)
        self._say(messages.about_storage(error))
        self.settled.emit()

    def _say(self, message: Message) -> None:
        self._window.messages.show_message(message)
