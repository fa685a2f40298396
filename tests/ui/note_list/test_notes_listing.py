"""Which notes are listed, in which order and under which headings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from reader.annotations.all_notes import NoteOfText
from reader.annotations.anchoring import Anchor, AnchorState
from reader.annotations.editing import new_annotation, new_reply
from reader.annotations.model import BOOKMARKING, COMMENTING
from reader.annotations.threads import threads_of
from reader.storage.texts import TextId
from reader.text.document import Block, BlockKind, Document, Section, Span, fingerprint_of
from reader.ui.listening.heard_marks import INBOX
from reader.ui.margin.note_cards import ANSWERS_NOTHING, AnchoredNote
from reader.ui.note_list.note_entries import (
    NoteEntry,
    NoteRow,
    OpenTextEntries,
    entries_of_text,
    row_of,
)
from reader.ui.note_list.notes_lines import meta_of
from reader.ui.note_list.notes_listing import (
    Age,
    Choice,
    Heading,
    Kind,
    Line,
    Order,
    grouped,
    lines_of,
    tags_in,
)
from reader.values import replaced

TEXT = "One\n\nA quiet voice.\n\nTwo\n\nNobody answers, déjà vu."
BLOCKS = (
    Block(0, 3, BlockKind.HEADING, level=1),
    Block(5, 19, BlockKind.PARAGRAPH),
    Block(21, 24, BlockKind.HEADING, level=1),
    Block(26, len(TEXT), BlockKind.PARAGRAPH),
)
DOCUMENT = Document("A text", (), "en", (Section(0, "", TEXT, BLOCKS),), fingerprint_of([TEXT]))


def note(
    passage: str,
    text: str = "",
    *,
    day: int = 1,
    tags: tuple[str, ...] = (),
    colour: str = "sage",
    style: str = "highlight",
    motivation: str = COMMENTING,
    state: AnchorState = AnchorState.ANCHORED,
    needs_look: bool = False,
) -> AnchoredNote:
    span = Span(0, TEXT.index(passage), TEXT.index(passage) + len(passage))
    annotation = new_annotation(
        DOCUMENT,
        span,
        motivation,
        source="a.txt",
        created=datetime(2026, 11, day, 12).astimezone(),  # noon, wherever the test runs
        note=text,
        tags=tags,
        colour=colour,
        style=style,
    )
    found = None if state is AnchorState.ORPHAN else span
    return AnchoredNote(annotation, Anchor(state, found, 1.0, needs_look))


QUIET = note("quiet", "Hush.", day=3, tags=("voice",))
NOBODY = note("Nobody", day=2, colour="rose", tags=(INBOX,))
VU = note("déjà vu", "Encore", day=4, style="strike", needs_look=True, state=AnchorState.MOVED)
LOST = note("voice", "Where?", day=1, state=AnchorState.ORPHAN)
MARK = note("answers", motivation=BOOKMARKING, day=2, colour="sky")
NOTES = (VU, MARK, NOBODY, QUIET, LOST)


QUIET_ROW = row_of(QUIET)


def entries_of(
    notes: Sequence[AnchoredNote], kept: OpenTextEntries | None = None
) -> list[NoteEntry]:
    threads = threads_of(one.annotation for one in notes)
    return (kept or OpenTextEntries(DOCUMENT)).of(tuple(notes), threads)


ENTRIES = entries_of(NOTES)
TODAY = date(2026, 11, 4)


def listed(choice: Choice) -> list[Line]:
    return lines_of(grouped(ENTRIES, choice, TODAY))


def quotes(kind: Kind = Kind.ALL, order: Order = Order.PLACE, wanted: str = "") -> list[str]:
    lines = listed(Choice(kind, order, wanted))
    return [line.quote if isinstance(line, NoteRow) else f"# {line.title}" for line in lines]


def test_they_stand_in_the_order_of_the_text_those_without_a_place_first() -> None:
    assert quotes() == [
        "# Without a place", "voice", "# One", "quiet", "# Two", "Nobody", "answers", "déjà vu"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.WRITTEN, ["voice", "quiet", "déjà vu"]),
        (Kind.BOOKMARKS, ["answers"]),
        (Kind.INBOX, ["Nobody"]),
        (Kind.TO_LOOK_AT, ["voice", "déjà vu"]),
    ],
)
def test_a_kind_shows_only_its_own(kind: Kind, expected: list[str]) -> None:
    assert [quote for quote in quotes(kind) if not quote.startswith("#")] == expected


@pytest.mark.parametrize(
    ("order", "headings"),
    [
        (Order.DATE, ["# 4 Nov 2026", "# 3 Nov 2026", "# 2 Nov 2026", "# 1 Nov 2026"]),
        (Order.COLOUR, ["# Rose", "# Sage", "# Sky"]),
        (Order.TAG, ["# #inbox", "# #voice", "# Without a tag"]),
    ],
)
def test_they_are_grouped(order: Order, headings: list[str]) -> None:
    assert [line for line in quotes(order=order) if line.startswith("#")] == headings


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("hush", ["quiet"]), ("deja", ["déjà vu"]), ("#voice", ["quiet"]), ("hush nobody", [])],
)
def test_words_are_found_in_passage_note_and_tags(wanted: str, expected: list[str]) -> None:
    assert [quote for quote in quotes(wanted=wanted) if not quote.startswith("# ")] == expected


def test_headings_count() -> None:
    lines = listed(Choice(order=Order.COLOUR))
    assert [line.count for line in lines if isinstance(line, Heading)] == [1, 3, 1]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(colour="rose"), ["Nobody"]),
        (Choice(tag="voice"), ["quiet"]),
        (Choice(style="strike"), ["déjà vu"]),
        (Choice(style="highlight"), ["voice", "quiet", "Nobody"]),
        (Choice(age=Age.DAY), ["déjà vu"]),
        (Choice(age=Age.WEEK), ["voice", "quiet", "Nobody", "answers", "déjà vu"]),
        (Choice(colour="sage", age=Age.DAY, words="enc"), ["déjà vu"]),
        (Choice(colour="sage", tag="nothing"), []),
    ],
    ids=[
        "colour",
        "tag",
        "style",
        "plain highlights, no bookmarks",
        "today",
        "week",
        "several at once",
        "nothing",
    ],
)
def test_they_are_narrowed(choice: Choice, expected: list[str]) -> None:
    assert [line.quote for line in listed(choice) if isinstance(line, NoteRow)] == expected


def test_a_note_with_several_tags_is_in_several_groups() -> None:
    both = note("quiet", tags=("b", "a"))
    entries = entries_of([both])
    groups = grouped(entries, Choice(order=Order.TAG), TODAY)
    assert [title for title, _ in groups] == ["#a", "#b"]
    assert tags_in(entries) == [("a", 1), ("b", 1)]


def test_entries_of_notes_that_stay_are_kept() -> None:
    entries = OpenTextEntries(DOCUMENT)
    first = entries_of([QUIET, VU], entries)
    second = entries_of([QUIET, LOST], entries)
    assert second[0] is first[0]


def test_among_the_notes_of_all_texts_replies_stand_below_what_they_answer() -> None:
    one, other = (TextId(1), fingerprint_of(["one"])), (TextId(2), fingerprint_of(["other"]))
    answer = new_reply(VU.annotation.id, "Yes.", created=datetime(2026, 11, 9, tzinfo=UTC))
    notes = [
        (answer, one),
        (VU.annotation, one),
        (NOBODY.annotation, other),
        (QUIET.annotation, one),
    ]
    listed = [
        NoteOfText(annotation, *text, "Same title", needs_look=False) for annotation, text in notes
    ]
    by_text = [[n for n in listed if (n.text, n.version) == text] for text in (one, other)]
    found = [entry for of_text in by_text for entry in entries_of_text(of_text)]
    ((title, entries),) = grouped(found, Choice(), TODAY)
    assert title == "Same title"
    assert [entry.row.quote or entry.row.note for entry in entries] == [
        "quiet", "déjà vu", "Yes.", "Nobody"
    ]  # fmt: skip


def test_notes_at_one_place_stand_each_with_its_replies_in_its_colour() -> None:
    first, second = note("A quiet", "Long.", day=1, colour="sky"), note("A", "Short.", day=2)
    answers = [
        AnchoredNote(new_reply(of.annotation.id, words, created=moment), Anchor(state, None, 0.0))
        for of, words, moment in [
            (first, "To long.", datetime(2026, 11, 5, tzinfo=UTC)),
            (second, "To short.", datetime(2026, 11, 4, tzinfo=UTC)),
        ]
        for state in [AnchorState.ORPHAN]
    ]
    kept = OpenTextEntries(DOCUMENT)
    entries = entries_of([second, first, *answers], kept)
    everything = [e.row for _, group in grouped(entries, Choice(), TODAY) for e in group]
    assert [row.note for row in everything] == ["Long.", "To long.", "Short.", "To short."]
    sky = grouped(entries, Choice(colour="sky"), TODAY)
    assert [e.row.note for _, group in sky for e in group] == ["Long.", "To long."]
    moved = AnchoredNote(first.annotation, second.anchor)
    entries = entries_of([second, moved, *answers], kept)
    (place,) = {entry.order for entry in entries if entry.row.note in ("Long.", "To long.")}
    assert place == next(entry.order for entry in entries if entry.row.note == "Short.")


def test_the_small_line_of_a_note_names_its_text_where_no_heading_does() -> None:
    row = replaced(QUIET_ROW, text_title="A book", date="2001-02-03")
    assert meta_of(row) == "#voice   3 Feb 2001   A book"
    assert meta_of(row, names_text=False) == "#voice   3 Feb 2001"


def test_a_reply_whose_note_has_gone_is_listed_without_a_place() -> None:
    kept = OpenTextEntries(DOCUMENT)
    answer = new_reply(VU.annotation.id, "Yes.", created=datetime(2026, 11, 9, tzinfo=UTC))
    reply = AnchoredNote(answer, Anchor(AnchorState.ORPHAN, None, 0.0))
    assert entries_of([VU, reply], kept)[1].order == entries_of([VU], kept)[0].order
    (alone,) = entries_of([reply], kept)
    assert (alone.order, alone.row.doubt) == ((0, 0, 0), ANSWERS_NOTHING)
