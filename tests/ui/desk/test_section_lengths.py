"""Tests of reader.ui.desk.section_lengths."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from reader.text.document import Span
from reader.ui.background import Background
from reader.ui.desk.section_lengths import SectionLengths
from reader.ui.look.theme import Theme
from reader.ui.view.reading_view import ReadingView
from tests.fakes.held_call import HeldCall
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


def test_what_is_measured_in_a_text_that_was_left_holds_up_nothing(qtbot: QtBot) -> None:
    view = ReadingView(Theme("light"))
    qtbot.addWidget(view)
    background = Background(view)
    lengths = SectionLengths(view, background, view)
    left, shelf = Shelf(6), Shelf(6)
    held = HeldCall(left._made)
    first = left.document()
    view.show_document(first)
    left._made = held  # type: ignore[method-assign]
    lengths.learn_before(Span(4, 0, 5))
    qtbot.waitUntil(lambda: held.is_held)
    view.show_document(shelf.document())
    lengths.learn_before(Span(3, 0, 5))
    qtbot.waitUntil(lambda: sorted(shelf.was_read) == [0, 1, 2])
    lengths.learn_before(Span(5, 0, 5))
    qtbot.waitUntil(lambda: sorted(shelf.was_read) == [0, 1, 2, 3, 4])
    held.let_go()
    view.stop_reading_ahead()
    background.close()
