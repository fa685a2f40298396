"""A text with its notes as comments of Word (DOCX), on the passages they are about.

Source: Office Open XML, ECMA-376 part 1: WordprocessingML, comments in section 17.13.4.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reader.annotations.appearance import SQUIGGLE, STRIKE, UNDERLINE, mark_colour
from reader.annotations.exchange.annotated_texts.marked_text import (
    LINE_BREAK,
    MarkedBlock,
    MarkedText,
    Piece,
    begins_with_title,
)
from reader.annotations.exchange.annotated_texts.word_comments import (
    MONOSPACE,
    WORD,
    threads_xml,
    word_comment,
)
from reader.annotations.exchange.note_words import plain_line
from reader.annotations.exchange.text_with_notes import NotedPassage, TextWithNotes
from reader.annotations.model import Annotation
from reader.text.direction import runs_right_to_left
from reader.text.document import BlockKind, InlineKind, Section
from reader.text.xml_text import xml_text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_BREAKS = re.compile(f"([\n\t{LINE_BREAK}])")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_THREADS = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
_THREADS_TYPE = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
)


def write_document(text: TextWithNotes) -> bytes:
    """Return the document: the text, a comment for each note, and the notes without a place."""
    import docx

    word = docx.Document()
    _prepare(word)
    _Writer(text, word).write()
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


_COMMENT_STYLES = (
    ("character", "CommentReference", "annotation reference", "DefaultParagraphFont", 16),
    ("paragraph", "CommentText", "annotation text", "Normal", 20),
)
"""Of a comment's mark in the text, and of its words: kind, id, name, what it is like, half points.
Word's own names (ECMA-376 part 1, section 17.7.4.9)."""

_OLD_STYLES = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"


def _prepare(word: WordDocument) -> None:
    """Define the styles that comments have, and leave out what Word would repair.

    WORKAROUND(python-docx 1.2): its template has a copy of the styles for Word 2010 that isn't one.
    """
    from docx.oxml import parse_xml

    for name, relationship in list(word.part.rels.items()):
        if relationship.reltype == _OLD_STYLES:
            del word.part.rels[name]
    styles: Any = word.styles.element
    known = {style.get(f"{{{WORD}}}styleId") for style in styles}
    for kind, name, label, base, size in _COMMENT_STYLES:
        if name not in known:
            styles.append(
                parse_xml(
                    f'<w:style xmlns:w="{WORD}" w:type="{kind}" w:styleId="{name}">'
                    f'<w:name w:val="{label}"/><w:basedOn w:val="{base}"/>'
                    '<w:uiPriority w:val="99"/><w:unhideWhenUsed/>'
                    f'<w:rPr><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
                )
            )


class _Writer:
    """Fills a document; the runs of each passage are kept until all of them are there."""

    def __init__(self, text: TextWithNotes, word: WordDocument) -> None:
        self._text = text
        self._marked = MarkedText(text.notes)
        self._word = word
        self._first_runs: dict[int, Run] = {}
        self._comments = 0
        self._answers: dict[int, int] = {}
        """By the number of a comment that is a reply, that of the one its thread begins with."""

    def write(self) -> None:
        """Write the text and its comments."""
        text, word = self._text, self._word
        properties = word.core_properties
        title = xml_text(text.shown_title)
        properties.title = title[:255]
        properties.author = xml_text(", ".join(text.authors))[:255]
        properties.comments = text.link
        if not begins_with_title(text.document, text.shown_title):
            word.add_heading(title, 0)
        if text.document is not None:
            for section in text.document.sections:
                self._section(section)
        lost = [number for number, note in enumerate(text.notes) if note.is_lost]
        if lost:
            word.add_heading("Notes without a place in the text", 2)
        for number in lost:
            words = plain_line(text.notes[number].quote) or "About the text as a whole"
            run = self._word.add_paragraph(style="Quote").add_run(xml_text(words))
            self._comment_thread(number, run, run)
        comments: Any = self._word.part._comments_part
        # what names their paragraphs is of Word 2010: others are told to pass over it
        comments.element.set(f"{{{_COMPATIBILITY}}}Ignorable", "w14")
        if self._answers:
            self._tell_threads()

    def _section(self, section: Section) -> None:
        cells: list[MarkedBlock] = []
        for marked in self._marked.blocks_of(section):
            cell = marked.block.cell
            last = cells[-1].block.cell if cells else None
            if last is not None and (cell is None or cell.table != last.table):
                self._table(cells)
                cells = []
            if cell is not None:
                cells.append(marked)
            else:
                self._fill(self._paragraph(marked), marked)
        if cells:
            self._table(cells)

    def _paragraph(self, marked: MarkedBlock) -> Paragraph:
        from docx.shared import Pt

        block, word = marked.block, self._word
        match block.kind:
            case BlockKind.HEADING:
                heading: Paragraph = word.add_heading(level=min(max(block.level, 1), 9))
                return heading
            case BlockKind.QUOTATION:
                return word.add_paragraph(style="Quote")
            case BlockKind.CAPTION | BlockKind.FIGURE:
                return word.add_paragraph(style="Caption")
            case BlockKind.LIST_ITEM:
                paragraph = word.add_paragraph()
                depth = max(block.level, 1)
                paragraph.paragraph_format.left_indent = Pt(18 * depth)
                paragraph.paragraph_format.first_line_indent = Pt(-18)
                if block.marker:
                    paragraph.add_run(f"{xml_text(block.marker)}\t")
                return paragraph
            case _:
                return word.add_paragraph()

    def _table(self, cells: Sequence[MarkedBlock]) -> None:
        places = [marked.block.cell for marked in cells]
        known = [place for place in places if place is not None]
        rows = max(place.row for place in known) + 1
        columns = max(place.column for place in known) + 1
        table = self._word.add_table(rows, columns)
        table.style = "Table Grid"
        # every look-up of a cell walks the whole table
        grid = [row.cells for row in table.rows]
        for marked, place in zip(cells, known, strict=True):
            cell = grid[place.row][place.column]
            paragraph = cell.paragraphs[0]
            if paragraph.runs:
                paragraph = cell.add_paragraph()
            self._fill(paragraph, marked)

    def _fill(self, paragraph: Paragraph, marked: MarkedBlock) -> None:
        is_rtl = runs_right_to_left("".join(piece.text for piece in marked.pieces))
        if is_rtl:
            paragraph._p.get_or_add_pPr().insert_element_before(_element("w:bidi"), *_BEHIND_BIDI)
        for piece in marked.pieces:
            run = paragraph.add_run()
            _put_text(run, xml_text(piece.text))
            self._format(run, piece, marked.block.kind)
            if is_rtl:
                run.font.rtl = True
            for number in piece.begun:
                self._first_runs[number] = run
            for number in piece.ended:
                first = self._first_runs.pop(number, run)
                self._comment_thread(number, first, run)

    def _format(self, run: Run, piece: Piece, kind: BlockKind) -> None:
        font, kinds = run.font, piece.kinds
        if InlineKind.EMPHASIS in kinds:
            font.italic = True
        if InlineKind.STRONG in kinds:
            font.bold = True
        if InlineKind.STRIKE in kinds:
            font.strike = True
        if InlineKind.SUBSCRIPT in kinds:
            font.subscript = True
        if InlineKind.SUPERSCRIPT in kinds or InlineKind.NOTE_REFERENCE in kinds:
            font.superscript = True
        if InlineKind.CODE in kinds or kind is BlockKind.CODE:
            font.name = MONOSPACE
        if piece.notes and piece.text:
            for number in piece.notes:  # the one begun last is seen where two would be the same
                _mark(run, self._text.notes[number].annotation)

    def _comment_thread(self, number: int, first: Run, last: Run) -> None:
        """Put a note on the passage from the first to the last run, and the replies to it."""
        note = self._text.notes[number]
        root = self._comment(note, first, last)
        for reply in note.replies:
            self._answers[self._comment(reply, first, last)] = root

    def _tell_threads(self) -> None:
        """Say which comments answer which, in a part of its own."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        content = threads_xml(self._comments, self._answers)
        part = Part(PackURI("/word/commentsExtended.xml"), _THREADS_TYPE, content.encode())
        self._word.part.relate_to(part, _THREADS)

    def _comment(self, note: NotedPassage, first: Run, last: Run) -> int:
        """Return the number of a comment put on the passage from the first to the last run.

        WORKAROUND(python-docx 1.2): its own `add_comment` and `relate_to` look through all there
        are for a free number or a known address, which takes minutes for 10,000.
        """
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml import parse_xml

        comments: Any = self._word.part._comments_part
        number = self._comments  # to count the elements takes as long as there are many
        self._comments += 1
        comment = word_comment(note, number)
        for name, address in comment.links.items():
            comments.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, name, True)
        comments.element.append(parse_xml(comment.xml))
        first.mark_comment_range(last, number)
        return number


def _put_text(run: Run, text: str) -> None:
    """Fill an empty run. The library looks at each character, and for what to clear before."""
    for part in _BREAKS.split(text):
        if part in (LINE_BREAK, "\n"):
            run._r.append(_element("w:br"))
        elif part == "\t":
            run._r.append(_element("w:tab"))
        elif part:
            element = _element("w:t")
            element.text = part
            element.set(_SPACE, "preserve")
            run._r.append(element)


def _element(name: str, **attributes: str) -> Any:
    """Return an element that the library has no words for; `val` stands for `w:val`."""
    from docx.oxml import OxmlElement

    element: Any = OxmlElement(name)
    for key, given in attributes.items():
        element.set(f"{{{WORD}}}{key}", given)
    return element


def _mark(run: Run, annotation: Annotation) -> None:
    """Mark a run in an annotation's style; a line through has no colour of its own in Word."""
    colour = mark_colour(annotation.colour, annotation.style)
    if annotation.style in (UNDERLINE, SQUIGGLE):
        kind = "wave" if annotation.style == SQUIGGLE else "single"
        _put_property(run, "u", val=kind, color=colour)
    elif annotation.style == STRIKE:
        run.font.strike = True
    else:
        _put_property(run, "shd", val="clear", color="auto", fill=colour)


_BEHIND_BIDI = (
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
)
"""Properties of a paragraph that come after its direction (section 17.3.1.26)."""

_ORDER = ("w:u", "w:effect", "w:bdr", "w:shd", "w:fitText", "w:vertAlign", "w:rtl", "w:cs", "w:em")
"""Of the last properties of a run (section 17.3.2.28); in another one Word may refuse a file."""


def _put_property(run: Run, name: str, **attributes: str) -> None:
    properties: Any = run._r.get_or_add_rPr()
    for known in properties.findall(f"{{{WORD}}}{name}"):
        properties.remove(known)
    behind = _ORDER[_ORDER.index(f"w:{name}") + 1 :]
    properties.insert_element_before(_element(f"w:{name}", **attributes), *behind)
