"""What an RTF file defines before its text: fonts with their encodings, styles, lists."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from reader.formats.docx.styles import heading_tag, kind_of_style
from reader.formats.office.symbol_font import symbol
from reader.formats.office.word_lists import LEVELS, NUMBER_FORMATS, ListLevel, Numbering, WordList
from reader.formats.rtf.characters import (
    SYMBOL_CHARSET,
    encoding_of_charset,
    encoding_of_page,
)

_SYMBOLS = "symbol"
_LONGEST_CHAIN = 10
_MOST_LISTS = 10_000


@dataclass(frozen=True, slots=True)
class _Font:
    encoding: str = ""
    name: str = ""


class FontTable:
    """The fonts by their numbers: which characters bytes stand for depends on them."""

    def __init__(self) -> None:
        self.encoding = "cp1252"
        """What holds where a font doesn't say."""
        self._fonts: dict[int, _Font] = {}

    def set_charset(self, font: int, charset: int) -> None:
        """Take what `fcharset` says."""
        symbols = charset == SYMBOL_CHARSET
        self._set(font, encoding=_SYMBOLS if symbols else encoding_of_charset(charset))

    def set_page(self, font: int, page: int) -> None:
        """Take what `cpg` says, where there is such a code page."""
        if encoding := encoding_of_page(page):
            self._set(font, encoding=encoding)

    def set_name(self, font: int, name: str) -> None:
        """Take a font's name."""
        self._set(font, name=name)

    def _set(self, font: int, **told: str) -> None:
        self._fonts[font] = replace(self._fonts.get(font, _Font()), **told)

    def text_of(self, data: bytes, font: int) -> str:
        """Return the characters that bytes stand for as letters, whatever they look like."""
        encoding = self._fonts.get(font, _Font()).encoding
        known = self.encoding if encoding in ("", _SYMBOLS) else encoding
        return data.decode(known, "replace")

    def shown_text_of(self, data: bytes, font: int) -> str:
        """Return the characters that are seen in the font; a picture font's become bullets."""
        found = self._fonts.get(font, _Font())
        if found.encoding != _SYMBOLS:
            return self.text_of(data, font)
        text = "".join(symbol(code, found.name) or "•" for code in data)
        return text if found.name.lower() == "symbol" else text.strip("•") or "•"

    def symbol_of(self, code: int, font: int) -> str:
        """Return what a picture font shows for a code of its private area."""
        return symbol(code, self._fonts.get(font, _Font()).name)


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style: its tag and whether it is a quotation, and the style it is based on."""

    kind: tuple[str, bool] | None
    based_on: int | None
    language: str


class StyleSheet:
    """The paragraph styles by their numbers."""

    def __init__(self) -> None:
        self._styles: dict[int, _Style] = {}

    def define(
        self, number: int, name: str, outline: int | None, based_on: int | None, language: str
    ) -> None:
        """Take a style; its name tells most of them, its outline level headings of any name."""
        kind = kind_of_style(name.lower())
        if kind is None and outline is not None and heading_tag(outline) != "p":
            kind = (heading_tag(outline), False)
        self._styles[number] = _Style(kind, based_on, language)

    def kind_of(self, number: int) -> tuple[str, bool]:
        """Return the tag of the style's paragraphs, and whether they are quotations."""
        wanted: int | None = number
        for _ in range(_LONGEST_CHAIN):
            style = None if wanted is None else self._styles.get(wanted)
            if style is None:
                break
            if style.kind is not None:
                return style.kind
            wanted = style.based_on
        return "p", False

    def language_of(self, number: int) -> str:
        """Return the language of the style, empty where it doesn't say."""
        style = self._styles.get(number)
        return "" if style is None else style.language


@dataclass(slots=True)
class _List:
    levels: list[ListLevel] = field(default_factory=list)
    starts: dict[int, int] = field(default_factory=dict)
    own_number: int = 0


class ListTable:
    """The lists, as the words of the list table and the list override table tell them."""

    def __init__(self) -> None:
        self._open = _List()
        self._overridden = -1
        self._is_override = False
        self._levels_by_id: dict[int, list[ListLevel]] = {}
        self._lists: dict[str, WordList] = {}
        self._numbering: Numbering | None = None

    def take_word(self, word: str, number: int) -> None:
        """Take a word of one of the two tables."""
        match word:
            case "list" | "listoverride":
                self._open = _List()
                self._overridden = -1
                self._is_override = word == "listoverride"
            case "lfolevel":
                self._overridden += 1
            case "listlevel" if len(self._open.levels) < LEVELS:
                self._open.levels.append(ListLevel())
            case "levelnfc" | "levelnfcn":
                known = 0 <= number < len(NUMBER_FORMATS)
                shown = NUMBER_FORMATS[number] if known else "none"
                self._level = replace(self._level, number_format=shown)
            case "levelstartat":
                self._level = replace(self._level, start=number)
                if self._is_override:
                    self._open.starts[max(self._overridden, 0)] = number
            case "levellegal":
                self._level = replace(self._level, is_legal=bool(number))
            case "listid":
                self._take_id(number)
            case "ls" if self._is_override and len(self._lists) < _MOST_LISTS:
                levels = self._open.levels or self._levels_by_id.get(self._open.own_number, [])
                shared = str(self._open.own_number)
                told = dict(enumerate(levels))
                self._lists[str(number)] = WordList(shared, told, self._open.starts)

    def take_level_text(self, text: str) -> None:
        """Take what a level shows: its length, then its signs, in which levels stand as numbers."""
        shown = text[1 : 1 + ord(text[0])] if text else ""
        pattern = "".join(f"%{ord(c) + 1}" if ord(c) < LEVELS else c for c in shown)
        self._level = replace(self._level, pattern=pattern)

    def marker(self, number: int, level: int) -> str:
        """Count one more item of the list of that number; return what it shows."""
        if self._numbering is None:
            self._numbering = Numbering(self._lists)
        return self._numbering.marker(str(number), level) or ""

    def _take_id(self, number: int) -> None:
        self._open.own_number = number
        if not self._is_override and len(self._levels_by_id) < _MOST_LISTS:
            self._levels_by_id[number] = self._open.levels

    @property
    def _level(self) -> ListLevel:
        return self._open.levels[-1] if self._open.levels else ListLevel()

    @_level.setter
    def _level(self, level: ListLevel) -> None:
        if self._open.levels:
            self._open.levels[-1] = level
