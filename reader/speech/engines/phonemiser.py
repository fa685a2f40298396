"""The phonemes of a text, and which word each of them belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reader.speech.alignment import PUNCTUATION, words_of_phonemes

_CACHED_WORDS = 20_000


class Phonemiser:
    """Writes texts in phonemes, one code point each; remembers those of single words.

    `phonemize` returns the phonemes of each sentence it finds, as Piper's do.
    """

    def __init__(self, phonemize: Callable[[str], Sequence[Sequence[str]]]) -> None:
        self._phonemize = phonemize
        self._known: dict[str, list[str]] = {}

    def phonemes(self, spoken: str) -> list[str]:
        """Return the phonemes of a text, with spaces between words and its punctuation."""
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
            self._known[word] = [p for p in self.phonemes(word) if p not in PUNCTUATION]
        return self._known[word]
