"""The bodies of a FictionBook put in plain HTML, in one flat row of blocks.

Nothing here recurses: sections may be nested as deep as libxml2 lets them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy

from lxml import etree
from lxml.etree import _Element as Element

from reader.formats.html.rules import OWN_MARKER
from reader.formats.xml_trees import line_of

_TAGS = {
    "emphasis": "em",
    "strikethrough": "s",
    "style": "span",
    "cite": "blockquote",
    "epigraph": "blockquote",
    "annotation": "blockquote",
    "poem": "div",
    "stanza": "p",
    "subtitle": "p",
    "text-author": "p",
    "date": "p",
    "v": "span",
    "section": "div",
    "title": "div",
}
_RUNS = {"a", "emphasis", "strong", "code", "style", "strikethrough", "sub", "sup"}
_HREF = re.compile(r"(?:\{.*\}|.*:)?href")
_NOTE_BODIES = {"notes", "comments", "footnotes", "footnote", "endnotes", "примечания"}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")  # what a mistake leaves behind a colon may be none
_BULLETS = ("• ", "•\u00a0", "◦ ", "▪ ")
_DEEPEST_HEADING = 6
_LONGEST_MARK = 12
_LONGEST_TITLE = 120


def local_name(element: Element) -> str:
    """Return an element's name without its namespace; empty for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def address_of(element: Element) -> str:
    """Return where a link or an image leads, whatever namespace says so; empty for neither."""
    return next((str(v) for k, v in element.items() if _HREF.fullmatch(str(k))), "")


def book_html(root: Element, language: str | None) -> Element:
    """Return the bodies of the book as HTML; the tree of the book is used up."""
    html = etree.Element("html")
    if language:
        html.set("lang", language)
    body = etree.SubElement(html, "body")
    notes: list[Element] = []
    bodies = [child for child in root if local_name(child) == "body"]
    for number, part in enumerate(bodies):
        name = (part.get("name") or "").strip().lower()
        if name in _NOTE_BODIES or (name and number):
            notes.append(part)
        else:
            for block in _blocks_of(part):
                _add(body, _converted(block))
    for part in notes:
        body.append(_notes_of(part))
    names = {e.get("id") for section in body.iterchildren("section") for e in section.iter("li")}
    for link in body.iter("a"):
        if (link.get("href") or "").removeprefix("#") in names and link.get("href"):
            link.set("role", "doc-noteref")
    return html


def _add(body: Element, block: Element) -> None:
    """Add a block, as the list item or the line of code that it looks like: FB2 has neither."""
    text = block.text or ""
    before = next(body.iterchildren(reversed=True), None)  # lxml counts children one by one
    if block.tag == "p" and text.lstrip().startswith(_BULLETS):
        item = etree.SubElement(etree.SubElement(body, "ul"), "li")
        item.set(OWN_MARKER, text.lstrip()[0])
        block.text = text.lstrip()[1:].lstrip()
        item.append(block)
    elif block.tag == "p" and _is_code(block):
        block.tag = "pre"
        if before is not None and before.tag == "pre":
            block[0].text = f"\n{block[0].text or ''}"
            before.extend(block)
        else:
            body.append(block)
    else:
        body.append(block)


def _is_code(paragraph: Element) -> bool:
    return _is_all(paragraph, "code")


def _is_bold_line(paragraph: Element) -> bool:
    """Whether a paragraph looks like a heading: calibre's FB2 has no others."""
    words = line_of(paragraph)
    return (
        len(words) <= _LONGEST_TITLE
        and any(letter.isalnum() for letter in words)
        and _is_all(paragraph, "strong")
    )


def _is_all(paragraph: Element, name: str) -> bool:
    return (
        len(paragraph) == 1
        and local_name(paragraph[0]) == name
        and not (paragraph.text or "").strip()
        and not (paragraph[0].tail or "").strip()
    )


def _blocks_of(body: Element) -> Iterator[Element]:
    """Yield what the sections hold, in order, with headings of their rank and names before it."""
    has_title = any(local_name(child) == "title" for child in body)
    depth = 0
    events = etree.iterwalk(body, events=("start", "end"))
    found: list[Element] = []
    loose = _LooseText(found)
    may_be_title = False  # what comes next, in a section that has none
    for event, element in events:
        name = local_name(element)
        if element is body:
            continue
        if event == "end":
            if name == "section":
                depth -= 1
                loose.end()
            loose.write(element.tail)
        elif name == "section":
            depth += 1
            loose.end()
            may_be_title = not any(local_name(child) == "title" for child in element[:2])
            if element.get("id"):
                found.append(etree.Element("a", {"id": element.get("id") or ""}))
            loose.write(element.text)
        else:
            if name == "title":
                rank = depth + (1 if has_title and depth else 0)
                _make_heading(element, min(max(rank, 1), _DEEPEST_HEADING))
            elif name == "p" and may_be_title and _is_bold_line(element):
                element.tag = f"h{min(depth + has_title, _DEEPEST_HEADING)}"
            may_be_title = may_be_title and name not in ("p", "title")
            if name in _RUNS:
                loose.add(element)
            elif name:
                loose.end()
                found.append(element)
            events.skip_subtree()
    yield from found


class _LooseText:
    """Text and runs that stand in a section without a paragraph, as some converters leave them."""

    def __init__(self, blocks: list[Element]) -> None:
        self._blocks = blocks
        self._paragraph: Element | None = None

    def write(self, text: str | None) -> None:
        """Add text."""
        if text is None or not text.strip():
            return
        paragraph = self._open()
        if len(paragraph):
            paragraph[-1].tail = (paragraph[-1].tail or "") + text
        else:
            paragraph.text = (paragraph.text or "") + text

    def add(self, run: Element) -> None:
        """Add a run; right behind another one, it begins a paragraph."""
        if self._paragraph is not None and len(self._paragraph) and not self._paragraph[-1].tail:
            self.end()
        copy = deepcopy(run)
        copy.tail = None
        self._open().append(copy)

    def end(self) -> None:
        """What comes next belongs to another paragraph."""
        self._paragraph = None

    def _open(self) -> Element:
        if self._paragraph is None:
            self._paragraph = etree.Element("p")
            self._blocks.append(self._paragraph)
        return self._paragraph


def _notes_of(body: Element) -> Element:
    """Return a body of notes: each innermost section is one, and its title the note's mark."""
    section = etree.Element("section", {"role": "doc-endnotes"})
    for child in list(body.iter()):
        name = local_name(child)
        if name != "section":
            above = child.getparent()
            if name and name != "title" and above is body:
                section.append(_converted(child))
            continue
        if any(local_name(inner) == "section" for inner in child):
            continue
        note = etree.SubElement(section, "li", {"id": child.get("id") or ""})
        for block in list(child):
            if local_name(block) == "title" and OWN_MARKER not in note.attrib:
                mark = line_of(block)
                if len(mark) <= _LONGEST_MARK:
                    note.set(OWN_MARKER, mark)
                    continue
            if local_name(block):
                note.append(_converted(block))
        if not note.get(OWN_MARKER):
            note.set(OWN_MARKER, "*")
    return section


def _make_heading(title: Element, rank: int) -> None:
    title.tag = f"h{rank}"
    lines = [line for line in title if local_name(line) == "p"]
    for number, line in enumerate(lines):
        line.tag = "span"
        if number:
            line.addprevious(etree.Element("br"))


def _converted(block: Element) -> Element:
    """Return the block with the names of HTML, and those of its attributes that mean something."""
    for element in list(block.iter()):
        name = local_name(element)
        if not name:
            continue
        above = element.getparent()
        name_above = "" if above is None else local_name(above)
        if name in ("v", "p") and name_above in ("stanza", "title", "p") and name != name_above:
            if element.getprevious() is not None:
                element.addprevious(etree.Element("br"))
            kind = "span"
        elif name == "empty-line":
            kind = "span"
        elif name == "subtitle" and any(letter.isalpha() for letter in "".join(element.itertext())):
            kind = f"h{_DEEPEST_HEADING}"
        else:
            kind = _TAGS.get(name, name if _NAME.fullmatch(name) else "span")
        _rename(element, kind)
    block.tail = None
    return block


def _rename(element: Element, kind: str) -> None:
    address = address_of(element)
    is_note = kind == "a" and element.get("type") == "note"
    told = {
        name.rpartition("}")[2]: value
        for name, value in element.items()
        if name in ("id", "alt", "title", "colspan", "rowspan", "role", OWN_MARKER)
        or name.endswith("}lang")
    }
    element.attrib.clear()
    if kind == "image":
        kind = "img"
        told["src"] = address.removeprefix("#")
        told["alt"] = told.get("alt") or told.pop("title", "")
    elif kind == "a" and address:
        told["href"] = address
        if is_note:
            told["role"] = "doc-noteref"
    element.tag = kind
    for name, value in told.items():
        element.set(name, value)
