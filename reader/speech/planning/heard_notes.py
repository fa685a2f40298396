"""Which passages have notes on them, when the voice tells of them, and how long they are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, islice
from typing import Protocol

from reader.speech.engine import Utterance
from reader.text.document import Place, Span


class NotesHeard(StrEnum):
    """How the voice tells of the notes it comes by."""

    NOT = "not"
    SOUND = "sound"
    AFTER_SENTENCE = "after sentence"
    AFTER_PARAGRAPH = "after paragraph"

    @property
    def are_read(self) -> bool:
        """Whether more than a sound is heard of them."""
        return self in (NotesHeard.AFTER_SENTENCE, NotesHeard.AFTER_PARAGRAPH)


@dataclass(frozen=True, slots=True)
class HeardNote:
    """A passage and what is noted on it: `words`, "" for a highlight alone; `note` is its id.

    An empty span is a place, as of a bookmark.
    """

    note: str
    span: Span
    words: str = ""
    is_markdown: bool = True

    @property
    def first_place(self) -> Place:
        """Where it begins."""
        return self.span.first_place

    @property
    def last_place(self) -> Place:
        """Its last character; of an empty one, its place."""
        return Place(self.span.section, max(self.span.end - 1, self.span.start))


@dataclass(frozen=True, slots=True)
class SaidNote:
    """What is said of a note, in parts; their spans are the note's own, not the text's.

    `is_by_reader`: the voice that reads the text says it, so something else must tell them apart.
    """

    utterances: tuple[Utterance, ...]
    is_by_reader: bool = False


class HeardNotes:
    """The noted passages of a text in its order; `say` puts a note into words when it comes up."""

    def __init__(
        self,
        passages: Iterable[HeardNote],
        when: NotesHeard,
        say: Callable[[HeardNote], SaidNote],
    ) -> None:
        self.when = when
        self.say = say
        kept = passages if when is not NotesHeard.NOT else ()
        self._by_id = {passage.note: passage for passage in kept}
        starts = {(p.span.section, p.span.start) for p in self._by_id.values()}
        self._starts = sorted(starts)
        read = [p for p in self._by_id.values() if when.are_read and p.words]
        # of two that end together the one about more comes last
        self._read = sorted(read, key=lambda p: (_end_of(p), -p.span.start, p.note))
        self._ends = [_end_of(passage) for passage in self._read]
        self._lengths = [0, *accumulate(len(passage.words) for passage in self._read)]

    def passage(self, note: str) -> HeardNote | None:
        """Return a passage by its note's id."""
        return self._by_id.get(note)

    def tells_same(self, other: HeardNotes) -> bool:
        """Whether what is heard of these is what is heard of others."""
        return self.when is other.when and self.say == other.say and self._by_id == other._by_id

    def beginning_in(self, section: int, start: int, end: int) -> list[Place]:
        """Return where passages begin among those characters, in order, each place once."""
        first = bisect_left(self._starts, (section, start))
        found = self._starts[first : bisect_left(self._starts, (section, end), lo=first)]
        return [Place(*start) for start in found]

    def read_after(self, sentence: Span, *, since: int, until: Place | None) -> list[HeardNote]:
        """Return what is read once a sentence has been said, in order.

        Those are the notes on passages that begin before its end, and end at `since` (an offset of
        its section) or later but before `until`, where the voice goes on; None: anywhere.
        """
        at = bisect_left(self._ends, (sentence.section, since))
        found = []
        for passage in islice(self._read, at, None):
            place = passage.last_place
            if place.section != sentence.section or (until is not None and place >= until):
                break
            if passage.span.start < sentence.end:
                found.append(passage)
        return found

    # How long they are

    @property
    def length(self) -> int:
        """How many characters are read of them in all."""
        return self._lengths[-1]

    def length_before(self, place: Place) -> int:
        """Return how many characters are read of notes on passages that end before `place`."""
        return self._lengths[bisect_left(self._ends, (place.section, place.offset))]

    def read_places(self) -> list[tuple[Place, int]]:
        """Return after which characters notes are read, in order, with the notes' lengths."""
        return [(passage.last_place, len(passage.words)) for passage in self._read]


def _end_of(passage: HeardNote) -> tuple[int, int]:
    """Return a passage's last place as plain numbers, which sort in a tenth of the time."""
    place = passage.last_place
    return place.section, place.offset


def _say_nothing(_passage: HeardNote) -> SaidNote:
    return SaidNote(())


NO_NOTES = HeardNotes((), NotesHeard.NOT, _say_nothing)
"""Nothing is heard of any."""


class TextExtent(Protocol):
    """How long what is read of a text is, such as `reader.text.extent.Extent`."""

    @property
    def length(self) -> int:
        """How many code points there are."""

    @property
    def key(self) -> object:
        """What is equal as long as all places lie as far as before."""

    def before(self, place: Place) -> int:
        """Return how many of them lie before a place."""

    def place_at(self, share: float) -> Place:
        """Return the place that lies `share` (0 to 1) into it."""


class HeardExtent:
    """How long a text is with the notes that are read in it."""

    def __init__(self, text: TextExtent, notes: HeardNotes) -> None:
        self._text, self._notes = text, notes

    @property
    def length(self) -> int:
        """How many characters are read in all."""
        return self._text.length + self._notes.length

    @property
    def key(self) -> object:
        """What is equal as long as all places lie as far as before."""
        return self._text.key, self._notes.read_places()

    def before(self, place: Place) -> int:
        """Return how many characters are read before the one at `place`."""
        return self._text.before(place) + self._notes.length_before(place)

    def share_of(self, place: Place) -> float:
        """Return how far into what is heard a place lies, 0 to 1."""
        return self.before(place) / self.length if self.length else 0.0

    def shares_of(self, places: Iterable[Place]) -> list[float]:
        """Return what `share_of` tells of each of many places."""
        length = self.length or 1
        return [self.before(place) / length for place in places]

    def place_at(self, share: float) -> Place:
        """Return the place of the text that is heard `share` (0 to 1) into it; or its note is."""
        wanted = share * self.length
        read = self._notes.read_places()
        begins = []  # how much is heard before each note
        length = 0
        for place, note_length in read:
            begins.append(self._text.before(place) + 1 + length)
            length += note_length
        number = bisect_right(begins, wanted) - 1
        if number < 0:
            return self._text.place_at(wanted / self._text.length if self._text.length else 0.0)
        place, note_length = read[number]
        if wanted < begins[number] + note_length:
            return place
        notes_before = sum(length for _, length in read[: number + 1])
        return self._text.place_at((wanted - notes_before) / max(1, self._text.length))
