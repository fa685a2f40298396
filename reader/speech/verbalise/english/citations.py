"""Places in books as they are cited in English: verses of Scripture, acts and scenes."""

from __future__ import annotations

import re

from reader.speech.verbalise.english import numbers
from reader.speech.verbalise.english.tables import SCRIPTURES
from reader.speech.verbalise.words import Passage, SpokenWord, one_word, word_before
from reader.text.roman import from_roman


def book_number(_passage: Passage, match: re.Match[str]) -> list[SpokenWord]:
    """Say the 1 of 1 Corinthians."""
    return one_word(numbers.ordinal(int(match[1])), match)


def verse(passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    if word_before(passage, match) not in SCRIPTURES:
        return None
    said = f"{numbers.cardinal(int(match[1]))}, {numbers.cardinal(int(match[2]))}"
    if match[3]:
        said += f" to {numbers.cardinal(int(match[3]))}"
    if match[4]:
        said += " and following"
    return one_word(said, match)


def act_and_scene(_passage: Passage, match: re.Match[str]) -> list[SpokenWord] | None:
    """Say the III.i.56–88 of a play: three, one, fifty-six to eighty-eight."""
    act, scene = from_roman(match[1]), from_roman(match[2])
    if not act or not scene or act > 5:
        return None
    said = f"{numbers.cardinal(act)}, {numbers.cardinal(scene)}"
    if match[3]:
        said += f", {numbers.cardinal(int(match[3]))}"
    if match[4]:
        said += f" to {numbers.cardinal(int(match[4]))}"
    return one_word(said, match)
