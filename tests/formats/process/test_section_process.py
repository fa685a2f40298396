"""A process of its own reads sections, and says when it can't."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader.formats.process.document_codec import encoded_head
from reader.formats.process.section_codec import decoded
from reader.formats.process.section_process import SectionProcess
from reader.formats.registry import open_document
from tests.formats.epub.epub_books import page, write_book


@pytest.fixture
def path(tmp_path: Path) -> Path:
    pages = {f"{n}.xhtml": page(f"<p>Chapter {n}.</p>") for n in range(4)}
    return write_book(tmp_path / "book.epub", pages)


@pytest.fixture
def process(path: Path) -> Iterator[SectionProcess]:
    with closing(SectionProcess(path, open_document(path).fingerprint)) as made:
        yield made


def test_sections_are_those_read_here(process: SectionProcess, path: Path) -> None:
    for section in open_document(path).sections:
        content = process.read(section.index)
        assert content is not None
        assert decoded(content) == section


def test_a_process_that_has_gone_is_started_again(process: SectionProcess) -> None:
    assert process.read(0) is not None
    first = process.pid
    assert first is not None
    os.kill(first, signal.SIGTERM)
    assert process.read(1) is not None
    assert process.pid != first


def test_a_section_that_isn_t_there_is_none(process: SectionProcess) -> None:
    assert process.read(99) is None
    assert process.read(0) is not None


def test_another_file_under_the_same_name_is_not_read(path: Path) -> None:
    with closing(SectionProcess(path, "sha256:of another version")) as process:
        assert process.read(0) is None
        assert process.pid is None


def test_once_closed_nothing_is_left_and_nothing_is_started(process: SectionProcess) -> None:
    process.read(0)
    pid = process.pid
    process.close()
    assert process.read(0) is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid or 0, 0)


def test_started_ahead_it_tells_the_head_of_the_document_first(path: Path) -> None:
    with closing(SectionProcess(path)) as process:
        process.start()
        head = process.read_head()
        expected = open_document(path)
        assert head == encoded_head(expected)
        process.know(expected.fingerprint)
        content = process.read(2)
        assert content is not None
        assert decoded(content) == expected.sections[2]


def test_a_file_that_cannot_be_read_has_no_head_and_no_process(tmp_path: Path) -> None:
    path = tmp_path / "broken.epub"
    path.write_bytes(b"PK\x03\x04 and no more")
    with closing(SectionProcess(path)) as process:
        process.start()
        assert process.read_head() is None
        assert process.pid is None


def test_it_is_for_the_file_as_it_was(path: Path) -> None:
    with closing(SectionProcess(path)) as process:
        assert process.is_for(path)
        assert not process.is_for(path.with_name("other.epub"))
        path.write_bytes(path.read_bytes() + b"more")
        assert not process.is_for(path)
