"""What of a text is passed over in silence, and why: nothing is hidden without a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reader.text.document import Block, BlockKind, Inline, InlineKind, Span


class SkipReason(StrEnum):
    """Why a passage isn't spoken; the values are those of `plan --json`."""

    CODE = "code"
    RULE = "rule"
    NOTE_REFERENCE = "note reference"
    NOTHING_TO_SAY = "nothing to say"


@dataclass(frozen=True, slots=True)
class Skip:
    """A passage that isn't spoken."""

    span: Span
    reason: SkipReason


_BLOCK_REASONS = {BlockKind.CODE: SkipReason.CODE, BlockKind.RULE: SkipReason.RULE}
_INLINE_REASONS = {InlineKind.NOTE_REFERENCE: SkipReason.NOTE_REFERENCE}


def block_skip_reason(block: Block) -> SkipReason | None:
    """Return why a whole block isn't spoken, None if it is."""
    return _BLOCK_REASONS.get(block.kind)


def skips_within(section: int, inlines: Sequence[Inline], start: int, end: int) -> list[Skip]:
    """Return what isn't spoken of [start, end), in order and without overlap.

    `inlines` are those that may touch the range, sorted by start.
    """
    skips: list[Skip] = []
    at = start
    for inline in inlines:
        reason = _INLINE_REASONS.get(inline.kind)
        first, last = max(inline.start, at), min(inline.end, end)
        if reason is not None and first < last:
            skips.append(Skip(Span(section, first, last), reason))
            at = last
    return skips
