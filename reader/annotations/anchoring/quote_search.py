"""Finds annotations of which no earlier text is kept: each by its quote, then all by their order.

A quote and 32 characters around it can't tell a passage from its lookalike, least of all where the
passage itself was changed. Notes that were made on one text keep their order, as most of a revised
text does: so where one is expected is told by those before and behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz.distance import Prefix

from reader.annotations.anchoring.acceptance import (
    ALIKE,
    HARDLY_CHANGED,
    SIDE,
    VERSE,
    is_ahead,
    is_best_by_evidence,
    is_passage_expected,
    is_passage_unexpected,
)
from reader.annotations.anchoring.alignment import similarity
from reader.annotations.anchoring.anchor_making import AnchorMaker, asked, doubted
from reader.annotations.anchoring.candidates import (
    CONTEXT,
    Candidate,
    Passage,
    candidate,
    likely_places,
    likely_places_of_own,
)
from reader.annotations.anchoring.folding import fold, weight
from reader.annotations.anchoring.grams import MUCH_REPEATED, gram_length
from reader.annotations.anchoring.neighbours import Expected, Neighbours
from reader.annotations.anchoring.occurrences import occurrences
from reader.annotations.anchoring.quotes import QuotePlaces, find_quote
from reader.annotations.anchoring.runs import Run
from reader.annotations.anchoring.values import Anchor, AnchorState
from reader.annotations.model import Annotation, TextQuote
from reader.values import value

_SAMPLED = 200
"""Quotes that are looked at to learn whether what is quoted is said several times."""
_NARROW = 2_000
"""Code points between two places told by neighbours within which one of a song is taken."""
_IN_STEP = 6
"""Code points by which a note moved differently from one beside it, and yet with it."""
_CLEAR = 66
"""Code points around there in which the passage doesn't stand again."""
_BESIDE = 8
"""Letters right beside a passage that are enough to see that side of it."""
_WIDEST = 20_000
"""Code points beyond which where a note is expected tells too little to look there."""


@value
class _Quoted:
    """An annotation by its number, with the letters that it quotes."""

    number: int
    passage: Passage


class QuoteSearch:
    """Looks for annotations by what they quote, and where."""

    def __init__(
        self,
        annotations: Sequence[Annotation],
        making: AnchorMaker,
        standing: Mapping[int, Anchor],
    ) -> None:
        """`standing` are the anchors, by number, of those that stand where they were made."""
        self._annotations = annotations
        self._making = making
        self._standing = standing
        self._anchors: dict[int, Anchor] = {}
        self._likely: dict[int, Sequence[Candidate]] = {}
        self._is_repetitive = False
        self._is_exact_searched = False

    def anchors_at_once(self, numbers: Sequence[int]) -> dict[int, Anchor]:
        """Return the anchors of those that stand with all that is around them, to the letter, and
        where the others of them lead to expect them.
        """
        self._search_exact(sorted(numbers, key=self._claimed_start))
        neighbours = Neighbours(self._found())
        return {
            number: anchor
            for number, anchor in self._anchors.items()
            if anchor.range is not None
            and not anchor.needs_look
            and (expected := neighbours.expected(self._claimed_start(number))) is not None
            and expected.is_likely(anchor.range[0])
        }

    def anchors(self, numbers: Sequence[int]) -> dict[int, Anchor]:
        """Return the anchors of these annotations, by their numbers; what isn't told is gone."""
        ordered = sorted(numbers, key=self._claimed_start)
        if not self._is_exact_searched:
            self._search_exact(ordered)
        quoted = list(self._quoted(ordered))
        torn = [one for one in quoted if self._is_torn(one)]
        self._search_likely([one for one in quoted if one.number not in self._anchors])
        self._compare_with_rivals(torn)
        neighbours = Neighbours(self._found())
        self._is_repetitive = self._are_repeated(quoted)
        self._compare_with_neighbours(quoted, neighbours)
        return self._anchors

    def _claimed_start(self, number: int) -> int:
        position = self._annotations[number].target.position
        return -1 if position is None else position.start

    def _quoted(self, numbers: Sequence[int]) -> Iterator[_Quoted]:
        for number in numbers:
            quote = self._annotations[number].target.quote
            if quote is not None and fold(quote.exact):
                yield _Quoted(number, _quoted_passage(quote))

    def _search_exact(self, ordered: Sequence[int]) -> None:
        """Look for the quotes to the letter; those found tell where the next ones are."""
        self._is_exact_searched = True
        shift = 0
        whole = self._making.whole
        places = QuotePlaces([self._annotations[number] for number in ordered], whole.text)
        for number in ordered:
            annotation = self._annotations[number]
            found = find_quote(annotation, places, shift)
            if found is None:
                continue
            span = whole.span_of(found.start, found.end)
            others = [
                whole.span_of(start, start + found.end - found.start) for start in found.others
            ]
            self._anchors[number] = Anchor(
                found.state,
                span,
                found.score,
                needs_look=not found.is_sure,
                range=(found.start, found.end),
                candidates=(span, *others) if others else (),
            )
            position = annotation.target.position
            if position is not None and found.state != AnchorState.AMBIGUOUS:
                shift = found.start - position.start

    def _found(self) -> Iterator[Run]:
        """Give where each note is, or may be: of several places only one can keep the order."""
        for number, anchor in (*self._standing.items(), *self._anchors.items()):
            claimed = self._claimed_start(number)
            if claimed < 0 or number in self._likely:
                continue
            if anchor.range and anchor.state != AnchorState.AMBIGUOUS:
                start, end = anchor.range
                yield Run(claimed, start, end - start)
        for number, places in self._likely.items():
            claimed = self._claimed_start(number)
            for place in places if claimed >= 0 else ():
                start = self._making.skeleton.offset_of(place.start)
                yield Run(claimed, start, round(place.evidence))

    def _search_likely(self, lost: Sequence[_Quoted]) -> None:
        if not lost:
            return
        passages = [one.passage for one in lost]
        likely = likely_places(passages, self._making.skeleton)
        for one, found in zip(lost, likely, strict=True):
            self._likely[one.number] = found
            self._anchors[one.number] = self._making.orphan(found)
            if found and _is_best(one.passage, found):
                self._anchors[one.number] = self._doubted(one.number, found[0])

    def _is_torn(self, one: _Quoted) -> bool:
        """Whether a quote was found to the letter without what was on one side of it."""
        anchor = self._anchors.get(one.number)
        if anchor is None or anchor.range is None or not anchor.needs_look:
            return False
        if anchor.state == AnchorState.AMBIGUOUS:
            return False
        letters, passage = self._making.skeleton.letters, one.passage
        start, end = self._making.skeleton.all_letters_before(anchor.range)
        before = letters[max(0, start - len(passage.before)) : start]
        after = letters[end : end + len(passage.after)]
        is_before = _stands_beside(passage.before[::-1], before[::-1])
        return not (is_before and _stands_beside(passage.after, after))

    def _compare_with_rivals(self, torn: Sequence[_Quoted]) -> None:
        """Ask whether not something like a quote is meant that stands between more of its sides:
        where the quote was misprinted, what stands to the letter may be another. Its neighbours
        may tell.
        """
        likely = likely_places([one.passage for one in torn], self._making.skeleton)
        for one, found in zip(torn, likely, strict=True):
            anchor = self._anchors[one.number]
            own = self._candidate_at(one, anchor.range or (0, 0))
            rivals = [
                place
                for place in found
                if place.similarity >= ALIKE and (place.end <= own.start or own.end <= place.start)
            ]
            if not rivals or is_ahead(own.evidence, rivals[0].evidence):
                continue
            self._likely[one.number] = [own, *rivals]
            others = (self._making.span_of_letters(p.start, p.end) for p in rivals)
            self._anchors[one.number] = asked(anchor, *others)

    def _candidate_at(self, one: _Quoted, place: tuple[int, int]) -> Candidate:
        """Return a place of the text as a candidate."""
        start, end = self._making.skeleton.all_letters_before(place)
        return candidate(one.passage, start, end, self._making.skeleton.letters)

    def _doubted(self, number: int, place: Candidate) -> Anchor:
        return doubted(self._making.at_candidate(self._annotations[number], place))

    def _are_repeated(self, quoted: Sequence[_Quoted]) -> bool:
        """Whether the text says several times much of what is quoted: a song, a form, code."""
        sample = quoted[:: len(quoted) // _SAMPLED + 1]
        letters = self._making.skeleton.letters
        gram = gram_length(self._making.skeleton.numbers)
        pieces = [_middle(one.passage, gram) for one in sample]
        repeated = sum(len(places) > 1 for places in occurrences(pieces, letters))
        return repeated > MUCH_REPEATED * len(sample)

    # What the neighbours say

    def _compare_with_neighbours(self, quoted: Sequence[_Quoted], neighbours: Neighbours) -> None:
        """Take what stands where a note is expected for it, rather than what is like it elsewhere;
        ask where neither is plain.
        """
        expected = {
            one: place
            for one in quoted
            if self._anchors[one.number].state != AnchorState.ANCHORED
            and (place := self._expected(one, neighbours)) is not None
        }
        unlikely = [one for one, place in expected.items() if not self._is_likely(one, place)]
        here = dict(
            zip(unlikely, self._places_in([(o, expected[o]) for o in unlikely]), strict=True)
        )
        for one, place in expected.items():
            anchor = self._compared(one, place, here.get(one))
            if anchor.state == AnchorState.AMBIGUOUS:
                in_step = self._in_step(one, place)
                if in_step is not None:
                    anchor = self._doubted(one.number, in_step)
            self._anchors[one.number] = anchor

    def _expected(self, one: _Quoted, neighbours: Neighbours) -> Expected | None:
        """Return where a note may begin by its neighbours; None where they tell too little."""
        claimed = self._claimed_start(one.number)
        place = neighbours.expected(claimed) if claimed >= 0 else None
        is_told = place is not None and place.range[1] - place.range[0] <= _WIDEST
        return place if is_told else None

    def _is_likely(self, one: _Quoted, expected: Expected) -> bool:
        """Whether a note was found, and where it is expected."""
        found = self._found_range(one)
        return found is not None and expected.is_likely(found[0])

    def _found_range(self, one: _Quoted) -> tuple[int, int] | None:
        anchor = self._anchors[one.number]
        return anchor.range if anchor.state != AnchorState.AMBIGUOUS else None

    def _compared(self, one: _Quoted, expected: Expected, here: Candidate | None) -> Anchor:
        """Return the anchor of a note; `here` is its place where it is expected, if it wasn't found
        there to the letter.
        """
        anchor, found = self._anchors[one.number], self._found_range(one)
        if found is not None and expected.is_likely(found[0]):
            if not self._is_repetitive or expected.is_plain(found[0]):
                return anchor
            is_near = expected.last - expected.first <= _NARROW
            return anchor if is_near and self._is_as_quoted(one, found) else asked(anchor)
        if here is not None:
            return self._preferred(one, here, expected, anchor)
        if found is not None and not self._is_plain(one, found):
            return asked(anchor)
        return anchor

    def _in_step(self, one: _Quoted, expected: Expected) -> Candidate | None:
        """Return where a passage stands to the letter, with one of its sides, if that is as far
        on as a neighbour is and there is no other place about there.
        """
        skeleton, wanted = self._making.skeleton, one.passage.letters
        places = set()
        for step in {expected.first, expected.last}:
            low = skeleton.letters_before(max(0, step - _CLEAR))
            high = skeleton.letters_before(max(0, step + _CLEAR)) + len(wanted)
            place = skeleton.letters.find(wanted, low, high)
            while place >= 0:
                places.add(place)
                place = skeleton.letters.find(wanted, place + 1, high)
        if len(places) != 1:
            return None
        start = places.pop()
        offset, end = skeleton.offset_of(start), start + len(wanted)
        if min(abs(offset - expected.first), abs(offset - expected.last)) > _IN_STEP:
            return None
        kept, before, after = self._likeness_at(one, start, end)
        if max(before, after) < SIDE:
            return None
        return Candidate(start, end, kept, float(weight(wanted)), before, after)

    def _places_in(
        self, expected: Sequence[tuple[_Quoted, Expected]]
    ) -> Iterator[Candidate | None]:
        """Give the place of each passage in the range where it is expected to begin."""
        skeleton = self._making.skeleton
        length = len(skeleton.text)
        passages = [one.passage for one, _ in expected]
        lows = skeleton.all_letters_before([min(place.range[0], length) for _, place in expected])
        firsts = skeleton.all_letters_before([min(place.range[1], length) for _, place in expected])
        highs = [
            min(first + len(passage.letters), len(skeleton))
            for first, passage in zip(firsts, passages, strict=True)
        ]
        likely = likely_places_of_own(passages, skeleton, lows, highs)
        return map(_place_expected, passages, likely)

    def _preferred(
        self, one: _Quoted, here: Candidate, expected: Expected, there: Anchor
    ) -> Anchor:
        """Return the anchor at the place expected; ask where what is there changed much, and the
        passage may be elsewhere.
        """
        anchor = self._doubted(one.number, here)
        if self._is_repetitive:
            is_plain = anchor.range is not None and expected.is_plain(anchor.range[0])
            is_it = is_plain and here.similarity >= ALIKE and max(here.before, here.after) >= SIDE
        else:
            is_it = here.similarity >= ALIKE or there.span is None
        if is_it:
            return anchor
        return asked(anchor, *((there.span,) if there.span else ()))

    def _is_plain(self, one: _Quoted, place: tuple[int, int]) -> bool:
        """Whether a place that nothing led to expect is the passage all the same: it was moved."""
        letters = weight(one.passage.letters)
        if self._is_repetitive:
            # as much as a verse
            return letters >= VERSE and self._is_as_quoted(one, place)
        return is_passage_unexpected(letters, *self._likeness_in_text(one, place))

    def _is_as_quoted(self, one: _Quoted, place: tuple[int, int]) -> bool:
        """Whether the passage stands at a place with both its sides, hardly changed."""
        kept, before, after = self._likeness_in_text(one, place)
        return kept >= HARDLY_CHANGED and min(before, after) >= SIDE

    def _likeness_in_text(self, one: _Quoted, place: tuple[int, int]) -> tuple[float, float, float]:
        before = self._making.skeleton.letters_before
        return self._likeness_at(one, before(place[0]), before(place[1]))

    def _likeness_at(self, one: _Quoted, start: int, end: int) -> tuple[float, float, float]:
        """Return how much of a passage, of the side before and of the side behind it stands where
        these letters do.
        """
        passage, letters = one.passage, self._making.skeleton.letters
        return (
            similarity(passage.letters, letters[start:end]),
            similarity(passage.before, letters[max(0, start - len(passage.before)) : start]),
            similarity(passage.after, letters[end : end + len(passage.after)]),
        )


def _middle(passage: Passage, length: int) -> str:
    """Return so many letters around the middle of a passage, with its sides where it is short."""
    whole = passage.before + passage.letters + passage.after
    start = max(0, len(passage.before) + (len(passage.letters) - length) // 2)
    return whole[start : start + length]


def _quoted_passage(quote: TextQuote) -> Passage:
    return Passage(fold(quote.prefix)[-CONTEXT:], fold(quote.exact), fold(quote.suffix)[:CONTEXT])


def _stands_beside(side: str, there: str) -> bool:
    """Whether one side of a quote stands at a place: most of it, or what is right beside the quote.

    Both are in the order from the quote on.
    """
    if similarity(side, there) >= SIDE:
        return True
    touching = Prefix.similarity(side, there)
    return weight(side[:touching]) >= min(_BESIDE, weight(side))


def _place_expected(passage: Passage, found: Sequence[Candidate]) -> Candidate | None:
    """Return the one place, of those in the range where a passage is expected, that is it."""
    if not found:
        return None
    second = found[1].evidence if len(found) > 1 else 0.0
    best = found[0]
    letters = weight(passage.letters)
    around = best.evidence - best.similarity * letters
    is_it = is_passage_expected(letters, best.similarity, around)
    return best if is_it and is_ahead(best.evidence, second) else None


def _is_best(passage: Passage, found: Sequence[Candidate]) -> bool:
    second = found[1].evidence if len(found) > 1 else 0.0
    best = found[0]
    return is_best_by_evidence(weight(passage.letters), best.similarity, best.evidence, second)
