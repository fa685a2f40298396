"""The languages of a document's blocks: what their markup says, else a sure guess.

A block may hold a quotation, or sentences, in another language; these are guessed as well.
"""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.speech.planning.function_words import told_by_function_words
from reader.speech.planning.keeping import keep
from reader.speech.planning.language_guess import language_of_beginning, sure_language
from reader.speech.planning.scripts import languages_in_script_of
from reader.speech.planning.sentences import primary_language
from reader.text.document import Block, BlockKind, Document, Place, Section
from reader.text.lazy_sections import is_soon_there

_KEPT_BLOCKS = 4096
_SECTIONS_ASKED = 3
_READ_AT_ONCE = 60_000
_QUOTED = re.compile('[“„«‹"『「][^“”„«»"]{12,}[”“»›"』」]')
_NEVER_GUESSED = frozenset((BlockKind.HEADING, BlockKind.CODE, BlockKind.RULE))
_PROSE = frozenset((BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTATION))
_SHORTEST_ASKED, _LONGEST_ASKED, _MOST_LOOKED_AT = 60, 400, 24
_FEWEST_SURE, _MOST_OF_THEM = 3, 0.8


@dataclass(frozen=True, slots=True)
class _Found:
    """A block's language, and whether the block as a whole surely is in the document's own."""

    language: str
    is_surely_usual: bool = False


class BlockLanguages:
    """Guesses are kept; only what is asked for is guessed."""

    def __init__(self, document: Document, default: str) -> None:
        self._document, self._default = document, default
        self._kept: OrderedDict[Place, _Found] = OrderedDict()
        self._main_language = ""
        self._beginnings: dict[int, str] = {}
        self._of_sections: dict[int, str] = {}

    def of(self, section: Section, block: Block) -> str:
        """Return a block's language: what the markup says, else a sure guess, else the text's.

        One that is never written in the block's letters is not believed.
        """
        return self._found(section, block).language

    def runs_within(
        self, section: Section, block: Block, start: int, end: int
    ) -> list[tuple[int, int, str]]:
        """Return what of one of a block's sentences is surely in another language than the block.

        Each run is start, end and BCP 47 tag: quotations and what stands around them, or else the
        whole sentence.
        """
        if block.language or block.kind in _NEVER_GUESSED:
            return []
        block_found = self._found(section, block)
        language = primary_language(block_found.language)
        quoted = [match.span() for match in _QUOTED.finditer(section.text, start, end)]
        for ranges in (_with_what_is_between(quoted, start, end), [(start, end)]):
            found = []
            for first, last in ranges:
                text = section.text[first:last]
                if block_found.is_surely_usual and told_by_function_words(text) in (None, language):
                    continue  # to ask the detector of every sentence would take too long
                tag = sure_language(text)
                if tag is not None and primary_language(tag) != language:
                    found.append((first, last, tag))
            if found:
                return found
        return []

    def _found(self, section: Section, block: Block) -> _Found:
        place = Place(section.index, block.start)
        found = self._kept.get(place)
        if found is None:
            found = self._guessed(section, block)
            if self._main_language or block.language:  # else it may be known better in a moment
                keep(self._kept, place, found, _KEPT_BLOCKS)
        return found

    def _guessed(self, section: Section, block: Block) -> _Found:
        if block.language:
            return _Found(self._denied(block.language, section, block) or block.language)
        usual = self.usual_in(section)
        if denied := self._denied(usual, section, block):
            return _Found(denied)
        if block.kind in _NEVER_GUESSED:
            return _Found(usual)
        guess = sure_language(section.text[block.start : block.end])
        if guess is None:
            return _Found(usual)
        is_usual = primary_language(guess) == primary_language(usual)
        return _Found(usual, is_surely_usual=True) if is_usual else _Found(guess)

    def _denied(self, language: str, section: Section, block: Block) -> str:
        """Return the language a block must be in, where its letters are none of `language`'s."""
        text = section.text[block.start : block.end]
        written = languages_in_script_of(text)
        if not written or primary_language(language) in written:
            return ""
        guess = primary_language(sure_language(text) or "")
        if guess in written:
            return guess
        usual = primary_language(self._language_of_beginning())
        return usual if usual in written else written[0]

    @property
    def _usual(self) -> str:
        """The document's language: what it says, else that of its beginning, else the default."""
        if not self._main_language:
            self._main_language = self._document.language or self._language_of_beginning()
        return self._main_language or self._default

    def usual_in(self, section: Section) -> str:
        """Return the language of what is too short to tell its own.

        The document's, unless the section is plainly in another one throughout: what a book says
        of itself is often what the program says that made it.
        """
        if section.index not in self._of_sections:
            self._of_sections[section.index] = _language_of_most(section)
        own = self._of_sections[section.index]
        is_other = own and primary_language(own) != primary_language(self._usual)
        return own if is_other else self._usual

    def _language_of_beginning(self) -> str:
        """Return it as far as what can be read at once tells; empty where it doesn't.

        Whoever asks may be the window's thread: the pages of a PDF would keep it waiting.
        """
        sections = self._document.sections
        for number in range(min(_SECTIONS_ASKED, len(sections))):
            if number not in self._beginnings and is_soon_there(sections, number, _READ_AT_ONCE):
                self._beginnings[number] = language_of_beginning(sections[number].text) or ""
            if found := self._beginnings.get(number):
                return found
        return ""


def _with_what_is_between(
    quoted: Sequence[tuple[int, int]], start: int, end: int
) -> list[tuple[int, int]]:
    """Return a sentence's quotations and what stands around them; nothing if it has none."""
    cuts = [start, *(place for span in quoted for place in span), end] if quoted else []
    return [(first, last) for first, last in pairwise(cuts) if first < last]


def _language_of_most(section: Section) -> str:
    """Return the language that nearly all of a section's paragraphs surely are in, else nothing."""
    count, step = len(section.blocks), len(section.blocks) // _MOST_LOOKED_AT + 1
    looked_at = (section.blocks[number] for number in range(0, count, step))
    asked = [
        block
        for block in looked_at
        if block.kind in _PROSE and block.end - block.start >= _SHORTEST_ASKED
    ]
    starts = (block.start for block in asked)
    guesses = (sure_language(section.text[start : start + _LONGEST_ASKED]) for start in starts)
    sure = Counter(guess for guess in guesses if guess is not None)
    for language, count in sure.most_common(1):
        if count >= _FEWEST_SURE and count >= _MOST_OF_THEM * sure.total():
            return language
    return ""
