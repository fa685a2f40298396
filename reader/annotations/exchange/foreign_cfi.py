"""EPUB CFIs as other reading apps write them, made into those of the specification.

Foliate and Readest write them by the specification. calibre leaves the package out: its first step
is the file's number in the spine, its second the root of that file, which it counts as well
(`/8/2/4/6/1:12` for `/6/8!/4/6/1:12`).
"""

from __future__ import annotations

import re

from reader.annotations.format_selectors import span_of_cfi
from reader.errors import UnreadableText
from reader.text.document import Document, Place

_CALIBRES = re.compile(r"epubcfi\(/(\d{1,6})/2(?:\[(?:\^.|[^\^\]])*\])?(/[^,!]*)\)", re.DOTALL)


def standard_cfi(written: str, document: Document) -> str:
    """Return a CFI as the specification has it; "" for one that can't be one in this text."""
    if document.markup is None or not written.startswith("epubcfi("):
        return ""
    if "!" in written:
        return written
    found = _CALIBRES.fullmatch(written)
    section = -1 if found is None else int(found[1]) // 2 - 1
    if found is None or not 0 <= section < len(document.sections):
        return ""
    step = document.markup.step_of(section)
    return f"epubcfi({step}!{found[2]})" if step else ""


def place_of_cfi(written: str, document: Document) -> Place | None:
    """Return the place that another app's CFI leads to; None where it leads nowhere here."""
    told = standard_cfi(written, document)
    try:
        span = span_of_cfi(told, document) if told else None
    except UnreadableText:
        return None
    return None if span is None else span.first_place
