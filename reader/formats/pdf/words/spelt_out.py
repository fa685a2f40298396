"""Letters with points that a PDF spells out beside its pieces of text: where they stand.

Chromium writes a letter and its vowel points as pieces of text, the points first, and beside them
what they mean (ActualText: ISO 32000-1, 14.9.4). pdfium puts all of it where the first piece is,
which may be a point far from its letter's foot, and takes the gaps for spaces and new lines.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pypdfium2_raw as pdfium

from reader.formats.pdf.pdfium import OpenPage
from reader.formats.pdf.words.bare_calls import address_of
from reader.formats.pdf.words.page_characters import Box
from reader.formats.pdf.words.right_to_left import RIGHT_TO_LEFT, Glyph
from reader.values import value

_KEY = b"ActualText"
_MOST_MARKS = 8


@value
class SpeltOut:
    """Where all pieces are that are spelt out at once, and the baseline of the largest of them."""

    box: Box
    line: float


def spelt_out(page: OpenPage) -> dict[int, SpeltOut]:
    """Return what is spelt out, by the address of each piece of text that is part of it."""
    pieces: dict[int, list[Any]] = {}
    for piece in page.text_objects():
        mark = _spelling(piece)
        if mark:
            pieces.setdefault(mark, []).append(piece)
    found = {}
    for together in pieces.values():
        whole = _whole(page, together)
        found.update(dict.fromkeys(map(address_of, together), whole))
    return found


def put_in_place(
    glyphs: Sequence[Glyph], pieces: Sequence[int], spelt: Mapping[int, SpeltOut]
) -> list[Glyph]:
    """Return characters with those that are spelt out where their pieces stand, as they are read.

    `pieces` are the addresses of the pieces of text that pdfium has the characters at.
    """
    placed: list[Glyph] = []
    together: dict[int, list[Glyph]] = {}
    for glyph, piece in zip(glyphs, pieces, strict=True):
        if piece in spelt:
            together.setdefault(piece, []).append(glyph)
        else:
            placed.append(glyph)
    seen: set[tuple[str, Box]] = set()
    for piece, group in together.items():
        where = spelt[piece]
        text = "".join(sorted(glyph.text for glyph in group if not glyph.text.isspace()))
        if RIGHT_TO_LEFT.search(text) is None:
            placed += group
        elif (text, where.box) not in seen:  # told once more where its pieces are not in one row
            placed += _side_by_side(group, where)
            seen.add((text, where.box))
    return placed


def _side_by_side(glyphs: Sequence[Glyph], where: SpeltOut) -> list[Glyph]:
    letters = [glyph for glyph in glyphs if not glyph.is_mark and not glyph.text.isspace()]
    marks = [glyph for glyph in glyphs if glyph.is_mark]
    if len(letters) == 1:
        ordered = [*letters, *sorted(marks, key=lambda mark: unicodedata.combining(mark.text[0]))]
    else:  # pdfium has them in a row from right to left
        ordered = sorted([*letters, *marks], key=lambda glyph: -glyph.left)
    left, top, right, bottom = where.box
    width = (right - left) / max(len(letters), 1)
    placed = []
    number = 0
    for glyph in ordered:
        number += not glyph.is_mark
        end = right - max(number - 1, 0) * width
        placed.append(
            replace(glyph, left=end - width, top=top, right=end, bottom=bottom, line=where.line)
        )
    return placed


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _spelling(piece: Any) -> int:
    """Return the address of the mark that spells a piece of text out; 0 for none."""
    size = ctypes.c_ulong()
    for number in range(min(pdfium.FPDFPageObj_CountMarks(piece), _MOST_MARKS)):
        mark = pdfium.FPDFPageObj_GetMark(piece, number)
        if mark and pdfium.FPDFPageObjMark_GetParamStringValue(
            mark, _KEY, None, 0, ctypes.byref(size)
        ):
            return address_of(mark)
    return 0


def _whole(page: OpenPage, pieces: Sequence[Any]) -> SpeltOut:
    boxes = [page.box_of(piece) for piece in pieces]
    largest = max(range(len(boxes)), key=lambda number: _area(boxes[number]))
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(pieces[largest], ctypes.byref(matrix))
    _, line, _, _ = page.in_view(matrix.e, matrix.f, matrix.e, matrix.f)
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return SpeltOut((min(lefts), min(tops), max(rights), max(bottoms)), line)
