"""Annotations that stand where they were made, to the letter: then there is nothing to search."""

from __future__ import annotations

from collections.abc import Sequence

from reader.annotations.anchoring.values import ORPHANED, Anchor, AnchorState, Past
from reader.annotations.anchoring.whole_text import WholeText
from reader.annotations.model import Annotation, TextQuote
from reader.text.document import Fingerprint


def anchors_of_standing(
    annotations: Sequence[Annotation], version: Fingerprint, whole: WholeText, past: Past
) -> tuple[Anchor, ...] | None:
    """Return the anchors where all are known to stand in this version; None if any isn't.

    They are those that `Search` would find.
    """
    anchors = []
    for annotation in annotations:
        if annotation.answered is not None:  # it stands where the note that it answers does
            anchors.append(ORPHANED)
            continue
        place = past.places.get(annotation.id)
        if place is None or (place.version != version and place.version not in past.texts):
            found = range_standing(annotation, whole.text)
        else:
            found = (place.start, place.end) if place.version == version else None
        target = annotation.target
        if found is None or (target.quote and target.quote.exact != whole.text[slice(*found)]):
            return None
        is_there = target.position is None or target.position.start == found[0]
        state = AnchorState.ANCHORED if is_there else AnchorState.MOVED
        anchors.append(Anchor(state, whole.span_of(*found), 1.0, range=found))
    return tuple(anchors)


def range_standing(annotation: Annotation, text: str) -> tuple[int, int] | None:
    """Return where an annotation was made, if it was on this text: there all of it stands."""
    quote, position = annotation.target.quote, annotation.target.position
    if quote is None or position is None or not (quote.exact or quote.prefix or quote.suffix):
        return None
    if not stands_whole(quote, position.start, text):
        return None
    return position.start, position.start + len(quote.exact)


def stands_whole(quote: TextQuote, start: int, text: str) -> bool:
    """Whether quote and surroundings stand at a place, to the letter."""
    end = start + len(quote.exact)
    return (
        text.startswith(quote.exact, start)
        and text.endswith(quote.prefix, 0, start)
        and text.startswith(quote.suffix, end)
    )
