"""When what a range became is taken for the passage, and when without asking.

The numbers were chosen on half of the revisions they were measured with; see the benchmark.
"""

from __future__ import annotations

SHORT = 13
"""Letters below which a quote says little by itself."""
MEDIUM = 20
LONG = 40
"""Letters from which a quote that stands once is the passage, whatever surrounds it."""

VERSE = 100
"""Letters from which a quote with both its sides is no line that is sung again."""

ALIKE = 0.75
"""How much of a quote has to stand at a place for it to be taken for what was quoted."""

HARDLY_CHANGED = 0.9
"""How much of a quote has to stand at a place to be seen as the quote in spite of a letter."""

SIDE = 0.8
"""How much of one side has to stand beside a passage elsewhere."""
BOTH_SIDES = 1.2

_AROUND = 36
_SURE = 0.8
_STRETCHED = 2
_PARAGRAPH = 200


def is_passage_in_place(letters: int, similarity: float) -> bool:
    """Whether what stands between the same neighbours is still the passage."""
    if letters < SHORT:
        return similarity >= 0.75
    return similarity >= (0.5 if letters < MEDIUM else 0.45)


def is_passage_elsewhere(letters: int, similarity: float, before: float, after: float) -> bool:
    """Whether what stands elsewhere is the passage; `before` and `after` tell of its sides."""
    if letters < SHORT:
        return similarity >= 0.85 and before + after >= BOTH_SIDES
    if similarity < 0.7:
        return False
    return max(before, after) >= SIDE or (letters >= LONG and similarity >= 0.8)


def is_sure(letters: int, new_letters: int, similarity: float) -> bool:
    """Whether the user needn't look at a passage that changed."""
    return similarity >= _SURE and new_letters <= _STRETCHED * letters + SHORT


def is_sure_elsewhere(letters: int, before: float, after: float, moved_letters: int) -> bool:
    """Whether the user needn't look at one that stands elsewhere, and `moved_letters` with it.

    A sentence may be repeated, and its first one taken out; of a paragraph that is no chance.
    """
    if letters < MEDIUM or max(before, after) < SIDE:
        return False
    return min(before, after) >= SIDE or moved_letters >= _PARAGRAPH


def is_enough_like(letters: int, similarity: float, evidence: float) -> bool:
    """Whether the place most like a quote is worth taking, with no earlier text to compare.

    `evidence` is how many letters of quote and sides stand there.
    """
    if letters < SHORT and similarity < 0.85:
        return False
    return similarity >= ALIKE and evidence >= 32


def is_ahead(evidence: float, second: float) -> bool:
    """Whether so many letters speak for a place that the next best is out of question."""
    return evidence - second >= 14


def is_passage_expected(letters: int, similarity: float, around: float) -> bool:
    """Whether what stands where a note is expected is its passage.

    `around` is how many letters of its sides stand there too; about one in three does by chance.
    """
    if letters < LONG or similarity < ALIKE:
        return is_passage_in_place(letters, similarity) and around >= _AROUND
    return True


def is_passage_unexpected(letters: int, similarity: float, before: float, after: float) -> bool:
    """Whether what stands where nothing led to expect a note is its passage all the same."""
    if min(before, after) >= SIDE:
        return True
    if letters < SHORT:
        return similarity == max(before, after) == 1.0
    if max(before, after) >= SIDE:
        return similarity >= HARDLY_CHANGED
    return letters >= LONG and similarity == 1.0


def is_worth_offering(similarity: float) -> bool:
    """Whether a place is shown as one where a passage not found may be."""
    return similarity >= 0.6
