"""Covers come from the texts' files once, and from small files of their own after that."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage, QImageWriter
from pytestqt.qtbot import QtBot

from reader.errors import TextMissing
from reader.formats.registry import cover_of
from reader.ui.background import Background
from reader.ui.library.cover_store import CoverStore, fetch_cover
from tests.formats.epub_books import package, page, write_book
from tests.ui.library.holdings_made import holding


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
    with qtbot.waitSignal(covers.came, timeout=10_000):
        assert covers.cover(text) is None
    assert covers.cover(text) is not None
    background.close()
