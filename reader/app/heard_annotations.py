"""What is heard of the annotations on a text: their words, and the passages they stand at."""

from __future__ import annotations

from collections.abc import Iterable

from reader.annotations.bodies import MARKDOWN
from reader.annotations.model import BOOKMARKING, Annotation
from reader.speech.planning.heard_notes import HeardNote
from reader.text.document import Span


def heard_note(annotation: Annotation, span: Span) -> HeardNote:
    """Return an annotation as the voice comes by it, at the place where it was found."""
    is_markdown = annotation.note_format == MARKDOWN
    return HeardNote(annotation.id, span, annotation.note_text.strip(), is_markdown)


def highlighted_spans(placed: Iterable[tuple[Annotation, Span]]) -> tuple[Span, ...]:
    """Return the passages that are highlighted, in the text's order, each once."""
    spans = {
        span
        for annotation, span in placed
        if not span.is_empty and annotation.motivation != BOOKMARKING
    }
    return tuple(sorted(spans, key=lambda span: (span.first_place, span.end)))
