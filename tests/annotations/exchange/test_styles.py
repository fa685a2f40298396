"""The style of a mark goes out in every format that has one, and comes in from other readers."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from reader.annotations.appearance import STYLES
from reader.annotations.editing import new_annotation
from reader.annotations.exchange.note_formats import WritingChoices, read_notes, writer_for
from reader.annotations.exchange.notes_alone.note_template import TemplateText
from reader.annotations.exchange.text_with_notes import TextWithNotes
from reader.annotations.model import Annotation
from reader.formats.registry import open_document
from reader.text.document import Document, Span
from tests.annotations.documents import NOON
from tests.annotations.exchange.annotated_texts.test_pdf import (
    PAPER,
    PASSAGES,
    quiet_libraries,
    with_notes,
)
from tests.annotations.exchange.noted_texts import document_with_heading, noted

__all__ = ["quiet_libraries"]

WORDS = ("All was", "quiet", "only", "clock")
TEMPLATE = Path("resources/templates/notes.md")


def marked(document: Document, passage: str, style: str) -> Annotation:
    """Return an annotation in this style on the first place that says `passage`."""
    section = next(one for one in document.sections if passage in one.text)
    start = section.text.index(passage)
    span = Span(section.index, start, start + len(passage))
    return new_annotation(
        document, span, source="a", created=NOON, note="Hm.", colour="rose", style=style
    )


@pytest.fixture
def text() -> TextWithNotes:
    """A text with a passage in each style."""
    document = document_with_heading()
    pairs = zip(WORDS, STYLES, strict=True)
    return noted(document, *(marked(document, words, style) for words, style in pairs))


def written(text: TextWithNotes, name: str) -> bytes:
    choices = WritingChoices(
        lambda: TemplateText(TEMPLATE, TEMPLATE.read_text(encoding="utf-8")), lambda _name: ""
    )
    return writer_for(name).write([text], choices)


def test_web_annotations_bring_it_back(text: TextWithNotes) -> None:
    assert text.document is not None
    read = read_notes(written(text, "jsonld"), Path("notes.jsonld"), text.document)
    assert [note.style for note in read.annotations] == list(STYLES)


def test_a_page_of_html_shows_it(text: TextWithNotes) -> None:
    page = written(text, "html").decode()
    for words, style in zip(WORDS, STYLES, strict=True):
        look = "rose" if style == "highlight" else f"rose {style}"
        assert f'<mark class="{look}" aria-details=' in page
        assert f">{words}</mark>" in page


def test_on_a_page_of_html_a_line_is_seen_on_a_highlight_and_below_it() -> None:
    document = document_with_heading()
    over = marked(document, "All was quiet", "underline")
    under = marked(document, "was", "highlight")
    page = written(noted(document, over, under), "html").decode()
    assert (
        '<mark class="rose underline"><mark class="rose" aria-details="note-2">was</mark>' in page
    )


def test_pdf_has_a_kind_of_annotation_for_each(text: TextWithNotes, tmp_path: Path) -> None:
    wanted = ["/Highlight", "/Underline", "/StrikeOut", "/Squiggly"]
    assert _subtypes(written(text, "pdf")) == wanted, "on pages of ours"
    path = tmp_path / "paper.pdf"
    path.write_bytes(PAPER.read_bytes())
    document = open_document(path)
    notes = [marked(document, PASSAGES[0], style) for style in STYLES]
    assert _subtypes(written(with_notes(path, document, *notes), "pdf")) == wanted, "in a copy"


def _subtypes(content: bytes) -> list[str]:
    return [
        subtype
        for page in PdfReader(io.BytesIO(content)).pages
        for reference in page.get("/Annots", ())
        if (subtype := reference.get_object()["/Subtype"]) != "/Link"
    ]


def test_word_marks_runs_in_it(text: TextWithNotes) -> None:
    content = written(text, "docx")
    runs = {
        run.text: run
        for paragraph in docx.Document(io.BytesIO(content)).paragraphs
        for run in paragraph.runs
    }
    assert runs["clock"].font.underline is not None
    assert runs["only"].font.strike
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert 'w:u w:val="wave"' in xml
    assert 'w:u w:val="single"' in xml
    assert not runs["All was"].font.underline


def test_a_page_of_markdown_names_it(text: TextWithNotes) -> None:
    page = written(text, "markdown").decode()
    details = [line for line in page.splitlines() if "Open in Sottovoce" in line]
    found = [next((style for style in STYLES if style in line), "") for line in details]
    assert found == ["", "underline", "strike", "squiggle"]


@pytest.mark.parametrize(
    ("name", "content", "looks"),
    [
        (
            "metadata.epub.lua",
            """return { ["annotations"] = {
                [1] = { ["text"] = "quiet", ["drawer"] = "underscore", ["color"] = "blue",
                        ["pos0"] = "/a", ["datetime"] = "2026-01-01 10:00:00" },
                [2] = { ["text"] = "clock", ["drawer"] = "strikeout", ["color"] = "gray",
                        ["pos0"] = "/b", ["datetime"] = "2026-01-01 10:00:01" },
                [3] = { ["text"] = "house", ["drawer"] = "lighten", ["color"] = "red",
                        ["pos0"] = "/c", ["datetime"] = "2026-01-01 10:00:02" } } }""",
            [("underline", "sky"), ("strike", "sage"), ("highlight", "rose")],
        ),
        (
            "config.json",
            json.dumps(
                {
                    "booknotes": [
                        {
                            "type": "annotation",
                            "text": "quiet",
                            "style": "squiggly",
                            "color": "green",
                        },
                        {
                            "type": "annotation",
                            "text": "clock",
                            "style": "underline",
                            "color": "#f87171",
                        },
                    ]
                }
            ),
            [("squiggle", "sage"), ("underline", "rose")],
        ),
        (
            "book.json",
            json.dumps(
                {
                    "lastLocation": "epubcfi(/6/2)",
                    "annotations": [
                        {"value": "epubcfi(/6/2)", "text": "quiet", "color": "strikethrough"},
                        {"value": "epubcfi(/6/4)", "text": "clock", "color": "yellow"},
                    ],
                }
            ),
            [("strike", "sage"), ("highlight", "apricot")],
        ),
        (
            "a.calibre_annotation_collection",
            json.dumps(
                {
                    "type": "calibre_annotation_collection",
                    "annotations": [
                        {
                            "type": "highlight",
                            "highlighted_text": "quiet",
                            "style": {"kind": "decoration", "type": "builtin", "which": "wavy"},
                        },
                        {
                            "type": "highlight",
                            "highlighted_text": "clock",
                            "style": {"kind": "color", "type": "builtin", "which": "purple"},
                        },
                    ],
                }
            ),
            [("squiggle", "sage"), ("highlight", "rose")],
        ),
    ],
    ids=["koreader", "readest", "foliate", "calibre"],
)
def test_other_readers_styles_come_in(
    name: str, content: str, looks: list[tuple[str, str]]
) -> None:
    document = document_with_heading()
    read = read_notes(content.encode(), Path(name), document)
    assert [(note.style, note.colour) for note in read.annotations] == looks
