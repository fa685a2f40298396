"""Which way a text is written: from left to right, or from right to left."""

from __future__ import annotations

import unicodedata

# the classes of letters that are (Unicode Standard Annex 9)
_RIGHT_TO_LEFT = ("R", "AL")


def is_right_to_left(character: str) -> bool:
    """Whether a character is a letter of a script that is written from right to left."""
    return unicodedata.bidirectional(character) in _RIGHT_TO_LEFT


def runs_right_to_left(text: str) -> bool:
    """Whether the text as a whole is written from right to left.

    That more than two words of five are, is Google's estimate of it (Closure's `goog.i18n.bidi`).
    The first letter alone, by which the Unicode rules go, says little of a paragraph: Arabic and
    Hebrew ones begin with foreign names as English ones do.
    """
    words = leftwards = 0
    for word in text.split():
        for character in word:
            direction = unicodedata.bidirectional(character)
            if direction == "L" or direction in _RIGHT_TO_LEFT:
                words += 1
                leftwards += direction != "L"
                break
    return leftwards * 5 > words * 2
