"""What the drawings of a DOCX file show: pictures with what is said of them, rules, boxes of text.

DrawingML as Word writes it (ECMA-376, 20.4), and the VML of before 2010, which still is in files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lxml.etree import _Element as Element

from reader.formats.docx.names import MC, OFFICE, ON, WP, A, R, V, W

Picture = tuple[str, tuple[str | None, ...]]
"""Its address, "" for one that isn't there, and its descriptions, the best first."""

_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"


def drawn_pictures(drawing: Element, picture_of: Callable[[str], str]) -> Iterator[Picture]:
    """Yield what a `w:drawing` shows; `picture_of` tells the address for a relation's id."""
    for placed in drawing:
        properties = placed.find(f"{WP}docPr")
        told: tuple[str | None, ...] = ()
        if properties is not None:
            if properties.get("hidden") in ON:
                continue
            if not any(mark.get("val") in ON for mark in properties.iter(_DECORATIVE)):
                told = properties.get("descr"), properties.get("title")
        pictures = [picture_of(blip.get(f"{R}embed") or "") for blip in _blips(placed)]
        for picture in pictures or [""]:
            yield picture, told


def old_pictures(drawing: Element, picture_of: Callable[[str], str]) -> Iterator[Picture]:
    """Yield what a `w:pict` or `w:object` shows; see `drawn_pictures`."""
    for picture in drawing.iter(f"{V}imagedata"):
        holder = picture.getparent()
        alternative = None if holder is None else holder.get("alt")
        address = picture_of(picture.get(f"{R}id") or "")
        yield address, (alternative, picture.get(f"{OFFICE}title"))


def rule_count(drawing: Element) -> int:
    """Return how many horizontal rules a `w:pict` draws."""
    return sum(shape.get(f"{OFFICE}hr") in ("t", "true") for shape in drawing.iter(f"{V}rect"))


def text_boxes(drawing: Element) -> Iterator[Element]:
    """Yield the text boxes, each once: they are read behind the paragraph they are fixed to."""
    for box in drawing.iter(f"{W}txbxContent"):
        if not any(above.tag == f"{MC}Fallback" for above in _between(box, drawing)):
            yield box


def _blips(placed: Element) -> Iterator[Element]:
    for blip in placed.iter(f"{A}blip"):
        if not any(above.tag == f"{W}txbxContent" for above in _between(blip, placed)):
            yield blip


def _between(element: Element, top: Element) -> Iterable[Element]:
    for above in element.iterancestors():
        if above is top:
            return
        yield above
