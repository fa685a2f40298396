"""Tests of reader.ui.desk.section_lengths."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from reader.text.document import Span
from reader.ui.background import Background
from reader.ui.desk.section_lengths import SectionLengths
from reader.ui.look.theme import Theme
from reader.ui.view.reading_view import ReadingView
from tests.ui.view.lazy_documents import Shelf


def test_what_lies_before_a_selection_is_measured_once(qtbot: QtBot) -> None:
    view = ReadingView(Theme("light"))
    qtbot.addWidget(view)
    background = Background(view)
    lengths = SectionLengths(view, background, view)
    shelf = Shelf(6)
    view.show_document(shelf.document())
    assert shelf.was_read == [0]
    view.select(Span(4, 0, 5))
    qtbot.waitUntil(lambda: sorted(shelf.was_read) == [0, 1, 2, 3])
    lengths.learn_before(Span(4, 6, 9))
    view.stop_reading_ahead()
    background.close()
    assert sorted(shelf.was_read) == [0, 1, 2, 3]
