"""Which cards the notes of a text have: threads folded, links shown; tells what changed of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from reader.annotations.links import NO_LINKS, NamedNote, NoteLinks, addresses_in
from reader.annotations.model import Annotation, AnnotationId
from reader.annotations.threads import Reply, Threads, threads_among
from reader.app.wording import sentence_for
from reader.errors import SottovoceError, StorageUnavailable
from reader.text.document import Place
from reader.ui.margin.cards.card import CardContent
from reader.ui.margin.note_cards import (
    ALONE,
    SAVING,
    AnchoredNote,
    CardSurroundings,
    card_of,
    linked_place_card,
    thread_words,
)
from reader.values import value

NOT_SAVED = "not saved"

_UNFOLDED_REPLIES = 3
"""So many replies are always shown; of more, the last _FOLDED_REPLIES until they are asked for."""
_FOLDED_REPLIES = 2

Run = tuple[CardContent, ...]
"""A note's card and, right behind it, those of the replies to it that are shown; () for none."""

NotesAt = Callable[[Place], Sequence[AnnotationId]]
_LinksHere = Mapping[AnnotationId, tuple[NamedNote, ...]]
_LinkedPlaces = Mapping[AnnotationId, Run]


@value
class RunChange:
    """Cards that stood together and what has come in their place, one of them ()."""

    before: Run
    now: Run


@value
class Unsaved:
    """The notes whose cards say that they aren't on disk yet, and why that failed, if it did."""

    names: Set[AnnotationId] = frozenset()
    failure: SottovoceError | None = None


class CardDeck:
    """Makes cards of `notes`, which others change: they tell it of what."""

    def __init__(self, notes: Mapping[AnnotationId, AnchoredNote]) -> None:
        self._notes = notes
        self._runs: dict[AnnotationId, Run] = {}
        """As they were given last, by their first card."""
        self._stale: dict[AnnotationId, None] = dict.fromkeys(notes)
        """The notes whose cards may be others than those given last, in order."""
        self._threads: Threads | None = None
        self._threads_shown = Threads({}, {}, frozenset())
        self._answering: dict[AnnotationId, Annotation] | None = None
        self._holders: dict[AnnotationId, AnnotationId] = {}
        self._unfolded: frozenset[AnnotationId] = frozenset()
        self._links = NO_LINKS
        self._here_shown: _LinksHere = NO_LINKS.here
        self._places_shown: frozenset[AnnotationId] = frozenset()
        self._unsaved_shown: Set[AnnotationId] = frozenset()

    @property
    def threads(self) -> Threads:
        """Which notes are replies, and to which."""
        if self._answering is None:
            annotations = [note.annotation for note in self._notes.values()]
            self._answering = {a.id: a for a in annotations if a.answered is not None}
            self._holders = {gone: a.id for a in annotations for gone in a.merged_ids}
        if self._threads is None:
            self._threads = threads_among(self._answering.values(), self._notes, self._holders)
        return self._threads

    # What it is told

    def forget(self, name: AnnotationId) -> None:
        """Make a note's card anew: it says something else, or looks otherwise."""
        self._stale[name] = None

    def forget_threads(
        self, name: AnnotationId, before: AnchoredNote | None, after: AnchoredNote | None
    ) -> None:
        """Find anew who answers whom, where a note that came, went or changed has a part in it."""
        if self._answering is None:
            return
        for note in (before, after):
            for gone in () if note is None else note.annotation.merged_ids:
                self._holders.pop(gone, None)
                if note is after:
                    self._holders[gone] = name
        is_reply = any(n is not None and n.annotation.answered is not None for n in (before, after))
        self._answering.pop(name, None)
        if after is not None and after.annotation.answered is not None:
            self._answering[name] = after.annotation
        is_kept = before is not None and after is not None
        threads = self._threads
        is_answered = threads is not None and (name in threads.replies or bool(threads.stray))
        if is_reply or (is_answered and not is_kept):
            self._threads = None

    def unfold(self, root: AnnotationId, is_unfolded: bool | None) -> bool:
        """Show all replies to a note or only the last, None: the other way round than now.

        Returns whether that changed anything.
        """
        wanted = root not in self._unfolded if is_unfolded is None else is_unfolded
        if wanted == (root in self._unfolded):
            return False
        self._unfolded ^= {root}
        self.forget(root)
        return True

    def set_links(self, links: NoteLinks) -> bool:
        """Show which notes link here, and which links lead nowhere; return whether that is new."""
        is_new = links != self._links
        if links.gone != self._links.gone:
            self._stale |= dict.fromkeys(self._notes)  # any of them may have such a link
        self._links = links
        return is_new

    # What it gives

    def cards(self, notes_at: NotesAt, unsaved: Unsaved) -> list[CardContent]:
        """Return a card for each note but replies that are folded away, and for linked places.

        Those are places without a note that notes lead to; `notes_at` finds the notes at a place.
        """
        here, places = self._links_by_end(notes_at)
        runs = (self._run_of(name, here, unsaved) for name in self._notes)
        return [card for run in (*runs, *places.values()) for card in run]

    def take_changes(self, notes_at: NotesAt, unsaved: Unsaved) -> list[RunChange]:
        """Return how the cards differ from what this returned so far; the first time it is all."""
        here, places = self._links_by_end(notes_at)
        if here is not self._here_shown:
            self._stale |= dict.fromkeys(_differing(self._here_shown, here))
        self._stale |= dict.fromkeys(unsaved.names | self._unsaved_shown)
        names = self._stale_roots()
        now = {name: self._run_of(name, here, unsaved) for name in names}
        now |= dict.fromkeys(self._places_shown, ())
        now |= places
        changes = []
        for name, run in now.items():
            before = self._runs.get(name, ())
            if run != before:
                changes.append(RunChange(before, run))
                if run:
                    self._runs[name] = run
                else:
                    del self._runs[name]
        self._stale.clear()
        self._threads_shown, self._here_shown = self.threads, here
        self._places_shown, self._unsaved_shown = frozenset(places), unsaved.names
        return changes

    def _stale_roots(self) -> Iterable[AnnotationId]:
        """Return the notes that may have other runs now, by themselves or for their replies."""
        now, shown = self.threads, self._threads_shown
        if now is not shown:
            for root in _differing(shown.replies, now.replies):
                self._stale[root] = None
                for threads in (now, shown):
                    replies = threads.replies.get(root, ())
                    self._stale |= dict.fromkeys(r.annotation.id for r in replies)
        roots = dict(self._stale)
        for threads in (now, shown):
            if threads.roots:
                roots |= {threads.roots[one]: None for one in self._stale if one in threads.roots}
        return roots

    def _links_by_end(self, notes_at: NotesAt) -> tuple[_LinksHere, _LinkedPlaces]:
        """Return the links to notes, those to places in their passages included, and the others."""
        if not self._links.places:
            return self._links.here, {}
        here: dict[AnnotationId, tuple[NamedNote, ...]] = dict(self._links.here)
        elsewhere: dict[AnnotationId, Run] = {}
        for place, links in self._links.places.items():
            name = next(iter(notes_at(place)), None)
            if name is None:
                card = linked_place_card(place, links)
                elsewhere[card.id] = (card,)
            else:
                named = dict.fromkeys((*here.get(name, ()), *links))
                here[name] = tuple(link for link in named if link.id != name)
        return here, elsewhere

    def _run_of(self, name: AnnotationId, here: _LinksHere, unsaved: Unsaved) -> Run:
        """Return the cards that begin with a note's; none for a reply, whose note has it."""
        note = self._notes.get(name)
        if note is None or name in self.threads.roots:
            return ()
        return tuple(
            card_of(one, around)
            if one.annotation.id not in unsaved.names
            else _unsaved_card(one, around, unsaved.failure)
            for one, around in self._thread_of(name, note, here)
        )

    def _thread_of(
        self, name: AnnotationId, note: AnchoredNote, here: _LinksHere
    ) -> Iterator[tuple[AnchoredNote, CardSurroundings]]:
        """Yield a note and the replies to it that are shown."""
        replies = self.threads.replies.get(name, ())
        is_unfolded = name in self._unfolded
        is_long = len(replies) > _UNFOLDED_REPLIES
        shown = replies[-_FOLDED_REPLIES:] if is_long and not is_unfolded else replies
        words = thread_words(len(replies), len(shown), is_unfolded=is_long and is_unfolded)
        yield note, self._around(note, here.get(name, ()), len(replies), words)
        for reply in shown:
            links = here.get(reply.annotation.id, ())
            answer = self._notes[reply.annotation.id]
            yield answer, self._around(answer, links, root=note, reply=reply)

    def _around(
        self,
        note: AnchoredNote,
        links_here: tuple[NamedNote, ...],
        replies: int = 0,
        words: str = "",
        *,
        root: AnchoredNote | None = None,
        reply: Reply | None = None,
    ) -> CardSurroundings:
        dead = self._dead_links(note.annotation)
        if not (replies or root or links_here or dead):
            return ALONE
        depth = 0 if reply is None else reply.depth
        return CardSurroundings(root, depth, replies, words, links_here, dead)

    def _dead_links(self, annotation: Annotation) -> tuple[str, ...]:
        gone = self._links.gone
        written = addresses_in(annotation.note_text) if gone else ()
        return tuple(link for link in written if link in gone)


def _differing(
    one: Mapping[AnnotationId, tuple[object, ...]], other: Mapping[AnnotationId, tuple[object, ...]]
) -> list[AnnotationId]:
    """Return the notes of which two mappings say something else."""
    return [name for name in one.keys() | other.keys() if one.get(name) != other.get(name)]


def _unsaved_card(
    note: AnchoredNote, around: CardSurroundings, failure: SottovoceError | None
) -> CardContent:
    if failure is None:
        return card_of(note, around, state=SAVING)
    return card_of(note, around, state=NOT_SAVED, notice=_failure_words(failure))


def _failure_words(failure: SottovoceError) -> str:
    if isinstance(failure, StorageUnavailable):
        return f"Not on disk yet: {failure.reason}. It stays here and is tried again."
    return f"{sentence_for(failure)} It stays here and is tried again."
