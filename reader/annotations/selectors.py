"""Which passage of a text selectors tell: a quote and a position, through what refines them.

Source: W3C Web Annotation Data Model, section 4.2. Selectors that only a page, picture or file of
bytes can answer (CSS, XPath, SVG, fragments, data positions) tell no passage; they stay in the
JSON, and `kinds` names them.
"""

from __future__ import annotations

from reader.annotations.json_ld import (
    IllegalAnnotation,
    Json,
    JsonObject,
    json_values,
    numbered,
    the_only,
)
from reader.values import replaced, value

QUOTE = "TextQuoteSelector"
POSITION = "TextPositionSelector"
RANGE = "RangeSelector"
ELSEWHERE = "selector elsewhere"
"""Stands for the type of one that is only named."""
PROGRESSION = "ProgressionSelector"
"""Readium's: how far into the whole text, 0 to 1. It stands beside others."""
_DEEPEST = 32
"""Refinements within each other that are followed; what lies deeper tells nothing more."""


@value
class TextQuote:
    """A TextQuoteSelector: the text itself, and what stands right before and after it."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@value
class TextPosition:
    """A TextPositionSelector: code points of the sections' texts, joined by SECTION_BREAK."""

    start: int
    end: int


@value
class Selection:
    """What selectors tell of a passage; `kinds` are the types of those that tell none."""

    quote: TextQuote | None = None
    position: TextPosition | None = None
    kinds: tuple[str, ...] = ()


def selection_of(value: JsonObject, where: str) -> Selection:
    """Return what the `selector` of a target tells; all of several describe the same passage.

    Raises:
        IllegalAnnotation: a quote or a position is not one.
    """
    return _selection_under(value, "selector", where, 0)


def _selection_under(value: JsonObject, key: str, where: str, depth: int) -> Selection:
    all_of_them = [_selection(given, path, depth) for path, given in numbered(value, key, where)]
    quotes = [one.quote for one in all_of_them if one.quote is not None]
    positions = [one.position for one in all_of_them if one.position is not None]
    kinds = dict.fromkeys(kind for one in all_of_them for kind in one.kinds)
    return Selection(
        quotes[0] if quotes else None, positions[0] if positions else None, tuple(kinds)
    )


def _selection(value: Json, where: str, depth: int) -> Selection:
    if isinstance(value, str):
        return Selection(kinds=(ELSEWHERE,))
    if not isinstance(value, dict):
        raise IllegalAnnotation(where, "a selector is an IRI or an object")
    kinds = [kind for kind in json_values(value.get("type")) if isinstance(kind, str)]
    if QUOTE in kinds:
        here = Selection(quote=_quote(value, where))
    elif POSITION in kinds:
        here = Selection(position=_position(value, where))
    elif RANGE in kinds:
        here = _range(value, where, depth)
    else:
        here = Selection(kinds=(kinds[0] if kinds else ELSEWHERE,))
    if value.get("refinedBy") is None or depth >= _DEEPEST:
        return here
    return _refined(here, _selection_under(value, "refinedBy", where, depth + 1))


def _quote(value: JsonObject, where: str) -> TextQuote:
    texts = []
    for key in ("exact", "prefix", "suffix"):
        text = the_only(value.get(key))
        if text is None and key != "exact":
            text = ""
        if not isinstance(text, str):
            raise IllegalAnnotation(f"{where}.{key}", "it has to be a string")
        texts.append(text)
    return TextQuote(*texts)


def _position(value: JsonObject, where: str) -> TextPosition:
    bounds = []
    for key in ("start", "end"):
        bound = the_only(value.get(key))
        if not isinstance(bound, int) or isinstance(bound, bool) or bound < 0:
            raise IllegalAnnotation(f"{where}.{key}", "it has to be a number from 0")
        bounds.append(bound)
    if bounds[1] < bounds[0]:
        raise IllegalAnnotation(f"{where}.end", "it lies before the start")
    return TextPosition(*bounds)


def _range(value: JsonObject, where: str, depth: int) -> Selection:
    """A range ends where its end selector's passage begins (section 4.2.9)."""
    ends = [
        _selection_under(value, key, where, depth + 1).position
        for key in ("startSelector", "endSelector")
        if depth < _DEEPEST
    ]
    if len(ends) == 2 and ends[0] and ends[1] and ends[0].start <= ends[1].start:
        return Selection(position=TextPosition(ends[0].start, ends[1].start))
    return Selection(kinds=(RANGE,))


def _refined(outer: Selection, inner: Selection) -> Selection:
    """Return what the inner selection is of the whole text: it was of the outer's passage only."""
    if outer.quote is not None:
        return _within_quote(outer.quote, inner)
    if outer.position is not None:
        return _within_position(outer.position, inner)
    # inside a part of the page that can't be found here a quote is a quote all the same, but
    # a position counts from a start that isn't known
    if inner.quote is not None:
        return Selection(quote=inner.quote)
    return replaced(outer, kinds=outer.kinds or inner.kinds)


def _within_quote(outer: TextQuote, inner: Selection) -> Selection:
    start, length = 0, len(outer.exact)
    if inner.quote is not None:
        wanted = inner.quote
        with_sides = wanted.prefix + wanted.exact + wanted.suffix
        at = outer.exact.find(with_sides)
        start = at + len(wanted.prefix) if at >= 0 else outer.exact.find(wanted.exact)
        if start < 0:
            return Selection(quote=outer)
        length = len(wanted.exact)
    elif inner.position is not None:
        start = min(inner.position.start, len(outer.exact))
        length = min(inner.position.end, len(outer.exact)) - start
    end = start + length
    return Selection(
        quote=TextQuote(
            outer.exact[start:end],
            outer.prefix + outer.exact[:start],
            outer.exact[end:] + outer.suffix,
        )
    )


def _within_position(outer: TextPosition, inner: Selection) -> Selection:
    if inner.position is not None:
        start = min(outer.start + inner.position.start, outer.end)
        return Selection(
            position=TextPosition(start, min(outer.start + inner.position.end, outer.end))
        )
    if inner.quote is not None:
        # where the search begins; its length is the quote's
        end = outer.start + len(inner.quote.exact)
        return Selection(quote=inner.quote, position=TextPosition(outer.start, end))
    return Selection(position=outer)
