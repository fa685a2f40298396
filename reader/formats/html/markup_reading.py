"""The trees of HTML and XHTML as values that tell places by their elements."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import UnreadableText
from reader.text.markup import MarkupElement, MarkupKind, MarkupPiece, MarkupText

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_UNSEEN = frozenset({"head", "script", "style", "template"})
_LONGEST_SELECTOR = 2_000


def markup_text(root: Element) -> MarkupText:
    """Return a tree's elements and character data, but for what is never shown."""
    elements: list[MarkupElement] = []
    pieces: list[MarkupPiece] = []
    waiting: list[tuple[Element, int, int, int] | MarkupPiece] = [(root, -1, 1, 1)]
    while waiting:
        step = waiting.pop()
        if isinstance(step, MarkupPiece):
            pieces.append(step)
            continue
        element, parent, position, of_type = step
        number = len(elements)
        tag = str(element.tag)
        elements.append(MarkupElement(tag, element.get("id") or "", parent, position, of_type))
        if tag in _UNSEEN:
            continue
        waiting += reversed(_inside(element, number))
    return MarkupText(tuple(elements), tuple(pieces))


def _inside(element: Element, number: int) -> list[tuple[Element, int, int, int] | MarkupPiece]:
    found: list[tuple[Element, int, int, int] | MarkupPiece] = []
    if element.text:
        found.append(MarkupPiece(element.text, number, 0))
    of_type: dict[str, int] = {}
    position = 0
    for child in element:
        if isinstance(child.tag, str):
            position += 1
            of_type[child.tag] = of_type.get(child.tag, 0) + 1
            found.append((child, number, position, of_type[child.tag]))
        if child.tail:
            found.append(MarkupPiece(child.tail, number, position))
    return found


def element_number(root: Element, language: str, selector: str) -> int | None:
    """Return the number, in `markup_text`, of the first element that a selector means."""
    if len(selector) > _LONGEST_SELECTOR:
        return None
    from lxml.etree import XPathError

    try:
        found = root.xpath(_as_xpath(language, selector, str(root.tag)))
    except (XPathError, ValueError):
        return None
    items = found if isinstance(found, list) else []  # an expression may come to a word or a number
    wanted = next((item for item in items if hasattr(item, "tag")), None)
    return None if wanted is None else _number_of(root, wanted)


def _number_of(root: Element, wanted: object) -> int | None:
    number = 0
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element is wanted:
            return number
        number += 1
        if str(element.tag) not in _UNSEEN:
            waiting += [child for child in reversed(element) if isinstance(child.tag, str)]
    return None


def _as_xpath(language: str, selector: str, root: str) -> str:
    if language == "css":
        from cssselect import HTMLTranslator, SelectorError

        try:
            return HTMLTranslator().css_to_xpath(selector)
        except SelectorError as error:
            raise ValueError(selector) from error
    # Hypothesis and browsers count from the document or from its body
    if selector.startswith("/") and not selector.startswith(("//", f"/{root}")):
        return f"/{root}/body{selector}"
    return selector


class PageMarkup:
    """The markup of one page, which is one section; parsed anew each time."""

    kind = MarkupKind.HTML

    def __init__(self, path: Path, parse: Callable[[], Element]) -> None:
        """`parse` reads the page; it may raise UnreadableText."""
        self._path = path
        self._parse = parse

    def text_of(self, section: int) -> MarkupText | None:
        """Return the page's markup; see `Markup`."""
        root = self._root(section)
        return None if root is None else markup_text(root)

    def find(self, section: int, language: str, selector: str) -> int | None:
        """Return the number of an element; see `Markup`."""
        root = self._root(section)
        return None if root is None else element_number(root, language, selector)

    def step_of(self, _section: int) -> str:
        """Return nothing: there is no package."""
        return ""

    def section_at(self, _spine: int, _itemref: int, _name: str) -> int | None:
        """Return nothing: there is no package."""
        return None

    def _root(self, section: int) -> Element | None:
        try:
            return self._parse() if section == 0 else None
        except (UnreadableText, OSError):
            return None
