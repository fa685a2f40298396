"""Dims in the text what isn't read, and says why under the pointer."""

from __future__ import annotations

from collections.abc import Container, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip

from reader.speech.planning.skipping import SectionSkips, Skip, WhatIsRead
from reader.text.document import Document, Place, Section, Span
from reader.text.lazy_sections import section_at_hand
from reader.ui.background import Background, Task
from reader.ui.view.decorations import Decoration, Role
from reader.ui.view.reading_view import ReadingView

_AROUND = 16_000
"""Code points before and after the screen's beginning that are looked through at once."""

_NEAR = 8_000
"""So many must have been looked through, else it is time to look again: more than a screen has."""


class SkipMarks(QObject):
    """Looks, beside the window's thread, through what is near the screen; what is far is forgotten.

    A section may have thousands of passages that aren't read, and to compare and place them all
    takes longer than a frame.
    """

    def __init__(self, view: ReadingView, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._background = background
        self._document: Document | None = None
        self._what = WhatIsRead()
        self._finders: dict[int, SectionSkips] = {}
        self._looked: dict[int, Span] = {}  # what of a section was looked through, or is now
        self._skips: dict[int, tuple[Skip, ...]] = {}
        self._marks: dict[int, list[Decoration]] = {}  # the very ones that the view was told
        self._tasks: dict[int, Task] = {}
        # what is to be painted now is painted before: a thread takes a share of the interpreter
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._look)
        view.layout_changed.connect(self._soon.start)
        view.viewport().installEventFilter(self)

    def show(self, document: Document, what: WhatIsRead) -> None:
        """Dim what is left out of this text when this is read."""
        self._document, self._what = document, what
        self._forget_all_but(())
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
        """Look around the top of the screen and into the next section, if that wasn't done."""
        document, here = self._document, self._view.first_visible_place()
        if document is None or here is None or self._view.document is not document:
            return
        for place in (here, Place(here.section + 1, 0)):
            if place.section < len(document.sections):
                # the view reads what it comes near to; we look again when it has
                section = section_at_hand(document.sections, place.section)
                if section is not None:
                    self._look_around(section, place)

    def _look_around(self, section: Section, place: Place) -> None:
        number = section.index
        looked = self._looked.get(number)
        near = _around(section, place, _NEAR)
        if looked is not None and looked.start <= near.start and near.end <= looked.end:
            return
        wanted = self._looked[number] = _around(section, place, _AROUND)
        finder = self._finders.setdefault(number, SectionSkips(section, self._what))
        if number in self._tasks:
            self._tasks[number].forget()
        self._tasks[number] = self._background.run(
            lambda: tuple(finder.between(wanted.start, wanted.end)),
            lambda skips: self._take(number, skips),
            lambda _error: None,
        )

    def _take(self, number: int, skips: tuple[Skip, ...]) -> None:
        here = self._view.first_visible_place()
        if here is not None:
            self._forget_all_but(range(here.section - 1, here.section + 2))
        if number in self._looked:
            self._skips[number] = skips
            self._marks[number] = [Decoration(span, Role.SKIPPED) for span in joined(skips)]
        self._view.decorate("skipped", [mark for marks in self._marks.values() for mark in marks])

    def _forget_all_but(self, sections: Container[int]) -> None:
        for number in [number for number in self._looked if number not in sections]:
            self._tasks.pop(number).forget()
            for kept in (self._finders, self._looked, self._skips, self._marks):
                kept.pop(number, None)


def _around(section: Section, place: Place, reach: int) -> Span:
    start = max(0, place.offset - reach)
    return Span(section.index, start, min(len(section.text), place.offset + reach))


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
