"""Readwise's CSV, out as its import wants it and in from its own export."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.annotations.anchoring import AnchorState, anchor
from reader.annotations.exchange.reading_apps.readwise import (
    COLUMNS,
    read_highlights,
    write_highlights,
)
from reader.annotations.model import Annotation
from reader.errors import NotesUnreadable
from reader.text.document import Span
from tests.annotations.documents import document_of
from tests.annotations.exchange.noted_texts import NOTES, the_house

PATH = Path("highlights.csv")
STORY = document_of("All was quiet, and the rain went on.", title="A Story")


def read(content: str | bytes) -> tuple[Annotation, ...]:
    given = content.encode() if isinstance(content, str) else content
    return read_highlights(given, PATH, STORY).annotations


def test_it_has_readwises_columns_and_a_row_a_note_with_a_link_back() -> None:
    content = write_highlights([the_house()]).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [row["Highlight"] for row in rows] == [quote for quote, _, _ in NOTES]
    assert {row["Title"] for row in rows} == {"The house: a story"}
    assert rows[0]["Author"] == "Ada B., Bo"
    assert rows[0]["Note"] == ".sound .at-home\nA _smile_ 🙂."
    assert rows[0]["Date"] == "2026-05-01T12:00:00Z"
    assert all(row["URL"].startswith("sottovoce:open?text=") for row in rows)


def test_ours_come_back_with_the_ids_they_have() -> None:
    house = the_house()
    assert house.document is not None
    file = read_highlights(write_highlights([house]), PATH, house.document)
    assert not file.is_whole
    assert [a.id for a in file.annotations] == [note.annotation.id for note in house.notes]
    for annotation, note in zip(file.annotations, house.notes, strict=True):
        assert annotation.note_text == note.annotation.note_text
        assert annotation.created == note.annotation.created
        assert anchor(annotation, house.document).span == note.span


EXPORT = (
    "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,"
    "Highlighted at,Document tags\r\n"
    '"the rain, went",Another,X,,,,,order,1,,\r\n'
    'was quiet,a story ,Ada,B00,"Hm, ""so""\nindeed",blue,"sound,night sky",location,12,'
    "2026-05-01 12:00:00+00:00,\r\n"
    "the rain went on,A Story,Ada,B00,.later,yellow,,location,13,,\r\n"
)


def test_its_own_export_is_read_as_far_as_it_is_on_this_text() -> None:
    first, second = read(EXPORT)
    assert first.note_text == 'Hm, "so"\nindeed'
    assert (first.tags, first.colour) == (("sound", "night sky"), "sky")
    assert first.created == datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert (second.note_text, second.tags) == ("", ("later",))
    found = anchor(first, STORY)
    assert (found.state, found.span) == (AnchorState.ANCHORED, Span(0, 4, 13))


def test_where_no_row_has_the_title_all_are_meant() -> None:
    assert len(read("highlight\nwas quiet\n\nthe rain\n")) == 2


def test_read_again_the_notes_have_the_same_ids() -> None:
    assert read(EXPORT) == read(EXPORT)


@pytest.mark.parametrize(
    ("content", "where"),
    [
        pytest.param("", "line 1", id="empty"),
        pytest.param("Quote,Title\na,b\n", "line 1", id="no column of highlights"),
        pytest.param("Highlight\n" + "a" * 200_000, "line 2", id="a cell without end"),
        pytest.param(b"Highlight\ncaf\xe9\n", "byte 13", id="Latin-1"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(content: str | bytes, where: str) -> None:
    with pytest.raises(NotesUnreadable) as caught:
        read(content)
    assert caught.value.where == where


def test_a_row_whose_date_is_none_comes_in_without(tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    content = b"Highlight,Date\nwas quiet,soon\nin the house,2026-05-01 12:00:00\n"
    read = read_highlights(content, path, document_of("All was quiet in the house."))
    assert [note.created for note in read.annotations] == [
        None,
        datetime(2026, 5, 1, 12, tzinfo=UTC),
    ]
