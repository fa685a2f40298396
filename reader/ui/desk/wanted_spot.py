"""Shows a passage of any text: the text is opened if it isn't, then the passage is selected."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from reader.annotations.model import AnnotationId
from reader.text.document import Span
from reader.ui.desk.desk_notes import DeskNotes
from reader.ui.desk.desk_text import DeskText
from reader.values import value


@value
class _Wanted:
    path: Path
    span: Span | None
    note: AnnotationId | None


class WantedSpot(QObject):
    """Remembers what is wanted until its text is there; whatever is asked for next is instead."""

    def __init__(self, text: DeskText, notes: DeskNotes, parent: QObject) -> None:
        super().__init__(parent)
        self._text = text
        self._annotating = notes.annotating
        self._wanted: _Wanted | None = None
        text.shown.connect(self._on_shown)
        notes.settled.connect(self._on_notes_settled)
        text.failed.connect(self._forget)

    def show(self, path: Path, span: Span | None, note: str) -> None:
        """Show a passage of the text at `path`, or that of a note ("" for none)."""
        self._wanted = _Wanted(path, span, AnnotationId(note) if note else None)
        if self._is_here():
            self._on_shown()
            self._on_notes_settled()
        else:
            self._text.open(path)

    def _is_here(self) -> bool:
        here = self._text.path
        return self._wanted is not None and here is not None and _is_same(here, self._wanted.path)

    def _on_shown(self) -> None:
        wanted = self._wanted
        if wanted is None:
            return
        if not self._is_here():  # the user has opened another text meanwhile
            self._wanted = None
        elif wanted.note is None:
            self._wanted = None
            if wanted.span is not None:
                self._text.show_span(wanted.span)

    def _on_notes_settled(self) -> None:
        """Show a note's passage where it stands now; its place may have been found only just."""
        wanted, notebook = self._wanted, self._annotating.notebook
        if wanted is None or wanted.note is None or not self._is_here():
            return
        self._wanted = None
        note = None if notebook is None else notebook.note(wanted.note)
        span = wanted.span if note is None or note.span is None else note.span
        if span is not None:
            self._text.show_span(span)

    def _forget(self) -> None:
        self._wanted = None


def _is_same(one: Path, other: Path) -> bool:
    return one == other or one.resolve() == other.resolve()
