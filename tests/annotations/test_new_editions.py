"""Notes on real files find their passages in the files' next editions, in each format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import pytest

from reader.annotations.anchoring import AnchorState
from reader.annotations.editing import new_annotation
from reader.annotations.format_selectors import CSS, FRAGMENT, FormatSelectors
from reader.annotations.model import Annotation
from reader.annotations.placing import placed_annotations
from reader.annotations.selectors import PROGRESSION
from reader.annotations.store import AnnotationStore
from reader.formats.registry import open_document
from reader.storage.database import Database
from reader.text.document import Document, Span
from tests.annotations.documents import NOON
from tests.benchmarks.notes.anchoring_texts import made_text
from tests.formats.epub.epub_books import page, write_book
from tests.formats.office.office_files import write_docx
from tests.formats.pdf.raw_pdf import paragraph, pdf_of_pages

Chapters = Sequence[Sequence[str]]
"""Each chapter's paragraphs, the first of which is its heading."""

PASSAGE = slice(3, 9)
"""The words of each paragraph that a note is on."""
TAKEN_OUT = 5
"""The paragraph, of all, that the next edition leaves out."""
FOREWORD = ("A foreword", "The publisher has mended some errors, and is sorry for the others.")


def first_edition() -> list[list[str]]:
    paragraphs = [text for text in made_text("Latin", 20_000) if len(text.split()) > 12][:36]
    return [[f"Chapter {number}", *paragraphs[number * 6 : number * 6 + 6]] for number in range(6)]


def next_edition(chapters: Chapters) -> list[list[str]]:
    """Return it with a foreword, a chapter moved, a paragraph taken out, and misprints."""
    changed = []
    number = 0
    for heading, *paragraphs in chapters:
        changed.append([heading])
        for text in paragraphs:
            words = text.split()
            if number % 3 == 0:
                words[5] = words[5] + "s"  # in the passage
                words[11] = "misprinted"
            if number != TAKEN_OUT:
                changed[-1].append(" ".join(words))
            number += 1
    changed.insert(1, changed.pop(4))
    return [list(FOREWORD), *changed]


def write_epub(path: Path, chapters: Chapters, *, is_next: bool) -> None:
    name, around = ("part{:04}.xhtml", "<section>{}</section>") if is_next else ("c{}.xhtml", "{}")
    pages = {
        name.format(number): page(around.format(html_of(chapter)))
        for number, chapter in enumerate(chapters)
    }
    write_book(path, pages)


def write_html(path: Path, chapters: Chapters, *, is_next: bool) -> None:
    around = '<div class="text"><main>{}</main></div>' if is_next else "{}"
    body = around.format("".join(map(html_of, chapters)))
    path.write_text(f"<!DOCTYPE html><title>A text</title><body>{body}</body>", encoding="utf-8")


def html_of(chapter: Sequence[str]) -> str:
    heading, *paragraphs = map(escape, chapter)
    return f"<h1>{heading}</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs)


def write_word(path: Path, chapters: Chapters, *, is_next: bool) -> None:
    def runs(text: str) -> str:
        cut = len(text) // 2 if is_next else 0  # another program cuts its runs elsewhere
        parts = (text[:cut], text[cut:])
        return "".join(f'<w:r><w:t xml:space="preserve">{part}</w:t></w:r>' for part in parts)

    texts = [escape(text) for chapter in chapters for text in chapter]
    write_docx(path, "".join(f"<w:p>{runs(text)}</w:p>" for text in texts))


def write_pdf(path: Path, chapters: Chapters, *, is_next: bool) -> None:
    wide, height = (48, 560) if is_next else (80, 842)
    lines = [
        line
        for chapter in chapters
        for text in chapter
        for line in [*(words for *_, words in paragraph(text, wide=wide)), ""]
    ]
    room = (height - 120) // 12
    pages = [
        [(60.0, height - 60.0 - 12 * at, 10.0, words) for at, words in enumerate(some) if words]
        for some in (lines[start : start + room] for start in range(0, len(lines), room))
    ]
    path.write_bytes(pdf_of_pages(pages, page_entries=f"/MediaBox [0 0 {wide * 7} {height}]"))


def noted(document: Document, chapters: Chapters, source: str) -> list[Annotation]:
    """Return a note on a passage of each paragraph, with all the selectors of its format."""
    passages = [" ".join(text.split()[PASSAGE]) for chapter in chapters for text in chapter[1:]]
    selectors = FormatSelectors(document)
    notes = []
    for passage in passages:
        (span,) = (
            Span(number, start, start + len(passage))
            for number, section in enumerate(document.sections)
            if (start := section.text.find(passage)) >= 0
        )
        note = new_annotation(document, span, source=source, created=NOON)
        notes.append(selectors.completed(note, span))
    return notes


@pytest.mark.parametrize(
    ("name", "write", "selectors"),
    [
        pytest.param("book.epub", write_epub, {PROGRESSION, FRAGMENT, CSS}, id="EPUB"),
        pytest.param("page.html", write_html, {PROGRESSION, CSS}, id="HTML"),
        pytest.param("letter.docx", write_word, {PROGRESSION}, id="DOCX"),
        pytest.param("paper.pdf", write_pdf, {PROGRESSION, FRAGMENT}, id="PDF"),
    ],
)
def test_notes_on_a_file_are_on_their_words_in_its_next_edition(
    tmp_path: Path, name: str, write: Callable[..., None], selectors: set[str]
) -> None:
    path, chapters = tmp_path / name, first_edition()
    write(path, chapters, is_next=False)
    document = open_document(path)
    notes = noted(document, chapters, name)
    assert {kind for note in notes for kind in note.target.other_selectors} == selectors
    with Database(tmp_path / "sottovoce.sqlite3") as database:
        store = AnnotationStore(database)
        store.save(document.fingerprint, *notes)
        store.bring_along(path, document)
        states = {anchor.state for _, anchor in placed_annotations(store, document)}
        assert states == {AnchorState.ANCHORED}

        write(path, next_edition(chapters), is_next=True)
        edited = open_document(path)
        store.bring_along(path, edited)
        placed = placed_annotations(store, edited)

    assert [note.id for note, _ in placed] == [note.id for note in notes]
    found = [
        "" if span is None else edited.sections[span.section].text[span.start : span.end]
        for span in (anchor.span for _, anchor in placed)
    ]
    wanted = []
    for number, words in enumerate(text.split() for chapter in chapters for text in chapter[1:]):
        words[5] += "s" * (number % 3 == 0)
        wanted.append("" if number == TAKEN_OUT else " ".join(words[PASSAGE]))
    assert [" ".join(passage.split()) for passage in found] == wanted
