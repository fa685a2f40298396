"""Hypothesis's published way to find a quote again, to measure ours beside it.

Source: `match-quote.ts` of its client (BSD-2-Clause) and the `approx-string-match` package, from
their description: exact occurrences, else those with the fewest edits, up to half of the quote;
the best by quote (50), prefix (20), suffix (20) and position (2). No score is too low.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz


def find_quote(
    text: str, exact: str, prefix: str, suffix: str, position: int
) -> tuple[int, int] | None:
    """Return where the quote is taken to stand."""
    if text.startswith(exact, position):
        return position, position + len(exact)
    matches = list(_matches(text, exact, min(256, len(exact) // 2)))
    if not matches:
        return None

    def score(match: tuple[int, int, int]) -> float:
        start, end, errors = match
        quote_score = 1 - errors / len(exact)
        prefix_score = _likeness(text[max(0, start - len(prefix)) : start], prefix)
        suffix_score = _likeness(text[end : end + len(suffix)], suffix)
        position_score = 1 - abs(start - position) / len(text)
        return 50 * quote_score + 20 * prefix_score + 20 * suffix_score + 2 * position_score

    start, end, _ = max(matches, key=score)
    return start, end


def _matches(text: str, pattern: str, most_errors: int) -> Iterator[tuple[int, int, int]]:
    place = text.find(pattern)
    if place >= 0:
        while place >= 0:
            yield place, place + len(pattern), 0
            place = text.find(pattern, place + 1)
        return
    ends, errors = _closest_ends(text, pattern, most_errors)
    for end in ends:
        low = max(0, end - len(pattern) - errors)
        reversed_ends, _ = _closest_ends(text[low:end][::-1], pattern[::-1], errors, is_fixed=True)
        length = max(reversed_ends, default=len(pattern))
        yield end - length, end, errors


def _closest_ends(
    text: str, pattern: str, most_errors: int, *, is_fixed: bool = False
) -> tuple[list[int], int]:
    """Return where matches with the fewest edits end. Source: Myers 1999, on large integers.

    `is_fixed` has them begin at the text's start.
    """
    masks: dict[str, int] = {}
    for at, character in enumerate(pattern):
        masks[character] = masks.get(character, 0) | 1 << at
    full, last = (1 << len(pattern)) - 1, 1 << (len(pattern) - 1)
    plus, minus, errors = full, 0, len(pattern)
    best, ends = most_errors, []
    for at, character in enumerate(text, 1):
        mask = masks.get(character, 0)
        diagonal = (((mask & plus) + plus) ^ plus) | mask | minus
        up = minus | (full & ~(diagonal | plus))
        down = plus & diagonal
        if up & last:
            errors += 1
        elif down & last:
            errors -= 1
        up = (up << 1) | is_fixed
        plus = full & ((down << 1) | (full & ~(diagonal | up)))
        minus = up & diagonal
        if errors < best:
            best, ends = errors, [at]
        elif errors == best:
            ends.append(at)
    return ends, best


def _likeness(text: str, wanted: str) -> float:
    if not wanted:
        return 1.0
    if not text:
        return 0.0
    if wanted in text:
        return 1.0
    return fuzz.partial_ratio(text, wanted) / 100
