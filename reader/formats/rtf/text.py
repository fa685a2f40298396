"""The text of an RTF file on its way into an OfficeTree: paragraphs, notes, boxes, tables.

RTF says how text looks, rarely what it is: lists are known by the markers written out before their
items or by the lists that are defined, headings by their styles or outline levels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reader.formats.docx.styles import heading_tag
from reader.formats.office.list_numbers import numeral
from reader.formats.office.script_languages import fitting_language
from reader.formats.office.tree import ListItem, OfficeTree, ParagraphShape, TextShape
from reader.formats.rtf.definitions import ListTable, StyleSheet
from reader.formats.rtf.state import Paragraph, State

_TYPED_MARKER = re.compile(r"\s*([•◦▪·–*-]|\(?[0-9]{1,3}[.)]|\(?[A-Za-z]{1,4}[.)])\t\s*")
_LEVEL_TWIPS = 360
_QUOTATION_TWIPS = range(360, 1441)
_DEEPEST = 20


@dataclass(slots=True)
class _Flow:
    """Paragraphs one after the other: those of the text, or of a note or box inside it."""

    is_open: bool = False
    marker: str = ""


class RtfText:
    """Takes what is written with the state it is written in."""

    def __init__(self, tree: OfficeTree, styles: StyleSheet, lists: ListTable) -> None:
        self._tree = tree
        self._styles = styles
        self._lists = lists
        self._notes = 0
        self._flows = [_Flow()]
        self._is_in_table = self._is_in_row = self._is_in_cell = False
        self.is_header_row = False

    # Paragraphs

    def write(self, text: str, state: State) -> None:
        """Write text, unless it isn't shown."""
        if state.is_hidden or state.is_deleted:
            return
        if text == "\u00a0" and len(self._flows) > 1 and not self._flows[-1].is_open:
            return  # between a note's own mark, which isn't in the text, and the note
        self.begin_paragraph(state)
        language = state.language
        if state.is_right_to_left and state.complex_language:
            language = fitting_language(state.complex_language, text)
        self._tree.write(
            text,
            TextShape(
                strong=state.strong,
                emphasis=state.emphasis,
                strike=state.strike,
                raised=state.raised,
                lowered=state.lowered,
                language=language,
                link=state.link,
            ),
        )

    def begin_paragraph(self, state: State) -> None:
        """Begin a paragraph, if none is open."""
        if self._flows[-1].is_open:
            return
        if len(self._flows) == 1:  # not in a note or a box, whose tables are not told apart
            self._place_in_table(state.paragraph)
        self._flows[-1].is_open = True
        self._tree.begin_paragraph()

    def break_line(self) -> None:
        """Begin a new line in the open paragraph."""
        if self._flows[-1].is_open:
            self._tree.break_line()

    def break_page(self) -> None:
        """Begin a new page."""
        self._tree.break_page()

    def end_paragraph(self, state: State) -> None:
        """End the open paragraph, which is what the state at its end makes it."""
        if self._flows[-1].is_open:
            number, shape = self._shape(state.paragraph)
            if number:
                self._tree.write_first(f"{number} ")
            self._tree.reshape(shape)
            self._tree.end_paragraph()
        self._flows[-1] = _Flow()

    def take_marker(self, marker: str) -> None:
        """What the paragraph that begins shows as an item of a list, or before a heading."""
        self._flows[-1].marker = " ".join(marker.split())

    def _shape(self, paragraph: Paragraph) -> tuple[str, ParagraphShape]:
        """Return the number before a heading, and the paragraph's shape."""
        tag, is_quotation = self._kind(paragraph)
        counted = ""
        if paragraph.list_number > 0 and self._tree.text_so_far().strip():
            counted = self._lists.marker(paragraph.list_number, paragraph.list_level)
        marker = self._flows[-1].marker or counted
        if tag.startswith("h") or tag in ("pre", "figcaption"):
            number = marker if tag.startswith("h") else ""
            return number, ParagraphShape(tag, is_right_to_left=paragraph.is_right_to_left)
        item = None
        if marker:
            item = ListItem(paragraph.list_level + 1, marker)
        elif paragraph.first < 0:
            found = _TYPED_MARKER.match(self._tree.text_so_far())
            if found is not None:
                level = min(max(round(paragraph.left / _LEVEL_TWIPS), 1), 9)
                item = ListItem(level, found[1])
                self._tree.drop_beginning(found.end())
        is_indented = paragraph.left in _QUOTATION_TWIPS and paragraph.right in _QUOTATION_TWIPS
        is_quotation = is_quotation or (is_indented and paragraph.first == 0)
        return "", ParagraphShape(
            tag,
            item,
            is_quotation=is_quotation and item is None,
            is_right_to_left=paragraph.is_right_to_left,
        )

    def _kind(self, paragraph: Paragraph) -> tuple[str, bool]:
        if paragraph.outline is not None and heading_tag(paragraph.outline) != "p":
            return heading_tag(paragraph.outline), False
        return self._styles.kind_of(paragraph.style)

    # Notes, boxes, pictures, places

    def begin_note(self, state: State) -> bool:
        """Refer to a note here, which follows; return whether there is room for it."""
        if len(self._flows) > _DEEPEST:
            return False
        self.begin_paragraph(state)
        self._notes += 1
        name, mark = f"note-{self._notes}", numeral(self._notes, "1")
        self._tree.refer_to_note(name, mark)
        self._tree.begin_note(name, mark)
        self._flows.append(_Flow())
        return True

    def begin_box(self, state: State) -> bool:
        """Begin a text box, which stands behind the open paragraph; return whether it has room."""
        if len(self._flows) > _DEEPEST:
            return False
        self.begin_paragraph(state)
        self._tree.begin_box()
        self._flows.append(_Flow())
        return True

    def end_inside(self, state: State) -> None:
        """End a note or a box, with its paragraph."""
        self.end_paragraph(state)
        self._flows.pop()
        self._tree.end()

    def add_image(self, address: str, description: str, state: State) -> None:
        """Put a picture here."""
        self.begin_paragraph(state)
        self._tree.add_image(address, description)

    def add_anchor(self, name: str, state: State) -> None:
        """Name this place for links."""
        self.begin_paragraph(state)
        self._tree.add_anchor(name)

    # Tables

    def end_cell(self, state: State) -> None:
        """End a cell, with its paragraph."""
        if len(self._flows) > 1:
            self.end_paragraph(state)
            return
        self._enter_cell()
        self.end_paragraph(state)
        self._tree.end()
        self._is_in_cell = False

    def end_row(self, state: State) -> None:
        """End a row, with its paragraph."""
        if len(self._flows) == 1:
            self.end_paragraph(state)
            self._close_row()

    def finish(self, state: State) -> None:
        """End what is open: not all files do."""
        self.end_paragraph(state)
        self._close_table()

    def _place_in_table(self, paragraph: Paragraph) -> None:
        if paragraph.is_in_table:
            self._enter_cell()
        else:
            self._close_table()

    def _enter_cell(self) -> None:
        if not self._is_in_table:
            self._tree.begin_table()
        if not self._is_in_row:
            self._tree.begin_row()
        if not self._is_in_cell:
            self._tree.begin_cell(is_header=self.is_header_row)
        self._is_in_table = self._is_in_row = self._is_in_cell = True

    def _close_row(self) -> None:
        if self._is_in_cell:
            self._tree.end()
        if self._is_in_row:
            self._tree.end()
        self._is_in_cell = self._is_in_row = False

    def _close_table(self) -> None:
        self._close_row()
        if self._is_in_table:
            self._tree.end()
        self._is_in_table = False
