"""Notes as lists show them: each made once into a line, and what it is found and ordered by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from reader.annotations.all_notes import NoteOfText, NotesOfAllTexts, RemovedNote
from reader.annotations.anchoring import AnchorState
from reader.annotations.appearance import HIGHLIGHT
from reader.annotations.model import BOOKMARKING, Annotation, AnnotationId
from reader.annotations.plain_words import without_marks
from reader.annotations.threads import Threads, threads_of
from reader.storage.database import Database
from reader.storage.texts import TextId
from reader.text.address import address_of
from reader.text.document import Document, Fingerprint, Place, Span
from reader.text.finding import folded
from reader.text.lazy_sections import LazySections
from reader.ui.desk.contents import Heading as Contents
from reader.ui.desk.contents import HeadingIndex, headings_of
from reader.ui.listening.heard_marks import INBOX
from reader.ui.margin.cards.card import day_words
from reader.ui.margin.note_cards import NOT_FOUND, PLEASE_LOOK, AnchoredNote, doubt_about, notice_of
from reader.values import replaced, value

_LONGEST = 300
WITHOUT_PLACE = "Without a place"


@value
class NoteRow:
    """One note as it is listed. `quote` is the passage, `note` what was written, both on one line.

    `doubt` says what is unsure about its place, "" for nothing. `place` is None if it has none.
    """

    id: AnnotationId
    quote: str
    note: str
    colour: str
    tags: tuple[str, ...]
    date: str
    doubt: str
    place: Place | None
    candidates: tuple[Span, ...] = ()
    removed: str = ""
    """When it was removed, in words; "" for one that is there."""
    text_title: str = ""
    """Of a note among those of all texts."""
    address: str = ""
    """That leads to it there."""
    is_reply: bool = False
    style: str = HIGHLIGHT
    """In which its passage is marked."""


@value
class NoteEntry:
    """A note to be listed. `folded` is what it is found by; `section` the heading it is under."""

    row: NoteRow
    annotation: Annotation
    folded: str
    section: str
    order: tuple[int, int, int]
    """By place within its text; what has none comes first, where it is not overlooked. Among the
    notes of all texts the first number is the text's."""
    thread: tuple[str, str, int, str]
    """The day and id of the note that its thread begins with, which of the thread it is, and that
    note's colour: notes at one place stand in this order, each with the replies to it."""
    is_bookmark: bool
    needs_look: bool

    @property
    def is_in_inbox(self) -> bool:
        """Whether it was marked while listening and not looked at since."""
        return INBOX in self.row.tags

    def is_marked_in(self, style: str) -> bool:
        """Whether it marks a passage in a style: neither bookmarks nor replies do."""
        marks = not (self.is_bookmark or self.row.is_reply)
        return marks and self.annotation.style == style


_ThreadKey = tuple[str, str, int, str]
_Kept = tuple[AnchoredNote, Place | None, _ThreadKey, NoteEntry]


def _thread_keys(
    annotations: Iterable[Annotation], threads: Threads
) -> dict[AnnotationId, _ThreadKey]:
    """Return what puts notes at one place in order; replies stand right behind their note."""
    keys: dict[AnnotationId, _ThreadKey] = {one.id: _alone(one) for one in annotations}
    for root, thread in threads.replies.items():
        day, name, _, colour = keys[root]
        keys |= {reply.annotation.id: (day, name, n, colour) for n, reply in enumerate(thread, 1)}
    return keys


def _alone(annotation: Annotation) -> _ThreadKey:
    return _day(annotation), annotation.id, 0, annotation.colour


def _day(annotation: Annotation) -> str:
    created = annotation.created
    return "" if created is None else created.astimezone().strftime("%Y-%m-%d")


class OpenTextEntries:
    """Makes entries of the open text's notes; those that haven't changed are kept."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._contents = _contents_of(document)
        self._headings = HeadingIndex(document, self._contents)
        self._kept: dict[AnnotationId, _Kept] = {}
        self._asked: tuple[tuple[AnchoredNote, ...], Threads] | None = None
        self._found: list[NoteEntry] = []

    def of(self, notes: tuple[AnchoredNote, ...], threads: Threads) -> list[NoteEntry]:
        """Return an entry for each note; `threads` are theirs.

        Asked for the very same that it was asked for last, it returns the very same entries.
        """
        if self._asked is not None and self._asked[0] is notes and self._asked[1] is threads:
            return self._found
        self._headings = HeadingIndex(self._document, self._contents)
        spans = {note.annotation.id: note.span for note in notes} if threads.roots else {}
        replying = _thread_keys(
            [note.annotation for note in notes if note.annotation.id in threads.replies], threads
        )
        kept, before = {}, self._kept
        for note in notes:
            name = note.annotation.id
            known = before.get(name)
            if known is None or known[0] is not note or name in replying or known[2][2]:
                span = spans[threads.roots[name]] if name in threads.roots else note.span
                place = None if span is None else span.first_place
                thread = replying.get(name) or _alone(note.annotation)
                if known is None or known[0] is not note or known[1:3] != (place, thread):
                    known = note, place, thread, self._made(note, place, thread)
            kept[name] = known
        self._kept, self._asked = kept, (notes, threads)
        self._found = [entry for _, _, _, entry in kept.values()]
        return self._found

    def _made(self, note: AnchoredNote, place: Place | None, thread: _ThreadKey) -> NoteEntry:
        row = replaced(row_of(note, colour=thread[3]), place=place)
        state = row.doubt
        if note.annotation.answered is not None and place is not None:
            row, state = replaced(row, doubt=""), ""
        return NoteEntry(
            row,
            note.annotation,
            _folded_row(row),
            self._section_of(place),
            (0, 0, 0) if place is None else (1, place.section, place.offset),
            thread,
            note.annotation.motivation == BOOKMARKING,
            state in (PLEASE_LOOK, NOT_FOUND) or note.anchor.state is AnchorState.AMBIGUOUS,
        )

    def _section_of(self, place: Place | None) -> str:
        if not self._contents:
            return ""
        if place is None:
            return WITHOUT_PLACE
        number = self._headings.at(place)
        return self._contents[number].title if number >= 0 else self._document.title


@value
class TextEntries:
    """The entries of a text's notes; `is_new` where any had to be made."""

    version: Fingerprint
    entries: list[NoteEntry]
    is_new: bool


class AllTextsEntries:
    """Makes entries of the notes of all texts, text by text; those that haven't changed are kept.

    Used by one thread at a time.
    """

    def __init__(self, database: Database) -> None:
        self._notes = NotesOfAllTexts(database)
        self._kept: dict[TextId, tuple[tuple[NoteOfText, ...], list[NoteEntry]]] = {}

    def by_text(self) -> Iterator[TextEntries]:
        """Yield the entries of each text's notes, texts by title.

        Raises StorageUnavailable.
        """
        for notes in self._notes.by_text():
            text = notes[0].text
            known = self._kept.get(text)
            is_new = known is None or known[0] is not notes
            if known is None or is_new:
                known = self._kept[text] = notes, entries_of_text(notes, known)
            yield TextEntries(notes[0].version, known[1], is_new)


def entries_of_text(
    notes: Sequence[NoteOfText],
    known: tuple[Sequence[NoteOfText], Sequence[NoteEntry]] | None = None,
) -> list[NoteEntry]:
    """Return entries of a text's notes among those of all, replies at the place of their note.

    `known` are notes and entries made before; one whose note is the same is kept.
    """
    annotations = [note.annotation for note in notes]
    found_threads = threads_of(annotations)
    roots, threads = found_threads.roots, _thread_keys(annotations, found_threads)
    orders = {note.annotation.id: _order_of(note) for note in notes}
    made = {} if known is None else {n.annotation.id: (n, e) for n, e in zip(*known, strict=True)}
    found = []
    for note in notes:
        name = note.annotation.id
        order, thread = orders[roots.get(name, name)], threads[name]
        before, entry = made.get(name, (None, None))
        if before is not note or entry is None or (entry.order, entry.thread) != (order, thread):
            entry = _of_any_text(note, order, thread)
        found.append(entry)
    return found


def _order_of(note: NoteOfText) -> tuple[int, int, int]:
    position = note.annotation.target.position
    return (note.text, 0, 0) if position is None else (note.text, 1, position.start)


def _of_any_text(note: NoteOfText, order: tuple[int, int, int], thread: _ThreadKey) -> NoteEntry:
    annotation = note.annotation
    row = _row(
        annotation,
        colour=thread[3],
        doubt=PLEASE_LOOK if note.needs_look else "",
        text_title=note.title,
        address=str(address_of(note.version, annotation.id)),
    )
    return NoteEntry(
        row,
        annotation,
        _folded_row(row),
        note.title,
        order,
        thread,
        annotation.motivation == BOOKMARKING,
        note.needs_look,
    )


def row_of(note: AnchoredNote, *, colour: str | None = None) -> NoteRow:
    """Return a note as it is listed; in another colour than its own if one is given."""
    anchor = note.anchor
    return _row(
        note.annotation,
        colour=note.annotation.colour if colour is None else colour,
        doubt=doubt_about(note),
        place=None if anchor.span is None else anchor.span.first_place,
        candidates=anchor.candidates,
    )


def _row(
    annotation: Annotation,
    *,
    colour: str,
    doubt: str = "",
    place: Place | None = None,
    candidates: tuple[Span, ...] = (),
    removed: str = "",
    text_title: str = "",
    address: str = "",
) -> NoteRow:
    quote = annotation.target.quote
    words = without_marks(annotation.note_text[: 2 * _LONGEST])
    if not words and quote is None:
        words = notice_of(annotation)  # else the line would be empty
    return NoteRow(
        id=annotation.id,
        quote=_one_line(quote.exact if quote is not None else ""),
        note=_one_line(words),
        colour=colour,
        tags=annotation.tags,
        date=_day(annotation),
        doubt=doubt,
        place=place,
        candidates=candidates,
        removed=removed,
        text_title=text_title,
        address=address,
        is_reply=annotation.answered is not None,
        style=annotation.style,
    )


def removed_row(note: RemovedNote, kept: timedelta) -> NoteRow:
    """Return a note that was removed, when, and until when it is kept, as it is listed."""
    now = datetime.now().astimezone()
    days = day_words(note.when, now), day_words(note.when + kept, now)
    return _row(
        note.annotation,
        colour=note.annotation.colour,
        removed=f"removed {days[0]}, kept until {days[1]}",
        text_title=note.title,
    )


def holds(row: NoteRow, words: Sequence[str]) -> bool:
    """Whether a line holds all these words, folded."""
    folded = _folded_row(row)
    return all(word in folded for word in words)


def _folded_row(row: NoteRow) -> str:
    tags = " ".join(f"#{tag}" for tag in row.tags)
    return folded(f"{row.quote} {row.note} {tags} {row.colour} {row.text_title}")


def _contents_of(document: Document) -> list[Contents]:
    """Return the contents if that can be done without reading sections."""
    if document.contents or not isinstance(document.sections, LazySections):
        return headings_of(document)
    return []


def _one_line(text: str) -> str:
    return " ".join(text[: 2 * _LONGEST].split())[:_LONGEST]
