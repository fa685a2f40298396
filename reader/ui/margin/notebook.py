"""The notes of the open text: what is shown of them, changed at once and saved behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from reader.annotations.anchoring import ORPHANED, Anchor, AnchorState, KnownPlace, anchor
from reader.annotations.history import NoteHistory
from reader.annotations.links import NoteLinks
from reader.annotations.model import Annotation, AnnotationId, TextPosition, TextQuote
from reader.annotations.note_steps import Change
from reader.annotations.threads import Threads
from reader.text.document import Document, Span
from reader.ui.background import RunBeside
from reader.ui.margin.cards.card import CardContent
from reader.ui.margin.cards.card_deck import CardDeck, RunChange, Unsaved
from reader.ui.margin.marking.passage_looks import PassageLooks
from reader.ui.margin.note_cards import AnchoredNote, PassageIndex, Tick
from reader.ui.margin.note_saver import NoteSaver
from reader.ui.margin.place_telling import PlaceTelling, is_place_untold
from reader.ui.view.decorations import Decoration
from reader.values import replaced

_MANY = 100
"""Changed notes from which the index of all is made anew."""


class Notebook(QObject):
    """Holds the annotations of one text with their anchors; every change is a step of history.

    A change is seen at once and saved beside the window's thread; until it is on disk its card
    says so where that takes long.
    """

    cards_changed = Signal()
    """`take_card_changes` gives something."""
    passages_changed = Signal()
    """`take_decoration_changes` and `ticks` give something: passages came, went or changed."""
    saved = Signal()
    """More of what was changed is on disk."""
    taken_back = Signal(object)
    """Changes made by undo or redo."""

    def __init__(
        self,
        document: Document,
        history: NoteHistory,
        notes: Iterable[AnchoredNote],
        run_in_background: RunBeside,
        parent: QObject | None = None,
        *,
        is_whole: bool = True,
    ) -> None:
        """Without `is_whole` there are other notes, whose places are still to be found."""
        super().__init__(parent)
        self._document = document
        self._history = history
        self._notes = {note.annotation.id: note for note in notes}
        self._anchored_as = dict(self._notes)
        self._deck = CardDeck(self._notes)
        self._looks = PassageLooks(self._notes)
        self._telling = PlaceTelling(document, history)
        self._index: PassageIndex | None = None
        self._has_asked_for_text = False
        self.is_whole = is_whole
        """Whether these are all notes of the text."""
        self._meanwhile: dict[AnnotationId, Annotation | None] = {}
        """What became of notes since, until all are there."""
        self.change_count = 0
        """How often notes have come, gone or changed since it was opened."""
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
    def is_at_rest(self) -> bool:
        """Whether what is on disk stays as it is: the places of new notes are told as well."""
        return self._saver.is_idle

    @property
    def notes(self) -> list[AnchoredNote]:
        """All of them, in no order that matters."""
        return list(self._notes.values())

    def note(self, name: str | None) -> AnchoredNote | None:
        """Return a note by its id, None if there is none such."""
        return None if name is None else self._notes.get(AnnotationId(name))

    def holder_of(self, name: AnnotationId) -> AnnotationId | None:
        """Return a note itself, else the one that it was merged into; None if there is neither."""
        if name in self._notes:
            return name
        holders = (note.annotation for note in self._notes.values())
        return next((one.id for one in holders if name in one.merged_ids), None)

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
        """What the margin shows: a card a note, and one for each reply that isn't folded away."""
        return self._deck.cards(lambda place: self.index.at(place), self._unsaved)

    def take_card_changes(self) -> list[RunChange]:
        """Return how the cards differ from what this returned so far; the first time it is all."""
        return self._deck.take_changes(lambda place: self.index.at(place), self._unsaved)

    @property
    def _unsaved(self) -> Unsaved:
        """What cards are to say isn't on disk yet."""
        saver = self._saver
        if saver.is_slow or saver.failure:
            return Unsaved(saver.unsaved, saver.failure)
        return Unsaved()

    def take_decoration_changes(self) -> tuple[list[Decoration], list[Decoration]]:
        """Return what isn't painted under the text any more since this was asked, and what is now.

        The first time that is all.
        """
        return self._looks.take_changes()

    @property
    def ticks(self) -> Sequence[Tick]:
        """Where the progress line has ticks, and their colours."""
        return self._looks.ticks

    @property
    def threads(self) -> Threads:
        """Which notes are replies, and to which."""
        return self._deck.threads

    def root_of(self, name: AnnotationId) -> AnnotationId:
        """Return the note that a reply's thread begins with; any other note itself."""
        return self._deck.threads.roots.get(name, name)

    def span_of(self, name: str | None) -> Span | None:
        """Return a note's passage, for a reply that of the note it answers; None for none."""
        note = None if name is None else self._notes.get(self.root_of(AnnotationId(name)))
        return None if note is None else note.span

    def unfold_thread(self, name: AnnotationId, *, is_unfolded: bool | None = None) -> None:
        """Show all replies to a note or only the last, or the other way round."""
        if self._deck.unfold(self.root_of(name), is_unfolded):
            self.cards_changed.emit()

    def set_links(self, links: NoteLinks) -> None:
        """Show which notes link here, and which links lead nowhere."""
        if self._deck.set_links(links):
            self.cards_changed.emit()

    def bring(self, notes: Iterable[AnchoredNote]) -> None:
        """Show more notes of the text, or some anew, now that their places are found.

        What the user has done to one of them meanwhile stays.
        """
        wanted: dict[AnnotationId, AnchoredNote | None] = {}
        for note in notes:
            name = note.annotation.id
            if name not in self._meanwhile and self._notes.get(name) != note:
                wanted[name] = note
            if name not in self._meanwhile or name not in self._anchored_as:
                self._anchored_as[name] = note
        self._replace(wanted)

    def complete(self) -> None:
        """Take it that all notes of the text are there."""
        self.is_whole, meanwhile, self._meanwhile = True, self._meanwhile, {}
        self._replace(
            {
                name: self._anchored(annotation)
                for name, annotation in meanwhile.items()
                if annotation is not None and name not in self._notes
            }
        )

    # Changes

    def add(self, annotation: Annotation, span: Span | None) -> None:
        """Add a new annotation made on `span`, or a reply (None)."""
        self.change_all({annotation.id: annotation}, {annotation.id: span})

    def change(self, annotation: Annotation, *, is_continued: bool = False) -> None:
        """Show and save another version of a note.

        `is_continued` makes it a part of the last step: one undo takes both back.
        """
        self.change_all({annotation.id: annotation}, is_continued=is_continued)

    def change_all(
        self,
        wanted: Mapping[AnnotationId, Annotation | None],
        made_on: Mapping[AnnotationId, Span | None] | None = None,
        *,
        is_continued: bool = False,
    ) -> None:
        """Show and save versions of several notes, None for those that go, as one step.

        `made_on` are the passages of those that are new or stand elsewhere now, None for a reply.
        """
        for name, span in (made_on or {}).items():
            annotation = wanted[name]
            if annotation is not None:
                anchor = ORPHANED if span is None else Anchor(AnchorState.ANCHORED, span, 1.0)
                self._anchored_as[name] = AnchoredNote(annotation, anchor)
        save = self._history.amend if is_continued else self._history.write
        self._apply(wanted.items())
        self._saver.add(lambda: save(wanted), wanted)
        untold = self._untold(wanted)
        if untold:
            self._saver.add(lambda: self._places_told(untold), ())
        if made_on and not self._has_asked_for_text:
            self._has_asked_for_text = True
            self._saver.add(self._text_kept, ())

    def _untold(self, names: Iterable[AnnotationId]) -> dict[AnnotationId, Span]:
        """Return the passages of those notes whose places are told by quote and position alone."""
        notes = (self._notes.get(name) for name in names)
        return {
            note.annotation.id: note.span
            for note in notes
            if note is not None and note.span is not None and is_place_untold(note)
        }

    def _places_told(self, untold: Mapping[AnnotationId, Span]) -> tuple[Change, ...]:
        self._telling.tell(untold)
        return ()

    def _take_told(self) -> None:
        """Go on with the notes whose places are told more fully now; nothing of it is seen."""
        waiting = self._saver.unsaved
        for note in self._telling.take_told():
            known = self._notes.get(note.id)
            if known is not None and note.id not in waiting:
                self._notes[note.id] = AnchoredNote(note, known.anchor)

    def attach(self, annotation: Annotation, span: Span) -> None:
        """Give a note another passage: `annotation` is the note with selectors of `span`."""
        self.change_all({annotation.id: annotation}, {annotation.id: span})

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
        self.change_all({name: None})

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
        self.change_count += 1
        wanted: dict[AnnotationId, AnchoredNote | None] = {}
        for name, annotation in versions:
            if not self.is_whole:
                self._meanwhile[name] = annotation
                if name not in self._anchored_as and annotation is not None:
                    continue  # its place is being found
            wanted[name] = None if annotation is None else self._anchored(annotation)
        self._replace(wanted)

    def _replace(self, wanted: Mapping[AnnotationId, AnchoredNote | None]) -> None:
        """Show notes as they are now, None for those that are gone."""
        if len(wanted) > _MANY:
            self._index = None
        has_new_passages = False
        for name, after in wanted.items():
            before = self._notes.get(name)
            self._deck.forget(name)
            self._deck.forget_threads(name, before, after)
            if after is None:
                self._notes.pop(name, None)
            else:
                self._notes[name] = after
            if _passage(before) != _passage(after):
                self._looks.forget(name)
                has_new_passages = True
                self._index_anew(before, after)
        self.cards_changed.emit()
        if has_new_passages:
            self.passages_changed.emit()

    def _index_anew(self, before: AnchoredNote | None, after: AnchoredNote | None) -> None:
        if self._index is not None:
            if before is not None:
                self._index.remove(before)
            if after is not None:
                self._index.add(after)

    def _anchored(self, annotation: Annotation) -> AnchoredNote:
        known = self._anchored_as.get(annotation.id)
        if known is not None and _selectors(known.annotation) == _selectors(annotation):
            return AnchoredNote(annotation, known.anchor)
        found = AnchoredNote(annotation, anchor(annotation, self._document))
        self._anchored_as[annotation.id] = found
        return found

    def _on_saved(self, changes: tuple[Change, ...]) -> None:
        self._take_told()
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
        self.saved.emit()

    def _shown(self, name: AnnotationId) -> Annotation | None:
        note = self._notes.get(name)
        return None if note is None else note.annotation

    def _on_status_changed(self) -> None:
        self.cards_changed.emit()


def _selectors(annotation: Annotation) -> tuple[TextQuote | None, TextPosition | None]:
    return annotation.target.quote, annotation.target.position


def _passage(note: AnchoredNote | None) -> tuple[Span | None, str, str] | None:
    """Return all that the text shows of a note."""
    return None if note is None else (note.span, note.annotation.colour, note.annotation.style)
