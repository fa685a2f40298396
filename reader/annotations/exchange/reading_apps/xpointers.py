"""XPointers of KOReader's engine, crengine, made EPUB CFIs.

`/body/DocFragment[3]/body/p[2]/text()[2].14` is a place in the third file of the spine: elements by
their number among those of their tag, a text node by its number in the element, and characters into
it. Where there is but one of a kind its number is left out. crengine makes one space of each run of
white space, but for code, and has no text node for white space that a block begins with.
"""

from __future__ import annotations

import re

from reader.annotations.epub_cfi import written_cfi
from reader.annotations.source_places import MarkupPlace
from reader.text.document import Document
from reader.text.markup import MarkupText

_POINTER = re.compile(
    r"/body/DocFragment(?:\[(?P<file>\d{1,6})\])?/body(?P<path>(?:/[\w:-]+(?:\[\d{1,6}\])?)*)"
    r"(?P<text>/text\(\)(?:\[(?P<node>\d{1,6})\])?)?(?:\.(?P<offset>\d{1,9}))?"
)
_STEP = re.compile(r"/([\w:-]+)(?:\[(\d{1,6})\])?")
_LONGEST = 4_000
_WHITE = " \t\n\r\f"
_VERBATIM = frozenset(("pre", "code", "listing", "plaintext", "xmp", "textarea"))
_WITHIN_LINES = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "ins", "kbd", "label", "mark", "q", "rb", "rp", "rt", "ruby", "s"),
        *("samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var"),
    )
)
"""Elements in which white space in front is kept: all others are blocks."""


def is_xpointer(written: str) -> bool:
    """Whether this is a place in an EPUB as crengine writes it, or two with a space between."""
    return written.startswith("/body/DocFragment")


def cfi_of(written: str, document: Document) -> str:
    """Return the CFI of one such place, or of what lies between two; "" where they lead nowhere.

    Slow: the file is looked into. Raises UnreadableText.
    """
    pointers = [_POINTER.fullmatch(one) for one in written.split(" ") if len(one) < _LONGEST]
    if not 1 <= len(pointers) <= 2 or document.markup is None:
        return ""
    first, last = pointers[0], pointers[-1]
    if first is None or last is None or _file_of(first) != _file_of(last):
        return ""
    section = _section_of(_file_of(first), document)
    tree = None if section is None else document.markup.text_of(section)
    if section is None or tree is None:
        return ""
    start, end = _place_of(first, tree), _place_of(last, tree)
    if start is None or end is None:
        return ""
    return written_cfi(document.markup.step_of(section), tree, start, end)


def _file_of(pointer: re.Match[str]) -> int:
    return int(pointer["file"] or 1)


def _section_of(number: int, document: Document) -> int | None:
    """Return the section that the spine's file of a number, from 1, is here."""
    assert document.markup is not None
    for section in range(len(document.sections)):
        spine = re.match(r"/(\d+)/", document.markup.step_of(section))
        if spine is not None:
            return document.markup.section_at(int(spine[1]), 2 * number, "")
    return None


def _place_of(pointer: re.Match[str], tree: MarkupText) -> MarkupPlace | None:
    element = _element_at(pointer["path"], tree)
    if element is None:
        return None
    offset = int(pointer["offset"] or 0)
    if pointer["text"] is None:
        pieces = tree.pieces_of(element)
        visible = [(n, text) for n, _, text in pieces if text.strip(_WHITE)] or [
            (n, text) for n, _, text in pieces
        ]
        if not visible:
            return None
        # what follows is a child's number; what is meant is the element's beginning, or its end
        number, text = visible[-1 if offset else 0]
        return MarkupPlace(number, len(text) if offset else 0)
    nodes = _text_nodes(tree, element)
    if pointer["node"] is None:
        node = next((n for n in nodes if tree.pieces[n].text.strip(_WHITE)), None)
    else:
        node = nodes[int(pointer["node"]) - 1] if 1 <= int(pointer["node"]) <= len(nodes) else None
    if node is None:
        return None
    text = tree.pieces[node].text
    if not _is_verbatim(tree, element):
        offset = _in_source(text, offset)
    return MarkupPlace(node, min(offset, len(text)))


def _element_at(path: str, tree: MarkupText) -> int | None:
    """Return the element that a path from the body leads to."""
    numbers = {(e.parent, e.tag.lower(), e.of_type): n for n, e in enumerate(tree.elements)}
    found = numbers.get((0, "body", 1))
    for step in _STEP.finditer(path):
        if found is None:
            return None
        found = numbers.get((found, step[1].lower(), int(step[2] or 1)))
    return found


def _text_nodes(tree: MarkupText, element: int) -> list[int]:
    """Return the pieces that are text nodes right in an element for crengine too."""
    is_block = tree.elements[element].tag.lower() not in _WITHIN_LINES
    drops = is_block and not _is_verbatim(tree, element)
    return [
        number
        for number, piece in enumerate(tree.pieces)
        if piece.element == element
        and piece.text
        and not (drops and piece.chunk == 0 and not piece.text.strip(_WHITE))
    ]


def _is_verbatim(tree: MarkupText, element: int) -> bool:
    while element >= 0:
        if tree.elements[element].tag.lower() in _VERBATIM:
            return True
        element = tree.elements[element].parent
    return False


def _in_source(text: str, offset: int) -> int:
    """Return where character `offset` of a text is before each run of white space became one."""
    seen = 0
    for at, sign in enumerate(text):
        if at and sign in _WHITE and text[at - 1] in _WHITE:
            continue
        if seen == offset:
            return at
        seen += 1
    return len(text)
