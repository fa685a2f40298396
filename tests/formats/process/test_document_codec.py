"""A document read elsewhere is the one that is read here, whatever is asked of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reader.formats.process.document_codec import decoded_head, encoded_head
from reader.formats.registry import open_document
from reader.text.document import Document, PicturesWithHeads
from tests.formats.epub.epub_books import page, write_book

_FIELDS = (
    *("title", "authors", "language", "fingerprint", "notices", "contents", "pages"),
    *("direction", "cover", "address"),
)


def elsewhere(document: Document, path: Path) -> Document:
    return decoded_head(encoded_head(document), path)


@pytest.mark.parametrize("name", ["accessible_epub_3.epub", "sherlock-holmes.epub"])
def test_a_book_comes_back_whole(name: str, shared_inputs: Path) -> None:
    path = shared_inputs / name
    here = open_document(path)
    found = elsewhere(here, path)
    for field in _FIELDS:
        assert getattr(found, field) == getattr(here, field), field
    assert list(found.sections) == list(here.sections)


def test_a_plain_text_comes_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("CHAPTER I\n\nA text of two\nlines.\n\nCHAPTER II\n\nAnother.\n")
    here = open_document(path)
    found = elsewhere(here, path)
    for field in _FIELDS:
        assert getattr(found, field) == getattr(here, field), field
    assert list(found.sections) == list(here.sections)


def test_lengths_are_known_before_a_section_is_read(shared_inputs: Path) -> None:
    path = shared_inputs / "sherlock-holmes.epub"
    here = open_document(path)
    found = elsewhere(here, path)
    lengths = [document.sections.length_of(5) for document in (here, found)]  # type: ignore[attr-defined]
    assert lengths[0] == lengths[1] > 0


def test_pictures_and_markup_are_read_here(shared_inputs: Path) -> None:
    path = shared_inputs / "accessible_epub_3.epub"
    here = open_document(path)
    found = elsewhere(here, path)
    assert isinstance(found.pictures, PicturesWithHeads)
    assert isinstance(here.pictures, PicturesWithHeads)
    pictures = [b.picture for section in here.sections for b in section.blocks if b.picture]
    assert pictures
    for address in (here.cover, *pictures):
        assert found.pictures.read(address) == here.pictures.read(address)
        assert found.pictures.head(address) == here.pictures.head(address)
    assert found.markup is not None
    assert here.markup is not None
    assert found.markup.kind is here.markup.kind
    assert found.markup.text_of(3) == here.markup.text_of(3)
    assert found.markup.step_of(3) == here.markup.step_of(3)
    assert found.markup.find(3, "css", "p") == here.markup.find(3, "css", "p")
    assert found.markup.section_at(6, 8, "") == here.markup.section_at(6, 8, "")


def test_pictures_of_a_book_that_went_away_are_none(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.epub", {"1.xhtml": page("<p>Text.</p>")})
    found = elsewhere(open_document(path), path)
    path.unlink()
    assert isinstance(found.pictures, PicturesWithHeads)
    assert found.pictures.read("1.png") is None
    assert found.pictures.head("1.png") is None


def test_a_document_that_only_its_own_reader_can_give_stays_with_it(
    tmp_path: Path, shared_inputs: Path
) -> None:
    path = tmp_path / "page.html"
    path.write_text("<p>A text.</p>\n")
    assert encoded_head(open_document(path)) == b""
    book = open_document(shared_inputs / "sherlock-holmes.epub")
    assert encoded_head(replace(book, sections=tuple(book.sections)[:1])) == b""
