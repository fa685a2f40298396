"""The phonemes of a text, and which word each of them belongs to."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby, pairwise

from reader.speech.alignment import PUNCTUATION, words_of_phonemes
from reader.speech.marks import spoken_words
from reader.speech.phonemes import BETWEEN_WORDS, GIVEN, without_phonemes

_CACHED_WORDS = 20_000


class Phonemiser:
    """Writes texts in phonemes, one code point each; remembers those of single words.

    `phonemize` returns the phonemes of each sentence it finds, as Piper's do.
    """

    def __init__(self, phonemize: Callable[[str], Sequence[Sequence[str]]]) -> None:
        self._phonemize = phonemize
        self._known: dict[str, list[str]] = {}

    def phonemes(self, spoken: str) -> list[str]:
        """Return the phonemes of a text, with spaces between words and its punctuation.

        A word that carries phonemes has just those; the words beside it sound as they would.
        """
        plain = without_phonemes(spoken)
        phonemes = self._phonemes_of(plain)
        if len(plain) == len(spoken):
            return phonemes
        words = spoken_words(spoken)
        given = {
            number: carried[1].replace(BETWEEN_WORDS, " ")
            for number, (start, end) in enumerate(words)
            if (carried := GIVEN.search(spoken, start, end))
        }
        written = [without_phonemes(spoken[start:end]) for start, end in words]
        numbers = words_of_phonemes(phonemes, [self._phonemes_of_word(word) for word in written])
        return _with_given(phonemes, numbers, given)

    def _phonemes_of(self, spoken: str) -> list[str]:
        # [[ ]] would have Piper read what is inside as phonemes
        plain = spoken.replace("[", " ").replace("]", " ")
        sentences = [sentence for sentence in self._phonemize(plain) if sentence]
        joined = list(sentences[0]) if sentences else []
        for sentence in sentences[1:]:
            joined += [" ", *sentence]
        return joined

    def word_numbers(
        self, phonemes: Sequence[str], spoken: str, words: Sequence[tuple[int, int]]
    ) -> list[int | None]:
        """Return which of the `words`, ranges of `spoken`, each of its phonemes belongs to."""
        alone = [self._phonemes_of_word(spoken[start:end]) for start, end in words]
        return words_of_phonemes(phonemes, alone)

    def _phonemes_of_word(self, word: str) -> list[str]:
        if word not in self._known:
            if len(self._known) >= _CACHED_WORDS:
                self._known.clear()
            # interned: of each of eSpeak's letters that isn't Latin there would be ever new objects
            phonemes = (sys.intern(p) for p in self.phonemes(word) if p not in PUNCTUATION)
            self._known[word] = list(phonemes)
        return self._known[word]


@cache
def keep_voice_of_espeak() -> None:
    """Have the eSpeak that comes with Piper set its voice only where another one is asked for."""
    from piper import espeakbridge

    # WORKAROUND(piper-tts 1.8): it is set before each text and word, and each time 1.4 KB are
    # lost, 10 MB in an hour of listening
    espeakbridge.set_voice = lru_cache(maxsize=1)(espeakbridge.set_voice)


def _with_given(
    phonemes: Sequence[str], numbers: Sequence[int | None], given: Mapping[int, str]
) -> list[str]:
    """Put the phonemes given for words, by their numbers, in place of those the words have."""
    result: list[str] = []
    for number, group in groupby(zip(phonemes, _without_gaps(numbers), strict=True), _number_of):
        own = None if number is None else given.get(number)
        result += [phoneme for phoneme, _ in group] if own is None else own
    return result


def _number_of(labelled: tuple[str, int | None]) -> int | None:
    return labelled[1]


def _without_gaps(numbers: Sequence[int | None]) -> list[int | None]:
    """Number what stands within a word too: the space in New York."""
    filled = list(numbers)
    numbered = [place for place, number in enumerate(numbers) if number is not None]
    for before, after in pairwise(numbered):
        if numbers[before] == numbers[after]:
            filled[before:after] = [numbers[before]] * (after - before)
    return filled
