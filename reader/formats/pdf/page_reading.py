"""Reads the words of a page, with their places and typefaces, from pdfium."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Sequence
from ctypes import byref
from dataclasses import replace
from typing import Any

import pypdfium2_raw as pdfium

from reader.formats.pdf.letters import (
    ACCENTS,
    LINE_END_HYPHEN,
    SPACES,
    accented,
    is_unread,
    text_of,
)
from reader.formats.pdf.page_words import Face, PageLink, PageWords, Word
from reader.formats.pdf.pdfium import OpenPage

MOST_CHARACTERS = 100_000
"""Of one page: a dense newspaper's has 20,000."""

_APART = 0.28
"""Of the type's size: characters further apart than that are in two words."""
_BACK = 0.6
_ANOTHER_LINE = 0.45
_CLOSE, _LEVEL = 0.4, 0.05
"""Points: characters nearer than that are in one word, whatever the type's size."""
_WIDEST_SIGN = 1.6
_SAMPLED = 200
_HYPHEN_IN_TEXT = 0xFFFE
"""What a hyphen at a line's end is in pdfium's text of a whole page."""
_FIXED_FLAG, _ITALIC_FLAG = 1, 64
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi", "-medi", "cmbx", "bx1")
_ITALIC_NAMES = ("italic", "oblique", "-ital", "cmti", "-it", "slanted", "cmsl")
_FIXED_NAMES = ("mono", "courier", "consol", "typewriter", "cmtt", "code")

Box = tuple[float, float, float, float]


def read_page(page: OpenPage, number: int) -> PageWords:
    """Return the words of a page, turned so that most of them stand upright."""
    links = tuple(page.links())
    reading = _Reading(page, links)
    reading.read()
    rules, has_pictures = page.ink()
    words = PageWords(
        number,
        page.width,
        page.height,
        tuple(reading.words),
        reading.count,
        reading.unread,
        tuple(rules),
        has_pictures,
        links,
    )
    return _upright(words)


def character_boxes(page: OpenPage) -> list[Box]:
    """Return left, top, right and bottom of each of the page's characters."""
    count = min(page.count(), MOST_CHARACTERS)
    box = pdfium.FS_RECTF()
    reference = byref(box)
    loose_box = pdfium.FPDFText_GetLooseCharBox
    text, boxes = page.text, []
    a, b, c, d, e, f = page.to_view
    is_plain = not b and not c and a > 0 > d  # neither turned nor mirrored: as nearly all are
    for number in range(count):
        loose_box(text, number, reference)
        if is_plain:
            boxes.append((a * box.left + e, d * box.top + f, a * box.right + e, d * box.bottom + f))
        else:
            boxes.append(page.in_view(box.left, box.bottom, box.right, box.top))
    return boxes


class _Reading:
    """One pass over a page's characters."""

    def __init__(self, page: OpenPage, links: Sequence[PageLink]) -> None:
        self.words: list[Word] = []
        self.count = 0
        self.unread = 0
        self._page = page
        self._faces: dict[bytes, tuple[Face, int]] = {}
        self._fonts: dict[int, tuple[bool, bool, bool]] = {}
        self._text, self._to_view = page.text, page.to_view
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at_x, self._at_y = byref(self._x), byref(self._y)
        self._signs = [link for link in links if _may_be_sign(link)]
        self._codes: list[int] = []
        self._boxes: list[Box] = []

    def read(self) -> None:
        text, count = self._page.text, min(self._page.count(), MOST_CHARACTERS)
        self._boxes = boxes = character_boxes(self._page)
        self._codes = codes = _codes_of(text, count)
        first, is_glued = -1, False
        before = (0.0, 0.0, 0.0, 0.0)
        for number, code in enumerate(codes):
            if code in SPACES:
                if first >= 0:
                    self._take(first, number, is_glued)
                first, is_glued = -1, False
                continue
            box = boxes[number]
            if self._signs and first >= 0 and self._on_sign(box) != self._on_sign(before):
                self._take(first, number, is_glued)
                first, is_glued = number, True
            elif first < 0:
                first = number
            elif not (  # nearly all characters follow their neighbour closely, in the same type
                -_CLOSE < box[0] - before[2] < _CLOSE
                and -_LEVEL < box[3] - before[3] < _LEVEL
                and -_CLOSE < box[1] - before[1] < _CLOSE
            ):
                parted = 0 if code == LINE_END_HYPHEN else _parted(before, box)
                if parted:
                    self._take(first, number, is_glued)
                    first, is_glued = number, parted == 1
            before = box
        if first >= 0:
            self._take(first, count, is_glued)
        seen = [number for number, code in enumerate(codes) if code not in SPACES]
        self.count = len(seen)
        sample = seen[:: len(seen) // _SAMPLED + 1]
        is_unmapped = pdfium.FPDFText_HasUnicodeMapError
        unread = sum(is_unread(codes[n]) or is_unmapped(text, n) == 1 for n in sample)
        self.unread = round(unread * len(seen) / max(len(sample), 1))

    def _take(self, first: int, last: int, is_glued: bool) -> None:
        text, offsets = self._text_of(first, last)
        if not text:
            return
        face, turn = self._face_at(first)
        begin, end = self._boxes[first], self._boxes[last - 1]
        if turn:
            boxes = self._boxes[first:last]
            left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
            top, bottom = min(b[1] for b in boxes), max(b[3] for b in boxes)
        else:
            left, right = min(begin[0], end[0]), max(begin[2], end[2])
            top, bottom = min(begin[1], end[1]), max(begin[3], end[3])
        x, y = self._x, self._y
        pdfium.FPDFText_GetCharOrigin(self._text, first, self._at_x, self._at_y)
        a, b, c, d, e, f = self._to_view
        baseline = a * x.value + c * y.value + e if turn % 2 else b * x.value + d * y.value + f
        word = Word(
            text, first, last, left, top, right, bottom, baseline, face, is_glued, turn, offsets
        )
        word.is_sign = bool(self._signs) and self._on_sign(begin)
        self.words.append(word)

    def _on_sign(self, box: Box) -> bool:
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return any(s.left <= x <= s.right and s.top <= y <= s.bottom for s in self._signs)

    def _text_of(self, first: int, last: int) -> tuple[str, tuple[int, ...]]:
        """Return the text of characters, accents joined with letters, and whence each comes."""
        codes, boxes = self._codes, self._boxes
        here = codes[first:last]
        if max(here) < 0xD800 and min(here) > 31 and ACCENTS.isdisjoint(here):
            return "".join(map(chr, here)), tuple(range(first, last))
        pieces: list[str] = []
        offsets: list[int] = []
        accent = 0
        for number in range(first, last):
            code = codes[number]
            text = text_of(code)
            if code in ACCENTS and last - first > 1:
                before = number > first and _is_over(boxes[number], boxes[number - 1])
                joined = accented(code, pieces[-1]) if before and pieces else ""
                if joined:
                    pieces[-1] = joined
                    continue
                if number + 1 < last and _is_over(boxes[number], boxes[number + 1]):
                    accent = code
                    continue
            if accent:
                text = accented(accent, text) or chr(accent) + text
                accent = 0
            pieces += text
            offsets += [number] * len(text)
        return "".join(pieces), tuple(offsets)

    def _face_at(self, number: int) -> tuple[Face, int]:
        found = pdfium.FPDFText_GetTextObject(self._page.text, number)
        address = bytes(found)  # quicker than asking ctypes for it as a number
        face = self._faces.get(address)
        if face is None:
            face = self._faces[address] = self._looked_up(found, number)
        return face

    def _looked_up(self, found: Any, number: int) -> tuple[Face, int]:
        if not found:
            left, top, right, bottom = self._boxes[number]
            return Face(round(bottom - top, 1)), 0
        matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
        pdfium.FPDFPageObj_GetMatrix(found, byref(matrix))
        pdfium.FPDFTextObj_GetFontSize(found, byref(size))
        a, b, c, d, _, _ = self._page.to_view
        x, y = a * matrix.a + c * matrix.b, b * matrix.a + d * matrix.b
        scale = math.hypot(matrix.c, matrix.d) or math.hypot(matrix.a, matrix.b)
        turn = round(math.atan2(y, x) / (math.pi / 2)) % 4 if x or y else 0
        is_bold, is_italic, is_fixed = self._font_of(pdfium.FPDFTextObj_GetFont(found))
        points = size.value * scale
        if not 0.5 <= points <= 2000:  # the size may be hidden in the matrix of a form around it
            left, top, right, bottom = self._boxes[number]
            points = (bottom - top if turn % 2 == 0 else right - left) / 1.2
        return Face(round(max(points, 0.5), 1), is_bold, is_italic, is_fixed), turn

    def _font_of(self, font: Any) -> tuple[bool, bool, bool]:
        address = ctypes.cast(font, ctypes.c_void_p).value or 0
        known = self._fonts.get(address)
        if known is None:
            known = self._fonts[address] = _described(font) if font else (False, False, False)
        return known


def _codes_of(text: Any, count: int) -> list[int]:
    """Return the page's characters: all at once, unless some are not in Unicode's first plane."""
    units = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(text, 0, count, units)
    codes = list(units[:count])
    if written != count + 1 or any(0xD800 <= code < 0xE000 for code in codes):
        return [pdfium.FPDFText_GetUnicode(text, number) for number in range(count)]
    return [LINE_END_HYPHEN if code == _HYPHEN_IN_TEXT else code for code in codes]


def _may_be_sign(link: PageLink) -> bool:
    """Whether a link is as small as the sign of a note, which it may be the only mark of."""
    return link.page >= 0 and link.right - link.left < _WIDEST_SIGN * (link.bottom - link.top)


def _described(font: Any) -> tuple[bool, bool, bool]:
    """Return whether a font is bold, italic, of fixed width: by its name, else by its flags."""
    buffer = ctypes.create_string_buffer(200)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, 200)
    name = buffer.value.decode("utf-8", "replace").lower().rpartition("+")[2]
    flags = max(0, int(pdfium.FPDFFont_GetFlags(font)))
    is_bold = any(part in name for part in _BOLD_NAMES)
    if not is_bold and "regu" not in name:
        is_bold = int(pdfium.FPDFFont_GetWeight(font)) >= _BOLD_WEIGHT
    is_italic = bool(flags & _ITALIC_FLAG) or any(part in name for part in _ITALIC_NAMES)
    is_fixed = bool(flags & _FIXED_FLAG) or any(part in name for part in _FIXED_NAMES)
    return is_bold, is_italic, is_fixed


def _parted(before: Box, here: Box) -> int:
    """Return 0 for characters of one word, 1 if only raised or set otherwise, 2 for two words."""
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


def _is_over(accent: Box, letter: Box) -> bool:
    middle = (accent[0] + accent[2]) / 2
    return letter[0] - 0.5 <= middle <= letter[2] + 0.5


def _upright(page: PageWords) -> PageWords:
    """Return the page turned so that most of its text runs from left to right."""
    turns = Counter[int]()
    for word in page.words:
        turns[word.turn] += len(word.text)
    turn = turns.most_common(1)[0][0] if turns else 0
    if turn == 0:
        return page
    return replace(
        page,
        width=page.height if turn % 2 else page.width,
        height=page.width if turn % 2 else page.height,
        words=tuple(_turned(word, turn, page.width, page.height) for word in page.words),
        rules=(),
        links=(),
    )


def _turned(word: Word, turn: int, width: float, height: float) -> Word:
    """Return the word's place on the page turned back by so many quarters."""
    left, top, right, bottom = _turned_box(
        (word.left, word.top, word.right, word.bottom), turn, width, height
    )
    base = {0: word.baseline, 1: width - word.baseline, 2: height - word.baseline}.get(
        turn, word.baseline
    )
    return replace(
        word,
        left=left,
        top=top,
        right=right,
        bottom=bottom,
        baseline=base,
        turn=(word.turn - turn) % 4,
    )


def _turned_box(box: Sequence[float], turn: int, width: float, height: float) -> Box:
    left, top, right, bottom = box
    match turn:
        case 1:  # text runs downwards: what is right on the page is above
            return top, width - right, bottom, width - left
        case 2:
            return width - right, height - bottom, width - left, height - top
        case _:  # text runs upwards
            return height - bottom, left, height - top, right
