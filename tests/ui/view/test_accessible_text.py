"""Tests of reader.ui.view.accessible_text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from reader.text.document import Place, Span
from reader.ui.look.theme import Theme
from reader.ui.view.reading_view import ReadingView
from tests.ui.view.documents import prose


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ReadingView]:
    view = ReadingView(Theme("light"))
    qtbot.addWidget(view)
    view.show_document(prose("one 🙂 two", "three"))
    view.show()
    qtbot.waitExposed(view)
    QAccessible.setActive(True)
    yield view
    QAccessible.setActive(False)


def test_the_text_is_there_for_screen_readers(view: ReadingView) -> None:
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.role() is QAccessible.Role.Document
    assert interface.text(QAccessible.Text.Name) == "A text"
    text = interface.textInterface()
    assert text.text(0, text.characterCount()) == "one 🙂 two\n\nthree"


def test_another_document_has_another_text(view: ReadingView) -> None:
    QAccessible.queryAccessibleInterface(view).textInterface()
    view.show_document(prose("something else"))
    text = QAccessible.queryAccessibleInterface(view).textInterface()
    assert text.text(0, text.characterCount()) == "something else"


def test_selection_and_caret_are_told_in_utf16(view: ReadingView) -> None:
    text = QAccessible.queryAccessibleInterface(view).textInterface()
    view.select(Span(0, 6, 9))
    assert text.selectionCount() == 1
    view.select(None)
    assert text.selectionCount() == 0
    view.set_caret(Place(0, 6))
    assert text.cursorPosition() == 7


def test_a_view_that_is_gone_takes_nothing_down(view: ReadingView) -> None:
    for _ in range(3):
        other = ReadingView(Theme("light"))
        other.show_document(prose("passing"))
        other.show()
        QAccessible.queryAccessibleInterface(other).textInterface()
        other.close()
        other.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert not Shiboken.isValid(other)
    assert QAccessible.queryAccessibleInterface(view).textInterface().characterCount() == 17
