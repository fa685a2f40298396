"""One search for the places of many annotations: what they share is done once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from reader.annotations.anchoring.acceptance import is_passage_elsewhere
from reader.annotations.anchoring.anchor_making import AnchorMaker, asked, doubted
from reader.annotations.anchoring.candidates import CONTEXT, Candidate, LikelyPlaces, Passage
from reader.annotations.anchoring.difference import Difference, Found
from reader.annotations.anchoring.edges import text_range, text_range_between
from reader.annotations.anchoring.folding import weight
from reader.annotations.anchoring.quote_search import QuoteSearch
from reader.annotations.anchoring.skeleton import Skeleton
from reader.annotations.anchoring.standing import range_standing
from reader.annotations.anchoring.values import ORPHANED, Anchor, Past
from reader.annotations.anchoring.whole_text import WholeText
from reader.annotations.model import Annotation
from reader.text.document import Fingerprint

_AT_ONCE = 200
"""Annotations that are found before the others: more than are seen at once."""


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
        self._making = AnchorMaker(whole)
        self._past = past
        self._differences: dict[Fingerprint, Difference] = {}
        self._found: dict[int, Anchor] = {}
        by_version, self._unknown = self._by_version()
        self._here = by_version.pop(version, [])
        self._by_older_version = by_version

    def about(self, place: int) -> Mapping[int, Anchor]:
        """Return the anchors, by the annotations' numbers, of those that stand about a place of
        the text, and of others that are found as quickly; `anchors` finds the others.

        Those quoted may be told otherwise then, by what is found of the others.
        """
        self._find_here()
        if 2 * len(self._found) < len(self._annotations):  # else they are not to wait for the rest
            for version, tasks in self._by_older_version.items():
                self._find(self._nearest(version, tasks, place), self._difference(version))
        at_once = self._quotes.anchors_at_once(place) if self._unknown else {}
        return self._found | at_once

    def anchors(self) -> tuple[Anchor, ...]:
        """Return each annotation's anchor, in order."""
        self._find_here()
        for version, tasks in self._by_older_version.items():
            self._follow(tasks, self._difference(version))
        if self._unknown:
            self._found |= self._quotes.anchors()
        return tuple(self._found.get(number, ORPHANED) for number in range(len(self._annotations)))

    def _find_here(self) -> None:
        """Find those that stand where they are known to."""
        for number, start, end in self._here:
            if number not in self._found:
                self._found[number] = self._settled(number, start, end)

    @cached_property
    def _quotes(self) -> QuoteSearch:
        """Looks for what no earlier text is known of; of that, what stands here is found."""
        standing = {
            task.number: self._found[task.number]
            for task in self._here
            if self._annotations[task.number].id not in self._past.places
        }
        return QuoteSearch(self._annotations, self._unknown, self._making, standing)

    def _settled(self, number: int, start: int, end: int) -> Anchor:
        return self._making.settled(self._annotations[number], start, end)

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
            is_own = version == self._version
            text = self._making.whole.text if is_own else self._past.texts.get(version)
            if text is None:
                continue  # no note needed it any more since the versions were listed
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

    # From an earlier text

    def _difference(self, version: Fingerprint) -> Difference:
        """Return what became of an earlier text."""
        if version not in self._differences:
            old = Skeleton(self._past.texts[version])
            self._differences[version] = Difference(old, self._making.skeleton)
        return self._differences[version]

    def _nearest(self, version: Fingerprint, tasks: Sequence[_Task], place: int) -> list[_Task]:
        """Return those of an earlier text that are likely to stand nearest to a place now."""
        difference = self._difference(version)
        here = difference.new.letters_before(place)
        starts = difference.old.all_letters_before([task.start for task in tasks])
        distances = map(abs, (now - here for now in difference.likely_now(starts)))
        by_distance = sorted(zip(distances, tasks, strict=True))
        return [task for _, task in by_distance[:_AT_ONCE]]

    def _follow(self, tasks: Sequence[_Task], difference: Difference) -> None:
        """Find what stood at these places of an earlier text, or say what may be it."""
        lost = self._find([task for task in tasks if task.number not in self._found], difference)
        self._offer(lost, difference)

    def _find(self, tasks: Sequence[_Task], difference: Difference) -> list[tuple[int, Passage]]:
        """Find what stood at these places of an earlier text; return what is gone."""
        lost = []
        starts = difference.old.all_letters_before([task.start for task in tasks])
        ends = difference.old.all_letters_before([task.end for task in tasks])
        for task, start, end in zip(tasks, starts, ends, strict=True):
            if start == end:
                self._found[task.number] = self._between(task, difference)
                continue
            found = difference.find(start, end)
            if found is None:
                lost.append((task.number, _passage(difference.old.letters, start, end)))
            else:
                self._found[task.number] = self._followed(task, difference, found)
        return lost

    def _followed(self, task: _Task, difference: Difference, found: Found) -> Anchor:
        start, end = text_range(difference, task.start, task.end, found)
        anchor = self._settled(task.number, start, end)
        if found.copies or (difference.is_repetitive and not found.is_sure):
            return asked(anchor, *(self._making.span_of_letters(*copy) for copy in found.copies))
        return anchor if found.is_sure else doubted(anchor)

    def _between(self, task: _Task, difference: Difference) -> Anchor:
        """Return the anchor of a point, or of signs without a letter."""
        found = text_range_between(difference, task.start, task.end)
        if found is None:
            return ORPHANED
        start, end, is_sure = found
        anchor = self._settled(task.number, start, end)
        return anchor if is_sure else doubted(anchor)

    def _offer(self, lost: Sequence[tuple[int, Passage]], difference: Difference) -> None:
        """Leave what is gone an orphan, with the places that are most like it.

        What stands elsewhere almost to the letter, too short to be seen as moved, is taken for
        the passage, but the user is to look.
        """
        passages = [passage for _, passage in lost]
        # what was in the old text too is no candidate: there it was something else
        places = LikelyPlaces(self._making.skeleton).anywhere(passages, difference.new_gaps)
        for (number, passage), found in zip(lost, places, strict=True):
            self._found[number] = self._making.orphan(found)
            # where all is said several times, what is like it is most likely something else
            if found and _is_moved(found, passage) and not difference.is_repetitive:
                annotation = self._annotations[number]
                self._found[number] = doubted(self._making.at_candidate(annotation, found[0]))


def _passage(letters: str, start: int, end: int) -> Passage:
    return Passage(
        letters[max(0, start - CONTEXT) : start], letters[start:end], letters[end : end + CONTEXT]
    )


def _is_moved(places: Sequence[Candidate], passage: Passage) -> bool:
    """Whether the best place is the passage, and no other one could be."""
    best = places[0]
    if any(other.similarity > best.similarity - 0.1 for other in places[1:]):
        return False
    return is_passage_elsewhere(weight(passage.letters), best.similarity, best.before, best.after)
