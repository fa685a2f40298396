"""Sentences that the voice could not say: counted, dimmed, and why under the pointer."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip

from reader.text.document import Place, Span
from reader.ui.listening.reading_aloud import ReadingAloud
from reader.ui.view.decorations import Decoration, Role
from reader.ui.view.reading_view import ReadingView


class Unsaid(QObject):
    """Remembers what was passed over in the open text; what is heard after all is forgotten."""

    counted = Signal(int)
    """How many sentences have been passed over by now."""

    def __init__(self, view: ReadingView, aloud: ReadingAloud, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        self._reasons: dict[Span, str] = {}
        aloud.opened.connect(self._forget)
        aloud.voice_changed.connect(self._forget)
        aloud.word_lit.connect(self._on_word_lit)
        aloud.listening.passed_over.connect(self._on_passed_over)
        view.viewport().installEventFilter(self)

    @property
    def first_place(self) -> Place | None:
        """Where the first of them begins; None if there is none."""
        return min((span.first_place for span in self._reasons), default=None)

    def why_at(self, place: Place) -> str:
        """Return what there is to say of a sentence that was passed over; "" for any other."""
        found = [reason for span, reason in self._reasons.items() if place in span]
        if not found:
            return ""
        return f"The voice could not say this ({found[0]}). Double-click to try again."

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say why something was passed over, where the pointer rests on it."""
        if self._reasons and event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._view.place_at(event.pos())
            words = "" if place is None else self.why_at(place)
            if words:
                QToolTip.showText(event.globalPos(), words, self._view.viewport())
                return True
        return super().eventFilter(watched, event)

    def _on_passed_over(self, span: Span, reason: str) -> None:
        self._reasons[span] = reason
        self._show()
        self.counted.emit(len(self._reasons))

    def _on_word_lit(self, word: Span | None) -> None:
        heard = [span for span in self._reasons if word is not None and span.overlaps(word)]
        for span in heard:
            del self._reasons[span]
        if heard:
            self._show()

    def _forget(self) -> None:
        if self._reasons:
            self._reasons.clear()
            self._show()

    def _show(self) -> None:
        self._view.decorate("unsaid", [Decoration(span, Role.SKIPPED) for span in self._reasons])
