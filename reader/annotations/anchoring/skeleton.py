"""A text reduced to its letters, folded, with a way back: what revisions change idly is gone."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate

# letters that fold to others although Unicode doesn't decompose them
_SPELT_OUT = {"æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "þ": "th", "ł": "l"}

_OTHERS = re.compile("[^\\x00-\\x7f]+")

_PIECE = re.compile(r"[^\n]{1,255}\n?|\n")

# signs that choose how another character looks, and say nothing themselves
_JOINER = 0x034F
_LAST_COMMON_VARIATION = range(0xFE00, 0xFE10)

_IDEOGRAPHIC = re.compile("[\u2e80-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff]")


class _Folding(dict[int, str | int | None]):
    """What a character becomes, as `str.translate` wants it; learnt as characters are met."""

    def __missing__(self, character: int) -> str | int | None:
        letters, before = chr(character), ""
        while letters != before:  # what is folded stays as it is when it is folded again
            before = letters
            letters = "".join(
                _SPELT_OUT.get(letter, letter)
                for letter in unicodedata.normalize("NFKD", letters).casefold()
                if _is_letter(letter)
            )
        # numbers and None are what `translate` is quickest with
        folded = None if not letters else ord(letters) if len(letters) == 1 else letters
        self[character] = folded
        return folded


def _is_letter(character: str) -> bool:
    """Letters, digits, and the vowel signs of scripts that write words with them.

    Accents and points that a text may have or lack (Latin, Hebrew, Arabic) have a combining class.
    """
    if character.isalnum():
        return True
    if unicodedata.category(character) not in ("Mn", "Mc") or unicodedata.combining(character):
        return False
    code = ord(character)
    return code != _JOINER and code not in _LAST_COMMON_VARIATION and code < 0xE0000


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return the letters of a text: NFKD, case folded, letters and digits only.

    It works character by character: `fold(a + b)` is `fold(a) + fold(b)`.
    """
    if not text.isascii():  # `translate` is slow for all of a text with a few such signs
        text = _OTHERS.sub(_folded, text)
    return text.translate(_FOLDING)


def _folded(match: re.Match[str]) -> str:
    return match[0].translate(_FOLDING)


def weight(letters: str) -> int:
    """Return how much letters tell, in letters of an alphabet: an ideograph tells as much as 3."""
    if letters.isascii():
        return len(letters)
    return len(letters) + 2 * len(_IDEOGRAPHIC.findall(letters))


class Skeleton:
    """The letters of a text, and where each of them stands in it."""

    def __init__(self, text: str, known: dict[str, str] | None = None) -> None:
        """`known` is shared by texts that have much in common, so that it is folded once."""
        self.text = text
        # not `findall`: it would keep every other thread waiting until it is done
        pieces = [match[0] for match in _PIECE.finditer(text)]
        known = {} if known is None else known
        folded = []
        for piece in pieces:
            letters = known.get(piece)
            if letters is None:
                letters = known[piece] = fold(piece)
            folded.append(letters)
        self.letters = "".join(folded)
        self._starts = list(accumulate(map(len, pieces), initial=0))
        self._letter_starts = list(accumulate(map(len, folded), initial=0))

    def __len__(self) -> int:
        return len(self.letters)

    def letters_before(self, offset: int) -> int:
        """Return how many letters come before a place in the text."""
        piece = bisect_right(self._starts, offset) - 1
        return self._letter_starts[piece] + len(fold(self.text[self._starts[piece] : offset]))

    def offset_of(self, letter: int) -> int:
        """Return the place of the character that a letter comes from; for the one behind the
        last, the text's end.
        """
        piece = bisect_right(self._letter_starts, letter) - 1
        if piece == len(self._starts) - 1:
            return len(self.text)
        start, end = self._starts[piece], self._starts[piece + 1]
        before, behind = self._letter_starts[piece], self._letter_starts[piece + 1]
        # letters are spread evenly enough for a guess to be near
        offset = start + (letter - before) * (end - start) // (behind - before)
        count = before + len(fold(self.text[start:offset]))
        while count > letter:
            offset -= 1
            count -= _letters_of(self.text[offset])
        while (count := count + _letters_of(self.text[offset])) <= letter:
            offset += 1
        return offset


def _letters_of(character: str) -> int:
    folded = _FOLDING[ord(character)]
    return len(folded) if isinstance(folded, str) else folded is not None
