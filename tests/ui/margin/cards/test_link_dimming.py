"""Addresses in a note that is being written stand back; what is written stays as it is."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument

from reader.ui.look.theme import Theme
from reader.ui.margin.cards.link_dimming import LinkDimming

pytestmark = pytest.mark.usefixtures("qapp")

ADDRESS = "(sottovoce:open?text=0123456789abcdef&at=1:20&words=a%20b)"


def dimmed(source: str) -> list[str]:
    """Return what stands back in a note."""
    document = QTextDocument(source)
    highlighter = LinkDimming(Theme("light"), document)
    highlighter.rehighlight()
    block = document.begin()
    units = source.encode("utf-16-le")
    assert document.toPlainText() == source
    return [
        units[2 * one.start : 2 * (one.start + one.length)].decode("utf-16-le")
        for one in block.layout().formats()
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"As in [the words]{ADDRESS}, and on", [ADDRESS]),
        (f"🎉 [a]{ADDRESS} 🕊 [b]{ADDRESS}", [ADDRESS, ADDRESS]),
        ("[x](http://example.org/a?b=c)", ["(http://example.org/a?b=c)"]),
        ("no link (in brackets) [here]", []),
        ("[x] (not one)", []),
        ("", []),
    ],
)
def test_the_addresses_of_links_stand_back(source: str, expected: list[str]) -> None:
    assert dimmed(source) == expected
