"""Tests of the notes of a document whose sections are read when asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reader.annotations.anchoring import AnchorState
from reader.annotations.editing import new_annotation
from reader.annotations.placing import placed_annotations
from reader.annotations.store import AnnotationStore
from reader.storage.database import Database
from reader.text.document import Block, BlockKind, Document, Fingerprint, Section, Span
from reader.text.lazy_sections import LazySections, exact_length_of

NOW = datetime(2026, 3, 1, tzinfo=UTC)
TEXTS = tuple(f"Chapter {n} tells of the {n}th day, and of nothing else." for n in range(8))


class Book:
    """A lazy document that remembers which sections were read."""

    def __init__(self, texts: tuple[str, ...] = TEXTS) -> None:
        self.was_read: list[int] = []
        self._texts = texts
        sections = LazySections([200] * len(texts), self._read)
        self.document = Document("A book", (), "en", sections, Fingerprint("sha256:a-book"))

    def _read(self, number: int) -> Section:
        self.was_read.append(number)
        text = self._texts[number]
        return Section(number, "", text, (Block(0, len(text), BlockKind.PARAGRAPH),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AnnotationStore]:
    database = Database(tmp_path / "notes.db")
    yield AnnotationStore(database)
    database.close()


def note_on(store: AnnotationStore, span: Span) -> None:
    document = Book().document
    store.save(document.fingerprint, new_annotation(document, span, source="book", created=NOW))


def test_a_text_without_notes_is_not_read_for_them(store: AnnotationStore) -> None:
    book = Book()
    assert placed_annotations(store, book.document) == ()
    assert book.was_read == []


def test_once_the_text_is_kept_only_sections_with_notes_are_read(store: AnnotationStore) -> None:
    spans = [Span(5, 0, 9), Span(2, 10, 15)]
    for span in spans:
        note_on(store, span)
    placed_annotations(store, Book().document)
    book = Book()
    placed = placed_annotations(store, book.document)
    assert [anchor.span for _, anchor in placed] == spans
    assert {anchor.state for _, anchor in placed} == {AnchorState.ANCHORED}
    assert sorted(book.was_read) == [2, 5]


def test_then_a_note_made_in_a_late_section_reads_nothing_more(store: AnnotationStore) -> None:
    note_on(store, Span(2, 10, 15))
    placed_annotations(store, Book().document)
    book = Book()
    placed_annotations(store, book.document)
    made = new_annotation(book.document, Span(7, 0, 9), source="book", created=NOW)
    assert sorted(book.was_read) == [2, 7]
    position = made.target.position
    assert position is not None
    assert position.start == sum(len(text) + 2 for text in TEXTS[:7])


def test_a_text_that_is_read_otherwise_today_is_read_whole(store: AnnotationStore) -> None:
    note_on(store, Span(5, 0, 9))
    placed_annotations(store, Book().document)
    book = Book((*TEXTS[:5], "Now " + TEXTS[5], *TEXTS[6:]))
    placed_annotations(store, book.document)
    assert sorted(book.was_read) == list(range(8))


def test_an_exact_length_is_read_once_where_nobody_knows_it() -> None:
    book = Book()
    lengths = [exact_length_of(book.document.sections, n) for n in (3, 3, 4)]
    assert lengths == [len(TEXTS[3]), len(TEXTS[3]), len(TEXTS[4])]
    assert book.was_read == [3, 4]
