"""The markup that a document's sections come from, for who tells places by its elements.

Values only: whoever reads a format makes them from its tree.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from reader.values import value


class MarkupKind(StrEnum):
    """What kind of file the markup is part of."""

    EPUB = "epub"
    HTML = "html"


@value
class MarkupElement:
    """An element. `parent` is the number of the one around it, -1 for the root.

    `position` counts from 1 among the elements beside it, `of_type` among those of its tag.
    """

    tag: str
    id: str
    parent: int
    position: int
    of_type: int


@value
class MarkupPiece:
    """Character data right inside an element; `chunk` counts the elements before it there."""

    text: str
    element: int
    chunk: int


@value
class MarkupText:
    """A tree with its character data in document order; the elements are in that order too."""

    elements: tuple[MarkupElement, ...]
    pieces: tuple[MarkupPiece, ...]

    def pieces_of(self, element: int) -> list[tuple[int, int, str]]:
        """Return the pieces right inside an element: number, chunk and text of each.

        Of an element that has none, those of the elements within it.
        """
        own = [(n, p.chunk, p.text) for n, p in enumerate(self.pieces) if p.element == element]
        if own:
            return own
        inside = {element}
        for number, one in enumerate(self.elements):
            if one.parent in inside:
                inside.add(number)
        return [(n, p.chunk, p.text) for n, p in enumerate(self.pieces) if p.element in inside]


class Markup(Protocol):
    """Hands out the markup of sections. Parses each time it is asked; from any thread."""

    @property
    def kind(self) -> MarkupKind:
        """What kind of file it is."""

    def text_of(self, section: int) -> MarkupText | None:
        """Return a section's markup; None for one that has none, or that can't be read."""

    def find(self, section: int, language: str, selector: str) -> int | None:
        """Return the number of the first element that a selector means, None for none.

        `language` is "css" or "xpath".
        """

    def step_of(self, section: int) -> str:
        """Return the step of an EPUB's package that leads to a section, such as `/6/4[chap1]`."""

    def section_at(self, spine: int, itemref: int, name: str) -> int | None:
        """Return the section that such steps lead to, by their numbers and the id asserted."""


class MarkupAtHand:
    """Markup whose last section is kept, for who asks for the same one often. For one thread."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._last: tuple[int, MarkupText | None] | None = None

    @property
    def kind(self) -> MarkupKind:
        """See `Markup`; so with all others."""
        return self._markup.kind

    def text_of(self, section: int) -> MarkupText | None:
        """Return a section's markup, parsed once for as long as no other is asked for."""
        if self._last is None or self._last[0] != section:
            self._last = section, self._markup.text_of(section)
        return self._last[1]

    def find(self, section: int, language: str, selector: str) -> int | None:
        """See `Markup`."""
        return self._markup.find(section, language, selector)

    def step_of(self, section: int) -> str:
        """See `Markup`."""
        return self._markup.step_of(section)

    def section_at(self, spine: int, itemref: int, name: str) -> int | None:
        """See `Markup`."""
        return self._markup.section_at(spine, itemref, name)
