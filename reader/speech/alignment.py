"""Which word each phoneme of a sentence belongs to, found by aligning it with the words' own.

In a sentence words run together, lose sounds and change vowels, so the phonemes of each word said
alone are aligned with those of the whole by dynamic programming (Needleman and Wunsch, 1970) with
costs by kind of sound: a vowel stands for another vowel rather than for a consonant.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PUNCTUATION = frozenset(".,;:?!")
"""What stands between phonemes without being one: Piper's voices take it for a pause."""

_SPACE, _MARK, _VOWEL, _CONSONANT = range(4)
_VOWELS = frozenset("aeiouyæøœɐɑɒɔɘəɚɛɜɝɞɤɨɪɯɵɶʉʊʌʏᵻ")
_MARKS = frozenset("ˈˌːˑ^-'\u0329\u032f")
_SUBSTITUTION = (
    # for      space mark vowel consonant; in hundredths of the cost of a consonant for another
    (0, 300, 300, 300),
    (300, 10, 120, 120),
    (300, 120, 50, 160),
    (300, 120, 160, 100),
)
_GAP = (40, 15, 100, 100)


def words_of_phonemes(phonemes: Sequence[str], words: Sequence[Sequence[str]]) -> list[int | None]:
    """Return for each phoneme of a sentence the number of its word, rising along the sentence.

    `words` holds the phonemes of each word said alone. None stands for spaces and punctuation. A
    word that lost all its sounds to a neighbour appears nowhere.
    """
    sounding = [index for index, phoneme in enumerate(phonemes) if phoneme not in PUNCTUATION]
    expected: list[str] = []
    owners: list[int | None] = []
    for number, word in enumerate(words):
        if number:
            expected.append(" ")
            owners.append(None)
        expected += word
        owners += [number] * len(word)
    matches = _align([phonemes[index] for index in sounding], expected)
    labels: list[int | None] = [None] * len(phonemes)
    for index, match in zip(sounding, matches, strict=True):
        if match is not None and phonemes[index] != " ":
            labels[index] = owners[match]
    for group in _groups(phonemes):
        _label_rest(phonemes, labels, group)
    return _rising(phonemes, labels)


def _align(sounded: Sequence[str], expected: Sequence[str]) -> list[int | None]:
    """Return for each symbol sounded the index of the expected one it stands for, if any."""
    import numpy as np

    kinds_a = np.array([_kind(symbol) for symbol in sounded], dtype=np.intp)
    kinds_b = np.array([_kind(symbol) for symbol in expected], dtype=np.intp)
    codes = {symbol: code for code, symbol in enumerate({*sounded, *expected})}
    codes_a = np.array([codes[symbol] for symbol in sounded], dtype=np.intp)
    codes_b = np.array([codes[symbol] for symbol in expected], dtype=np.intp)
    gaps_a = np.array(_GAP, dtype=np.int32)[kinds_a]
    gaps_b = np.array(_GAP, dtype=np.int32)[kinds_b]
    costs = np.array(_SUBSTITUTION, dtype=np.int32)[kinds_a[:, None], kinds_b[None, :]]
    costs[codes_a[:, None] == codes_b[None, :]] = 0
    skipped = np.concatenate(([0], np.cumsum(gaps_b))).astype(np.int32)
    totals = np.empty((len(sounded) + 1, len(expected) + 1), dtype=np.int32)
    totals[0] = skipped
    for row in range(1, len(sounded) + 1):
        above = totals[row - 1]
        best = above + gaps_a[row - 1]
        np.minimum(best[1:], above[:-1] + costs[row - 1], out=best[1:])
        # a run of skipped symbols costs the difference of two sums, so a running minimum finds it
        totals[row] = np.minimum.accumulate(best - skipped) + skipped
    return _trace_back(totals, costs, gaps_a)


def _trace_back(
    totals: NDArray[np.int32], costs: NDArray[np.int32], gaps_a: NDArray[np.int32]
) -> list[int | None]:
    row, column = totals.shape[0] - 1, totals.shape[1] - 1
    matches: list[int | None] = [None] * row
    while row and column:
        total = totals[row, column]
        if total == totals[row - 1, column - 1] + costs[row - 1, column - 1]:
            row, column = row - 1, column - 1
            matches[row] = column
        elif total == totals[row - 1, column] + gaps_a[row - 1]:
            row -= 1
        else:
            column -= 1
    return matches


def _kind(symbol: str) -> int:
    first = symbol[:1]
    if first == " ":
        return _SPACE
    if first in _MARKS or unicodedata.category(first) in ("Mn", "Nd"):  # digits are tones
        return _MARK
    return _VOWEL if first in _VOWELS else _CONSONANT


def _groups(phonemes: Sequence[str]) -> list[list[int]]:
    """Return the runs of phonemes without a space or punctuation between."""
    groups: list[list[int]] = [[]]
    for index, phoneme in enumerate(phonemes):
        if phoneme == " " or phoneme in PUNCTUATION:
            groups.append([])
        else:
            groups[-1].append(index)
    return [group for group in groups if group]


def _label_rest(phonemes: Sequence[str], labels: list[int | None], group: Sequence[int]) -> None:
    """Give phonemes that stand for none expected to the word around them in their group."""
    for place, index in enumerate(group):
        if labels[index] is not None:
            continue
        before = labels[group[place - 1]] if place else None
        after = next((labels[i] for i in group[place + 1 :] if labels[i] is not None), None)
        is_stress = phonemes[index] in "ˈˌ"  # it stands before the syllable it belongs to
        labels[index] = after if before is None or (is_stress and after is not None) else before


def _rising(phonemes: Sequence[str], labels: Sequence[int | None]) -> list[int | None]:
    """Make the numbers rise; a group that matched nothing goes with the word before it."""
    known = [label for label in labels if label is not None]
    last = known[0] if known else 0
    rising: list[int | None] = []
    for phoneme, label in zip(phonemes, labels, strict=True):
        if phoneme == " " or phoneme in PUNCTUATION:
            rising.append(None)
            continue
        last = last if label is None else max(last, label)
        rising.append(last)
    return rising
