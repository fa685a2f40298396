"""Finding the place of an annotation in a text, which may have changed since it was made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from reader.annotations.model import SECTION_BREAK, Annotation, TextQuote
from reader.text.document import Document, Span

SHORT_QUOTE = 13
"""Letters and digits below which a quote says little by itself; measured, see issue 6's notes."""

LONG_QUOTE = 40
"""Letters and digits from which a quote that stands once is the passage, whatever surrounds it."""

# how much of the surroundings has to stand there too: of one side, of both together (0 to 2)
_SIDE = 0.8
_BOTH_SIDES = 1.2

# characters of surroundings by which the best of several places has to lead
_MARGIN = 14

# places beyond which only those with the nearest characters of a side right are looked at
_MANY = 200


class AnchorState(StrEnum):
    """How sure a place is; the values are those of `notes list --json`."""

    ANCHORED = "anchored"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    ORPHAN = "orphan"


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an annotation stands now. An orphan has no span; an ambiguous one its likeliest.

    `score`, 0 to 1, is how much of the quote and its surroundings stands there.
    """

    state: AnchorState
    span: Span | None
    score: float


ORPHANED = Anchor(AnchorState.ORPHAN, None, 0.0)


class WholeText:
    """A document's sections as one text, joined by SECTION_BREAK, as TextPosition counts it."""

    def __init__(self, document: Document) -> None:
        self._lengths = [len(section.text) for section in document.sections]
        self.text = SECTION_BREAK.join(section.text for section in document.sections)
        self._starts = []
        start = 0
        for length in self._lengths:
            self._starts.append(start)
            start += length + len(SECTION_BREAK)

    def span_of(self, start: int, end: int) -> Span:
        """Return the range as a span; one across sections keeps its longest part."""
        first = max(0, bisect_right(self._starts, start) - 1)
        parts = []
        for section in range(first, len(self._starts)):
            base = self._starts[section]
            if base > end or (base == end and end > start):
                break
            low = min(max(0, start - base), self._lengths[section])
            parts.append(Span(section, low, min(end - base, self._lengths[section])))
        return max(parts, key=lambda part: part.end - part.start, default=Span(0, 0, 0))


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A place where the quote stands, and how much of each side of it does, 0 to 1."""

    start: int
    before: float
    after: float

    @property
    def is_whole(self) -> bool:
        """Whether both sides stand there to the letter."""
        return self.before == self.after == 1.0


def anchor_annotations(annotations: Iterable[Annotation], document: Document) -> tuple[Anchor, ...]:
    """Return each annotation's anchor, in order."""
    whole = WholeText(document)
    return tuple(_anchor(annotation, whole) for annotation in annotations)


def anchor(annotation: Annotation, document: Document) -> Anchor:
    """Return one annotation's anchor; for several, `anchor_annotations` is much cheaper."""
    return anchor_annotations((annotation,), document)[0]


def _anchor(annotation: Annotation, whole: WholeText) -> Anchor:
    quote, position = annotation.target.quote, annotation.target.position
    if quote is None or not (quote.exact or quote.prefix or quote.suffix):
        if position is None or position.end > len(whole.text):
            return ORPHANED
        # nothing says whether this is still the passage
        return Anchor(AnchorState.MOVED, whole.span_of(position.start, position.end), 0.5)
    claimed = None if position is None else position.start
    if claimed is not None and _stands_whole(quote, claimed, whole.text):
        return Anchor(AnchorState.ANCHORED, whole.span_of(claimed, claimed + len(quote.exact)), 1.0)
    candidates = _candidates(quote, claimed, whole.text)
    return _decided(candidates, quote, claimed, whole) if candidates else ORPHANED


def _stands_whole(quote: TextQuote, start: int, text: str) -> bool:
    end = start + len(quote.exact)
    return (
        text.startswith(quote.exact, start)
        and text.endswith(quote.prefix, 0, start)
        and text.startswith(quote.suffix, end)
    )


def _occurrences(needle: str, text: str) -> Iterator[int]:
    start = text.find(needle)
    while start >= 0:
        yield start
        start = text.find(needle, start + 1)


def _candidates(quote: TextQuote, claimed: int | None, text: str) -> list[_Candidate]:
    if not quote.exact:  # a point stands between its two sides, and nowhere else
        around = quote.prefix + quote.suffix
        return [
            _Candidate(start + len(quote.prefix), 1.0, 1.0) for start in _occurrences(around, text)
        ]
    starts = list(_occurrences(quote.exact, text))
    if len(starts) > _MANY and (quote.prefix or quote.suffix):
        near = (quote.prefix[-4:], quote.suffix[:4])
        starts = [
            start
            for start in starts
            if start == claimed
            or (near[0] and text.endswith(near[0], 0, start))
            or (near[1] and text.startswith(near[1], start + len(quote.exact)))
        ]
    found = []
    for start in starts:
        end = start + len(quote.exact)
        before = text[max(0, start - len(quote.prefix)) : start]
        after = text[end : end + len(quote.suffix)]
        found.append(
            _Candidate(start, _likeness(before, quote.prefix), _likeness(after, quote.suffix))
        )
    return found


def _likeness(text: str, wanted: str) -> float:
    if text == wanted:
        return 1.0
    from difflib import SequenceMatcher

    return SequenceMatcher(None, text, wanted, autojunk=False).ratio()


def _decided(
    candidates: list[_Candidate], quote: TextQuote, claimed: int | None, whole: WholeText
) -> Anchor:
    """Choose among the places where the quote stands; on a close call, say that it is one."""
    sides = len(quote.prefix) + len(quote.suffix)

    def evidence(candidate: _Candidate) -> float:
        """Characters of the surroundings that speak for it."""
        return candidate.before * len(quote.prefix) + candidate.after * len(quote.suffix)

    def nearness(candidate: _Candidate) -> int:
        return 0 if claimed is None else -abs(candidate.start - claimed)

    ranked = sorted(candidates, key=lambda c: (evidence(c), nearness(c)), reverse=True)
    best = ranked[0]
    size = len(quote.exact) + sides
    score = (len(quote.exact) + evidence(best)) / size
    span = whole.span_of(best.start, best.start + len(quote.exact))
    stands_there = claimed is None or best.start == claimed
    if len(ranked) > 1:
        second = ranked[1]
        is_only_whole = best.is_whole and not second.is_whole
        if not is_only_whole and evidence(best) - evidence(second) < _MARGIN:
            return Anchor(AnchorState.AMBIGUOUS, span, score)
    elif not sides:
        state = AnchorState.ANCHORED if stands_there else AnchorState.MOVED
        return Anchor(state, span, score)
    if not _is_credible(best, quote):
        return ORPHANED
    is_sure = stands_there and max(best.before, best.after) >= _SIDE
    return Anchor(AnchorState.ANCHORED if is_sure else AnchorState.MOVED, span, score)


def _is_credible(candidate: _Candidate, quote: TextQuote) -> bool:
    """Whether quote and surroundings say enough that this is no lookalike."""
    letters = sum(character.isalnum() for character in quote.exact)
    if letters >= LONG_QUOTE:
        return True
    before, after = candidate.before, candidate.after
    if not quote.prefix or not quote.suffix:
        only = before if quote.prefix else after
        return only >= _SIDE
    if letters < SHORT_QUOTE:
        return before + after >= _BOTH_SIDES
    return max(before, after) >= _SIDE
