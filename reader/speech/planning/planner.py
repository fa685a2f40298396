"""What of a document is said, in which order: sentences, utterances and skips, planned lazily."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice

from reader.speech.engine import Utterance, VoiceId
from reader.speech.planning.block_languages import BlockLanguages
from reader.speech.planning.block_sentences import BlockSentences
from reader.speech.planning.footnotes import ReferredNotes
from reader.speech.planning.keeping import keep
from reader.speech.planning.pronunciation import Pronunciation
from reader.speech.planning.sentences import Sentence, utterances_of
from reader.speech.planning.skipping import Footnotes, Skip, WhatIsRead
from reader.text.document import Block, BlockKind, Document, Place, Section, Span
from reader.text.extent import Extent
from reader.text.lazy_sections import readable_section

_KEPT_SAYINGS = 64
_PREPARED_UTTERANCES = 8
"""More than are asked for when the voice rests somewhere."""


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
        *,
        ends_where_unreadable: bool = False,
    ) -> None:
        """`voice_for` names the voice for a language; None for the one that reads the text.

        `ends_where_unreadable`: where the text can't be read any more it is at its end, for a
        listener who is told of the file elsewhere. Else UnreadableText is raised there.
        """
        self._document = document
        self._ends_where_unreadable = ends_where_unreadable
        self._what = what or WhatIsRead()
        self._voice_for = voice_for
        self._said: OrderedDict[tuple[Span, int, bool], tuple[Utterance, ...]] = OrderedDict()
        self._languages = BlockLanguages(document, default_language)
        self._blocks = BlockSentences(
            document, self._what, pronunciation or Pronunciation(), self._languages
        )

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
            for stretch in self._blocks.onwards(section, block, block.start):
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

        Raises:
            UnreadableText: what stands there can't be read any more.
        """
        if place.section < len(self._document.sections):
            self._document.sections[place.section]
        here = self.sentence_at(place)
        if here is not None:
            before = self.sentence_before(here.first_place) or here
            for said in self.utterances_from(before.first_place):
                if said.sentence == here:
                    break
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
            section = self._section(number)
            if section is None:
                return
            offset = place.offset if number == place.section else 0
            first = bisect_right(section.blocks, offset, key=lambda block: block.end)
            for index in range(first, len(section.blocks)):
                yield section, section.blocks[index]

    def _blocks_back_from(self, place: Place) -> Iterator[tuple[Section, Block]]:
        """Yield the blocks from the one that holds `place`, or the one before, to the first."""
        for number in range(min(place.section, len(self._document.sections) - 1), -1, -1):
            section = self._section(number)
            if section is None:
                return
            last = len(section.blocks)
            if number == place.section:
                last = bisect_right(section.blocks, place.offset, key=lambda block: block.start)
            for index in range(last - 1, -1, -1):
                yield section, section.blocks[index]

    def _section(self, number: int) -> Section | None:
        """Return a section; None where the text ends because it can't be read any more."""
        if self._ends_where_unreadable:
            return readable_section(self._document.sections, number)
        return self._document.sections[number]

    def _is_spoken_in_place(self, section: Section, block: Block) -> bool:
        if self._reference_to(section, block) is not None:
            return False
        return any(
            stretch.sentences for stretch in self._blocks.onwards(section, block, block.start)
        )

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
            for stretch in self._blocks.onwards(note_section, block, block.start):
                yield from stretch.sentences

    def _referring_sentence(self, reference: Place) -> Sentence | None:
        for sentence in self._text_sentences_from(reference):
            return sentence if reference in sentence.span else None
        return None

    # -- sentences in reading order ---------------------------------------------------------------

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
            for stretch in self._blocks.onwards(section, block, offset):
                for sentence in stretch.sentences:
                    if Place(sentence.span.section, sentence.span.end) > place:
                        yield sentence

    def _sentence_before_in_text(self, place: Place) -> Span | None:
        for section, block in self._blocks_back_from(place):
            if self._reference_to(section, block) is not None:
                continue
            limit = place.offset if section.index == place.section else block.end
            for stretch in self._blocks.backwards(section, block, limit):
                for sentence in reversed(stretch.sentences):
                    if Place(sentence.span.section, sentence.span.end) <= place:
                        *_, last = sentence, *self._notes_of(sentence)
                        return last.span
        return None

    # -- utterances ----------------------------------------------------------------------------

    def _utterances_of(self, sentence: Sentence, start: int, is_first: bool) -> Iterator[Utterance]:
        """Yield what is said of a sentence from offset `start` on.

        It is kept: to cut a long sentence takes milliseconds, and whoever goes there asks for it
        several times on the window's thread, once `prepare` has been called on another.
        """
        key = (sentence.span, start, is_first)
        said = self._said.get(key)
        if said is None:
            said = tuple(self._made_utterances(sentence, start, is_first))
            keep(self._said, key, said, _KEPT_SAYINGS)
        yield from said

    def _made_utterances(
        self, sentence: Sentence, start: int, is_first: bool
    ) -> Iterator[Utterance]:
        text = self._document.sections[sentence.span.section].text
        passages = self._blocks.words_of(sentence)
        for utterance in utterances_of(text, sentence, passages, start, is_first=is_first):
            voice = self._voice_for(utterance.language) if self._voice_for else None
            yield utterance if voice is None else replace(utterance, voice=voice)
