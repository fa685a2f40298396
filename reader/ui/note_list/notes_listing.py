"""Which notes are listed, in which order and under which headings: pure, without Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from reader.annotations.all_notes import RemovedNote
from reader.text.finding import folded
from reader.ui.margin.cards.card import date_words
from reader.ui.note_list.note_entries import NoteEntry, NoteRow, holds, removed_row
from reader.values import value


class Kind(StrEnum):
    """Which notes are wanted; the values are the words on the buttons."""

    ALL = "All"
    WRITTEN = "Notes"
    BOOKMARKS = "Bookmarks"
    INBOX = "Inbox"
    TO_LOOK_AT = "To look at"
    REMOVED = "Removed"


class Order(StrEnum):
    """How they are ordered and grouped; the values are the words on the button.

    By place: under the headings of the text, or of all texts under their titles.
    """

    PLACE = "By place"
    DATE = "By date"
    COLOUR = "By colour"
    TAG = "By tag"


class Age(StrEnum):
    """How old notes may be; the values are the words in the menu."""

    ANY = "Any time"
    DAY = "Today"
    WEEK = "The last 7 days"
    MONTH = "The last 30 days"
    YEAR = "The last year"


_DAYS = {Age.DAY: 0, Age.WEEK: 6, Age.MONTH: 29, Age.YEAR: 364}


@value
class Choice:
    """Which notes are wanted, and how; "" stands for any colour, style and tag."""

    kind: Kind = Kind.ALL
    order: Order = Order.PLACE
    words: str = ""
    colour: str = ""
    style: str = ""
    tag: str = ""
    age: Age = Age.ANY

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the kind keeps notes out."""
        narrowing = self.words or self.colour or self.style or self.tag
        return bool(narrowing) or self.age is not Age.ANY


@value
class Heading:
    """What stands above a group of rows, and how many there are."""

    title: str
    count: int


Line = NoteRow | Heading
Group = tuple[str, list[NoteEntry]]


@value
class Listing:
    """What a list shows of some notes: their groups, the lines of these, and all the tags."""

    groups: list[Group]
    lines: list[Line]
    tags: list[tuple[str, int]]

    @property
    def headings(self) -> int:
        """How many of the lines are headings."""
        return sum(bool(title) for title, _ in self.groups)


def listing_of(entries: Sequence[NoteEntry], choice: Choice, today: date) -> Listing:
    """Return what a list shows of these notes; the tags are those of all, wanted or not."""
    groups = grouped(entries, choice, today)
    return Listing(groups, lines_of(groups), tags_in(entries))


def grouped(entries: Iterable[NoteEntry], choice: Choice, today: date) -> list[Group]:
    """Return the notes wanted in their groups, in order; a group without a title has no heading."""
    chosen = [entry for entry in entries if _is_wanted(entry, choice, _Bounds.of(choice, today))]
    match choice.order:
        case Order.PLACE:
            return _by_place(chosen)
        case Order.DATE:
            chosen.sort(key=lambda entry: (entry.row.date, entry.order), reverse=True)
            return _runs(chosen, lambda entry: _day_of(entry.row))
        case Order.COLOUR:
            chosen.sort(key=lambda entry: (entry.row.colour, *_in_text(entry)))
            return _runs(chosen, lambda entry: entry.row.colour.capitalize())
        case Order.TAG:
            return _by_tag(chosen)


def lines_of(groups: Iterable[Group]) -> list[Line]:
    """Return the lines of a list that shows these groups."""
    lines: list[Line] = []
    for title, entries in groups:
        if title:
            lines.append(Heading(title, len(entries)))
        lines += [entry.row for entry in entries]
    return lines


def listed_removed(removed: Iterable[RemovedNote], wanted: str, kept: timedelta) -> list[Line]:
    """Return the lines for notes that were removed and are kept for so long, in their order."""
    words = folded(wanted).split()
    rows = (removed_row(note, kept) for note in removed)
    return [row for row in rows if holds(row, words)]


def tags_in(entries: Iterable[NoteEntry]) -> list[tuple[str, int]]:
    """Return the tags of these notes, those used most first, with their counts."""
    counts: dict[str, int] = {}
    for entry in entries:
        for tag in dict.fromkeys(entry.row.tags):
            counts[tag] = counts.get(tag, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0].casefold()))


@value
class _Bounds:
    words: tuple[str, ...]
    first_day: str

    @staticmethod
    def of(choice: Choice, today: date) -> _Bounds:
        days = _DAYS.get(choice.age)
        first = "" if days is None else (today - timedelta(days)).isoformat()
        return _Bounds(tuple(folded(choice.words).split()), first)


def _is_wanted(entry: NoteEntry, choice: Choice, bounds: _Bounds) -> bool:
    row = entry.row
    if choice.colour and row.colour != choice.colour:
        return False
    if choice.style and not entry.is_marked_in(choice.style):
        return False
    if choice.tag and choice.tag not in row.tags:
        return False
    if bounds.first_day and row.date < bounds.first_day:
        return False
    if not _is_of(choice.kind, entry):
        return False
    return all(word in entry.folded for word in bounds.words)


def _is_of(kind: Kind, entry: NoteEntry) -> bool:
    match kind:
        case Kind.ALL:
            return True
        case Kind.WRITTEN:
            return bool(entry.row.note)
        case Kind.BOOKMARKS:
            return entry.is_bookmark
        case Kind.INBOX:
            return entry.is_in_inbox
        case Kind.TO_LOOK_AT:
            return entry.needs_look
        case Kind.REMOVED:
            return False


def _in_text(entry: NoteEntry) -> tuple[str, tuple[int, int, int], tuple[str, str, int, str]]:
    """The order within the text, each note with the replies to it."""
    return entry.row.text_title, entry.order, entry.thread


def _day_of(row: NoteRow) -> str:
    return date_words(date.fromisoformat(row.date)) if row.date else "Without a date"


def _by_place(entries: list[NoteEntry]) -> list[Group]:
    entries.sort(key=_in_text)
    return _runs(entries, lambda entry: entry.section)


def _by_tag(entries: list[NoteEntry]) -> list[Group]:
    """Return a group a tag: a note with several tags is in several."""
    entries.sort(key=_in_text)
    by_tag: dict[str, list[NoteEntry]] = {}
    for entry in entries:
        for tag in dict.fromkeys(entry.row.tags):
            by_tag.setdefault(tag, []).append(entry)
    groups = [(f"#{tag}", by_tag[tag]) for tag in sorted(by_tag, key=str.casefold)]
    untagged = [entry for entry in entries if not entry.row.tags]
    return [*groups, *([("Without a tag", untagged)] if untagged else [])]


def _runs(entries: Sequence[NoteEntry], title_of: Callable[[NoteEntry], str]) -> list[Group]:
    return [(title, list(group)) for title, group in groupby(entries, key=title_of)]
