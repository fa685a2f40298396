"""Places as other reading apps write them, made into fragments that standards define.

Foliate and Readest write EPUB CFIs by the specification. calibre leaves the package out: its first
step is the file's number in the spine, its second the root of that file, which it counts as well
(`/8/2/4/6/1:12` for `/6/8!/4/6/1:12`); a passage is two of them with a space between. KOReader
writes XPointers (`xpointers`), or `page=3`.
"""

from __future__ import annotations

import re

from reader.annotations.epub_cfi import CONFORMS_TO
from reader.annotations.exchange.reading_apps.xpointers import cfi_of, is_xpointer
from reader.annotations.format_selectors import PDF, SectionsAtHand, span_of_fragment
from reader.errors import UnreadableText
from reader.text.document import Document, Place

_CALIBRES = re.compile(r"epubcfi\(/(\d{1,6})/2(?:\[(?:\^.|[^\^\]])*\])?(/[^,!]*)\)", re.DOTALL)
_STEP = re.compile(r"/\d+(?:\[(?:\^.|[^\^\]])*\])?(?::\d+)?(?:\[[^\]]*\])?")
_PAGE = re.compile(r"page=\d{1,6}")


def fragment_of(written: str, document: Document) -> tuple[str, str] | None:
    """Return what a fragment conforms to, and the fragment; None for what can't be in this text."""
    if _PAGE.fullmatch(written):
        return None if document.printed is None else (PDF, written)
    try:
        is_pointer = is_xpointer(written)
        cfi = cfi_of(written, document) if is_pointer else _standard_cfi(written, document)
    except UnreadableText:
        return None
    return (CONFORMS_TO, cfi) if cfi else None


def place_of(written: str, document: Document) -> Place | None:
    """Return the place that another app means; None where that leads nowhere here."""
    told = fragment_of(written, document)
    try:
        span = None if told is None else span_of_fragment(told[1], SectionsAtHand(document))
    except UnreadableText:
        return None
    return None if span is None else span.first_place


def _standard_cfi(written: str, document: Document) -> str:
    """Return a CFI as the specification has it; "" for one that can't be one in this text."""
    if document.markup is None or not written.startswith("epubcfi("):
        return ""
    if "!" in written:
        return written
    ends = [found for one in written.split(" ") if (found := _CALIBRES.fullmatch(one))]
    files = {int(found[1]) // 2 - 1 for found in ends}
    section = files.pop() if len(files) == 1 and len(ends) == written.count(" ") + 1 else -1
    if len(ends) > 2 or not 0 <= section < len(document.sections):
        return ""
    step = document.markup.step_of(section)
    if not step:
        return ""
    return f"epubcfi({step}!{_between(*(found[2] for found in ends))})"


def _between(start: str, end: str = "") -> str:
    """Return a path, or the range from one to another: what they share, and what follows each."""
    if not end:
        return start
    one, other = _STEP.findall(start), _STEP.findall(end)
    shared = 0
    while shared < min(len(one), len(other)) - 1 and one[shared] == other[shared]:
        shared += 1
    return ",".join("".join(steps) for steps in (one[:shared], one[shared:], other[shared:]))
