"""Revisions of a text of which it is known where every character went."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

NEW = -1
"""The origin of a character that was put in."""

Character = tuple[str, int]
Sentence = list[Character]
Paragraph = list[Sentence]

_SENTENCE = re.compile(r".+?(?:[.!?。؟।]+[”’\"]*\s*|$)|\s+$", re.DOTALL)
_CONFUSED = {"e": "c", "m": "rn", "l": "1", "o": "0", "h": "b", "i": "l", "u": "n", "a": "o"}


@dataclass(frozen=True, slots=True)
class Truth:
    """What became of a passage: where it is, and how much of it, 0 to 1; None where it is gone."""

    range: tuple[int, int] | None
    kept: float


class Revision:
    """A text that is being revised, sentence by sentence."""

    def __init__(self, paragraphs: Iterable[str], seed: int, spare: Iterable[str]) -> None:
        """`spare` are paragraphs of another text, to be put in."""
        self.chance = random.Random(seed)
        self.spare = [line for line in spare if len(line) > 20] or ["Something else was put in."]
        self.old = "\n\n".join(paragraphs)
        self.paragraphs: list[Paragraph] = []
        start = 0
        for text in self.old.split("\n\n"):
            sentences = [
                [(character, start + at) for at, character in enumerate(m[0], m.start())]
                for m in _SENTENCE.finditer(text)
            ]
            self.paragraphs.append(sentences)
            start += len(text) + 2

    @property
    def sentences(self) -> Iterator[tuple[Paragraph, int]]:
        """Each sentence, as its paragraph and its number in that."""
        for paragraph in self.paragraphs:
            for number in range(len(paragraph)):
                yield paragraph, number

    def words(self, change: Callable[[Sentence], Sentence]) -> None:
        """Change words: runs of characters without a space, or a few where there are none."""
        for paragraph, number in self.sentences:
            paragraph[number] = [c for word in _words(paragraph[number]) for c in change(word)]

    def finished(self) -> tuple[str, list[int]]:
        """Return the new text and the origin of each of its characters."""
        characters: list[Character] = []
        for paragraph in self.paragraphs:
            if characters:
                characters += [("\n", NEW), ("\n", NEW)]
            for sentence in paragraph:
                characters += sentence
        return "".join(c for c, _ in characters), [origin for _, origin in characters]


def _words(sentence: Sentence) -> Iterator[Sentence]:
    word: Sentence = []
    for character in sentence:
        is_space = character[0].isspace()
        if word and (is_space or len(word) > 11):
            yield word
            word = []
        word.append(character)
        if is_space:
            yield word
            word = []
    if word:
        yield word


def _fresh(text: str) -> Sentence:
    return [(character, NEW) for character in text]


def _other_letter(revision: Revision) -> str:
    line = revision.chance.choice(revision.spare)
    letters = [character for character in line if character.isalnum()]
    return revision.chance.choice(letters or ["x"])


def typos(revision: Revision, share: float = 0.04) -> None:
    """A letter of some words changed, doubled, lost, or two swapped."""
    chance = revision.chance

    def change(word: Sentence) -> Sentence:
        if chance.random() > share or len(word) < 2:
            return word
        at = chance.randrange(len(word) - 1)
        match chance.randrange(4):
            case 0:
                return [*word[:at], (_other_letter(revision), word[at][1]), *word[at + 1 :]]
            case 1:
                return [*word[:at], word[at], *word[at:]]
            case 2:
                return [*word[:at], *word[at + 1 :]]
            case _:
                return [*word[:at], word[at + 1], word[at], *word[at + 2 :]]

    revision.words(change)


def scanned(revision: Revision, share: float = 0.02) -> None:
    """Letters misread everywhere."""
    chance = revision.chance

    def change(word: Sentence) -> Sentence:
        found: Sentence = []
        for character, origin in word:
            if chance.random() > share or not character.isalnum():
                found.append((character, origin))
            else:
                misread = _CONFUSED.get(character) or _other_letter(revision)
                found += [(letter, origin) for letter in misread]
        return found

    revision.words(change)


def rewritten(revision: Revision) -> None:
    """Words of a fourth of the sentences put differently, from a tenth of them to half."""
    chance = revision.chance
    for paragraph, number in revision.sentences:
        if chance.random() > 0.25:
            continue
        share = chance.uniform(0.1, 0.5)
        sentence: Sentence = []
        for word in _words(paragraph[number]):
            if chance.random() > share:
                sentence += word
            elif chance.random() < 0.7:
                other = chance.choice(chance.choice(revision.spare).split(" "))[:12]
                sentence += [(c, word[0][1]) for c in other] + _fresh(" ")
        paragraph[number] = sentence


def deleted(revision: Revision) -> None:
    """Sentences and whole paragraphs taken out."""
    chance = revision.chance
    revision.paragraphs = [p for p in revision.paragraphs if chance.random() > 0.08]
    for paragraph in revision.paragraphs:
        paragraph[:] = [sentence for sentence in paragraph if chance.random() > 0.1]


def moved(revision: Revision) -> None:
    """Paragraphs, and a few sentences, put elsewhere."""
    chance = revision.chance
    paragraphs = revision.paragraphs
    for _ in range(max(1, len(paragraphs) // 12)):
        paragraph = paragraphs.pop(chance.randrange(len(paragraphs)))
        paragraphs.insert(chance.randrange(len(paragraphs) + 1), paragraph)
    for _ in range(max(1, len(paragraphs) // 20)):
        source, goal = chance.choice(paragraphs), chance.choice(paragraphs)
        if source:
            goal.insert(chance.randrange(len(goal) + 1), source.pop(chance.randrange(len(source))))


def inserted(revision: Revision) -> None:
    """Sentences and paragraphs of another text put in."""
    chance = revision.chance
    paragraphs: list[Paragraph] = []
    for paragraph in revision.paragraphs:
        if chance.random() < 0.15:
            paragraphs.append([_fresh(chance.choice(revision.spare))])
        for number in range(len(paragraph), -1, -1):
            if chance.random() < 0.08:
                line = chance.choice(revision.spare).split(". ")[0]
                paragraph.insert(number, _fresh(line + ". "))
        paragraphs.append(paragraph)
    revision.paragraphs = paragraphs


def lookalikes(revision: Revision) -> None:
    """Sentences said again elsewhere: to the letter, or a third of the words put differently and
    then often with the first one gone.
    """
    chance = revision.chance
    places = [(p, n) for p, n in revision.sentences if len(p[n]) > 12]
    for paragraph, number in chance.sample(places, max(1, len(places) // 10)):
        goal = chance.choice(revision.paragraphs)
        if number >= len(paragraph) or goal is paragraph:
            continue
        words = list(_words([(character, NEW) for character, _ in paragraph[number]]))
        is_changed = chance.random() < 0.5 and len(words) > 3
        if is_changed:
            for at in chance.sample(range(len(words)), -(-len(words) // 3)):
                other = chance.choice(chance.choice(revision.spare).split(" "))[:12]
                words[at] = _fresh(other + (" " if words[at][-1][0] == " " else ""))
        goal.insert(chance.randrange(len(goal) + 1), [c for word in words for c in word])
        if is_changed and chance.random() < 0.5:
            paragraph.pop(number)


def planted(revision: Revision) -> None:
    """Sentences said again elsewhere with at most one word less, and then half of the first ones
    gone: what the first versions of this benchmark called lookalikes.

    What is called gone here may be called moved as well, with a word less.
    """
    chance = revision.chance
    places = [(p, n) for p, n in revision.sentences if len(p[n]) > 12]
    for paragraph, number in chance.sample(places, max(1, len(places) // 10)):
        if number >= len(paragraph):
            continue
        words = list(_words([(character, NEW) for character, _ in paragraph[number]]))
        is_changed = chance.random() < 0.5 and len(words) > 3
        if is_changed:
            words.pop(chance.randrange(len(words)))
        goal = chance.choice(revision.paragraphs)
        if goal is paragraph:
            continue
        goal.insert(chance.randrange(len(goal) + 1), [c for word in words for c in word])
        if is_changed and chance.random() < 0.5:
            paragraph.pop(number)


def curly(revision: Revision) -> None:
    """Straight quotation marks, hyphens and dots as a typesetter wants them, or back."""
    is_straight = sum(map(revision.old.count, "\"'")) >= sum(map(revision.old.count, "“’"))
    to_curly = {"'": "’", '"': "”", "-": "–"}
    back = {"’": "'", "‘": "'", "“": '"', "”": '"', "—": "--", "…": "..."}
    table = to_curly if is_straight else back
    revision.words(lambda w: [(n, o) for c, o in w for n in table.get(c, c)])


def rewrapped(revision: Revision) -> None:
    """Lines of at most 60 characters, words broken at their ends."""
    column = 0

    def change(word: Sentence) -> Sentence:
        nonlocal column
        column += len(word)
        if column < 60:
            return word
        column = 0
        if len(word) > 8:
            return [*word[:4], *_fresh("-\n"), *word[4:]]
        return [*word, *_fresh("\n")]

    revision.words(change)


def marked_up(revision: Revision) -> None:
    """The text as Markdown: headings, emphasis, links, escapes, quotations."""
    chance = revision.chance

    def change(word: Sentence) -> Sentence:
        draw = chance.random()
        if draw < 0.03:
            return [*_fresh("**"), *word, *_fresh("** ")]
        if draw < 0.06:
            return [*_fresh("*"), *word, *_fresh("* ")]
        if draw < 0.07:
            return [*_fresh("["), *word, *_fresh("](https://example.org/a/page) ")]
        if draw < 0.08:
            return [*_fresh("`"), *word, *_fresh("` ")]
        return word

    revision.words(change)
    for paragraph in revision.paragraphs:
        if paragraph and chance.random() < 0.2:
            paragraph[0] = _fresh(chance.choice(["> ", "- ", "## ", "1. "])) + paragraph[0]


def edition(revision: Revision) -> None:
    """A new edition: some of everything that editors do."""
    typos(revision, 0.01)
    chance = revision.chance
    for paragraph, number in revision.sentences:
        if chance.random() < 0.05:
            words = list(_words(paragraph[number]))
            words.insert(
                chance.randrange(len(words) + 1),
                _fresh(chance.choice(revision.spare).split(" ")[0] + " "),
            )
            paragraph[number] = [c for word in words for c in word]
    revision.paragraphs = [p for p in revision.paragraphs if chance.random() > 0.02]
    for _ in range(max(1, len(revision.paragraphs) // 40)):
        paragraph = revision.paragraphs.pop(chance.randrange(len(revision.paragraphs)))
        revision.paragraphs.insert(chance.randrange(len(revision.paragraphs) + 1), paragraph)
    curly(revision)


def everything(revision: Revision) -> None:
    """All of it, one after the other."""
    for change in (deleted, moved, inserted, rewritten, lookalikes, curly, rewrapped):
        change(revision)
    typos(revision, 0.02)


KINDS: dict[str, Callable[[Revision], None]] = {
    "typos": typos,
    "scanned": scanned,
    "rewritten": rewritten,
    "deleted": deleted,
    "moved": moved,
    "inserted": inserted,
    "lookalikes": lookalikes,
    "curly quotes": curly,
    "re-wrapped": rewrapped,
    "Markdown": marked_up,
    "new edition": edition,
    "everything": everything,
}


APART: dict[str, Callable[[Revision], None]] = {"planted copies": planted}
"""Revisions that are measured by themselves: they are in no sum."""


def quotes_in(old: str, count: int, seed: int) -> list[tuple[int, int]]:
    """Choose passages that a reader might mark: a word or two up to a few sentences."""
    chance = random.Random(seed)
    starts = [match.start() for match in re.finditer(r"(?<!\S)[^\W_]", old)] or [0]
    if len(starts) * 30 < len(old):  # no spaces between words
        starts = [at for at in range(0, len(old), 3) if old[at].isalnum()]
    found: list[tuple[int, int]] = []
    scale = 0.4 if sum(c >= "\u2e80" for c in old[:2000]) > 600 else 1.0
    while len(found) < count:
        start = chance.choice(starts)
        length = chance.choice([(4, 14), (14, 30), (30, 80), (80, 200), (200, 500)])
        end = min(len(old), start + max(2, round(chance.randint(*length) * scale)))
        end = min(end, old.find("\n\n", start) if "\n\n" in old[start:end] else end)
        while end < len(old) and old[end].isalnum() and old[end - 1].isalnum() and scale == 1.0:
            if end - start > length[1] + 12:
                break
            end += 1
        quote = old[start:end].rstrip()
        if sum(map(str.isalnum, quote)) >= 3:
            found.append((start, start + len(quote)))
    return found


class Truths:
    """Tells where passages of the old text are in the new one."""

    def __init__(self, old: str, new: str, origins: list[int]) -> None:
        self._old, self._new = old, new
        self._places: dict[int, list[int]] = {}
        for place, origin in enumerate(origins):
            if origin != NEW:
                self._places.setdefault(origin, []).append(place)

    def of(self, start: int, end: int) -> Truth:
        """Return what became of old[start:end]: its largest part, if it was torn apart."""
        places = sorted(p for o in range(start, end) for p in self._places.get(o, ()))
        if not places:
            return Truth(None, 0.0)
        parts = [[places[0]]]
        for place in places[1:]:
            if place - parts[-1][-1] > 60:
                parts.append([])
            parts[-1].append(place)
        part = max(parts, key=len)
        low, high = part[0], part[-1] + 1
        was = _letters(self._old[start:end])
        kept = Levenshtein.normalized_similarity(was, _letters(self._new[low:high]))
        return Truth((low, high), kept)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))
