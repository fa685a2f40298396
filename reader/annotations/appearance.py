"""How a passage is marked: its colour and style, in our names and in those that other tools use.

Both are style classes of the annotation's target, as the Web Annotation Data Model has them
(section 3.2.5, "styles"). Others say the same in a style sheet, or as the body's `color` and
`highlight` (Readium's profile of the model, which Thorium writes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reader.annotations.json_ld import JsonObject, json_values
from reader.values import value

COLOURS = ("apricot", "rose", "sage", "sky")

HIGHLIGHT = "highlight"
UNDERLINE = "underline"
STRIKE = "strike"
SQUIGGLE = "squiggle"
STYLES = (HIGHLIGHT, UNDERLINE, STRIKE, SQUIGGLE)

_COLOURS_NAMED = {
    **dict.fromkeys(("yellow", "orange", "gold", "amber"), "apricot"),
    **dict.fromkeys(("red", "pink", "purple", "violet", "magenta"), "rose"),
    **dict.fromkeys(("green", "lime", "olive", "teal"), "sage"),
    **dict.fromkeys(("blue", "cyan", "aqua", "indigo"), "sky"),
}
_STYLES_NAMED = {
    **dict.fromkeys(("solid", "lighten", "background"), HIGHLIGHT),
    **dict.fromkeys(("underlined", "underscore"), UNDERLINE),
    **dict.fromkeys(
        ("strikethrough", "strikeout", "strike-through", "strike-out", "line-through"), STRIKE
    ),
    **dict.fromkeys(("squiggly", "wavy"), SQUIGGLE),
}
_HUES = ((20.0, "rose"), (70.0, "apricot"), (165.0, "sage"), (255.0, "sky"), (360.0, "rose"))
"""Up to which hue in degrees a colour counts as which of ours."""

_RGB = r"rgba?\(\s*(\d{1,3})\s*,?\s*(\d{1,3})\s*,?\s*(\d{1,3})\s*(?:[,/].*)?\)"
_HEXADECIMAL = r"#([0-9a-f]{3}|[0-9a-f]{6})(?:[0-9a-f]{2})?"
_DECORATION = r"text-decoration(?:-line|-style)?\s*:\s*([^;}]*)"
_GROUND = r"(?<![\w-])(?:background(?:-color)?|(?:text-decoration-)?color)\s*:\s*([^;}\s]*)"


ON_PAPER = {"apricot": "FBE0B4", "rose": "F8CFC9", "sage": "D3E6CB", "sky": "CFE2F2"}
"""Of grounds on white paper, which are the window's own: red, green and blue in hexadecimal."""

LINES_ON_PAPER = {"apricot": "C98A1F", "rose": "CC5A4D", "sage": "5F8F50", "sky": "4F82B0"}
"""Of lines, which have to be darker than a ground to be seen."""

STYLE_SHEET = "stylesheet"
"""The property of an annotation that says what its style classes look like."""

_LINES_IN_CSS = {UNDERLINE: "underline", STRIKE: "line-through", SQUIGGLE: "underline wavy"}


@value
class Look:
    """A colour and a style, each "" where nothing tells it."""

    colour: str = ""
    style: str = ""


def mark_colour(colour: str, style: str) -> str:
    """Return what a mark of one of COLOURS and STYLES is painted in on white paper, "rrggbb"."""
    return (ON_PAPER if style == HIGHLIGHT else LINES_ON_PAPER)[colour]


def style_sheet(classes: Iterable[str]) -> JsonObject | None:
    """Return the style sheet that says what those of our own among `classes` look like, if any.

    Source: Web Annotation Data Model, section 4.4: style classes mean nothing without one.
    """
    wanted = tuple(classes)
    style = next((name for name in wanted if name in _LINES_IN_CSS), HIGHLIGHT)
    colour = "background-color" if style == HIGHLIGHT else "text-decoration-color"
    rules = [
        f".{name} {{ {colour}: #{mark_colour(name, style)} }}" for name in wanted if name in COLOURS
    ]
    if style != HIGHLIGHT:
        # the line comes first: the short form sets the colour back
        rules.insert(0, f".{style} {{ text-decoration: {_LINES_IN_CSS[style]} }}")
    return {"type": "CssStylesheet", "value": " ".join(rules)} if rules else None


def colour_named(name: object) -> str | None:
    """Return which of COLOURS another tool means; None if that's unclear.

    It may say a name, `#rrggbb` or `rgb(r, g, b)`.
    """
    if not isinstance(name, str):
        return None
    asked = name.strip().lower()
    if asked in COLOURS:
        return asked
    numbers = re.fullmatch(_RGB, asked)
    if numbers is not None:
        asked = "#" + "".join(f"{min(int(number), 255):02x}" for number in numbers.groups())
    hexadecimal = re.fullmatch(_HEXADECIMAL, asked)
    return _COLOURS_NAMED.get(asked) if hexadecimal is None else _nearest(hexadecimal[1])


def style_named(name: object) -> str | None:
    """Return which of STYLES another tool means by a name, None if by none."""
    if not isinstance(name, str):
        return None
    asked = name.strip().lower()
    return asked if asked in STYLES else _STYLES_NAMED.get(asked)


def look_of(value_found: JsonObject, style_classes: Iterable[str]) -> Look:
    """Return how an annotation's JSON says its passage looks; `style_classes` are its target's.

    Our own classes come before others' names for the same, those before what else tells it.
    """
    classes = tuple(style_classes)
    colour = next((name for name in classes if name in COLOURS), "")
    style = next((name for name in classes if name in STYLES), "")
    if not (colour and style):
        for told in _told(value_found, classes):
            colour, style = colour or told.colour, style or told.style
    return Look(colour, style)


def _told(value_found: JsonObject, classes: Iterable[str]) -> Iterator[Look]:
    for name in classes:
        yield Look(colour_named(name) or "", style_named(name) or "")
    for key in ("body", "target"):
        for part in json_values(value_found.get(key)):
            if isinstance(part, dict):
                style = style_named(part.get("highlight")) or style_named(part.get("style"))
                yield Look(colour_named(part.get("color")) or "", style or "")
    for sheet in json_values(value_found.get(STYLE_SHEET)):
        rules = sheet.get("value") if isinstance(sheet, dict) else None
        if isinstance(rules, str):
            yield from _by_rules(rules, classes)


def _by_rules(rules: str, classes: Iterable[str]) -> Iterator[Look]:
    """Yield what a style sheet says of classes."""
    for name in classes:
        for rule in re.findall(rf"\.{re.escape(name)}\s*\{{([^}}]*)\}}", rules):
            lines = " ".join(re.findall(_DECORATION, rule.lower()))
            style = SQUIGGLE if "wavy" in lines else ""
            style = style or (UNDERLINE if "underline" in lines else "")
            style = style or (STRIKE if "line-through" in lines else "")
            grounds = map(colour_named, re.findall(_GROUND, rule.lower()))
            yield Look(next(filter(None, grounds), ""), style)


def _nearest(hexadecimal: str) -> str | None:
    """Return which of COLOURS has the hue of `rgb` or `rrggbb`; None for a grey."""
    import colorsys

    digits = hexadecimal if len(hexadecimal) == 6 else "".join(2 * digit for digit in hexadecimal)
    red, green, blue = (part / 255 for part in bytes.fromhex(digits))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < 0.05:
        return None
    return next(colour for end, colour in _HUES if hue * 360 <= end)
