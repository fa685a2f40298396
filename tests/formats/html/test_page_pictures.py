"""Pictures beside a page and inside it are had; nothing from elsewhere ever is."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest

from reader.formats.html.page_pictures import PagePictures
from reader.formats.html.parsing import parse_html
from reader.formats.registry import open_document
from reader.text.document import InlineKind
from tests.formats.epub.epub_books import PIXEL

DATA = "data:image/png;base64," + base64.b64encode(PIXEL).decode()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    folder = tmp_path / "page"
    (folder / "page_files").mkdir(parents=True)
    (folder / "page_files" / "a b.png").write_bytes(PIXEL)
    (folder / "notes.txt").write_text("private", encoding="utf-8")
    (tmp_path / "outside.png").write_bytes(PIXEL)
    return folder / "page.html"


def pointed(page: Path, source: str) -> str:
    """Return what an image element that names this is pointed at."""
    root = parse_html(f'<html><body><img src="{source}"></body></html>', page)
    PagePictures(page).point(root)
    return next(root.iter("img")).get("src") or ""


@pytest.mark.parametrize(
    "source", ["page_files/a%20b.png", "./page_files/a%20b.png?v=2#x", DATA], ids=lambda s: s[:12]
)
def test_what_is_in_the_folder_or_the_page_is_a_picture(page: Path, source: str) -> None:
    pictures = PagePictures(page)
    address = pointed(page, source)
    assert pictures.read(address) == PIXEL
    assert pictures.head(address) == PIXEL


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("../outside.png", id="above the folder"),
        pytest.param("page_files/../../outside.png", id="above by a detour"),
        pytest.param("/etc/logo.png", id="absolute"),
        pytest.param("file:///etc/logo.png", id="a file's address"),
        pytest.param("https://example.org/a.png", id="remote"),
        pytest.param("//example.org/a.png", id="remote without a scheme"),
        pytest.param("missing.png", id="not there"),
        pytest.param("x" * 5000 + ".png", id="no name for a file"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_elsewhere_has_no_address(page: Path, source: str) -> None:
    assert pointed(page, source) == ""
    assert PagePictures(page).read(source) is None


def test_a_file_that_is_no_picture_is_not_read_as_one(page: Path) -> None:
    assert PagePictures(page).read("notes.txt") is None
    assert PagePictures(page).read("data:image/png;base64,???") is None


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are POSIX's")
def test_links_that_lead_out_and_pipes_are_no_pictures(page: Path) -> None:
    (page.parent / "link.png").symlink_to(page.parent.parent / "outside.png")
    os.mkfifo(page.parent / "pipe.png")
    assert pointed(page, "link.png") == ""
    assert pointed(page, "pipe.png") == ""


def test_what_is_shown_later_comes_before_what_holds_its_place(page: Path) -> None:
    root = parse_html(f'<img src="{DATA}" data-src="page_files/a%20b.png">', page)
    PagePictures(page).point(root)
    assert next(root.iter("img")).get("src") == "page_files/a%20b.png"


def test_a_picture_in_a_line_that_nothing_describes_keeps_its_place(page: Path) -> None:
    page.write_text('<p>See <img src="page_files/a%20b.png"> here.</p>', encoding="utf-8")
    section = open_document(page).sections[0]
    assert section.text == "See here."
    (run,) = [run for run in section.inlines if run.kind is InlineKind.PICTURE]
    assert (run.start, run.end, run.target) == (3, 3, "page_files/a%20b.png")
