"""Finds annotations of which no earlier text is kept: each by its quote, then all by their order.

A quote and 32 characters around it can't tell a passage from its lookalike, least of all where the
passage itself was changed. Notes that were made on one text keep their order, as most of a revised
text does: so where one is expected is told by those before and behind it. Most are found there, and
only the others are looked for in all of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rapidfuzz.distance import Prefix

from reader.annotations.anchoring.acceptance import (
    ALIKE,
    HARDLY_CHANGED,
    SIDE,
    VERSE,
    is_ahead,
    is_enough_like,
    is_passage_unexpected,
)
from reader.annotations.anchoring.alignment import similarity
from reader.annotations.anchoring.anchor_making import AnchorMaker, asked, doubted
from reader.annotations.anchoring.candidates import (
    CONTEXT,
    Candidate,
    LikelyPlaces,
    Passage,
    candidate,
    leads,
)
from reader.annotations.anchoring.folding import weight
from reader.annotations.anchoring.in_step import InStep, Quoted, expected_of, places_in
from reader.annotations.anchoring.neighbours import Expected, Neighbours
from reader.annotations.anchoring.quotes import QuotePlaces, find_quote
from reader.annotations.anchoring.runs import Run
from reader.annotations.anchoring.skeleton import all_folded
from reader.annotations.anchoring.standing import stands_whole
from reader.annotations.anchoring.values import Anchor, AnchorState
from reader.annotations.model import Annotation, TextQuote

_AT_ONCE = 200
"""Annotations that are found before the others: more than are seen at once."""
_AROUND = 14
"""Characters beside a quote that stand there too, to the letter, and leave no doubt where it is
expected.
"""
_NARROW = 2_000
"""Code points between two places told by neighbours within which one of a song is taken."""
_IN_STEP = 6
"""Code points by which a note moved differently from one beside it, and yet with it."""
_CLEAR = 66
"""Code points around there in which the passage doesn't stand again."""
_BESIDE = 8
"""Letters right beside a passage that are enough to see that side of it."""


class QuoteSearch:
    """Looks for annotations by what they quote, and where."""

    def __init__(
        self,
        annotations: Sequence[Annotation],
        numbers: Iterable[int],
        making: AnchorMaker,
        standing: Mapping[int, Anchor],
    ) -> None:
        """`numbers` are those of the annotations that are looked for, `standing` the anchors, by
        number, of those that stand where they were made.
        """
        self._annotations = annotations
        self._making = making
        self._standing = standing
        self._anchors: dict[int, Anchor] = {}
        self._likely: dict[int, Sequence[Candidate]] = {}
        self._ordered = sorted(numbers, key=self._claimed_start)
        self._places = LikelyPlaces(making.skeleton)
        self._quoted = list(self._all_quoted())
        self._in_step = InStep(self._quoted, making.skeleton, self._found())

    def anchors_at_once(self, place: int) -> dict[int, Anchor]:
        """Return the anchors of those that others lead to expect about a place of the text, and
        that stand there.
        """
        if not self._in_step.is_repetitive:
            self._find_in_step(self._in_step.nearest(self._quoted, place, _AT_ONCE))
        return dict(self._anchors)

    def anchors(self) -> dict[int, Anchor]:
        """Return the anchors of all of them, by their numbers; what isn't told is gone."""
        if not self._in_step.is_repetitive:
            self._find_in_step(self._quoted)
        rest = [one for one in self._quoted if one.number not in self._anchors]
        self._search_exact()
        torn = [one for one in rest if self._is_torn(one)]
        self._search_likely([one for one in rest if one.number not in self._anchors])
        self._compare_with_rivals(torn)
        self._compare_with_neighbours(rest, Neighbours(self._found()))
        return self._anchors

    def _claimed_start(self, number: int) -> int:
        position = self._annotations[number].target.position
        return -1 if position is None else position.start

    def _all_quoted(self) -> Iterator[Quoted]:
        quotes = [
            (number, quote)
            for number in self._ordered
            if (quote := self._annotations[number].target.quote) is not None
        ]
        letters = all_folded([part for _, q in quotes for part in (q.prefix, q.exact, q.suffix)])
        for (number, _), before, exact, after in zip(
            quotes, letters[::3], letters[1::3], letters[2::3], strict=True
        ):
            if exact:
                passage = Passage(before[-CONTEXT:], exact, after[:CONTEXT])
                yield Quoted(number, self._claimed_start(number), passage)

    def _find_in_step(self, quoted: Sequence[Quoted]) -> None:
        """Find those that stand where the others lead to expect them."""
        for one, place in self._in_step.places(
            [one for one in quoted if one.number not in self._anchors]
        ):
            annotation = self._annotations[one.number]
            anchor = self._making.at_candidate(annotation, place)
            is_sure = self._stands_whole(anchor, annotation.target.quote) or (
                anchor.state == AnchorState.ANCHORED and max(place.before, place.after) >= SIDE
            )
            self._anchors[one.number] = anchor if is_sure else doubted(anchor)

    def _stands_whole(self, anchor: Anchor, quote: TextQuote | None) -> bool:
        """Whether a quote stands where its anchor is, to the letter, with what is beside it."""
        if quote is None or anchor.range is None:
            return False
        is_told = len(quote.prefix) + len(quote.suffix) >= _AROUND
        return is_told and stands_whole(quote, anchor.range[0], self._making.whole.text)

    def _search_exact(self) -> None:
        """Look for quotes to the letter; those found tell where the next ones are."""
        shift = 0
        whole = self._making.whole
        rest = [number for number in self._ordered if number not in self._anchors]
        places = QuotePlaces([self._annotations[number] for number in rest], whole.text)
        for number in self._ordered:
            annotation = self._annotations[number]
            anchor = self._anchors.get(number)
            if anchor is not None:
                if anchor.range is not None:
                    shift = anchor.range[0] - self._claimed_start(number)
                continue
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

    def _search_likely(self, lost: Sequence[Quoted]) -> None:
        if not lost:
            return
        passages = [one.passage for one in lost]
        likely = self._places.anywhere(passages)
        for one, found in zip(lost, likely, strict=True):
            self._likely[one.number] = found
            self._anchors[one.number] = self._making.orphan(found)
            if found and _is_best(one.passage, found):
                self._anchors[one.number] = self._doubted(one.number, found[0])

    def _is_torn(self, one: Quoted) -> bool:
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

    def _compare_with_rivals(self, torn: Sequence[Quoted]) -> None:
        """Ask whether not something like a quote is meant that stands between more of its sides:
        where the quote was misprinted, what stands to the letter may be another. Its neighbours
        may tell.
        """
        likely = self._places.anywhere([one.passage for one in torn])
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

    def _candidate_at(self, one: Quoted, place: tuple[int, int]) -> Candidate:
        """Return a place of the text as a candidate."""
        start, end = self._making.skeleton.all_letters_before(place)
        return candidate(one.passage, start, end, self._making.skeleton.letters)

    def _doubted(self, number: int, place: Candidate) -> Anchor:
        return doubted(self._making.at_candidate(self._annotations[number], place))

    # What the neighbours say

    def _compare_with_neighbours(self, quoted: Sequence[Quoted], neighbours: Neighbours) -> None:
        """Take what stands where a note is expected for it, rather than what is like it elsewhere;
        ask where neither is plain.
        """
        expected = {
            one: place
            for one in quoted
            if self._anchors[one.number].state != AnchorState.ANCHORED
            and (place := expected_of(one, neighbours)) is not None
        }
        unlikely = [one for one, place in expected.items() if not self._is_likely(one, place)]
        here = dict(
            zip(
                unlikely,
                places_in(
                    [(one, expected[one]) for one in unlikely], self._making.skeleton, self._places
                ),
                strict=True,
            )
        )
        for one, place in expected.items():
            anchor = self._compared(one, place, here.get(one))
            if anchor.state == AnchorState.AMBIGUOUS:
                in_step = self._only_one_in_step(one, place)
                if in_step is not None:
                    anchor = self._doubted(one.number, in_step)
            self._anchors[one.number] = anchor

    def _is_likely(self, one: Quoted, expected: Expected) -> bool:
        """Whether a note was found, and where it is expected."""
        found = self._found_range(one)
        return found is not None and expected.is_likely(found[0])

    def _found_range(self, one: Quoted) -> tuple[int, int] | None:
        anchor = self._anchors[one.number]
        return anchor.range if anchor.state != AnchorState.AMBIGUOUS else None

    def _compared(self, one: Quoted, expected: Expected, here: Candidate | None) -> Anchor:
        """Return the anchor of a note; `here` is its place where it is expected, if it wasn't found
        there to the letter.
        """
        anchor, found = self._anchors[one.number], self._found_range(one)
        if found is not None and expected.is_likely(found[0]):
            if not self._in_step.is_repetitive or expected.is_plain(found[0]):
                return anchor
            is_near = expected.last - expected.first <= _NARROW
            return anchor if is_near and self._is_as_quoted(one, found) else asked(anchor)
        if here is not None:
            return self._preferred(one, here, expected, anchor)
        if found is not None and not self._is_plain(one, found):
            return asked(anchor)
        return anchor

    def _only_one_in_step(self, one: Quoted, expected: Expected) -> Candidate | None:
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

    def _preferred(self, one: Quoted, here: Candidate, expected: Expected, there: Anchor) -> Anchor:
        """Return the anchor at the place expected; ask where what is there changed much, and the
        passage may be elsewhere.
        """
        anchor = self._doubted(one.number, here)
        if self._in_step.is_repetitive:
            is_plain = anchor.range is not None and expected.is_plain(anchor.range[0])
            is_it = is_plain and here.similarity >= ALIKE and max(here.before, here.after) >= SIDE
        else:
            is_it = here.similarity >= ALIKE or there.span is None
        if is_it:
            return anchor
        return asked(anchor, *((there.span,) if there.span else ()))

    def _is_plain(self, one: Quoted, place: tuple[int, int]) -> bool:
        """Whether a place that nothing led to expect is the passage all the same: it was moved."""
        letters = weight(one.passage.letters)
        if self._in_step.is_repetitive:
            # as much as a verse
            return letters >= VERSE and self._is_as_quoted(one, place)
        return is_passage_unexpected(letters, *self._likeness_in_text(one, place))

    def _is_as_quoted(self, one: Quoted, place: tuple[int, int]) -> bool:
        """Whether the passage stands at a place with both its sides, hardly changed."""
        kept, before, after = self._likeness_in_text(one, place)
        return kept >= HARDLY_CHANGED and min(before, after) >= SIDE

    def _likeness_in_text(self, one: Quoted, place: tuple[int, int]) -> tuple[float, float, float]:
        before = self._making.skeleton.letters_before
        return self._likeness_at(one, before(place[0]), before(place[1]))

    def _likeness_at(self, one: Quoted, start: int, end: int) -> tuple[float, float, float]:
        """Return how much of a passage, of the side before and of the side behind it stands where
        these letters do.
        """
        passage, letters = one.passage, self._making.skeleton.letters
        return (
            similarity(passage.letters, letters[start:end]),
            similarity(passage.before, letters[max(0, start - len(passage.before)) : start]),
            similarity(passage.after, letters[end : end + len(passage.after)]),
        )


def _stands_beside(side: str, there: str) -> bool:
    """Whether one side of a quote stands at a place: most of it, or what is right beside the quote.

    Both are in the order from the quote on.
    """
    if similarity(side, there) >= SIDE:
        return True
    touching = Prefix.similarity(side, there)
    return weight(side[:touching]) >= min(_BESIDE, weight(side))


def _is_best(passage: Passage, found: Sequence[Candidate]) -> bool:
    best = found[0]
    is_like = is_enough_like(weight(passage.letters), best.similarity, best.evidence)
    return is_like and leads(found)
