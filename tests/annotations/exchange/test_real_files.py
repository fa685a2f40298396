"""Every format on real files: the review with its notes, and a book with notes all over it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from lxml import html
from pypdf import PdfReader

from reader.annotations.anchoring import AnchorState, anchor_annotations
from reader.annotations.editing import new_annotation
from reader.annotations.exchange.note_formats import WritingChoices, read_notes, writer_for
from reader.annotations.exchange.text_with_notes import TextWithNotes, text_with_notes
from reader.annotations.exchange.web_annotations.web_annotation import read_annotations
from reader.app.note_exchange import note_template
from reader.formats.registry import open_document
from reader.text.document import Document, Span
from tests.annotations.documents import NOON

RESOURCES = Path(__file__).parents[3] / "resources" / "templates"


@pytest.fixture(autouse=True)
def quiet_libraries() -> Iterator[None]:
    """Take back what the PDF says to loggers of libraries."""
    levels = {name: logging.getLogger(name).level for name in ("fpdf", "fontTools")}
    yield
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def review(shared_inputs: Path) -> TextWithNotes:
    path = shared_inputs / "her-review.txt"
    notes = shared_inputs / "her-review.annotations.jsonld"
    document = open_document(path)
    file = read_annotations(notes.read_bytes(), notes)
    anchors = anchor_annotations(file.annotations, document)
    placed = zip(file.annotations, anchors, strict=True)
    return text_with_notes(document, path, placed, file.envelope)


@pytest.fixture
def book(shared_inputs: Path) -> TextWithNotes:
    """Return a book with a note on the first words of each of many paragraphs."""
    path = shared_inputs / "accessible_epub_3.epub"
    document = open_document(path)
    notes = [
        new_annotation(
            document, span, source="book.epub", created=NOON, note=f"Note {n}: 𠮷 שלום", tags=("b",)
        )
        for n, span in enumerate(spans_in(document))
    ]
    anchors = anchor_annotations(notes, document)
    return text_with_notes(document, path, zip(notes, anchors, strict=True))


def spans_in(document: Document) -> Iterator[Span]:
    """Yield the first words of every seventh longer block."""
    for section in document.sections:
        for block in section.blocks[::7]:
            if block.end - block.start > 40:
                words = section.text[block.start : block.start + 30].rstrip()
                yield Span(section.index, block.start, block.start + len(words))


def written(text: TextWithNotes, name: str, folder: Path) -> bytes:
    choices = WritingChoices(
        lambda: note_template(folder), lambda file: (RESOURCES / file).read_text("utf-8")
    )
    return writer_for(name).write([text], choices)


@pytest.mark.parametrize("name", ["jsonld", "hypothesis", "readwise"])
@pytest.mark.parametrize("which", ["review", "book"])
def test_what_goes_out_comes_back_on_the_same_passages(
    request: pytest.FixtureRequest, tmp_path: Path, name: str, which: str
) -> None:
    text: TextWithNotes = request.getfixturevalue(which)
    assert text.document is not None
    content = written(text, name, tmp_path)
    suffix = writer_for(name).suffix
    read = read_notes(content, Path(f"notes{suffix}"), text.document).annotations
    before = {note.annotation.id: note for note in text.notes}
    assert {annotation.id for annotation in read} == set(before)
    for annotation, anchor in zip(read, anchor_annotations(read, text.document), strict=True):
        note = before[annotation.id]
        assert annotation.note_text == note.annotation.note_text
        assert annotation.tags == note.annotation.tags
        if name != "readwise" or anchor.state is AnchorState.ANCHORED:
            assert anchor.span == note.span


def test_the_review_in_every_format_that_shows_its_text(
    review: TextWithNotes, tmp_path: Path
) -> None:
    count, quotes = len(review.notes), [note.quote for note in review.notes]
    page = html.document_fromstring(written(review, "html", tmp_path))
    assert ["".join(mark.itertext()) for mark in page.xpath("//mark")] == quotes
    word = docx.Document(io.BytesIO(written(review, "docx", tmp_path)))
    assert len(list(word.comments)) == count
    pdf = PdfReader(io.BytesIO(written(review, "pdf", tmp_path)))
    marks = [mark for sheet in pdf.pages for mark in sheet.get("/Annots", ())]
    assert len(marks) == count
    markdown = written(review, "markdown", tmp_path).decode()
    assert markdown.count("\n^sv-") == count


def test_a_book_keeps_its_text_and_pictures_beside_its_notes(
    book: TextWithNotes, tmp_path: Path
) -> None:
    assert len(book.notes) > 50
    page = html.document_fromstring(written(book, "html", tmp_path))
    assert len(page.xpath("//aside")) == len(book.notes)
    assert page.xpath("//img[starts-with(@src, 'data:image/')]")
    assert not page.xpath("//img[not(starts-with(@src, 'data:'))] | //script")
    word = docx.Document(io.BytesIO(written(book, "docx", tmp_path)))
    assert len(list(word.comments)) == len(book.notes)
