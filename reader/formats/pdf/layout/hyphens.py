"""Hyphens at the ends of lines: which belong to the word, told from the words around them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from reader.formats.pdf.layout.lines import Line

HYPHENS = "-\u2010\u00ad"
_WORDS = re.compile(r"[^\W\d_]+(?:[-\u2010'’][^\W\d_]+)*")
_TAIL = re.compile(rf"([^\W\d_]+)[{HYPHENS}]$")
_COMPOUND_STARTS = frozenset(
    [
        "self",
        "well",
        "half",
        "old",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
    ]
)
"""First parts that English words keep their hyphen after, where nothing else decides."""
_SOLID_STARTS = frozenset(
    ["any", "every", "fore", "out", "over", "some", "through", "under", "with"]
)
"""First parts that English words have no hyphen after, where nothing else decides."""
_SHORT_REST = 4
_SHORT_START = 2
_ENDING = 3
"""Letters that forms of one word may differ in: "incorporates", "incorporated"."""
_ADDRESS_REST = re.compile(r"(?:_|[^\w\s])*[^\W_]\S*?[/._=?%~-]\w")
_HEAD = re.compile(rf"^[^\W\d_]+(?:[{HYPHENS}][^\W\d_]+)*")


class Vocabulary:
    """How often words stand unbroken in the lines around; compounds and their parts too."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._words = Counter[str]()
        self._first_parts = Counter[str]()
        is_rest = False
        for line in lines:
            words = _WORDS.findall(line.text)
            if is_rest:
                words = words[1:]
            is_rest = ends_broken(line.text)
            if is_rest:  # what is parted here is no word
                words = words[:-1]
            for word in words:
                plain = word.lower().replace("\u2010", "-")
                self._words[plain] += 1
                parts = plain.split("-")
                if len(parts) > 1:
                    self._first_parts[parts[0]] += 1
                    self._words.update(parts)

    def is_kept(self, before: str, after: str) -> bool:
        """Whether the hyphen between `before-` and `after`, on two lines, is the word's own.

        No dictionary: a form that stands unbroken elsewhere decides, or another form of the word;
        then whether the first part makes other compounds, or both are words.
        """
        tail, head = _TAIL.search(before), _HEAD.search(after)
        if tail is None or head is None:
            return True  # figures, or signs: "1914-", "18"
        if before.endswith("\u00ad"):
            return False
        first, second = tail[1].lower(), head[0].lower().replace("\u2010", "-")
        joined, compound = self._words[first + second], self._words[f"{first}-{second}"]
        if joined or compound:
            return compound > joined
        if head[0][0].isupper() and not tail[1].isupper():
            return True
        is_compound = first in _COMPOUND_STARTS and len(second) > _SHORT_REST
        if self._has_relative(first, second):
            return False
        is_common_start = len(first) > _SHORT_START or bool(self._words[second])
        if (self._first_parts[first] and is_common_start) or is_compound:
            return True
        if first in _SOLID_STARTS:
            return False
        shortest = min(len(first), len(second))
        return shortest >= 3 and bool(self._words[first] and self._words[second])

    def _has_relative(self, first: str, second: str) -> bool:
        """Whether a word stands elsewhere, in one piece, that only ends otherwise than both do."""
        if len(second) <= _ENDING:
            return False
        stem = first + second[:-_ENDING]
        at = bisect_left(self._sorted_words, stem)
        return at < len(self._sorted_words) and self._sorted_words[at].startswith(stem)

    @cached_property
    def _sorted_words(self) -> list[str]:
        return sorted(self._words)


def goes_on_address(before: str, after: str) -> bool:
    """Whether a web address that ends a line goes on with the next: "https:", "//example.org"."""
    if before.endswith(("http:", "https:", "ftp:")):
        return after.startswith("//")
    is_open = "://" in before and before.endswith(("/", "=", "?", "&", "%"))
    return is_open and _ADDRESS_REST.match(after) is not None


def ends_broken(text: str) -> bool:
    """Whether a line ends within a word."""
    return len(text) > 1 and text[-1] in HYPHENS and text[-2].isalnum()
