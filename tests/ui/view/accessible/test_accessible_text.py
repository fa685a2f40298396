"""Tests of reader.ui.view.accessible.accessible_text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from reader.text.document import BlockKind, Document, Place, Span
from reader.ui.look.theme import Theme
from reader.ui.screen_readers import tell_roles
from reader.ui.view.accessible import accessible_text
from reader.ui.view.accessible.heading_handles import HeadingHandle
from reader.ui.view.reading_view import ReadingView
from tests.ui.view.documents import SectionMaker, document_of, prose


def chapters() -> Document:
    """Return a text with headings of three levels, the last one far from the others."""
    maker = SectionMaker().add("A part", BlockKind.HEADING, level=1)
    for number in range(3):
        maker.add(f"Paragraph {number} goes on for a while, and a little longer.")
    maker.add("A chapter", BlockKind.HEADING, level=2)
    for number in range(3, 40):
        maker.add(f"Paragraph {number} goes on for a while, and a little longer.")
    maker.add("The last one", BlockKind.HEADING, level=3).add("Its only paragraph.")
    return document_of(maker.made())


CHAPTERS = chapters()


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ReadingView]:
    tell_roles()
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


def headings_of(view: ReadingView) -> list[tuple[str, int]]:
    """Return the words and levels of the headings that a screen reader finds in it."""
    return [
        (
            interface.text(QAccessible.Text.Name),
            interface.attributesInterface().attributeValue(QAccessible.Attribute.Level),
        )
        for handle in view.findChildren(HeadingHandle)
        if (interface := QAccessible.queryAccessibleInterface(handle)) is not None
        and interface.role() is QAccessible.Role.Heading
    ]


def test_headings_on_the_screen_have_their_role_and_level(view: ReadingView, qtbot: QtBot) -> None:
    view.show_document(CHAPTERS)
    view.resize(700, 300)
    QAccessible.queryAccessibleInterface(view).textInterface()
    qtbot.waitUntil(lambda: ("A part", 1) in headings_of(view))
    assert ("A chapter", 2) in headings_of(view)
    view.scroll_to(Place(0, len(CHAPTERS.sections[0].text) - 1), animated=False)
    qtbot.waitUntil(lambda: headings_of(view) == [("The last one", 3)])
    view.show_document(prose("no heading"))
    qtbot.waitUntil(lambda: not headings_of(view))


def test_a_point_on_the_text_leads_to_the_text_one_on_a_heading_to_it(
    view: ReadingView, qtbot: QtBot
) -> None:
    view.show_document(CHAPTERS)
    view.resize(700, 300)
    interface = QAccessible.queryAccessibleInterface(view)
    qtbot.waitUntil(lambda: bool(headings_of(view)))

    def found_at(span: Span) -> tuple[str, int]:
        box = view.rects_of(span)[0]
        point = view.viewport().mapToGlobal(box.center())
        found = interface.childAt(point.x(), point.y())
        name = "" if found is None else found.text(QAccessible.Text.Name)
        return name, interface.textInterface().offsetAtPoint(point)

    words = CHAPTERS.sections[0].text
    assert found_at(Span(0, 0, 6))[0] == "A part"
    at = words.index("Paragraph 1")
    name, offset = found_at(Span(0, at, at + 9))
    assert name == ""
    assert at <= offset < at + 9


def test_the_level_is_said_when_the_caret_comes_to_a_heading(
    view: ReadingView, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(accessible_text, "announce", lambda _view, words: said.append(words))
    view.show_document(CHAPTERS)
    QAccessible.queryAccessibleInterface(view).textInterface()
    chapter = CHAPTERS.sections[0].text.index("A chapter")
    for offset in (0, 3, 6, chapter - 2, chapter, chapter + 4):
        view.set_caret(Place(0, offset))
    assert said == ["Heading level 1", "Heading level 2"]
