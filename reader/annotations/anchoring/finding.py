"""Finding the places of annotations in a text, which may have changed since they were made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from reader.annotations.anchoring.standing import anchors_of_standing
from reader.annotations.anchoring.values import UNKNOWN_PAST, Anchor, Past
from reader.annotations.anchoring.whole_text import WholeText
from reader.annotations.model import Annotation
from reader.text.document import Document, Fingerprint, Place, Span
from reader.text.lazy_sections import LazySections

if TYPE_CHECKING:
    from reader.annotations.anchoring.search import Search


_FEW = 500
"""Annotations that are found so quickly that none is found before the others."""


def anchor_annotations(
    annotations: Iterable[Annotation], document: Document, past: Past = UNKNOWN_PAST
) -> tuple[Anchor, ...]:
    """Return each annotation's anchor, in order.

    Those that stood in an earlier version whose text is kept are followed from there. The others
    are looked for by their quote; what isn't found to the letter is then to be looked at.
    Where the text of this very version is kept, only those sections are read that notes stand in.
    Slow for large texts that changed: a second for 10,000 annotations in 6 MB, or two where it
    changed everywhere; twice that, at most, where no earlier text is kept.
    """
    return Finding(annotations, document, past).all()


class Finding:
    """Finds annotations in a document: those about one place first, if that is wanted, then all."""

    def __init__(
        self, annotations: Iterable[Annotation], document: Document, past: Past = UNKNOWN_PAST
    ) -> None:
        self._annotations = tuple(annotations)
        self._document = document
        self._past = past
        kept = _kept_whole(document, past)
        self._in_kept = None if kept is None else self._finding_in(kept)

    @cached_property
    def _in_read(self) -> _FindingInText:
        return self._finding_in(WholeText(self._document))

    def _finding_in(self, whole: WholeText) -> _FindingInText:
        return _FindingInText(self._annotations, self._document.fingerprint, whole, self._past)

    def about(self, place: Place) -> Mapping[int, Anchor]:
        """Return the anchors, by the annotations' numbers, of those that stand about a place, and
        of others that are found as quickly; none where it takes hardly longer to find all.

        `all` tells them alike, but for one or the other of which no earlier text is kept.
        """
        if len(self._annotations) < _FEW:
            return {}
        if self._in_kept is None:
            return self._in_read.about(place)
        anchors = self._in_kept.about(place)
        return anchors if _is_true_of(self._in_kept.whole, self._document, anchors.values()) else {}

    def all(self) -> tuple[Anchor, ...]:
        """Return each annotation's anchor, in order."""
        if self._in_kept is not None:
            anchors, kept = self._in_kept.all(), self._in_kept.whole
            if _is_true_of(kept, self._document, anchors):
                if isinstance(self._document.sections, LazySections):
                    self._document.sections.learn_lengths(kept.lengths)
                return anchors
        return self._in_read.all()


class _FindingInText:
    """Finds annotations in the whole text of one version."""

    def __init__(
        self, annotations: Sequence[Annotation], version: Fingerprint, whole: WholeText, past: Past
    ) -> None:
        self._annotations = annotations
        self._version = version
        self.whole = whole
        self._past = past

    @cached_property
    def _standing(self) -> tuple[Anchor, ...] | None:
        return anchors_of_standing(self._annotations, self._version, self.whole, self._past)

    @cached_property
    def _search(self) -> Search:
        # imported where there is something to search, which in most texts there isn't
        from reader.annotations.anchoring.search import Search

        return Search(self._annotations, self._version, self.whole, self._past)

    def about(self, place: Place) -> Mapping[int, Anchor]:
        if self._standing is not None:
            return {}
        start, _ = self.whole.range_of(Span(place.section, place.offset, place.offset))
        return self._search.about(start)

    def all(self) -> tuple[Anchor, ...]:
        return self._search.anchors() if self._standing is None else self._standing


def _kept_whole(document: Document, past: Past) -> WholeText | None:
    """Return what is kept of this version of a document whose sections aren't all read anyway."""
    is_lazy = isinstance(document.sections, LazySections)
    if not is_lazy or len(past.lengths) != len(document.sections):
        return None
    text = past.texts.get(document.fingerprint)
    return None if text is None else WholeText.kept(text, past.lengths)


def _is_true_of(kept: WholeText, document: Document, anchors: Collection[Anchor]) -> bool:
    """Whether what is kept is still what is read where notes stand; the app may read otherwise
    today."""
    pointed_at = {span.section for a in anchors for span in (a.span, *a.candidates) if span}
    return all(document.sections[n].text == kept.text_of(n) for n in sorted(pointed_at))


def anchor(annotation: Annotation, document: Document) -> Anchor:
    """Return one annotation's anchor; for several, `anchor_annotations` is much cheaper."""
    return anchor_annotations((annotation,), document)[0]
