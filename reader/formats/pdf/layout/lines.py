"""Words to lines: what stands side by side on one baseline, with no column between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from reader.formats.pdf.words.page_words import Word

GAP_EM = 1.7
"""Of the type's size: words of a justified line that follow each other stand closer than that."""

_NEAR_EM = 0.6
"""The same for words that don't follow each other in the page's content."""
_BACK_EM = 0.7
_BASELINE_EM = 0.2
_RAISED_EM = 0.65
_GLUED_EM = 0.25
_INITIAL = 1.8
"""How much larger than the text beside it a large initial is."""

_WORDS_OF_ONE_LETTER = frozenset("AIOYÀÉÓ")


@dataclass
class Line:
    """Words side by side on one baseline, from left to right; more than one part of a table's row.

    Its box is that of its words; `size` that of most of its characters.
    """

    words: list[Word]

    @cached_property
    def left(self) -> float:
        """Its left edge."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Its right edge."""
        return max(word.right for word in self.words)

    @cached_property
    def size(self) -> float:
        """The size of most of its type, in points."""
        sizes = Counter[float]()
        for word in self.words:
            sizes[word.size] += len(word.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @cached_property
    def baseline(self) -> float:
        """The baseline of most of its words."""
        size = self.size
        return next((w.baseline for w in self.words if w.size == size), self.words[0].baseline)

    @cached_property
    def top(self) -> float:
        """Where its usual letters begin: not its box, which accents and raised words enlarge."""
        return self.baseline - 0.8 * self.size

    @cached_property
    def bottom(self) -> float:
        """Where its usual letters end."""
        return self.baseline + 0.25 * self.size

    @cached_property
    def text(self) -> str:
        """Its words with a space where one is."""
        return "".join(w.text if w.is_glued else f" {w.text}" for w in self.words).strip()

    @cached_property
    def letter_count(self) -> int:
        """How many characters it has."""
        return sum(len(word.text) for word in self.words)

    @cached_property
    def is_plain(self) -> bool:
        """Whether all its words are of one face and on the baseline."""
        face, base = self.words[0].face, self.baseline
        return all(
            word.face == face and not word.is_sign and abs(word.baseline - base) < 0.1
            for word in self.words
        )

    def share(self, quality: str) -> float:
        """Return which part of its characters is "is_bold" or the like."""
        known = self._shares.get(quality)
        if known is None:
            of_it = sum(len(w.text) for w in self.words if getattr(w.face, quality))
            known = self._shares[quality] = of_it / max(self.letter_count, 1)
        return known

    @cached_property
    def _shares(self) -> dict[str, float]:
        return {}

    def forget(self) -> None:
        """Forget what was told from the words: there are others now."""
        for name in set(self.__dict__) - {"words"}:
            del self.__dict__[name]


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Return the lines that words make, in the order in which the page's content begins them."""
    lines: list[Line] = []
    current: list[Word] = []
    for word in words:
        if current and not _goes_on(current, word, GAP_EM):
            lines.append(Line(current))
            current = []
        current.append(word)
    if current:
        lines.append(Line(current))
    return _joined(lines)


def middle(numbers: Sequence[float]) -> float:
    """Return the median, the lower one of two."""
    return sorted(numbers)[(len(numbers) - 1) // 2]


def _goes_on(line: Sequence[Word], word: Word, gap_em: float) -> bool:
    last = line[-1]
    if len(line) == 1 and _is_initial(last.text) and last.size >= _INITIAL * word.size:
        return False
    em = max(word.size, last.size)
    if not -_BACK_EM * em <= word.left - last.right <= gap_em * em:
        return False
    lift = last.baseline - word.baseline
    if abs(lift) <= _BASELINE_EM * em:
        return True
    if word.is_glued and word.left - last.right < _GLUED_EM * em and abs(lift) <= _RAISED_EM * em:
        return True  # a letter of a word, moved up or down, as in TeX's own name
    # a raised or lowered word, and the one after it, which is back on the line
    is_small = min(word.size, last.size) <= 0.85 * em
    if is_small and abs(lift) <= _RAISED_EM * em:
        return True
    return any(abs(w.baseline - word.baseline) <= _BASELINE_EM * em for w in line[-3:-1])


def _joined(lines: list[Line]) -> list[Line]:
    """Join lines that are parts of one: closer than words of two columns ever stand."""
    lines = _rejoined_initials(lines)
    by_place = sorted(range(len(lines)), key=lambda n: (lines[n].baseline, lines[n].left))
    gone: set[int] = set()
    for at, number in enumerate(by_place):
        if number in gone:
            continue
        line = lines[number]
        for other in by_place[at + 1 : at + 40]:
            here = lines[other]
            if here.baseline - line.baseline > _RAISED_EM * line.size:
                break
            if other not in gone and _is_part(line, here):
                line.words = sorted(line.words + here.words, key=lambda word: word.left)
                line.forget()
                gone.add(other)
    return [line for number, line in enumerate(lines) if number not in gone]


def _is_part(line: Line, other: Line) -> bool:
    em = max(line.size, other.size)
    first, second = (line, other) if line.left <= other.left else (other, line)
    near = _NEAR_EM * min(line.size, other.size)
    if not -_BACK_EM * em <= second.left - first.right <= near:
        return False
    lift = abs(line.baseline - other.baseline)
    if lift <= _BASELINE_EM * em:
        return True
    is_small = min(line.size, other.size) <= 0.85 * em
    return is_small and lift <= _RAISED_EM * em and min(len(line.words), len(other.words)) == 1


def _rejoined_initials(lines: list[Line]) -> list[Line]:
    """Put a large initial before the first of the lines that stand beside it."""
    kept: list[Line] = []
    for number, line in enumerate(lines):
        if _is_initial(line.text) and number + 1 < len(lines):
            following = lines[number + 1]
            is_beside = (
                line.size >= _INITIAL * following.size
                and -0.2 * line.size <= following.left - line.right <= 0.6 * line.size
                and line.baseline - 1.1 * line.size <= following.baseline < line.baseline
            )
            if is_beside:
                first = following.words[0]
                is_rest = first.text[:1].islower() or first.text.isupper()
                first.is_glued = is_rest and not _is_word_alone(line.text, first.text, lines)
                following.words.insert(0, line.words[0])
                following.forget()
                continue
        kept.append(line)
    return kept


def _is_initial(text: str) -> bool:
    return len(text) <= 2 and text.isalpha()


def _is_word_alone(initial: str, following: str, lines: Sequence[Line]) -> bool:
    """Whether an initial is a word of its own, as in "A man", told from the words of the page."""
    if initial not in _WORDS_OF_ONE_LETTER:
        return False
    words = {word.text.lower().strip(".,;:!?") for line in lines for word in line.words[1:]}
    joined = (initial + following).lower()
    return joined not in words and following.lower() in words
