"""New notes: what they say beside their passage, and how the last one looked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from reader.annotations.appearance import HIGHLIGHT
from reader.annotations.editing import NEUTRAL_CREATOR, new_annotation
from reader.annotations.model import COMMENTING, HIGHLIGHTING, Annotation
from reader.text.document import Document, Span
from reader.ui.look.theme import HIGHLIGHT_COLOURS


class NoteMaker:
    """Makes annotations that look like the last one; `source` is the IRI of their text."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.source = ""
        self.creator = NEUTRAL_CREATOR
        """Who new notes say made them."""
        self.colour = HIGHLIGHT_COLOURS[0]
        self.style = HIGHLIGHT

    def highlight(
        self,
        document: Document,
        span: Span,
        *,
        note: str = "",
        tags: Sequence[str] = (),
        like: Annotation | None = None,
    ) -> Annotation:
        """Return a new highlight, which may say something; it looks `like` another one."""
        return new_annotation(
            document,
            span,
            COMMENTING if note else HIGHLIGHTING,
            source=self.source,
            created=self.now(),
            note=note,
            tags=tags,
            colour=self.colour if like is None else like.colour,
            style=self.style if like is None else like.style,
            creator=self.creator,
        )

    def other(self, document: Document, span: Span, motivation: str) -> Annotation:
        """Return a new annotation for another purpose: a bookmark."""
        return new_annotation(
            document,
            span,
            motivation,
            source=self.source,
            created=self.now(),
            creator=self.creator,
        )
