"""A long book's sections come from a process or a kept file, and are the same as read here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from reader.app import section_supply
from reader.app.section_supply import LONG_SECTION, SectionSupply
from reader.formats.process.section_codec import decoded, encoded
from reader.formats.registry import open_document
from reader.text.document import Document, Section
from tests.formats.epub.epub_books import page, write_book
from tests.ui.view.lazy_documents import Shelf

_PARAGRAPH = "<p>The margin keeps what the voice has said, &amp; more.</p>"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book with a short section, a middling one and one long enough to be kept."""
    bodies = [_PARAGRAPH, _PARAGRAPH * 1000, _PARAGRAPH * (LONG_SECTION // 20)]
    pages = {f"{n}.xhtml": page(body) for n, body in enumerate(bodies)}
    return write_book(tmp_path / "book.epub", pages)


@pytest.fixture
def closing_all() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def supplied(book: Path, folder: Path, stack: ExitStack) -> tuple[Document, SectionSupply]:
    document = open_document(book)
    supply = stack.enter_context(closing(SectionSupply(document, book, folder)))
    supply.begin()
    return document, supply


def read_in_a_thread(document: Document) -> list[Section]:
    found: list[Section] = []
    thread = Thread(target=lambda: found.extend(document.sections))
    thread.start()
    thread.join()
    return found


def test_sections_are_the_same_from_process_file_and_thread(
    book: Path, tmp_path: Path, closing_all: ExitStack
) -> None:
    document, supply = supplied(book, tmp_path / "kept", closing_all)
    supply.prepare()
    expected = list(open_document(book).sections)
    assert read_in_a_thread(document) == expected
    again, _ = supplied(book, tmp_path / "kept", closing_all)
    assert list(again.sections) == expected


def test_a_long_section_is_kept_in_a_file_and_taken_from_there(
    book: Path, tmp_path: Path, closing_all: ExitStack
) -> None:
    document, _ = supplied(book, tmp_path / "kept", closing_all)
    assert len(document.sections[2].text) >= LONG_SECTION
    (kept,) = (tmp_path / "kept").iterdir()
    section = decoded(kept.read_bytes())
    kept.write_bytes(encoded(replace(section, text=section.text.replace("margin", "MARGIN"))))
    again, _ = supplied(book, tmp_path / "kept", closing_all)
    assert "MARGIN" in again.sections[2].text
    assert "MARGIN" not in again.sections[1].text


def test_once_prepared_all_sections_are_taken_from_files(
    book: Path, tmp_path: Path, closing_all: ExitStack
) -> None:
    _, supply = supplied(book, tmp_path / "kept", closing_all)
    supply.prepare()
    for kept in (tmp_path / "kept").iterdir():
        section = decoded(kept.read_bytes())
        kept.write_bytes(encoded(replace(section, text=section.text.replace("margin", "MARGIN"))))
    again, _ = supplied(book, tmp_path / "kept", closing_all)
    # the first was read to know what the text is
    assert all("MARGIN" in section.text for section in read_in_a_thread(again)[1:])


def test_what_was_kept_longest_ago_goes_when_all_takes_too_much(
    book: Path, tmp_path: Path, closing_all: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    for day, name in enumerate(("oldest", "old")):
        (kept / name).write_bytes(bytes(1000))
        os.utime(kept / name, (day, day))
    document, supply = supplied(book, kept, closing_all)
    room = sum(len(encoded(section)) for section in open_document(book).sections) + 1000
    monkeypatch.setattr(section_supply, "_MOST_BYTES", room)
    supply.prepare()
    assert not (kept / "oldest").exists()
    assert (kept / "old").exists()
    assert len(list(kept.iterdir())) == 1 + len(document.sections)


def test_a_kept_file_cut_short_is_read_anew_and_kept_again(
    book: Path, tmp_path: Path, closing_all: ExitStack
) -> None:
    document, _ = supplied(book, tmp_path / "kept", closing_all)
    expected = document.sections[2]
    (kept,) = (tmp_path / "kept").iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(whole[:1000])
    again, _ = supplied(book, tmp_path / "kept", closing_all)
    assert again.sections[2] == expected
    assert kept.read_bytes() == whole


def test_where_nothing_can_be_kept_sections_are_read_all_the_same(
    book: Path, tmp_path: Path, closing_all: ExitStack
) -> None:
    (tmp_path / "kept").write_text("a file where the folder should be", encoding="utf-8")
    document, _ = supplied(book, tmp_path / "kept", closing_all)
    assert len(document.sections[2].text) >= LONG_SECTION


def test_a_short_book_has_no_process(tmp_path: Path, closing_all: ExitStack) -> None:
    path = write_book(tmp_path / "short.epub", {"a.xhtml": page(_PARAGRAPH)})
    document, supply = supplied(path, tmp_path / "kept", closing_all)
    supply.prepare()
    assert read_in_a_thread(document) == list(open_document(path).sections)
    assert not (tmp_path / "kept").exists()


def test_sections_that_only_their_own_reader_can_give_are_left_to_it(
    book: Path, tmp_path: Path, closing_all: ExitStack
) -> None:
    shelf = Shelf(3, paragraphs=1000)
    document = shelf.document()
    supply = closing_all.enter_context(closing(SectionSupply(document, book, tmp_path / "kept")))
    supply.begin()
    supply.prepare()
    assert [section.index for section in read_in_a_thread(document)] == [0, 1, 2]
    assert shelf.was_read == [0, 1, 2]
    assert not (tmp_path / "kept").exists()
