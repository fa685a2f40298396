"""What is exported has the colours of the window, which has the one table of them."""

from __future__ import annotations

import re
from pathlib import Path

from reader.annotations.appearance import ON_PAPER
from reader.ui.look.theme import DARK, HIGHLIGHT_COLOURS, LIGHT, Palette

STYLE = (Path(__file__).parents[3] / "resources" / "templates" / "page.css").read_text("utf-8")
ROLES = ("paper", "card", "ink", "soft", "line", "accent")


def colours_of(palette: Palette) -> dict[str, str]:
    """Return the colours of a palette by the names that the style sheet has for them."""
    named = {role: getattr(palette, role).name() for role in ROLES}
    named |= {name: palette.highlight(name).name() for name in HIGHLIGHT_COLOURS}
    return named | {f"{name}-strong": palette.strong(name).name() for name in HIGHLIGHT_COLOURS}


def test_the_page_has_the_light_palette_and_the_dark_one() -> None:
    light, dark, *_ = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    assert dict(re.findall(r"--([\w-]+): (#\w+);", light)) == colours_of(LIGHT)
    assert dict(re.findall(r"--([\w-]+): (#\w+);", dark)) == colours_of(DARK)


def test_documents_have_the_highlights_of_the_light_palette() -> None:
    assert {name: f"#{colour.lower()}" for name, colour in ON_PAPER.items()} == {
        name: LIGHT.highlight(name).name() for name in HIGHLIGHT_COLOURS
    }
