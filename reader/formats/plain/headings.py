"""Which paragraphs of a plain text are headings or rules; in doubt, none is.

Plain text has no mark for a heading, so only what can hardly be anything else is taken: chapter
numbers, underlined lines, capitals set apart, short lines set apart by more room than paragraphs.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import cache

from reader.formats.plain.paragraphs import FAR, Group, ends_sentence
from reader.text.document import Block, BlockKind
from reader.text.late_rows import LateRows

_PARTS = "book|part|volume|act|livre|tome|partie|acte|buch|teil|band|akt|libro|parte|tomo|часть|том"
_CHAPTERS = (
    "chapter|scene|canto|stave|letter|chapitre|scène|lettre|kapitel|szene|brief|capítulo|capitulo|"
    "capitolo|hoofdstuk|rozdział|kapitola|глава"
)
_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty)(?:[- ]\\w+)?|"
    "(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)|"
    "premier|première|eins|zwei|drei|erstes?|zweites?|uno|dos|primo|primero"
)
_NUMERAL = re.compile(r"(?:(?P<roman>[IVXLC]+)|(?P<digits>\d{1,3}))\.?")
_RULE = re.compile(r"(?=.*[^.\s])(?:[*\-_=~#•·—–⁂.⁓+](?:\s*)){3,}|⁂")
_UNDERLINE = re.compile(r"([=\-~*^\"])\1{2,}")
_GREETING = re.compile(
    r"(?:dear|hi|hello|hey|good \w+|lieber?|liebes|cher|chère|caro|cara)\b", re.I
)
_SENTENCE_MARKS = (".", ",", ";", ":", "!", "?", "…", "-", "—")
_WIDEST_HEADING = 70
_LEAST_PROSE = 60
_SHORTEST_SET_APART = 2  # blank lines
_PLAIN = (BlockKind.PARAGRAPH, 0)
_BLOCKS_MADE = 128


@cache
def _numbered() -> re.Pattern[str]:
    """Made for the first paragraph that is short enough to be a heading: it takes 2 ms."""
    return re.compile(
        rf"(?P<part>{_PARTS})?(?(part)|(?:{_CHAPTERS}))\s+(?:[ivxlc]+|\d{{1,3}}|{_NUMBER_WORDS})"
        r"(?P<end>\b[.:]?|\s*[—–:.-]+)(?:\s+(?P<name>\S.*))?",
        re.IGNORECASE,
    )


@cache
def _named() -> re.Pattern[str]:
    return re.compile(
        r"(?:preface|prologue|epilogue|introduction|foreword|afterword|(?:table of )?contents|"
        r"appendix(?: [a-z\d])?|conclusion|acknowledge?ments|dedication|bibliography|glossary|"
        r"vorwort|nachwort|einleitung|inhalt|prolog|epilog|préface|avant-propos|épilogue|prefacio|"
        r"prólogo|epílogo|introducción|prefazione|introduzione|voorwoord|inleiding)\.?",
        re.IGNORECASE,
    )


def mark_headings(paragraphs: Sequence[Group]) -> LateRows[Block]:
    """Return a block for each paragraph: a heading with its level, a rule, or a paragraph."""
    return _Headings(paragraphs).blocks()


class _Headings:
    """Looks at each paragraph together with its neighbours."""

    def __init__(self, paragraphs: Sequence[Group]) -> None:
        self._all = paragraphs
        self._short: list[int] = []
        self._rules: set[int] = set()
        for number, (lines, _) in enumerate(paragraphs):
            if len(lines) > 1:
                continue
            text = lines[0].text
            if len(text) <= _WIDEST_HEADING:
                self._short.append(number)
            if not text[0].isalnum() and _RULE.fullmatch(text):
                self._rules.add(number)
        self._numbered = [0] * len(paragraphs)
        for number in self._short:
            self._numbered[number] = self._numbered_level(number)
        self._are_capitals_headings = self._has_many_capital_lines()
        self._are_numerals_headings = self._has_counting_numerals()
        self._is_room_telling = self._is_room_rare()

    def blocks(self) -> LateRows[Block]:
        """Return the blocks; those of a long text are made where somebody looks."""
        kinds: dict[int, tuple[BlockKind, int]] = dict.fromkeys(self._rules, (BlockKind.RULE, 0))
        for number in self._short:
            after_heading = kinds.get(number - 1, _PLAIN)[0] is BlockKind.HEADING
            if number not in self._rules and (level := self._level(number, after_heading)):
                kinds[number] = (BlockKind.HEADING, level)
        starts = array("q", [lines[0].start for lines, _ in self._all])
        ends = array("q", [lines[-1].end for lines, _ in self._all])

        def made(group: int) -> list[Block]:
            first = group * _BLOCKS_MADE
            return [
                Block(starts[number], ends[number], *kinds.get(number, _PLAIN))
                for number in range(first, min(first + _BLOCKS_MADE, len(starts)))
            ]

        return LateRows(starts, ends, _BLOCKS_MADE, made)

    def _level(self, number: int, after_heading: bool) -> int:
        """Return 1 to 6 for a heading, 0 for any other of the short paragraphs."""
        paragraph = self._all[number]
        if underline := self._underline(number):
            return underline
        if self._numbered[number] and not self._is_in_contents(number):
            return self._numbered[number]
        if after_heading and self._is_second_line(number):
            return 2
        if not self._stands_alone(number):
            return 0
        if _named().fullmatch(paragraph.text):
            return 2
        if self._are_numerals_headings and _NUMERAL.fullmatch(paragraph.text):
            return 2
        if not self._is_prose(number + 1):
            return 0
        is_first = number == 0
        if is_first and self._may_be_title(paragraph.text):
            return 1
        is_set_apart = paragraph.blank_before >= _SHORTEST_SET_APART
        if _is_capitals(paragraph.text) and (is_set_apart or self._are_capitals_headings):
            return 2
        if is_set_apart and self._is_room_telling and _may_be_name(paragraph.text):
            return 2
        return 0

    def _blank_after(self, number: int) -> int:
        return self._all[number + 1].blank_before if number + 1 < len(self._all) else FAR

    def _stands_alone(self, number: int) -> bool:
        return self._all[number].blank_before > 0 and self._blank_after(number) > 0

    def _is_prose(self, number: int) -> bool:
        if number >= len(self._all) or number in self._rules:
            return False
        paragraph = self._all[number]
        if len(paragraph.lines) == 1 and len(paragraph.text) < _LEAST_PROSE:
            return False
        return any(
            letter.islower() or letter.isalpha() != letter.isupper()
            for letter in paragraph.text
            if letter.isalpha()
        )

    def _underline(self, number: int) -> int:
        paragraph = self._all[number]
        if not paragraph.blank_before or number + 1 >= len(self._all):
            return 0
        below = self._all[number + 1]
        if below.blank_before or not self._blank_after(number + 1):
            return 0
        found = _UNDERLINE.fullmatch(below.text)
        if found is None or not 0.6 <= len(below.text) / len(paragraph.text) <= 1.6:
            return 0
        return 1 if found.group(1) == "=" else 2

    def _numbered_level(self, number: int) -> int:
        paragraph = self._all[number]
        if not paragraph.blank_before:
            return 0
        if not self._blank_after(number) and not self._has_second_line(number):
            return 0
        found = _numbered().fullmatch(paragraph.text)
        if found is None:
            return 0
        name = found["name"] or ""
        is_separate = bool(found["end"].strip()) or name[:1].isupper() or name[:1] in "“\"'‘("
        if name and (not is_separate or name.endswith((",", ";"))):
            return 0
        if name.endswith(".") and not _is_capitals(name) and len(name.split()) > 5:
            return 0
        return 1 if found["part"] else 2

    def _has_second_line(self, number: int) -> bool:
        below = self._all[number + 1]
        return (
            len(below.lines) == 1
            and self._blank_after(number + 1) > 0
            and _may_be_name(below.text.rstrip("."))
        )

    def _is_second_line(self, number: int) -> bool:
        paragraph = self._all[number]
        is_name = _may_be_name(paragraph.text.rstrip("."))
        if not paragraph.blank_before:
            return bool(self._numbered[number - 1]) and is_name
        is_close = paragraph.blank_before == 1 and self._blank_after(number) > 0
        return is_close and bool(self._numbered[number - 1]) and _is_capitals(paragraph.text)

    def _is_in_contents(self, number: int) -> bool:
        """Whether other chapters' names follow at once, as in a list of contents."""
        following = self._numbered[number + 1 : number + 4]
        return len(following) == 3 and all(following)

    def _has_many_capital_lines(self) -> bool:
        count = sum(
            self._stands_alone(n) and _is_capitals(self._all[n].text) and self._is_prose(n + 1)
            for n in self._short
        )
        return count >= 3

    def _has_counting_numerals(self) -> bool:
        """Whether numerals stand alone that count from one, none of them inside a sentence.

        Page numbers count too, but sooner or later one stands between a sentence's halves.
        """
        from reader.text.roman import from_any_roman  # not for the first frame of texts without any

        values: list[int | None] = []
        for number in self._short:
            paragraph = self._all[number]
            if len(paragraph.text) > 6 or not self._stands_alone(number):
                continue
            found = _NUMERAL.fullmatch(paragraph.text)
            if found is None:
                continue
            before = self._all[number - 1].text if number else "."
            if values and not ends_sentence(before):
                return False
            values.append(
                int(found["digits"]) if found["digits"] else from_any_roman(found["roman"])
            )
        return len(values) >= 2 and values == list(range(1, len(values) + 1))

    def _is_room_rare(self) -> bool:
        room = Counter([blank_before for _, blank_before in self._all])
        wide = sum(room[blank] for blank in room if _SHORTEST_SET_APART <= blank < FAR)
        return 0 < wide <= room[1] * 0.25

    def _may_be_title(self, text: str) -> bool:
        return (
            (_may_be_name(text) or _is_capitals(text))
            and len(text.split()) >= 2
            and not _GREETING.match(text)
            and len(self._all) >= 3
            and ends_sentence(self._all[1].text)
        )


def _is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    has_case = any(letter.isupper() for letter in letters)
    return (
        len(letters) >= 4
        and has_case
        and all(letter.isupper() for letter in letters)
        and not text.endswith((",", ";", ":", "!", "?"))
        and not text.startswith("*")
    )


def _may_be_name(text: str) -> bool:
    first = text[:1]  # nothing is left of a line of full stops
    return first != "" and (
        (first.isupper() or first.isdigit() or first in "“\"'‘")
        and not text.endswith(_SENTENCE_MARKS)
        and not re.search(r"\S {3,}\S|\t|[|{}<>=@]", text)
    )
