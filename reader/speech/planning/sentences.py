"""Sentences as they will be said: what is passed over, in which languages, in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reader.speech.engine import Pause, Piece, Utterance
from reader.speech.planning.phrasing import first_part_end, part_ends
from reader.speech.planning.pronunciation import Pronunciation
from reader.speech.planning.skipping import Skip
from reader.speech.verbalise import SpokenWord, spoken_words
from reader.speech.verbalise.words import join_words, stop_at_end, stop_between
from reader.text.document import Inline, InlineKind, Span

_FEWEST_FOREIGN = 4
"""Words that a foreign run must have to get its own voice; fewer are said in the sentence's."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SURELY_SAID = re.compile(r"[A-Za-z]{2}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its language, what of it is passed over, and the pause behind it.

    `foreign` are the runs in other languages, in order: start, end and BCP 47 tag.
    """

    span: Span
    language: str
    skips: tuple[Skip, ...]
    end_pause: Pause
    foreign: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that one voice says one after the other."""

    language: str
    words: tuple[SpokenWord, ...]


def runs_of(sentence: Sentence) -> list[tuple[int, int]]:
    """Return the ranges of a sentence between which something is passed over."""
    starts = [sentence.span.start, *(skip.span.end for skip in sentence.skips)]
    ends = [*(skip.span.start for skip in sentence.skips), sentence.span.end]
    return list(zip(starts, ends, strict=True))


def is_surely_said(text: str, sentence: Sentence) -> bool:
    """Whether it is plain, without putting it into words, that something will be said."""
    return any(_SURELY_SAID.search(text, start, end) for start, end in runs_of(sentence))


def languages_within(
    text: str,
    span: Span,
    inlines: Sequence[Inline],
    language: str,
    guessed: Sequence[tuple[int, int, str]] = (),
) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Return a sentence's language, and its runs in other ones: long enough for another voice.

    A marked run that leaves too little beside it gives the sentence its language. `guessed` runs
    count where nothing is marked.
    """
    marked = [
        (max(inline.start, span.start), min(inline.end, span.end), inline.target)
        for inline in inlines
        if inline.kind is InlineKind.LANGUAGE and inline.target
    ]
    marked = [run for run in marked if run[0] < run[1]] or list(guessed)
    for start, end, target in marked:
        outside = _WORD.findall(text, span.start, start) + _WORD.findall(text, end, span.end)
        if (end - start) * 2 > span.end - span.start and len(outside) < _FEWEST_FOREIGN:
            language = target
            break
    foreign: list[tuple[int, int, str]] = []
    at = span.start
    for start, end, target in marked:
        is_other = primary_language(target) != primary_language(language)
        if is_other and start >= at and len(_WORD.findall(text, start, end)) >= _FEWEST_FOREIGN:
            foreign.append((start, end, target))
            at = end
    return language, tuple(foreign)


def primary_language(tag: str) -> str:
    """Return the language of a BCP 47 tag without country and script, in small letters."""
    return tag.replace("_", "-").partition("-")[0].lower()


def passages_of(text: str, sentence: Sentence, pronunciation: Pronunciation) -> tuple[Passage, ...]:
    """Put a sentence into words: one passage unless it changes the language, none if it is mute."""
    passages: list[Passage] = []
    for start, end, language in _segments(sentence):
        words: list[SpokenWord] = []
        for first, last in runs_of(sentence):
            first, last = max(first, start), min(last, end)
            if first >= last:
                continue
            said = pronunciation.applied(
                text, first, last, language, spoken_words(text, first, last, language)
            )
            if words and said:
                words[-1] = _joined(text, words[-1], said[0], sentence)
            words += said
        if words:
            passages.append(Passage(language, tuple(words)))
    for number, (before, after) in enumerate(pairwise(passages)):
        joined = _joined(text, before.words[-1], after.words[0], sentence)
        passages[number] = replace(before, words=(*before.words[:-1], joined))
    if passages and sentence.skips:
        last_words = passages[-1].words
        gap = _unskipped(text, last_words[-1].end, sentence.span.end, sentence)
        ended = replace(last_words[-1], stop=stop_at_end(gap, last_words[-1].stop))
        passages[-1] = replace(passages[-1], words=(*last_words[:-1], ended))
    return tuple(passages)


def said_alone(written: str, language: str, pronunciation: Pronunciation) -> Utterance | None:
    """Return what is said for a few words that stand alone; None if nothing is."""
    span = Span(0, 0, len(written))
    sentence = Sentence(span, language, (), Pause.NONE)
    passages = passages_of(written, sentence, pronunciation)
    return next(utterances_of(written, sentence, passages, 0, is_first=False), None)


def _segments(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    at = sentence.span.start
    for start, end, language in sentence.foreign:
        if at < start:
            yield at, start, sentence.language
        yield start, end, language
        at = end
    if at < sentence.span.end:
        yield at, sentence.span.end, sentence.language


def _joined(text: str, word: SpokenWord, following: SpokenWord, sentence: Sentence) -> SpokenWord:
    """Return a word with the stop heard before `following`, over what is passed over between."""
    gap = _unskipped(text, word.end, following.start, sentence)
    return replace(word, stop=stop_between(gap, text[following.start]))


def _unskipped(text: str, start: int, end: int, sentence: Sentence) -> str:
    """Return text[start:end] as if what is passed over weren't there."""
    kept = []
    for skip in sentence.skips:
        if start <= skip.span.start and skip.span.end <= end:
            kept.append(text[start : skip.span.start])
            start = skip.span.end
    kept.append(text[start:end])
    return re.sub(r"\s{2,}", " ", "".join(kept))


def utterances_of(
    text: str, sentence: Sentence, passages: Sequence[Passage], start: int, *, is_first: bool
) -> Iterator[Utterance]:
    """Yield what is said of a sentence from offset `start` on; the first one short if it is."""
    left = [
        Passage(passage.language, tuple(word for word in passage.words if word.end > start))
        for passage in passages
    ]
    left = [passage for passage in left if passage.words]
    is_whole = sum(len(passage.words) for passage in left) == sum(len(p.words) for p in passages)
    begin = sentence.span.start if is_whole else left[0].words[0].start if left else start
    for number, passage in enumerate(left, start=1):
        words = passage.words
        ends = _part_ends(words, is_first and number == 1)
        for first, end in zip([0, *ends], ends, strict=False):
            part = words[first:end]
            following = words[end] if end < len(words) else _first_of(left[number:])
            at = sentence.span.end if following is None else _cut_behind(text, part[-1], following)
            pause = sentence.end_pause if following is None else _inner_pause(part[-1])
            span = Span(sentence.span.section, begin, begin + len(text[begin:at].rstrip()))
            yield _utterance(span, sentence, passage.language, part, pause)
            rest = text[at : sentence.span.end]
            begin = at + len(rest) - len(rest.lstrip())


def _first_of(passages: Sequence[Passage]) -> SpokenWord | None:
    return passages[0].words[0] if passages else None


def _utterance(
    span: Span, sentence: Sentence, language: str, words: Sequence[SpokenWord], pause: Pause
) -> Utterance:
    spoken, ranges = join_words(words)
    pieces = tuple(
        Piece(start, end, word.start, word.end)
        for word, (start, end) in zip(words, ranges, strict=True)
    )
    return Utterance(span, sentence.span, spoken, pieces, language, pause)


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
