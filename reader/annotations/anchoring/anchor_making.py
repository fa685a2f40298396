"""Makes anchors of the places where passages were found: in the text, or among its letters."""

from __future__ import annotations

from collections.abc import Sequence

from reader.annotations.anchoring.acceptance import is_worth_offering
from reader.annotations.anchoring.alignment import similarity
from reader.annotations.anchoring.candidates import Candidate
from reader.annotations.anchoring.edges import signs_around, text_range_of_letters
from reader.annotations.anchoring.folding import fold
from reader.annotations.anchoring.skeleton import Skeleton
from reader.annotations.anchoring.values import ORPHANED, Anchor, AnchorState
from reader.annotations.anchoring.whole_text import WholeText
from reader.annotations.model import Annotation, TextQuote
from reader.text.document import Span
from reader.values import replaced

_OFFERED = 3
"""Candidates that are shown for one annotation."""


class AnchorMaker:
    """Makes the anchors of annotations in one text."""

    def __init__(self, whole: WholeText) -> None:
        self.whole = whole
        self._skeleton: Skeleton | None = None

    @property
    def skeleton(self) -> Skeleton:
        """The text's letters; made when first asked for."""
        if self._skeleton is None:
            self._skeleton = Skeleton(self.whole.text)
        return self._skeleton

    def settled(self, annotation: Annotation, start: int, end: int) -> Anchor:
        """Return the anchor of an annotation that surely stands at a range of the text."""
        target, now = annotation.target, self.whole.text[start:end]
        is_changed = target.quote is not None and target.quote.exact != now
        is_there = target.position is None or target.position.start == start
        is_as_it_was = is_there and not is_changed
        return Anchor(
            AnchorState.ANCHORED if is_as_it_was else AnchorState.MOVED,
            self.whole.span_of(start, end),
            _likeness(target.quote, now) if is_changed else 1.0,
            is_changed=is_changed,
            range=(start, end),
        )

    def at_candidate(self, annotation: Annotation, place: Candidate) -> Anchor:
        """Return the anchor of an annotation that stands at a candidate, as if it were sure."""
        quote = annotation.target.quote
        before, after = ("", "") if quote is None else signs_around(quote.exact)
        start, end = text_range_of_letters(self.skeleton, place.start, place.end, before, after)
        return self.settled(annotation, start, end)

    def orphan(self, places: Sequence[Candidate]) -> Anchor:
        """Return the anchor of one that was not found, with what is most like it."""
        offered = [
            self.span_of_letters(place.start, place.end)
            for place in places
            if is_worth_offering(place.similarity)
        ]
        return replaced(ORPHANED, candidates=tuple(offered[:_OFFERED]))

    def span_of_letters(self, start: int, end: int) -> Span:
        """Return the letters [start, end) as a span."""
        return self.whole.span_of(*text_range_of_letters(self.skeleton, start, end))


def doubted(anchor: Anchor) -> Anchor:
    """Return an anchor that the user should look at."""
    return replaced(anchor, state=AnchorState.MOVED, needs_look=True)


def asked(anchor: Anchor, *others: Span) -> Anchor:
    """Return an anchor of which the user is asked whether it, or one of the others, is meant."""
    if anchor.span is None:
        return anchor
    return replaced(
        anchor,
        state=AnchorState.AMBIGUOUS,
        needs_look=True,
        candidates=(anchor.span, *(other for other in others if other != anchor.span)),
    )


def _likeness(quote: TextQuote | None, now: str) -> float:
    return 1.0 if quote is None else similarity(fold(quote.exact), fold(now))
