"""What the items of a DOCX file's lists show before their text (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from reader.formats.docx_names import W, number, switch, value
from reader.formats.list_numbers import numeral
from reader.formats.office_tree import BULLETS

_STYLES = {
    "decimal": "1",
    "decimalZero": "01",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "chicago": "*",
}
_SHOWN_BULLETS = frozenset("–—-‒→✓✔►*")
_BLANKS = " \u00a0\uf020"  # the last one is that of the Symbol font
_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9
_LONGEST_MARKER = 40


@dataclass(frozen=True, slots=True)
class _Level:
    style: str = "decimal"
    pattern: str = ""
    start: int = 1
    is_legal: bool = False
    restarts_after: int = -1


@dataclass(frozen=True, slots=True)
class _List:
    """A w:num: the numbers it shares with others of the same w:abstractNum, and its own starts."""

    shared: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]


class Numbering:
    """Counts the items of all lists of one file, which must be asked for in reading order."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def marker(self, name: str, level: int) -> str | None:
        """Return what the next item of that list and level shows; None if there is no such list."""
        found = self._lists.get(name)
        if found is None:
            return None
        counts = self._counts[found.shared]
        own = found.levels.get(level, _Level())
        if level in found.starts and (name, level) not in self._begun:
            counts[level] = found.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else own.start
        self._begun.add((name, level))
        for deeper in [other for other in counts if other > level]:
            restart = found.levels.get(deeper, _Level()).restarts_after
            if restart != 0 and (restart < 0 or level < restart):
                del counts[deeper]
        return self._shown(found, own, level, counts)

    def _shown(self, found: _List, own: _Level, level: int, counts: Mapping[int, int]) -> str:
        if own.style == "none" or not own.pattern.strip(_BLANKS):
            return ""
        if own.style == "bullet":
            is_shown = own.pattern in _SHOWN_BULLETS
            return own.pattern if is_shown else BULLETS[min(level, len(BULLETS) - 1)]

        def counted(placeholder: re.Match[str]) -> str:
            at = int(placeholder[1]) - 1
            other = found.levels.get(at, _Level())
            is_own = at == level or not own.is_legal
            style = _STYLES.get(other.style, "1") if is_own else "1"
            return numeral(counts.get(at, other.start), style)

        return _PLACEHOLDER.sub(counted, own.pattern)[:_LONGEST_MARKER].strip()

    def _read(self, root: Element) -> None:
        shared: dict[str, dict[int, _Level]] = {}
        links: dict[str, str] = {}
        named: dict[str, str] = {}
        for abstract in root.iter(f"{W}abstractNum"):
            name = abstract.get(f"{W}abstractNumId") or ""
            shared[name] = _levels_of(abstract)
            if style := value(abstract, "numStyleLink"):
                links[name] = style
            if style := value(abstract, "styleLink"):
                named[style] = name
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
            self._lists[told.get(f"{W}numId") or ""] = _List(base, levels, starts)


def _levels_of(abstract: Element) -> dict[int, _Level]:
    return {_level_number(level): _level_of(level) for level in abstract.iter(f"{W}lvl")}


def _level_number(element: Element) -> int:
    return min(max(number(element.get(f"{W}ilvl"), 0), 0), _LEVELS - 1)


def _level_of(level: Element) -> _Level:
    style = value(level, "numFmt") or "decimal"
    found = _Level(
        style,
        value(level, "lvlText")[:_LONGEST_MARKER],
        number(value(level, "start"), 1),
        bool(switch(level, "isLgl")),
    )
    restart = value(level, "lvlRestart")
    return replace(found, restarts_after=number(restart, -1)) if restart else found


def note_style(settings: Element | None, kind: str) -> str:
    """Return how notes of a kind (footnote, endnote) are numbered, for `list_numbers.numeral`."""
    otherwise = "i" if kind == "endnote" else "1"
    properties = None if settings is None else settings.find(f"{W}{kind}Pr")
    return _STYLES.get(value(properties, "numFmt"), otherwise)
