"""The order in which things are played: utterances, each once or to study, and notes as asides."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby

from reader.playback.study import SLOWER, Study
from reader.speech.engine import Pause, Utterance
from reader.speech.planning.heard_notes import HeardNote, HeardNotes, NotesHeard
from reader.text.document import Block, BlockKind, Document, Place, Span

SAME_VOICE_PACE = 0.92
"""How fast the voice that reads says a note, against the speed that holds: as an aside is said."""


@dataclass(frozen=True, slots=True)
class Take:
    """An utterance to be played once: at `pace` times the speed, `pause_s` of silence after it.

    Without `pause_s` the silence is the usual one after such an utterance. At `earcons`, places in
    the utterance, a soft sound tells of a passage. An aside has a `note`: it stands beside the
    text, has no words of it, and its utterance's span is a mere place in its sentence.
    """

    utterance: Utterance
    pace: float = 1.0
    pause_s: float | None = None
    earcons: tuple[Place, ...] = ()
    note: HeardNote | None = None


def study_takes(utterances: Iterator[Utterance], study: Study) -> Iterator[Take]:
    """Yield what is played to study sentences: each several times, and nothing of the notes."""
    for sentence, said in groupby(utterances, key=lambda utterance: utterance.sentence):
        if not study.holds(sentence):
            return
        parts = list(said)
        for number in range(study.repeats):
            pace = SLOWER if study.has_slow_second and number == 1 else 1.0
            yield from (Take(part, pace) for part in parts[:-1])
            yield Take(parts[-1], pace, study.pause_s)


class NotedTakes:
    """Yields what is played of a text once through, with what is heard of its notes.

    `before` is what was said last before it, `told` the notes that were read after that already.
    """

    def __init__(
        self,
        utterances: Iterator[Utterance],
        notes: HeardNotes,
        document: Document,
        *,
        before: Utterance | None = None,
        told: Iterable[str] = (),
    ) -> None:
        self._utterances, self._notes, self._document = utterances, notes, document
        self._said = before
        self._told = set(told)
        self._asides: deque[Take] = deque()
        self._following: Utterance | None = None  # taken already, to see where the sentence ends

    def __iter__(self) -> NotedTakes:
        return self

    def __next__(self) -> Take:
        if self._asides:
            return self._asides.popleft()
        following, self._following = self._following or next(self._utterances, None), None
        said = self._said
        if said is not None and (following is None or following.sentence != said.sentence):
            self._said = None
            self._asides.extend(self._asides_after(said, following))
            if self._asides:
                self._following = following
                return self._asides.popleft()
        if following is None:
            raise StopIteration
        self._said = following
        return Take(following, earcons=self._earcons_in(following))

    def rest(self) -> Iterator[Utterance]:
        """Return the utterances that haven't been played; this yields nothing any more."""
        taken = [] if self._following is None else [self._following]
        rest, self._utterances, self._following = self._utterances, iter(()), None
        return chain(taken, rest)

    def _earcons_in(self, utterance: Utterance) -> tuple[Place, ...]:
        if self._notes.when is NotesHeard.NOT:
            return ()
        span = utterance.span
        text = self._document.sections[span.section].text
        start = span.start
        while start and text[start - 1].isspace():  # a passage may begin with the space before
            start -= 1
        return tuple(self._notes.beginning_in(span.section, start, span.end))

    def _asides_after(self, said: Utterance, following: Utterance | None) -> Iterator[Take]:
        if not self._notes.when.are_read:
            return
        sentence = said.sentence
        since = sentence.start
        if self._notes.when is NotesHeard.AFTER_PARAGRAPH:
            block = self._block_of(sentence)
            if not _ends_paragraph(said, following, block):
                return
            since = block.start if block is not None else since
        for passage in self._notes.read_after(
            sentence, since=since, until=_place_after(sentence, following)
        ):
            if passage.note not in self._told:
                self._told.add(passage.note)
                yield from self._aside(passage, sentence)

    def _aside(self, passage: HeardNote, sentence: Span) -> Iterator[Take]:
        said = self._notes.say(passage)
        at = Span(sentence.section, sentence.end - 1, sentence.end - 1)
        pace = SAME_VOICE_PACE if said.is_by_reader else 1.0
        for number, part in enumerate(said.utterances, start=1):
            is_last = number == len(said.utterances)
            pause = Pause.PARAGRAPH if is_last else part.pause
            utterance = replace(part, span=at, sentence=sentence, pieces=(), pause=pause)
            opens = said.is_by_reader and number == 1
            yield Take(utterance, pace, earcons=(at.first_place,) if opens else (), note=passage)

    def _block_of(self, sentence: Span) -> Block | None:
        blocks = self._document.sections[sentence.section].blocks
        at = bisect_right(blocks, sentence.start, key=lambda block: block.start) - 1
        return blocks[at] if at >= 0 else None


def _place_after(sentence: Span, following: Utterance | None) -> Place | None:
    """Return where the voice goes on in the text; None if it goes elsewhere, as to a footnote."""
    if following is None:
        return None
    place = following.sentence.first_place
    is_onwards = place.section == sentence.section and place.offset >= sentence.end
    return place if is_onwards else None


def _ends_paragraph(said: Utterance, following: Utterance | None, block: Block | None) -> bool:
    if following is None or said.pause in (Pause.PARAGRAPH, Pause.HEADING):
        return True
    return (
        block is not None
        and block.kind is BlockKind.TABLE_CELL
        and following.span.start >= block.end
    )
