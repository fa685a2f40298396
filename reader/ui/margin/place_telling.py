"""Has the places of new notes told in their format's own terms as well, once they are on disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from reader.annotations.history import NoteHistory
from reader.annotations.model import Annotation, AnnotationId
from reader.annotations.selectors import PROGRESSION
from reader.errors import UnreadableText
from reader.text.document import Document, Span
from reader.ui.margin.note_cards import AnchoredNote

if TYPE_CHECKING:  # imported with the first note that is made
    from reader.annotations.format_selectors import FormatSelectors


def is_place_untold(note: AnchoredNote) -> bool:
    """Whether a note's passage is told by quote and position alone."""
    told = note.annotation.target.other_selectors
    return note.span is not None and PROGRESSION not in told


class PlaceTelling:
    """Works where notes are saved; what it told is taken from there once that is done."""

    def __init__(self, document: Document, history: NoteHistory) -> None:
        self._document = document
        self._history = history
        self._format: FormatSelectors | None = None
        self._told: deque[Annotation] = deque()

    def tell(self, spans: Mapping[AnnotationId, Span]) -> None:
        """Have these notes' passages told. The text's file may be read for that."""
        if self._format is None:
            from reader.annotations.format_selectors import FormatSelectors

            self._format = FormatSelectors(self._document)
        complete = self._format.completed
        with suppress(UnreadableText):
            told = self._history.complete(
                {name: partial(_swapped, complete, span) for name, span in spans.items()}
            )
            self._told.extend(told)

    def take_told(self) -> list[Annotation]:
        """Return the notes as they are since the last call."""
        taken = []
        while self._told:
            taken.append(self._told.popleft())
        return taken


def _swapped(
    complete: Callable[[Annotation, Span], Annotation], span: Span, note: Annotation
) -> Annotation:
    return complete(note, span)
