"""Dims in the text what isn't read, and says why under the pointer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip

from reader.speech.skipping import SectionSkips, Skip, WhatIsRead
from reader.text.document import Document, Place, Span
from reader.text.lazy_sections import section_at_hand
from reader.ui.background import Background, Task
from reader.ui.view.decorations import Decoration, Role
from reader.ui.view.reading_view import ReadingView

Look = Callable[[], tuple[Skip, ...]]
Show = Callable[[tuple[Skip, ...]], None]

_AROUND = 20_000
"""Code points around the screen that are looked at first in a long section."""


class SkipMarks(QObject):
    """Looks, beside the window's thread, through the sections that are shown; no others."""

    def __init__(self, view: ReadingView, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._background = background
        self._document: Document | None = None
        self._what = WhatIsRead()
        self._skips: dict[int, tuple[Skip, ...]] = {}
        self._tasks: dict[int, Task] = {}
        view.layout_changed.connect(self._look)
        view.viewport().installEventFilter(self)

    def show(self, document: Document, what: WhatIsRead) -> None:
        """Dim what is left out of this text when this is read."""
        for task in self._tasks.values():
            task.forget()
        self._tasks.clear()
        self._document, self._what = document, what
        self._skips = {}
        self._look()

    def at(self, place: Place) -> Skip | None:
        """Return the passage at a place that isn't read, as far as that is known by now."""
        return next((s for s in self._skips.get(place.section, ()) if place in s.span), None)

    def passage_of(self, skip: Skip) -> Span:
        """Return what is read when this is asked for: of a table the whole."""
        assert self._document is not None
        section = self._document.sections[skip.span.section]
        return SectionSkips(section, self._what).passage_of(skip)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say why something isn't read, where the pointer rests on it."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._view.place_at(event.pos())
            skip = None if place is None else self.at(place)
            if skip is not None:
                QToolTip.showText(event.globalPos(), tool_tip(skip), self._view.viewport())
                return True
            QToolTip.hideText()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        """Look through the section on the screen and the one after it, if that wasn't done."""
        document, here = self._document, self._view.first_visible_place()
        if document is None or here is None or self._view.document is not document:
            return
        for number in (here.section, here.section + 1):
            if number >= len(document.sections) or number in self._tasks:
                continue
            # the view reads what it comes near to; we look again when it has
            if section_at_hand(document.sections, number) is not None:
                offset = here.offset if number == here.section else 0
                self._look_through(document, number, offset)

    def _look_through(self, document: Document, number: int, offset: int) -> None:
        what = self._what

        def look_near() -> tuple[Skip, ...]:
            skips = SectionSkips(document.sections[number], what)
            return tuple(skips.between(max(0, offset - _AROUND), offset + _AROUND))

        def look_everywhere() -> tuple[Skip, ...]:
            return tuple(SectionSkips(document.sections[number], what).all())

        def show_near(skips: tuple[Skip, ...]) -> None:
            self._take(number, skips)
            if len(document.sections[number].text) > _AROUND:
                self._run(number, look_everywhere, lambda found: self._take(number, found))

        self._run(number, look_near, show_near)

    def _run(self, number: int, look: Look, then: Show) -> None:
        self._tasks[number] = self._background.run(look, then, lambda _error: None)

    def _take(self, number: int, skips: tuple[Skip, ...]) -> None:
        self._skips[number] = skips
        spans = [span for found in self._skips.values() for span in joined(found)]
        self._view.decorate("skipped", [Decoration(span, Role.SKIPPED) for span in spans])


def joined(skips: Sequence[Skip]) -> list[Span]:
    """Return the spans of passages in order, those that touch as one."""
    spans: list[Span] = []
    for skip in skips:
        if spans and spans[-1].end == skip.span.start:
            spans[-1] = Span(skip.span.section, spans[-1].start, skip.span.end)
        else:
            spans.append(skip.span)
    return spans


def tool_tip(skip: Skip) -> str:
    """Return why a passage isn't read and what to do to hear it."""
    return f"Not read: {skip.reason.value}. Double-click to hear it."
