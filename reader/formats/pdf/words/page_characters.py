"""The characters of a page, and where each stands: asked of pdfium in one go, not one by one.

Most of the time that reading a page takes is that of the calls, of which there are some for each
character. So they are made by `map` with bare addresses: no Python runs between two of them, which
takes a third of the time of a loop that makes and reads a structure for each.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from itertools import repeat

import pypdfium2_raw as pdfium

from reader.formats.pdf.pdfium import OpenPage
from reader.formats.pdf.words import bare_calls
from reader.formats.pdf.words.letters import LINE_END_HYPHEN
from reader.formats.pdf.words.tex_letters import with_tex_letters

MOST_CHARACTERS = 100_000
"""Of one page: a dense newspaper's has 20,000."""

_HYPHEN_IN_TEXT = "\ufffe"
"""What a hyphen at a line's end is in pdfium's text of a whole page."""

_BOX_BYTES = 16
"""Of an FS_RECTF: left, top, right and bottom as floats of 4 bytes."""

Box = tuple[float, float, float, float]


class PageCharacters:
    """What stands on a page, character by character, with those that pdfium put in among them.

    `text` has one code point for each. Its edges are points from the page's upper left corner.
    """

    def __init__(self, page: OpenPage) -> None:
        self.count = min(page.count(), MOST_CHARACTERS)
        self.lefts, self.tops, self.rights, self.bottoms = _edges_of(page, self.count)
        as_coded = _text_of(page, self.count)
        self.text = with_tex_letters(page, as_coded, self.lefts, self.rights)

    def box(self, number: int) -> Box:
        """Return left, top, right and bottom of a character."""
        return self.lefts[number], self.tops[number], self.rights[number], self.bottoms[number]

    def boxes(self) -> array[float]:
        """Return left, top, right and bottom of each, one after the other."""
        edges = array("f", bytes(_BOX_BYTES * self.count))
        for at, side in enumerate((self.lefts, self.tops, self.rights, self.bottoms)):
            edges[at::4] = array("f", side)
        return edges

    def is_even(self, first: int, last: int, most_gap: float) -> bool:
        """Whether characters are of one height and follow each other closely: all but few words.

        `most_gap` is how much wider or narrower, in points, the whole may be than its parts.
        """
        tops, bottoms = self.tops[first:last], self.bottoms[first:last]
        if tops.count(tops[0]) != last - first or bottoms.count(bottoms[0]) != last - first:
            return False
        lefts, rights = self.lefts[first:last], self.rights[first:last]
        return -most_gap < rights[-1] - lefts[0] - sum(rights) + sum(lefts) < most_gap


def _text_of(page: OpenPage, count: int) -> str:
    """Return the characters: all at once, unless some are not in Unicode's first plane."""
    units = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(page.text, 0, count, units) if count else 1
    text = bytes(units)[: 2 * count].decode("utf-16-le", "surrogatepass")
    if written != count + 1 or len(text) != count:
        return _one_by_one(page, count)
    return text.replace(_HYPHEN_IN_TEXT, chr(LINE_END_HYPHEN))


def _one_by_one(page: OpenPage, count: int) -> str:
    codes = (pdfium.FPDFText_GetUnicode(page.text, number) for number in range(count))
    return "".join(chr(code) if code < 0x110000 else "\0" for code in codes)


def _edges_of(page: OpenPage, count: int) -> list[list[float]]:
    """Return the characters' left, top, right and bottom edges."""
    boxes = (ctypes.c_float * (4 * count))()
    begin = ctypes.addressof(boxes)
    places = range(begin, begin + _BOX_BYTES * count, _BOX_BYTES)
    pages = repeat(bare_calls.address_of(page.text) if count else 0)
    deque(map(bare_calls.loose_char_box, pages, range(count), places), maxlen=0)
    edges: list[float] = array("f", bytes(boxes)).tolist()
    lefts, highs, rights, lows = edges[::4], edges[1::4], edges[2::4], edges[3::4]
    a, b, c, d, e, f = page.to_view
    if not b and not c and a > 0 > d:  # neither turned nor mirrored: as nearly all are
        if (a, e) != (1.0, 0.0):
            lefts, rights = [a * x + e for x in lefts], [a * x + e for x in rights]
        return [lefts, [d * y + f for y in highs], rights, [d * y + f for y in lows]]
    seen = [page.in_view(*box) for box in zip(lefts, lows, rights, highs, strict=True)]
    return [[box[side] for box in seen] for side in range(4)]
