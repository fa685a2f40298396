"""The colours of marks on white paper, for formats that carry colours: the window's own."""

from __future__ import annotations

from reader.annotations.appearance import HIGHLIGHT
from reader.annotations.model import Annotation

ON_PAPER = {"apricot": "FBE0B4", "rose": "F8CFC9", "sage": "D3E6CB", "sky": "CFE2F2"}
"""Of grounds: red, green and blue in hexadecimal, by the names that annotations have for them."""

LINES_ON_PAPER = {"apricot": "C98A1F", "rose": "CC5A4D", "sage": "5F8F50", "sky": "4F82B0"}
"""Of lines, which have to be darker than a ground to be seen."""


def mark_colour(annotation: Annotation) -> str:
    """Return the colour a passage is marked in, by an annotation's colour and style."""
    colours = ON_PAPER if annotation.style == HIGHLIGHT else LINES_ON_PAPER
    return colours[annotation.colour]
