"""A book's contents and page list: the navigation document of EPUB 3, the NCX of EPUB 2."""

from __future__ import annotations

from collections.abc import Callable

from lxml.etree import _Element as Element

from reader.formats.html.rules import EPUB_TYPE
from reader.formats.xml_trees import line_of
from reader.text.document import ContentsEntry
from reader.values import value

_MOST_ENTRIES = 20_000
_DEEPEST = 12
_LONGEST_TITLE = 300


@value
class Navigation:
    """The lines of the contents and of the page list, in their order."""

    contents: tuple[ContentsEntry, ...] = ()
    pages: tuple[ContentsEntry, ...] = ()


Locate = Callable[[str], str]
"""Gives the target in the document that an address in the navigation leads to, or nothing."""


def read_nav(root: Element, locate: Locate) -> Navigation:
    """Read a navigation document (EPUB 3.3, section 7)."""
    for line_break in root.iter("br"):
        line_break.text = " "
    navs = list(root.iter("nav"))
    contents = [nav for nav in navs if {"toc", "doc-toc"} & _types(nav)]
    pages = [nav for nav in navs if {"page-list", "doc-pagelist"} & _types(nav)]
    if not contents:
        contents = [nav for nav in navs if not _types(nav)][:1]
    return Navigation(
        _lines(contents[0], "ol", "li", _nav_label, locate) if contents else (),
        _lines(pages[0], "ol", "li", _nav_label, locate) if pages else (),
    )


def read_ncx(root: Element, locate: Locate) -> Navigation:
    """Read an NCX (OPF 2.0.1, section 2.4.1; ANSI/NISO Z39.86)."""
    maps, pages = list(root.iter("navmap")), list(root.iter("pagelist"))
    return Navigation(
        _lines(maps[0], "navmap", "navpoint", _ncx_label, locate) if maps else (),
        _lines(pages[0], "pagelist", "pagetarget", _ncx_label, locate) if pages else (),
    )


def _lines(
    root: Element,
    list_tag: str,
    line_tag: str,
    label_of: Callable[[Element], tuple[str, str]],
    locate: Locate,
) -> tuple[ContentsEntry, ...]:
    """Return the lines below `root`; one that leads nowhere itself leads to its first part."""
    lines: list[ContentsEntry] = []
    waiting = [(child, 1) for child in reversed(_parts(root, list_tag, line_tag))]
    while waiting and len(lines) < _MOST_ENTRIES:
        line, level = waiting.pop()
        title, address = label_of(line)
        below = level
        if title:
            target = locate(address) if address else ""
            lines.append(ContentsEntry(title[:_LONGEST_TITLE], target, level))
            below = min(level + 1, _DEEPEST)
        waiting.extend((part, below) for part in reversed(_parts(line, list_tag, line_tag)))
    return _with_targets(lines)


def _parts(element: Element, list_tag: str, line_tag: str) -> list[Element]:
    """Return the lines right below an element, those of a list in it included."""
    parts = []
    for child in element:
        if child.tag == line_tag:
            parts.append(child)
        elif child.tag == list_tag:
            parts.extend(line for line in child if line.tag == line_tag)
    return parts


def _with_targets(lines: list[ContentsEntry]) -> tuple[ContentsEntry, ...]:
    following = ContentsEntry("", "", 0)
    found = []
    for line in reversed(lines):
        if not line.target and following.level > line.level:
            line = ContentsEntry(line.title, following.target, line.level)
        following = line
        if line.target:
            found.append(line)
    return tuple(reversed(found))


def _nav_label(line: Element) -> tuple[str, str]:
    for child in line:
        if child.tag in ("a", "span"):
            title = line_of(child) or (child.get("title") or "").strip() or _described(child)
            return title, child.get("href") or ""
        if child.tag == "ol":
            break
    return " ".join((line.text or "").split()), ""


def _described(element: Element) -> str:
    return " ".join(" ".join(image.get("alt") or "" for image in element.iter("img")).split())


def _ncx_label(line: Element) -> tuple[str, str]:
    title = address = ""
    for child in line:
        if child.tag == "navlabel" and not title:
            title = line_of(child)
        elif child.tag == "content" and not address:
            address = child.get("src") or ""
    return title, address


def _types(nav: Element) -> set[str]:
    told = (nav.get(EPUB_TYPE), nav.get("epub:type"), nav.get("role"))
    return set(" ".join(name or "" for name in told).lower().split())
