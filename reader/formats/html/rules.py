"""What the elements of HTML mean to a reader: blocks, runs, and what is no text at all."""

from __future__ import annotations

import re
from collections.abc import Mapping

from reader.formats.language_tags import language_tag
from reader.text.document import InlineKind

_BLOCKS = """
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main
    menu nav ol p pre search section summary table tbody td tfoot th thead title tr ul xmp
"""
_LEFT_OUT = """
    annotation annotation-xml applet audio button canvas datalist embed frameset iframe input map
    meter noembed noframes noscript object progress rp rt script select style svg template
    textarea title video
"""
_OTHERS = """
    a abbr acronym area b base basefont bdi bdo big br cite code col colgroup data del dfn em font
    i img ins kbd label link mark marquee math meta mfrac mi mn mo mover mroot mrow mspace msqrt
    mstyle msub msubsup msup mtable mtd mtext mtr munder munderover nobr option optgroup output
    param picture q rb ruby s samp semantics slot small source span strike strong sub sup time
    track tt u var wbr
"""
BLOCKS = frozenset(_BLOCKS.split())
"""Elements that begin a new block. All others run on in the text around them."""

LEFT_OUT = frozenset(_LEFT_OUT.split())
"""Elements whose content is no part of the text."""

KNOWN = BLOCKS | LEFT_OUT | frozenset(_OTHERS.split())
"""Every element that HTML has or had."""

BULLETS = ("•", "◦", "▪")
"""What unnumbered items of the first, second and further levels show."""

OWN_MARKER = "data-marker"
"""An attribute of list items whose marker is known, as importers that make HTML write it."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}
RUNS: Mapping[str, InlineKind] = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), InlineKind.EMPHASIS),
    **dict.fromkeys(("strong", "b", "mark"), InlineKind.STRONG),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), InlineKind.CODE),
    **dict.fromkeys(("s", "del", "strike"), InlineKind.STRIKE),
    "sup": InlineKind.SUPERSCRIPT,
    "sub": InlineKind.SUBSCRIPT,
}

_HIDING_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_CLIPPED_STYLE = re.compile(r"(?:^|;)\s*clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01]", re.I)
_UNSEEN = re.compile(
    r"(?:^|\s)(?:visually-?hidden|sr-only|screen-?reader-(?:text|only)|sf-hidden)(?:\s|$)", re.I
)
"""Names that pages give to what only screen readers are told: "Credit", "opens in a new tab"."""

_NOTE_REFERENCE = re.compile(
    r"(?:^|\s)(?:footnote-?ref(?:erence)?|noteref|fn-?ref|_id(?:Foot|End)noteLink)(?:\s|$)", re.I
)
_BACK_LINK = re.compile(
    r"(?:^|\s)(?:(?:footnote|fn)-?back(?:ref)?|reversefootnote|back-?link|"
    r"_id(?:Foot|End)noteAnchor)(?:\s|$)",
    re.I,
)
_NOTES = re.compile(r"(?:^|\s)(?:footnotes?(?:-list)?|endnotes?)(?:\s|$)", re.I)
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
"""What a part of a book is for (EPUB 3.3, section 6.4); HTML parsers leave it as `epub:type`."""


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether a browser would not show the element."""
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    if style is not None and (_HIDING_STYLE.search(style) or _CLIPPED_STYLE.search(style)):
        return True
    return _matches(attributes, _UNSEEN)


def language_of(attributes: Mapping[str, str]) -> str | None:
    """Return the element's own BCP 47 tag; what is none is passed over."""
    for name in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
        if tag := language_tag(attributes.get(name, "")):
            return tag
    return None


def is_note_reference(attributes: Mapping[str, str]) -> bool:
    """Whether a link leads to a footnote (DPUB-ARIA, EPUB, and what converters write)."""
    return _has_role(attributes, "doc-noteref", "noteref") or _matches(attributes, _NOTE_REFERENCE)


def is_back_link(attributes: Mapping[str, str]) -> bool:
    """Whether a link leads from a footnote back to where it belongs."""
    return _has_role(attributes, "doc-backlink", "backlink") or _matches(attributes, _BACK_LINK)


def holds_notes(attributes: Mapping[str, str]) -> bool:
    """Whether the element holds footnotes."""
    return _has_role(
        attributes,
        *("doc-endnotes", "doc-endnote", "doc-footnote", "footnote", "footnotes", "endnote"),
        *("endnotes", "rearnote", "rearnotes"),
    ) or _matches(attributes, _NOTES)


def _has_role(attributes: Mapping[str, str], *roles: str) -> bool:
    for name in ("role", EPUB_TYPE, "epub:type"):
        told = attributes.get(name)
        if told and not set(roles).isdisjoint(told.lower().split()):
            return True
    return False


def _matches(attributes: Mapping[str, str], pattern: re.Pattern[str]) -> bool:
    told = attributes.get("class")
    return told is not None and pattern.search(told) is not None
