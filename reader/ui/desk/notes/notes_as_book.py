"""A book made of the notes that are listed: a text beside the others, written anew each time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reader.annotations.exchange.note_formats import writer_for
from reader.annotations.exchange.notes_alone.notes_book import BookNote, notes_book
from reader.app.note_exchange import file_name_for
from reader.atomic_write import write_atomically
from reader.errors import OutputNotWritten, system_reason
from reader.text.address import address_of
from reader.text.document import Document
from reader.ui.margin.mark_styles import STYLE_WORDS
from reader.ui.note_list.note_entries import NoteEntry
from reader.ui.note_list.notes_listing import Choice, Group, Kind


def write_book(
    folder: Path, groups: Sequence[Group], choice: Choice, document: Document | None
) -> Path:
    """Write the notes of a document (None: of all texts) as they are listed; return the file.

    Raises:
        OutputNotWritten: it can't be written.
    """
    title = _title(choice, document)
    version = None if document is None else document.fingerprint

    def link_of(entry: NoteEntry) -> str:
        return entry.row.address if version is None else str(address_of(version, entry.row.id))

    book = notes_book(
        title,
        (
            (
                heading,
                [BookNote(entry.annotation, link_of(entry), entry.row.date) for entry in entries],
            )
            for heading, entries in groups
        ),
    )
    path = folder / file_name_for(title, writer_for("markdown"))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(path, book.encode("utf-8", "replace"))
    except OSError as error:
        raise OutputNotWritten(path, system_reason(error)) from error
    return path


def _title(choice: Choice, document: Document | None) -> str:
    about = "all texts" if document is None else document.title or "a text"
    narrowed = [f"#{choice.tag}"] if choice.tag else []
    narrowed += [choice.colour] if choice.colour else []
    narrowed += [STYLE_WORDS[choice.style].lower()] if choice.style else []
    narrowed += [choice.kind.value.lower()] if choice.kind not in (Kind.ALL, Kind.WRITTEN) else []
    narrowed += [f"“{choice.words}”"] if choice.words else []
    said = f"Notes on {about}"
    return f"{said}: {', '.join(narrowed)}" if narrowed else said
