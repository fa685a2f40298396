"""Finding a passage in a text by its quote, surroundings and position, with no earlier text."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel, Postfix, Prefix

from reader.annotations.anchoring.folding import weight
from reader.annotations.anchoring.occurrences import occurrences
from reader.annotations.anchoring.standing import stands_whole
from reader.annotations.anchoring.values import AnchorState
from reader.annotations.model import Annotation, TextPosition, TextQuote
from reader.values import value

SHORT_QUOTE = 13
"""Letters and digits below which a quote says little by itself; measured, see issue 6's notes."""

LONG_QUOTE = 40
"""Letters and digits from which a quote that stands once is the passage, whatever surrounds it."""

# how much of the surroundings has to stand there too: of one side, of both together (0 to 2)
_SIDE = 0.8
_BOTH_SIDES = 1.2

# characters of surroundings by which the best of several places has to lead
_MARGIN = 14

# characters around the place expected that are searched before the whole text is
_NEAR = 2_000

# a quote at most this many characters from where its neighbours say needs only this many
# characters right beside it to the letter
_IN_PLACE = 200
_TOUCHING = 6

# characters right beside a quote, to the letter, with which it is shown to be looked at
_BESIDE = 12

# characters of surroundings that, to the letter, leave no doubt
_ENOUGH = 32

_OTHERS = 4

# letters of an alphabet that a quote, with some of one side if need be, has to tell as much as to
# be looked for; and those of a side
_TELLING = 12
_LEAST_BESIDE = 4

# places beyond which only those with the nearest characters of a side right are looked at
_MANY = 200


@value
class Found:
    """An anchor in the whole text: the range [start, end)."""

    state: AnchorState
    start: int
    end: int
    score: float
    is_sure: bool = True
    others: tuple[int, ...] = ()
    """Where the quote stands too, likeliest first, on a close call."""


@value
class _Candidate:
    """A place where the quote stands, and how much of each side of it does, 0 to 1."""

    start: int
    before: float
    after: float
    touching: int
    """Characters of the better side that stand to the letter right beside the quote."""

    @property
    def is_whole(self) -> bool:
        """Whether both sides stand there to the letter."""
        return self.before == self.after == 1.0


class QuotePlaces:
    """Where the quotes of many annotations stand in a text, to the letter.

    All are looked for at once when the first one is asked for.
    """

    def __init__(self, annotations: Sequence[Annotation], text: str) -> None:
        self.text = text
        self._annotations = annotations
        self._starts: dict[TextQuote, list[int]] | None = None

    def of(self, quote: TextQuote, claimed: int | None) -> list[int]:
        """Return where a quote begins, in order; a short one only with some of what is beside it,
        or where it is claimed to stand.
        """
        if self._starts is None:
            self._starts = self._found()
        starts = self._starts.get(quote, [])
        if claimed is None or claimed in starts or not quote.exact:
            return starts
        return sorted([*starts, claimed]) if self.text.startswith(quote.exact, claimed) else starts

    def _found(self) -> dict[TextQuote, list[int]]:
        quotes = {
            quote
            for annotation in self._annotations
            if (quote := annotation.target.quote) and not _stands_as_claimed(annotation, self.text)
        }
        sought = [(quote, *piece) for quote in quotes for piece in _pieces(quote)]
        found: dict[TextQuote, set[int]] = {}
        places = occurrences([piece for _, piece, _ in sought], self.text)
        for (quote, _, before), starts in zip(sought, places, strict=True):
            found.setdefault(quote, set()).update(start + before for start in starts)
        return {quote: sorted(starts) for quote, starts in found.items()}


def _stands_as_claimed(annotation: Annotation, text: str) -> bool:
    quote, position = annotation.target.quote, annotation.target.position
    if quote is None or position is None:
        return False
    return stands_whole(quote, position.start, text)


def _pieces(quote: TextQuote) -> set[tuple[str, int]]:
    """Return what is looked for to find a quote, and where in that it begins."""
    if not quote.exact:  # a point stands between its two sides, and nowhere else
        return {(quote.prefix + quote.suffix, len(quote.prefix))}
    missing = _TELLING - weight(quote.exact)
    if missing <= 0 or not (quote.prefix or quote.suffix):
        return {(quote.exact, 0)}
    missing = max(_LEAST_BESIDE, missing)
    before = _nearest(quote.prefix[::-1], missing)[::-1]
    return {
        (before + quote.exact, len(before)),
        (quote.exact + _nearest(quote.suffix, missing), 0),
    }


def _nearest(side: str, wanted: int) -> str:
    """Return as much of one side, from the quote on, as tells as much as `wanted` letters."""
    found = side[:wanted]
    while found and weight(found[:-1]) >= wanted:
        found = found[:-1]
    return found


def find_quote(annotation: Annotation, places: QuotePlaces, shift: int) -> Found | None:
    """Return where an annotation stands; `shift` is how far its neighbour before it has moved."""
    quote, position = annotation.target.quote, annotation.target.position
    text = places.text
    if quote is None or not (quote.exact or quote.prefix or quote.suffix):
        if position is None or position.end > len(text):
            return None
        # nothing says whether this is still the passage
        return Found(AnchorState.MOVED, position.start, position.end, 0.5, is_sure=False)
    if position is not None:
        if stands_whole(quote, position.start, text):
            end = position.start + len(quote.exact)
            return Found(AnchorState.ANCHORED, position.start, end, 1.0)
        start = _only_one_near(quote, position.start + shift, text)
        if start is not None:
            return Found(AnchorState.MOVED, start, start + len(quote.exact), 1.0)
    claimed = None if position is None else position.start
    candidates = _candidates(quote, places.of(quote, claimed), claimed, text)
    return _decided(candidates, quote, position, shift) if candidates else None


def _only_one_near(quote: TextQuote, expected: int, text: str) -> int | None:
    """Return the only place around `expected` where quote and both sides stand to the letter."""
    if len(quote.prefix) + len(quote.suffix) < _MARGIN:
        return None
    around = quote.prefix + quote.exact + quote.suffix
    low = max(0, expected - len(quote.prefix) - _NEAR)
    high = max(0, expected + len(around) + _NEAR)
    start = text.find(around, low, high)
    if start < 0 or text.find(around, start + 1, high) >= 0:
        return None
    return start + len(quote.prefix)


def _candidates(
    quote: TextQuote, starts: Sequence[int], claimed: int | None, text: str
) -> list[_Candidate]:
    if not quote.exact:
        around = len(quote.prefix) + len(quote.suffix)
        return [_Candidate(start, 1.0, 1.0, around) for start in starts]
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
            _Candidate(
                start,
                _likeness(before, quote.prefix),
                _likeness(after, quote.suffix),
                max(
                    Postfix.similarity(before, quote.prefix),
                    Prefix.similarity(after, quote.suffix),
                ),
            )
        )
    return found


def _likeness(text: str, wanted: str) -> float:
    return Indel.normalized_similarity(text, wanted)


def _decided(
    candidates: list[_Candidate], quote: TextQuote, position: TextPosition | None, shift: int
) -> Found | None:
    """Choose among the places where the quote stands; on a close call, say that it is one."""
    claimed = None if position is None else position.start
    sides = len(quote.prefix) + len(quote.suffix)

    def evidence(candidate: _Candidate) -> float:
        """Characters of the surroundings that speak for it."""
        return candidate.before * len(quote.prefix) + candidate.after * len(quote.suffix)

    def nearness(candidate: _Candidate) -> int:
        return 0 if claimed is None else -abs(candidate.start - claimed)

    ranked = sorted(candidates, key=lambda c: (evidence(c), nearness(c)), reverse=True)
    best = ranked[0]
    stands_there = claimed is None or best.start == claimed
    if len(ranked) > 1:
        second = ranked[1]
        is_only_whole = best.is_whole and not second.is_whole
        is_sure = is_only_whole or evidence(best) - evidence(second) >= _MARGIN
        state = AnchorState.MOVED if is_sure else AnchorState.AMBIGUOUS
    else:
        state = AnchorState.MOVED
    if state == AnchorState.MOVED:
        is_in_place = claimed is not None and abs(best.start - claimed - shift) <= _IN_PLACE
        is_credible = not sides or _is_credible(best, quote, is_in_place=is_in_place)
        if not is_credible and best.touching < _BESIDE:
            return None
        if stands_there and (not sides or max(best.before, best.after) >= _SIDE):
            state = AnchorState.ANCHORED
    end = best.start + len(quote.exact)
    score = (len(quote.exact) + evidence(best)) / (len(quote.exact) + sides)
    if state == AnchorState.AMBIGUOUS:
        others = tuple(candidate.start for candidate in ranked[1:_OTHERS])
        return Found(state, best.start, end, score, is_sure=False, others=others)
    is_sure = is_credible and (
        state == AnchorState.ANCHORED or (best.is_whole and sides >= _ENOUGH)
    )
    return Found(state, best.start, end, score, is_sure)


def _is_credible(candidate: _Candidate, quote: TextQuote, *, is_in_place: bool) -> bool:
    """Whether quote and surroundings say enough that this is no lookalike."""
    if is_in_place and candidate.touching >= _TOUCHING:
        return True
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
