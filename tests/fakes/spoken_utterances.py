"""Utterances that say their text as it is, word by word."""

from __future__ import annotations

import re

from reader.speech.engine import Pause, Piece, Utterance
from reader.text.document import Span


def utterance_of(text: str, start: int = 0, pause: Pause = Pause.SENTENCE) -> Utterance:
    """Return `text`, which stands at `start` of section 0, as one utterance."""
    pieces = tuple(
        Piece(found.start(), found.end(), start + found.start(), start + found.end())
        for found in re.finditer(r"\w+(?:'\w+)*", text)
    )
    span = Span(0, start, start + len(text))
    return Utterance(span, span, text, pieces, "en", pause)
