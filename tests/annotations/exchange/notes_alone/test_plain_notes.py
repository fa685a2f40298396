"""Notes as plain text, to be read by people."""

from __future__ import annotations

from reader.annotations.exchange.notes_alone.plain_notes import write_plain_notes
from reader.annotations.exchange.text_with_notes import notes_without_text
from tests.annotations.exchange.noted_texts import (
    annotation_on,
    document_with_heading,
    noted,
    the_house,
)


def test_passages_notes_tags_and_links_stand_in_the_order_of_the_text() -> None:
    house = the_house()
    lines = write_plain_notes([house]).decode().splitlines()
    assert lines[:4] == ["The house: a story", "==================", "Ada B., Bo", house.link]
    assert lines[5:12] == [
        "The house",
        "---------",
        "",
        "“quiet 😀 in”",
        "    A _smile_ 🙂.",
        "    #sound #at home  2026-05-01",
        f"    {house.notes[0].link}",
    ]
    passages = [line for line in lines if line.startswith("“")]
    assert passages == [f"“{note.quote}”" for note in house.notes]


def test_a_note_that_was_not_found_comes_last_and_says_so() -> None:
    lost = annotation_on(document_with_heading(), "<went> on", "Where?")
    other = document_with_heading(("Nothing of it.", "All is new, even the words."))
    kept = annotation_on(other, "All is new")
    text = write_plain_notes([noted(other, lost, kept)]).decode()
    assert text.index("“All is new”") < text.index("“<went> on”")
    assert "2026-05-01  not found in the text" in text


def test_a_text_that_is_gone_comes_with_its_notes_in_order() -> None:
    house = the_house()
    annotations = [note.annotation for note in reversed(house.notes)]
    gone = notes_without_text(house.fingerprint, house.title, None, annotations)
    passages = [line for line in write_plain_notes([gone]).decode().splitlines() if "“" in line]
    assert passages == [f"“{note.quote}”" for note in house.notes]
