"""The time in which 10,000 notes are found again in 6 MB.

How many are found rightly is measured at length by `python -m tests.benchmarks.notes.anchoring`.
Times are of the processor; the limits are those of the best prototype.
"""

from __future__ import annotations

import time

from reader.annotations.anchoring import anchor_annotations
from tests.benchmarks.figures import Figure, at_most
from tests.benchmarks.notes.anchoring import document_of, notes_of, past_of
from tests.benchmarks.notes.anchoring_revisions import quotes_in
from tests.benchmarks.prose import generated_text

_CHARACTERS = 6_000_000
_NOTES = 10_000
_SEED = 1
_EVERY = 40  # of so many paragraphs one is put in


def measure() -> list[Figure]:
    """Anchor them in the text they were made on, and in one that has grown everywhere."""
    old = generated_text(_CHARACTERS)
    return [
        at_most("the text unchanged", _seconds(old, old), "s", 0.1),
        at_most("paragraphs put in everywhere", _seconds(old, _grown(old)), "s", 0.9),
    ]


def _grown(text: str) -> str:
    paragraphs = text.split("\n\n")
    return "\n\n".join(
        f"This was put in as number {number}.\n\n{paragraph}" if number % _EVERY == 0 else paragraph
        for number, paragraph in enumerate(paragraphs)
    )


def _seconds(old: str, new: str) -> float:
    before, after = document_of(old), document_of(new)
    notes = notes_of(before, quotes_in(old, _NOTES, _SEED))
    past = past_of(before, notes)
    begun = time.process_time()
    anchor_annotations(notes, after, past)
    return time.process_time() - begun
