"""Replies go out with the note they answer, in each format as it has them."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree
from pypdf import PdfReader

from reader.annotations.editing import new_annotation, new_reply
from reader.annotations.exchange.note_formats import WritingChoices, writer_for
from reader.annotations.exchange.notes_alone.note_template import TemplateText
from reader.annotations.exchange.text_with_notes import TextWithNotes
from reader.annotations.model import BOOKMARKING, AnnotationId
from reader.text.document import Span
from tests.annotations.documents import LATER, NOON
from tests.annotations.exchange.annotated_texts.test_pdf import quiet_libraries
from tests.annotations.exchange.noted_texts import annotation_on, document_with_heading, noted

__all__ = ["quiet_libraries"]

TEMPLATE = Path("resources/templates/notes.md")
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


@pytest.fixture
def text() -> TextWithNotes:
    """A text with a note, a reply to it, a reply to that, another note, and a stray reply."""
    document = document_with_heading()
    note = annotation_on(document, "quiet", "So quiet.")
    answer = new_reply(note.id, "Was *it*?", created=NOON, creator="Bo <b@x>")
    below = new_reply(answer.id, "It was.", created=LATER, creator="Ada")
    other = annotation_on(document, "rain", "Wet.")
    stray = new_reply(AnnotationId("urn:example:gone"), "To nobody.", created=NOON)
    return noted(document, answer, other, note, below, stray)


def written(text: TextWithNotes, name: str) -> bytes:
    choices = WritingChoices(
        lambda: TemplateText(TEMPLATE, TEMPLATE.read_text(encoding="utf-8")), lambda _name: ""
    )
    return writer_for(name).write([text], choices)


def test_replies_stand_behind_their_note_and_none_of_them_is_lost(text: TextWithNotes) -> None:
    first, answer, below, other, stray = text.notes
    assert first.replies == (answer, below)
    assert (answer.root, answer.depth, below.depth) == (first.annotation.id, 1, 2)
    assert [note.is_lost for note in (first, answer, below, other, stray)] == [False] * 4 + [True]


@pytest.mark.parametrize("name", ["text", "markdown"])
def test_in_pages_of_words_they_say_whose_they_are(text: TextWithNotes, name: str) -> None:
    page = written(text, name).decode().replace("\\", "")
    assert page.index("So quiet.") < page.index("Was *it*?") < page.index("It was.")
    assert page.index("It was.") < page.index("Wet.")
    assert "Bo <b@x> replied" in page
    assert page.count("not found in the text") == 1, "the stray one"


def test_in_a_web_page_they_stand_in_the_card_of_their_note(text: TextWithNotes) -> None:
    page = etree.HTML(written(text, "html").decode())
    (card,) = page.xpath('//aside[contains(., "So quiet.")]')
    replies = card.xpath('.//div[@class="reply"]')
    assert [reply.get("style") for reply in replies] == [None, "--depth: 2"]
    assert "Bo <b@x> replied" in "".join(replies[0].itertext())
    assert len(page.xpath('//section[@class="lost"]/aside')) == 1


def test_in_a_word_document_they_are_threads_of_comments(text: TextWithNotes) -> None:
    content = written(text, "docx")
    comments = list(docx.Document(io.BytesIO(content)).comments)
    assert [comment.author for comment in comments] == ["Ada", "Bo <b@x>", "Ada", "Ada", "Reader"]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        told = etree.fromstring(archive.read("word/commentsExtended.xml"))
        ids = etree.fromstring(archive.read("word/comments.xml"))
        types = archive.read("[Content_Types].xml").decode()
    assert [one.get(f"{_W15}paraIdParent") for one in told] == [
        None, "00000001", "00000001", None, None
    ]  # fmt: skip
    last = [comment[-1].values()[0] for comment in ids]
    assert last == [one.get(f"{_W15}paraId") for one in told]
    assert "commentsExtended+xml" in types


def test_in_tables_and_decks_they_are_told_with_their_note(text: TextWithNotes) -> None:
    rows = list(csv.DictReader(io.StringIO(written(text, "readwise").decode("utf-8-sig"))))
    notes = {row["Highlight"]: row["Note"] for row in rows}
    assert notes["quiet"] == "So quiet.\n\nBo <b@x> replied: Was *it*?\n\nAda replied: It was."
    assert len(rows) == 3
    lines = [line for line in written(text, "tsv").decode().splitlines() if "So quiet." in line]
    assert "Bo &lt;b@x&gt; replied" in lines[0]
    assert "<em>it</em>" in lines[0]


def test_in_a_pdf_they_are_in_the_pop_up_of_their_note(text: TextWithNotes) -> None:
    pages = PdfReader(io.BytesIO(written(text, "pdf"))).pages
    said = [
        str(annotation.get_object().get("/Contents", ""))
        for page in pages
        for annotation in page.get("/Annots", ())
    ]
    (own,) = [contents for contents in said if "So quiet." in contents]
    assert "Bo <b@x> replied: Was *it*?" in own
    assert not [contents for contents in said if contents.startswith("Was")]


def test_a_bookmark_without_words_is_called_one() -> None:
    document = document_with_heading()
    mark = new_annotation(document, Span(0, 9, 9), BOOKMARKING, source="a", created=NOON)
    text = noted(document, mark)
    for name in ("text", "markdown", "html"):
        assert "Bookmark" in written(text, name).decode()
