"""Getting a text's notes: from the database and the file beside it, each with its place found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reader.annotations.placing import Placed, Placing
from reader.annotations.store import AnnotationStore
from reader.errors import NotesUnreadable
from reader.text.document import Document, Place
from reader.ui.margin.note_cards import AnchoredNote
from reader.values import value


@value
class LoadedNotes:
    """Notes of a text, and what was wrong with the file beside it, if anything."""

    notes: tuple[AnchoredNote, ...]
    sidecar_problem: NotesUnreadable | None = None
    load_all: Callable[[], LoadedNotes] | None = None
    """Where the places of the others are still to be found: gives all notes. Slow, as this was."""


def load_notes(
    store: AnnotationStore, text_path: Path, document: Document, place: Place
) -> LoadedNotes:
    """Return the notes of the text at `text_path`: those about a place, or else all.

    Slow: to be called beside the window's thread. A file of annotations that can't be read hides
    none of the notes kept here.

    Raises:
        StorageUnavailable: the database can't be read.
    """
    problem = None
    try:
        store.read_sidecar(text_path, document)
    except NotesUnreadable as error:
        problem = error
    placing = Placing(store, document)

    def load_all() -> LoadedNotes:
        return LoadedNotes(_anchored(placing.all()), problem)

    first = placing.about(place)
    return LoadedNotes(_anchored(first), load_all=load_all) if first else load_all()


def _anchored(placed: Placed) -> tuple[AnchoredNote, ...]:
    return tuple(AnchoredNote(*pair) for pair in placed)
