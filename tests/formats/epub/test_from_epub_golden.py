"""What whole books become stays as it was; see golden_books.py to change it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.formats.registry import open_document
from tests.formats.golden_books import BOOKS, golden_book_path
from tests.formats.golden_files import described
from tests.formats.sound_documents import assert_sound


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_becomes_what_it_became_before(tmp_path: Path, name: str) -> None:
    path = BOOKS[name](tmp_path)
    assert described(path) == golden_book_path(name).read_text(encoding="utf-8")
    assert_sound(open_document(path))
