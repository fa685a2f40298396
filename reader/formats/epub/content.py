"""One content document of a book to a section: links, pictures and formulas as the text needs them.

The tree is put in order first (`_Preparation`), then read as any HTML is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from lxml import etree
from lxml.etree import _Element as Element

from reader.errors import ArchiveUnsafe, TextDamaged
from reader.formats.decoding import decode
from reader.formats.epub.fixed_pages import join_boxes
from reader.formats.html.parsing import parse_html
from reader.formats.html.rules import BLOCKS, EPUB_TYPE
from reader.formats.html.walker import write_html
from reader.formats.mathml import spoken_form
from reader.formats.xml_trees import declared_encoding, line_of, outermost
from reader.text.document import BlockKind, InlineKind, Section
from reader.text.xml_text import xml_text  # HTML and percent signs smuggle in what it drops
from reader.values import replaced, value

_SVG = "{http://www.w3.org/2000/svg}"
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_ENTITY = re.compile(r"<!ENTITY\s+([\w.-]+)\s+(?:\"([^\"]*)\"|'([^']*)')\s*>")
_ANY_ENTITY = re.compile(r"<!ENTITY\b")
_NESTED = re.compile(r"&(?!#)|<|%")
_LONGEST_ENTITY = 200
_PAGE_NUMBER = re.compile(
    r"[\[({]?\s*(?:p(?:age|g)?\.?\s*)?(?:\d{1,5}|[ivxlcdm]{1,9})\s*[\])}]?", re.I
)
_MAY_BREAK_PAGES = re.compile(rb"pagebreak|page-?n|p\0a\0g\0e\0", re.IGNORECASE)
_PAGE_CLASSES = re.compile(r"(?:^|\s)(?:x-ebookmaker-)?page-?(?:num|no|number)(?:\s|$)", re.I)
_REFERENCE_MARK = re.compile(r"\[(?:\d{1,4}|[a-z*†‡])\]|\(\d{1,4}\)|\*{1,3}|[†‡§¶]", re.I)
_MARK_PIECES = 8
_LENGTH = re.compile(r"(\d{1,7}(?:\.\d{1,6})?)(|px|pt|pc|mm|cm|in|em|ex)")
_PIXELS = {
    "": 1,
    "px": 1,
    "pt": 4 / 3,
    "pc": 16,
    "mm": 3.78,
    "cm": 37.8,
    "in": 96,
    "em": 16,
    "ex": 8,
}
_BROKEN_END = re.compile(r"[^\W\d_]{2}[-\u2010]$")
_SOFT_HYPHEN = "\xad"
_FILE_NAME = re.compile(r"\S+\.(?:jpe?g|png|gif|svg|webp|bmp|tiff?)|image", re.IGNORECASE)
_TYPED = etree.XPath(
    "//*[@role or @epub:type or @*[name() = 'epub:type'] or contains(@class, 'page')]",
    namespaces={"epub": "http://www.idpf.org/2007/ops"},
)


@value
class Links:
    """How addresses in one file of the book become targets and pictures of the document."""

    target_of: Callable[[str], str]
    picture_of: Callable[[str], str]


def parse_content(content: bytes, path: Path) -> Element:
    """Return the tree of a content document.

    Raises:
        TextDamaged: it is no text, or nested too deep.
        ArchiveUnsafe: its entities are a bomb, or reach outside of it.
    """
    decoded = decode(content, declared_encoding(content))
    if decoded is None:
        raise TextDamaged(path, "a part of it is no text")
    return parse_html(_without_entities(decoded.text, path), path)


def read_content(
    content: bytes,
    path: Path,
    index: int,
    language: str | None,
    links: Links,
    *,
    is_laid_out: bool = False,
) -> Section:
    """Return a content document as section number `index`; its title is its first heading's.

    `is_laid_out`: its words and lines may stand in boxes of their own.

    Raises:
        TextDamaged, ArchiveUnsafe: as `parse_content`.
    """
    root = parse_content(content, path)
    # Looked for in the bytes first: to ask every element of a long part takes a third of its time.
    _Preparation(root, links).run(has_page_breaks=_MAY_BREAK_PAGES.search(content) is not None)
    if is_laid_out:
        join_boxes(root)
    section = write_html(root, index, language, has_pictures=True)
    return replaced(section, title=_first_heading(section))


def svg_in(root: Element, number: int) -> bytes | None:
    """Return drawing `number` of a content document as a file of its own."""
    drawings = _drawings(root)
    if number >= len(drawings):
        return None
    drawing = drawings[number]
    drawing.tail = None
    for unwanted in [*drawing.iter(f"{_SVG}script", "script", f"{_SVG}foreignObject")]:
        holder = unwanted.getparent()
        if holder is not None:
            holder.remove(unwanted)
    return etree.tostring(drawing, encoding="utf-8")


def svg_size_words(svg: Element) -> str:
    """Return "width x height" of a drawing, as far as it says; its address carries it."""
    width, height = _pixels(svg.get("width")), _pixels(svg.get("height"))
    box = (svg.get("viewBox") or svg.get("viewbox") or "").replace(",", " ").split()
    if len(box) == 4 and not (width and height):
        wide, high = _pixels(box[2]), _pixels(box[3])
        if wide and high:
            width, height = (width, width * high / wide) if width else (wide, high)
    return f"{width:.0f}x{height:.0f}" if width and height else ""


def _pixels(told: str | None) -> float:
    found = _LENGTH.fullmatch((told or "").strip())
    return 0.0 if found is None else float(found[1]) * _PIXELS[found[2]]


def described(svg: Element) -> str:
    """Return what an SVG says of itself: its label, its title and description, or its words."""
    label = svg.get("aria-label") or ""
    if not label.strip():
        own = [child for child in svg if _local(child) in ("title", "desc")]
        title, _, description = "\n".join(filter(None, map(line_of, own))).partition("\n")
        label = f"{title.rstrip('.')}. {description}" if description else title
    if not label.strip():
        words = (line_of(text) for text in svg.iter(f"{_SVG}text", "text"))
        label = " ".join(word for word in words if word)
    return " ".join(label.split())


def _without_entities(text: str, path: Path) -> str:
    """Replace the characters that old books declare as entities of their own."""
    head, bracket, rest = text[:20_000].partition("[")
    if "<!DOCTYPE" not in head.upper() or not bracket or "<!ENTITY" not in rest.upper():
        return text
    end = text.find("]", len(head))
    subset = text[len(head) : end]
    declared = {
        name: double or single
        for name, double, single in _ENTITY.findall(subset)
        if len(double or single) <= _LONGEST_ENTITY
    }
    is_plain = not any(_NESTED.search(value) for value in declared.values())
    if len(_ANY_ENTITY.findall(subset)) != len(declared) or not is_plain:
        raise ArchiveUnsafe(path, "it declares XML entities made of others, or from elsewhere")
    return re.sub(
        r"&([\w.-]+);", lambda found: declared.get(found[1], found[0]), head + text[end + 1 :]
    )


class _Preparation:
    """Makes a tree say in plain HTML what books say in their own ways."""

    def __init__(self, root: Element, links: Links) -> None:
        self._root = root
        self._links = links
        self._captions: dict[Element, str | None] = {}

    def run(self, *, has_page_breaks: bool) -> None:
        self._replace_drawings()
        self._replace_formulas()
        self._choose_alternatives()
        if has_page_breaks:
            self._clear_page_breaks()
        for element in list(self._root.iter("object", "embed")):
            self._show_object(element)
        for image in list(self._root.iter("img")):
            self._point_image(image)
        for link in self._root.iter("a"):
            self._point_link(link)
        for line_break in list(self._root.iter("br")):
            self._join_word(line_break)

    def _join_word(self, line_break: Element) -> None:
        """Take away a line's end within a word, whose hyphen shows only where a line ends.

        Books made from printed ones have such, where somebody broke lines by hand.
        """
        holder, before = line_break.getparent(), line_break.getprevious()
        if holder is None:
            return
        ahead = (holder.text if before is None else before.tail) or ""
        if _BROKEN_END.search(ahead) and (line_break.tail or "")[:1].islower():
            joined = ahead[:-1] + _SOFT_HYPHEN
            if before is None:
                holder.text = joined
            else:
                before.tail = joined
            line_break.tag = "span"  # not dropped: what is joined would be copied each time

    def _replace_drawings(self) -> None:
        for number, drawing in enumerate(_drawings(self._root)):
            images = list(drawing.iter(f"{_SVG}image", "image"))
            size = svg_size_words(drawing)
            picture = drawn = f"#svg:{number}:{size}" if size else f"#svg:{number}"
            if len(images) == 1 and not any(drawing.iter(f"{_SVG}path", "path")):
                image = images[0]
                picture = image.get(_XLINK_HREF) or image.get("href") or picture
                picture = picture if self._links.picture_of(picture) else drawn
            _replace(drawing, "img", alt=described(drawing), src=picture)

    def _replace_formulas(self) -> None:
        for formula in list(self._root.iter(f"{_MATHML}math", "math", "m:math", "mml:math")):
            is_block = formula.get("display") == "block"
            text = spoken_form(formula)
            made = _replace(formula, "div" if is_block else "span")
            made.text = xml_text(text)

    def _choose_alternatives(self) -> None:
        """Keep the default of each epub:switch: the other cases need what isn't here."""
        defaults = self._root.iter("{http://www.idpf.org/2007/ops}default", "epub:default")
        holders = {holder for default in defaults if (holder := default.getparent()) is not None}
        for child in (child for holder in holders for child in holder):
            if _local(child) == "case":
                # not dropped: what stands behind would be copied each time
                child.clear(keep_tail=True)
                child.tag = "span"

    def _clear_page_breaks(self) -> None:
        for element in _TYPED(self._root):
            kinds = f"{element.get('role')} {element.get(EPUB_TYPE) or element.get('epub:type')}"
            is_break = not {"pagebreak", "doc-pagebreak"}.isdisjoint(kinds.lower().split())
            if not is_break and not _PAGE_CLASSES.search(element.get("class") or ""):
                continue
            text = _beginning(element)
            if text and not _PAGE_NUMBER.fullmatch(text):
                continue
            name = next((name for inside in element.iter() if (name := inside.get("id"))), "")
            made = _replace(element, "div" if element.tag in BLOCKS - {"hr"} else "span")
            if name:
                made.set("id", xml_text(name))

    def _show_object(self, element: Element) -> None:
        """Show a picture as one, else what the author put there for readers without plug-ins."""
        picture = element.get("data") or element.get("src") or ""
        if self._links.picture_of(picture):
            _replace(element, "img", alt=line_of(element), src=picture)
        elif element.tag == "object":
            element.tag = "span"

    def _point_image(self, image: Element) -> None:
        described_as = " ".join((image.get("alt") or "").split())
        is_name = _FILE_NAME.fullmatch(described_as) is not None
        if is_name or (described_as and described_as == self._caption_of(image)):
            described_as = ""
        image.set("alt", xml_text(described_as))
        image.set("src", xml_text(self._links.picture_of(image.get("src") or "")))

    def _caption_of(self, image: Element) -> str | None:
        figure = image.getparent()
        while figure is not None and figure.tag in ("div", "a", "span", "p"):
            figure = figure.getparent()
        if figure is None or figure.tag != "figure":
            return None
        if figure not in self._captions:  # looked for once, however many images it holds
            caption = figure.find(".//figcaption")
            self._captions[figure] = None if caption is None else line_of(caption)
        return self._captions[figure]

    def _point_link(self, link: Element) -> None:
        address = link.get("href") or link.get(_XLINK_HREF)
        if not address:
            return
        target = self._links.target_of(address)
        link.set("href", xml_text(target))
        if (
            "#" in target
            and _REFERENCE_MARK.fullmatch(_beginning(link))
            and not _begins_block(link)
        ):
            link.set("role", "doc-noteref")


def _drawings(root: Element) -> list[Element]:
    """Return the outermost SVG elements."""
    return outermost(root, f"{_SVG}svg", "svg", "svg:svg")


def _begins_block(link: Element) -> bool:
    """Whether nothing stands before it: a note's own number, which leads back to the text."""
    element = link
    holder = link.getparent()
    while holder is not None and element.getprevious() is None and not (holder.text or "").strip():
        if holder.tag in ("p", "li", "div", "td", "dt", "dd", "aside", "body"):
            return True
        element, holder = holder, holder.getparent()
    return False


def _first_heading(section: Section) -> str:
    """Return the words of the first heading, without the numbers of notes."""
    for block in section.blocks:
        if block.kind is BlockKind.HEADING:
            words, at = "", block.start
            for run in section.inlines:
                if run.kind is InlineKind.NOTE_REFERENCE and at <= run.start < block.end:
                    words += section.text[at : run.start]
                    at = run.end
            return " ".join((words + section.text[at : block.end]).split())
    return ""


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _beginning(element: Element) -> str:
    """Return the first words: enough to know a mark by, however much is inside."""
    return " ".join("".join(islice(element.itertext(), _MARK_PIECES)).split())


def _replace(element: Element, tag: str, **attributes: str) -> Element:
    """Put a new element in the place of another one, whose text goes with it."""
    made = etree.Element(tag, {key: xml_text(value) for key, value in attributes.items()})
    made.tail = xml_text(element.tail or "")
    if (name := element.get("id")) is not None:
        made.set("id", xml_text(name))
    holder = element.getparent()
    if holder is not None:
        holder.replace(element, made)
    return made
