"""What of a document is said, in which order: sentences, utterances and skips, planned lazily."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reader.speech.engine import Pause, Piece, Utterance
from reader.speech.phrasing import first_part_end, part_ends
from reader.speech.skipping import Skip, SkipReason, block_skip_reason, skips_within
from reader.speech.verbalise import SpokenWord, spoken_words
from reader.speech.verbalise.words import join_words
from reader.text.document import (
    Block,
    BlockKind,
    Document,
    Inline,
    InlineKind,
    Place,
    Section,
    Span,
)
from reader.text.segment import sentence_ranges

_STRETCH = 4000
"""Code points of a block that are planned at once; longer blocks are cut at sentences."""

_LOOK_BACK, _LOOK_AHEAD = 600, 2400
_KEPT_STRETCHES = 128
_KEPT_SENTENCES = 1024
_SURELY_SAID = re.compile(r"[A-Za-z]{2}")
_LONGEST_INLINE = 20_000
_END_PAUSES = {BlockKind.HEADING: Pause.HEADING, BlockKind.TABLE_CELL: Pause.SENTENCE}


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, what of it is passed over, and the pause behind it."""

    span: Span
    language: str
    skips: tuple[Skip, ...]
    end_pause: Pause


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What was planned of one block, or of a part of a long one."""

    sentences: tuple[_Sentence, ...]
    skips: tuple[Skip, ...]


class Plan:
    """What would be spoken of a document. Only what is asked for is planned; much of it is kept.

    A sentence belongs to one block. "Sentences" are those in which something is said; what isn't
    said is among `skipped`, and the two together hold every word of the text once.
    """

    def __init__(self, document: Document, default_language: str = "en") -> None:
        self._document = document
        self._language = document.language or default_language
        self._kept: OrderedDict[tuple[int, int, int], _Stretch] = OrderedDict()
        self._words: OrderedDict[Span, tuple[tuple[SpokenWord, ...], ...]] = OrderedDict()

    # -- going through the whole -------------------------------------------------------------

    def sentences(self) -> Iterator[Span]:
        """Yield every spoken sentence of the document."""
        for sentence in self._sentences_from(Place(0, 0)):
            yield sentence.span

    def utterances(self) -> Iterator[Utterance]:
        """Yield every utterance of the document, whole sentences unless they are long."""
        for sentence in self._sentences_from(Place(0, 0)):
            yield from self._utterances_of(sentence, sentence.span.start, is_first=False)

    def skipped(self) -> Iterator[Skip]:
        """Yield all that isn't spoken, in order."""
        for stretch in self._stretches_from(Place(0, 0)):
            yield from stretch.skips

    # -- reading -----------------------------------------------------------------------------

    def utterances_from(self, place: Place) -> Iterator[Utterance]:
        """Yield what is said from the word at or after `place` on, to the end of the document.

        The first utterance is short, so that it sounds at once.
        """
        is_first = True
        for sentence in self._sentences_from(place):
            start = sentence.span.start
            if place.section == sentence.span.section:
                start = max(start, place.offset)
            for utterance in self._utterances_of(sentence, start, is_first):
                is_first = False
                yield utterance

    def sentence_at(self, place: Place) -> Span | None:
        """Return the sentence that holds `place`, else the next one; None at the end."""
        return next((sentence.span for sentence in self._sentences_from(place)), None)

    def sentence_after(self, place: Place) -> Span | None:
        """Return the first sentence that begins after `place`."""
        for sentence in self._sentences_from(place):
            if sentence.span.first_place > place:
                return sentence.span
        return None

    def sentence_before(self, place: Place) -> Span | None:
        """Return the sentence before the one that holds `place`, or the last one that ended."""
        for sentence in self._sentences_back_from(place):
            if Place(sentence.span.section, sentence.span.end) <= place:
                return sentence.span
        return None

    def paragraph_after(self, place: Place) -> Span | None:
        """Return the first block with something to say that begins after `place`."""
        for section, block in self._blocks_from(place):
            is_later = Place(section.index, block.start) > place
            if is_later and self._is_spoken(section, block):
                return Span(section.index, block.start, block.end)
        return None

    def paragraph_before(self, place: Place) -> Span | None:
        """Return the last block with something to say that ends at or before `place`."""
        for section, block in self._blocks_back_from(place):
            is_earlier = Place(section.index, block.end) <= place
            if is_earlier and self._is_spoken(section, block):
                return Span(section.index, block.start, block.end)
        return None

    # -- blocks ------------------------------------------------------------------------------

    def _blocks_from(self, place: Place) -> Iterator[tuple[Section, Block]]:
        """Yield the blocks from the one that holds `place`, or the next, to the last."""
        for number in range(max(place.section, 0), len(self._document.sections)):
            section = self._document.sections[number]
            offset = place.offset if number == place.section else 0
            first = bisect_right(section.blocks, offset, key=lambda block: block.end)
            for index in range(first, len(section.blocks)):
                yield section, section.blocks[index]

    def _blocks_back_from(self, place: Place) -> Iterator[tuple[Section, Block]]:
        """Yield the blocks from the one that holds `place`, or the one before, to the first."""
        for number in range(min(place.section, len(self._document.sections) - 1), -1, -1):
            section = self._document.sections[number]
            last = len(section.blocks)
            if number == place.section:
                last = bisect_right(section.blocks, place.offset, key=lambda block: block.start)
            for index in range(last - 1, -1, -1):
                yield section, section.blocks[index]

    def _is_spoken(self, section: Section, block: Block) -> bool:
        bounds = _stretch_bounds(section.text, block, self._language_of(block))
        return any(self._stretch(section, block, *bound).sentences for bound in bounds)

    def _language_of(self, block: Block) -> str:
        return block.language or self._language

    # -- stretches and sentences ---------------------------------------------------------------

    def _stretches_from(self, place: Place) -> Iterator[_Stretch]:
        for section, block in self._blocks_from(place):
            offset = place.offset if section.index == place.section else 0
            bounds = _stretch_bounds(section.text, block, self._language_of(block), offset)
            for start, end in bounds:
                yield self._stretch(section, block, start, end)

    def _sentences_from(self, place: Place) -> Iterator[_Sentence]:
        """Yield the sentences from the one that holds `place`, or the next, to the last."""
        for stretch in self._stretches_from(place):
            for sentence in stretch.sentences:
                if Place(sentence.span.section, sentence.span.end) > place:
                    yield sentence

    def _sentences_back_from(self, place: Place) -> Iterator[_Sentence]:
        for section, block in self._blocks_back_from(place):
            limit = place.offset if section.index == place.section else block.end
            bounds = _stretch_bounds_back(section.text, block, self._language_of(block), limit)
            for start, end in bounds:
                yield from reversed(self._stretch(section, block, start, end).sentences)

    def _stretch(self, section: Section, block: Block, start: int, end: int) -> _Stretch:
        key = (section.index, start, end)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        stretch = self._plan_stretch(section, block, start, end)
        self._kept[key] = stretch
        if len(self._kept) > _KEPT_STRETCHES:
            self._kept.popitem(last=False)
        return stretch

    def _plan_stretch(self, section: Section, block: Block, start: int, end: int) -> _Stretch:
        reason = block_skip_reason(block)
        if reason is not None:
            skip = Skip(Span(section.index, start, end), reason)
            return _Stretch((), (skip,) if section.text[start:end].strip() else ())
        inlines = _inlines_within(section, start, end)
        language = self._language_of(block)
        sentences: list[_Sentence] = []
        skips: list[Skip] = []
        for first, last in sentence_ranges(section.text, start, end, language):
            span = Span(section.index, first, last)
            within = tuple(skips_within(section.index, inlines, first, last))
            said_in = _sentence_language(span, inlines, language)
            sentence = _Sentence(span, said_in, within, Pause.SENTENCE)
            if self._is_sayable(sentence):
                sentences.append(sentence)
                skips.extend(within)
            else:
                skips.append(Skip(span, within[0].reason if within else SkipReason.NOTHING_TO_SAY))
        if end == block.end:
            return _Stretch(_with_end_pause(sentences, block), tuple(skips))
        return _Stretch(tuple(sentences), tuple(skips))

    def _is_sayable(self, sentence: _Sentence) -> bool:
        """Whether anything would be said; where that is plain, saying it is left for later."""
        text = self._document.sections[sentence.span.section].text
        if any(_SURELY_SAID.search(text, start, end) for start, end in _runs(sentence)):
            return True
        return bool(self._words_of(sentence))

    # -- utterances ----------------------------------------------------------------------------

    def _words_of(self, sentence: _Sentence) -> tuple[tuple[SpokenWord, ...], ...]:
        """Return the words of each run of a sentence, the runs being what stands between skips."""
        kept = self._words.get(sentence.span)
        if kept is None:
            text = self._document.sections[sentence.span.section].text
            kept = _said(text, sentence)
            self._words[sentence.span] = kept
            if len(self._words) > _KEPT_SENTENCES:
                self._words.popitem(last=False)
        return kept

    def _utterances_of(
        self, sentence: _Sentence, start: int, is_first: bool
    ) -> Iterator[Utterance]:
        """Yield what is said of a sentence from offset `start` on."""
        text = self._document.sections[sentence.span.section].text
        runs = list(zip(_runs(sentence), self._words_of(sentence), strict=True))
        spoken = [(run, words) for run, words in runs if words and words[-1].end > start]
        for number, ((run_start, run_end), run_words) in enumerate(spoken, start=1):
            words = [word for word in run_words if word.end > start]
            begin = words[0].start if start > run_start else run_start
            ends = _part_ends(words, is_first and number == 1)
            for first, end in zip([0, *ends], ends, strict=False):
                part = words[first:end]
                at = run_end if end == len(words) else _cut_behind(text, words[end - 1], words[end])
                is_over = number == len(spoken) and end == len(words)
                pause = sentence.end_pause if is_over else _inner_pause(part[-1])
                span = Span(sentence.span.section, begin, begin + len(text[begin:at].rstrip()))
                yield _utterance(span, sentence, part, pause)
                begin = at + len(text[at:run_end]) - len(text[at:run_end].lstrip())


def _utterance(
    span: Span, sentence: _Sentence, words: Sequence[SpokenWord], pause: Pause
) -> Utterance:
    spoken, ranges = join_words(words)
    pieces = tuple(
        Piece(start, end, word.start, word.end)
        for word, (start, end) in zip(words, ranges, strict=True)
    )
    return Utterance(span, sentence.span, spoken, pieces, sentence.language, pause)


def _part_ends(words: Sequence[SpokenWord], is_first: bool) -> list[int]:
    if not is_first:
        return part_ends(words)
    first = first_part_end(words)
    return [first, *(first + end for end in part_ends(words[first:]) if end)]


def _cut_behind(text: str, word: SpokenWord, following: SpokenWord) -> int:
    """Return where a part that ends with `word` ends: its punctuation belongs to it."""
    at = word.end
    while at < following.start and not text[at].isspace():
        at += 1
    return at


def _inner_pause(word: SpokenWord) -> Pause:
    return Pause.CLAUSE if word.stop else Pause.NONE


def _runs(sentence: _Sentence) -> list[tuple[int, int]]:
    """Return the ranges of a sentence between which something is passed over."""
    starts = [sentence.span.start, *(skip.span.end for skip in sentence.skips)]
    ends = [*(skip.span.start for skip in sentence.skips), sentence.span.end]
    return list(zip(starts, ends, strict=True))


def _said(text: str, sentence: _Sentence) -> tuple[tuple[SpokenWord, ...], ...]:
    runs = [
        list(spoken_words(text, start, end, sentence.language)) for start, end in _runs(sentence)
    ]
    filled = [number for number, words in enumerate(runs) if words]
    for number in filled[:-1]:
        last, (_, end) = runs[number][-1], _runs(sentence)[number]
        if not text[last.end : end].strip():  # the sentence goes on behind what is passed over
            runs[number][-1] = replace(last, stop=",")
    return tuple(map(tuple, runs)) if filled else ()


def _inlines_within(section: Section, start: int, end: int) -> list[Inline]:
    """Return the inline runs that touch [start, end); those that began long before are few."""
    last = bisect_left(section.inlines, end, key=lambda inline: inline.start)
    first = bisect_left(section.inlines, start - _LONGEST_INLINE, key=lambda inline: inline.start)
    return [inline for inline in section.inlines[first:last] if inline.end > start]


def _sentence_language(span: Span, inlines: Sequence[Inline], language: str) -> str:
    """Return the language of a sentence: that of a marked run if it holds most of it."""
    for inline in inlines:
        shared = min(inline.end, span.end) - max(inline.start, span.start)
        if inline.kind is InlineKind.LANGUAGE and shared * 2 > span.end - span.start:
            return inline.target or language
    return language


def _with_end_pause(sentences: list[_Sentence], block: Block) -> tuple[_Sentence, ...]:
    if not sentences:
        return ()
    pause = _END_PAUSES.get(block.kind, Pause.PARAGRAPH)
    return (*sentences[:-1], replace(sentences[-1], end_pause=pause))


def _stretch_bounds(
    text: str, block: Block, language: str, offset: int = 0
) -> Iterator[tuple[int, int]]:
    """Yield the ranges in which a block is planned, from the one that holds `offset` on."""
    count = _stretch_count(block)
    number = min(max(offset - block.start, 0) // _STRETCH, count - 1)
    start = _stretch_start(text, block, language, number)
    if start > offset and number > 0:
        number -= 1
        start = _stretch_start(text, block, language, number)
    for following in range(number + 1, count + 1):
        end = _stretch_start(text, block, language, following)
        yield start, end
        start = end


def _stretch_bounds_back(
    text: str, block: Block, language: str, offset: int
) -> Iterator[tuple[int, int]]:
    """Yield the ranges in which a block is planned, from the one that holds `offset` back."""
    number = min(max(offset - block.start, 0) // _STRETCH, _stretch_count(block) - 1)
    end = _stretch_start(text, block, language, number + 1)
    while number >= 0:
        start = _stretch_start(text, block, language, number)
        yield start, end
        number, end = number - 1, start


def _stretch_count(block: Block) -> int:
    if block_skip_reason(block) is not None:
        return 1
    return max(1, round((block.end - block.start) / _STRETCH))


def _stretch_start(text: str, block: Block, language: str, number: int) -> int:
    """Return where stretch `number` of a block starts: at a sentence near a fixed place.

    It depends on the text around that place alone, so that a start in the middle of a long block
    needn't go through all that is before.
    """
    if number == 0:
        return block.start
    if number >= _stretch_count(block):
        return block.end
    wanted = block.start + number * _STRETCH
    ahead = min(wanted + _LOOK_AHEAD, block.end)
    for start, _end in sentence_ranges(text, wanted - _LOOK_BACK, ahead, language)[1:]:
        if start >= wanted:
            return start
    for at in range(wanted, ahead):
        if text[at].isspace():
            return at
    return wanted
