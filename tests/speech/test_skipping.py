"""Tests of reader.speech.skipping."""

from __future__ import annotations

import pytest

from reader.speech.skipping import Skip, SkipReason, block_skip_reason, skips_within
from reader.text.document import Block, BlockKind, Inline, InlineKind, Span


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (BlockKind.CODE, SkipReason.CODE),
        (BlockKind.RULE, SkipReason.RULE),
        (BlockKind.PARAGRAPH, None),
        (BlockKind.TABLE_CELL, None),
        (BlockKind.FOOTNOTE, None),
    ],
)
def test_only_code_and_rules_are_skipped_whole(kind: BlockKind, reason: SkipReason | None) -> None:
    assert block_skip_reason(Block(0, 1, kind)) is reason


def test_note_references_are_skipped_once_within_the_range() -> None:
    inlines = [
        Inline(2, 5, InlineKind.NOTE_REFERENCE),
        Inline(3, 4, InlineKind.LINK),
        Inline(4, 8, InlineKind.NOTE_REFERENCE),
        Inline(9, 20, InlineKind.NOTE_REFERENCE),
    ]
    reason = SkipReason.NOTE_REFERENCE
    assert skips_within(1, inlines, 3, 12) == [
        Skip(Span(1, 3, 5), reason),
        Skip(Span(1, 5, 8), reason),
        Skip(Span(1, 9, 12), reason),
    ]
