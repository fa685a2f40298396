"""Which cards the notes of a text have: threads folded, links shown, each card made but once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set

from reader.annotations.links import NO_LINKS, NamedNote, NoteLinks, addresses_in
from reader.annotations.model import Annotation, AnnotationId
from reader.annotations.threads import Reply, Threads, threads_of
from reader.app.wording import sentence_for
from reader.errors import SottovoceError, StorageUnavailable
from reader.text.document import Place
from reader.ui.margin.card import CardContent
from reader.ui.margin.note_cards import (
    ALONE,
    SAVING,
    AnchoredNote,
    CardSurroundings,
    card_of,
    linked_place_card,
    thread_words,
)

NOT_SAVED = "not saved"

_UNFOLDED_REPLIES = 3
"""So many replies are always shown; of more, the last _FOLDED_REPLIES until they are asked for."""
_FOLDED_REPLIES = 2


class CardDeck:
    """Makes cards of `notes`, which others change: they tell it of what."""

    def __init__(self, notes: Mapping[AnnotationId, AnchoredNote]) -> None:
        self._notes = notes
        self._cards: dict[AnnotationId, tuple[CardSurroundings, CardContent]] = {}
        self._threads: Threads | None = None
        self._unfolded: frozenset[AnnotationId] = frozenset()
        self._links = NO_LINKS
        self._unsaved_shown: set[AnnotationId] = set()

    @property
    def threads(self) -> Threads:
        """Which notes are replies, and to which."""
        if self._threads is None:
            self._threads = threads_of(note.annotation for note in self._notes.values())
        return self._threads

    # What it is told

    def forget(self, name: AnnotationId) -> None:
        """Make a note's card anew: it says something else, or looks otherwise."""
        self._cards.pop(name, None)

    def forget_threads(
        self, name: AnnotationId, before: AnchoredNote | None, after: AnchoredNote | None
    ) -> None:
        """Find anew who answers whom, where a note that came, went or changed has a part in it."""
        if self._threads is None:
            return
        is_reply = any(n is not None and n.annotation.answered is not None for n in (before, after))
        is_kept = before is not None and after is not None
        is_answered = name in self._threads.replies or bool(self._threads.stray)
        if is_reply or (is_answered and not is_kept):
            self._threads = None

    def forget_unsaved(self, unsaved: Set[AnnotationId]) -> None:
        """Make the cards anew that said they aren't on disk, and those of what isn't now."""
        for name in self._unsaved_shown | unsaved:
            self._cards.pop(name, None)
        self._unsaved_shown.clear()

    def unfold(self, root: AnnotationId, is_unfolded: bool | None) -> bool:
        """Show all replies to a note or only the last, None: the other way round than now.

        Returns whether that changed anything.
        """
        wanted = root not in self._unfolded if is_unfolded is None else is_unfolded
        if wanted == (root in self._unfolded):
            return False
        self._unfolded ^= {root}
        return True

    def set_links(self, links: NoteLinks) -> bool:
        """Show which notes link here, and which links lead nowhere; return whether that is new."""
        is_new = links != self._links
        self._links = links
        return is_new

    # What it gives

    def cards(
        self,
        notes_at: Callable[[Place], Sequence[AnnotationId]],
        unsaved: Set[AnnotationId],
        failure: SottovoceError | None,
    ) -> list[CardContent]:
        """Return a card for each note but replies that are folded away, and for linked places.

        Those are places without a note that notes lead to; `notes_at` finds the notes at a place.
        Cards of what is `unsaved` say that it isn't on disk yet, and with `failure` why.
        """
        here, places = self._links_by_end(notes_at)
        shown: list[CardContent] = []
        for name, note, around in self._arranged(here, unsaved):
            if around is None:
                shown.append(self._cards[name][1])
                continue
            if name in unsaved:
                self._unsaved_shown.add(name)
                self._cards[name] = around, _unsaved_card(note, around, failure)
            elif name not in self._cards or self._cards[name][0] != around:
                self._cards[name] = around, card_of(note, around)
            shown.append(self._cards[name][1])
        shown += (linked_place_card(place, links) for place, links in places)
        return shown

    def _links_by_end(
        self, notes_at: Callable[[Place], Sequence[AnnotationId]]
    ) -> tuple[
        Mapping[AnnotationId, tuple[NamedNote, ...]], Sequence[tuple[Place, tuple[NamedNote, ...]]]
    ]:
        """Return the links to notes, those to places in their passages included, and the others."""
        if not self._links.places:
            return self._links.here, ()
        here, elsewhere = dict(self._links.here), []
        for place, links in self._links.places.items():
            name = next(iter(notes_at(place)), None)
            if name is None:
                elsewhere.append((place, links))
            else:
                named = dict.fromkeys((*here.get(name, ()), *links))
                here[name] = tuple(link for link in named if link.id != name)
        return here, elsewhere

    def _arranged(
        self, here: Mapping[AnnotationId, tuple[NamedNote, ...]], unsaved: Set[AnnotationId]
    ) -> Iterator[tuple[AnnotationId, AnchoredNote, CardSurroundings | None]]:
        """Yield the notes that have cards, each before the replies to it that are shown.

        None stands for the surroundings of those whose card can't have changed: most of thousands.
        """
        threads, cards, gone = self.threads, self._cards, self._links.gone
        roots, answered, unsaved_shown = threads.roots, threads.replies, self._unsaved_shown
        for name, note in self._notes.items():
            if name in roots:
                continue
            if (
                name in cards
                and cards[name][0] is ALONE
                and name not in answered
                and name not in here
                and not gone
                and name not in unsaved_shown
                and name not in unsaved
            ):
                yield name, note, None
                continue
            replies = threads.replies.get(name, ())
            is_unfolded = name in self._unfolded
            is_long = len(replies) > _UNFOLDED_REPLIES
            shown = replies[-_FOLDED_REPLIES:] if is_long and not is_unfolded else replies
            words = thread_words(len(replies), len(shown), is_unfolded=is_long and is_unfolded)
            yield name, note, self._around(note, here.get(name, ()), len(replies), words)
            for reply in shown:
                answer = self._notes[reply.annotation.id]
                links = here.get(reply.annotation.id, ())
                yield (
                    reply.annotation.id,
                    answer,
                    self._around(answer, links, root=note, reply=reply),
                )

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
