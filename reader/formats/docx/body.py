"""Walks the body of a DOCX file and its notes, and tells an OfficeTree what a reader sees.

Of tracked changes, what was inserted is read and what was deleted isn't. Comments, headers, footers
and hidden text are no part of the text; a field is what it came to when the file was saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from lxml.etree import _Element as Element

from reader.formats.docx.drawings import drawn_pictures, old_pictures, rule_count, text_boxes
from reader.formats.docx.math import math_text
from reader.formats.docx.names import MC, ON, VAL, M, R, W, number, switch, value
from reader.formats.docx.styles import (
    ParagraphStyle,
    RunStyle,
    Styles,
    heading_tag,
    numbering_of,
)
from reader.formats.docx.tables import cells_of, is_header_row, rows_of
from reader.formats.office.list_numbers import numeral
from reader.formats.office.script_languages import fitting_language
from reader.formats.office.symbol_font import symbol
from reader.formats.office.tree import ListItem, OfficeTree, ParagraphShape, TextShape
from reader.formats.office.word_fields import label_of_field, link_of_field
from reader.formats.office.word_lists import Numbering

_ASIAN_LANGUAGES = {"zh", "ja", "ko"}
BLOCKS = (f"{W}p", f"{W}tbl", f"{W}sdt")
_THROUGH = frozenset(
    f"{W}{name}"
    for name in ("ins", "moveTo", "smartTag", "customXml", "sdtContent", "bdo", "dir", "body")
)
_FORMAT_SIGNS = {
    f"{W}noBreakHyphen": "‑",
    f"{W}softHyphen": "\u00ad",
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else of the file the text needs. `picture_of` and `address_of` take relation ids."""

    styles: Styles
    numbering: Numbering
    picture_of: Callable[[str], str]
    address_of: Callable[[str], str]
    note_styles: Mapping[str, str]


@dataclass(slots=True)
class _Field:
    """A field whose end is still to come; its result is shown, its instruction isn't."""

    instruction: str = ""
    is_result: bool = False
    link: str = ""
    form: str = ""
    """What a form's field shows that has no result."""


@dataclass(slots=True)
class _Notes:
    """The notes referred to so far, in order, each with its mark."""

    kind: str
    marks: dict[str, str] = field(default_factory=dict)
    count: int = 0


class BodyReader:
    """Reads blocks one after the other into `tree`."""

    def __init__(self, tree: OfficeTree, around: Surroundings) -> None:
        self._tree = tree
        self._around = around
        self._fields: list[_Field] = []
        self._boxes: list[Element] = []
        self._notes = {kind: _Notes(kind) for kind in ("footnote", "endnote")}
        self._style = ParagraphStyle()
        self._link = ""
        self._is_mark_deleted = False
        self._inline: dict[str, Callable[[Element], None]] = {
            f"{W}r": self._run,
            f"{W}hyperlink": self._hyperlink,
            f"{W}fldSimple": self._simple_field,
            f"{W}sdt": self._control,
            f"{W}bookmarkStart": self._bookmark,
            f"{M}oMath": self._math,
            f"{M}oMathPara": self._math,
            f"{MC}AlternateContent": self._alternative,
        }

    def read_blocks(self, blocks: Iterable[Element]) -> None:
        """Read paragraphs, tables and what holds them."""
        for block in blocks:
            if block.tag == f"{W}p":
                self._paragraph(block)
            elif block.tag == f"{W}tbl":
                self._table(block)
            elif block.tag == f"{W}sdt":
                content = block.find(f"{W}sdtContent")
                if content is not None and not self._is_prompt(block):
                    self.read_blocks(content)
            elif block.tag in _THROUGH:
                self.read_blocks(block)
            elif block.tag in self._inline:
                self._inline[str(block.tag)](block)

    def read_notes(self, kind: str, notes: Mapping[str, Element]) -> None:
        """Read the notes of a kind that the text has referred to, in that order."""
        for name, mark in list(self._notes[kind].marks.items()):
            note = notes.get(name)
            if note is not None:
                self._tree.begin_note(f"{kind}-{name}", mark)
                self.read_blocks(note)
                self._tree.end()

    # Paragraphs

    def _paragraph(self, paragraph: Element) -> None:
        properties = paragraph.find(f"{W}pPr")
        self._style = self._around.styles.paragraph(value(properties, "pStyle"))
        if not self._is_mark_deleted:
            number_text, shape = self._shape(properties)
            self._tree.begin_paragraph(shape)
            if number_text:
                self._tree.write(f"{number_text} ")
        self._is_mark_deleted = _is_deleted(properties)
        self._inlines(paragraph)
        self._fields = [field for field in self._fields if field.is_result]
        if not self._is_mark_deleted:
            self._end_paragraph(properties)

    def _end_paragraph(self, properties: Element | None) -> None:
        is_empty = not self._tree.text_so_far().strip()
        self._tree.end_paragraph()
        border = None if properties is None else properties.find(f"{W}pBdr/{W}bottom")
        if is_empty and border is not None and border.get(VAL) not in (None, "nil", "none"):
            self._tree.add_rule()
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.read_blocks(box)

    def _shape(self, properties: Element | None) -> tuple[str, ParagraphShape]:
        """Return the number before a heading, and the paragraph's shape."""
        style, tag = self._style, self._style.tag
        numbering = style.numbering
        is_right_to_left = style.is_right_to_left
        if properties is not None:
            if (level := value(properties, "outlineLvl")) and tag[0] in "hp" and tag != "pre":
                tag = heading_tag(number(level, 9))
            numbering = numbering_of(properties) or numbering
            told = switch(properties, "bidi")
            is_right_to_left = is_right_to_left if told is None else told
        shape = ParagraphShape(
            tag, is_quotation=style.is_quotation, is_right_to_left=is_right_to_left
        )
        if numbering is None or numbering[0] == "0" or tag == "figcaption":
            return "", shape
        marker = self._around.numbering.marker(*numbering)
        if tag.startswith("h"):
            return marker or "", shape
        if marker is None:
            return "", shape
        return "", replace(shape, item=ListItem(numbering[1] + 1, marker))

    # Inside a paragraph

    def _inlines(self, holder: Element) -> None:
        for child in holder:
            known = self._inline.get(str(child.tag))
            if known is not None:
                known(child)
            elif child.tag in _THROUGH:
                self._inlines(child)

    def _run(self, run: Element) -> None:
        properties = run.find(f"{W}rPr")
        style = self._around.styles.run(properties, self._style)
        if style.is_hidden or self._style.is_hidden:
            return
        if properties is not None and properties.find(f"{W}del") is not None:
            return
        for child in run:
            self._part_of_run(child, style)

    def _part_of_run(self, part: Element, style: RunStyle) -> None:
        tag = str(part.tag)
        if tag == f"{W}t":
            self._write(part.text or "", style)
        elif tag in _FORMAT_SIGNS:
            self._write(_FORMAT_SIGNS[tag], style)
        elif tag == f"{W}fldChar":
            self._field_sign(part, style)
        elif tag == f"{W}instrText":
            if self._fields and not self._fields[-1].is_result:
                self._fields[-1].instruction += part.text or ""
        elif not self._is_shown():
            return
        elif tag in (f"{W}br", f"{W}cr"):
            is_line = part.get(f"{W}type") in (None, "textWrapping")
            (self._tree.break_line if is_line else self._tree.break_page)()
        elif tag == f"{W}sym":
            told = part.get(f"{W}char") or ""
            code = int(told, 16) if _is_hexadecimal(told) else 0
            self._write(symbol(code, part.get(f"{W}font") or ""), style)
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            self._refer_to_note(part)
        elif tag == f"{W}drawing":
            self._drawing(part)
        elif tag in (f"{W}pict", f"{W}object"):
            self._old_drawing(part)
        elif tag == f"{MC}AlternateContent":
            self._alternative(part)
        elif tag == f"{W}ruby":
            base = part.find(f"{W}rubyBase")
            if base is not None:
                self._inlines(base)

    def _write(self, text: str, style: RunStyle) -> None:
        if not text or not self._is_shown():
            return
        language = style.shape.language
        if style.is_right_to_left and style.complex_language:
            language = fitting_language(style.complex_language, text)
        elif style.asian_language[:2] in _ASIAN_LANGUAGES and _is_mostly_asian(text):
            language = fitting_language(style.asian_language, text)
        link = self._link or next((f.link for f in reversed(self._fields) if f.link), "")
        shape = style.shape
        if language != shape.language or link or shape.strong:
            is_strong = shape.strong and not self._style.tag.startswith("h")
            shape = replace(shape, language=language, link=link, strong=is_strong)
        self._tree.write(text, shape)

    def _is_shown(self) -> bool:
        return all(opened.is_result for opened in self._fields)

    def _field_sign(self, part: Element, style: RunStyle) -> None:
        sign = part.get(f"{W}fldCharType") or ""
        if sign == "begin":
            self._fields.append(_Field(form=_form_words(part)))
        elif sign == "separate" and self._fields:
            self._fields[-1].is_result = True
            self._fields[-1].link = link_of_field(self._fields[-1].instruction)
        elif sign == "end" and self._fields:
            ended = self._fields.pop()
            if not ended.is_result or "FORMCHECKBOX" in ended.instruction:
                self._write(ended.form or label_of_field(ended.instruction), style)

    def _simple_field(self, simple: Element) -> None:
        link, self._link = self._link, link_of_field(simple.get(f"{W}instr") or "") or self._link
        self._inlines(simple)
        self._link = link

    def _hyperlink(self, hyperlink: Element) -> None:
        address = self._around.address_of(hyperlink.get(f"{R}id") or "")
        if name := hyperlink.get(f"{W}anchor"):
            address = f"{address}#{name}"
        link, self._link = self._link, address or self._link
        self._inlines(hyperlink)
        self._link = link

    def _control(self, control: Element) -> None:
        content = control.find(f"{W}sdtContent")
        if content is not None and not self._is_prompt(control):
            self._inlines(content)

    def _is_prompt(self, control: Element) -> bool:
        """Whether a control shows what to do with it, not what somebody wrote: Click here to …"""
        properties = control.find(f"{W}sdtPr")
        if properties is None or not switch(properties, "showingPlcHdr"):
            return False
        styles = (style.get(VAL) or "" for style in control.iter(f"{W}rStyle"))
        return any(self._around.styles.is_prompt(name) for name in styles)

    def _bookmark(self, bookmark: Element) -> None:
        name = bookmark.get(f"{W}name") or ""
        if name and name != "_GoBack":
            self._tree.add_anchor(name)

    def _math(self, formula: Element) -> None:
        if self._is_shown() and (text := math_text(formula)):
            self._tree.write(text, TextShape(language=self._style.language))

    def _refer_to_note(self, reference: Element) -> None:
        kind = "footnote" if reference.tag == f"{W}footnoteReference" else "endnote"
        name = reference.get(f"{W}id") or ""
        notes = self._notes[kind]
        if reference.get(f"{W}customMarkFollows") in ON:
            following = reference.getnext()
            mark = "*" if following is None else (following.text or "*")[:9]
            notes.marks.setdefault(name, mark)
            return  # the mark itself follows as text
        if name not in notes.marks:
            notes.count += 1
            notes.marks[name] = numeral(notes.count, self._around.note_styles[kind])
        self._tree.refer_to_note(f"{kind}-{name}", notes.marks[name])

    # Pictures and boxes

    def _alternative(self, alternative: Element) -> None:
        for choice in alternative:
            if choice.tag in (f"{MC}Choice", f"{MC}Fallback"):
                for part in choice:
                    if part.tag == f"{W}drawing":
                        self._drawing(part)
                    elif part.tag in (f"{W}pict", f"{W}object"):
                        self._old_drawing(part)
                    elif part.tag in BLOCKS and not self._tree.is_paragraph_open:
                        self.read_blocks([part])
                    else:
                        self._inlines(choice)
                        break
                return  # the first one is what today's programs show

    def _drawing(self, drawing: Element) -> None:
        for address, told in drawn_pictures(drawing, self._around.picture_of):
            self._tree.add_image(address, *told)
        self._boxes += text_boxes(drawing)

    def _old_drawing(self, drawing: Element) -> None:
        for _ in range(rule_count(drawing)):
            self._tree.break_page()
            self._tree.add_rule()
        for address, told in old_pictures(drawing, self._around.picture_of):
            self._tree.add_image(address, *told)
        self._boxes += text_boxes(drawing)

    # Tables

    def _table(self, table: Element) -> None:
        self._tree.begin_table()
        rows = rows_of(table)
        for row, cells in zip(rows, cells_of(rows), strict=True):
            self._tree.begin_row()
            is_header = is_header_row(row)
            for cell in cells:
                self._tree.begin_cell(is_header=is_header, columns=cell.columns, rows=cell.rows)
                if cell.element is not None:
                    self.read_blocks(cell.element)
                self._tree.end()
            self._tree.end()
        self._tree.end()


def _is_deleted(properties: Element | None) -> bool:
    """Whether the paragraph's end was deleted, so that the next one goes on with it."""
    run = None if properties is None else properties.find(f"{W}rPr")
    return run is not None and run.find(f"{W}del") is not None


def _form_words(sign: Element) -> str:
    """Return what a form's box or list shows (17.16.17): ticked or not, the words chosen."""
    box = sign.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        told = switch(box, "checked")
        is_ticked = switch(box, "default") if told is None else told
        return "☒" if is_ticked else "☐"
    choice = sign.find(f"{W}ffData/{W}ddList")
    if choice is None:
        return ""
    words = [entry.get(VAL) or "" for entry in choice.iter(f"{W}listEntry")]
    chosen = number(value(choice, "result") or value(choice, "default"), 0)
    return words[chosen] if 0 <= chosen < len(words) else ""


def _is_hexadecimal(text: str) -> bool:
    return 0 < len(text) <= 4 and all(sign in "0123456789abcdefABCDEF" for sign in text)


def _is_mostly_asian(text: str) -> bool:
    asian = sum("\u2e80" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3" for letter in text)
    return asian * 2 > len(text)
