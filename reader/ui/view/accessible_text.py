"""Lets screen readers read the text of a reading view, and follow its caret and selection."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextSelectionEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QAccessibleWidget, QPlainTextEdit
from shiboken6 import Shiboken, VoidPtr

from reader.text.document import Span
from reader.text.utf16 import Utf16Map

if TYPE_CHECKING:
    from reader.ui.view.reading_view import ReadingView

_NO_INTERFACE = 0
_interfaces: list[AccessibleReadingView] = []
"""Kept for good: Qt holds them without counting Python's references."""


class AccessibleReadingView(QAccessibleWidget):
    """A document whose text is that of the section being read.

    Qt's own text interface of an editor that is never shown answers for the text: one written in
    Python can't answer about selections and attributes. Nothing is copied into it before a screen
    reader asks.
    """

    def __init__(self, view: ReadingView) -> None:
        super().__init__(view, QAccessible.Role.Document, "")
        self._view = view
        self._shown: tuple[object, int] | None = None
        self._utf16 = Utf16Map("")
        self._editor = QPlainTextEdit()
        self._editor.setReadOnly(True)
        view.destroyed.connect(self._editor.deleteLater)
        view.selection_changed.connect(self._on_selection_changed)
        view.caret_moved.connect(self._on_caret_moved)

    def text(self, kind: QAccessible.Text, /) -> str:
        """Return the document's title as the name."""
        document = self._view.document
        if kind is QAccessible.Text.Name and document is not None:
            return document.title
        return ""

    # the stub says int, which crashes; Qt takes an address
    def interface_cast(  # type: ignore[override]
        self, kind: QAccessible.InterfaceType, /
    ) -> VoidPtr:
        """Return the address of the text interface.

        WORKAROUND(PySide6 6.11): anything but a VoidPtr, None included, crashes under AT-SPI.
        """
        if kind is not QAccessible.InterfaceType.TextInterface or self._view.document is None:
            return VoidPtr(_NO_INTERFACE)
        self._mirror()
        editor = QAccessible.queryAccessibleInterface(self._editor)
        text = editor.textInterface()
        return VoidPtr(Shiboken.getCppPointer(text)[0])

    def _mirror(self) -> None:
        """Bring the hidden editor up to the section being read."""
        document, number = self._view.document, self._section()
        if document is None or self._shown == (document.fingerprint, number):
            return
        self._shown = (document.fingerprint, number)
        text = document.sections[number].text
        self._utf16 = Utf16Map(text)
        self._editor.setPlainText(text)

    def _section(self) -> int:
        place = self._view.caret or self._view.first_visible_place()
        return place.section if place is not None else 0

    def _on_selection_changed(self, span: Span | None) -> None:
        if not QAccessible.isActive() or self._view.document is None:
            return
        self._mirror()
        cursor = self._editor.textCursor()
        start = end = cursor.position()
        if span is not None:
            start, end = self._utf16.to_utf16(span.start), self._utf16.to_utf16(span.end)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._editor.setTextCursor(cursor)
        event = QAccessibleTextSelectionEvent(self._view, start, end)
        QAccessible.updateAccessibility(event)

    def _on_caret_moved(self) -> None:
        caret = self._view.caret
        if not QAccessible.isActive() or caret is None:
            return
        self._mirror()
        position = self._utf16.to_utf16(caret.offset)
        cursor = self._editor.textCursor()
        cursor.setPosition(position)
        self._editor.setTextCursor(cursor)
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(self._view, position))


def _make(class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    from reader.ui.view.reading_view import ReadingView

    del class_name
    if not isinstance(thing, ReadingView):
        return None
    made = AccessibleReadingView(thing)
    _interfaces.append(made)
    return made


@cache
def install() -> None:
    """Offer the interface to Qt for every reading view, once."""
    QAccessible.installFactory(_make)


def tell_text_changed(view: ReadingView) -> None:
    """Tell screen readers that another document is shown."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(view, QAccessible.Event.DocumentReload))
