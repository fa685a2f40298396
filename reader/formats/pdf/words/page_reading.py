"""Reads the words of a page, with their places and typefaces, from pdfium."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import pypdfium2_raw as pdfium

from reader.formats.pdf.pdfium import OpenPage
from reader.formats.pdf.words import bare_calls, right_to_left
from reader.formats.pdf.words.fonts import FontKind, described
from reader.formats.pdf.words.letters import (
    ACCENTS,
    LINE_END_HYPHEN,
    SPACES,
    accented,
    big_signs,
    is_enciphered,
    is_unread,
    joined_halves,
    text_of,
)
from reader.formats.pdf.words.page_characters import Box, PageCharacters
from reader.formats.pdf.words.page_words import Dot, Face, PageLink, PageWords, Stroke, Word
from reader.formats.pdf.words.right_to_left import Glyph, Placed
from reader.formats.pdf.words.spelt_out import SpeltOut, put_in_place, spelt_out
from reader.formats.pdf.words.tex_letters import reads_as_text
from reader.formats.pdf.words.turning import upright

_APART = 0.28
"""Of the type's size: characters further apart than that are in two words."""
_BACK = 0.6
_ANOTHER_LINE = 0.45
_CLOSE, _LEVEL = 0.4, 0.05
"""Points: characters nearer than that are in one word, whatever the type's size."""
_RAISED = 0.12
"""Of the type's size: how far apart the baselines of one word's letters are at most."""
_EVEN = 0.2
"""The same of a whole word's characters, of the type's size."""
_WIDEST_SIGN = 1.6
_SAMPLED = 200
_UPSIDE_DOWN = 2
_STROKE = 0x338
_AXIS = 0.25
"""How far the middle of large signs, sums and brackets, is above the baseline, of the size."""
_AS_IT_STANDS = ("<isolated>", "<initial>", "<medial>", "<final>", "05")
"""How decompositions begin: of letters as they stand in words, of Hebrew ones with points."""

_UNSPACED = re.compile(r"[^\s\u200b\ufeff]+")


def read_page(page: OpenPage, number: int) -> PageWords:
    """Return the words of a page, turned so that most of them stand upright."""
    links = tuple(page.links())
    reading = _Reading(page, links)
    reading.read()
    ink = page.ink()
    rules, uprights, dots = ink.rules, ink.uprights, ink.dots
    if reading.is_backwards:  # as its words are: so that all grows as one reads
        rules = [Stroke(page.width - right, page.width - left, y) for left, right, y in rules]
        uprights = [Stroke(top, bottom, page.width - x) for top, bottom, x in uprights]
        dots = [Dot(page.width - dot.right, page.width - dot.left, dot.middle) for dot in dots]
        links = tuple(
            replace(link, left=page.width - link.right, right=page.width - link.left)
            for link in links
        )
    words = PageWords(
        number,
        page.width,
        page.height,
        tuple(word for word in reading.words if _is_seen(word, page)),
        reading.count,
        reading.unread(),
        tuple(rules),
        ink.has_pictures,
        links,
        tuple(dots),
        tuple(uprights),
    )
    return upright(words)


class _Reading:
    """One pass over a page's characters."""

    def __init__(self, page: OpenPage, links: Sequence[PageLink]) -> None:
        self.words: list[Word] = []
        self.count = 0
        self._page = page
        self._characters = PageCharacters(page)
        self._kinds: dict[int, tuple[Face, int, float | None]] = {}
        self._fonts: dict[int, FontKind] = {}
        self._text = bare_calls.address_of(page.text) if self._characters.count else 0
        self._matrix, self._size = pdfium.FS_MATRIX(), ctypes.c_float()
        self._point = (ctypes.c_double * 2)()
        self._hanging: set[int] = set()
        self._signs = [link for link in links if _may_be_sign(link)]
        text = self._characters.text
        self.is_backwards = right_to_left.is_right_to_left(text)
        has_turned = right_to_left.RIGHT_TO_LEFT.search(text) is not None
        self._spelt: dict[int, SpeltOut] = spelt_out(page) if has_turned else {}

    def read(self) -> None:
        """Find the words: what stands between spaces, and closely together."""
        at, text = 0, self._characters.text
        both_ways: list[Glyph] = []
        for first, last in right_to_left.stretches(text, is_whole=self.is_backwards):
            if self._kind_at(first)[1] == 0:
                self._read(at, first)
                glyphs = self._glyphs(first, last)
                if self._spelt:  # where points stand off their line pdfium begins another
                    both_ways += glyphs
                else:
                    self._read_both_ways(right_to_left.lines_in_order(glyphs))
                at = last
        self._read(at, len(text))
        pieces = [bare_calls.text_object(self._text, glyph.number) for glyph in both_ways]
        in_place = put_in_place(both_ways, pieces, self._spelt)
        self._read_both_ways(right_to_left.lines_by_height(in_place))

    def _read(self, begin: int, end: int) -> None:
        characters = self._characters
        for found in _UNSPACED.finditer(characters.text, begin, end):
            first, last = found.span()
            self.count += last - first
            height = characters.bottoms[first] - characters.tops[first]
            if characters.is_even(first, last, _CLOSE + _EVEN * height) and not (
                self._signs and self._is_near_sign(first, last)
            ):
                self._take(first, last, is_glued=False)
            else:
                self._part(first, last)

    def _glyphs(self, first: int, last: int) -> list[Glyph]:
        """Return characters one by one."""
        found = [glyph for n in range(first, last) if (glyph := self._glyph(n)) is not None]
        self.count += sum(not glyph.text.isspace() for glyph in found)
        return found

    def _read_both_ways(self, lines: Sequence[Sequence[Glyph]]) -> None:
        """Find the words of lines with letters that are written from right to left."""
        mirror = self._page.width if self.is_backwards else None
        for line in lines:
            for word in right_to_left.words_of(line, mirror):
                begin = 0
                for at in range(1, len(word) + 1):
                    if at == len(word) or _is_raised(word[begin][2], word[at][2]):
                        self._take_placed(word[begin:at], is_glued=begin > 0)
                        begin = at

    def _glyph(self, number: int) -> Glyph | None:
        text = text_of(ord(self._characters.text[number]))
        if unicodedata.decomposition(text[:1]).startswith(_AS_IT_STANDS):
            text = unicodedata.normalize("NFKC", text)  # a letter's form within a word
        if not text:
            return None
        face, turn, _ = self._kind_at(number)
        baseline = self._baseline_at(number, turn)
        return Glyph(number, text, *self._characters.box(number), face.size, baseline)

    def _take_placed(self, placed: Sequence[Placed], *, is_glued: bool) -> None:
        glyphs = [glyph for _, _, glyph in placed]
        first = glyphs[0].number
        word = Word(
            "".join(glyph.text for glyph in glyphs),
            min(glyph.number for glyph in glyphs),
            max(glyph.number for glyph in glyphs) + 1,
            min(left for left, _, _ in placed),
            min(glyph.top for glyph in glyphs),
            max(right for _, right, _ in placed),
            max(glyph.bottom for glyph in glyphs),
            glyphs[0].line,
            self._kind_at(first)[0],
            is_glued,
            offsets=tuple(glyph.number for glyph in glyphs for _ in glyph.text),
        )
        word.is_sign = bool(self._signs) and self._on_sign(self._characters.box(first))
        self.words.append(word)

    def unread(self) -> int:
        """Return about how many characters nobody can read, told from some all over the page."""
        text = self._characters.text
        if is_enciphered(text):
            return self.count
        step = len(text) // _SAMPLED + 1
        sample = [n for n in range(0, len(text), step) if ord(text[n]) not in SPACES]
        is_unmapped = pdfium.FPDFText_HasUnicodeMapError
        found = [n for n in sample if is_unread(ord(text[n]))]
        if not reads_as_text(text):  # the codes of many fonts that tell nothing are the letters'
            found += [n for n in sample if is_unmapped(self._page.text, n) == 1]
        return round(len(found) * self.count / max(len(sample), 1))

    def _part(self, first: int, last: int) -> None:
        """Take characters without a space between them, as one word or several."""
        characters, is_glued = self._characters, False
        before = characters.box(first)
        for number in range(first + 1, last):
            box = characters.box(number)
            is_other = bool(self._signs) and self._on_sign(box) != self._on_sign(before)
            if is_other or self._is_big_sign(number) != self._is_big_sign(number - 1):
                self._take(first, number, is_glued=is_glued)
                first, is_glued = number, True
            elif not (  # nearly all characters follow their neighbour closely, in the same type
                -_CLOSE < box[0] - before[2] < _CLOSE
                and -_LEVEL < box[3] - before[3] < _LEVEL
                and -_CLOSE < box[1] - before[1] < _CLOSE
            ):
                is_hyphen = ord(characters.text[number]) == LINE_END_HYPHEN
                parted = 0 if is_hyphen else _parted(before, box, self._kind_at(number)[1])
                if parted:
                    self._take(first, number, is_glued=is_glued)
                    first, is_glued = number, parted == 1
            before = box
        self._take(first, last, is_glued=is_glued)

    def _take(self, first: int, last: int, *, is_glued: bool) -> None:
        text: str = self._characters.text[first:last]
        offsets: Sequence[int] = range(first, last)
        if not _is_plain(text):
            text, offsets = self._text_of(first, last)
        page = self._characters
        face, turn, baseline = self._kind_at(first)
        is_big_sign = bool(self._hanging) and self._is_big_sign(first)
        if not text and not is_big_sign:
            return
        if baseline is None:
            baseline = self._baseline_at(first, turn)
        left, top, right, bottom = page.box(first)
        if turn:
            left, right = min(page.lefts[first:last]), max(page.rights[first:last])
            top, bottom = min(page.tops[first:last]), max(page.bottoms[first:last])
        elif last - first > 1:
            end = page.box(last - 1)
            left, right = min(left, end[0]), max(right, end[2])
            top, bottom = min(top, end[1]), max(bottom, end[3])
        if is_big_sign:
            text, offsets = big_signs(self._characters.text[first:last]), range(first, last)
            baseline = self._middle_of(first) + _AXIS * face.size
            if not text:
                return
        word = Word(
            text, first, last, left, top, right, bottom, baseline, face, is_glued, turn, offsets
        )
        if self._signs:
            word.is_sign = self._on_sign(page.box(first))
        self.words.append(word)

    def _baseline_at(self, number: int, turn: int) -> float:
        """Return y where a character stands, x if its line runs up or down the page."""
        at = ctypes.addressof(self._point)
        bare_calls.char_origin(self._text, number, at, at + ctypes.sizeof(ctypes.c_double))
        x, y = self._point
        a, b, c, d, e, f = self._page.to_view
        return a * x + c * y + e if turn % 2 else b * x + d * y + f

    def _is_big_sign(self, number: int) -> bool:
        """Whether a character is of a font of large signs; only once its kind is known."""
        self._kind_at(number)
        return bool(self._hanging) and bare_calls.text_object(self._text, number) in self._hanging

    def _middle_of(self, number: int) -> float:
        """Return the middle, from the page's top, of what is inked of a character."""
        sides = [ctypes.c_double() for _ in range(4)]
        pdfium.FPDFText_GetCharBox(self._page.text, number, *map(ctypes.byref, sides))
        left, right, low, high = (side.value for side in sides)
        box = self._page.in_view(left, low, right, high)
        return (box[1] + box[3]) / 2

    def _is_near_sign(self, first: int, last: int) -> bool:
        page = self._characters
        left, top, right, bottom = *page.box(first)[:2], *page.box(last - 1)[2:]
        return any(
            s.left < right and s.right > left and s.top < bottom and s.bottom > top
            for s in self._signs
        )

    def _on_sign(self, box: Box) -> bool:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return any(s.left <= x <= s.right and s.top <= y <= s.bottom for s in self._signs)

    def _text_of(self, first: int, last: int) -> tuple[str, tuple[int, ...]]:
        """Return the text of characters, accents joined with letters, and whence each comes."""
        characters = self._characters
        pieces: list[str] = []
        offsets: list[int] = []
        accent, struck = 0, -1
        for number in range(first, last):
            code = ord(characters.text[number])
            if whole := joined_halves(code, ord(characters.text[number + 1 : number + 2] or "\0")):
                pieces += (text := text_of(whole))
                offsets += [number] * len(text)
                continue
            if code == _STROKE and number + 1 < last:
                text = unicodedata.normalize("NFC", characters.text[number + 1] + chr(code))
                if len(text) == 1:  # as "not equal", which TeX sets as a stroke and what it is over
                    pieces.append(text)
                    offsets.append(number)
                    struck = number + 1
                    continue
            if number == struck:
                continue
            text = text_of(code)
            if code in ACCENTS and last - first > 1:
                before = number > first and self._is_over(number, number - 1)
                joined = accented(code, pieces[-1]) if before and pieces else ""
                if joined:
                    pieces[-1] = joined
                    continue
                if number + 1 < last and self._is_over(number, number + 1):
                    accent = code
                    continue
            if accent:
                text = accented(accent, text) or chr(accent) + text
                accent = 0
            pieces += text
            offsets += [number] * len(text)
        return "".join(pieces), tuple(offsets)

    def _is_over(self, accent: int, letter: int) -> bool:
        lefts, rights = self._characters.lefts, self._characters.rights
        middle = (lefts[accent] + rights[accent]) / 2
        return lefts[letter] - 0.5 <= middle <= rights[letter] + 0.5

    def _kind_at(self, number: int) -> tuple[Face, int, float | None]:
        """Return the typeface, how far it is turned, and the baseline where it is level."""
        address = bare_calls.text_object(self._text, number)
        kind = self._kinds.get(address)
        if kind is None:
            kind = self._looked_up(address, number)
            if address:
                self._kinds[address] = kind
        return kind

    def _looked_up(self, address: int | None, number: int) -> tuple[Face, int, float | None]:
        left, top, right, bottom = self._characters.box(number)
        if not address:
            return Face(round(bottom - top, 1)), 0, None
        matrix = self._matrix
        bare_calls.object_matrix(address, ctypes.addressof(matrix))
        bare_calls.font_size(address, ctypes.addressof(self._size))
        a, b, c, d, _, _ = self._page.to_view
        x, y = a * matrix.a + c * matrix.b, b * matrix.a + d * matrix.b
        scale = math.hypot(matrix.c, matrix.d) or math.hypot(matrix.a, matrix.b)
        turn = round(math.atan2(y, x) / (math.pi / 2)) % 4 if x or y else 0
        points = self._size.value * scale
        if not 0.5 <= points <= 2000:  # the size may be hidden in the matrix of a form around it
            points = (bottom - top if turn % 2 == 0 else right - left) / 1.2
        font = self._font_of(bare_calls.font(address))
        face = Face(
            round(max(points, 0.5), 1), font.is_bold, font.is_italic, font.is_fixed, font.is_math
        )
        if font.has_big_signs:
            self._hanging.add(address)
        baseline = self._baseline_at(number, turn) if x > 0 and not y else None
        return face, turn, baseline

    def _font_of(self, address: int | None) -> FontKind:
        if not address:
            return FontKind()
        known = self._fonts.get(address)
        if known is None:
            known = self._fonts[address] = described(ctypes.cast(address, pdfium.FPDF_FONT))
        return known


def _is_raised(before: Glyph, here: Glyph) -> bool:
    lift = abs(before.line - here.line)
    return before.size != here.size or lift > _RAISED * before.size


def _is_seen(word: Word, page: OpenPage) -> bool:
    """Whether a word is on the page as it is shown: not cut away, as printers' marks are."""
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return 0 <= x <= page.width and 0 <= y <= page.height


def _is_plain(text: str) -> bool:
    """Whether all characters stand for themselves, and none may be another one's accent."""
    if text.isascii():
        return text.isprintable() and "^" not in text and "`" not in text
    return min(text) > "\x9f" and max(text) < "\ud800" and ACCENTS.isdisjoint(map(ord, text))


def _may_be_sign(link: PageLink) -> bool:
    """Whether a link is as small as the sign of a note, which it may be the only mark of."""
    return link.page >= 0 and link.right - link.left < _WIDEST_SIGN * (link.bottom - link.top)


def _parted(before: Box, here: Box, turn: int) -> int:
    """Return 0 for characters of one word, 1 if only raised or set otherwise, 2 for two words."""
    if turn == _UPSIDE_DOWN:
        before, here = here, before
    height = max(before[3] - before[1], here[3] - here[1], 0.1)
    width = max(before[2] - before[0], here[2] - here[0])
    gap = here[0] - before[2]
    overlap = min(before[3], here[3]) - max(before[1], here[1])
    if overlap < _ANOTHER_LINE * min(before[3] - before[1], here[3] - here[1]):
        return 0 if _is_above(before, here) else 2
    if gap > _APART * height or gap < -_BACK * height - width:
        return 2
    is_same = abs(before[1] - here[1]) < 0.08 * height and abs(before[3] - here[3]) < 0.08 * height
    return 0 if is_same else 1


def _is_above(before: Box, here: Box) -> bool:
    """Whether two characters follow each other closely in text that is turned by a quarter."""
    narrow = min(before[2] - before[0], here[2] - here[0])
    wide = max(before[2] - before[0], here[2] - here[0])
    shared = min(before[2], here[2]) - max(before[0], here[0])
    gap = max(before[1] - here[3], here[1] - before[3])
    return shared > 0.6 * narrow and -_BACK * wide < gap < _APART * wide
