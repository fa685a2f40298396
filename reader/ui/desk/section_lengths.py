"""Learns how long the sections before a place are, before a note is made there."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from reader.errors import SottovoceError
from reader.text.document import Document, Span
from reader.text.lazy_sections import LazySections
from reader.ui.background import Background
from reader.ui.view.reading_view import ReadingView

_REST_S = 0.02


class SectionLengths(QObject):
    """Has them read beside the window's thread once something is selected or lit.

    A note counts its position from the text's beginning, and may now be made any moment.
    """

    def __init__(self, view: ReadingView, background: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._learning = background.latest()
        self._asked: tuple[Document, int] | None = None
        """The text and how many of its sections are being measured, or were."""
        view.selection_changed.connect(self.learn_before)

    def learn_before(self, span: Span | None) -> None:
        """Have the sections before `span` measured beside the window's thread."""
        document = self._view.document
        if span is None or document is None:
            return
        if self._learning.is_awaited and self._is_within_asked(document, span.section):
            return
        sections = document.sections
        if isinstance(sections, LazySections) and not all(
            map(sections.is_exact, range(span.section))
        ):
            asked = self._asked = document, span.section
            self._learning.run(
                lambda: _measure(*asked, is_wanted=lambda: self._asked is asked),
                lambda _: None,
                self._on_failed,
            )

    def _is_within_asked(self, document: Document, count: int) -> bool:
        return self._asked is not None and self._asked[0] is document and count <= self._asked[1]

    def _on_failed(self, _error: SottovoceError) -> None:
        """Leave it: the file went away, which is said elsewhere."""


def _measure(document: Document, stop: int, is_wanted: Callable[[], bool]) -> None:
    """Read the sections before `stop`, with rests in which one that somebody waits for is read."""
    sections = document.sections
    for number in range(stop):
        if isinstance(sections, LazySections) and not sections.is_exact(number) and is_wanted():
            sections[number]
            time.sleep(_REST_S)
