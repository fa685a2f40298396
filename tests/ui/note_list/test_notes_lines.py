"""What the list of notes shows and says of a note besides its words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from reader.annotations.appearance import HIGHLIGHT, SQUIGGLE, STYLES
from reader.annotations.model import AnnotationId
from reader.ui.look.theme import Theme
from reader.ui.note_list.note_entries import NoteRow
from reader.ui.note_list.notes_lines import ROW_PX, LinePainter, NoteLines

WIDTH_PX = 300


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QListView()
    qtbot.addWidget(widget)
    return widget


def row(style: str) -> NoteRow:
    return NoteRow(AnnotationId("a"), "the passage", "", "sky", (), "", "", None, style=style)


def painted(parent: QWidget, style: str) -> QImage:
    lines = NoteLines(parent)
    lines.set([row(style)])
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, WIDTH_PX, ROW_PX)
    image = QImage(WIDTH_PX, ROW_PX, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    LinePainter(Theme("light"), parent).paint(painter, option, lines.index(0))
    painter.end()
    return image


def test_each_style_is_seen_in_the_list(parent: QWidget) -> None:
    pictures = [painted(parent, style) for style in STYLES]
    for number, picture in enumerate(pictures):
        assert all(picture != other for other in pictures[:number])


def test_a_screen_reader_hears_the_style_of_what_is_no_plain_highlight(parent: QWidget) -> None:
    lines = NoteLines(parent)
    lines.set([row(HIGHLIGHT), row(SQUIGGLE)])
    said = [lines.data(lines.index(n), Qt.ItemDataRole.AccessibleTextRole) for n in range(2)]
    assert said == ["the passage", "the passage. Wavy underline"]
