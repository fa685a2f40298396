"""Finding annotations again in a text that changed: never dropped, never on a lookalike unsaid."""

from reader.annotations.anchoring.finding import Finding, anchor, anchor_annotations
from reader.annotations.anchoring.values import (
    ORPHANED,
    UNKNOWN_PAST,
    Anchor,
    AnchorState,
    KnownPlace,
    Past,
)
from reader.annotations.anchoring.whole_text import WholeText

__all__ = [
    "ORPHANED",
    "UNKNOWN_PAST",
    "Anchor",
    "AnchorState",
    "Finding",
    "KnownPlace",
    "Past",
    "WholeText",
    "anchor",
    "anchor_annotations",
]
