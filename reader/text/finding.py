"""Finds words in a text as a reader means them: whatever their case, accents or quotation marks.

Text and query are folded alike, and what was found is told in code points of the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from reader.values import value

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
        "…": "...",
        "æ": "ae",
        "Æ": "AE",
        "œ": "oe",
        "Œ": "OE",
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ı": "i",
    }
)
_PIECE = 50_000
"""Folded at a time: while Python does, it lets no other thread work."""

_SPACE = r"(?:[^\S\n]|\n(?!\n))+"
"""White space inside a paragraph; an empty line ends it."""


@value
class FindQuery:
    """What is looked for. Accents, the kind of quotation mark, dash and space never count."""

    words: str
    is_case_kept: bool = False
    is_whole_word: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.words.strip()


class FoldedText:
    """A text in which `find` looks; made once for all queries that keep case, or all that don't."""

    __slots__ = ("_shifted_at", "_shifts", "folded")

    def __init__(self, text: str, *, is_case_kept: bool) -> None:
        self._shifted_at = array("q")
        self._shifts = array("q")
        if text.isascii():
            self.folded = folded(text, is_case_kept=is_case_kept)
            return
        pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
        table = {ord(c): _folded(c, is_case_kept) for c in set().union(*pieces)}
        self.folded = "".join([piece.translate(table) for piece in pieces])
        odd = [chr(code) for code, to in table.items() if len(to) != 1]
        if odd:
            self._note_shifts(text, table, odd)

    def _note_shifts(self, text: str, table: dict[int, str], odd: list[str]) -> None:
        """Keep where folding made the text longer or shorter, and by how much in all."""
        shift = 0
        for found in re.finditer(f"[{re.escape(''.join(odd))}]", text):
            length = len(table[ord(found.group())])
            shift += 1 - length
            # from the place behind the folded form on
            self._shifted_at.append(found.end() - shift)
            self._shifts.append(shift)

    def place_of(self, index: int) -> int:
        """Return which code point of the text a character of the folded text came from."""
        number = bisect_right(self._shifted_at, index)
        found = index + (self._shifts[number - 1] if number else 0)
        if number < len(self._shifted_at):
            # inside a longer form, such as the second letter of "ss" for "ß": its beginning
            after = self._shifted_at[number] + self._shifts[number]
            found = min(found, after - 1)
        return found

    def find(self, query: FindQuery) -> Iterator[tuple[int, int]]:
        """Yield where the query stands, as ranges of code points of the text, in order."""
        pattern = pattern_of(query)
        if pattern is None:
            return
        for match in pattern.finditer(self.folded):
            yield self.place_of(match.start()), self.place_of(match.end() - 1) + 1


def pattern_of(query: FindQuery) -> re.Pattern[str] | None:
    """Return what a query looks like in folded text; None for one that finds nothing."""
    words = list(map(re.escape, folded(query.words, is_case_kept=query.is_case_kept).split()))
    if not words:
        return None
    found = _SPACE.join(words)
    if query.is_whole_word:
        found = rf"(?<!\w){found}(?!\w)"
    return re.compile(found)


def folded(text: str, *, is_case_kept: bool = False) -> str:
    """Return a text as two of them are compared: without accents, and without case."""
    if text.isascii():
        return (text if is_case_kept else text.lower()).replace("`", "'")
    return text.translate({ord(c): _folded(c, is_case_kept) for c in set(text)})


@lru_cache(4096)
def _folded(character: str, is_case_kept: bool) -> str:
    if character == "\u2028":
        return "\n"
    plain = unicodedata.normalize("NFKD", character.translate(_SIGNS))
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return bare if is_case_kept else bare.casefold()
