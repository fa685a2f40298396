"""Gets the notes of the open text, beside the window's thread, and puts them in the margin."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from reader.annotations.editing import source_of
from reader.annotations.history import NoteHistory
from reader.app.services import Services
from reader.app.text_opening import OpenText
from reader.text.document import Place
from reader.ui.background import Background
from reader.ui.margin.annotating import Annotating
from reader.ui.margin.note_cards import AnchoredNote
from reader.ui.margin.note_loading import LoadedNotes, load_notes
from reader.ui.margin.notes_at_hand import SentenceNow
from reader.values import value

_RESTING_MS = 300
"""Between two looks whether the user still writes, before notes are read anew."""

_IN_A_TURN = 300
"""Notes that are put into the margin before the window sees to other things."""


@value
class _Wanted:
    """The text whose notes are wanted, and where it is read."""

    text: OpenText
    place: Place
    sentence_now: SentenceNow


class NoteOpening(QObject):
    """Opens the notes of one text at a time."""

    begun = Signal()
    """The notes about the place that is read are shown, and notes can be made."""
    opened = Signal(object)
    """LoadedNotes: all are shown."""
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
        self._wanted: _Wanted | None = None
        self._resting = QTimer(self, singleShot=True, interval=_RESTING_MS)
        self._resting.timeout.connect(self._load)
        self._rest: LoadedNotes | None = None
        self._coming: deque[Sequence[AnchoredNote]] = deque()
        self._bringing = QTimer(self, interval=0)
        self._bringing.timeout.connect(self._bring_some)

    def open(self, text: OpenText, place: Place, sentence_now: SentenceNow) -> None:
        """Show the notes of `text`, those about `place` first; a signal tells how it went.

        If they are shown already and are to be read anew, what is being written isn't disturbed.
        """
        self._wanted = _Wanted(text, place, sentence_now)
        self._load()

    @property
    def is_under_way(self) -> bool:
        """Whether notes that were asked for are still to be shown."""
        return self._loading.is_awaited or self._resting.isActive() or self._bringing.isActive()

    def forget(self) -> None:
        """Show nothing that was asked for until now."""
        self._loading.forget()
        self._resting.stop()
        self._bringing.stop()

    def _load(self) -> None:
        wanted = self._wanted
        assert wanted is not None
        self.forget()
        notebook = self._annotating.notebook
        if notebook is not None and self._annotating.is_at_work:
            self._resting.start()
            return
        change_count = 0 if notebook is None else notebook.change_count

        def show(loaded: LoadedNotes) -> None:
            if notebook is None:
                self._show(wanted, loaded)
            elif loaded.load_all is not None:  # they take the place of those shown all together
                self._loading.run(loaded.load_all, show, self.failed.emit)
            elif self._annotating.is_at_work or notebook.change_count != change_count:
                self._resting.start()  # what was read lacks what was written since
            else:
                self._show(wanted, loaded)

        def load() -> LoadedNotes:
            text = wanted.text
            return load_notes(self._services.annotations, text.path, text.document, wanted.place)

        self._loading.run(load, show, self.failed.emit)

    def _show(self, wanted: _Wanted, loaded: LoadedNotes) -> None:
        """Put notes into the margin, and have the others follow if they aren't all.

        Those read anew take the place of all that are shown at once: none is to be gone meanwhile.
        """
        document = wanted.text.document
        history = NoteHistory(self._services.annotations, document.fingerprint)
        notes: Sequence[AnchoredNote] = loaded.notes
        if self._annotating.notebook is None:
            notes = notes_about(wanted.place, notes, _IN_A_TURN)
        self._annotating.open(
            document,
            source_of(wanted.text.path),
            history,
            notes,
            wanted.sentence_now,
            is_whole=loaded.load_all is None and len(notes) == len(loaded.notes),
        )
        if loaded.load_all is not None:
            self.begun.emit()
            self._loading.run(loaded.load_all, self._bring_rest, self.failed.emit)
        elif len(notes) < len(loaded.notes):
            self.begun.emit()
            self._bring_rest(loaded)
        else:
            self.opened.emit(loaded)

    def _bring_rest(self, loaded: LoadedNotes) -> None:
        notes = sorted(loaded.notes, key=_in_text)
        self._rest = loaded
        self._coming = deque(
            notes[first : first + _IN_A_TURN] for first in range(0, len(notes), _IN_A_TURN)
        )
        self._bringing.start()

    def _bring_some(self) -> None:
        """Show some of the rest, and leave the window a turn before the next ones."""
        notebook = self._annotating.notebook
        if notebook is not None and self._coming:
            notebook.bring(self._coming.popleft())
            return
        self._bringing.stop()
        if notebook is not None and self._rest is not None:
            notebook.complete()
            self.opened.emit(self._rest)


def notes_about(place: Place, notes: Sequence[AnchoredNote], count: int) -> Sequence[AnchoredNote]:
    """Return some `count` of many notes: those that stand nearest to a place, and their replies."""
    if len(notes) <= count:
        return notes
    others = [note for note in notes if note.annotation.answered is not None]
    placed = sorted(
        (note for note in notes if note.span is not None and note.annotation.answered is None),
        key=_in_text,
    )
    at = bisect_left(placed, (False, place.section, place.offset), key=_in_text)
    first = min(max(at - count // 2, 0), max(len(placed) - count, 0))
    found = {note.annotation.id: note for note in placed[first : first + count]}
    while replies := [note for note in others if note.annotation.answered in found]:
        found |= {reply.annotation.id: reply for reply in replies}
        others = [note for note in others if note.annotation.id not in found]
    return tuple(found.values())


def _in_text(note: AnchoredNote) -> tuple[bool, int, int]:
    """Return what sorts notes as they stand, those answered before the answers to them.

    So each of some at a time lie beside each other, and what marks them is put in in one piece.
    """
    span = note.span
    is_answer = note.annotation.answered is not None
    return (is_answer, -1, 0) if span is None else (is_answer, span.section, span.start)
