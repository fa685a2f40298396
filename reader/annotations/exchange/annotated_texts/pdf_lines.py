"""Sets paragraphs on the pages of a PDF, line by line, and tells where each part of them is.

fpdf2 measures a line anew with every letter it adds, which takes seconds for a book. Here words are
measured once, and lines broken greedily between them. What has to be shaped (letters that join, or
run from right to left) is left to the library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from reader.values import replaced, value

if TYPE_CHECKING:
    from fpdf import FPDF

LINE = 1.5
"""Height of a line, in sizes of its type."""
SOFT_HYPHEN = "\u00ad"

_SPACES = " \t\u1680\u2000-\u2006\u2008-\u200b\u205f"
_ATOMS = re.compile(f"\n|[{_SPACES}]|[^\n{_SPACES}]+")
_IDEOGRAPHIC = "\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_NO_BEGIN = "、。，．・：；？！ー」』）〕］｝〉》】’”々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_NO_END = "「『（〔［｛〈《【‘“"
_PARTS = re.compile(
    f"[{_NO_END}]*(?:[{_IDEOGRAPHIC}]|[^{_IDEOGRAPHIC}{SOFT_HYPHEN}]+)[{_NO_BEGIN}]*{SOFT_HYPHEN}?|.",
    re.DOTALL,
)
"""Between these, a word may be broken: between ideographs, and behind a soft hyphen."""

_BULLET_GAP_MM = 2.0


@value
class SetPiece:
    """Text of one look. `mark` is told back with the places where it was set; "" for none."""

    text: str
    style: str
    """B and I, as fpdf2 wants them."""
    mark: str = ""
    is_whole: bool = False
    """Whether it stands on a line even where it is a space."""


@value
class ParagraphLook:
    """How a paragraph is set: lengths in millimetres, the size in points."""

    size: float
    indent: float = 0.0
    above: float = 0.0
    below: float = 2.4
    bullet: str = ""


@value
class _Atom:
    """A part of a piece that stays on one line; it is followed by a place to break, or isn't."""

    text: str
    piece: int
    width: float
    is_space: bool
    ends: bool


Tell = Callable[[str, float, float, float, float], None]
"""Told of a mark's place on this page: left, top, width and height in millimetres."""


class LineSetter:
    """Sets paragraphs where the last one ended, on as many pages as they need."""

    def __init__(
        self,
        pdf: FPDF,
        family: str,
        others: Sequence[str],
        shown: Mapping[int, str],
        tell: Tell,
    ) -> None:
        """`others` are the families that have what `family` lacks; `shown` is set instead of what
        they lack, too.
        """
        self._pdf = pdf
        self._family = family
        self._others = tuple(others)
        self._shown = shown
        self._tell = tell
        self._widths: dict[tuple[str, str], float] = {}

    def set_paragraph(self, pieces: Sequence[SetPiece], look: ParagraphLook) -> None:
        """Set one paragraph; one of no letters takes no room."""
        pdf = self._pdf
        left = pdf.l_margin + pdf.c_margin + look.indent
        room = (pdf.w - pdf.r_margin - pdf.c_margin - left) * pdf.k / look.size
        if self._shown:
            pieces = [replaced(p, text=p.text.translate(self._shown)) for p in pieces]
        atoms = list(self._atoms(pieces, room))
        if not atoms:
            return
        if pdf.get_y() > pdf.t_margin:
            pdf.set_y(pdf.get_y() + look.above)
        bullet = look.bullet
        for line in _lines(atoms, room):
            self._set_line(line, pieces, left, look.size)
            if bullet:
                width = self._width(bullet, "") * look.size / pdf.k
                self._set_words(bullet, "", left - width - _BULLET_GAP_MM, look.size)
                bullet = ""
            pdf.set_y(pdf.get_y() + LINE * look.size / pdf.k)
        pdf.set_y(pdf.get_y() + look.below)

    def _set_line(
        self, line: Sequence[_Atom], pieces: Sequence[SetPiece], left: float, size: float
    ) -> None:
        pdf = self._pdf
        height = size / pdf.k
        if pdf.will_page_break(LINE * height):
            pdf.add_page()
        for number, atoms in groupby(line, lambda atom: atom.piece):
            piece, words = pieces[number], list(atoms)
            text = "".join(atom.text for atom in words).replace(SOFT_HYPHEN, "")
            width = sum(atom.width for atom in words) * size / pdf.k
            self._set_words(text, piece.style, left, size)
            if piece.mark:
                self._tell(piece.mark, left, pdf.get_y() + (LINE - 1) / 2 * height, width, height)
            left += width

    def _set_words(self, text: str, style: str, left: float, size: float) -> None:
        pdf = self._pdf
        baseline = pdf.get_y() + (LINE / 2 + 0.3) * size / pdf.k
        for family, run in self._runs(text, style):
            pdf.set_font(family, style if family == self._family else "", size)
            pdf.text(left, baseline, run)
            left += self._font(family, style).get_text_width(run, size, None)[1] / pdf.k

    # Measured

    def _atoms(self, pieces: Sequence[SetPiece], room: float) -> Iterator[_Atom]:
        for number, piece in enumerate(pieces):
            for text, is_space, ends in _parts(piece):
                width = self._width(text, piece.style)
                if width <= room:
                    yield _Atom(text, number, width, is_space, ends)
                    continue
                for letter in text:  # wider than a line: broken wherever one ends
                    yield _Atom(letter, number, self._width(letter, piece.style), is_space, True)

    def _width(self, text: str, style: str) -> float:
        """Return how wide a text is, in sizes of its type."""
        width = self._widths.get((text, style))
        if width is None:
            width = self._widths[text, style] = sum(
                self._font(family, style).get_text_width(run, 1.0, None)[1]
                for family, run in self._runs(text.rstrip(SOFT_HYPHEN).strip("\n"), style)
            )
        return width

    def _runs(self, text: str, style: str) -> Iterator[tuple[str, str]]:
        """Give a text in parts that one family has the letters of."""
        if text.isascii():
            if text:
                yield self._family, text
            return
        for family, letters in groupby(text, lambda letter: self._family_of(letter, style)):
            yield family, "".join(letters)

    def _family_of(self, letter: str, style: str) -> str:
        if ord(letter) in self._font(self._family, style).cmap:
            return self._family
        having = (f for f in self._others if ord(letter) in self._font(f, "").cmap)
        return next(having, self._family)

    def _font(self, family: str, style: str) -> Any:
        return self._pdf.fonts[family + style if family == self._family else family]


def _parts(piece: SetPiece) -> Iterator[tuple[str, bool, bool]]:
    """Give the parts of a piece: whether each is a space, and whether a line may end behind it."""
    if piece.is_whole:
        yield piece.text, False, False
        return
    for atom in _ATOMS.findall(piece.text):
        if atom.isspace() or atom == "\u200b":
            yield ("    " if atom == "\t" else atom), True, True
        elif atom.isascii():
            yield atom, False, False
        else:
            parts = _PARTS.findall(atom)
            for part in parts[:-1]:
                yield part, False, True
            yield parts[-1], False, parts[-1].endswith(SOFT_HYPHEN)


def _lines(atoms: Iterable[_Atom], room: float) -> Iterator[list[_Atom]]:
    """Give the lines: no wider than `room`, in sizes of the type."""
    line: list[_Atom] = []
    width, last_end = 0.0, 0
    for atom in atoms:
        if atom.text == "\n":
            yield line
            line, width, last_end = [], 0.0, 0
            continue
        while line and not atom.is_space and width + atom.width > room:
            cut = last_end or len(line)
            yield _broken(line[:cut])
            line = line[cut:]
            width, last_end = sum(one.width for one in line), 0
        line.append(atom)
        width += atom.width
        if atom.ends:
            last_end = len(line)
    if line:
        yield line


def _broken(line: list[_Atom]) -> list[_Atom]:
    """Return a line that goes on in the next one: spaces go, a soft hyphen shows."""
    while len(line) > 1 and line[-1].is_space:
        line.pop()
    last = line[-1]
    if last.text.endswith(SOFT_HYPHEN):
        line[-1] = replaced(last, text=last.text[:-1] + "-")
    return line
