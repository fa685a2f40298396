"""Zipped pages as calibre makes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.errors import TextEmpty
from reader.formats.registry import is_supported, open_document
from tests.formats.epub.epub_books import write_archive
from tests.ui.view.test_pictures import picture

METADATA = (
    '<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf">'
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The Gull</dc:title>'
    "<dc:creator>Mara Quill</dc:creator><dc:language>eng</dc:language></metadata></package>"
)
PAGE = (
    "<html><head><title>Unknown</title></head><body><h1>Harbour</h1><p>The quay was empty.</p>"
    '<p><img src="images/a%20gull.png" alt="A gull"/></p></body></html>'
)


def test_a_zipped_page_is_read_with_its_metadata_and_pictures(tmp_path: Path) -> None:
    red = picture(30, 10)
    files: dict[str, str | bytes] = {
        "index.html": PAGE,
        "metadata.opf": METADATA,
        "images/a gull.png": red,
    }
    path = write_archive(tmp_path / "gull.htmlz", files)
    assert is_supported(path)
    document = open_document(path)
    assert document.title == "The Gull"
    assert document.authors == ("Mara Quill",)
    assert document.language == "en"
    assert document.sections[0].text == "Harbour\n\nThe quay was empty.\n\nA gull"
    assert document.pictures is not None
    address = document.sections[0].blocks[-1].picture
    assert document.pictures.read(address) == red


def test_an_empty_one_says_so(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "a.htmlz", {"index.html": "<p></p>", "metadata.opf": METADATA})
    with pytest.raises(TextEmpty):
        open_document(path)
