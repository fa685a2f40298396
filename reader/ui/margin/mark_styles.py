"""The styles in which passages are marked: what each is called where it is chosen, and its key."""

from __future__ import annotations

from reader.annotations.appearance import HIGHLIGHT, SQUIGGLE, STRIKE, UNDERLINE

STYLE_WORDS = {
    HIGHLIGHT: "Highlight",
    UNDERLINE: "Underline",
    STRIKE: "Strike out",
    SQUIGGLE: "Wavy line",
}
"""What each style is called where it is chosen."""

STYLE_KEYS = {HIGHLIGHT: "H", UNDERLINE: "U", STRIKE: "X", SQUIGGLE: "Z"}
"""The keys that mark in each style."""
