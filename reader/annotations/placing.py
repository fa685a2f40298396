"""A text's notes with their places: found, and kept for the day the text has changed again."""

from __future__ import annotations

from contextlib import suppress

from reader.annotations.anchoring import Anchor, AnchorState, KnownPlace, anchor_annotations
from reader.annotations.anchoring.folding import fold
from reader.annotations.model import SECTION_BREAK, Annotation
from reader.annotations.store import AnnotationStore
from reader.errors import StorageUnavailable
from reader.text.document import Document
from reader.text.lazy_sections import exact_length_of


def placed_annotations(
    store: AnnotationStore, document: Document
) -> tuple[tuple[Annotation, Anchor], ...]:
    """Return the annotations of a text, in the order they came, each with its anchor.

    Those that are sure are followed from there the next time. Slow when the text has changed: up
    to a second or two for a large one.

    Raises:
        StorageUnavailable: they can't be read. Where only the places can't be written, they are
            found anew the next time.
    """
    annotations = store.of_document(document.fingerprint)
    if not annotations:
        return ()
    past = store.past_of(document.fingerprint)
    anchors = anchor_annotations(annotations, document, past)
    placed = tuple(
        (annotation, anchor if _is_sure(anchor) else _told_place(annotation, document, anchor))
        for annotation, anchor in zip(annotations, anchors, strict=True)
    )
    sure = {
        annotation.id: KnownPlace(document.fingerprint, *anchor.range)
        for annotation, anchor in placed
        if anchor.range is not None and _is_sure(anchor)
    }
    news = {name: place for name, place in sure.items() if past.places.get(name) != place}
    with suppress(StorageUnavailable):
        if news:
            store.keep_places(document, news)
        else:
            store.keep_text(document)
    return placed


def _is_sure(anchor: Anchor) -> bool:
    return anchor.state in (AnchorState.ANCHORED, AnchorState.MOVED) and not anchor.needs_look


def _told_place(annotation: Annotation, document: Document, unsure: Anchor) -> Anchor:
    """Return the anchor of one whose place is told in the terms of the text's format.

    Asked for the passage that is quoted, if any is: of words that stand in several places that
    tells which. Not for what was made here, which has been in an earlier version of the text.
    """
    target = annotation.target
    quote = target.quote
    was_here = target.position is not None or (quote is not None and quote.prefix + quote.suffix)
    if was_here or not target.other_selectors:
        return unsure
    # parsers of formats come with it: only where there is such a note
    from reader.annotations.format_selectors import place_told

    span = place_told(annotation, document)
    if span is None:
        return unsure
    text = document.sections[span.section].text
    if quote is not None and fold(text[span.start : span.end]) != fold(quote.exact):
        return unsure
    before = sum(
        exact_length_of(document.sections, number) + len(SECTION_BREAK)
        for number in range(span.section)
    )
    return Anchor(AnchorState.ANCHORED, span, 1.0, range=(before + span.start, before + span.end))
