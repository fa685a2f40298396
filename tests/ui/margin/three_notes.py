"""The letter with three notes in its margin, and keys pressed where the focus is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reader.annotations.model import Annotation
from reader.text.document import Document
from reader.ui.margin.margin import Margin
from tests.ui.margin.reading_room import note_on
from tests.ui.view.documents import SectionMaker, document_of

LEFT = Qt.MouseButton.LeftButton


NO_KEY = Qt.KeyboardModifier.NoModifier


def three_notes(document: Document) -> list[Annotation]:
    return [
        note_on(document, "letters for other people", "A **job**.", tags=("work",)),
        note_on(document, "no hand at all", "See [this](https://example.org/x) now."),
        note_on(document, "listening, in the old sense"),
    ]


def long_document() -> Document:
    section = SectionMaker()
    for number in range(200):
        section.add(f"Paragraph {number} says what the one before it has said already. " * 3)
    return document_of(section.made())


def press(key: Qt.Key) -> None:
    """Press a key where the keyboard's focus is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key)


def boxes_of(margin: Margin, notes: list[Annotation]) -> list[tuple[int, int]]:
    boxes = [margin.box_of(note.id) for note in notes]
    return [(box.top(), box.bottom()) for box in boxes if box is not None]
