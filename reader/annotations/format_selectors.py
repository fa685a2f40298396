"""Selectors in the terms of a text's own format, beside quote and position: written, and read.

Source: W3C Web Annotation Data Model, section 4.2: fragments that conform to EPUB CFI and to PDF's
open parameters (RFC 3778), CSS selectors refined by a position. How far into the whole text a
passage stands is told by Readium's ProgressionSelector.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reader.annotations import epub_cfi
from reader.annotations.editing import with_further_selectors
from reader.annotations.json_ld import Json, JsonObject, json_values
from reader.annotations.model import Annotation, main_target_slot
from reader.annotations.selectors import PROGRESSION
from reader.annotations.source_places import SourcePlaces, ancestors_of
from reader.errors import UnreadableText
from reader.text.document import Document, Span
from reader.text.lazy_sections import length_of
from reader.text.markup import MarkupKind, MarkupText
from reader.text.printed_pages import PageBox

FRAGMENT, CSS, XPATH = "FragmentSelector", "CssSelector", "XPathSelector"
PDF = "http://tools.ietf.org/rfc/rfc3778"
SECTION = "sottovoce:section"
"""The property of a selector with the number of the section it is in, from 0."""

_PAGE = re.compile(r"(?:.*[#&])?page=(\d{1,7})(?:&|$)", re.IGNORECASE)
_NUMBERS = r"=([\d.]+),([\d.]+),([\d.]+),([\d.]+)"
_VIEW = re.compile("viewrect" + _NUMBERS, re.IGNORECASE)
"""Left, top, width and height."""
_LINE = re.compile("highlight" + _NUMBERS, re.IGNORECASE)
"""Left, right, top and bottom; one for each line of a passage."""
_ROUGHLY = 4.0


class SectionsAtHand:
    """The sections of a document beside their markup; the one asked for last is kept for more.

    Slow where the file is looked into: not for the window's thread.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self._last: tuple[int, SourcePlaces | None] = (-1, None)

    def places_in(self, section: int) -> SourcePlaces | None:
        """Return the places of a section; None where it has no markup that can be read.

        Raises:
            UnreadableText: the section can't be read any more.
        """
        markup = self.document.markup
        if markup is None:
            return None
        if self._last[0] != section:
            tree = markup.text_of(section)
            text = self.document.sections[section].text
            self._last = section, None if tree is None else SourcePlaces(text, tree)
        return self._last[1]


class FormatSelectors:
    """Writes the selectors of one document's format. Slow, as `SectionsAtHand`."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._sections = SectionsAtHand(document)

    def completed(self, annotation: Annotation, span: Span) -> Annotation:
        """Return an annotation with all selectors there are; it stays as it is if it had them.

        Raises:
            UnreadableText: the file can't be read any more.
        """
        known = annotation.target.other_selectors
        if PROGRESSION in known:
            return annotation
        found = (_progression(self._document, span), *self._of_format(span))
        more: list[Json] = [selector for selector in found if selector["type"] not in known]
        return with_further_selectors(annotation, more)

    def _of_format(self, span: Span) -> Iterator[JsonObject]:
        if span.is_empty:
            return
        markup = self._document.markup
        if self._document.printed is not None:
            fragment = _pdf_fragment(self._document, span)
            if fragment:
                yield {"type": FRAGMENT, "conformsTo": PDF, "value": fragment}
            return
        places = self._sections.places_in(span.section)
        found = None if places is None else places.in_markup(span.start, span.end)
        if markup is None or places is None or found is None:
            return
        step, tree = markup.step_of(span.section), places.markup
        if markup.kind is MarkupKind.EPUB and step:
            written = epub_cfi.written_cfi(step, tree, *found)
            yield {"type": FRAGMENT, "conformsTo": epub_cfi.CONFORMS_TO, "value": written}
        first, last = (tree.pieces[place.piece].element for place in found)
        around = set(ancestors_of(tree, last))
        element = next(number for number in ancestors_of(tree, first) if number in around)
        inside, _ = places.range_within(element)
        ends = [places.source_place(place.piece, place.offset) - inside for place in found]
        position: JsonObject = {"type": "TextPositionSelector", "start": ends[0], "end": ends[1]}
        path: JsonObject = {"type": CSS, "value": css_path(tree, element), "refinedBy": position}
        if len(self._document.sections) > 1:
            path[SECTION] = span.section
        yield path


def _progression(document: Document, span: Span) -> JsonObject:
    lengths = [length_of(document.sections, n) for n in range(len(document.sections))]
    before = sum(lengths[: span.section]) + span.start
    share = round(min(1.0, before / max(1, sum(lengths))), 6)
    return {"type": PROGRESSION, "value": share, SECTION: span.section}


def css_path(tree: MarkupText, element: int) -> str:
    """Return a CSS selector of an element: from the nearest one with an id that CSS can say."""
    steps = []
    for number in ancestors_of(tree, element):
        one = tree.elements[number]
        if re.fullmatch(r"[A-Za-z][\w-]*", one.id):
            steps.append(f"#{one.id}")
            break
        is_alone = one.parent < 0 or one.tag == "body"
        steps.append(one.tag if is_alone else f"{one.tag}:nth-of-type({one.of_type})")
    return " > ".join(reversed(steps))


def _pdf_fragment(document: Document, span: Span) -> str:
    assert document.printed is not None
    try:
        number = document.printed.page_of(span.first_place)
        boxes = document.printed.page(number).boxes_of(span)
    except UnreadableText:
        return ""
    fragment = f"page={number + 1}"
    if not boxes:
        return fragment
    whole = _around(boxes)
    rectangles = [("viewrect", whole.left, whole.top, *_size(whole))]
    if len(boxes) > 1:
        rectangles += [("highlight", box.left, box.right, box.top, box.bottom) for box in boxes]
    written = (f"{name}={','.join(map(_short, sides))}" for name, *sides in rectangles)
    return "&".join((fragment, *written))


def _around(boxes: Sequence[PageBox]) -> PageBox:
    return PageBox(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _size(box: PageBox) -> tuple[float, float]:
    return box.right - box.left, box.bottom - box.top


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


# Read


def place_told(annotation: Annotation, sections: SectionsAtHand) -> Span | None:
    """Return the passage that such selectors tell; None where they can't be followed."""
    if not annotation.target.other_selectors:
        return None
    target = main_target_slot(annotation.raw).target
    selectors = json_values(target.get("selector")) if isinstance(target, dict) else []
    told = [one for one in selectors if isinstance(one, dict)]
    section = next(
        (number for one in told if (number := _section_in(one, sections.document)) >= 0), -1
    )
    found = (_span_of(one, sections, section) for one in told)
    return next((span for span in found if span is not None), None)


def _section_in(selector: JsonObject, document: Document) -> int:
    """Return the section that a selector names, -1 where it names none that there is."""
    number = selector.get(SECTION)
    if not isinstance(number, int) or isinstance(number, bool):
        return -1
    return number if 0 <= number < len(document.sections) else -1


def _span_of(selector: JsonObject, sections: SectionsAtHand, section: int) -> Span | None:
    kinds, told = json_values(selector.get("type")), selector.get("value")
    if not isinstance(told, str):
        return None
    if FRAGMENT in kinds and (found := span_of_fragment(told, sections)) is not None:
        return found
    if CSS in kinds or XPATH in kinds:
        language = "css" if CSS in kinds else "xpath"
        finer = selector.get("refinedBy")
        numbers = [section] if section >= 0 else range(len(sections.document.sections))
        within = finer if isinstance(finer, dict) else {}
        return _span_of_element(language, told, within, sections, numbers)
    return None


def span_of_fragment(told: str, sections: SectionsAtHand) -> Span | None:
    """Return what an EPUB CFI or a page leads to, a point as an empty span; None if nowhere.

    Raises UnreadableText.
    """
    if told.lstrip().startswith(("epubcfi(", "#epubcfi(")):
        return _span_of_cfi(told, sections)
    document = sections.document
    return None if document.printed is None else _span_on_page(told, document)


def _span_of_cfi(told: str, sections: SectionsAtHand) -> Span | None:
    cfi, markup = epub_cfi.read_cfi(told), sections.document.markup
    if cfi is None or markup is None:
        return None
    section = markup.section_at(cfi.spine, cfi.itemref, cfi.name)
    places = None if section is None else sections.places_in(section)
    if section is None or places is None:
        return None
    start = epub_cfi.place_in(places.markup, cfi.start)
    end = epub_cfi.place_in(places.markup, cfi.end)
    if start is None or end is None:
        return None
    found = places.in_text(places.source_place(*start), places.source_place(*end))
    return None if found is None else Span(section, *found)


def _span_of_element(
    language: str, told: str, finer: JsonObject, sections: SectionsAtHand, numbers: Sequence[int]
) -> Span | None:
    """Return the text of an element, or the part of it that a position refines it to.

    If several of the sections have such an element, it isn't told which one is meant.
    """
    markup = sections.document.markup
    if markup is None:
        return None
    found = [(n, e) for n in numbers if (e := markup.find(n, language, told)) is not None]
    if len(found) != 1:
        return None
    section, element = found[0]
    places = sections.places_in(section)
    if places is None:
        return None
    low, high = places.range_within(element)
    start, end = finer.get("start"), finer.get("end")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start <= end:
        low, high = min(low + start, high), min(low + end, high)
    span = places.in_text(low, high)
    return None if span is None else Span(section, *span)


def _span_on_page(told: str, document: Document) -> Span | None:
    """Return what stands in a rectangle of a page, or the point where the page begins."""
    page, printed = _PAGE.match(told), document.printed
    if page is None or printed is None or not 1 <= int(page[1]) <= printed.count:
        return None
    try:
        shown = printed.page(int(page[1]) - 1)
    except UnreadableText:
        return None
    lines = _lines_told(told)
    if not lines:
        first = shown.first_place
        return None if first is None else Span(first.section, first.offset, first.offset)
    one, last = lines[0], lines[-1]
    start = shown.place_at(one.left + 1, one.top + min(_size(one)[1] / 2, _ROUGHLY))
    end = shown.place_at(last.right - 1, last.bottom - min(_size(last)[1] / 2, _ROUGHLY))
    if start is None or end is None or start.section != end.section:
        return None
    low, high = sorted((start.offset, end.offset + 1))
    return Span(start.section, low, high)


def _lines_told(told: str) -> list[PageBox]:
    """Return the rectangles of a passage's lines, or the one around all of it."""
    lines = [[float(side) for side in match.groups()] for match in _LINE.finditer(told)]
    if lines:
        return [PageBox(left, top, right, bottom) for left, right, top, bottom in lines]
    view = _VIEW.search(told)
    if view is None:
        return []
    left, top, width, height = (float(side) for side in view.groups())
    return [PageBox(left, top, left + width, top + height)]
