"""Finding the places of annotations in a text, which may have changed since they were made."""

from __future__ import annotations

from collections.abc import Iterable

from reader.annotations.anchoring.quotes import find_quote
from reader.annotations.anchoring.values import ORPHANED, Anchor, AnchorState
from reader.annotations.anchoring.whole_text import WholeText
from reader.annotations.model import Annotation
from reader.text.document import Document


def anchor_annotations(annotations: Iterable[Annotation], document: Document) -> tuple[Anchor, ...]:
    """Return each annotation's anchor, in order.

    Those found tell where to look for the next: text put in or taken out moves all behind it.
    """
    whole = WholeText(document)
    given = tuple(annotations)
    anchors = [ORPHANED] * len(given)
    shift = 0
    for number in sorted(range(len(given)), key=lambda number: _claimed_start(given[number])):
        found = find_quote(given[number], whole.text, shift)
        if found is None:
            continue
        span = whole.span_of(found.start, found.end)
        anchors[number] = Anchor(found.state, span, found.score)
        position = given[number].target.position
        if position is not None and found.state != AnchorState.AMBIGUOUS:
            shift = found.start - position.start
    return tuple(anchors)


def anchor(annotation: Annotation, document: Document) -> Anchor:
    """Return one annotation's anchor; for several, `anchor_annotations` is much cheaper."""
    return anchor_annotations((annotation,), document)[0]


def _claimed_start(annotation: Annotation) -> int:
    position = annotation.target.position
    return -1 if position is None else position.start
