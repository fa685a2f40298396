"""Finds, within running text, what is there for the eye: note signs, citations, page numbers.

It would rather miss one than pass over what somebody wrote to be read: brackets and parentheses are
ordinary until everything in and around them says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from reader.speech.verbalise.addresses import LINK
from reader.text.abbreviations import word_set


class Mark(Enum):
    """What was found."""

    NOTE = auto()
    CITATION = auto()
    AUTHOR_YEAR = auto()
    PAGE = auto()
    WEB_ADDRESS = auto()


@dataclass(frozen=True, slots=True)
class FoundMark:
    """The range [start, end) of the text is such a mark.

    One that is not certain is one only in a text that cites authors (`cites_authors`): elsewhere
    "(Vienna, 1815)" tells where and when something was.
    """

    start: int
    end: int
    mark: Mark
    is_certain: bool = True


_WORTH_A_LOOK = re.compile(r"[\[({¹²³⁰⁴-⁹†‡]|://|www\.")

_DASH = "[-–—]"
_PAGE_WORD = (
    r"(?:pp?|pgs?|Pg|chaps?|ch|secs?|figs?|vol|no|para|[Ss]|Kap|Bd|cap|págs?)\.?|page|pages"
)
_YEAR = (
    r"(?:(?:1[5-9]|20)\d\d(?:/(?:1[5-9]|20)?\d\d)?[a-z]?|n\.\s?d\.|forthcoming|in\spress|o\.\s?J\.)"
)
# What may be a year is none of a source's pages: if a list of years could be read both ways, it
# would take twice as long with each of them to see that it is no citation.
_LOCUS = (
    rf"(?:(?!,\s{_YEAR}(?!\w|\s?{_DASH}))[,:]\s?(?:(?:{_PAGE_WORD})\s?|§\s?)?[\divxl]+"
    rf"(?:\s?{_DASH}\s?[\divxl]+)?(?:\s?ff?\b\.?)?)"
)

_NUMBER = r"[1-9]\d{0,2}"
_NUMBERS = re.compile(
    rf"\[{_NUMBER}(?:\s?[,;–—-]\s?{_NUMBER})*(?:,\s?(?:{_PAGE_WORD})\s?[\divxl]+"
    rf"(?:\s?{_DASH}\s?[\divxl]+)?)?\]"
)
_STANDARD = re.compile(r"\[(?:RFC|BCP|STD|I-D)[ .-]?[\w.-]{1,40}\]")  # [RFC2119]
_NAMED_NOTE = re.compile(
    r"\[(?:(?:foot)?notes?|fn|nb|n|Anm|Anmerkung|nota|lower-alpha)\.?\s?(?:\d{1,3}|[a-z])\]",
    re.IGNORECASE,
)
_EDITOR = re.compile(
    r"\[(?:citation needed|verification needed|better source needed|clarification needed|"
    r"when\?|who\?|by whom\?|according to whom\?|dubious – discuss|dead link)\]",
    re.IGNORECASE,
)
_LETTERED_NOTE = re.compile(r"\[[a-z]\](?=[\s.,;:!?)\]”’\"\[]|$)")
_PAGE = re.compile(
    r"\[(?:[Pp]g|[Pp]age|[Pp]|Seite|S)\.?\s?(?:\d{1,4}|[ivxlc]{1,8})\]|\{(?:[Pp]g?\.?\s?)?\d{1,4}\}"
)
_RAISED = re.compile(r"[¹²³⁰⁴-⁹]{1,3}(?:[,⁻˒][¹²³⁰⁴-⁹]{1,3})*(?!\w)|[†‡]{1,3}")
_RAISED_TEXT = re.compile(r"\[?\d{1,3}(?:[,;–-]\s?\d{1,3})*\]?|[*†‡§]{1,3}")

_GRAMMATICAL = word_set(
    "in see by of from and or to with as ref refs reference references cf the at on for than via "
    "per is are eq equation section chapter page step figure fig table item line level rule "
    "number no paragraph article clause question answer exercise problem verse type case entry "
    "siehe vgl in von nach mit und oder voir dans de et selon ver en según y"
)
_CALLED = re.compile(r"\w\($")
_LAST_WORD = re.compile(r"([^\W_]+)\s?$")
_RAISABLE = re.compile(r"(?:[.,;:!?”’\"')\]»]|[^\W\d_]{4})$")

# -- authors and years -------------------------------------------------------------------------

_PARTICLES = (
    r"(?:(?:van|von|der|den|de|del|della|di|da|du|la|le|el|ten|ter|zu|al|bin|ibn|dos|das)[\s-]|"
    r"[dDlLO]['’])*"
)
_NAME = rf"{_PARTICLES}(?:[A-Z]\.[\s-]?){{0,3}}(?![a-zß-öø-ÿ])[^\W\d_][\w'’-]+"
_NAMES = rf"{_NAME}(?:\s{_NAME}){{0,4}}"
_OTHERS = r"(?:,?\s(?:et\.?\sal\b\.?|u\.\s?a\.|and\sothers|and\scolleagues|y\sotros|e\soutros))"
_AUTHORS = (
    rf"{_NAMES}(?:,\s{_NAMES}){{0,5}}(?:,?\s(?:and|&|und|et|y|e)\s{_NAMES})?{_OTHERS}?"
    r"(?:['’]s?)?"
)
_YEARS = rf"{_YEAR}(?:{_LOCUS})*(?:[,;]\s{_YEAR}(?:{_LOCUS})*)*"
_LEAD = (
    r"(?:(?:but\s|and\s)?(?:cf|see(?:\salso)?|e\.\s?g|i\.\s?e|for\sexample|for\sinstance|compare|"
    r"reviewed\sin|quoted\sin|cited\sin|as\scited\sin|quoted\sby|after|following|"
    r"vgl|siehe(?:\sauch)?|s|zit\.\snach|voir(?:\saussi)?|véase|cfr|ver)\.?,?\s)"
)
_ONE = rf"{_LEAD}?{_AUTHORS},?\s(?:\[{_YEAR}\]\s)?{_YEARS}"
_AUTHOR_YEAR = re.compile(
    rf"\(({_ONE}(?:;\s{_ONE})*)"
    r"(?:[,;]\s(?:(?:my|our|own)\s)?(?:emphasis|italics|translation)(?:\s[a-z ]{4,20})?)?\)"
)
_UNMISTAKABLE = re.compile(
    rf"^{_LEAD}|\bal\b\.?|\s&\s|;|{_YEAR}{_LOCUS}|{_YEAR},\s{_YEAR}|\d[a-z]\b|n\.\s?d\.|forthcoming|in\spress"
)
_TIMES_AND_FEASTS = word_set(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec spring summer autumn fall winter christmas "
    "easter januar februar märz mai juni juli oktober dezember janvier février mars avril juin "
    "juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio "
    "agosto septiembre octubre noviembre diciembre since until before after circa around about in "
    "born died established founded est copyright updated published first the a an"
)
_LONGEST_CITATION = 300
_REFERENCE_LIST = re.compile(
    r"^[^\S\n]*(?:\d+\.?\s+)?(?:references|bibliography|works cited|literature cited|literatur|"
    r"literaturverzeichnis|bibliographie|bibliografía|referencias)\s*$",
    re.IGNORECASE | re.MULTILINE,
)


def marks_within(text: str, start: int, end: int, block_start: int) -> Iterator[FoundMark]:
    """Yield the marks in text[start:end], a part of the block that starts at `block_start`."""
    if _WORTH_A_LOOK.search(text, start, end) is None:
        return
    for match in LINK.finditer(text, start, end):
        yield FoundMark(*match.span(), Mark.WEB_ADDRESS)
    for match in _PAGE.finditer(text, start, end):
        yield FoundMark(*match.span(), Mark.PAGE)
    for pattern, mark in ((_NAMED_NOTE, Mark.NOTE), (_EDITOR, Mark.CITATION)):
        for match in pattern.finditer(text, start, end):
            if match.start() > block_start:
                yield FoundMark(*match.span(), mark)
    for match in (*_NUMBERS.finditer(text, start, end), *_STANDARD.finditer(text, start, end)):
        if _is_citation(text, match, block_start, end):
            yield FoundMark(*match.span(), Mark.CITATION)
    for match in _LETTERED_NOTE.finditer(text, start, end):
        if _is_attached(text, match.start(), block_start):
            yield FoundMark(*match.span(), Mark.NOTE)
    for match in _RAISED.finditer(text, start, end):
        if _can_carry_a_note(text, match.start()):
            yield FoundMark(*match.span(), Mark.NOTE)
    yield from _author_years(text, start, end)


def is_raised_note(text: str, start: int, end: int) -> bool:
    """Whether text[start:end], set higher than the text around it, is a note's number or sign."""
    is_sign = _RAISED_TEXT.fullmatch(text, start, end) is not None
    return is_sign and _can_carry_a_note(text, start)


def cites_authors(text: str) -> bool:
    """Whether a text has the habit of citing by author and year.

    It has if one citation can be nothing else, if three look alike, or if it lists its references.
    """
    doubtful = set()
    for found in _author_years(text, 0, len(text)):
        doubtful.add(text[found.start : found.end])
        if found.is_certain or len(doubtful) == 3:
            return True
    return bool(doubtful) and _REFERENCE_LIST.search(text) is not None


def _author_years(text: str, start: int, end: int) -> Iterator[FoundMark]:
    at = text.find("(", start, end)
    while at >= 0:
        closing = text.find(")", at, min(end, at + _LONGEST_CITATION))
        if closing > at + 8:
            match = _AUTHOR_YEAR.fullmatch(text, at, closing + 1)
            is_certain = match is not None and _UNMISTAKABLE.search(match[1]) is not None
            if match is not None and (is_certain or _may_cite(match[1])):
                yield FoundMark(at, closing + 1, Mark.AUTHOR_YEAR, is_certain)
        at = text.find("(", at + 1, end)


def _may_cite(inner: str) -> bool:
    """Whether "Smith, 2013" may be a citation: "June 1940" and "Lord Mayor 1641" are none."""
    first = re.match(r"\w+", inner)
    is_time = first is not None and first.group().lower() in _TIMES_AND_FEASTS
    return not is_time and ("," in inner or inner.count(" ") == 1)


def _is_citation(text: str, match: re.Match[str], block_start: int, end: int) -> bool:
    """Whether a number in brackets points to a source rather than being part of what is said."""
    at = match.start()
    after = text[match.end() : min(end, match.end() + 3)]
    if re.match(r"\w|\s?=|\(|\.\w|\[\D", after):
        return False  # x[3] = 5, [2]nd
    before = text[max(block_start, at - 40) : at]
    if not before.strip() or before[-1] in "$£€#/\\=+*<>":
        return False  # the number of a paragraph or of an entry in the list of sources
    if _CALLED.search(before):
        return False  # array([1, 2])
    if before[-1] == "\n" or before.endswith("  "):
        return False
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    if not before[-1].isspace():
        return len(word[1]) > 1 or word[1].isdecimal()  # a[3]
    return word[1].lower() not in _GRAMMATICAL


def _is_attached(text: str, at: int, block_start: int) -> bool:
    """Whether what stands before `at` is a word or the end of a sentence, without a space."""
    before = text[max(block_start, at - 3) : at]
    return re.search(r"(?:\w\w|[.,;:!?”’\"\]])$", before) is not None


def _can_carry_a_note(text: str, at: int) -> bool:
    """Whether a raised figure behind `at` is a note's rather than a power's or an isotope's."""
    before = text[max(0, at - 4) : at]
    if re.search(r"\d[.,;:]?$", before) and not re.search(
        r"\d{4}[.,;:]?$", text[max(0, at - 5) : at]
    ):
        return False
    return _RAISABLE.search(before) is not None
