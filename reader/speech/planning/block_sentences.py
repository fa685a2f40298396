"""What is said of one block, and what isn't: planned in stretches, and kept."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reader.speech.engine import Pause
from reader.speech.planning.block_languages import BlockLanguages
from reader.speech.planning.keeping import keep
from reader.speech.planning.pronunciation import Pronunciation
from reader.speech.planning.sentences import (
    Passage,
    Sentence,
    is_surely_said,
    languages_within,
    passages_of,
)
from reader.speech.planning.skipping import (
    SectionSkips,
    Skip,
    SkipReason,
    WhatIsRead,
    inlines_within,
)
from reader.speech.planning.stretches import Stretches
from reader.text.document import Block, BlockKind, Document, Section, Span
from reader.text.segment import sentence_ranges

_KEPT_BLOCKS = 32
_KEPT_STRETCHES = 128
_KEPT_SENTENCES = 256
_KEPT_SECTIONS = 8
_END_PAUSES = {BlockKind.HEADING: Pause.HEADING, BlockKind.TABLE_CELL: Pause.SENTENCE}


@dataclass(frozen=True, slots=True)
class PlannedStretch:
    """What was planned of one block, or of a part of a long one."""

    sentences: tuple[Sentence, ...]
    skips: tuple[Skip, ...]


class BlockSentences:
    """Plans the sentences of a document's blocks; the last that were asked for are kept."""

    def __init__(
        self,
        document: Document,
        what: WhatIsRead,
        pronunciation: Pronunciation,
        languages: BlockLanguages,
    ) -> None:
        self._document = document
        self._what = what
        self._pronunciation = pronunciation
        self._languages = languages
        self._kept: OrderedDict[tuple[int, int, int], PlannedStretch] = OrderedDict()
        self._cut: OrderedDict[tuple[int, int], Stretches] = OrderedDict()
        self._words: OrderedDict[Span, tuple[Passage, ...]] = OrderedDict()
        self._skips: OrderedDict[int, SectionSkips] = OrderedDict()

    def onwards(self, section: Section, block: Block, offset: int) -> Iterator[PlannedStretch]:
        """Yield what is planned of a block from the stretch that holds `offset` on."""
        for start, end in self._stretches(section, block).onwards(offset):
            yield self._stretch(section, block, start, end)

    def backwards(self, section: Section, block: Block, offset: int) -> Iterator[PlannedStretch]:
        """Yield what is planned of a block from the stretch that holds `offset` back."""
        for start, end in self._stretches(section, block).backwards(offset):
            yield self._stretch(section, block, start, end)

    def words_of(self, sentence: Sentence) -> tuple[Passage, ...]:
        """Return what is said of a sentence, word by word."""
        kept = self._words.get(sentence.span)
        if kept is None:
            text = self._document.sections[sentence.span.section].text
            kept = passages_of(text, sentence, self._pronunciation)
            keep(self._words, sentence.span, kept, _KEPT_SENTENCES)
        return kept

    def _skips_of(self, section: Section) -> SectionSkips:
        skips = self._skips.get(section.index)
        if skips is None:
            skips = SectionSkips(section, self._what)
            keep(self._skips, section.index, skips, _KEPT_SECTIONS)
        return skips

    def _stretches(self, section: Section, block: Block) -> Stretches:
        key = (section.index, block.start)
        found = self._cut.get(key)
        if found is None:
            is_whole = self._skips_of(section).block_reason(block) is not None
            language = self._languages.of(section, block)
            found = Stretches(section.text, block, language, is_whole=is_whole)
            keep(self._cut, key, found, _KEPT_BLOCKS)
        return found

    def _stretch(self, section: Section, block: Block, start: int, end: int) -> PlannedStretch:
        key = (section.index, start, end)
        stretch = self._kept.pop(key, None)
        if stretch is None:
            stretch = self._plan_stretch(section, block, start, end)
        keep(self._kept, key, stretch, _KEPT_STRETCHES)
        return stretch

    def _plan_stretch(self, section: Section, block: Block, start: int, end: int) -> PlannedStretch:
        reason = self._skips_of(section).block_reason(block)
        if reason is not None:
            skip = Skip(Span(section.index, start, end), reason)
            return PlannedStretch((), (skip,) if section.text[start:end].strip() else ())
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
        return PlannedStretch(tuple(sentences), tuple(skips))

    def _is_sayable(self, sentence: Sentence) -> bool:
        """Whether anything would be said; where that is plain, saying it is left for later."""
        text = self._document.sections[sentence.span.section].text
        return is_surely_said(text, sentence) or bool(self.words_of(sentence))


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
