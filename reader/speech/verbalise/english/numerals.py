"""Roman numerals in English text: which words are one, and how they are said."""

from __future__ import annotations

import re
import unicodedata

from reader.speech.verbalise.english import numbers
from reader.speech.verbalise.english.tables import NUMBERED, REIGNED, SCRIPTURES
from reader.speech.verbalise.words import PREVIOUS_WORD, Passage
from reader.text.abbreviations import word_set
from reader.text.roman import from_roman

_PERSON_I = re.compile(r"\s+(?:am|have|had|do|did|might|think|know|see|saw|say|said|feel|want)\b")
_KINDS = word_set("phase type grade class stage level factor")
_OF_A_KIND = re.compile(  # type I and II, a phase I trial; but: the type I like
    r"[,;:.)]|$|[-–/]|\s(?:and|or|to|through|vs\.?) I|\s(?:clinical|trials?|studies|study|errors?|"
    r"diabet\w+|collagens?|interferons?|hypersensitivity|tumou?rs?|cancers?|disease|patients|"
    r"supernovae?|civili[sz]ations?|evidence|muscle|fibers?|fibres?|cells?|restriction|topoisomerase)\b"
)
_ORDINAL_AFTER = re.compile(r"[\s\u00a0]+(?:centur|(?:[A-Z]\w+ )?Corps\b)")  # XVIII Airborne Corps
_SPAN_BEFORE = re.compile(r"\b[IVXLC]+–$")
_LISTED_BEFORE = re.compile(  # types I, II and III
    r"\b([a-z]+)\s[IVX]+(?:(?:,\s[IVX]+)*,?\s(?:and|or|to|&)\s|/|,\s)$", re.IGNORECASE
)
_LIST_AFTER = re.compile(r"(?:,?\s(?:and|or|to|&)\s|/)(?:II|III|IV|VI)\b")
_WITH_ENDING = re.compile(
    r"([IVXL]{2,}|[CLXVI]{3,}|[IVX](?=st|nd))(?:st|nd|rd|th)"
)  # the XXth century
_CHAPTER_CITED = re.compile(r"[.,:]\s?\d|[.)]?$")
_PAGES_BEFORE = re.compile(r"\b(?:pp?\.?|pages)\s[ivxlc]+[–-]$")
_OWNED = re.compile(r"['’]s$")
_LETTERS = frozenset("CDLM")
_COUNTED_FAR = word_set("psalm canto sonnet chapter ch chap book bk")
"""What there are fifty and more of, so that such a letter is a number behind it."""
_CITED_BY = word_set("p pp vol ch chap bk sec art fig no sc pts")
_AFTER_NAMES = word_set("II III IV VI VII VIII IX XI XII XIII XIV XV XVI")
"""Those that are a number after any name; the others may be initials or a word."""


def roman_numeral(passage: Passage, start: int, end: int) -> str | None:
    """Return the Roman numeral text[start:end] in words; None where it isn't one.

    It is one after a name, a chapter or the like, or alone.
    """
    word = passage.text[start:end]
    if "\u2160" <= word <= "\u2188":
        word = unicodedata.normalize("NFKC", word)
        value = from_roman(word)
        return numbers.cardinal(value) if value else None
    if (owned := _OWNED.search(word)) is not None:
        numeral = roman_numeral(passage, start, end - 2)
        is_sure = owned.start() > 1 or (numeral or "").startswith("the ")  # Elizabeth I's
        return f"{numeral}'s" if numeral and is_sure else None
    ordinal = _WITH_ENDING.fullmatch(word)
    if ordinal is not None and (value := from_roman(ordinal[1])) is not None:
        ruler = PREVIOUS_WORD.search(passage.before(start))
        is_ruler = ruler is not None and ruler[1].lower() in REIGNED
        return ("the " if is_ruler else "") + numbers.ordinal(value)
    value = from_roman(word)
    if value is None or not (word.isupper() or word.islower()):
        return None
    if word.isupper() and 1000 < value < 2100 and (len(word) > 5 or re.match("MM..", word)):
        return numbers.year(value)  # MDCCLXXVI, MMXX
    if word.isupper() and _ORDINAL_AFTER.match(passage.after(end)):
        return numbers.ordinal(value)
    if word.isupper() and word != "I" and _SPAN_BEFORE.search(passage.before(start)):
        return numbers.cardinal(value)
    if word.islower() and _PAGES_BEFORE.search(passage.before(start)):
        return numbers.cardinal(value)
    listed = _LISTED_BEFORE.search(passage.before(start)) if word in _AFTER_NAMES else None
    if listed is not None:
        is_ruler = listed[1].lower() in REIGNED
        return f"the {numbers.ordinal(value)}" if is_ruler else numbers.cardinal(value)
    previous = PREVIOUS_WORD.search(passage.before(start))
    if previous is not None and word.islower() and _is_scripture(previous[1]):
        is_cited = value < 151 and _CHAPTER_CITED.match(passage.after(end))
        return numbers.cardinal(value) if is_cited else None
    if previous is None:
        is_alone = word.isupper() and _stands_alone(passage, start, end)
        return numbers.cardinal(value) if is_alone else None
    if word == "I" and _LIST_AFTER.match(passage.after(end)) and previous[1].lower() not in REIGNED:
        return numbers.cardinal(value)
    is_pronoun = word == "I" and _is_pronoun(previous[1], passage.after(end))
    return _after(previous[1], word, value, is_pronoun=is_pronoun)


def _is_scripture(name: str) -> bool:
    return name[0].isupper() and name.lower() in SCRIPTURES


def _is_pronoun(name: str, following: str) -> bool:
    """Whether an I is who speaks: in "the part I like" as in "Part I have"."""
    if name[0].isupper():
        return _PERSON_I.match(following) is not None
    return name not in _KINDS or _OF_A_KIND.match(following) is None


def _stands_alone(passage: Passage, start: int, end: int) -> bool:
    """Whether a numeral is all there is, as a chapter's number over its text."""
    following = passage.after(end)
    rest = passage.text[passage.start : start].strip() + following.strip(" .:)\u00a0\n")
    is_numbered = not rest or (following[:1] == "." and end - start > 1)
    # not MIX, CD, DC
    return is_numbered and (end - start > 3 or set(passage.text[start:end]) <= set("IVXL"))


def _after(name: str, word: str, value: int, *, is_pronoun: bool) -> str | None:
    """Say a numeral by the word before it."""
    lower = name.lower()
    if word in _LETTERS and lower not in _COUNTED_FAR:
        return None  # Appendix C, Section D
    if lower in NUMBERED and not is_pronoun:
        return numbers.cardinal(value) if word.isupper() or lower != "mark" else None
    if lower in _CITED_BY:
        return numbers.cardinal(value)
    if word.islower() or not name[0].isupper():
        return None
    if lower in REIGNED and not is_pronoun:
        return "the " + numbers.ordinal(value)
    if word in _AFTER_NAMES and not name.isupper():
        return numbers.cardinal(value)
    if len(word) >= 4 and 1000 < value < 2100 and "M" in word:
        return numbers.year(value)
    return None
