"""A text that is no PDF set on pages, with its notes as the PDF's own annotations."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from reader.annotations.appearance import mark_colour
from reader.annotations.exchange.annotated_texts.marked_text import (
    LINE_BREAK,
    MarkedBlock,
    MarkedText,
    Piece,
    begins_with_title,
)
from reader.annotations.exchange.annotated_texts.pdf_copy import MARKUP, note_contents
from reader.annotations.exchange.annotated_texts.pdf_lines import (
    LINE,
    LineSetter,
    ParagraphLook,
    SetPiece,
)
from reader.annotations.exchange.annotated_texts.system_fonts import fonts_with
from reader.annotations.exchange.note_words import plain_line
from reader.annotations.exchange.text_with_notes import NotedPassage, TextWithNotes
from reader.text.direction import runs_right_to_left
from reader.text.document import BlockKind, InlineKind
from reader.text.utf16 import without_halves
from reader.values import value

if TYPE_CHECKING:
    from fpdf import FPDF

_FAMILY = "text"
_SIZE_PT = 11.0
_HEADING_PT = {1: 20.0, 2: 16.0, 3: 13.0}
_MARGIN_MM = 25.0
_ROMAN = "Literata[opsz,wght].ttf"
_ITALIC = "Literata-Italic[opsz,wght].ttf"
_COMPLEX = re.compile(
    "[\u0590-\u109f\u1780-\u18af\u1900-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00011fff]"
)
"""Hebrew, Arabic, the scripts of India and South East Asia, and others like them."""
_JOINING = "\u200c\u200d\ufe0f"
_CHANGING = ("Cf", "Mn", "Me", "Sk")
_BOX = "\u25a1"
_NOTE = "note:"
"""Begins the marks that passages are set with: where they come out is where a note stands."""
_POINT = "\u200a"
"""What a note without a passage stands on."""


@value
class _Rectangle:
    """Where a part of a line was set, in points from the page's lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


def write_pages(text: TextWithNotes) -> bytes:
    """Return a PDF of the text on A4 with the notes on their passages."""
    for name in ("fpdf", "fontTools"):  # they tell of every glyph and table that isn't there
        logging.getLogger(name).setLevel(logging.ERROR)
    rectangles: dict[int, list[_Rectangle]] = {}
    pdf = _recording_pdf(rectangles)
    pdf.set_margins(_MARGIN_MM, _MARGIN_MM)
    pdf.set_auto_page_break(True, _MARGIN_MM)
    pdf.set_title(_settable(text.shown_title))
    pdf.set_author(_settable(", ".join(text.authors)))
    pdf.set_subject(text.link)
    if text.language:
        pdf.set_lang(text.language)
    with TemporaryDirectory(prefix="sottovoce-") as folder:
        characters = _characters(text)
        others, is_shaped = _add_fonts(
            pdf, characters, Path(folder), has_italics=_has_italics(text)
        )
        pdf.add_page()
        shown = _shown_instead(pdf, characters)
        setter = _ShapedColumns(pdf, shown) if is_shaped else _lines_of(pdf, others, shown)
        _Setter(text, pdf, setter).set_all()
        _add_notes(pdf, text, rectangles)
        return bytes(pdf.output())


def _recording_pdf(rectangles: dict[int, list[_Rectangle]]) -> FPDF:
    """Return a PDF whose marks, instead of links, become rectangles by the note's number."""
    from fpdf import FPDF

    class RecordingPdf(FPDF):
        _is_ordering = False

        # WORKAROUND(fpdf2 2.8.9): what is set in columns is shaped, but its directions aren't
        # ordered
        def _preload_font_styles(
            self, text: str | None, markdown: bool, *rest: Any, **more: Any
        ) -> Any:
            if not text or not self.text_shaping or self._is_ordering:
                return super()._preload_font_styles(text, markdown, *rest, **more)
            self._is_ordering = True
            try:
                return self._preload_bidirectional_text(text, markdown)
            finally:
                self._is_ordering = False

        def link(
            self, x: float, y: float, w: float, h: float, link: Any, *rest: Any, **more: Any
        ) -> Any:
            if not (isinstance(link, str) and link.startswith(_NOTE)):
                return super().link(x, y, w, h, link, *rest, **more)
            k = self.k
            place = _Rectangle(
                self.page, x * k, (self.h - y - h) * k, (x + w) * k, (self.h - y) * k
            )
            for number in link.removeprefix(_NOTE).split(","):
                rectangles.setdefault(int(number), []).append(place)
            return None

    return RecordingPdf(format="A4")


# Typefaces


def _add_fonts(
    pdf: FPDF, characters: set[str], folder: Path, *, has_italics: bool
) -> tuple[list[str], bool]:
    """Return the families beside the first, and whether the text has to be shaped."""
    pdf.add_font(_FAMILY, "", _font_file(_ROMAN))
    bold = _bold_of(_font_file(_ROMAN), characters, folder)
    pdf.add_font(_FAMILY, "B", bold)
    if has_italics:  # each is embedded with its characters, used or not
        pdf.add_font(_FAMILY, "I", _font_file(_ITALIC))
        pdf.add_font(_FAMILY, "BI", bold)
    pdf.set_font(_FAMILY, size=_SIZE_PT)
    # only where letters join or run from right to left: it takes ten times as long
    is_shaped = any(_COMPLEX.match(character) for character in characters)
    pdf.set_text_shaping(is_shaped)
    known: Any = pdf.fonts[_FAMILY]
    missing = {c for c in characters if ord(c) not in known.cmap and not c.isspace()}
    names = []
    for number, path in enumerate(fonts_with(missing) if missing else ()):
        with suppress(Exception):  # one font of many that the library can't take
            pdf.add_font(f"other{number}", "", path)
            names.append(f"other{number}")
    if names:
        pdf.set_fallback_fonts(names, exact_match=False)
    return names, is_shaped


def _shown_instead(pdf: FPDF, characters: set[str]) -> dict[int, str]:
    """Return what stands for characters that no typeface here has: a box, or nothing for those
    that only change others. Left to the library they have a width, but no place.
    """
    fonts: Any = pdf.fonts
    known = set().union(*(font.cmap for font in fonts.values()))
    return {
        ord(character): "" if unicodedata.category(character) in _CHANGING else _BOX
        for character in characters
        if ord(character) not in known and not character.isspace()
    }


def _bold_of(roman: Path, characters: set[str], folder: Path) -> Path:
    """Return a bold cut of a variable font with these characters.

    Of all its characters, kerned, it takes 4 seconds.
    """
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    subsetter = Subsetter(Options(notdef_outline=True, glyph_names=False))
    subsetter.populate(unicodes={ord(c) for c in characters} | set(range(32, 127)))
    font = TTFont(roman)
    for layout in ("GSUB", "GPOS", "GDEF"):
        del font[layout]
    subsetter.subset(font)
    bold = instantiateVariableFont(font, {"wght": 700, "opsz": 18}, inplace=True)
    path = folder / "bold.ttf"
    bold.save(path)
    return path


def _font_file(name: str) -> Path:
    spec = find_spec("fontpkg_literata")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "files" / name


def _has_italics(text: TextWithNotes) -> bool:
    sections = () if text.document is None else text.document.sections
    return any(run.kind is InlineKind.EMPHASIS for section in sections for run in section.inlines)


def _characters(text: TextWithNotes) -> set[str]:
    found = set(text.title) | set("".join(text.authors)) | set(text.file_name)
    if text.document is not None:
        for section in text.document.sections:
            found |= set(section.text)
            for block in section.blocks:
                found |= set(block.marker)
    for note in text.notes:
        if note.span is None:
            found |= set(note.quote)
    return {character for character in found if character.isprintable() or character in _JOINING}


# Text


class _ShapedColumns:
    """Sets paragraphs by the library's own means, which shape letters and order directions."""

    def __init__(self, pdf: FPDF, shown: Mapping[int, str]) -> None:
        """`shown` is what is set instead of a character."""
        self._pdf = pdf
        self._shown = shown

    def set_paragraph(self, pieces: Sequence[SetPiece], look: ParagraphLook) -> None:
        """Set one paragraph where the last one ended, from the side where its script begins."""
        is_from_right = runs_right_to_left("".join(piece.text for piece in pieces))
        self._pdf.set_text_shaping(True, direction="rtl" if is_from_right else "ltr")
        self._pdf.set_font(_FAMILY, "", look.size)
        # the library indents at the left and puts bullets there; from right to left the column
        # is narrower at the right instead, and the bullet is the first of the paragraph's words
        begun = [SetPiece(f"{look.bullet} ", "")] if is_from_right and look.bullet else []
        with (
            self._pdf.text_columns(
                line_height=LINE,
                text_align="R" if is_from_right else "L",
                r_margin=self._pdf.r_margin + (look.indent if is_from_right else 0),
            ) as columns,
            columns.paragraph(
                top_margin=look.above,
                bottom_margin=look.below,
                indent=0 if is_from_right else look.indent,
                bullet_string="" if is_from_right else look.bullet,
            ) as paragraph,
        ):
            for piece in [*begun, *pieces]:
                self._pdf.set_font(_FAMILY, piece.style, look.size)
                words = piece.text.translate(self._shown)
                paragraph.write(words or _POINT, link=piece.mark or None)


def _lines_of(pdf: FPDF, others: Sequence[str], shown: Mapping[int, str]) -> LineSetter:
    def tell(mark: str, left: float, top: float, width: float, height: float) -> None:
        pdf.link(left, top, width, height, mark)

    return LineSetter(pdf, _FAMILY, others, shown, tell)


class _Setter:
    """Sets the text block by block, each as a paragraph."""

    def __init__(self, text: TextWithNotes, pdf: FPDF, setter: LineSetter | _ShapedColumns) -> None:
        self._text = text
        self._marked = MarkedText(text.notes)
        self._pdf = pdf
        self._setter = setter

    def set_all(self) -> None:
        """Set title, text and what has no place in it."""
        text = self._text
        title = text.shown_title
        if not begins_with_title(text.document, title):
            self._plain(title, size=_HEADING_PT[1], style="B")
        if text.authors:
            self._plain(", ".join(text.authors), size=_SIZE_PT - 1)
        if text.document is not None:
            for section in text.document.sections:
                for marked in self._marked.blocks_of(section):
                    self._block(marked)
        lost = [number for number, note in enumerate(text.notes) if note.is_lost]
        if lost and text.document is not None:
            self._plain("Notes without a place in the text", size=_HEADING_PT[3], style="B")
        for number in lost:
            quote = plain_line(text.notes[number].quote) or "About the text as a whole"
            self._plain(quote, mark=f"{_NOTE}{number}")

    def _plain(self, words: str, size: float = _SIZE_PT, style: str = "", mark: str = "") -> None:
        piece = SetPiece(_settable(words), style, mark)
        self._setter.set_paragraph([piece], ParagraphLook(size, below=3))

    def _block(self, marked: MarkedBlock) -> None:
        block = marked.block
        size, is_heading, indent, above = _SIZE_PT, False, 0.0, 0.0
        match block.kind:
            case BlockKind.RULE:
                self._pdf.ln(4)
                return
            case BlockKind.HEADING:
                size, is_heading, above = _HEADING_PT.get(block.level, 11.5), True, 4.0
            case BlockKind.QUOTATION | BlockKind.CODE:
                indent = 8.0
            case BlockKind.LIST_ITEM:
                indent = 6.0 * max(block.level, 1)
            case BlockKind.CAPTION | BlockKind.FOOTNOTE | BlockKind.FIGURE:
                size = _SIZE_PT - 1.5
        if not any(piece.text.strip() or piece.begun for piece in marked.pieces):
            return
        self._setter.set_paragraph(
            [_set_piece(piece, is_heading=is_heading) for piece in marked.pieces],
            ParagraphLook(size, indent, above, bullet=_settable(block.marker)),
        )


def _set_piece(piece: Piece, *, is_heading: bool) -> SetPiece:
    is_bold = is_heading or InlineKind.STRONG in piece.kinds
    is_italic = InlineKind.EMPHASIS in piece.kinds
    numbers = ",".join(map(str, piece.notes or piece.begun))
    words = _settable(piece.text).replace(LINE_BREAK, "\n")
    return SetPiece(
        words or _POINT,
        "B" * is_bold + "I" * is_italic,
        f"{_NOTE}{numbers}" if numbers else "",
        is_whole=not words,
    )


# Notes


def _add_notes(pdf: FPDF, text: TextWithNotes, rectangles: dict[int, list[_Rectangle]]) -> None:
    for number, note in enumerate(text.notes):
        pages: dict[int, list[_Rectangle]] = {}
        for place in rectangles.get(number, ()):
            pages.setdefault(place.page, []).append(place)
        says = True
        for page, places in sorted(pages.items()):
            _highlight(pdf, note, page, places, says=says)
            says = False


def _highlight(
    pdf: FPDF, note: NotedPassage, page: int, places: list[_Rectangle], *, says: bool
) -> None:
    quads = []
    for place in places:
        # letters reach a little beyond the height that fonts are named by
        beyond = (place.top - place.bottom) * 0.12
        top, bottom = place.top + beyond, place.bottom - beyond
        quads += [place.left, top, place.right, top, place.left, bottom, place.right, bottom]
    mark = pdf.add_text_markup_annotation(
        MARKUP[note.annotation.style],
        _settable(note_contents(note)) if says else "",
        quad_points=quads,
        page=page,
        color=_rgb(mark_colour(note.annotation.colour, note.annotation.style)),
        title=_settable(note.annotation.creator or "Reader"),
        modification_time=note.annotation.modified or note.annotation.created,
    )
    # WORKAROUND(fpdf2 2.8.9): its rectangle begins at the lowest y where it should at the first x,
    # and viewers look there for what the mouse is over
    across, up = quads[0::2], quads[1::2]
    mark.rect = f"[{min(across):.2f} {min(up):.2f} {max(across):.2f} {max(up):.2f}]"


def _rgb(hexadecimal: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(hexadecimal)
    return red / 255, green / 255, blue / 255


def _settable(text: str) -> str:
    """Return a text without half characters and control signs, which can't be set."""
    clean = without_halves(text)
    if clean.isprintable():
        return clean
    return "".join(c for c in clean if c in "\n\u2028" or c.isprintable() or c.isspace())
