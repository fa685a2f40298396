"""Notes that were written in HTML as Markdown: what a reader sees of them, and can go on with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # imported only where a note is in HTML
    from lxml.html import HtmlElement

_UNPARSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = ("script", "style", "template", "head")

_AROUND = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "*"),
    **dict.fromkeys(("strong", "b"), "**"),
    **dict.fromkeys(("del", "s", "strike"), "~~"),
}
_CODE = ("code", "kbd", "samp", "tt")
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_BLOCK_NAMES = (
    "address article aside blockquote body center dd details div dl dt figcaption figure footer"
    " form header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_BLOCKS = _HEADINGS.keys() | set(_BLOCK_NAMES.split())
_DEEPEST = 60
"""Elements in one another; what lies deeper is taken as plain words."""

# only what would be read as markup: others' words are to stay easy to edit
_SIGNS = re.compile(
    r"[\\`]|\*(?=\S)|(?<=\S)\*|(?<!\w)[_~](?=\S)|(?<=\S)[_~](?!\w)|~~|\[|<(?=[A-Za-z/!?])"
)
_LINE_STARTS = re.compile(r"(?m)^([^\S\n]*)(?:([>+]|#+|-+|=+)|(\d{1,9})([.)]))(?=\s|$)")
_BREAK = "\x1e"
"""Stands for a line break while white space is folded; no parsed text holds it."""


def markdown_of(html: str) -> str:
    """Return what a reader sees of HTML as Markdown; what can't be seen is left out."""
    root = _parsed(html)
    if root is None:
        return ""
    return "\n\n".join(_blocks(root, 0)).strip()


def words_of(html: str) -> str:
    """Return the words of HTML on one line, as for a tag."""
    root = _parsed(html)
    return "" if root is None else " ".join(root.text_content().split())


def _parsed(html: str) -> HtmlElement | None:
    from lxml import html as parser
    from lxml.etree import ParserError, strip_elements

    try:
        root = parser.fragment_fromstring(_UNPARSABLE.sub("", html), create_parent="div")
    except ParserError:  # nothing but white space
        return None
    strip_elements(root, *_UNSEEN, with_tail=False)
    return root


def _blocks(element: HtmlElement, depth: int) -> Iterator[str]:
    """Yield the paragraphs, lists and the like inside an element."""
    if depth > _DEEPEST:
        yield from _paragraph([_words(element.text_content())])
        return
    inline = [_words(element.text)]
    for child in element:
        if child.tag not in _BLOCKS:
            inline.append(_inline(child, depth + 1))
        else:
            yield from _paragraph(inline)
            inline = []
            yield from filter(None, [_block(child, depth + 1)])
        inline.append(_words(child.tail))
    yield from _paragraph(inline)


def _block(element: HtmlElement, depth: int) -> str:
    tag = str(element.tag)
    if tag == "hr":
        return "---"
    if tag == "pre":
        return f"```\n{element.text_content().strip(chr(10))}\n```"
    if tag == "tr":
        cells = (" ".join(" ".join(_blocks(cell, depth)).split()) for cell in element)
        return " | ".join(cells)
    if tag in ("ul", "ol"):
        return "\n".join(_items(element, tag == "ol", depth))
    if tag in ("table", "tbody", "thead", "tfoot"):
        return "\n".join(_blocks(element, depth))
    inside = "\n\n".join(_blocks(element, depth))
    if tag == "blockquote":
        return "\n".join(f"> {line}".rstrip() for line in inside.split("\n")) if inside else ""
    if tag in _HEADINGS and inside:
        return _HEADINGS[tag] + " ".join(inside.split())
    return inside


def _items(element: HtmlElement, is_numbered: bool, depth: int) -> Iterator[str]:
    for number, item in enumerate(element, 1):
        if item.tag in ("ul", "ol"):  # right in a list, as some editors write it
            mark, blocks = "  ", [_block(item, depth + 1)]
        else:
            mark, blocks = f"{number}. " if is_numbered else "- ", list(_blocks(item, depth + 1))
        lines = "\n".join(blocks).split("\n")
        yield mark + ("\n" + " " * len(mark)).join(lines)


def _inline(element: HtmlElement, depth: int) -> str:
    tag = element.tag
    if not isinstance(tag, str):  # a comment
        return ""
    if tag == "br":
        return _BREAK
    if tag == "img":
        return _words(element.get("alt"))
    if tag in _CODE:
        return _coded(element.text_content())
    if depth > _DEEPEST:
        return _words(element.text_content())
    parts = [_words(element.text)]
    for child in element:
        parts += (_inline(child, depth + 1), _words(child.tail))
    inside = "".join(parts)
    address = "".join((element.get("href") or "").split())
    if tag == "a" and address and inside.strip():
        return _around(inside, "[", f"]({address.replace('(', '%28').replace(')', '%29')})")
    sign = _AROUND.get(tag)
    return inside if sign is None else _around(inside, sign, sign)


def _around(inside: str, before: str, behind: str) -> str:
    """Return words between two signs, which no white space may part from them."""
    words = inside.strip(f" \n\t\r{_BREAK}")
    if not words:
        return inside
    lead, trail = inside[: inside.index(words)], inside[inside.index(words) + len(words) :]
    return f"{lead}{before}{words}{behind}{trail}"


def _coded(text: str) -> str:
    words = " ".join(text.split())
    fence = "`" * (max((len(run) for run in re.findall("`+", words)), default=0) + 1)
    space = " " if words[:1] == "`" or words[-1:] == "`" else ""
    return f"{fence}{space}{words}{space}{fence}" if words else ""


def _words(text: str | None) -> str:
    return _SIGNS.sub(r"\\\g<0>", (text or "").replace(_BREAK, " "))


def _paragraph(inline: list[str]) -> Iterator[str]:
    yield from filter(None, [_line_starts_plain("".join(inline))])


def _line_starts_plain(words: str) -> str:
    """Return a paragraph, none of whose lines is taken for a heading, a list or the like."""
    lines = (" ".join(line.split(None)) for line in words.split(_BREAK))
    joined = "\n".join(lines).strip("\n")
    joined = re.sub("\n{2,}", "\n\n", joined)
    return _LINE_STARTS.sub(
        lambda found: (
            f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}"
        ),
        joined,
    )
