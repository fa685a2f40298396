"""A text's notes with their places: found, and kept for the day the text has changed again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from reader.annotations.anchoring import (
    ORPHANED,
    UNKNOWN_PAST,
    Anchor,
    AnchorState,
    Finding,
    KnownPlace,
)
from reader.annotations.anchoring.folding import fold
from reader.annotations.model import SECTION_BREAK, Annotation
from reader.annotations.store import AnnotationStore
from reader.errors import StorageUnavailable
from reader.text.document import Document, Place
from reader.text.lazy_sections import exact_length_of

if TYPE_CHECKING:
    from reader.annotations.format_selectors import SectionsAtHand

Placed = tuple[tuple[Annotation, Anchor], ...]
"""Annotations of a text, in the order they came, each with its anchor."""


def placed_annotations(store: AnnotationStore, document: Document) -> Placed:
    """Return the annotations of a text. Slow when the text has changed: see `Placing.all`.

    Raises:
        StorageUnavailable: they can't be read.
    """
    return Placing(store, document).all()


class Placing:
    """Finds the places of a text's annotations: those about one place first, then all."""

    def __init__(self, store: AnnotationStore, document: Document) -> None:
        """Read the annotations.

        Raises:
            StorageUnavailable: they can't be read.
        """
        self._store = store
        self._document = document
        self._annotations = store.of_document(document.fingerprint)
        self._past = store.past_of(document.fingerprint) if self._annotations else UNKNOWN_PAST
        self._finding = Finding(self._annotations, document, self._past)

    def about(self, place: Place) -> Placed:
        """Return those annotations that are found about a place, and the replies to them.

        None where it takes hardly longer to find all; which `all` does.
        """
        anchors = self._finding.about(place)
        if not anchors:
            return ()
        found = {self._annotations[number].id for number in anchors}
        placed = []
        for number, annotation in enumerate(self._annotations):
            if number in anchors:
                placed.append((annotation, anchors[number]))
            elif annotation.answered in found:
                placed.append((annotation, ORPHANED))
                found.add(annotation.id)
        return tuple(placed)

    def all(self) -> Placed:
        """Return all annotations.

        Those that are sure are followed from there the next time. Slow when the text has changed:
        up to a second or two for a large one. Where the places can't be written, they are found
        anew the next time.
        """
        if not self._annotations:
            return ()
        document = self._document
        found = zip(self._annotations, self._finding.all(), strict=True)
        placed = tuple(_with_told_places(found, document))
        sure = {
            annotation.id: KnownPlace(document.fingerprint, *anchor.range)
            for annotation, anchor in placed
            if anchor.range is not None and _is_sure(anchor)
        }
        known = self._past.places
        news = {name: place for name, place in sure.items() if known.get(name) != place}
        with suppress(StorageUnavailable):
            if news:
                self._store.keep_places(document, news)
            else:
                self._store.keep_text(document)
        return placed


def _is_sure(anchor: Anchor) -> bool:
    return anchor.state in (AnchorState.ANCHORED, AnchorState.MOVED) and not anchor.needs_look


def _with_told_places(
    found: Iterable[tuple[Annotation, Anchor]], document: Document
) -> Iterator[tuple[Annotation, Anchor]]:
    """Yield annotations with the anchors found, or those told in the terms of the text's format."""
    sections: SectionsAtHand | None = None
    for annotation, anchor in found:
        if _is_sure(anchor) or not _may_be_told(annotation):
            yield annotation, anchor
            continue
        if sections is None:
            # parsers of formats come with it: only where there is such a note
            from reader.annotations.format_selectors import SectionsAtHand

            sections = SectionsAtHand(document)
        yield annotation, _told_place(annotation, sections) or anchor


def _may_be_told(annotation: Annotation) -> bool:
    """Whether selectors of a format say more than is known: what was made here needs none of them,
    it has been in an earlier version of the text.
    """
    target = annotation.target
    quote = target.quote
    was_here = target.position is not None or (quote is not None and quote.prefix + quote.suffix)
    return bool(target.other_selectors) and not was_here


def _told_place(annotation: Annotation, sections: SectionsAtHand) -> Anchor | None:
    """Return the anchor of one whose place is told in the terms of the text's format.

    Asked for the passage that is quoted, if any is: of words that stand in several places that
    tells which.
    """
    from reader.annotations.format_selectors import place_told

    document, quote = sections.document, annotation.target.quote
    span = place_told(annotation, sections)
    if span is None:
        return None
    text = document.sections[span.section].text
    if quote is not None and fold(text[span.start : span.end]) != fold(quote.exact):
        return None
    before = sum(
        exact_length_of(document.sections, number) + len(SECTION_BREAK)
        for number in range(span.section)
    )
    return Anchor(AnchorState.ANCHORED, span, 1.0, range=(before + span.start, before + span.end))
