"""Finding the places of annotations in a text, which may have changed since they were made."""

from __future__ import annotations

from collections.abc import Iterable

from reader.annotations.anchoring.values import UNKNOWN_PAST, Anchor, Past
from reader.annotations.model import Annotation
from reader.text.document import Document


def anchor_annotations(
    annotations: Iterable[Annotation], document: Document, past: Past = UNKNOWN_PAST
) -> tuple[Anchor, ...]:
    """Return each annotation's anchor, in order.

    Those that stood in an earlier version whose text is kept are followed from there. The others
    are looked for by their quote; what isn't found to the letter is then to be looked at.
    Slow for large texts that changed: up to a second for 10,000 annotations in 6 MB.
    """
    # the window imports this before its first frame, and needs the search only after it
    from reader.annotations.anchoring.search import Search

    return Search(tuple(annotations), document, past).anchors()


def anchor(annotation: Annotation, document: Document) -> Anchor:
    """Return one annotation's anchor; for several, `anchor_annotations` is much cheaper."""
    return anchor_annotations((annotation,), document)[0]
