"""Covers come from the texts' files once, and from small files of their own after that."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter
from pytestqt.qtbot import QtBot

from reader.errors import TextMissing
from reader.formats.registry import cover_of
from reader.ui.background import Background
from reader.ui.library import cover_store
from reader.ui.library.cover_store import CoverStore, fetch_cover
from tests.fakes.held_call import HeldCall
from tests.formats.epub.epub_books import package, page, write_book
from tests.formats.golden_files import FOLDER
from tests.formats.office.office_files import write_zip
from tests.formats.pdf.raw_pdf import pdf_of_pages
from tests.ui.library.holdings_made import holding

_SIZE = QSize(150, 212)
"""Pixels of a cover as drawn."""


def picture(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#C8452C"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def book_with_cover(folder: Path) -> Path:
    manifest = [
        ("one", "one.xhtml", "application/xhtml+xml", ""),
        ("cover", "cover.png", "image/png", 'properties="cover-image"'),
    ]
    opf = package(manifest, '<itemref idref="one"/>')
    files: dict[str, str | bytes] = {
        "one.xhtml": page("<p>Words.</p>"),
        "cover.png": picture(900, 1400),
    }
    return write_book(folder / "book.epub", files, opf)


def test_a_books_cover_is_read_without_its_text(tmp_path: Path) -> None:
    content = cover_of(book_with_cover(tmp_path))
    assert content is not None
    assert QImage.fromData(content).width() == 900
    (tmp_path / "plain.txt").write_text("Words.", encoding="utf-8")
    assert cover_of(tmp_path / "plain.txt") is None


def test_a_pdf_has_its_first_page_for_a_cover(tmp_path: Path) -> None:
    drawn = b"0.8 0.2 0.1 rg 0 421 595 421 re f"  # the upper half red
    path = tmp_path / "made.pdf"
    path.write_bytes(pdf_of_pages([drawn, b""]))
    image = fetch_cover(holding(path=path), tmp_path / "covers")
    assert image is not None
    assert (image.width(), image.height()) == (450, 637)
    assert image.pixelColor(200, 100).red() > 180 > image.pixelColor(200, 100).green()
    assert image.pixelColor(200, 500).green() > 240


def test_the_picture_of_a_slide_is_not_cut_at_its_sides(tmp_path: Path) -> None:
    drawn = b"0.1 0.3 0.9 rg 0 0 842 474 re f 1 1 0 rg 0 200 60 60 re f 782 200 60 60 re f"
    path = tmp_path / "slides.pdf"
    path.write_bytes(pdf_of_pages([drawn], page_entries="/MediaBox [0 0 842 474]"))
    image = fetch_cover(holding(path=path), tmp_path / "covers")
    assert image is not None
    assert (image.width(), image.height()) == (450, 636)
    middle = image.height() // 2
    for x in (8, 441):
        assert image.pixelColor(x, middle).red() > 200 > image.pixelColor(x, middle).blue()
    assert image.pixelColor(8, 5) == image.pixelColor(225, 630)


def test_a_real_pdfs_first_page_has_ink_on_paper() -> None:
    content = cover_of(FOLDER / "libreoffice.pdf")
    assert content is not None
    image = QImage.fromData(content)
    spots = [(x, y) for x in range(0, 450, 3) for y in range(0, 600, 2)]
    assert {0, 3} <= {image.pixelColor(x, y).lightness() // 64 for x, y in spots}


@pytest.mark.parametrize(
    ("file_name", "part"),
    [("one.docx", "docProps/thumbnail.jpeg"), ("one.odt", "Thumbnails/thumbnail.png")],
)
def test_an_office_document_has_the_picture_its_program_made(
    tmp_path: Path, file_name: str, part: str
) -> None:
    body = {"word/document.xml": "", "content.xml": ""}
    content = cover_of(write_zip(tmp_path / file_name, {**body, part: picture(180, 256)}))
    assert content is not None
    assert QImage.fromData(content).width() == 180
    assert cover_of(write_zip(tmp_path / file_name, body)) is None


def test_a_cover_is_kept_small_and_the_book_not_opened_again(tmp_path: Path) -> None:
    text, folder = holding(path=book_with_cover(tmp_path)), tmp_path / "covers"
    image = fetch_cover(text, folder)
    assert image is not None
    assert image.width() <= 450
    (kept,) = folder.iterdir()
    assert kept.stat().st_size < 60_000
    again = fetch_cover(text, folder, read=_never_read)
    assert again is not None
    assert again.size() == image.size()


def _never_read(path: Path) -> bytes | None:
    raise AssertionError(path)


def test_that_there_is_none_is_kept_too(tmp_path: Path) -> None:
    text = holding(path=tmp_path / "one.txt")
    assert fetch_cover(text, tmp_path / "covers", read=lambda _path: None) is None
    assert fetch_cover(text, tmp_path / "covers", read=_never_read) is None


def test_of_a_file_that_is_gone_nothing_is_kept(tmp_path: Path) -> None:
    def gone(path: Path) -> bytes | None:
        raise TextMissing(path)

    assert fetch_cover(holding(path=tmp_path / "one.txt"), tmp_path / "covers", read=gone) is None
    assert not (tmp_path / "covers").exists()


def test_a_cover_that_is_no_picture_is_done_without(tmp_path: Path) -> None:
    text = holding(path=tmp_path / "one.epub")
    assert fetch_cover(text, tmp_path / "covers", read=lambda _path: b"\x89PNG broken") is None


def test_a_cover_comes_beside_the_windows_thread(qtbot: QtBot, tmp_path: Path) -> None:
    background = Background()
    covers = CoverStore(tmp_path / "covers", background)
    text = holding(path=book_with_cover(tmp_path))
    with qtbot.waitSignal(covers.came):
        assert covers.cover(text, _SIZE) is None
    assert covers.cover(text, _SIZE) is not None
    background.close()


def test_covers_are_held_no_larger_than_they_are_drawn(qtbot: QtBot, tmp_path: Path) -> None:
    background = Background()
    covers = CoverStore(tmp_path / "covers", background)
    text = holding(path=book_with_cover(tmp_path))
    with qtbot.waitSignal(covers.came):
        covers.cover(text, _SIZE)
    small = covers.cover(text, _SIZE)
    assert small is not None
    assert small.width() == _SIZE.width()
    with qtbot.waitSignal(covers.came):  # drawn larger now: the small one serves until it comes
        assert covers.cover(text, _SIZE * 2) is small
    large = covers.cover(text, _SIZE * 2)
    assert large is not None
    assert large.width() == 2 * _SIZE.width()
    background.close()


def test_the_covers_held_take_no_more_than_so_much(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cover_store, "_HELD_BYTES", 4 * 3 * _SIZE.width() * _SIZE.height())
    background = Background()
    covers = CoverStore(tmp_path / "covers", background)
    path = book_with_cover(tmp_path)
    texts = [holding(number, path=path) for number in range(1, 5)]
    for text in texts:
        with qtbot.waitSignal(covers.came):
            covers.cover(text, _SIZE)
    assert covers.cover(texts[3], _SIZE) is not None
    assert covers.cover(texts[0], _SIZE) is None
    background.close()


def test_one_looked_for_before_its_file_came_back_is_looked_for_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    background = Background()
    covers = CoverStore(tmp_path / "covers", background)
    gone, path = tmp_path / "gone.epub", book_with_cover(tmp_path)
    held = HeldCall(fetch_cover)
    monkeypatch.setattr(cover_store, "fetch_cover", held)
    covers.cover(holding(path=gone), _SIZE)
    qtbot.waitUntil(lambda: held.is_held)
    covers.forget()
    with qtbot.waitSignal(covers.came):
        covers.cover(holding(path=path), _SIZE)
    held.let_go()
    assert covers.cover(holding(path=path), _SIZE) is not None
    background.close()
