"""The left column, the orders, and the words on texts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.annotations.overview import NoteCounts
from reader.annotations.plain_words import without_marks
from reader.app.library_overview import LibraryOverview
from reader.library.holdings import Collection, CollectionId
from reader.ui.library.shelf_words import (
    authors_words,
    found_words,
    last_read_words,
    missing_words,
    spoken_words,
    state_words,
    time_left,
)
from reader.ui.library.shelves import (
    ALL_TEXTS,
    READING,
    Shelf,
    ShelfKind,
    in_order,
    shelf_lines,
    texts_on,
    to_go_on_with,
)
from tests.ui.library.holdings_made import holding

NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)
FILM = CollectionId(4)
TEXTS = (
    holding(1, title="The Waves", authors=("Virginia Woolf",), opened=NOW, progress=0.5),
    holding(2, title="Amerika", authors=("Franz Kafka",), tags=("Voice",), collections=(FILM,)),
    holding(3, title="middlemarch", opened=NOW, progress=1.0, added=NOW),
    holding(4, title="“A Cup of Tea”", opened=NOW),
)
OVERVIEW = LibraryOverview(
    TEXTS, (Collection(FILM, "Film"),), NoteCounts(1408, 12, 3, {}), (("voice", 44),)
)


def test_the_left_column_counts() -> None:
    lines = [(line.words, line.count if line.shelf else None) for line in shelf_lines(OVERVIEW)]
    assert lines == [
        ("All texts", 4),
        ("Reading now", 1),
        ("Listening inbox", 12),
        ("Notes", 1408),
        ("To look at", 3),
        ("Collections", None),
        ("Film", 1),
        ("Tags", None),
        ("#voice", 44),
    ]


def test_each_shelf_has_its_texts() -> None:
    def ids(shelf: Shelf) -> list[int]:
        return [text.id for text in texts_on(shelf, OVERVIEW)]

    assert ids(ALL_TEXTS) == [1, 2, 3, 4]
    assert ids(READING) == [1]
    assert ids(Shelf(ShelfKind.COLLECTION, "Film", FILM)) == [2]
    assert ids(Shelf(ShelfKind.TAG, "voice")) == [2]
    assert ids(Shelf(ShelfKind.NOTES)) == []
    assert [text.id for text in to_go_on_with(TEXTS)] == [1, 4]


@pytest.mark.parametrize(
    ("order", "ids"),
    [
        ("last read", [1, 2, 3, 4]),
        ("title", [2, 4, 3, 1]),
        ("author", [2, 1, 4, 3]),
        ("added", [3, 1, 2, 4]),
        ("progress", [3, 1, 2, 4]),
    ],
)
def test_orders(order: str, ids: list[int]) -> None:
    assert [text.id for text in in_order(TEXTS, order)] == ids


@pytest.mark.parametrize(
    ("length", "progress", "speed", "words"),
    [
        (96_000, 0.0, 1.0, "1 h 40"),
        (96_000, 0.5, 1.0, "50 min left"),
        (96_000, 0.5, 2.0, "25 min left"),
        (96_000, 0.9999, 1.0, "finished"),
        (600, 0.5, 1.0, "1 min left"),
        (7_400_000, 0.06, 1.0, "121 h left"),
        (57_600, 0.0, 1.0, "1 h"),
        (0, 0.0, 1.0, ""),
    ],
)
def test_time_left(length: int, progress: float, speed: float, words: str) -> None:
    assert time_left(holding(length=length, progress=progress), speed) == words


def test_words_below_a_cover() -> None:
    assert state_words(holding(progress=0.5, note_count=1408), 1.0) == "50 min left · 1,408 notes"
    assert state_words(holding(is_missing=True, note_count=3), 1.0) == "file is missing"
    assert missing_words(holding(note_count=58)) == "not found on this disk · 58 notes kept"
    assert missing_words(holding()) == "not found on this disk"


def test_words_for_screen_readers() -> None:
    text = holding(title="The Waves", authors=("Virginia Woolf",), progress=0.5, note_count=1)
    spoken = "The Waves, Virginia Woolf, 50 min left · 1 note, 50% read"
    assert spoken_words(text, 1.0) == spoken


def test_authors_and_days() -> None:
    assert authors_words(holding(authors=("A", "B"))) == "A and B"
    assert authors_words(holding(authors=("A", "B", "C"))) == "A and 2 others"
    days = {0: "today", 1: "yesterday", 3: "3 days ago", 17: "3 May"}
    for ago, words in days.items():
        then = NOW.replace(day=NOW.day - ago)
        assert last_read_words(holding(opened=then), NOW) == words
    assert last_read_words(holding(opened=NOW.replace(year=2024)), NOW) == "May 2024"
    assert last_read_words(holding(), NOW) == "not read yet"


def test_words_over_finds() -> None:
    assert found_words(27, 9, 3) == "27 places in 9 texts and 3 notes"
    assert found_words(1, 1, 0) == "1 place in 1 text"
    assert found_words(0, 0, 1) == "1 note"
    assert found_words(0, 0, 0) == "Nothing found"


def test_a_note_is_listed_without_markdowns_signs() -> None:
    assert (
        without_marks("# A *whole* **film** in `two` words_of_it")
        == "A whole film in two words_of_it"
    )
    assert without_marks("2 * 3 * 4") == "2 * 3 * 4"
