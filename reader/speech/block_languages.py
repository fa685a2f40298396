"""The languages of a document's blocks: what their markup says, else a sure guess.

A block may hold a quotation, or sentences, in another language; these are guessed as well, where
the block as a whole isn't surely in the document's own.
"""

from __future__ import annotations

import re
from collections import OrderedDict

from reader.speech.language_guess import language_of_beginning, sure_language
from reader.speech.scripts import languages_in_script_of
from reader.speech.sentences import primary_language
from reader.text.document import Block, BlockKind, Document, Place, Section
from reader.text.lazy_sections import is_soon_there

_KEPT_BLOCKS = 4096
_SECTIONS_ASKED = 3
_READ_AT_ONCE = 60_000
_QUOTED = re.compile('[“„«‹"『「][^“”„«»"]{40,}[”“»›"』」]')
_NEVER_GUESSED = frozenset((BlockKind.HEADING, BlockKind.CODE, BlockKind.RULE))


class BlockLanguages:
    """Guesses are kept; only what is asked for is guessed."""

    def __init__(self, document: Document, default: str) -> None:
        self._document, self._default = document, default
        self._kept: OrderedDict[Place, str] = OrderedDict()
        self._main_language = ""
        self._beginnings: dict[int, str] = {}

    def of(self, section: Section, block: Block) -> str:
        """Return a block's language: what the markup says, else a sure guess, else the text's.

        One that is never written in the block's letters is not believed.
        """
        if block.language and not self._denied(block.language, section, block):
            return block.language
        place = Place(section.index, block.start)
        language = self._kept.get(place)
        if language is None:
            language = self._guessed(section, block)
            if not self._main_language:
                return language  # it may be known better in a moment
            self._kept[place] = language
            if len(self._kept) > _KEPT_BLOCKS:
                self._kept.popitem(last=False)
        return language

    def runs_within(
        self, section: Section, block: Block, start: int, end: int
    ) -> list[tuple[int, int, str]]:
        """Return what of one of a block's sentences is surely in another language than the block.

        Each run is start, end and BCP 47 tag: quotations, or else the whole sentence.
        """
        if block.language or block.kind in _NEVER_GUESSED:
            return []
        language = self.of(section, block)
        is_plain = language == self._usual and self._is_surely(language, section, block)
        if is_plain:
            return []
        quoted = [match.span() for match in _QUOTED.finditer(section.text, start, end)]
        for ranges in (quoted, [(start, end)]):
            found = [
                (first, last, tag)
                for first, last in ranges
                if (tag := sure_language(section.text[first:last])) is not None
                and primary_language(tag) != primary_language(language)
            ]
            if found:
                return found
        return []

    def _is_surely(self, language: str, section: Section, block: Block) -> bool:
        found = sure_language(section.text[block.start : block.end])
        return found is not None and primary_language(found) == primary_language(language)

    def _guessed(self, section: Section, block: Block) -> str:
        usual = self._usual
        if denied := self._denied(block.language or usual, section, block):
            return denied
        if block.kind in _NEVER_GUESSED:
            return usual
        found = sure_language(section.text[block.start : block.end])
        is_other = found is not None and primary_language(found) != primary_language(usual)
        return found if found is not None and is_other else usual

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
