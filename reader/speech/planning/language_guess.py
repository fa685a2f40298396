"""Tells which language a passage is in, where that is certain; by CLD2, on this machine.

Of the libraries tried it was the only one both sure of short sentences and small: 8 MB of memory
and 30 microseconds a paragraph, where lingua takes 100 MB and more.
"""

from __future__ import annotations

import re

from reader.speech.planning.function_words import told_by_function_words

_FEWEST_LETTERS, _FEWEST_WORDS = 60, 12
_LONGEST, _BEGINNING = 1500, 6000
_SURE_PER_CENT = 90
_RENAMED = {"iw": "he", "jw": "jv", "zh-Hant": "zh-TW", "no": "nb"}
_WORD = re.compile(r"[^\W\d_]+")
_NOT_TEXT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]|\S*://\S*")


def sure_language(text: str) -> str | None:
    """Return the BCP 47 tag of the language of a passage, None where there is any doubt.

    Both halves must be in that language too: names and quoted words are what misleads. Where there
    are too few words for that, the small ones among them must be the language's.
    """
    text = _NOT_TEXT.sub(" ", text[:_LONGEST])
    words = [match.end() for match in _WORD.finditer(text)]
    if len(words) < _FEWEST_WORDS or sum(map(str.isalpha, text)) < _FEWEST_LETTERS:
        told = told_by_function_words(text)
        return told if told is not None and told == _likeliest(text) else None
    middle = words[len(words) // 2]
    found = {_detected(part) for part in (text, text[:middle], text[middle:])}
    return found.pop() if len(found) == 1 else None


def language_of_beginning(text: str) -> str | None:
    """Return the language that most of a text's beginning is in; None if that isn't sure."""
    beginning = _NOT_TEXT.sub(" ", text[:_BEGINNING])
    return None if sum(map(str.isalpha, beginning)) < _FEWEST_LETTERS else _detected(beginning)


def _detected(text: str) -> str | None:
    is_reliable, code, per_cent = _asked(text, best_effort=False)
    return code if is_reliable and per_cent >= _SURE_PER_CENT else None


def _likeliest(text: str) -> str | None:
    return _asked(text, best_effort=True)[1]


def _asked(text: str, *, best_effort: bool) -> tuple[bool, str | None, int]:
    """Return whether CLD2 calls its answer reliable, the answer, and its share in per cent."""
    import pycld2

    try:
        is_reliable, _, ranked = pycld2.detect(text, bestEffort=best_effort)
    except (pycld2.error, UnicodeEncodeError):
        return False, None, 0
    _, code, per_cent, _ = ranked[0]
    return is_reliable, None if code == "un" else str(_RENAMED.get(code, code)), per_cent
