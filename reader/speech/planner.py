"""What of a document is said, in which order: sentences, utterances and skips, planned lazily."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TypeVar

from reader.speech.block_languages import BlockLanguages
from reader.speech.engine import Pause, Utterance, VoiceId
from reader.speech.footnotes import ReferredNotes
from reader.speech.pronunciation import Pronunciation
from reader.speech.sentences import (
    Passage,
    Sentence,
    is_surely_said,
    languages_within,
    passages_of,
    utterances_of,
)
from reader.speech.skipping import (
    Footnotes,
    SectionSkips,
    Skip,
    SkipReason,
    WhatIsRead,
    inlines_within,
)
from reader.speech.stretches import Stretches
from reader.text.document import Block, BlockKind, Document, Place, Section, Span
from reader.text.extent import Extent
from reader.text.segment import sentence_ranges

_KEPT_STRETCHES = 128
_KEPT_SENTENCES = 256
_KEPT_SECTIONS = 8
_PREPARED_UTTERANCES = 8
"""More than are asked for when the voice rests somewhere."""

_END_PAUSES = {BlockKind.HEADING: Pause.HEADING, BlockKind.TABLE_CELL: Pause.SENTENCE}

_Key = TypeVar("_Key")
_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What was planned of one block, or of a part of a long one."""

    sentences: tuple[Sentence, ...]
    skips: tuple[Skip, ...]


class Plan:
    """What would be spoken of a document. Only what is asked for is planned; much of it is kept.

    A sentence belongs to one block. "Sentences" are those in which something is said; what isn't
    said is among `skipped`, and the two together hold every word of the text once. A sentence and
    its utterances may have skipped passages within them.

    The order is the reading order: that of the text, but for footnotes that are read after the
    sentence that refers to them.
    """

    def __init__(
        self,
        document: Document,
        default_language: str = "en",
        what: WhatIsRead | None = None,
        pronunciation: Pronunciation | None = None,
        voice_for: Callable[[str], VoiceId | None] | None = None,
    ) -> None:
        """`voice_for` names the voice for a language; None for the one that reads the text."""
        self._document = document
        self._what = what or WhatIsRead()
        self._pronunciation = pronunciation or Pronunciation()
        self._voice_for = voice_for
        self._kept: OrderedDict[tuple[int, int, int], _Stretch] = OrderedDict()
        self._words: OrderedDict[Span, tuple[Passage, ...]] = OrderedDict()
        self._skips: OrderedDict[int, SectionSkips] = OrderedDict()
        self._languages = BlockLanguages(document, default_language)

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
        """Yield all that isn't spoken, in the order of the text."""
        for section, block in self._blocks_from(Place(0, 0)):
            for stretch in self._stretches_of(section, block, block.start):
                yield from stretch.skips

    def language_at(self, place: Place) -> str:
        """Return the BCP 47 tag of the language that the text is in around a place.

        Takes a moment: where the text doesn't say it is guessed.
        """
        return self._languages.usual_in(self._document.sections[place.section])

    # -- reading -----------------------------------------------------------------------------

    @cached_property
    def extent(self) -> Extent:
        """How long the text is; what is skipped counts as read."""
        return Extent(self._document)

    def utterances_from(self, place: Place) -> Iterator[Utterance]:
        """Yield what is said from the word at or after `place` on, to the end of the document.

        The first utterance is short, so that it sounds at once.
        """
        is_first = True
        for sentence in self._sentences_from(place):
            start = sentence.span.start
            if is_first and place in sentence.span:
                start = place.offset
            for utterance in self._utterances_of(sentence, start, is_first):
                is_first = False
                yield utterance

    def utterances_in(
        self, sentence: Span, start: int, *, is_first: bool = False
    ) -> Iterator[Utterance]:
        """Yield what is said of one sentence from offset `start` on; `is_first`: at once."""
        found = next(self._sentences_from(sentence.first_place), None)
        if found is not None and found.span == sentence:
            yield from self._utterances_of(found, start, is_first)

    def prepare(self, place: Place) -> None:
        """Plan what will be asked for by whoever goes to `place`, on any thread.

        The sections that takes are read, and looked through; after it answers take milliseconds.
        """
        here = self.sentence_at(place)
        if here is not None:
            self.sentence_before(here.first_place)
        for _ in islice(self.utterances_from(place), _PREPARED_UTTERANCES):
            pass

    def sentence_at(self, place: Place) -> Span | None:
        """Return the sentence that holds `place`, else the next one; None at the end."""
        return next((sentence.span for sentence in self._sentences_from(place)), None)

    def sentence_after(self, place: Place) -> Span | None:
        """Return the sentence read after the one that holds `place`, or the next one to begin."""
        for sentence in self._sentences_from(place):
            if place not in sentence.span:
                return sentence.span
        return None

    def sentence_before(self, place: Place) -> Span | None:
        """Return the sentence before the one that holds `place`, or the last one that ended."""
        note = self._note_at(place)
        if note is None:
            return self._sentence_before_in_text(place)
        before: Span | None = None
        referring = self._referring_sentence(note)
        if referring is not None:
            before = referring.span
            for sentence in self._notes_of(referring):
                if place in sentence.span or (
                    sentence.span.section == place.section and sentence.span.start >= place.offset
                ):
                    break
                before = sentence.span
        return before

    def paragraph_after(self, place: Place) -> Span | None:
        """Return the first block with something to say that begins after `place`."""
        place = self._note_at(place) or place
        for section, block in self._blocks_from(place):
            is_later = Place(section.index, block.start) > place
            if is_later and self._is_spoken_in_place(section, block):
                return Span(section.index, block.start, block.end)
        return None

    def paragraph_before(self, place: Place) -> Span | None:
        """Return the last block with something to say that ends at or before `place`."""
        place = self._note_at(place) or place
        for section, block in self._blocks_back_from(place):
            is_earlier = Place(section.index, block.end) <= place
            if is_earlier and self._is_spoken_in_place(section, block):
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

    def _is_spoken_in_place(self, section: Section, block: Block) -> bool:
        if self._reference_to(section, block) is not None:
            return False
        return any(stretch.sentences for stretch in self._stretches_of(section, block, block.start))

    def _skips_of(self, section: Section) -> SectionSkips:
        skips = self._skips.get(section.index)
        if skips is None:
            skips = SectionSkips(section, self._what)
            _keep(self._skips, section.index, skips, _KEPT_SECTIONS)
        return skips

    # -- footnotes read where they are referred to -----------------------------------------------

    @cached_property
    def _referred(self) -> ReferredNotes | None:
        if self._what.footnotes is not Footnotes.WHERE_REFERRED_TO:
            return None
        return ReferredNotes(self._document)

    def _reference_to(self, section: Section, block: Block) -> Place | None:
        """Return where a block that is read elsewhere is referred to; None for all others."""
        if block.kind is not BlockKind.FOOTNOTE or self._referred is None:
            return None
        return self._referred.reference_to(section, block)

    def _note_at(self, place: Place) -> Place | None:
        """Return where the note that holds `place` is referred to, if it is read there."""
        if self._referred is None:
            return None
        section, block = next(self._blocks_from(place), (None, None))
        if section is None or block is None or section.index != place.section:
            return None
        return self._reference_to(section, block) if block.start <= place.offset else None

    def _notes_of(self, sentence: Sentence) -> Iterator[Sentence]:
        """Yield the sentences of the notes that are read after a sentence."""
        if self._referred is None:
            return
        section = self._document.sections[sentence.span.section]
        found = self._referred.blocks_of(section, sentence.span.start, sentence.span.end)
        for note_section, block in found:
            for stretch in self._stretches_of(note_section, block, block.start):
                yield from stretch.sentences

    def _referring_sentence(self, reference: Place) -> Sentence | None:
        for sentence in self._text_sentences_from(reference):
            return sentence if reference in sentence.span else None
        return None

    # -- stretches and sentences ---------------------------------------------------------------

    def _sentences_from(self, place: Place) -> Iterator[Sentence]:
        """Yield the sentences from the one that holds `place`, or the next, in reading order."""
        reference = self._note_at(place)
        referring = None if reference is None else self._referring_sentence(reference)
        if referring is None:
            yield from self._with_notes(self._text_sentences_from(reference or place))
            return
        has_begun = False
        for sentence in self._notes_of(referring):
            has_begun |= place.section == sentence.span.section and (
                place.offset < sentence.span.end
            )
            if has_begun:
                yield sentence
        end = Place(referring.span.section, referring.span.end)
        yield from self._with_notes(self._text_sentences_from(end))

    def _with_notes(self, sentences: Iterator[Sentence]) -> Iterator[Sentence]:
        for sentence in sentences:
            yield sentence
            yield from self._notes_of(sentence)

    def _text_sentences_from(self, place: Place) -> Iterator[Sentence]:
        """Yield the sentences that are read where they stand."""
        for section, block in self._blocks_from(place):
            if self._reference_to(section, block) is not None:
                continue
            offset = place.offset if section.index == place.section else 0
            for stretch in self._stretches_of(section, block, offset):
                for sentence in stretch.sentences:
                    if Place(sentence.span.section, sentence.span.end) > place:
                        yield sentence

    def _sentence_before_in_text(self, place: Place) -> Span | None:
        for section, block in self._blocks_back_from(place):
            if self._reference_to(section, block) is not None:
                continue
            limit = place.offset if section.index == place.section else block.end
            for start, end in self._stretches(section, block).backwards(limit):
                for sentence in reversed(self._stretch(section, block, start, end).sentences):
                    if Place(sentence.span.section, sentence.span.end) <= place:
                        *_, last = sentence, *self._notes_of(sentence)
                        return last.span
        return None

    def _stretches(self, section: Section, block: Block) -> Stretches:
        is_whole = self._skips_of(section).block_reason(block) is not None
        return Stretches(section.text, block, self._languages.of(section, block), is_whole=is_whole)

    def _stretches_of(self, section: Section, block: Block, offset: int) -> Iterator[_Stretch]:
        for start, end in self._stretches(section, block).onwards(offset):
            yield self._stretch(section, block, start, end)

    def _stretch(self, section: Section, block: Block, start: int, end: int) -> _Stretch:
        key = (section.index, start, end)
        stretch = self._kept.pop(key, None)
        if stretch is None:
            stretch = self._plan_stretch(section, block, start, end)
        _keep(self._kept, key, stretch, _KEPT_STRETCHES)
        return stretch

    def _plan_stretch(self, section: Section, block: Block, start: int, end: int) -> _Stretch:
        reason = self._skips_of(section).block_reason(block)
        if reason is not None:
            skip = Skip(Span(section.index, start, end), reason)
            return _Stretch((), (skip,) if section.text[start:end].strip() else ())
        passed_over = self._skips_of(section).within(block, start, end)
        inlines = inlines_within(section.inlines, start, end)
        language = self._languages.of(section, block)
        sentences: list[Sentence] = []
        skips: list[Skip] = []
        for first, last in _ranges_around(section.text, start, end, language, passed_over):
            span = Span(section.index, first, last)
            within = tuple(skip for skip in passed_over if skip.span.overlaps(span))
            runs = self._languages.runs_within(section, block, first, last)
            said_in, foreign = languages_within(section.text, span, inlines, language, runs)
            sentence = Sentence(span, said_in, within, Pause.SENTENCE, foreign)
            if self._is_sayable(sentence):
                sentences.append(sentence)
            else:
                skips += _without(span, within)
        skips = sorted((*skips, *passed_over), key=lambda skip: skip.span)
        if end == block.end and sentences:
            pause = _END_PAUSES.get(block.kind, Pause.PARAGRAPH)
            sentences[-1] = replace(sentences[-1], end_pause=pause)
        return _Stretch(tuple(sentences), tuple(skips))

    def _is_sayable(self, sentence: Sentence) -> bool:
        """Whether anything would be said; where that is plain, saying it is left for later."""
        text = self._document.sections[sentence.span.section].text
        return is_surely_said(text, sentence) or bool(self._words_of(sentence))

    # -- utterances ----------------------------------------------------------------------------

    def _words_of(self, sentence: Sentence) -> tuple[Passage, ...]:
        kept = self._words.get(sentence.span)
        if kept is None:
            text = self._document.sections[sentence.span.section].text
            kept = passages_of(text, sentence, self._pronunciation)
            _keep(self._words, sentence.span, kept, _KEPT_SENTENCES)
        return kept

    def _utterances_of(self, sentence: Sentence, start: int, is_first: bool) -> Iterator[Utterance]:
        """Yield what is said of a sentence from offset `start` on."""
        text = self._document.sections[sentence.span.section].text
        passages = self._words_of(sentence)
        for utterance in utterances_of(text, sentence, passages, start, is_first=is_first):
            voice = self._voice_for(utterance.language) if self._voice_for else None
            yield utterance if voice is None else replace(utterance, voice=voice)


def _keep(kept: OrderedDict[_Key, _Kept], key: _Key, value: _Kept, most: int) -> None:
    """Keep one more, and let the oldest go; several threads may at once."""
    kept[key] = value
    if len(kept) > most:
        with suppress(KeyError):  # another thread has let the last one go
            kept.popitem(last=False)


def _ranges_around(
    text: str, start: int, end: int, language: str, passed_over: Sequence[Skip]
) -> list[tuple[int, int]]:
    """Return the sentences of text[start:end] as they are without what is passed over.

    What is passed over behind a sentence belongs to it: the note's number to what it is a note on.
    """
    if not passed_over:
        return sentence_ranges(text, start, end, language)
    shown = []
    at = start
    for skip in passed_over:
        shown += [text[at : skip.span.start], " " * (skip.span.end - skip.span.start)]
        at = skip.span.end
    masked = "".join((*shown, text[at:end]))
    ranges = sentence_ranges(masked, 0, len(masked), language)
    if not ranges:  # all of it is passed over: a note's number alone in its paragraph
        return []
    begins = [*(start + first for first, _ in ranges[1:]), end]
    ends = [skip.span.end for skip in passed_over]
    found = []
    for (first, last), following in zip(ranges, begins, strict=True):
        before = bisect_right(ends, following)
        found.append((start + first, max(start + last, ends[before - 1] if before else 0)))
    return found


def _without(span: Span, skips: Sequence[Skip]) -> Iterator[Skip]:
    """Yield the parts of a span between skips, as having nothing to say."""
    starts = [span.start, *(skip.span.end for skip in skips)]
    ends = [*(skip.span.start for skip in skips), span.end]
    for start, end in zip(starts, ends, strict=True):
        if start < end:
            yield Skip(Span(span.section, start, end), SkipReason.NOTHING_TO_SAY)
