"""A text reduced to some of its passages: what is said of them, sentence by whole sentence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from reader.speech.engine import Pause, Utterance
from reader.speech.planning.planner import Plan
from reader.text.document import Document, Place, Span
from reader.text.extent import ExtentOfSpans

_SHORT_PAUSES = (Pause.NONE, Pause.CLAUSE, Pause.SENTENCE)


def sentences_in(plan: Plan, passages: Iterable[Span]) -> tuple[Span, ...]:
    """Return the sentences that passages touch, in the text's order, each once.

    Whole ones: half a sentence makes little sense to the ear, and a voice says it wrongly.
    """
    found: set[Span] = set()
    for passage in passages:
        place = passage.first_place
        while place.offset < passage.end:
            sentence = plan.sentence_at(place)
            if (
                sentence is None
                or sentence.section != passage.section
                or not place.offset < sentence.end
                or sentence.start >= passage.end
            ):
                break
            found.add(sentence)
            place = Place(sentence.section, sentence.end)
    return tuple(sorted(found, key=lambda sentence: sentence.first_place))


class PassagesPlan:
    """Says only these sentences of a document, in the text's order, and a pause where it jumps.

    Its paragraphs are the runs of sentences that stand together.
    """

    def __init__(self, document: Document, plan: Plan, sentences: Sequence[Span]) -> None:
        self._document, self._plan = document, plan
        self._sentences = tuple(sentences)
        self.extent = ExtentOfSpans(self._sentences)

    def utterances(self) -> Iterator[Utterance]:
        """Yield all that is said, whole sentences unless they are long."""
        for index, sentence in enumerate(self._sentences):
            yield from self._utterances_of(index, sentence.start)

    def utterances_from(self, place: Place) -> Iterator[Utterance]:
        """Yield what is said from the word at or after `place` on; the first one is short."""
        first = self._index_at(place)
        for index in range(first, len(self._sentences)):
            sentence = self._sentences[index]
            is_within = index == first and place in sentence
            start = place.offset if is_within else sentence.start
            yield from self._utterances_of(index, start, is_first=index == first)

    def _utterances_of(
        self, index: int, start: int, *, is_first: bool = False
    ) -> Iterator[Utterance]:
        sentence, leaps = self._sentences[index], not self._goes_on(index)
        for utterance in self._plan.utterances_in(sentence, start, is_first=is_first):
            is_end = utterance.span.end >= sentence.end
            if is_end and leaps and utterance.pause in _SHORT_PAUSES:
                utterance = replace(utterance, pause=Pause.PARAGRAPH)
            yield utterance

    def sentence_at(self, place: Place) -> Span | None:
        """Return the sentence that holds `place`, else the next one; None at the end."""
        return self._at(self._index_at(place))

    def sentence_after(self, place: Place) -> Span | None:
        """Return the sentence after the one that holds `place`, or the next one to begin."""
        return self._at(self._index_behind(place))

    def sentence_before(self, place: Place) -> Span | None:
        """Return the sentence before the one that holds `place`, or the last one that ended."""
        return self._at(self._index_at(place) - 1)

    def paragraph_after(self, place: Place) -> Span | None:
        """Return the first sentence of the next run."""
        index = self._index_behind(place)
        while 0 < index < len(self._sentences) and self._goes_on(index - 1):
            index += 1
        return self._at(index)

    def paragraph_before(self, place: Place) -> Span | None:
        """Return the first sentence of the run before."""
        index = self._run_start(self._index_at(place)) - 1
        return self._at(self._run_start(index)) if index >= 0 else None

    def _at(self, index: int) -> Span | None:
        return self._sentences[index] if 0 <= index < len(self._sentences) else None

    def _index_at(self, place: Place) -> int:
        return bisect_right(self._sentences, place, key=_end)

    def _index_behind(self, place: Place) -> int:
        return bisect_right(self._sentences, place, key=lambda sentence: sentence.first_place)

    def _run_start(self, index: int) -> int:
        while index > 0 and self._goes_on(index - 1):
            index -= 1
        return index

    def _goes_on(self, index: int) -> bool:
        """Whether the next sentence follows this one in the text as well."""
        if index + 1 >= len(self._sentences):
            return False
        here, following = self._sentences[index], self._sentences[index + 1]
        if here.section != following.section:
            return False
        text = self._document.sections[here.section].text
        return not text[here.end : following.start].strip()


def _end(sentence: Span) -> Place:
    return Place(sentence.section, sentence.end)
