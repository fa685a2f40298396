"""Pictures: their sizes from the first bytes, decoded aside and in bounds, shown in the text."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.formats.registry import open_document
from reader.text.document import BlockKind, Document, Place, Span
from reader.ui.look.theme import Theme
from reader.ui.view.layout.text_items import Picture
from reader.ui.view.pictures import (
    KEPT_BYTES,
    PictureStore,
    decode,
    is_ink_on_nothing,
    size_in,
)
from reader.ui.view.reading_view import ReadingView
from tests.formats.epub.epub_books import page, write_book

RED = QColor(200, 30, 20)


def picture(width: int, height: int, kind: str = "PNG", colour: QColor = RED) -> bytes:
    """Return an image file of one colour."""
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(colour)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)  # type: ignore[call-overload] # the stub wants bytes
    return bytes(buffer.data().data())


def huge_png(side: int) -> bytes:
    """Return the beginning of a PNG that says it is that large."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    packed = zlib.compress(bytes(20 * (1 + side * 3)))
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def animated_gif() -> bytes:
    """Return a GIF of two pictures of 2 x 2 pixels."""
    frame = b"\x21\xf9\x04\x04\x05\x00\x00\x00\x2c" + struct.pack("<HHHHB", 0, 0, 2, 2, 0)
    frame += b"\x02\x02\x84\x51\x00"
    head = b"GIF89a" + struct.pack("<HHBBB", 2, 2, 0x80, 0, 0) + bytes((200, 30, 20, 0, 0, 0))
    return head + frame + frame + b"\x3b"


class Shelf:
    """Pictures by name."""

    def __init__(self, **pictures: bytes) -> None:
        self._pictures = pictures
        self.reads = 0

    def read(self, address: str) -> bytes | None:
        self.reads += 1
        return self._pictures.get(address)

    def head(self, address: str) -> bytes | None:
        return self._pictures.get(address, b"")[:2000] or None


Opener = Callable[..., PictureStore]


@pytest.fixture
def stored(qtbot: QtBot) -> Iterator[Opener]:
    del qtbot
    stores: list[PictureStore] = []

    def open_one(**pictures: bytes) -> PictureStore:
        stores.append(PictureStore(Shelf(**pictures)))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


# sizes


@pytest.mark.parametrize("kind", ["PNG", "JPG", "BMP", "WEBP"])
def test_a_size_is_told_by_the_first_bytes(kind: str) -> None:
    assert size_in(picture(321, 123, kind)[:2000]) == QSize(321, 123)


@pytest.mark.parametrize(
    ("tag", "size"),
    [
        pytest.param('<svg width="40" height="20">', QSize(40, 20), id="its own"),
        pytest.param('<svg viewBox="0 0 300 200">', QSize(300, 200), id="by its box"),
        pytest.param('<svg width="600" viewBox="0,0,300,200">', QSize(600, 400), id="by both"),
        pytest.param('<svg width="100%" viewBox="0 0 7 9">', QSize(7, 9), id="percent"),
        pytest.param("<svg>", QSize(300, 150), id="nothing said"),
        pytest.param('<svg viewBox="a b c d">', QSize(300, 150), id="nonsense"),
    ],
)
def test_a_drawing_says_how_large_it_is(tag: str, size: QSize) -> None:
    assert size_in(f'<?xml version="1.0"?>\n{tag}</svg>'.encode()) == size


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(40), id="a head and zeros"),
        pytest.param(b"just words", id="words"),
        pytest.param(picture(1, 1), id="a counter's pixel"),
    ],
)
def test_what_can_t_be_shown_has_no_size(stored: Opener, content: bytes) -> None:
    assert stored(a=content).size_of("a") is None


# decoding


def test_a_picture_is_decoded_to_the_size_it_is_shown_in() -> None:
    image = decode(picture(800, 400), QSize(200, 100))
    assert image is not None
    assert image.size() == QSize(200, 100)
    assert image.pixelColor(100, 50) == RED


def test_a_small_one_is_not_blown_up() -> None:
    image = decode(picture(20, 10), QSize(200, 100))
    assert image is not None
    assert image.size() == QSize(20, 10)


def test_a_huge_picture_is_refused_and_takes_no_memory(stored: Opener, qtbot: QtBot) -> None:
    store = stored(a=huge_png(20_000))
    assert store.size_of("a") == QSize(20_000, 20_000)
    with qtbot.waitSignal(store.failed):
        assert store.image("a", QSize(600, 600)) is None
    assert store.size_of("a") is None


def test_a_broken_picture_is_told_once_it_is_decoded(stored: Opener, qtbot: QtBot) -> None:
    broken = picture(400, 300)[:300]
    store = stored(a=broken)
    with qtbot.waitSignal(store.failed):
        store.image("a", QSize(400, 300))
    assert store.size_of("a") is None


def test_the_first_picture_of_an_animated_one_is_shown() -> None:
    content = animated_gif()
    assert size_in(content) == QSize(2, 2)
    image = decode(content, QSize(2, 2))
    assert image is not None
    assert image.pixelColor(0, 0) == RED


def test_a_drawing_loads_nothing_from_the_disk(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(picture(50, 50))
    for address in (f"file://{tmp_path}/secret.png", f"{tmp_path}/secret.png"):
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'width="50" height="50"><image width="50" height="50" xlink:href="{address}"/></svg>'
        )
        image = decode(svg.encode(), QSize(50, 50))
        assert image is not None
        assert image.pixelColor(25, 25).alpha() == 0


def test_no_more_is_kept_than_there_is_room_for(stored: Opener, qtbot: QtBot) -> None:
    side = 1500
    names = [f"p{n}" for n in range(KEPT_BYTES // (side * side * 4) + 3)]
    store = stored(**dict.fromkeys(names, picture(side, side, "JPG")))
    for name in names:
        with qtbot.waitSignal(store.arrived):
            store.image(name, QSize(side, side))
    kept = [image.sizeInBytes() for image in store._images.values()]
    assert sum(kept) <= KEPT_BYTES
    assert len(kept) >= 2


def test_dark_lines_on_nothing_are_known_and_turned_on_dark_paper(
    stored: Opener, qtbot: QtBot
) -> None:
    ink = QImage(40, 40, QImage.Format.Format_ARGB32)
    ink.fill(Qt.GlobalColor.transparent)
    for x in range(5, 20):
        for y in range(40):
            ink.setPixelColor(x, y, QColor(10, 10, 10))
    assert is_ink_on_nothing(ink)
    assert not is_ink_on_nothing(QImage.fromData(picture(40, 40)))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert ink.save(buffer, "PNG")  # type: ignore[call-overload] # the stub wants bytes
    store = stored(a=bytes(buffer.data().data()))
    with qtbot.waitSignal(store.arrived):
        store.image("a", QSize(40, 40))
    plain = store.image("a", QSize(40, 40))
    turned = store.image("a", QSize(40, 40), is_dark=True)
    assert plain is not None
    assert turned is not None
    assert plain.pixelColor(10, 10).lightness() < 50 < 200 < turned.pixelColor(10, 10).lightness()
    assert turned.pixelColor(30, 10).alpha() == 0


# in the text


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[str], ReadingView]]:
    views: list[ReadingView] = []

    def show(body: str) -> ReadingView:
        files: dict[str, str | bytes] = {
            "one.xhtml": page(body),
            "red.png": picture(400, 200),
            "broken.png": picture(400, 200)[:300],
            "dot.png": picture(1, 1),
            "tall.png": picture(300, 3000),
        }
        document = open_document(write_book(tmp_path / "book.epub", files))
        view = ReadingView(Theme("light"))
        qtbot.addWidget(view)
        view.resize(800, 700)
        view.show_document(document)
        view.show()
        views.append(view)
        QApplication.processEvents()
        return view

    yield show
    for view in views:
        view.stop_reading_ahead()


def pictures_of(view: ReadingView) -> list[Picture]:
    return [picture for _, item, _ in view._visible() for picture in item.pictures]


def document_of_view(view: ReadingView) -> Document:
    assert view.document is not None
    return view.document


def is_red(view: ReadingView, point: QPoint) -> bool:
    return view.viewport().grab().toImage().pixelColor(point) == RED


def test_a_figure_is_shown_in_the_middle_of_the_column(
    shown: Callable[[str], ReadingView], qtbot: QtBot
) -> None:
    view = shown('<p>Before.</p><img src="red.png" alt="A red field"/><p>After.</p>')
    (figure,) = pictures_of(view)
    assert figure.rect.size().toSize() == QSize(400, 200)
    assert figure.description == "A red field"
    column = view.column_rect()
    (box,) = view.rects_of(document_spans(view, BlockKind.FIGURE)[0])
    assert abs(box.center().x() - column.center().x()) <= 1
    assert view.picture_at(box.center()) == figure
    qtbot.waitUntil(lambda: is_red(view, box.center()))
    assert document_of_view(view).sections[0].text == "Before.\n\nA red field\n\nAfter."


def document_spans(view: ReadingView, kind: BlockKind) -> list[Span]:
    section = document_of_view(view).sections[0]
    return [Span(0, block.start, block.end) for block in section.blocks if block.kind is kind]


def test_a_tall_picture_is_made_to_fit(shown: Callable[[str], ReadingView]) -> None:
    view = shown('<p>Tall:</p><img src="tall.png" alt=""/>')
    (figure,) = pictures_of(view)
    assert figure.rect.height() <= view.column_rect().width() * 1.2
    assert abs(figure.rect.height() / figure.rect.width() - 10) < 0.3


def test_the_words_stand_for_a_picture_that_can_t_be_shown(
    shown: Callable[[str], ReadingView], qtbot: QtBot
) -> None:
    view = shown('<p>Before.</p><img src="broken.png" alt="A red field"/><p>After.</p>')
    qtbot.waitUntil(lambda: pictures_of(view) == [])
    (box,) = view.rects_of(document_spans(view, BlockKind.FIGURE)[0])
    assert box.height() < 40


def test_a_broken_picture_that_nothing_describes_is_said_to_be_there(
    shown: Callable[[str], ReadingView], qtbot: QtBot
) -> None:
    view = shown('<p>Before.</p><img src="broken.png" alt=""/><p>After.</p>')

    def labels() -> int:
        return sum(len(item.labels) for _, item, _ in view._visible())

    qtbot.waitUntil(lambda: labels() == 1)


def test_a_counter_s_pixel_takes_no_more_than_a_gap(shown: Callable[[str], ReadingView]) -> None:
    plain = shown("<p>Before.</p><p>After.</p>")
    bottom = plain.line_top_of(Place(0, 9))
    view = shown('<p>Before.</p><img src="dot.png" alt=""/><p>After.</p>')
    assert view.line_top_of(Place(0, 9)) - bottom < view.line_height()
    assert not any(item.labels for _, item, _ in view._visible())


def test_pictures_in_a_line_stand_below_its_paragraph(
    shown: Callable[[str], ReadingView],
) -> None:
    view = shown('<p>See <img src="red.png" alt=""/> and <img src="red.png" alt="more"/> here.</p>')
    assert document_of_view(view).sections[0].text == "See and more here."
    first, second = pictures_of(view)
    (line,) = view.rects_of(document_spans(view, BlockKind.PARAGRAPH)[0])
    assert first.rect.top() >= line.height()
    assert (first.description, second.description) == ("", "more")
    assert not first.rect.intersects(second.rect)


def test_a_click_on_a_picture_asks_to_see_it_larger(
    shown: Callable[[str], ReadingView], qtbot: QtBot
) -> None:
    view = shown('<img src="red.png" alt="A red field"/><p>After.</p>')
    (box,) = view.rects_of(document_spans(view, BlockKind.FIGURE)[0])
    QTest.mouseMove(view.viewport(), box.center())
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    with qtbot.waitSignal(view.picture_activated) as told:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert told.args[0].address == "OEBPS/red.png"


def test_enter_at_the_caret_asks_for_it_too(
    shown: Callable[[str], ReadingView], qtbot: QtBot
) -> None:
    view = shown('<p>Before.</p><img src="red.png" alt="A red field"/>')
    QTest.keyClick(view, Qt.Key.Key_F7)
    view.set_caret(Place(0, 12))
    with qtbot.waitSignal(view.picture_activated):
        QTest.keyClick(view, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    "size",
    [
        'viewBox="0 0 inf inf"',
        'viewBox="0 0 1e400 1"',
        'viewBox="0 0 1e300 1e300"',
        'width="7" viewBox="0 0 1e-320 1"',
    ],
)
def test_a_drawing_that_says_it_is_endless_has_no_size(size: str) -> None:
    assert not size_in(f"<svg {size}>".encode()).isValid()
