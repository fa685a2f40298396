"""The formats notes go out in and come in from: one table for command line and window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reader.annotations.exchange.envelope import AnnotationFile, foreign_file
from reader.annotations.exchange.notes_alone.note_template import TemplateText
from reader.annotations.exchange.reading_apps.foreign_book import ForeignBook
from reader.annotations.exchange.text_with_notes import TextWithNotes
from reader.text.document import Document
from reader.values import value


@value
class WritingChoices:
    """What else a writer is told. `existing` is what is in the file that is to be written anew.

    `template` gives the user's template for notes in Markdown, `resource` a file of ours.
    """

    template: Callable[[], TemplateText]
    resource: Callable[[str], str]
    existing: bytes | None = None


@value
class PageMarks:
    """By what a file that was written before is known, where users move and rename them."""

    found_in: Callable[[bytes], frozenset[str]]
    of_text: Callable[[TextWithNotes], frozenset[str]]


@value
class NoteWriter:
    """One format out. `write` imports what it needs when called, and returns the file's bytes.

    `takes_many` says whether the notes on several texts make one file; else each text has its own.
    `wants_text` says whether the text itself has to be read for it.
    """

    name: str
    label: str
    suffix: str
    takes_many: bool
    wants_text: bool
    write: Callable[[Sequence[TextWithNotes], WritingChoices], bytes]
    marks: PageMarks | None = None
    """Of a format whose files live among others of the user's; None for any other."""


@value
class NoteReader:
    """One format in. `sniff` tells it by the name of a file and how its content begins.

    `read` raises reader.errors.NotesUnreadable; it is told the text, which positions count in.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    sniff: Callable[[str, bytes], bool]
    read: Callable[[bytes, Path, Document], AnnotationFile]


def _write_json_ld(texts: Sequence[TextWithNotes], _choices: WritingChoices) -> bytes:
    from reader.annotations.exchange.web_annotations.web_annotation import write_texts

    return write_texts(texts)


def _write_hypothesis(texts: Sequence[TextWithNotes], _choices: WritingChoices) -> bytes:
    from reader.annotations.exchange.web_annotations.hypothesis_json import write_rows

    return write_rows(texts)


def _write_readwise(texts: Sequence[TextWithNotes], _choices: WritingChoices) -> bytes:
    from reader.annotations.exchange.reading_apps.readwise import write_highlights

    return write_highlights(texts)


def _write_markdown(texts: Sequence[TextWithNotes], choices: WritingChoices) -> bytes:
    from reader.annotations.exchange.notes_alone.markdown_notes import write_page

    return write_page(texts[0], choices.template(), choices.existing)


def _markdown_marks_in(page: bytes) -> frozenset[str]:
    from reader.annotations.exchange.notes_alone.markdown_notes import marks_in

    return marks_in(page)


def _markdown_marks_of(text: TextWithNotes) -> frozenset[str]:
    from reader.annotations.exchange.notes_alone.markdown_notes import marks_of

    return marks_of(text)


_MARKDOWN_MARKS = PageMarks(_markdown_marks_in, _markdown_marks_of)


def _write_html(texts: Sequence[TextWithNotes], choices: WritingChoices) -> bytes:
    from reader.annotations.exchange.annotated_texts.html_page import write_page

    return write_page(texts[0], choices.resource("page.css"))


def _write_word(texts: Sequence[TextWithNotes], _choices: WritingChoices) -> bytes:
    from reader.annotations.exchange.annotated_texts.word_document import write_document

    return write_document(texts[0])


def _write_pdf(texts: Sequence[TextWithNotes], _choices: WritingChoices) -> bytes:
    from reader.annotations.exchange.annotated_texts.pdf_copy import pdf_source, write_copy
    from reader.annotations.exchange.annotated_texts.pdf_pages import write_pages

    (text,) = texts
    pages = None if text.document is None else text.document.printed
    source = None if pages is None else pdf_source(text.path)
    if pages is None or source is None:
        return write_pages(text)
    return write_copy(text, source, pages)


def _write_anki(texts: Sequence[TextWithNotes], _choices: WritingChoices) -> bytes:
    from reader.annotations.exchange.notes_alone.anki_cards import write_package

    return write_package(texts)


def _write_anki_lines(texts: Sequence[TextWithNotes], _choices: WritingChoices) -> bytes:
    from reader.annotations.exchange.notes_alone.anki_cards import write_lines

    return write_lines(texts)


def _write_plain(texts: Sequence[TextWithNotes], _choices: WritingChoices) -> bytes:
    from reader.annotations.exchange.notes_alone.plain_notes import write_plain_notes

    return write_plain_notes(texts)


WRITERS = (
    NoteWriter("jsonld", "Web Annotations (JSON-LD)", ".jsonld", True, False, _write_json_ld),
    NoteWriter("hypothesis", "Hypothesis (JSON)", ".json", True, True, _write_hypothesis),
    NoteWriter("readwise", "Readwise (CSV)", ".csv", True, True, _write_readwise),
    NoteWriter(
        "markdown", "Markdown (Obsidian)", ".md", False, True, _write_markdown, _MARKDOWN_MARKS
    ),
    NoteWriter("html", "Web page of the text with its notes", ".html", False, True, _write_html),
    NoteWriter("docx", "Word document with comments", ".docx", False, True, _write_word),
    NoteWriter("pdf", "PDF with annotations", ".pdf", False, True, _write_pdf),
    NoteWriter("anki", "Anki deck", ".apkg", True, True, _write_anki),
    NoteWriter("tsv", "Anki import (TSV)", ".tsv", True, True, _write_anki_lines),
    NoteWriter("text", "Plain text", ".txt", True, True, _write_plain),
)


def _read_json_ld(content: bytes, path: Path, _document: Document) -> AnnotationFile:
    from reader.annotations.exchange.web_annotations.web_annotation import read_annotations

    return read_annotations(content, path)


def _read_hypothesis(content: bytes, path: Path, document: Document) -> AnnotationFile:
    from reader.annotations.exchange.web_annotations.hypothesis_json import read_rows

    return read_rows(content, path, document)


def _read_readwise(content: bytes, path: Path, document: Document) -> AnnotationFile:
    from reader.annotations.exchange.reading_apps.readwise import read_highlights

    return read_highlights(content, path, document)


def _read_clippings(content: bytes, path: Path, document: Document) -> AnnotationFile:
    from reader.annotations.exchange.reading_apps.kindle_clippings import read_clippings

    return read_clippings(content, path, document)


def _is_hypothesis(_name: str, content: bytes) -> bool:
    # a key that every row has, and no annotation of the W3C's
    return b'"rows"' in content[:4096] or (
        b'"permissions"' in content and b'"uri"' in content and b'"target"' in content
    )


def _is_csv(name: str, content: bytes) -> bool:
    head = content[:400].removeprefix(b"\xef\xbb\xbf").lstrip()
    is_json = head.startswith((b"{", b"["))  # which may be on one line, and be of highlights too
    first = head.split(b"\n", 1)[0].lower()
    return not is_json and (name.endswith(".csv") or b"highlight" in first)


def _is_clippings(_name: str, content: bytes) -> bool:
    return b"\n==========" in content


def _always(_name: str, _content: bytes) -> bool:
    return True


def _read_calibre(content: bytes, path: Path, document: Document) -> AnnotationFile:
    from reader.annotations.exchange.reading_apps.calibre_annotations import read_list

    return _of_book(read_list(content, path), document, "calibre")


def _read_koreader(content: bytes, path: Path, document: Document) -> AnnotationFile:
    from reader.annotations.exchange.reading_apps.koreader_settings import read_book

    return _of_book(read_book(content, path), document, "koreader")


def _read_readest(content: bytes, path: Path, document: Document) -> AnnotationFile:
    from reader.annotations.exchange.reading_apps.readest_config import read_book

    return _of_book(read_book(content, path), document, "readest")


def _read_foliate(content: bytes, path: Path, document: Document) -> AnnotationFile:
    from reader.annotations.exchange.reading_apps.foliate_data import read_book

    return _of_book(read_book(content, path), document, "foliate")


def _of_book(book: ForeignBook, document: Document, format_name: str) -> AnnotationFile:
    from reader.annotations.exchange.reading_apps.quoted_notes import annotations_of

    return foreign_file(annotations_of(book.notes, document, format_name))


def _is_calibre(name: str, content: bytes) -> bool:
    from reader.annotations.exchange.reading_apps.calibre_annotations import is_annotations

    return is_annotations(name, content)


def _is_koreader(name: str, content: bytes) -> bool:
    from reader.annotations.exchange.reading_apps.koreader_settings import is_settings

    return is_settings(name, content)


def _is_readest(name: str, content: bytes) -> bool:
    from reader.annotations.exchange.reading_apps.readest_config import is_config

    return is_config(name, content)


def _is_foliate(name: str, content: bytes) -> bool:
    from reader.annotations.exchange.reading_apps.foliate_data import is_data

    return is_data(name, content)


READERS = (
    NoteReader("koreader", "KOReader (metadata.….lua)", (".lua",), _is_koreader, _read_koreader),
    NoteReader(
        "calibre",
        "calibre (viewer's export)",
        (".calibre_annotation_collection",),
        _is_calibre,
        _read_calibre,
    ),
    NoteReader("readest", "Readest (config.json)", (".json",), _is_readest, _read_readest),
    NoteReader("foliate", "Foliate (JSON of a book)", (".json",), _is_foliate, _read_foliate),
    NoteReader("kindle", "Kindle (My Clippings.txt)", (".txt",), _is_clippings, _read_clippings),
    NoteReader("readwise", "Readwise (CSV)", (".csv",), _is_csv, _read_readwise),
    NoteReader("hypothesis", "Hypothesis (JSON)", (".json",), _is_hypothesis, _read_hypothesis),
    NoteReader("jsonld", "Web Annotations (JSON-LD)", (".jsonld", ".json"), _always, _read_json_ld),
)
"""In the order their sniffs are asked; the last one takes what nobody knows, and says its fault."""


def writer_for(name: str | None, output: Path | None = None) -> NoteWriter:
    """Return the writer of a format by its name; by the ending of a file's name where none is told.

    `name` is one of the table's. Where nothing tells, it is JSON-LD, which keeps everything.
    """
    suffix = "" if output is None else output.suffix.lower()
    for writer in WRITERS:
        # .json may be either; a program that asked for nothing gets what it got before
        is_told = suffix == writer.suffix and suffix != ".json"
        if writer.name == name if name is not None else is_told:
            return writer
    return WRITERS[0]


def read_notes(content: bytes, path: Path, document: Document) -> AnnotationFile:
    """Return the notes in a file of any format that can be read.

    Raises:
        NotesUnreadable: it is of none, or not legal as what it looks like.
    """
    name = path.name.lower()
    reader = next(reader for reader in READERS if reader.sniff(name, content))
    return reader.read(content, path, document)
