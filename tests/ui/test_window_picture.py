"""Tests of reader.ui.window_picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.ui.window_picture import picture_of, png_of, save_picture


def drawing(width: int, height: int) -> QImage:
    """Return a picture with many colours in it."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#FBF7F1"))
    for x in range(width):
        for y in range(height):
            if (x * y) % 3:
                image.setPixelColor(x, y, QColor(x * 7 % 256, y * 5 % 256, (x + y) % 256))
    return image


# lines of every length: Qt pads them to four bytes
@pytest.mark.parametrize("width", [1, 2, 3, 4, 37])
def test_a_png_holds_every_pixel_as_it_is(width: int) -> None:
    image = drawing(width, 11)
    read = QImage.fromData(png_of(image))
    assert read.convertToFormat(image.format()) == image


def test_the_name_says_the_format(tmp_path: Path) -> None:
    for name, head in (("a.png", b"\x89PNG"), ("a.PNG", b"\x89PNG"), ("a.jpg", b"\xff\xd8")):
        assert save_picture(drawing(8, 8), tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(head)


@pytest.mark.parametrize("name", ["no/folder.png", "no.format"])
def test_what_cannot_be_written_is_told(tmp_path: Path, name: str) -> None:
    assert not save_picture(drawing(8, 8), tmp_path / name)


def test_a_window_is_painted_that_was_never_shown(qtbot: QtBot) -> None:
    class Window(QWidget):
        def paintEvent(self, _event: object) -> None:
            painter = QPainter(self)
            painter.fillRect(QRect(2, 3, 5, 6), QColor("#C8452C"))
            painter.end()

    window = Window()
    qtbot.addWidget(window)
    window.resize(20, 12)
    picture = picture_of(window)
    ratio = picture.devicePixelRatioF()
    assert picture.size() == window.size() * ratio
    assert picture.pixelColor(round(4 * ratio), round(5 * ratio)) == QColor("#C8452C")
    assert not window.isVisible()
