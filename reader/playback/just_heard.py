"""Which sentence somebody means who wants to keep what was just heard."""

from __future__ import annotations

from dataclasses import dataclass

from reader.text.document import Span

_REACTION_S = 3.0
"""How long it takes to decide that a sentence is worth keeping, and to find the key."""


@dataclass(frozen=True, slots=True)
class SentenceHeard:
    """A sentence, for how many seconds it has been heard, and how much of its text, 0 to 1."""

    span: Span
    heard_s: float
    share: float


def sentence_to_mark(now: SentenceHeard, before: Span | None) -> Span:
    """Return the sentence being heard, or the one `before` while this one has hardly begun.

    `before` is the sentence heard right before it, None if nothing was or the listener moved.
    """
    has_hardly_begun = now.heard_s < _REACTION_S and now.share < 0.5
    return before if has_hardly_begun and before is not None else now.span
