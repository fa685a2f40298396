"""The notes of the open text: what is shown of them, changed at once and saved behind it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reader.annotations.anchoring import ORPHANED, Anchor, AnchorState, KnownPlace, anchor
from reader.annotations.history import NoteHistory
from reader.annotations.links import NO_LINKS, NoteLinks, addresses_in
from reader.annotations.model import Annotation, AnnotationId, TextPosition, TextQuote
from reader.annotations.note_steps import Change
from reader.annotations.selectors import PROGRESSION
from reader.annotations.threads import Reply, Threads, threads_of
from reader.app.wording import sentence_for
from reader.errors import SottovoceError, StorageUnavailable, UnreadableText
from reader.text.document import Document, Place, Span
from reader.ui.margin.card import CardContent
from reader.ui.margin.note_cards import (
    ALONE,
    SAVING,
    AnchoredNote,
    CardSurroundings,
    PassageIndex,
    Tick,
    card_of,
    decoration_of,
    thread_words,
    tick_of,
)
from reader.ui.margin.note_saver import NoteSaver, RunInBackground
from reader.ui.view.decorations import Decoration
from reader.values import replaced

if TYPE_CHECKING:  # imported with the first note that is made
    from reader.annotations.format_selectors import FormatSelectors

NOT_SAVED = "not saved"

_UNFOLDED_REPLIES = 3
"""So many replies are always shown; of more, the last _FOLDED_REPLIES until they are asked for."""
_FOLDED_REPLIES = 2


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
        self._cards: dict[AnnotationId, tuple[CardSurroundings, CardContent]] = {}
        self._links = NO_LINKS
        self._threads: Threads | None = None
        self._unfolded: frozenset[AnnotationId] = frozenset()
        self._unsaved_shown: set[AnnotationId] = set()
        self._decorations: dict[AnnotationId, Decoration | None] = {}
        self._ticks: dict[AnnotationId, Tick | None] = {}
        self._index: PassageIndex | None = None
        self._format: FormatSelectors | None = None
        self._told: deque[Annotation] = deque()
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
        """What the margin shows: a card a note, and one for each reply that isn't folded away."""
        shown: list[CardContent] = []
        unsaved = self._saver.unsaved if self._saver.is_slow or self._saver.failure else ()
        for name, note, around in self._arranged():
            if around is None:
                shown.append(self._cards[name][1])
                continue
            if name in unsaved:
                self._unsaved_shown.add(name)
                self._cards[name] = around, self._unsaved_card(note, around)
            elif name not in self._cards or self._cards[name][0] != around:
                self._cards[name] = around, card_of(note, around)
            shown.append(self._cards[name][1])
        return shown

    def _arranged(self) -> Iterator[tuple[AnnotationId, AnchoredNote, CardSurroundings | None]]:
        """Yield the notes that have cards, each before the replies to it that are shown.

        None stands for the surroundings of those whose card can't have changed: most of thousands.
        """
        threads, links, cards = self.threads, self._links, self._cards
        roots, answered, unsaved = threads.roots, threads.replies, self._unsaved_shown
        waiting = self._saver.unsaved if self._saver.is_slow or self._saver.failure else ()
        for name, note in self._notes.items():
            if name in roots:
                continue
            if (
                name in cards
                and cards[name][0] is ALONE
                and name not in answered
                and name not in links.here
                and not links.gone
                and name not in unsaved
                and name not in waiting
            ):
                yield name, note, None
                continue
            replies = threads.replies.get(name, ())
            is_unfolded = name in self._unfolded
            is_long = len(replies) > _UNFOLDED_REPLIES
            shown = replies[-_FOLDED_REPLIES:] if is_long and not is_unfolded else replies
            words = thread_words(len(replies), len(shown), is_unfolded=is_long and is_unfolded)
            yield name, note, self._around(note, len(replies), words)
            for reply in shown:
                answer = self._notes[reply.annotation.id]
                yield answer.annotation.id, answer, self._around(answer, root=note, reply=reply)

    def _around(
        self,
        note: AnchoredNote,
        replies: int = 0,
        words: str = "",
        *,
        root: AnchoredNote | None = None,
        reply: Reply | None = None,
    ) -> CardSurroundings:
        links_here = self._links.here.get(note.annotation.id, ())
        gone = self._links.gone
        written = addresses_in(note.annotation.note_text) if gone else ()
        depth = 0 if reply is None else reply.depth
        if not (replies or root or links_here or written):
            return ALONE
        dead = tuple(link for link in written if link in gone)
        return CardSurroundings(root, depth, replies, words, links_here, dead)

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
        for name, note in self._notes.items():
            if name not in self._ticks:
                self._ticks[name] = tick_of(note)
        ticks = [tick for name in self._notes if (tick := self._ticks[name]) is not None]
        ticks.sort(key=itemgetter(0))
        return [(place, colour) for _, place, colour in ticks]

    @property
    def threads(self) -> Threads:
        """Which notes are replies, and to which."""
        if self._threads is None:
            self._threads = threads_of(note.annotation for note in self._notes.values())
        return self._threads

    def root_of(self, name: AnnotationId) -> AnnotationId:
        """Return the note that a reply's thread begins with; any other note itself."""
        return self.threads.roots.get(name, name)

    def span_of(self, name: str | None) -> Span | None:
        """Return a note's passage, for a reply that of the note it answers; None for none."""
        note = None if name is None else self._notes.get(self.root_of(AnnotationId(name)))
        return None if note is None else note.span

    def unfold_thread(self, name: AnnotationId, *, is_unfolded: bool | None = None) -> None:
        """Show all replies to a note or only the last, or the other way round."""
        root = self.root_of(name)
        wanted = root not in self._unfolded if is_unfolded is None else is_unfolded
        if wanted != (root in self._unfolded):
            self._unfolded ^= {root}
            self.cards_changed.emit()

    def set_links(self, links: NoteLinks) -> None:
        """Show which notes link here, and which links lead nowhere."""
        if links != self._links:
            self._links = links
            self.cards_changed.emit()

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
            self._saver.add(lambda: self._completed(untold), ())
        if made_on and not self._has_asked_for_text:
            self._has_asked_for_text = True
            self._saver.add(self._text_kept, ())

    def _untold(self, names: Iterable[AnnotationId]) -> dict[AnnotationId, Span]:
        """Return the passages of those notes whose places are told by quote and position alone."""
        notes = (self._notes.get(name) for name in names)
        return {
            note.annotation.id: note.span
            for note in notes
            if note is not None
            and note.span is not None
            and PROGRESSION not in note.annotation.target.other_selectors
        }

    def _completed(self, spans: Mapping[AnnotationId, Span]) -> tuple[Change, ...]:
        """Have places told in their format's own terms too: the file may be read for that."""
        if self._format is None:
            from reader.annotations.format_selectors import FormatSelectors

            self._format = FormatSelectors(self._document)
        complete = self._format.completed
        with suppress(UnreadableText):
            told = self._history.complete(
                {name: partial(_swapped, complete, span) for name, span in spans.items()}
            )
            self._told.extend(told)
        return ()

    def _take_told(self) -> None:
        """Go on with the notes whose places are told more fully now; nothing of it is seen."""
        waiting = self._saver.unsaved
        while self._told:
            note = self._told.popleft()
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
        has_new_passages = False
        for name, annotation in versions:
            before = self._notes.get(name)
            after = None if annotation is None else self._anchored(annotation)
            self._cards.pop(name, None)
            if before is None or after is None or after.annotation.answered is not None:
                self._threads = None
            if after is None:
                self._notes.pop(name, None)
            else:
                self._notes[name] = after
            if _passage(before) != _passage(after):
                self._decorations.pop(name, None)
                self._ticks.pop(name, None)
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
        for name in self._unsaved_shown | self._saver.unsaved:
            self._cards.pop(name, None)
        self._unsaved_shown.clear()
        self.cards_changed.emit()

    def _unsaved_card(self, note: AnchoredNote, around: CardSurroundings) -> CardContent:
        failure = self._saver.failure
        if failure is None:
            return card_of(note, around, state=SAVING)
        return card_of(note, around, state=NOT_SAVED, notice=_failure_words(failure))


def _swapped(
    complete: Callable[[Annotation, Span], Annotation], span: Span, note: Annotation
) -> Annotation:
    return complete(note, span)


def _selectors(annotation: Annotation) -> tuple[TextQuote | None, TextPosition | None]:
    return annotation.target.quote, annotation.target.position


def _passage(note: AnchoredNote | None) -> tuple[Span | None, str, str] | None:
    """Return all that the text shows of a note."""
    return None if note is None else (note.span, note.annotation.colour, note.annotation.style)


def _failure_words(failure: SottovoceError) -> str:
    if isinstance(failure, StorageUnavailable):
        return f"Not on disk yet: {failure.reason}. It stays here and is tried again."
    return f"{sentence_for(failure)} It stays here and is tried again."
