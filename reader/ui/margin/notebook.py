"""The notes of the open text: what is shown of them, changed at once and saved behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from reader.annotations.anchoring import Anchor, AnchorState, KnownPlace, anchor
from reader.annotations.history import NoteHistory
from reader.annotations.model import Annotation, AnnotationId, TextPosition, TextQuote
from reader.annotations.store import Change
from reader.app.wording import sentence_for
from reader.errors import SottovoceError, StorageUnavailable
from reader.text.document import Document, Place, Span
from reader.ui.margin.card import CardContent
from reader.ui.margin.note_cards import (
    SAVING,
    AnchoredNote,
    PassageIndex,
    card_of,
    decoration_of,
    ticks_of,
)
from reader.ui.margin.note_saver import NoteSaver, RunInBackground
from reader.ui.view.decorations import Decoration
from reader.values import replaced

NOT_SAVED = "not saved"


class Notebook(QObject):
    """Holds the annotations of one text with their anchors; every change is a step of history.

    A change is seen at once and saved beside the window's thread; until it is on disk its card
    says so where that takes long.
    """

    cards_changed = Signal()
    """`cards` gives something new."""
    passages_changed = Signal()
    """`decorations` and `ticks` give something new: passages came, went or changed colour."""
    taken_back = Signal(object)
    """Changes made by undo or redo."""

    def __init__(
        self,
        document: Document,
        history: NoteHistory,
        notes: Iterable[AnchoredNote],
        run_in_background: RunInBackground,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._history = history
        self._notes = {note.annotation.id: note for note in notes}
        self._anchored_as = dict(self._notes)
        self._cards: dict[AnnotationId, CardContent] = {}
        self._decorations: dict[AnnotationId, Decoration | None] = {}
        self._index: PassageIndex | None = None
        self._has_asked_for_text = False
        self._saver = NoteSaver(run_in_background, self)
        self._saver.saved.connect(self._on_saved)
        self._saver.status_changed.connect(self._on_status_changed)

    @property
    def document(self) -> Document:
        """The text the notes are on."""
        return self._document

    @property
    def is_saved(self) -> bool:
        """Whether everything is on disk."""
        return not self._saver.unsaved

    @property
    def notes(self) -> list[AnchoredNote]:
        """All of them, in no order that matters."""
        return list(self._notes.values())

    def note(self, name: str | None) -> AnchoredNote | None:
        """Return a note by its id, None if there is none such."""
        return None if name is None else self._notes.get(AnnotationId(name))

    def note_on(self, span: Span, motivations: Sequence[str] = ()) -> AnchoredNote | None:
        """Return a note on exactly this passage, of one of the motivations if any are given."""
        for name in (
            self.index.around(span) if not span.is_empty else self.index.at(span.first_place)
        ):
            note = self._notes[name]
            if note.span == span and (not motivations or note.annotation.motivation in motivations):
                return note
        return None

    @property
    def index(self) -> PassageIndex:
        """Finds notes by place."""
        if self._index is None:
            self._index = PassageIndex(self._notes.values())
        return self._index

    @property
    def cards(self) -> list[CardContent]:
        """What the margin shows, one card a note."""
        unsaved = self._saver.unsaved if self._saver.is_slow or self._saver.failure else ()
        for name, note in self._notes.items():
            if name in unsaved:
                self._cards[name] = self._unsaved_card(note)
            elif name not in self._cards:
                self._cards[name] = card_of(note)
        return [self._cards[name] for name in self._notes]

    @property
    def decorations(self) -> list[Decoration]:
        """What is painted under the text."""
        for name, note in self._notes.items():
            if name not in self._decorations:
                self._decorations[name] = decoration_of(note)
        wanted = (self._decorations[name] for name in self._notes)
        return [decoration for decoration in wanted if decoration is not None]

    @property
    def ticks(self) -> list[tuple[Place, str]]:
        """Where the progress line has ticks, and their colours."""
        return ticks_of(self._notes.values())

    # Changes

    def add(self, annotation: Annotation, span: Span) -> None:
        """Add a new annotation made on `span`."""
        made = AnchoredNote(annotation, Anchor(AnchorState.ANCHORED, span, 1.0))
        self._anchored_as[annotation.id] = made
        self.change(annotation)
        if not self._has_asked_for_text:
            self._has_asked_for_text = True
            self._saver.add(self._text_kept, ())

    def change(self, annotation: Annotation, *, is_continued: bool = False) -> None:
        """Show and save another version of a note.

        `is_continued` makes it a part of the last step: one undo takes both back.
        """
        wanted = {annotation.id: annotation}
        save = self._history.amend if is_continued else self._history.write
        self._apply([(annotation.id, annotation)])
        self._saver.add(lambda: save(wanted), wanted)

    def attach(self, annotation: Annotation, span: Span) -> None:
        """Give a note another passage: `annotation` is the note with selectors of `span`."""
        anchor = Anchor(AnchorState.ANCHORED, span, 1.0)
        self._anchored_as[annotation.id] = AnchoredNote(annotation, anchor)
        self.change(annotation)

    def confirm(self, name: AnnotationId) -> None:
        """Take a note's place for sure: the user has looked at it."""
        note = self._notes.get(name)
        if note is None or note.anchor.range is None:
            return
        sure = replaced(note.anchor, state=AnchorState.MOVED, needs_look=False, candidates=())
        self._anchored_as[name] = AnchoredNote(note.annotation, sure)
        self._apply([(name, note.annotation)])
        place = KnownPlace(self._document.fingerprint, *note.anchor.range)
        self._saver.add(lambda: self._place_kept(name, place), ())

    def _place_kept(self, name: AnnotationId, place: KnownPlace) -> tuple[Change, ...]:
        self._history.keep_place(self._document, name, place)
        return ()

    def remove(self, name: AnnotationId) -> None:
        """Remove a note."""
        self._apply([(name, None)])
        self._saver.add(lambda: self._history.remove(name), [name])

    def undo(self) -> None:
        """Take the last step back, once what came before is saved."""
        self._saver.add(self._undone, ())

    def redo(self) -> None:
        """Do the step last undone again."""
        self._saver.add(self._redone, ())

    def flush(self) -> None:
        """Have everything on disk when this returns.

        Raises:
            SottovoceError: it can't be saved.
        """
        self._saver.flush()

    def _text_kept(self) -> tuple[Change, ...]:
        self._history.keep_text(self._document)
        return ()

    def _undone(self) -> tuple[Change, ...]:
        return self._history.undo()

    def _redone(self) -> tuple[Change, ...]:
        return self._history.redo()

    def _apply(self, versions: Iterable[tuple[AnnotationId, Annotation | None]]) -> None:
        has_new_passages = False
        for name, annotation in versions:
            before = self._notes.get(name)
            after = None if annotation is None else self._anchored(annotation)
            self._cards.pop(name, None)
            if after is None:
                self._notes.pop(name, None)
            else:
                self._notes[name] = after
            if _passage(before) != _passage(after):
                self._decorations.pop(name, None)
                has_new_passages = True
        if has_new_passages:
            self._index = None
        self.cards_changed.emit()
        if has_new_passages:
            self.passages_changed.emit()

    def _anchored(self, annotation: Annotation) -> AnchoredNote:
        known = self._anchored_as.get(annotation.id)
        if known is not None and _selectors(known.annotation) == _selectors(annotation):
            return AnchoredNote(annotation, known.anchor)
        found = AnchoredNote(annotation, anchor(annotation, self._document))
        self._anchored_as[annotation.id] = found
        return found

    def _on_saved(self, changes: tuple[Change, ...]) -> None:
        for change in changes:
            self._cards.pop(change.id, None)
        waiting = self._saver.unsaved
        # what undo and redo did is only known now; later changes of the same note are newer
        news = [
            change
            for change in changes
            if change.id not in waiting and self._shown(change.id) != change.after
        ]
        if news:
            self._apply((change.id, change.after) for change in news)
            self.taken_back.emit(news)

    def _shown(self, name: AnnotationId) -> Annotation | None:
        note = self._notes.get(name)
        return None if note is None else note.annotation

    def _on_status_changed(self) -> None:
        self._cards.clear()
        self.cards_changed.emit()

    def _unsaved_card(self, note: AnchoredNote) -> CardContent:
        failure = self._saver.failure
        if failure is None:
            return card_of(note, state=SAVING)
        return card_of(note, state=NOT_SAVED, notice=_failure_words(failure))


def _selectors(annotation: Annotation) -> tuple[TextQuote | None, TextPosition | None]:
    return annotation.target.quote, annotation.target.position


def _passage(note: AnchoredNote | None) -> tuple[Span | None, str] | None:
    return None if note is None else (note.span, note.annotation.colour)


def _failure_words(failure: SottovoceError) -> str:
    if isinstance(failure, StorageUnavailable):
        return f"Not on disk yet: {failure.reason}. It stays here and is tried again."
    return f"{sentence_for(failure)} It stays here and is tried again."
