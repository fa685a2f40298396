"""Reads the tokens of an RTF file: groups, what their text is for, and the words that shape it.

Source: Rich Text Format Specification 1.9.1; what Word, LibreOffice, WordPad, TextEdit and pandoc
write. What is text goes to `text`, what is defined before it to `definitions`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reader.formats.office.tree import OfficeTree
from reader.formats.office.word_fields import label_of_field, link_of_field
from reader.formats.rtf.characters import SIGNS, encoding_of_page, language_of_number
from reader.formats.rtf.definitions import FontTable, ListTable, StyleSheet
from reader.formats.rtf.destinations import (
    BEGUN_BY,
    IN_DRAWINGS,
    LONGEST,
    NOWHERE,
    PROPERTIES,
    STARRED,
)
from reader.formats.rtf.state import (
    CHARACTER_WORDS,
    PARAGRAPH_WORDS,
    Destination,
    Field,
    Paragraph,
    Picture,
    State,
)
from reader.formats.rtf.text import RtfText
from reader.formats.rtf.tokens import Token, TokenKind, tokens_of

_SHOWN_PICTURES = {"pngblip", "jpegblip"}
_ENCODINGS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_DEEPEST = 5000


class RtfReader:
    """Reads one file, once."""

    def __init__(self) -> None:
        self.tree = OfficeTree()
        self.pictures: dict[str, bytes] = {}
        self.properties: dict[str, str] = {}
        self.is_whole = False
        self._fonts = FontTable()
        self._styles = StyleSheet()
        self._lists = ListTable()
        self._text = RtfText(self.tree, self._styles, self._lists)
        self._state = State()
        self._stack: list[State] = []
        self._told: dict[Destination, str] = {}
        self._default_font = -1
        self._default_language = ""
        self._bytes = bytearray()
        self._to_skip = 0
        self._high_surrogate = 0
        self._is_starred = False

    def read(self, content: bytes) -> None:
        """Read the whole file."""
        for token in tokens_of(content):
            match token.kind:
                case TokenKind.TEXT | TokenKind.BYTE:
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
        self._text.finish(self._state)

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
            self._text.end_paragraph(self._state)  # while its style still holds: not all end it
        ended, self._state = self._state, self._stack.pop()
        if ended is self._state:
            return
        if ended.field is not None and ended.field is not self._state.field:
            self._end_field(ended.field)
        if ended.closes:
            self._close(ended)
        elif ended.destination is Destination.STYLE:
            self._define_style(ended)
        elif ended.destination is not self._state.destination:
            self._end_destination(ended)

    def _close(self, ended: State) -> None:
        """End a note or a box, with its paragraph, or a picture."""
        closes, ended.closes = ended.closes, ""
        if closes == "inside":
            self._text.end_inside(ended)
        elif closes == "sign":
            self._to_skip = 1
        elif ended.picture is not None:
            self._end_picture(ended.picture)

    def _end_destination(self, ended: State) -> None:
        told = self._told.pop(ended.destination, "").strip()
        match ended.destination:
            case Destination.MARKER:
                self._text.take_marker(told)
            case Destination.LEVEL_TEXT:
                self._lists.take_level_text(told)
            case Destination.BOOKMARK if told:
                self._text.add_anchor(told, self._state)
            case Destination.SHAPE_NAME:
                self._state.shape_property = told
            case Destination.SHAPE_VALUE:
                picture = self._state.picture
                if picture is not None and self._state.shape_property == "wzDescription":
                    picture.description = told

    def _end_field(self, field: Field) -> None:
        label = "" if field.has_result else label_of_field(field.instruction)
        if label and self._state.destination is Destination.TEXT:
            self._text.write(label, self._state)

    def _define_style(self, ended: State) -> None:
        name = self._told.pop(Destination.STYLE, "").partition(";")[0].strip()
        if name:
            paragraph = ended.paragraph
            self._styles.define(
                paragraph.style, name, paragraph.outline, ended.based_on, ended.language
            )

    def _end_picture(self, picture: Picture) -> None:
        state = self._state
        if state.destination is Destination.NOWHERE and state.shape_property != "pib":
            return
        address = ""
        data = picture.content()
        if data and picture.is_shown:
            address = f"picture-{len(self.pictures) + 1}"
            self.pictures[address] = data
        if address or picture.description:
            self._text.add_image(address, picture.description, state)

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
        elif state.destination is Destination.LISTS:
            self._lists.take_word(word, 1 if number is None else number)
        elif word in SIGNS:
            self._put(SIGNS[word])
        elif word in CHARACTER_WORDS:
            name, converted = CHARACTER_WORDS[word]
            setattr(state, name, converted(1 if number is None else number))
        elif word in PARAGRAPH_WORDS:
            name, converted = PARAGRAPH_WORDS[word]
            told: dict[str, Any] = {name: converted(1 if number is None else number)}
            state.paragraph = replace(state.paragraph, **told)
        elif state.destination is Destination.TEXT and self._shapes_text(word):
            pass
        else:
            self._take_other_word(word, number)

    def _shapes_text(self, word: str) -> bool:
        """Whether the word ends or breaks something of the text, which it then has done."""
        state = self._state
        match word:
            case "\n" | "\r" | "par" | "sect" | "nestcell" | "nestrow":
                if not state.is_deleted:
                    self._text.end_paragraph(state)
            case "line":
                self._text.break_line()
            case "page" | "column":
                if not state.is_hidden:
                    self._text.break_page()
            case "cell":
                self._text.end_cell(state)
            case "row":
                self._text.end_row(state)
            case "trowd" | "trhdr":
                self._text.is_header_row = word == "trhdr"
            case _:
                return False
        return True

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
                state.language = self._default_language or self._styles.language_of(0)
            case "s":
                state.paragraph = replace(state.paragraph, style=number or 0)
                state.language = self._styles.language_of(number or 0) or state.language
            case "super" | "sub" | "nosupersub":
                state.raised = word == "super" and number != 0
                state.lowered = word == "sub" and number != 0
            case "f":
                state.font = -1 if number is None else number
                self._told.pop(Destination.FONT, None)
            case "fcharset" if state.destination is Destination.FONT:
                self._fonts.set_charset(state.font, number or 0)
            case "cpg" if state.destination is Destination.FONT:
                self._fonts.set_page(state.font, number or 0)
            case "deff":
                self._default_font = state.font = -1 if number is None else number
            case "deflang":
                self._default_language = state.language = language_of_number(number or 0)
            case "ansicpg":
                self._fonts.encoding = encoding_of_page(number or 0) or self._fonts.encoding
            case "mac" | "pc" | "pca":
                self._fonts.encoding = _ENCODINGS[word]

    def _begins_destination(self, word: str, is_starred: bool) -> bool:
        """Whether the word tells what the text of its group is for."""
        state = self._state
        if state.destination is Destination.NOWHERE:
            if word == "ud" and state.around_alternative is not Destination.NOWHERE:
                state.destination = state.around_alternative
            elif state.is_copy:
                return True
            elif word in IN_DRAWINGS or (word == "pict" and not is_starred):
                pass
            else:
                return True
        if word in NOWHERE or (is_starred and word not in STARRED):
            self._pass_over(Destination.NOWHERE)
        elif word == "NeXTGraphic":  # of TextEdit: the name of a file, and a sign in its place
            self._pass_over(Destination.NOWHERE)
            state.closes = "sign"
        elif word in BEGUN_BY:
            state.destination = BEGUN_BY[word]
            self._told.pop(state.destination, None)
            if word == "info":
                state.property = ""
            elif word == "pict":
                state.picture = Picture()
                state.closes = "picture"
        elif word == "leveltext" and state.destination is Destination.LISTS:
            state.destination = Destination.LEVEL_TEXT
        elif word in PROPERTIES and state.destination is Destination.PROPERTY:
            state.property = word
        else:
            return self._begins_text(word)
        return True

    def _begins_text(self, word: str) -> bool:
        """Whether the word begins a group that is text, or an alternative to what isn't."""
        state = self._state
        match word:
            case "footnote":
                is_text = state.destination is Destination.TEXT
                self._begin_inside(is_text and self._text.begin_note(state))
            case "shptxt" | "dptxbxtext":
                self._begin_inside(self._text.begin_box(state))
            case "result":
                state.destination = Destination.TEXT
            case "field":
                state.field = Field()
            case "fldrslt":
                if state.field is not None:
                    state.link = link_of_field(state.field.instruction) or state.link
            case "upr":
                self._pass_over(state.destination)
            case "shpinst" | "object" | "do":
                self._pass_over(Destination.NOWHERE)
            case "shprslt":
                self._pass_over(Destination.NOWHERE)
                state.is_copy = True
            case _:
                return False
        return True

    def _begin_inside(self, has_room: bool) -> None:
        """What follows is text of a note or a box, if there is room for it."""
        state = self._state
        state.destination = Destination.TEXT if has_room else Destination.NOWHERE
        if has_room:
            state.paragraph = Paragraph()
            state.raised = False
            state.closes = "inside"

    def _pass_over(self, alternative: Destination) -> None:
        self._state.around_alternative = alternative
        self._state.destination = Destination.NOWHERE

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
        is_seen = self._state.destination in (Destination.TEXT, Destination.MARKER)
        decoded = self._fonts.shown_text_of if is_seen else self._fonts.text_of
        self._put(decoded(data, self._state.font))

    def _put_code(self, code: int) -> None:
        if 0xD800 <= code < 0xDC00:
            self._high_surrogate = code
        elif 0xDC00 <= code < 0xE000:
            if self._high_surrogate:
                high = self._high_surrogate - 0xD800
                self._put(chr(0x10000 + (high << 10) + code - 0xDC00))
            self._high_surrogate = 0
        elif 0xF000 <= code < 0xF100:
            self._put(self._fonts.symbol_of(code, self._state.font))
        else:
            self._put(chr(code))

    def _put(self, text: str) -> None:
        state = self._state
        match state.destination:
            case Destination.TEXT:
                self._text.write(text, state)
                if state.field is not None:
                    state.field.has_result = True
            case Destination.FONT:
                self._keep(text)
                name, end, _ = self._told[Destination.FONT].partition(";")
                if end:
                    self._fonts.set_name(state.font, name.strip())
                    del self._told[Destination.FONT]
            case Destination.PROPERTY:
                if state.property:
                    told = self.properties.get(state.property, "")
                    self.properties[state.property] = (told + text)[:1000]
            case Destination.INSTRUCTION:
                if state.field is not None:
                    state.field.instruction = (state.field.instruction + text)[:4000]
            case destination if destination in LONGEST:
                self._keep(text)

    def _keep(self, text: str) -> None:
        destination = self._state.destination
        told = self._told.get(destination, "") + text
        self._told[destination] = told[: LONGEST[destination]]
