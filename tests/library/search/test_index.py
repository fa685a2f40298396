"""The index can stop anywhere, goes on where it stopped, and is made anew where it is damaged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reader.errors import IndexUnavailable
from reader.library.search import index as index_module
from reader.library.search import index_file
from reader.library.search.index import SearchIndex, passages_of
from reader.library.search.index_file import IndexFile
from reader.library.search.query import parse_query
from reader.library.search.searching import search_places
from reader.storage.texts import TextId
from reader.text.document import Block, BlockKind, Section
from tests.annotations.documents import document_of

ONE = TextId(1)
LONG = document_of(*(f"Paragraph {number} of ink." for number in range(20)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "search.sqlite3"


def count_of(file: IndexFile, typed: str = "ink") -> int:
    return search_places(file, parse_query(typed), [ONE]).place_count


def test_what_was_put_in_before_a_stop_is_not_put_in_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "_SLICE_CHARACTERS", 30)
    file = IndexFile(path)
    slices = SearchIndex(file).add(ONE, LONG)
    for _ in range(4):
        next(slices)
    file.close()  # as a program does that is ended

    file = IndexFile(path)
    index = SearchIndex(file)
    assert not index.indexed_texts()[ONE].is_whole
    assert count_of(file) == 8
    assert len(list(index.add(ONE, LONG))) == 7
    assert index.indexed_texts()[ONE].is_whole
    assert count_of(file) == 20
    file.close()


def test_a_stop_within_a_section_goes_on_within_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "_SLICE_CHARACTERS", 10)
    text = "one ink two ink six ink "
    blocks = tuple(Block(start, start + 8, BlockKind.PARAGRAPH) for start in (0, 8, 16))
    document = document_of(text)
    section = Section(0, "", text, blocks)
    document = type(document)("T", (), "en", (section,), document.fingerprint)
    file = IndexFile(path)
    next(SearchIndex(file).add(ONE, document))
    assert count_of(file) == 2
    for _ in SearchIndex(file).add(ONE, document):
        pass
    assert count_of(file) == 3
    file.close()


def test_a_version_left_half_way_is_taken_out_for_the_next(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "_SLICE_CHARACTERS", 30)
    file = IndexFile(path)
    index = SearchIndex(file)
    next(index.add(ONE, LONG))
    for _ in index.add(ONE, document_of("Only this ink.")):
        pass
    assert count_of(file) == 1
    file.close()


def test_blocks_within_blocks_are_put_in_once() -> None:
    text = "a list of one thing"
    blocks = (Block(0, 19, BlockKind.PARAGRAPH), Block(10, 19, BlockKind.PARAGRAPH))
    assert list(passages_of(Section(0, "", text, blocks))) == [(0, text)]


def test_a_very_long_paragraph_is_cut_at_spaces() -> None:
    text = "word " * 4000
    pieces = list(passages_of(Section(0, "", text, (Block(0, len(text), BlockKind.PARAGRAPH),))))
    assert "".join(piece for _, piece in pieces) == text
    assert all(text[start:].startswith(piece) and piece.endswith(" ") for start, piece in pieces)
    assert len(pieces) > 1


def test_what_is_no_index_is_made_anew(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"somebody's bytes " * 1000)
    file = IndexFile(path)
    assert file.was_damaged
    assert SearchIndex(file).indexed_texts() == {}
    file.close()


def test_an_index_of_another_version_is_made_anew(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = IndexFile(path)
    for _ in SearchIndex(file).add(ONE, LONG):
        pass
    file.close()
    monkeypatch.setattr(index_file, "INDEX_VERSION", 99)
    file = IndexFile(path)
    assert not file.was_damaged
    assert count_of(file) == 0
    file.close()


def test_an_index_damaged_inside_is_removed_and_the_next_one_is_new(path: Path) -> None:
    _write_damaged(path)
    with pytest.raises(IndexUnavailable, match="made anew"):
        _use(path)
    file = IndexFile(path)
    assert count_of(file) == 0
    file.close()


def test_who_uses_an_index_that_another_found_damaged_is_told_so_too(path: Path) -> None:
    _write_damaged(path)
    file = IndexFile(path)
    for _ in range(2):
        with pytest.raises(IndexUnavailable, match="made anew"):
            list(SearchIndex(file).add(ONE, document_of("another ink")))
    assert not path.exists()
    file.close()


def _write_damaged(path: Path) -> None:
    file = IndexFile(path)
    for _ in SearchIndex(file).add(ONE, LONG):
        pass
    file.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    for page in range(2, len(content) // size):
        content[page * size : page * size + 400] = b"\xff" * 400
    path.write_bytes(bytes(content))


def _use(path: Path) -> None:
    file = IndexFile(path)
    try:
        count_of(file)
        for _ in SearchIndex(file).add(ONE, document_of("another ink")):
            pass
    finally:
        file.close()


def test_two_that_open_a_new_index_both_get_it(path: Path) -> None:
    one, other = IndexFile(path), IndexFile(path)
    for _ in SearchIndex(one).add(ONE, LONG):
        pass
    assert count_of(other) == 20
    one.close()
    other.close()


def test_one_that_another_program_is_just_making_is_waited_for(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class RefusedAtFirst(sqlite3.Connection):
        """What SQLite does where two begin a write-ahead log at once: it doesn't wait for that."""

        refusals = 3

        def execute(self, statement: str, given: Any = (), /) -> sqlite3.Cursor:
            if "journal_mode" in statement and self.refusals:
                self.refusals -= 1
                error = sqlite3.OperationalError("database is locked")
                error.sqlite_errorcode = sqlite3.SQLITE_BUSY
                raise error
            return super().execute(statement, given)

    def refused_at_first(path: Path, busy_timeout_s: float) -> sqlite3.Connection:
        return sqlite3.connect(
            path,
            timeout=busy_timeout_s,
            isolation_level=None,
            check_same_thread=False,
            factory=RefusedAtFirst,
        )

    monkeypatch.setattr(index_file, "sqlite_connection", refused_at_first)
    file = IndexFile(path)
    assert count_of(file) == 0
    file.close()


def test_an_index_that_another_program_holds_is_said_to_be(path: Path) -> None:
    holder, waiting = IndexFile(path), IndexFile(path, busy_timeout_s=0.05)
    with (
        holder.writing(),
        pytest.raises(IndexUnavailable, match="another program"),
        waiting.writing(),
    ):
        pass
    holder.close()
    waiting.close()


def test_a_full_disk_is_said_and_what_was_in_stays_in(path: Path) -> None:
    file = IndexFile(path)
    index = SearchIndex(file)
    for _ in index.add(ONE, LONG):
        pass
    with file.reading() as connection:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
    big = document_of(*(f"{number:0300} ink" for number in range(400)))
    with pytest.raises(IndexUnavailable, match="disk is full"):
        for _ in index.add(TextId(2), big):
            pass
    assert count_of(file) == 20
    assert not index.indexed_texts()[TextId(2)].is_whole
    file.close()
