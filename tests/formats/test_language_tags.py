"""Tests of reader.formats.language_tags."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.formats.language_tags import language_tag
from tests.formats.epub.epub_books import TWO, open_book, package


@pytest.mark.parametrize(
    ("told", "tag"),
    [
        ("en", "en"),
        (" en_US ", "en-US"),
        ("eng", "en"),
        ("GER", "de"),
        ("deu-AT", "de-AT"),
        ("zho-Hant", "zh-Hant"),
        ("grc", "grc"),
        ("English", None),
        ("", None),
    ],
)
def test_a_language_is_told_by_its_shortest_tag(told: str, tag: str | None) -> None:
    assert language_tag(told) == tag


def test_a_book_that_tells_its_language_in_three_letters_is_in_it(tmp_path: Path) -> None:
    opf = package(
        [("a", "a.xhtml", "application/xhtml+xml", "")],
        '<itemref idref="a"/>',
        "<dc:title>A Book</dc:title><dc:language>eng</dc:language>",
    )
    assert open_book(tmp_path, TWO, opf).language == "en"
