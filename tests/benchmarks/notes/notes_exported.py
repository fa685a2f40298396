"""The time in which 10,000 notes on a book are written to a file, in each format.

Times are of the processor. The PDF is of a text of a tenth of that size, which has to be set.
"""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from reader.annotations.anchoring import anchor_annotations
from reader.annotations.exchange.note_formats import WRITERS, NoteWriter
from reader.annotations.exchange.text_with_notes import TextWithNotes, text_with_notes
from reader.app.note_exchange import notes_as_bytes
from tests.benchmarks.figures import Figure, at_most
from tests.benchmarks.notes.anchoring import document_of, notes_of
from tests.benchmarks.notes.anchoring_revisions import quotes_in
from tests.benchmarks.prose import generated_text

_CHARACTERS = 1_000_000
_NOTES = 10_000
_SEED = 1
_LIMIT_S = 6.0
_DEAR = {"docx": 10.0, "pdf": 1.0}


def measure() -> list[Figure]:
    """Write them once in each format."""
    book, part = _noted(_CHARACTERS, _NOTES), _noted(_CHARACTERS // 10, _NOTES // 10)
    with TemporaryDirectory() as folder:
        return [
            at_most(
                writer.label,
                _seconds(part if writer.name == "pdf" else book, writer, Path(folder)),
                "s",
                _DEAR.get(writer.name, _LIMIT_S),
            )
            for writer in WRITERS
        ]


def _noted(characters: int, count: int) -> TextWithNotes:
    text = generated_text(characters)
    document = document_of(text)
    notes = notes_of(document, quotes_in(text, count, _SEED))
    placed = zip(notes, anchor_annotations(notes, document), strict=True)
    return text_with_notes(document, None, placed)


def _seconds(text: TextWithNotes, writer: NoteWriter, folder: Path) -> float:
    begun = time.process_time()
    notes_as_bytes([text], writer, folder)
    return time.process_time() - begun
