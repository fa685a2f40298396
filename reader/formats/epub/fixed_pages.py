"""Pages of a fixed layout: lines and words that stand in boxes of their own, joined to paragraphs.

Such pages put every word or line where it is seen, each as a block. As a text they would be a
paragraph a word, and a voice would stop after each.
"""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from reader.formats.html.rules import BLOCKS
from reader.formats.xml_trees import line_of

_BOXES = frozenset(("div", "p", "span"))
_NO_TEXT = (*BLOCKS, "img", "svg", "video", "audio", "object")
_TOP = re.compile(r"(?:^|;)\s*(?:top|bottom)\s*:\s*(-?[\d.]+\s*\w*)", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?…:。！？]['\"”’»)\]」』]*$")
_SIZE = re.compile(r"font-size\s*:\s*([\d.]+\s*\w*)", re.IGNORECASE)


def join_boxes(root: Element) -> None:
    """Make one block of boxes whose words follow each other. Changes the tree."""
    for holder in reversed(list(root.iter("body", "div", "section", "article", "main", "p"))):
        _join_children(holder)


def _join_children(holder: Element) -> None:
    last: Element | None = None
    for child in list(holder):
        holds_text = child.tag in _BOXES and _holds_text_alone(child)
        if holds_text and not _has_words(child):
            continue  # an empty box between two words
        if not holds_text or child.tag == "span" or (child.tail or "").strip():
            last = None
        elif last is not None and _goes_on(last, child):
            _append(last, child)
        else:
            last = child
    only = holder[0] if len(holder) == 1 else None
    if only is None or only.tag not in _BOXES or (holder.text or "").strip():
        return
    if _holds_text_alone(only) and _has_words(only):
        only.tag = "span"  # the box of a line that held the boxes of its words


def _holds_text_alone(element: Element) -> bool:
    """Whether there are neither blocks in it nor anything that is shown."""
    return next(element.iterdescendants(*_NO_TEXT), None) is None


def _has_words(element: Element) -> bool:
    return any(piece.strip() for piece in element.itertext())


def _goes_on(before: Element, after: Element) -> bool:
    """Whether a box goes on with the words of the one before it."""
    last = _last_box(before)
    top = _told(_TOP, last)
    if top and top == _told(_TOP, after):
        return True
    first = line_of(after)
    if _SENTENCE_END.search(line_of(last)):
        return False
    is_alike = (last.get("class"), _told(_SIZE, last)) == (after.get("class"), _told(_SIZE, after))
    return first[:1].islower() or is_alike


_JOINED = "data-joined"


def _last_box(block: Element) -> Element:
    """Return the box that was joined to a block last; thousands may have been."""
    last = _last_child(block)
    return last if last is not None and last.get(_JOINED) else block


def _last_child(element: Element) -> Element | None:
    """Return what an element ends with; its length would have all children counted."""
    return next(element.iterchildren(reversed=True), None)


def _append(before: Element, after: Element) -> None:
    words = line_of(_last_box(before))
    is_broken = len(words) > 1 and words.endswith(("-", "\u2010", "\xad")) and words[-2].isalpha()
    is_hyphen = is_broken and line_of(after)[:1].islower()
    _end(before, "" if is_hyphen else " ", drops=is_hyphen)
    after.tag = "span"
    after.set(_JOINED, "1")
    after.tail = None
    before.append(after)


def _end(element: Element, text: str, *, drops: bool) -> None:
    """Put text at the end of what an element holds, in the place of a hyphen if it `drops` one."""
    holder, last = element, _last_child(element)
    while last is not None and not (last.tail or "").strip():
        last.tail = None
        holder, last = last, _last_child(last)
    if last is not None:
        kept = (last.tail or "").rstrip()
        last.tail = (kept[:-1] if drops else kept) + text
    else:
        kept = (holder.text or "").rstrip()
        holder.text = (kept[:-1] if drops else kept) + text


def _told(pattern: re.Pattern[str], element: Element) -> str:
    found = pattern.search(element.get("style") or "")
    return "" if found is None else found[1]
