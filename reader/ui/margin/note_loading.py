"""Getting a text's notes: from the database and the file beside it, each with its place found."""

from __future__ import annotations

from pathlib import Path

from reader.annotations.placing import placed_annotations
from reader.annotations.store import AnnotationStore
from reader.errors import NotesUnreadable
from reader.text.document import Document
from reader.ui.margin.note_cards import AnchoredNote
from reader.values import value


@value
class LoadedNotes:
    """The notes of a text, and what was wrong with the file beside it, if anything."""

    notes: tuple[AnchoredNote, ...]
    sidecar_problem: NotesUnreadable | None = None


def load_notes(store: AnnotationStore, text_path: Path, document: Document) -> LoadedNotes:
    """Return the notes of the text at `text_path`. Slow: to be called beside the window's thread.

    A file of annotations that can't be read hides none of the notes kept here.

    Raises:
        StorageUnavailable: the database can't be read.
    """
    problem = None
    try:
        store.read_sidecar(text_path, document)
    except NotesUnreadable as error:
        problem = error
    notes = (AnchoredNote(*pair) for pair in placed_annotations(store, document))
    return LoadedNotes(tuple(notes), problem)
