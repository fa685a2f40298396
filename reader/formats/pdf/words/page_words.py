"""The words of one page and where they stand: what a PDF tells, before anybody orders it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface as far as it tells something about the text. `size` is in points.

    `is_math`: one of formulas, which running text isn't set in.
    """

    size: float
    is_bold: bool = False
    is_italic: bool = False
    is_fixed: bool = False
    is_math: bool = False


@dataclass(slots=True)
class Word:
    """Characters that stand close together, and where.

    `first` and `last` (exclusive) count the page's characters. Lengths are points from the upper
    left corner of the page as it is laid out: its top is where the top of most of its words is.
    `turn` is how far the word is turned against that, in quarters clockwise. `is_glued`: no space
    before it. `is_sign`: a small link to another place, as signs of notes are. `offsets` are the
    page's characters that those of `text` come from.
    """

    text: str
    first: int
    last: int
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    face: Face
    is_glued: bool
    turn: int = 0
    offsets: Sequence[int] = ()
    is_sign: bool = False

    @property
    def size(self) -> float:
        """The size of its type in points."""
        return self.face.size


@dataclass(frozen=True, slots=True)
class Dot:
    """A small drawing as wide as it is high: from where to where on its line, and its middle."""

    left: float
    right: float
    middle: float


class Stroke(NamedTuple):
    """A straight line drawn across or down a page: from where to where, and how far down or in."""

    start: float
    end: float
    at: float


@dataclass(frozen=True, slots=True)
class PageLink:
    """A rectangle that leads somewhere: an address, or a page of the same file (else -1)."""

    left: float
    top: float
    right: float
    bottom: float
    address: str
    page: int = -1


@dataclass(frozen=True, slots=True)
class PageWords:
    """All words of a page in the order of its content, which need not be that of reading.

    `unread` counts characters whose font doesn't tell which they are. `rules` are the horizontal
    lines drawn on it, `uprights` the vertical ones. `dots` may be bullets. `has_pictures`: there
    is something else than text.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    character_count: int = 0
    unread: int = 0
    rules: tuple[Stroke, ...] = ()
    has_pictures: bool = False
    links: tuple[PageLink, ...] = field(default=())
    dots: tuple[Dot, ...] = ()
    uprights: tuple[Stroke, ...] = ()
