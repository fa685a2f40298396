"""Tests of reader.ui.desk.contents."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.text.document import BlockKind, ContentsEntry, Document, Place
from reader.ui.desk.contents import (
    HeadingIndex,
    current_heading,
    has_contents,
    headings_at_hand,
    headings_of,
    read_place,
)
from tests.ui.view.documents import SectionMaker, document_of, prose
from tests.ui.view.lazy_documents import Shelf

_LINES = (
    ContentsEntry("Part one", "", 1),
    ContentsEntry("Chapter 0", "0#", 2),
    ContentsEntry("Chapter 1", "1#", 2),
    ContentsEntry("Its middle", "1:500", 3),
    ContentsEntry("Chapter 2", "2#", 2),
)


def test_the_contents_a_file_has_are_shown_without_reading_a_section() -> None:
    shelf = Shelf(3)
    document = replace(shelf.document(), contents=_LINES)
    assert has_contents(document)
    assert [(h.title, h.depth) for h in headings_of(document)] == [
        ("Part one", 0),
        ("Chapter 0", 1),
        ("Chapter 1", 1),
        ("Its middle", 2),
        ("Chapter 2", 1),
    ]
    assert shelf.was_read == []


@pytest.mark.parametrize(
    ("here", "title"),
    [
        (Place(0, 900), "Chapter 0"),
        (Place(1, 499), "Chapter 1"),
        (Place(1, 500), "Its middle"),
        (Place(2, 0), "Chapter 2"),
    ],
    ids=str,
)
def test_the_current_line_is_the_last_one_before_the_place(here: Place, title: str) -> None:
    document = replace(Shelf(3).document(), contents=_LINES)
    headings = headings_of(document)
    _ = document.sections[here.section]  # it is on the screen, so it has been read
    assert headings[current_heading(document, headings, here)].title == title


def test_the_current_line_is_found_without_placing_those_of_other_sections(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    document = replace(Shelf(3).document(), contents=_LINES)
    headings = headings_of(document)
    _ = [document.sections[number] for number in range(3)]
    index = HeadingIndex(document, headings)
    placed: list[str] = []
    place_of = Document.place_of

    def watched(self: Document, target: str, section: int = 0) -> Place | None:
        placed.append(target)
        return place_of(self, target, section)

    monkeypatch.setattr(Document, "place_of", watched)
    for here in (Place(0, 0), Place(0, 700), Place(1, 0), Place(1, 499), Place(1, 900)):
        placed.clear()
        assert current_heading(document, headings, here) == index.at(here)
        assert {target[:1] for target in placed} == {str(here.section)}


def test_before_the_first_heading_no_line_is_current() -> None:
    section = SectionMaker().add("Some words.").add("A title", BlockKind.HEADING, level=1).made()
    document = document_of(section)
    assert current_heading(document, headings_of(document), Place(0, 3)) == -1


def test_without_contents_the_headings_are_found_in_the_text() -> None:
    shelf = Shelf(3)
    document = shelf.document()
    assert has_contents(document)
    assert shelf.was_read == []
    assert [h.title for h in headings_of(document)] == ["Chapter 0", "Chapter 1", "Chapter 2"]


def test_what_is_known_of_the_headings_is_told_without_reading_a_section() -> None:
    shelf = Shelf(3)
    document = shelf.document()
    assert headings_at_hand(document) == []
    _ = document.sections[1]
    assert [h.title for h in headings_at_hand(document)] == ["Chapter 1"]
    assert shelf.was_read == [1]


def test_a_text_without_headings_has_no_contents() -> None:
    assert not has_contents(prose("one", "two"))


def test_going_to_a_line_reads_its_section_alone() -> None:
    shelf = Shelf(3)
    assert read_place(shelf.document(), "2#") == Place(2, 0)
    assert shelf.was_read == [2]
