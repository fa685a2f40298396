"""Signs in English text: what &, =, –, #, < and emoji are read as, and where they are silent."""

from __future__ import annotations

import re

from reader.speech.verbalise.english.formulas import bounded_sign_at
from reader.speech.verbalise.english.tables import SIGNS
from reader.speech.verbalise.plain import EMOJI, emoji_name, plain_word
from reader.speech.verbalise.words import Passage, SpokenWord

_PER = re.compile(r"/([a-z]+L?)")
_PER_SAID = {
    "yr": "year", "mo": "month", "wk": "week", "hr": "hour", "min": "minute", "sec": "second",
    "kg": "kilogram", "lb": "pound", "mi": "mile", "km": "kilometer", "ml": "milliliter",
    "mL": "milliliter",
}  # fmt: skip
_IN_BRACKETS = re.compile(r"<[^\W\d][^\s<>]*>")
_LENGTH_BEFORE = re.compile(r"\d\s?(?:mm|cm|m|km|in|ft|inch|inches|feet|px)\.?\s?$")
_DEGREES_BEFORE = re.compile(r"°\s?[CF]$")
_NUMBERED = re.compile(r"\d|[A-Z]{1,4}-?\d")
_COPYRIGHT = re.compile(r"\bcopyright\s?\(?$", re.IGNORECASE)
_SPAN_BEFORE = re.compile(  # 514a–520a, I–III, US$5–US$10, noon–6pm
    r"(?:\d[a-z]?|\b[IVXLC]+|\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\.?|\b(?:noon|midnight)|\(\d{1,3}[a-z]?\)|\([a-z]\)|\b(?:pp?\.?|pages)\s[ivxlc]+)$"
)
_SPAN_AFTER = re.compile(
    r"(?:[A-Z]{0,3}[$£€])?\d|[IVXLC]+\b|c\.\s?\d|\((?:\d{1,3}[a-z]?|[a-z])\)|[ivxlc]+\b"
)
_ABSOLUTE = re.compile(r"\|([a-z])\|")
_STAMMER = re.compile(r"\bI–I\b")
_LETTERS_BETWEEN = re.compile(
    r"(?:\b([A-Z])|(?<=\d)([a-z]))–(?(1)([A-Z])|([a-z]))\b"
)  # columns A–F, figure 3a–c, but not I–I


def say_sign(passage: Passage, position: int) -> tuple[list[SpokenWord], int]:
    """Return what is said for the sign or emoji at `position`, and where it ends."""
    text = passage.text
    if emoji := EMOJI.match(text, position, passage.end):
        end = emoji.end()
        while text.startswith(emoji.group(), end, passage.end):
            end += len(emoji.group())  # somebody laughs a lot: once is enough for the ear
        return [SpokenWord(emoji_name(emoji.group()), position, end)], end
    if bounded := bounded_sign_at(text, position, passage.end):
        return [SpokenWord(bounded[0], position, bounded[1])], bounded[1]
    if absolute := _ABSOLUTE.match(text, position, passage.end):
        said = f"the absolute value of {absolute[1]}"
        return [SpokenWord(said, position, absolute.end())], absolute.end()
    sign = text[position]
    before = passage.before(position)
    if sign == "–":
        is_span = _SPAN_BEFORE.search(passage.before(position)) is not None
        is_span = is_span and _SPAN_AFTER.match(passage.after(position + 1)) is not None
        is_span = is_span and not _STAMMER.match(text, position - 1)
        letters = _LETTERS_BETWEEN.match(text, position - 1) if position > passage.start else None
        is_span = is_span or (letters is not None and _ascend(letters))
        return [SpokenWord("to" if is_span else "", position, position + 1)], position + 1
    end = position + (2 if text.startswith("§§", position) else 1)
    spoken = SIGNS.get(text[position:end], "")
    following = text[end : end + 1]
    is_over = sign == "/" and before.endswith(")")  # (a + b)/2
    is_per = sign == "/" and not is_over and not _DEGREES_BEFORE.search(before)
    per = _PER.match(text, position, passage.end) if is_per else None
    if per is not None:
        return [SpokenWord(f"per {_PER_SAID.get(per[1], per[1])}", position, per.end())], per.end()
    if sign == "×" and _LENGTH_BEFORE.search(before):
        spoken = "by"  # 10 cm × 5 cm
    elif sign == "/" and not is_per:
        spoken = "over" if is_over else "or"  # 180 °C/350 °F
    elif sign == "#":
        spoken = "number" if _NUMBERED.match(text, end, passage.end) else "hashtag"
        if text[position - 1 : position].isalpha() and position > passage.start:
            spoken = "sharp"  # C#, F#
    elif sign == "@":
        spoken = "at"
    elif sign in "<>" and _is_bracket(passage, position):
        spoken = ""  # <someone@example.org>
    elif sign in "<>" and following.isdigit():
        pass
    elif sign == "©" and _COPYRIGHT.search(passage.before(position)):
        spoken = ""
    elif sign in "<>=+" and not _stands_between(passage, position, end):
        spoken = ""  # an arrow or a rule made of signs, a tag, "C++"
        if sign == "+" and text[position - 1 : position].isalnum() and position > passage.start:
            spoken = "plus"
            while text[end : end + 1] == "+" and end < passage.end:
                spoken, end = spoken + " plus", end + 1
    elif not spoken:
        spoken = plain_word(sign)
        end = position + 1
    return [SpokenWord(spoken, position, end)], end


def _ascend(letters: re.Match[str]) -> bool:
    first, last = (letter for letter in letters.groups() if letter)
    return first < last


def _is_bracket(passage: Passage, position: int) -> bool:
    """Whether < or > is one of a pair around an address or a name, without a space within."""
    if passage.text[position] == "<":
        return _IN_BRACKETS.match(passage.text, position, passage.end) is not None
    before = passage.before(position)
    start = before.rfind("<")
    return start >= 0 and _IN_BRACKETS.fullmatch(f"{before[start:]}>") is not None


def _stands_between(passage: Passage, position: int, end: int) -> bool:
    """Whether a sign has a term on both sides."""
    before = passage.before(position).rstrip()[-1:]
    after = passage.after(end).lstrip()[:1]
    return (before.isalnum() or before in ")}|%°.") and (
        after.isalnum() or after in "({[|-−±$£€.∅√∑∫∂"
    )
