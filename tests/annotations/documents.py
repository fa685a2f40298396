"""Documents and annotations made by hand for the tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from reader.annotations.editing import new_annotation
from reader.annotations.model import COMMENTING, Annotation, JsonObject
from reader.text.document import Block, BlockKind, Document, Section, Span, fingerprint_of

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 5, 2, 8, 30, tzinfo=UTC)

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
COLLECTION: dict[str, Any] = {
    "@context": CONTEXT,
    "id": "urn:example:collection",
    "type": "AnnotationCollection",
}
"""What a collection cannot be without."""


def document_of(*texts: str, title: str = "A text") -> Document:
    """Return a document whose sections are one paragraph each."""
    sections = tuple(
        Section(number, "", text, (Block(0, len(text), BlockKind.PARAGRAPH),))
        for number, text in enumerate(texts)
    )
    return Document(title, (), "en", sections, fingerprint_of(texts))


def note_on(document: Document, passage: str, note: str = "", section: int = 0) -> Annotation:
    """Return a new note on the first place where a section says `passage`."""
    start = document.sections[section].text.index(passage)
    span = Span(section, start, start + len(passage))
    return new_annotation(document, span, COMMENTING, source="a.txt", created=NOON, note=note)


def annotation_json(**more: object) -> JsonObject:
    """Return a small legal annotation with other or further properties; None takes one away."""
    value: dict[str, object] = {
        "id": "urn:example:1",
        "type": "Annotation",
        "target": {
            "source": "a.txt",
            "selector": {"type": "TextQuoteSelector", "exact": "quiet"},
        },
        **more,
    }
    return {key: item for key, item in value.items() if item is not None}  # type: ignore[misc]
