"""What screen readers find of the headings on the screen: each one of its level, unseen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import reduce

from PySide6.QtCore import QObject, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAttributesInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import Shiboken, VoidPtr

from reader.text.document import Block, BlockKind, Document, Place, Span
from reader.text.lazy_sections import readable_section
from reader.ui.view.text_canvas import TextCanvas

_SETTLED_MS = 150
_NO_INTERFACE = 0


class HeadingHandle(QWidget):
    """Stands over a heading; has its words and level, takes neither mouse nor keys."""

    ACCESSIBLE_ROLE = "Heading"

    def __init__(self, words: str, level: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.level = level
        self.setAccessibleName(words)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class AccessibleHeading(QAccessibleWidget):
    """Tells the level of a heading beside its words."""

    def __init__(self, handle: HeadingHandle) -> None:
        super().__init__(handle, QAccessible.Role.Heading, "")
        self._level = _Level(handle.level)

    # the stub says int, which crashes; Qt takes an address
    def interface_cast(  # type: ignore[override]
        self, kind: QAccessible.InterfaceType, /
    ) -> VoidPtr:
        """Return the address of what tells the level.

        WORKAROUND(PySide6 6.11): anything but a VoidPtr, None included, crashes under AT-SPI.
        """
        if kind is not QAccessible.InterfaceType.AttributesInterface:
            return VoidPtr(_NO_INTERFACE)
        return VoidPtr(Shiboken.getCppPointer(self._level)[0])


class _Level(QAccessibleAttributesInterface):
    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def attributeKeys(self) -> list[QAccessible.Attribute]:
        return [QAccessible.Attribute.Level]

    def attributeValue(self, key: QAccessible.Attribute, /) -> int | None:
        return self._level if key is QAccessible.Attribute.Level else None


class HeadingHandles(QObject):
    """Keeps a handle over every heading of a text on the screen, once it has come to rest."""

    def __init__(self, view: TextCanvas) -> None:
        super().__init__(view)
        self._view = view
        self._handles: dict[tuple[Span, str], HeadingHandle] = {}
        self._timer = QTimer(self, singleShot=True, interval=_SETTLED_MS)
        self._timer.timeout.connect(self.place)
        view.layout_changed.connect(self.place_soon)
        self.place_soon()

    def place_soon(self) -> None:
        """Place the handles when the text has stood still for a moment."""
        self._timer.start()

    def place(self) -> None:
        """Put a handle over each heading on the screen now, and take the others away."""
        before, self._handles = self._handles, {}
        for span, words, level, box in _headings_on_screen(self._view):
            handle = before.pop((span, words), None)
            if handle is None:
                handle = HeadingHandle(words, level, self._view.viewport())
            handle.setGeometry(box)
            handle.show()
            self._handles[span, words] = handle
        for handle in before.values():
            handle.deleteLater()


def heading_at(document: Document, place: Place) -> Block | None:
    """Return the heading a place is in or at the end of; None if it is no heading."""
    section = readable_section(document.sections, place.section)
    blocks = () if section is None else section.blocks
    here = bisect_left(blocks, place.offset, key=lambda block: block.end)
    if here == len(blocks) or place.offset < blocks[here].start:
        return None
    return blocks[here] if blocks[here].kind is BlockKind.HEADING else None


def _headings_on_screen(view: TextCanvas) -> Iterator[tuple[Span, str, int, QRect]]:
    """Give each heading's span, words, level and box in the viewport."""
    document = view.document
    if document is None:
        return
    for seen in view.visible_spans():
        heading = heading_at(document, seen.first_place)
        boxes = view.rects_of(seen)
        if heading is not None and boxes:
            box = reduce(QRect.united, boxes)
            words = document.sections[seen.section].text[seen.start : seen.end]
            yield seen, " ".join(words.split()), heading.level, box
