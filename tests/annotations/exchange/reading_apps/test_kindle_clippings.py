"""Kindle's clippings: those of this book, each note with its highlight."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.annotations.exchange.reading_apps.kindle_clippings import read_clippings
from reader.annotations.model import BOOKMARKING, Annotation
from reader.errors import NotesUnreadable
from tests.annotations.documents import document_of

PATH = Path("My Clippings.txt")
STORY = document_of("All was quiet, and the rain went on.", title="A Story")
END = "\r\n==========\r\n"

CLIPPINGS = "\ufeff" + END.join(
    (
        "A Story (Ada B.)\r\n- Your Highlight on page 3 | Location 10-12 | Added on Friday, "
        "May 1, 2026 12:00:00 PM\r\n\r\nAll was quiet",
        "Another (X)\r\n- Your Highlight on Location 10-12 | Added on Friday, May 1, 2026 "
        "12:00:00 PM\r\n\r\nsomething else",
        "\ufeffA Story (Ada B.)\r\n- Your Note on page 3 | Location 12 | Added on Friday, "
        "May 1, 2026 12:01:00 PM\r\n\r\nIs it?",
        "A Story (Ada B.)\r\n- Ihre Markierung bei Position 20-21 | Hinzugefügt am Freitag, "
        "1. Mai 2026 12:02:00\r\n\r\nthe rain went on",
        "A Story (Ada B.)\r\n- Ihr Lesezeichen bei Position 30 | Hinzugefügt am …\r\n\r\n",
        "A Story (Ada B.)\r\n- Ihre Notiz bei Position 40 | Hinzugefügt am …\r\n\r\nfür sich",
        "",
    )
)


def read(text: str) -> tuple[Annotation, ...]:
    return read_clippings(text.encode(), PATH, STORY).annotations


def test_clippings_of_this_book_are_read_each_note_with_its_highlight() -> None:
    said = [(a.target.quote and a.target.quote.exact, a.note_text) for a in read(CLIPPINGS)]
    assert said == [
        ("All was quiet", "Is it?"),
        ("the rain went on", ""),
        (None, ""),
        (None, "für sich"),
    ]
    first, second, bookmark, _ = read(CLIPPINGS)
    assert first.created == datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert second.created is None
    assert bookmark.motivation == BOOKMARKING


def test_read_again_they_have_the_same_ids() -> None:
    assert [a.id for a in read(CLIPPINGS)] == [a.id for a in read(CLIPPINGS)]


def test_where_none_is_of_this_title_all_are_meant() -> None:
    assert len(read(CLIPPINGS.replace("A Story", "The Story"))) == 5


@pytest.mark.parametrize("content", [b"", b"==========\n==========\n", b"caf\xe9\n==========\n"])
def test_what_holds_no_clipping_is_refused(content: bytes) -> None:
    with pytest.raises(NotesUnreadable):
        read_clippings(content, PATH, STORY)
