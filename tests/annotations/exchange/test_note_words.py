"""What a note says spoils nothing around it, in whatever file it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.annotations.exchange.note_words import closed_markdown
from reader.annotations.exchange.notes_alone.anki_cards import write_lines, write_package
from reader.annotations.exchange.notes_alone.markdown_notes import write_page
from reader.annotations.exchange.notes_alone.note_template import TemplateText
from reader.annotations.exchange.notes_alone.notes_book import BookNote, notes_book
from reader.annotations.exchange.notes_alone.plain_notes import write_plain_notes
from reader.annotations.exchange.reading_apps.readwise import write_highlights
from reader.annotations.exchange.text_with_notes import TextWithNotes
from tests.annotations.exchange.noted_texts import annotation_on, document_with_heading, noted

DOCUMENT = document_with_heading()
TEMPLATE = TemplateText(
    Path("notes.md"),
    (Path(__file__).parents[3] / "resources" / "templates" / "notes.md").read_text("utf-8"),
)


def house_with(note: str, *tags: str) -> TextWithNotes:
    return noted(DOCUMENT, annotation_on(DOCUMENT, "quiet", note, tags))


def shows_behind(markdown: str) -> bool:
    """Whether what follows a text in Markdown is still a paragraph of its own."""
    tokens = MarkdownIt("commonmark").parse(f"{markdown}\n\nbehind it")
    return len(tokens) > 2 and (tokens[-2].content, tokens[-1].level) == ("behind it", 0)


@pytest.mark.parametrize(
    ("note", "closed"),
    [
        ("```py\nx = 1", "```py\nx = 1\n```"),
        ("~~~~\nx\n~~~", "~~~~\nx\n~~~\n~~~~"),
        ("so:\n<!-- not ended\nmore", "so:\n\\<!-- not ended\nmore"),
        ("<script>\nx", "\\<script>\nx"),
        ("%% hidden", "\\%\\% hidden"),
        ("a %%b%% and %%c", "a %%b%% and \\%\\%c"),
        ("$$ x^2", "\\$\\$ x^2"),
        ("```\n%% $$\n```", "```\n%% $$\n```"),
        ("> ```\n> quoted", "> ```\n> quoted"),
        ("- a\n\n      code", "- a\n\n      code"),
        ("as *usual*\n\n```\nx\n```\n\n<b>so</b>", "as *usual*\n\n```\nx\n```\n\n<b>so</b>"),
        ("", ""),
    ],
)
def test_what_a_note_leaves_open_is_closed_and_nothing_else_changed(note: str, closed: str) -> None:
    assert closed_markdown(note) == closed
    assert shows_behind(closed)


@given(st.text("`~<!-->%$ \n>*abc/&scriptyle?[]", max_size=60))
def test_whatever_a_note_is_the_page_goes_on_behind_it(note: str) -> None:
    assert shows_behind(closed_markdown(note))


def test_a_page_and_a_book_go_on_behind_an_open_fence() -> None:
    house = house_with("```\nopen")
    page = write_page(house, TEMPLATE, None).decode()
    assert "```\nopen\n```\n" in page
    note = BookNote(house.notes[0].annotation, "", "")
    assert "```\nopen\n```\n" in notes_book("Notes", [("", [note, note])])


def test_control_characters_reach_no_file() -> None:
    house = house_with("part\x1fed \x07by\x00 signs\x0band lines", "a\x1fb")
    for content in (write_lines([house]), write_plain_notes([house]), write_highlights([house])):
        assert not {*content} & ({*range(32)} - {9, 10, 13})
        assert b"parted by signs" in content


def test_a_tag_without_letters_is_left_out() -> None:
    house = house_with("Said.", "#", " ", "- -")
    assert "\n# " not in write_page(house, TEMPLATE, None).decode().partition("sv-notes")[2]
    rows = write_highlights([house_with("Said.", " ", "- -")])
    assert b",Said.,1," in rows
    assert write_package([house])
