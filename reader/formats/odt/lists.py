"""What the items of an ODT file's lists show before their text (ODF 1.3, part 3, 16.30)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from reader.formats.odt.names import STYLE, TEXT, XML_ID, count_of
from reader.formats.office.list_numbers import LONGEST_MARKER, bullet, numeral

_DEEPEST = 10
_MOST_ITEMS = 1_000_000


@dataclass(frozen=True, slots=True)
class _Level:
    number_format: str | None = None
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown_levels: int = 1
    bullet: str = ""


@dataclass(slots=True)
class OpenList:
    """A list being read, with the numbers its levels have come to."""

    style: str
    counts: dict[int, int] = field(default_factory=dict)


class ListStyles:
    """The list styles of one file, and the lists met so far."""

    def __init__(self) -> None:
        self._styles: dict[str, dict[int, _Level]] = {}
        self._outline: dict[int, _Level] = {}
        self._headings = OpenList("")
        self._by_id: dict[str, OpenList] = {}
        self._by_style: dict[str, OpenList] = {}

    def add(self, root: Element | None) -> None:
        """Learn the list styles below an element."""
        if root is None:
            return
        for style in root.iter(f"{TEXT}list-style"):
            self._styles[style.get(f"{STYLE}name") or ""] = _levels_of(style)
        for style in root.iter(f"{TEXT}outline-style"):
            self._outline = _levels_of(style)

    def begin(self, element: Element) -> OpenList:
        """Return the list that a text:list at the top begins, or goes on with."""
        style = element.get(f"{TEXT}style-name") or ""
        found = self._by_id.get(element.get(f"{TEXT}continue-list") or "")
        if found is None and element.get(f"{TEXT}continue-numbering") == "true":
            found = self._by_style.get(style)
        opened = OpenList(style) if found is None else OpenList(style, found.counts)
        if name := element.get(XML_ID):
            self._by_id[name] = opened
        self._by_style[style] = opened
        return opened

    def marker(self, opened: OpenList, style: str, level: int, start: str | None) -> str:
        """Return what the next item shows; `level` counts from 1, `start` is its own number."""
        return _advance(opened, self._styles.get(style, {}), level, start)

    def heading_number(self, heading: Element, level: int) -> str:
        """Return the number before a heading, empty where headings have none."""
        if not self._outline or heading.get(f"{TEXT}is-list-header") == "true":
            return ""
        own = self._outline.get(level)
        if own is None or not own.number_format:
            return ""
        start = heading.get(f"{TEXT}start-value")
        if heading.get(f"{TEXT}restart-numbering") == "true" and start is None:
            start = str(own.start)
        return _advance(self._headings, self._outline, level, start)


def _advance(opened: OpenList, levels: Mapping[int, _Level], level: int, start: str | None) -> str:
    # Some programs define the first level alone and use it for all that are inside it.
    defined = max((other for other in levels if other <= level), default=None)
    own = _Level(bullet="•") if defined is None else levels[defined]
    counts = opened.counts
    if start is not None:
        counts[level] = count_of(start, 1, _MOST_ITEMS)
    else:
        counts[level] = counts[level] + 1 if level in counts else own.start
    for deeper in [other for other in counts if other > level]:
        del counts[deeper]
    if own.number_format is None:
        return bullet(own.bullet, level)
    if not own.number_format:
        return (own.prefix + own.suffix).strip()[:LONGEST_MARKER]
    numbers = []
    for at in range(max(level - own.shown_levels + 1, 1), level + 1):
        other = levels.get(at, _Level("1"))
        if other.number_format:
            numbers.append(numeral(counts.get(at, other.start), other.number_format))
    return f"{own.prefix}{'.'.join(numbers)}{own.suffix}".strip()[:LONGEST_MARKER]


def _levels_of(style: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for level in style:
        kind = str(level.tag).removeprefix(TEXT)
        number = count_of(level.get(f"{TEXT}level"), 0, _DEEPEST)
        if kind in ("list-level-style-number", "outline-level-style"):
            levels[number] = _Level(
                (level.get(f"{STYLE}num-format") or "").partition(",")[0],  # "一, 二, 三, ..."
                level.get(f"{STYLE}num-prefix") or "",
                level.get(f"{STYLE}num-suffix") or "",
                count_of(level.get(f"{TEXT}start-value"), 1, _MOST_ITEMS),
                count_of(level.get(f"{TEXT}display-levels"), 1, _DEEPEST),
            )
        elif kind == "list-level-style-bullet":
            sign = level.get(f"{TEXT}bullet-char") or ""
            levels[number] = _Level(bullet=sign[:1]) if sign.strip() else _Level("")
        elif kind == "list-level-style-image":
            levels[number] = _Level(bullet="•")
    return levels
