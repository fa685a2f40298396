"""A note's Markdown as plain words, for where there is a line of room for it."""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"^ {0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+)"
    r"|!?\[(?P<link>[^\]]*)\]\([^)]*\)"
    r"|(?<!\w)(?P<mark>\*{1,3}|_{1,3}|`+|~~)(?=\S)(?P<marked>.+?)(?<=\S)(?P=mark)(?!\w)",
    re.MULTILINE,
)


def without_marks(markdown: str) -> str:
    """Return a note's words without Markdown's signs, as well as a line can show them."""
    bare = _MARKS.sub(lambda found: found["link"] or found["marked"] or "", markdown)
    # what was marked may hold a link, and a link's words may be marked
    return _MARKS.sub(lambda found: found["link"] or found["marked"] or found[0], bare)


def first_words(markdown: str, limit: int = 120) -> str:
    """Return the note's beginning as one plain line, for where there is only room for that."""
    return " ".join(without_marks(markdown[: 4 * limit]).split())[:limit]
