"""Puts a sentence into the words that a reader would say, each with the source it stands for."""

from __future__ import annotations

from reader.speech.verbalise.words import Passage, SpokenWord, spoken_words_of

__all__ = ["SpokenWord", "spoken_words"]


def spoken_words(text: str, start: int, end: int, language: str) -> list[SpokenWord]:
    """Return what is said for the sentence text[start:end], in order; empty if nothing can be.

    `language` is a BCP 47 tag. Languages without rules of their own keep their figures, which the
    engine then reads.
    """
    passage = Passage(text, start, end)
    if language.replace("_", "-").split("-")[0].lower() == "en":
        from reader.speech.verbalise.english.language import STARTS, English

        return spoken_words_of(passage, English(passage), STARTS)
    from reader.speech.verbalise import other

    return spoken_words_of(passage, other.language_of(language), other.STARTS)
