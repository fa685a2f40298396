"""Letters of a text, folded: what revisions change idly is gone."""

from __future__ import annotations

import re
import unicodedata

# letters that fold to others although Unicode doesn't decompose them
_SPELT_OUT = {"æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "þ": "th", "ł": "l"}

_OTHERS = re.compile("[^\\x00-\\x7f]+")


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


FOLDING = _Folding()
"""What each character becomes, by its number."""


def fold(text: str) -> str:
    """Return the letters of a text: NFKD, case folded, letters and digits only.

    It works character by character: `fold(a + b)` is `fold(a) + fold(b)`.
    """
    if not text.isascii():  # `translate` is slow for all of a text with a few such signs
        text = _OTHERS.sub(_folded, text)
    return text.translate(FOLDING)


def _folded(match: re.Match[str]) -> str:
    return match[0].translate(FOLDING)


def weight(letters: str) -> int:
    """Return how much letters tell, in letters of an alphabet: an ideograph tells as much as 3."""
    if letters.isascii():
        return len(letters)
    return len(letters) + 2 * len(_IDEOGRAPHIC.findall(letters))
