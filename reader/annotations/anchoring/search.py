"""One search for the places of many annotations: what they share is done once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from reader.annotations.anchoring.acceptance import (
    is_best_by_evidence,
    is_passage_elsewhere,
    is_worth_offering,
)
from reader.annotations.anchoring.alignment import similarity
from reader.annotations.anchoring.candidates import CONTEXT, Candidate, Passage, likely_places
from reader.annotations.anchoring.difference import Difference, Found
from reader.annotations.anchoring.edges import (
    signs_around,
    text_range,
    text_range_between,
    text_range_of_letters,
)
from reader.annotations.anchoring.quotes import find_quote
from reader.annotations.anchoring.skeleton import Skeleton, fold, weight
from reader.annotations.anchoring.standing import range_standing
from reader.annotations.anchoring.values import (
    ORPHANED,
    Anchor,
    AnchorState,
    Past,
)
from reader.annotations.anchoring.whole_text import WholeText
from reader.annotations.model import Annotation, TextQuote
from reader.text.document import Fingerprint, Span
from reader.values import replaced

_OFFERED = 3
"""Candidates that are shown for one annotation."""


class _Task(NamedTuple):
    """An annotation by its number, and the range it has in the text that it is known in."""

    number: int
    start: int
    end: int


class Search:
    """Finds annotations: from an earlier text where one is kept, else by their quotes."""

    def __init__(
        self,
        annotations: Sequence[Annotation],
        version: Fingerprint,
        whole: WholeText,
        past: Past,
    ) -> None:
        """`whole` is the text of `version`, in which they are looked for."""
        self._annotations = annotations
        self._version = version
        self._whole = whole
        self._past = past
        self._anchors = [ORPHANED] * len(annotations)
        self._skeleton: Skeleton | None = None
        # lines that the versions share are folded once
        self._folded: dict[str, str] = {}

    def anchors(self) -> tuple[Anchor, ...]:
        """Search; return each annotation's anchor, in order."""
        by_version, unknown = self._by_version()
        for version, tasks in by_version.items():
            if version == self._version:
                for number, start, end in tasks:
                    self._anchors[number] = self._settled(number, start, end)
            else:
                self._follow(self._past.texts[version], tasks)
        self._search_quotes(unknown)
        return tuple(self._anchors)

    def _by_version(self) -> tuple[dict[Fingerprint, list[_Task]], list[int]]:
        """Tell from which version each annotation is followed; those of none are apart."""
        by_version: dict[Fingerprint, list[_Task]] = {}
        unknown = []
        for number, annotation in enumerate(self._annotations):
            place = self._past.places.get(annotation.id)
            if place is None or not self._has_text(place.version):
                unknown.append(number)
            else:
                task = _Task(number, place.start, place.end)
                by_version.setdefault(place.version, []).append(task)
        versions = [self._version, *(v for v in self._past.texts if v != self._version)]
        for version in versions:
            if not unknown:
                break
            text = self._whole.text if version == self._version else self._past.texts[version]
            tried, unknown = unknown, []
            for number in tried:
                stands = range_standing(self._annotations[number], text)
                if stands is None:
                    unknown.append(number)
                else:
                    by_version.setdefault(version, []).append(_Task(number, *stands))
        return by_version, unknown

    def _has_text(self, version: Fingerprint) -> bool:
        return version == self._version or version in self._past.texts

    def _settled(self, number: int, start: int, end: int) -> Anchor:
        """Return the anchor of an annotation that surely stands there."""
        target, now = self._annotations[number].target, self._whole.text[start:end]
        is_changed = target.quote is not None and target.quote.exact != now
        is_there = target.position is None or (target.position.start == start)
        is_as_it_was = is_there and not is_changed
        return Anchor(
            AnchorState.ANCHORED if is_as_it_was else AnchorState.MOVED,
            self._whole.span_of(start, end),
            _likeness(target.quote, now) if is_changed else 1.0,
            is_changed=is_changed,
            range=(start, end),
        )

    # From an earlier text

    def _follow(self, old_text: str, tasks: Sequence[_Task]) -> None:
        """Find what stood at these places of an earlier text."""
        difference = Difference(Skeleton(old_text, self._folded), self._letters())
        lost = []
        for task in tasks:
            start = difference.old.letters_before(task.start)
            end = start + len(fold(old_text[task.start : task.end]))
            if start == end:
                self._anchors[task.number] = self._between(task, difference)
                continue
            found = difference.find(start, end)
            if found is None:
                lost.append((task.number, _passage(difference.old.letters, start, end)))
            else:
                self._anchors[task.number] = self._followed(task, difference, found)
        self._offer(lost, difference)

    def _letters(self) -> Skeleton:
        if self._skeleton is None:
            self._skeleton = Skeleton(self._whole.text, self._folded)
        return self._skeleton

    def _followed(self, task: _Task, difference: Difference, found: Found) -> Anchor:
        start, end = text_range(difference, task.start, task.end, found)
        anchor = self._settled(task.number, start, end)
        is_asked = found.copies or (difference.is_repetitive and not found.is_sure)
        if is_asked and anchor.span is not None:
            copies = [self._span(copy_start, copy_end) for copy_start, copy_end in found.copies]
            return replaced(
                anchor,
                state=AnchorState.AMBIGUOUS,
                needs_look=True,
                candidates=(anchor.span, *copies),
            )
        return anchor if found.is_sure else _doubted(anchor)

    def _between(self, task: _Task, difference: Difference) -> Anchor:
        """Return the anchor of a point, or of signs without a letter."""
        found = text_range_between(difference, task.start, task.end)
        if found is None:
            return ORPHANED
        start, end, is_sure = found
        anchor = self._settled(task.number, start, end)
        return anchor if is_sure else _doubted(anchor)

    def _offer(self, lost: Sequence[tuple[int, Passage]], difference: Difference) -> None:
        """Leave what is gone an orphan, with the places that are most like it.

        What stands elsewhere almost to the letter, too short to be seen as moved, is taken for
        the passage, but the user is to look.
        """
        passages = [passage for _, passage in lost]
        # what was in the old text too is no candidate: there it was something else
        places = likely_places(passages, self._letters().letters, difference.new_gaps)
        for (number, passage), found in zip(lost, places, strict=True):
            self._anchors[number] = self._orphan(found)
            # where all is said several times, what is like it is most likely something else
            if found and _is_moved(found, passage) and not difference.is_repetitive:
                self._anchors[number] = _doubted(self._candidate_anchor(number, found[0]))

    def _orphan(self, places: Sequence[Candidate]) -> Anchor:
        offered = [self._span(p.start, p.end) for p in places if is_worth_offering(p.similarity)]
        return replaced(ORPHANED, candidates=tuple(offered[:_OFFERED]))

    def _candidate_anchor(self, number: int, place: Candidate) -> Anchor:
        quote = self._annotations[number].target.quote
        before, after = ("", "") if quote is None else signs_around(quote.exact)
        start, end = text_range_of_letters(self._letters(), place.start, place.end, before, after)
        return self._settled(number, start, end)

    def _span(self, start: int, end: int) -> Span:
        return self._whole.span_of(*text_range_of_letters(self._letters(), start, end))

    # By the quote alone

    def _search_quotes(self, numbers: Sequence[int]) -> None:
        """Look for what no earlier text is known of; those found tell where the next ones are."""
        shift = 0
        lost = []
        for number in sorted(numbers, key=self._claimed_start):
            annotation = self._annotations[number]
            found = find_quote(annotation, self._whole.text, shift)
            if found is None:
                if annotation.target.quote is not None and fold(annotation.target.quote.exact):
                    lost.append((number, _quoted_passage(annotation.target.quote)))
                continue
            span = self._whole.span_of(found.start, found.end)
            others = [
                self._whole.span_of(start, start + found.end - found.start)
                for start in found.others
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
        if lost:
            self._search_likely(lost)

    def _claimed_start(self, number: int) -> int:
        position = self._annotations[number].target.position
        return -1 if position is None else position.start

    def _search_likely(self, lost: Sequence[tuple[int, Passage]]) -> None:
        places = likely_places([passage for _, passage in lost], self._letters().letters)
        for (number, passage), found in zip(lost, places, strict=True):
            self._anchors[number] = self._orphan(found)
            if not found:
                continue
            second = found[1].evidence if len(found) > 1 else 0.0
            if is_best_by_evidence(
                weight(passage.letters), found[0].similarity, found[0].evidence, second
            ):
                self._anchors[number] = _doubted(self._candidate_anchor(number, found[0]))


def _passage(letters: str, start: int, end: int) -> Passage:
    return Passage(
        letters[max(0, start - CONTEXT) : start], letters[start:end], letters[end : end + CONTEXT]
    )


def _quoted_passage(quote: TextQuote) -> Passage:
    return Passage(fold(quote.prefix)[-CONTEXT:], fold(quote.exact), fold(quote.suffix)[:CONTEXT])


def _likeness(quote: TextQuote | None, now: str) -> float:
    return 1.0 if quote is None else similarity(fold(quote.exact), fold(now))


def _doubted(anchor: Anchor) -> Anchor:
    return replaced(anchor, state=AnchorState.MOVED, needs_look=True)


def _is_moved(places: Sequence[Candidate], passage: Passage) -> bool:
    """Whether the best place is the passage, and no other one could be."""
    best = places[0]
    if any(other.similarity > best.similarity - 0.1 for other in places[1:]):
        return False
    return is_passage_elsewhere(weight(passage.letters), best.similarity, best.before, best.after)
