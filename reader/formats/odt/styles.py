"""What the styles of an ODT file make of paragraphs and runs (ODF 1.3, part 3, chapter 16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from reader.formats.odt.names import FO, STYLE, TEXT
from reader.formats.office.script_languages import fitting_language
from reader.formats.office.tree import PLAIN, TextShape

_ENCODED = re.compile(r"_([0-9a-fA-F]{2,4})_")
_HEADING = re.compile(r"heading ([1-9]|10)")
_QUOTATIONS = {"quotations", "quotation", "quote", "block text", "intense quote", "blockquote"}
_CODES = {"preformatted text", "source code", "html preformatted", "code", "listing"}
_CODE_RUNS = {"source text", "teletype", "user entry", "verbatim char", "source_text", "html code"}
_RULES = {"horizontal line"}
_LONGEST_CHAIN = 20
_ASIAN = re.compile("[\u2e80-\u9fff\uac00-\ud7a3]")
_COMPLEX = re.compile("[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0e7f\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True, slots=True)
class Languages:
    """The language of a text by its script: Western, Asian, or one of complex layout."""

    western: str = ""
    asian: str = ""
    complex: str = ""

    def of(self, text: str) -> str:
        """Return the language that holds for a piece of text."""
        if self.asian and len(_ASIAN.findall(text)) * 2 > len(text):
            return fitting_language(self.asian, text)
        if self.complex and len(_COMPLEX.findall(text)) * 2 > len(text):
            return fitting_language(self.complex, text)
        return self.western

    def over(self, base: Languages) -> Languages:
        """Return these where they are told, else the base's."""
        return Languages(
            self.western or base.western, self.asian or base.asian, self.complex or base.complex
        )


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph style says. `shape` is what was set for the paragraph as a whole."""

    tag: str = "p"
    is_quotation: bool = False
    is_rule: bool = False
    is_right_to_left: bool = False
    is_hidden: bool = False
    shape: TextShape = PLAIN
    languages: Languages = Languages()


@dataclass(frozen=True, slots=True)
class RunStyle:
    """What a text style says; None and empty where it says nothing."""

    strong: bool | None = None
    emphasis: bool | None = None
    strike: bool | None = None
    position: str | None = None
    code: bool = False
    is_hidden: bool | None = None
    languages: Languages = Languages()

    def applied_to(self, shape: TextShape) -> TextShape:
        """Return the shape with what the style says; languages are left alone."""
        is_told = self.position is not None
        return replace(
            shape,
            strong=shape.strong if self.strong is None else self.strong,
            emphasis=shape.emphasis if self.emphasis is None else self.emphasis,
            strike=shape.strike if self.strike is None else self.strike,
            raised=self.position == "super" if is_told else shape.raised,
            lowered=self.position == "sub" if is_told else shape.lowered,
            code=shape.code or self.code,
        )


class Styles:
    """The styles of one file by family and name; automatic ones come before named ones."""

    def __init__(self) -> None:
        self._raw: dict[tuple[str, str], Element] = {}
        self._automatic: set[tuple[str, str]] = set()
        self._default: dict[str, Element] = {}
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._runs: dict[str, RunStyle] = {}

    def add(self, root: Element | None, *, automatic: bool) -> None:
        """Learn the styles below an element."""
        for style in () if root is None else root.iter(f"{STYLE}style", f"{STYLE}default-style"):
            family = style.get(f"{STYLE}family") or ""
            name = style.get(f"{STYLE}name")
            if name is None:
                self._default[family] = style
                continue
            self._raw[family, name] = style
            if automatic:
                self._automatic.add((family, name))

    def paragraph(self, name: str) -> ParagraphStyle:
        """Return what a paragraph style says."""
        if name not in self._paragraphs:
            self._paragraphs[name] = self._resolved_paragraph(name)
        return self._paragraphs[name]

    def run(self, name: str) -> RunStyle:
        """Return what a text style says."""
        if name not in self._runs:
            self._runs[name] = self._resolved_run(name)
        return self._runs[name]

    def is_section_hidden(self, section: Element) -> bool:
        """Whether a section of the text is not shown."""
        return section.get(f"{TEXT}display") in ("none", "condition") and (
            section.get(f"{TEXT}display") == "none" or section.get(f"{TEXT}is-hidden") == "true"
        )

    def _chain(self, family: str, name: str) -> Iterator[tuple[str, Element]]:
        for _ in range(_LONGEST_CHAIN):
            style = self._raw.get((family, name))
            if style is None:
                return
            yield name, style
            name = style.get(f"{STYLE}parent-style-name") or ""

    def _resolved_paragraph(self, name: str) -> ParagraphStyle:
        found = self._kind(name)
        for own, style in self._chain("paragraph", name):
            run = _run_of(style)
            found = replace(
                found,
                languages=found.languages.over(run.languages),
                is_hidden=found.is_hidden or bool(run.is_hidden),
            )
            if ("paragraph", own) in self._automatic:
                found = replace(found, shape=run.applied_to(found.shape))
            properties = style.find(f"{STYLE}paragraph-properties")
            mode = None if properties is None else properties.get(f"{STYLE}writing-mode")
            if (mode or "").startswith("rl"):
                found = replace(found, is_right_to_left=True)
        default = self._default.get("paragraph")
        if default is not None:
            languages = found.languages.over(_run_of(default).languages)
            found = replace(found, languages=languages)
        return found

    def _kind(self, name: str) -> ParagraphStyle:
        """Return what the name of a style, or of one it is based on, makes of a paragraph."""
        for own, style in self._chain("paragraph", name):
            if (kind := _kind_of(_plain_name(own, style))) is not None:
                return kind
            name = style.get(f"{STYLE}parent-style-name") or ""
        # Some programs use styles that they don't define.
        return _kind_of(_decoded(name)) or ParagraphStyle()

    def _resolved_run(self, name: str) -> RunStyle:
        found = RunStyle()
        for own, style in self._chain("text", name):
            run = _run_of(style)
            found = RunStyle(
                run.strong if found.strong is None else found.strong,
                run.emphasis if found.emphasis is None else found.emphasis,
                run.strike if found.strike is None else found.strike,
                run.position if found.position is None else found.position,
                found.code or _plain_name(own, style) in _CODE_RUNS,
                run.is_hidden if found.is_hidden is None else found.is_hidden,
                found.languages.over(run.languages),
            )
        return found


def _plain_name(name: str, style: Element) -> str:
    told = style.get(f"{STYLE}display-name")
    return told.strip().lower() if told else _decoded(name)


def _decoded(name: str) -> str:
    return _ENCODED.sub(lambda code: chr(int(code[1], 16)), name).strip().lower()


def _kind_of(name: str) -> ParagraphStyle | None:
    if _HEADING.fullmatch(name):
        return ParagraphStyle()  # its level is told where it is used
    if name == "title":
        return ParagraphStyle("h1")
    if name in _QUOTATIONS:
        return ParagraphStyle(is_quotation=True)
    if name in _CODES:
        return ParagraphStyle("pre")
    if name in _RULES:
        return ParagraphStyle(is_rule=True)
    if name.endswith("caption"):
        return ParagraphStyle("figcaption")
    return None


def _run_of(style: Element) -> RunStyle:
    properties = style.find(f"{STYLE}text-properties")
    if properties is None:
        return RunStyle()
    weight = properties.get(f"{FO}font-weight")
    slant = properties.get(f"{FO}font-style")
    struck = properties.get(f"{STYLE}text-line-through-style") or properties.get(
        f"{STYLE}text-line-through-type"
    )
    place = properties.get(f"{STYLE}text-position")
    display = properties.get(f"{TEXT}display")
    return RunStyle(
        strong=None if weight is None else weight == "bold" or weight in ("700", "800", "900"),
        emphasis=None if slant is None else slant in ("italic", "oblique"),
        strike=None if struck is None else struck != "none",
        position=None if place is None else _position(place),
        is_hidden=None if display is None else display == "none",
        languages=Languages(
            _language(properties.get(f"{FO}language"), properties.get(f"{FO}country")),
            _language(
                properties.get(f"{STYLE}language-asian"), properties.get(f"{STYLE}country-asian")
            ),
            _language(
                properties.get(f"{STYLE}language-complex"),
                properties.get(f"{STYLE}country-complex"),
            ),
        ),
    )


def _position(told: str) -> str:
    where = told.split()[0] if told.split() else ""
    if where in ("super", "sub"):
        return where
    bare = where.removesuffix("%")
    if bare.lstrip("-").isdigit() and bare.strip("-0"):
        return "sub" if bare.startswith("-") else "super"
    return ""


def _language(language: str | None, country: str | None) -> str:
    if language in (None, "", "none", "zxx"):
        return ""
    return f"{language}-{country}" if country not in (None, "", "none") else str(language)
