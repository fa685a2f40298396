"""Notes out to files and in from them: texts are gathered with their notes, files are written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path

from reader.annotations.editing import with_style_sheet
from reader.annotations.exchange.note_formats import NoteWriter, WritingChoices, read_notes
from reader.annotations.exchange.notes_alone.note_template import TemplateText
from reader.annotations.exchange.text_with_notes import (
    TextWithNotes,
    notes_without_text,
    text_with_notes,
)
from reader.annotations.model import Annotation
from reader.annotations.placing import placed_annotations
from reader.annotations.store import AnnotationStore, ImportReport, NotedText
from reader.atomic_write import write_atomically
from reader.errors import NotesUnreadable, OutputNotWritten, UnreadableText, system_reason
from reader.formats.registry import open_document
from reader.text.document import Document, Fingerprint
from reader.values import value

NOTE_TEMPLATE = "notes.md"

_LONGEST_NAME_BYTES = 180
"""Most file systems take 255, and a number and an ending come behind it."""

_MOST_PAGES = 20_000
_LARGEST_PAGE_BYTES = 20_000_000

LARGEST_NOTES_BYTES = 200_000_000
"""Of a file of notes; a million of them."""


@value
class ImportedNotes:
    """What became of a file of notes; `elsewhere` are IRIs of such as it only names."""

    report: ImportReport
    elsewhere: tuple[str, ...]


def notes_on(
    store: AnnotationStore, path: Path, document: Document, writer: NoteWriter
) -> TextWithNotes:
    """Return a text that is open with its notes, as a format wants it. Raises StorageUnavailable.

    Where it doesn't want the text they aren't placed, which takes seconds for thousands.
    """
    version = document.fingerprint
    envelope = store.envelope_of(version)
    if writer.wants_text:
        return text_with_notes(document, path, placed_annotations(store, document), envelope)
    notes = _as_they_go_out(store, version)
    return notes_without_text(version, document.title, path, notes, envelope, is_alone=True)


def all_notes(store: AnnotationStore, writer: NoteWriter) -> Iterator[TextWithNotes]:
    """Yield every text that has notes, read from its file where the format wants it.

    A file that is gone or can't be read is done without: its notes are kept here. Raises
    StorageUnavailable.
    """
    for noted in store.noted_texts():
        document = _document_of(store, noted) if writer.wants_text else None
        if document is None:
            annotations = _as_they_go_out(store, noted.fingerprint)
            yield notes_without_text(noted.fingerprint, noted.title, noted.path, annotations)
        else:
            placed = placed_annotations(store, document)
            yield text_with_notes(document, noted.path, placed, is_alone=False)


def _as_they_go_out(store: AnnotationStore, version: Fingerprint) -> list[Annotation]:
    """Return the notes on a text, each with what its colour looks like for programs that don't
    know ours; but what came from a file, and wasn't changed here, as it came."""
    unchanged = store.unchanged_since_import(version)
    annotations = store.of_document(version)
    return [one if one.id in unchanged else with_style_sheet(one) for one in annotations]


def _document_of(store: AnnotationStore, noted: NotedText) -> Document | None:
    """Return the text as its file has it now; None where that is gone, or holds another text."""
    if noted.path is None or not noted.path.is_file():
        return None
    try:
        document = open_document(noted.path)
    except UnreadableText:
        return None
    if not store.is_version_of(noted.fingerprint, document, noted.path):
        return None
    store.bring_along(noted.path, document)
    return document


def write_notes(
    texts: Sequence[TextWithNotes], writer: NoteWriter, output: Path, templates_dir: Path
) -> Path:
    """Write notes to a file, or to one named for them where `output` is a folder; return which.

    What was in the file is taken over as far as the format keeps what users add.

    Raises:
        OutputNotWritten: it can't be written, or is a text itself.
    """
    if output.is_dir():
        return _write_into(output, texts, writer, templates_dir, (), _pages_in(output, writer))
    return _write(texts, writer, output, templates_dir)


def write_all_notes(
    store: AnnotationStore,
    writer: NoteWriter,
    output: Path,
    templates_dir: Path,
    on_text: Callable[[int], None] = lambda _count: None,
) -> list[Path]:
    """Write the notes on all texts to one file, or to a folder where the format has a file a text.

    `on_text` is told how many texts have been read so far; only one of them is held at a time
    where each has a file. Returns the files.

    Raises:
        OutputNotWritten: a file can't be written.
        StorageUnavailable: the notes can't be read.
    """
    texts: list[TextWithNotes] = []
    written: list[Path] = []
    pages = {} if writer.takes_many else _pages_in(output, writer)
    for count, text in enumerate(all_notes(store, writer), 1):
        on_text(count)
        if writer.takes_many:
            texts.append(text)
        else:
            written.append(_write_into(output, [text], writer, templates_dir, written, pages))
    return [write_notes(texts, writer, output, templates_dir)] if writer.takes_many else written


def _write_into(
    folder: Path,
    texts: Sequence[TextWithNotes],
    writer: NoteWriter,
    templates_dir: Path,
    taken: Sequence[Path],
    pages: Mapping[Path, frozenset[str]],
) -> Path:
    """Write to the file that has these notes already, wherever it is now, else to a new one."""
    title = "Notes" if len(texts) != 1 else texts[0].title or texts[0].file_name
    path = _free(folder / file_name_for(title, writer), taken)
    if writer.marks is not None and len(texts) == 1:
        marks = writer.marks.of_text(texts[0])
        known = [page for page, found in pages.items() if found & marks and page not in taken]
        if known and path not in known:
            path = known[0]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputNotWritten(path, system_reason(error)) from error
    return _write(texts, writer, path, templates_dir)


def _pages_in(folder: Path, writer: NoteWriter) -> dict[Path, frozenset[str]]:
    """Return the files below a folder that this format wrote, and by what each is known."""
    if writer.marks is None or not folder.is_dir():
        return {}
    pages: dict[Path, frozenset[str]] = {}
    for path in sorted(islice(folder.rglob(f"*{writer.suffix}"), _MOST_PAGES)):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue  # an app's own, such as its bin
        with suppress(OSError):
            if path.is_file() and path.stat().st_size <= _LARGEST_PAGE_BYTES:
                marks = writer.marks.found_in(path.read_bytes())
                if marks:
                    pages[path] = marks
    return pages


def notes_as_bytes(
    texts: Sequence[TextWithNotes], writer: NoteWriter, templates_dir: Path
) -> bytes:
    """Return a file of notes; where the format has one text a file, one after the other."""
    choices = WritingChoices(lambda: note_template(templates_dir), _resource)
    if writer.takes_many or _is_one(texts):
        return writer.write(texts, choices)
    return b"\n".join(writer.write([text], choices) for text in texts)


def note_template(templates_dir: Path) -> TemplateText:
    """Return the user's template for notes in Markdown; ours is put there the first time.

    Raises:
        OutputNotWritten: it is there but can't be read.
    """
    own = templates_dir / NOTE_TEMPLATE
    ours = _resource(NOTE_TEMPLATE)
    try:
        return TemplateText(own, own.read_text(encoding="utf-8", errors="replace"))
    except FileNotFoundError:
        # where it can't be put, ours is used all the same
        with suppress(OSError):
            templates_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_atomically(own, ours.encode())
        return TemplateText(own, ours)
    except OSError as error:
        raise OutputNotWritten(own, system_reason(error)) from error


def _resource(name: str) -> str:
    from resources import resource

    return resource("templates", name).read_text(encoding="utf-8")


def import_notes(
    store: AnnotationStore, text_path: Path, document: Document, notes_path: Path
) -> ImportedNotes:
    """Take over the notes in a file of whatever format.

    Raises:
        NotesUnreadable: why it can't be read; nothing is taken over then.
        StorageUnavailable: they can't be kept.
    """
    read = read_notes(_content(notes_path), notes_path, document)
    return ImportedNotes(store.import_file(text_path, document, read), read.elsewhere)


def file_name_for(title: str, writer: NoteWriter) -> str:
    """Return a name for a file of notes that every file system takes."""
    return f"{_file_name(title)}{writer.suffix}"


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_NOTES_BYTES:
            raise NotesUnreadable(path, "its size", "it is too large")
        return path.read_bytes()
    except OSError as error:
        raise NotesUnreadable(path, "$", system_reason(error)) from error


def _is_one(texts: Sequence[TextWithNotes]) -> bool:
    return len(texts) == 1 and texts[0].is_alone


def _write(
    texts: Sequence[TextWithNotes],
    writer: NoteWriter,
    path: Path,
    templates_dir: Path,
) -> Path:
    for text in texts:
        if text.path is not None and _is_same(path, text.path):
            raise OutputNotWritten(path, "it is the text itself")
    try:
        existing = path.read_bytes() if path.is_file() else None
        choices = WritingChoices(lambda: note_template(templates_dir), _resource, existing)
        write_atomically(path, writer.write(texts, choices))
    except OSError as error:
        raise OutputNotWritten(path, system_reason(error)) from error
    return path


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.resolve() == other.resolve() or path.samefile(other)
    except OSError:
        return False


def _file_name(title: str) -> str:
    """Return a title as a name that every file system takes, and Obsidian's links too."""
    name = re.sub(r"[\x00-\x1f\x7f<>:\"/\\|?*#^\[\]]+", " ", title)
    short = " ".join(name.split())[:80].encode("utf-8", "replace")[:_LONGEST_NAME_BYTES]
    name = short.decode("utf-8", "ignore").strip(". ")
    is_reserved = re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name)
    return f"{name}_" if is_reserved else name or "Untitled"


def _free(path: Path, taken: Sequence[Path]) -> Path:
    """Return a name that none of the others has, as file systems compare them."""
    names = {other.name.casefold() for other in taken}
    free, number = path, 2
    while free.name.casefold() in names:
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
        number += 1
    return free
