"""What the styles of a DOCX file make of paragraphs and runs (ISO/IEC 29500-1, 17.7).

Word keeps the English names of its own styles in files of every language; headings are known by
their outline level as well, and all else by the names that Word, LibreOffice and pandoc use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from reader.formats.docx.names import ON, VAL, W, is_on, number, switch, value
from reader.formats.office.tree import TextShape

_HEADING = re.compile(r"heading ([1-9])")
_QUOTATIONS = {
    *("quote", "intense quote", "block text", "quotations", "block quote", "block quotation"),
    *("quotation", "blockquote"),
}
_CODES = {
    *("html preformatted", "preformatted text", "source code", "code", "listing", "macro text"),
    *("verbatim", "code block"),
}
_CODE_RUNS = {
    *("html code", "verbatim char", "source text", "html typewriter", "teletype", "code"),
    *("inline code", "html keyboard", "html sample", "code char"),
}
_LONGEST_CHAIN = 20
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph style says. `numbering` is a list's number and level."""

    tag: str = "p"
    is_quotation: bool = False
    numbering: tuple[str, int] | None = None
    language: str = ""
    is_hidden: bool = False
    is_right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class RunStyle:
    """How a run looks, and which of its languages holds for what scripts."""

    shape: TextShape
    is_hidden: bool = False
    is_right_to_left: bool = False
    complex_language: str = ""
    asian_language: str = ""


PLAIN_RUN = RunStyle(TextShape())


class Styles:
    """The styles of one file, looked up by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._raw: dict[str, Element] = {}
        self._default_paragraph = ""
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._characters: dict[str, RunStyle] = {}
        self._defaults = PLAIN_RUN
        if root is None:
            return
        for style in root.iter(f"{W}style"):
            name = style.get(f"{W}styleId") or ""
            self._raw.setdefault(name, style)
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ON:
                self._default_paragraph = name
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        if defaults is not None:
            self._defaults = _languages_of(defaults, PLAIN_RUN)

    def paragraph(self, name: str) -> ParagraphStyle:
        """Return what the style of that id says; the default style's if there is no such one."""
        name = name if name in self._raw else self._default_paragraph
        if name not in self._paragraphs:
            self._paragraphs[name] = self._resolved(name)
        return self._paragraphs[name]

    def run(self, properties: Element | None, paragraph: ParagraphStyle) -> RunStyle:
        """Return how a run with these properties looks in a paragraph of that style."""
        base = self._defaults
        if paragraph.language:
            base = replace(base, shape=replace(base.shape, language=paragraph.language))
        if properties is None:
            return base
        name = value(properties, "rStyle")
        if name in self._raw:
            if name not in self._characters:
                self._characters[name] = self._resolved_run(name)
            base = _over(base, self._characters[name])
        return _with_properties(base, properties)

    def is_prompt(self, name: str) -> bool:
        """Whether the character style of that id is the one of prompts in empty controls."""
        style = self._raw.get(name)
        return style is not None and value(style, "name").strip().lower() == "placeholder text"

    def _chain(self, name: str) -> Iterator[Element]:
        """Yield a style and those it is based on."""
        for _ in range(_LONGEST_CHAIN):
            style = self._raw.get(name)
            if style is None:
                return
            yield style
            name = value(style, "basedOn")

    def _resolved(self, name: str) -> ParagraphStyle:
        found = ParagraphStyle()
        is_named = False
        level = numbering = None
        for style in self._chain(name):
            own = value(style, "name").strip().lower()
            if not is_named and (kind := kind_of_style(own)) is not None:
                found, is_named = replace(found, tag=kind[0], is_quotation=kind[1]), True
            properties = style.find(f"{W}pPr")
            if properties is not None:
                told = number(value(properties, "outlineLvl"), _BODY_LEVEL)
                level = told if level is None and told < _BODY_LEVEL else level
                numbering = numbering or numbering_of(properties)
                if switch(properties, "bidi"):
                    found = replace(found, is_right_to_left=True)
            run = style.find(f"{W}rPr")
            if run is not None:
                language = _languages_of(run, PLAIN_RUN).shape.language
                is_hidden = found.is_hidden or bool(switch(run, "vanish"))
                language = found.language or language
                found = replace(found, language=language, is_hidden=is_hidden)
        if level is not None and found.tag == "p" and not found.is_quotation:
            found = replace(found, tag=f"h{min(level + 1, 6)}")
        return replace(found, numbering=numbering)

    def _resolved_run(self, name: str) -> RunStyle:
        found = PLAIN_RUN
        for style in reversed(list(self._chain(name))):
            if (properties := style.find(f"{W}rPr")) is not None:
                found = _with_properties(found, properties)
            if value(style, "name").strip().lower() in _CODE_RUNS:
                found = replace(found, shape=replace(found.shape, code=True))
        return found


def numbering_of(properties: Element) -> tuple[str, int] | None:
    """Return the list's number ("0": none, whatever the style says) and level that pPr names."""
    told = properties.find(f"{W}numPr")
    if told is None:
        return None
    level = min(max(number(value(told, "ilvl"), 0), 0), 8)
    return (name, level) if (name := value(told, "numId")) else None


def heading_tag(level: int) -> str:
    """Return the tag of a heading whose outline level, from 0, is that; p for body text."""
    return f"h{min(level + 1, 6)}" if 0 <= level < _BODY_LEVEL else "p"


def kind_of_style(name: str) -> tuple[str, bool] | None:
    """Return the tag, and whether it is a quotation, of paragraphs with a style of that name."""
    if (heading := _HEADING.fullmatch(name)) is not None:
        return heading_tag(int(heading[1]) - 1), False
    if name == "title":
        return "h1", False
    if name == "toc heading":
        return "h2", False
    if name in _QUOTATIONS:
        return "p", True
    if name in _CODES:
        return "pre", False
    if name == "caption" or name.endswith(" caption"):
        return "figcaption", False
    return None


def _with_properties(base: RunStyle, properties: Element) -> RunStyle:
    told = {str(child.tag): child.get(VAL) for child in properties}  # runs are many: looked at once
    if not told:
        return base
    shape = base.shape
    raised = told.get(f"{W}vertAlign") or ""
    struck = is_on(told, "strike", is_on(told, "dstrike", shape.strike))
    shape = TextShape(
        strong=is_on(told, "b", shape.strong),
        emphasis=is_on(told, "i", shape.emphasis),
        strike=struck,
        code=shape.code,
        raised=raised == "superscript" or (shape.raised and not raised),
        lowered=raised == "subscript" or (shape.lowered and not raised),
        language=shape.language,
    )
    found = RunStyle(
        shape,
        is_on(told, "vanish", base.is_hidden),
        is_on(told, "rtl", base.is_right_to_left),
        base.complex_language,
        base.asian_language,
    )
    return _languages_of(properties, found) if f"{W}lang" in told else found


def _over(base: RunStyle, style: RunStyle) -> RunStyle:
    """Return a character style's look with the languages of what is around it."""
    language = style.shape.language or base.shape.language
    return replace(
        style,
        shape=replace(style.shape, language=language),
        complex_language=style.complex_language or base.complex_language,
        asian_language=style.asian_language or base.asian_language,
    )


def _languages_of(properties: Element, base: RunStyle) -> RunStyle:
    told = properties.find(f"{W}lang")
    if told is None:
        return base
    language = _tag(told.get(f"{W}val")) or base.shape.language
    return replace(
        base,
        shape=replace(base.shape, language=language),
        complex_language=_tag(told.get(f"{W}bidi")) or base.complex_language,
        asian_language=_tag(told.get(f"{W}eastAsia")) or base.asian_language,
    )


def _tag(told: str | None) -> str:
    return "" if told is None or told.startswith("x-") else told.replace("_", "-")
