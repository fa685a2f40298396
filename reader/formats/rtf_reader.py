"""Reads the tokens of an RTF file and tells an OfficeTree what a reader sees.

Source: Rich Text Format Specification 1.9.1; what Word, LibreOffice, WordPad, TextEdit and pandoc
write. RTF says how text looks, rarely what it is: lists are known by the markers written out before
their items, headings by their styles or outline levels.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from reader.formats.docx_styles import heading_tag, kind_of_style
from reader.formats.list_numbers import numeral
from reader.formats.office_tree import ListItem, OfficeTree, ParagraphShape, TextShape
from reader.formats.rtf_characters import (
    SIGNS,
    SYMBOL_CHARSET,
    encoding_of_charset,
    encoding_of_page,
    language_of_number,
)
from reader.formats.rtf_state import (
    CHARACTER_WORDS,
    PARAGRAPH_WORDS,
    Destination,
    Field,
    Paragraph,
    Picture,
    State,
    Style,
)
from reader.formats.rtf_tokens import Token, TokenKind, tokens_of
from reader.formats.symbol_font import symbol
from reader.formats.word_fields import link_of_field

_NOWHERE = frozenset(
    (
        *("colortbl", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr"),
        *("footerf", "nonshppict", "xe", "tc", "tcn", "rxe", "ftnsep", "ftnsepc", "ftncn"),
        *("aftnsep", "aftnsepc", "aftncn", "objdata", "objclass", "objname", "shprslt"),
        *("nonesttables", "listlevel", "template", "filetbl", "comment"),
    )
)
_STARRED = frozenset(
    (
        *("footnote", "fldinst", "shppict", "shpinst", "picprop", "bkmkstart", "ud", "moMath"),
        *("moMathPara", "objectemb"),
    )
)
_PROPERTIES = {"title", "author", "operator", "company", "keywords", "subject", "doccomm"}
_TYPED_MARKER = re.compile(r"\s*([•◦▪·–*-]|\(?[0-9]{1,3}[.)]|\(?[A-Za-z]{1,4}[.)])\t\s*")
_LEVEL_TWIPS = 360
_QUOTATION_TWIPS = range(360, 1441)
_SHOWN_PICTURES = {"pngblip", "jpegblip"}
_DEEPEST = 5000
_LONGEST_CHAIN = 10


class RtfReader:
    """Reads one file, once."""

    def __init__(self) -> None:
        self.tree = OfficeTree()
        self.pictures: dict[str, bytes] = {}
        self.properties: dict[str, str] = {}
        self.is_whole = False
        self._state = State()
        self._stack: list[State] = []
        self._fonts: dict[int, tuple[str, str]] = {}
        self._font_name = ""
        self._styles: dict[int, Style] = {}
        self._style_name = ""
        self._encoding = "cp1252"
        self._default_font = -1
        self._default_language = ""
        self._bytes = bytearray()
        self._to_skip = 0
        self._high_surrogate = 0
        self._marker = ""
        self._open_marker = ""
        self._bookmark = ""
        self._shape_property = ""
        self._shape_value = ""
        self._note_counts = {"footnote": 0, "endnote": 0}
        self._is_starred = False
        self._open = [False]  # whether a paragraph is: of the text, of the note inside it, …
        self._is_in_table = self._is_in_row = self._is_in_cell = self._is_header = False

    def read(self, content: bytes) -> None:
        """Read the whole file."""
        for token in tokens_of(content):
            match token.kind:
                case TokenKind.TEXT:
                    self._take_bytes(token.data)
                case TokenKind.BYTE:
                    self._take_bytes(token.data)
                case TokenKind.BEGIN:
                    self._begin_group()
                case TokenKind.END:
                    self._end_group()
                    if not self._stack:
                        self.is_whole = True
                        break
                case TokenKind.WORD:
                    self._take_word(token)
        self._flush()
        while self._stack:
            self._end_group()
        self._end_paragraph()
        self._end_table()

    # Groups

    def _begin_group(self) -> None:
        self._flush()
        self._to_skip = 0
        self._is_starred = False
        self._stack.append(self._state)
        if len(self._stack) < _DEEPEST:
            self._state = self._state.inside()

    def _end_group(self) -> None:
        self._flush()
        self._to_skip = 0
        self._is_starred = False
        if not self._stack:
            return
        if len(self._stack) == 1:
            self._end_paragraph()  # while its style still holds: not all files end it
        ended, self._state = self._state, self._stack.pop()
        if ended is self._state:
            return
        if ended.closes:
            self._close(ended)
        elif ended.destination is Destination.STYLE:
            self._end_style(ended)
        elif ended.destination is not self._state.destination:
            self._end_destination(ended)

    def _close(self, ended: State) -> None:
        """End a note or a box, with its paragraph."""
        closes, ended.closes = ended.closes, ""
        if closes in ("note", "box"):
            state, self._state = self._state, ended
            self._end_paragraph()
            self._state = state
            self._open.pop()
            self.tree.end()
        elif closes == "picture" and ended.picture is not None:
            self._end_picture(ended.picture)

    def _end_destination(self, ended: State) -> None:
        match ended.destination:
            case Destination.MARKER:
                self._take_marker()
            case Destination.BOOKMARK:
                if self._bookmark.strip():
                    self._begin_paragraph()
                    self.tree.add_anchor(self._bookmark.strip())
            case Destination.SHAPE_VALUE:
                picture = self._state.picture
                if picture is not None and self._shape_property == "wzDescription":
                    picture.description = self._shape_value

    # Words

    def _take_word(self, token: Token) -> None:
        word, number = token.word, token.number
        if self._to_skip and word != "bin":
            self._to_skip -= 1  # a word counts for one character of what a reader of \u skips
            if word in SIGNS:
                return
        if word == "*":
            self._is_starred = True
            return
        self._flush()
        is_starred, self._is_starred = self._is_starred, False
        if self._begins_destination(word, is_starred):
            return
        state = self._state
        if word == "bin" and state.picture is not None:
            state.picture.data = token.data
        elif state.destination is Destination.PICTURE:
            if state.picture is not None and word in _SHOWN_PICTURES:
                state.picture.is_shown = True
        elif word in SIGNS:
            self._put(SIGNS[word])
        elif word in ("\n", "\r", "par", "sect"):
            self._end_line(is_paragraph=True)
        elif word in CHARACTER_WORDS:
            name, converted = CHARACTER_WORDS[word]
            setattr(state, name, converted(1 if number is None else number))
        elif word in PARAGRAPH_WORDS:
            name, converted = PARAGRAPH_WORDS[word]
            told: dict[str, Any] = {name: converted(1 if number is None else number)}
            state.paragraph = replace(state.paragraph, **told)
        else:
            self._take_other_word(word, number)

    def _take_other_word(self, word: str, number: int | None) -> None:
        state = self._state
        match word:
            case "u" if number is not None:
                self._put_code(number & 0xFFFF)
                self._to_skip = state.fallback_count
            case "uc":
                state.fallback_count = min(max(number or 0, 0), 100)
            case "pard":
                state.paragraph = Paragraph()
            case "plain":
                state.strong = state.emphasis = state.strike = False
                state.raised = state.lowered = state.is_hidden = state.is_deleted = False
                state.font = self._default_font
                state.language = self._default_language or self._language_of_style(0)
            case "line":
                self._end_line(is_paragraph=False)
            case "page" | "column":
                if self._is_text():
                    self.tree.break_page()
            case "cell":
                self._end_cell()
            case "row":
                self._end_row()
            case "nestcell" | "nestrow":
                self._end_paragraph()
            case "trowd":
                self._is_header = False
            case "trhdr":
                self._is_header = True
            case "s":
                self._take_style(number or 0)
            case "super" | "sub" | "nosupersub":
                state.raised = word == "super" and number != 0
                state.lowered = word == "sub" and number != 0
            case "f":
                state.font = -1 if number is None else number
                self._font_name = ""
            case "fcharset" if state.destination is Destination.FONT:
                self._set_font(charset=number or 0)
            case "cpg" if state.destination is Destination.FONT:
                self._set_font(page=number or 0)
            case "deff":
                self._default_font = state.font = -1 if number is None else number
            case "deflang":
                self._default_language = state.language = language_of_number(number or 0)
            case "ansicpg":
                self._encoding = encoding_of_page(number or 0) or self._encoding
            case "mac" | "pc" | "pca":
                self._encoding = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[word]

    def _begins_destination(self, word: str, is_starred: bool) -> bool:
        """Whether the word tells what the text of its group is for."""
        state = self._state
        if state.destination is Destination.NOWHERE:
            if word == "ud" and state.around_alternative is not Destination.NOWHERE:
                state.destination = state.around_alternative
            elif word in ("shptxt", "result") or (word == "pict" and not is_starred):
                pass
            else:
                return True
        if word in _NOWHERE or (is_starred and word not in _STARRED):
            state.destination = Destination.NOWHERE
            state.around_alternative = Destination.NOWHERE
            return True
        match word:
            case "fonttbl":
                state.destination = Destination.FONT
            case "stylesheet":
                state.destination = Destination.STYLE
            case "info":
                state.destination = Destination.PROPERTY
                state.property = ""
            case "upr":
                state.around_alternative = state.destination
                state.destination = Destination.NOWHERE
            case "footnote":
                self._begin_note()
            case "field":
                state.field = Field()
            case "fldinst":
                state.destination = Destination.INSTRUCTION
            case "fldrslt":
                if state.field is not None:
                    state.link = link_of_field(state.field.instruction) or state.link
            case "listtext" | "pntext":
                state.destination = Destination.MARKER
                self._open_marker = ""
            case "pict":
                state.destination = Destination.PICTURE
                state.picture = Picture()
                state.closes = "picture"
            case "sn":
                state.destination = Destination.SHAPE_NAME
                self._shape_property = ""
            case "sv":
                state.destination = Destination.SHAPE_VALUE
                self._shape_value = ""
            case "shpinst" | "object":
                state.destination = Destination.NOWHERE
                state.around_alternative = Destination.NOWHERE
            case "shptxt":
                self._begin_box()
            case "result":
                state.destination = Destination.TEXT
            case "bkmkstart":
                state.destination = Destination.BOOKMARK
                self._bookmark = ""
            case _ if word in _PROPERTIES and state.destination is Destination.PROPERTY:
                state.property = word
            case _:
                return False
        return True

    # Characters

    def _take_bytes(self, data: bytes) -> None:
        if self._to_skip:
            count = min(self._to_skip, len(data))
            self._to_skip -= count
            data = data[count:]
        if self._state.destination is Destination.PICTURE:
            if self._state.picture is not None:
                self._state.picture.digits.append(data)
        else:
            self._bytes += data

    def _flush(self) -> None:
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        encoding, name = self._fonts.get(self._state.font, (self._encoding, ""))
        if encoding == "symbol" and self._state.destination in (
            *(Destination.TEXT, Destination.MARKER),
        ):
            text = "".join(symbol(code, name) or "•" for code in data)
            self._put(text if name.lower() == "symbol" else text.strip("•") or "•")
            return
        known = encoding if encoding not in ("", "symbol") else self._encoding
        self._put(data.decode(known, "replace"))

    def _put_code(self, code: int) -> None:
        if 0xD800 <= code < 0xDC00:
            self._high_surrogate = code
        elif 0xDC00 <= code < 0xE000:
            if self._high_surrogate:
                high = self._high_surrogate - 0xD800
                self._put(chr(0x10000 + (high << 10) + code - 0xDC00))
            self._high_surrogate = 0
        elif 0xF000 <= code < 0xF100:
            _, name = self._fonts.get(self._state.font, ("", ""))
            self._put(symbol(code, name))
        else:
            self._put(chr(code))

    def _put(self, text: str) -> None:
        state = self._state
        match state.destination:
            case Destination.TEXT:
                self._write(text)
            case Destination.FONT:
                self._font_name += text
                if ";" in text:
                    self._set_font(name=self._font_name.partition(";")[0].strip())
                    self._font_name = ""
            case Destination.STYLE:
                self._style_name += text
            case Destination.PROPERTY:
                if state.property:
                    told = self.properties.get(state.property, "")
                    self.properties[state.property] = (told + text)[:1000]
            case Destination.INSTRUCTION:
                if state.field is not None:
                    state.field.instruction = (state.field.instruction + text)[:4000]
            case Destination.MARKER:
                self._open_marker = (self._open_marker + text)[:100]
            case Destination.SHAPE_NAME:
                self._shape_property = (self._shape_property + text)[:100]
            case Destination.SHAPE_VALUE:
                self._shape_value = (self._shape_value + text)[:1000]
            case Destination.BOOKMARK:
                self._bookmark = (self._bookmark + text)[:200]

    def _write(self, text: str) -> None:
        state = self._state
        if state.is_hidden or state.is_deleted:
            return
        if text == "\u00a0" and len(self._open) > 1 and not self._open[-1]:
            return  # between a note's own mark, which isn't in the text, and the note
        self._begin_paragraph()
        is_complex = state.is_right_to_left and state.complex_language
        self.tree.write(
            text,
            TextShape(
                strong=state.strong,
                emphasis=state.emphasis,
                strike=state.strike,
                raised=state.raised,
                lowered=state.lowered,
                language=state.complex_language if is_complex else state.language,
                link=state.link,
            ),
        )

    def _is_text(self) -> bool:
        state = self._state
        return state.destination is Destination.TEXT and not state.is_hidden

    # Paragraphs

    def _begin_paragraph(self) -> None:
        if self._open[-1]:
            return
        if len(self._open) == 1:  # not in a note or a box, whose tables are not told apart
            self._place_in_table()
        self._open[-1] = True
        self.tree.begin_paragraph()

    def _end_line(self, *, is_paragraph: bool) -> None:
        if self._state.destination is not Destination.TEXT:
            return
        if is_paragraph:
            if not self._state.is_deleted:
                self._end_paragraph()
        elif self._open[-1]:
            self.tree.break_line()

    def _end_paragraph(self) -> None:
        if self._open[-1]:
            self.tree.reshape(self._shape())
            self.tree.end_paragraph()
        self._open[-1] = False
        self._marker = ""

    def _shape(self) -> ParagraphShape:
        paragraph = self._state.paragraph
        tag, is_quotation = self._kind()
        if tag.startswith("h") or tag in ("pre", "figcaption"):
            return ParagraphShape(tag, is_right_to_left=paragraph.is_right_to_left)
        item = None
        if self._marker:
            item = ListItem(min(max(paragraph.list_level, 0), 8) + 1, self._marker)
        elif paragraph.first < 0:
            found = _TYPED_MARKER.match(self.tree.text_so_far())
            if found is not None:
                level = min(max(round(paragraph.left / _LEVEL_TWIPS), 1), 9)
                item = ListItem(level, found[1])
                self.tree.drop_beginning(found.end())
        is_indented = paragraph.left in _QUOTATION_TWIPS and paragraph.right in _QUOTATION_TWIPS
        is_quotation = is_quotation or (is_indented and paragraph.first == 0)
        return ParagraphShape(
            tag,
            item,
            is_quotation=is_quotation and item is None,
            is_right_to_left=paragraph.is_right_to_left,
        )

    def _kind(self) -> tuple[str, bool]:
        paragraph = self._state.paragraph
        if paragraph.outline is not None and heading_tag(paragraph.outline) != "p":
            return heading_tag(paragraph.outline), False
        number: int | None = paragraph.style
        for _ in range(_LONGEST_CHAIN):
            style = None if number is None else self._styles.get(number)
            if style is None:
                break
            if style.kind is not None:
                return style.kind
            number = style.based_on
        return "p", False

    def _take_marker(self) -> None:
        marker = " ".join(self._open_marker.split())
        if self._kind()[0].startswith("h"):
            if marker:
                self._write(f"{marker} ")
        else:
            self._marker = marker

    # Styles and fonts

    def _take_style(self, number: int) -> None:
        self._state.paragraph = replace(self._state.paragraph, style=number)
        style = self._styles.get(number)
        if style is not None and style.language:
            self._state.language = style.language

    def _language_of_style(self, number: int) -> str:
        style = self._styles.get(number)
        return "" if style is None else style.language

    def _end_style(self, ended: State) -> None:
        name = self._style_name.partition(";")[0].strip().lower()
        self._style_name = ""
        if not name:
            return
        kind = kind_of_style(name)
        outline = ended.paragraph.outline
        if kind is None and outline is not None and heading_tag(outline) != "p":
            kind = (heading_tag(outline), False)
        self._styles[ended.paragraph.style] = Style(kind, ended.based_on, ended.language)

    def _set_font(self, *, charset: int | None = None, page: int = 0, name: str = "") -> None:
        encoding, known_name = self._fonts.get(self._state.font, ("", ""))
        if charset is not None:
            encoding = "symbol" if charset == SYMBOL_CHARSET else encoding_of_charset(charset)
        if page:
            encoding = encoding_of_page(page) or encoding
        self._fonts[self._state.font] = (encoding, name or known_name)

    # Notes, boxes and pictures

    def _begin_note(self) -> None:
        if len(self._open) > 20 or self._state.destination is not Destination.TEXT:
            self._state.destination = Destination.NOWHERE
            return
        self._begin_paragraph()
        self._note_counts["footnote"] += 1
        count = self._note_counts["footnote"]
        name, mark = f"note-{count}", numeral(count, "1")
        self.tree.refer_to_note(name, mark)
        self.tree.begin_note(name, mark)
        self._begin_inside("note")

    def _begin_box(self) -> None:
        if len(self._open) > 20:
            self._state.destination = Destination.NOWHERE
            return
        self._begin_paragraph()
        self.tree.begin_box()
        self._begin_inside("box")

    def _begin_inside(self, closes: str) -> None:
        self._state.destination = Destination.TEXT
        self._state.paragraph = Paragraph()
        self._state.raised = False
        self._state.closes = closes
        self._open.append(False)

    def _end_picture(self, picture: Picture) -> None:
        if self._state.destination is Destination.NOWHERE and self._shape_property != "pib":
            return
        data = picture.data
        if not data and picture.digits:
            digits = b"".join(b"".join(picture.digits).split())
            try:
                data = bytes.fromhex(digits[: len(digits) // 2 * 2].decode("ascii"))
            except (ValueError, UnicodeDecodeError):
                data = b""
        address = ""
        if data and picture.is_shown:
            address = f"picture-{len(self.pictures) + 1}"
            self.pictures[address] = data
        if address or picture.description:
            self._begin_paragraph()
            self.tree.add_image(address, picture.description)

    # Tables

    def _place_in_table(self) -> None:
        if not self._state.paragraph.is_in_table:
            self._end_table()
            return
        if not self._is_in_table:
            self.tree.begin_table()
            self._is_in_table = True
        if not self._is_in_row:
            self.tree.begin_row()
            self._is_in_row = True
        if not self._is_in_cell:
            self.tree.begin_cell(is_header=self._is_header)
            self._is_in_cell = True

    def _end_cell(self) -> None:
        if len(self._open) > 1 or self._state.destination is not Destination.TEXT:
            self._end_line(is_paragraph=True)
            return
        if not self._is_in_cell:
            self._state.paragraph = replace(self._state.paragraph, is_in_table=True)
            self._place_in_table()
        self._end_paragraph()
        self.tree.end()
        self._is_in_cell = False

    def _end_row(self) -> None:
        if len(self._open) > 1:
            return
        if self._open[-1]:
            self._end_paragraph()
        if self._is_in_cell:
            self.tree.end()
        if self._is_in_row:
            self.tree.end()
        self._is_in_cell = self._is_in_row = False

    def _end_table(self) -> None:
        self._end_row()
        if self._is_in_table:
            self.tree.end()
        self._is_in_table = False
