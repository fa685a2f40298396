"""The values that saying a text is made of, and the punctuation heard between its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

PREVIOUS_WORD = re.compile(r"([^\W_]+(?:['’.-][^\W_]+)*)\.?[\s\u00a0]+$")
"""Finds, in what stands before a place, the word that ends there."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """What is said for text[start:end], a word as a reader counts words.

    `stop` is the punctuation heard after it: one of , ; : . ? ! or nothing.
    """

    spoken: str
    start: int
    end: int
    stop: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentence text[start:end] that is being put into words, within its text."""

    text: str
    start: int
    end: int

    def before(self, position: int) -> str:
        """Return what stands in the sentence shortly before `position`."""
        return self.text[max(self.start, position - 60) : position]

    def after(self, position: int) -> str:
        """Return what stands in the sentence shortly after `position`."""
        return self.text[position : min(self.end, position + 60)]


_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)*)\.?[ \u00a0\u202f\u2009]$")


def word_before(passage: Passage, match: re.Match[str]) -> str:
    """Return the word that stands before a figure, in small letters, or nothing."""
    found = _WORD_BEFORE.search(passage.before(match.start()))
    return found[1].lower().replace("’", "'") if found else ""


def one_word(spoken: str, match: re.Match[str]) -> list[SpokenWord]:
    """Return what is said for all that a pattern matched, as one word."""
    return [SpokenWord(spoken, match.start(), match.end())]


class Language(Protocol):
    """Says the tokens of one language."""

    def say(self, passage: Passage, position: int) -> tuple[list[SpokenWord], int]:
        """Return what is said for the token that starts at `position`, and where it ends.

        The end is after `position`, always; the words lie between the two, in order.
        """


_STRONGEST_FIRST = (
    ("?", "?？؟⁇⁈"),
    ("!", "!！‼⁉"),
    (".", "…‥。।॥"),
    (";", ";；؛"),
    (":", ":：︰"),
    (",", ",，、،—―(){}（）【】|•‣▪"),
)
_DASH = re.compile(r"--|\s[-–/]+(?=\s)|\s[–/]+$|^[-–]+(?=\s)")
_TOUCHING = re.compile(
    "[\u0e01-\u0eff\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)
_CLOSED_STOP = re.compile(r"[.．]")
_LEADS_TO_CAPITAL = re.compile(r"[.．]\S*\s+$")


_LABEL = re.compile(
    r"\b((?:[Ee]qs?|[Ee]quations?|[Gg]l|[Gg]leichung(?:en)?|[EÉeé]quation|[Ee]cuación|[Pp]arts?|"
    r"[Ii]tems?|[Ss]teps?|[Cc]ases?|[Ff]ormulas?|[Ee]xamples?|[Cc]onditions?)\.?)"
    r"[ \u00a0]\((\d{1,3}[a-z]?|[a-z]|[ivx]{1,4})\)"
)
_REMARK = re.compile(r"\[([^\W\d_][^\[\]]{4,60})\] (?=[^\W\d_])")


def spoken_words_of(
    passage: Passage, language: Language, starts: re.Pattern[str]
) -> list[SpokenWord]:
    """Return the words of a sentence; `starts` finds where its tokens begin.

    The last word always has a stop, since a sentence is over where the text ends without one.
    """
    words = [word for word in _said(passage, language, starts) if word.spoken]
    labels = _labels(passage)
    stopped: list[SpokenWord] = []
    for word, following in pairwise(words):
        gap = passage.text[word.end : following.start]
        stop = word.stop or stop_between(gap, passage.text[following.start])
        if stop == "," and gap.strip() in ("(", ")") and (word.end in labels):
            stop = ""  # equation (3) is
        elif not stop and gap == "] " and word.end in labels:
            stop = ","  # [Aside] A little more
        stopped.append(replace(word, stop=stop))
    if words:
        last = words[-1]
        stop = stop_at_end(passage.text[last.end : passage.end], last.stop)
        stopped.append(replace(last, stop=stop))
    return stopped


def _labels(passage: Passage) -> set[int]:
    """Return where words end around the number of equation (3), and a remark at the beginning."""
    text, start, end = passage.text, passage.start, passage.end
    found: set[int] = set()
    if text.find("(", start, end) >= 0:
        for label in _LABEL.finditer(text, start, end):
            found |= {label.end(1), label.end(2)}
    if remark := _REMARK.match(text, start, end):
        found.add(remark.end(1))
    return found


def _said(passage: Passage, language: Language, starts: re.Pattern[str]) -> Iterator[SpokenWord]:
    position = passage.start
    while token := starts.search(passage.text, position, passage.end):
        words, position = language.say(passage, token.start())
        yield from words


def stop_between(gap: str, following: str) -> str:
    """Return the stop heard for the characters between two words of a sentence.

    `following` is what the second one begins with.
    """
    if gap in (" ", "", "\n", "\u00a0"):
        return ""
    if gap.count(".") > 1 or "…" in gap:
        return ","
    for stop, characters in _STRONGEST_FIRST:
        if any(character in characters for character in gap):
            if stop == "," and gap in ("(", ")"):
                return ""  # word(s)
            return "," if stop == "." else stop
    if _DASH.search(gap):
        return ","
    if _CLOSED_STOP.search(gap):
        return "," if _LEADS_TO_CAPITAL.search(gap) and following.isupper() else ""
    return ""


def stop_at_end(gap: str, known: str = "") -> str:
    """Return the stop heard for the characters behind a sentence's last word; never none."""
    return _last_stop(gap) or known or "."


def _last_stop(gap: str) -> str:
    for stop, characters in _STRONGEST_FIRST:
        if any(character in characters for character in gap.rstrip("([{（")):
            if stop in "?!":
                return stop
            if stop in ";:" or (stop == "," and any(c in ",，、،—―" for c in gap)):
                return stop if "." not in gap else "."
    return "," if _DASH.search(gap) and "." not in gap else "." if gap.strip() else ""


def join_words(words: Sequence[SpokenWord]) -> tuple[str, list[tuple[int, int]]]:
    """Return the spoken text of the words and each one's range in it.

    Thai, Lao, Chinese and Japanese words that touch in the text touch here too: ours are guesses,
    and a space between the syllables of a word makes it another.
    """
    spoken = ""
    ranges: list[tuple[int, int]] = []
    end = -1
    for word in words:
        is_touching = word.start == end and _TOUCHING.match(word.spoken) is not None
        if spoken and not is_touching:
            spoken += " "
        end = word.end if not word.stop else -1
        ranges.append((len(spoken), len(spoken) + len(word.spoken)))
        spoken += word.spoken + word.stop
    return spoken, ranges
