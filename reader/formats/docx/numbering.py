"""Reads the lists that a DOCX file defines (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

from dataclasses import replace

from lxml.etree import _Element as Element

from reader.formats.docx.names import W, number, switch, value
from reader.formats.office.list_numbers import LONGEST_MARKER
from reader.formats.office.word_lists import (
    LEVELS,
    ListLevel,
    WordList,
    style_of_numbers,
)


def lists_of(root: Element | None) -> dict[str, WordList]:
    """Return the lists of a numbering part by the numbers that paragraphs call them."""
    if root is None:
        return {}
    shared: dict[str, dict[int, ListLevel]] = {}
    links: dict[str, str] = {}
    named: dict[str, str] = {}
    for abstract in root.iter(f"{W}abstractNum"):
        name = abstract.get(f"{W}abstractNumId") or ""
        shared[name] = {_level_number(e): _level_of(e) for e in abstract.iter(f"{W}lvl")}
        if style := value(abstract, "numStyleLink"):
            links[name] = style
        if style := value(abstract, "styleLink"):
            named[style] = name
    lists = {}
    for told in root.iter(f"{W}num"):
        base = value(told, "abstractNumId")
        base = named.get(links.get(base, ""), base)
        levels = dict(shared.get(base, {}))
        starts: dict[int, int] = {}
        for override in told.iter(f"{W}lvlOverride"):
            level = _level_number(override)
            if (own := override.find(f"{W}lvl")) is not None:
                levels[level] = _level_of(own)
                starts[level] = levels[level].start
            if start := value(override, "startOverride"):
                starts[level] = number(start, 1)
        lists[told.get(f"{W}numId") or ""] = WordList(base, levels, starts)
    return lists


def _level_number(element: Element) -> int:
    return min(max(number(element.get(f"{W}ilvl"), 0), 0), LEVELS - 1)


def _level_of(level: Element) -> ListLevel:
    found = ListLevel(
        value(level, "numFmt") or "decimal",
        value(level, "lvlText")[:LONGEST_MARKER],
        number(value(level, "start"), 1),
        bool(switch(level, "isLgl")),
    )
    restart = value(level, "lvlRestart")
    return replace(found, restarts_after=number(restart, -1)) if restart else found


def note_style(settings: Element | None, kind: str) -> str:
    """Return how notes of a kind (footnote, endnote) are numbered, for `list_numbers.numeral`."""
    properties = None if settings is None else settings.find(f"{W}{kind}Pr")
    told = value(properties, "numFmt")
    return style_of_numbers(told) if told else "i" if kind == "endnote" else "1"
