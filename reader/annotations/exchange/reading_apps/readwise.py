"""Readwise's CSV: out as its bulk import wants it, in from that or from its own export.

Source: the columns of Readwise's bulk import (Highlight, Title, Author, URL, Note, Location, Date)
and of its export (Book Title, Book Author, Color, Tags, Location Type, Highlighted at); tags in a
note are written as `.tag`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from reader.annotations.appearance import colour_named
from reader.annotations.exchange.envelope import AnnotationFile, foreign_file
from reader.annotations.exchange.note_words import plain_note, replied, second_of
from reader.annotations.exchange.reading_apps.english_dates import moment_in_english
from reader.annotations.exchange.reading_apps.quoted_notes import QuotedNote, annotations_of
from reader.annotations.exchange.text_with_notes import NotedPassage, TextWithNotes
from reader.errors import NotesUnreadable
from reader.text.address import address_from
from reader.text.document import Document

COLUMNS = ("Highlight", "Title", "Author", "URL", "Note", "Location", "Date")

_TAG_LINE = re.compile(r"(\.[^\s.]\S*)(\s+\.[^\s.]\S*)*")


def write_highlights(texts: Sequence[TextWithNotes]) -> bytes:
    """Return a row for each note that has a passage or says something; `Location` counts them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for text in texts:
        for number, note in enumerate(text.notes, 1):
            if note.root is not None:
                continue  # it is told with the note it answers: Readwise has no replies
            said = "\n\n".join([_note_with_tags(note), *map(_reply, note.replies)]).strip()
            if note.quote.strip() or said:
                writer.writerow(
                    (
                        # a row without a highlight would be refused
                        note.quote.strip() or said,
                        text.title or text.file_name,
                        ", ".join(text.authors),
                        note.link,
                        said if note.quote.strip() else "",
                        number,
                        second_of(note.annotation.created),
                    )
                )
    # the mark by which spreadsheets know UTF-8
    return ("\ufeff" + out.getvalue()).encode("utf-8", "backslashreplace")


def _note_with_tags(note: NotedPassage) -> str:
    words = (re.sub(r"[\s.]+", "-", tag).strip("-") for tag in note.annotation.tags)
    tags = " ".join(f".{word}" for word in words if word)
    return "\n".join(part for part in (tags, plain_note(note.annotation).strip()) if part)


def _reply(note: NotedPassage) -> str:
    return f"{replied(note.annotation)}: {_note_with_tags(note)}"


def read_highlights(content: bytes, path: Path, document: Document) -> AnnotationFile:
    """Return the rows on this text: those of its title, or all if none has it.

    Raises:
        NotesUnreadable: it has no column of highlights, or isn't UTF-8.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotesUnreadable(path, f"byte {error.start}", "it is not UTF-8") from None
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        names = [(name or "").strip().lower() for name in rows.fieldnames or ()]
        if "highlight" not in names:
            raise NotesUnreadable(path, "line 1", "no column is called Highlight")
        read = [
            {(key or "").strip().lower(): _cell(cell) for key, cell in row.items()} for row in rows
        ]
    except csv.Error as error:
        raise NotesUnreadable(path, f"line {rows.line_num + 1}", str(error)) from None
    own = [row for row in read if _title(row).casefold() == document.title.strip().casefold()]
    quoted = [_quoted(row) for row in own or read if row["highlight"].strip()]
    annotations = annotations_of(quoted, document, "readwise")
    return foreign_file(annotations)


def _cell(cell: str | list[str] | None) -> str:
    """Return a cell's text; rows longer than the head have lists, shorter ones nothing."""
    return cell if isinstance(cell, str) else ""


def _title(row: Mapping[str, str]) -> str:
    return (row.get("title") or row.get("book title") or "").strip()


def _quoted(row: Mapping[str, str]) -> QuotedNote:
    note, tags = _parted(row.get("note", ""))
    tags += [tag.strip() for tag in row.get("tags", "").split(",") if tag.strip()]
    address = address_from(row.get("url", ""))
    when = row.get("date") or row.get("highlighted at") or ""
    return QuotedNote(
        quote=row["highlight"],
        note=note,
        tags=tuple(dict.fromkeys(tags)),
        colour=colour_named(row.get("color")),
        created=_moment(when),
        name="" if address is None else address.note,
    )


def _parted(note: str) -> tuple[str, list[str]]:
    """Part a note from the lines at its head that hold only tags."""
    lines = note.strip().splitlines()
    tags: list[str] = []
    while lines and _TAG_LINE.fullmatch(lines[0].strip()):
        tags += [word[1:] for word in lines.pop(0).split()]
    return "\n".join(lines).strip(), tags


def _moment(written: str) -> datetime | None:
    """Return when a row says it was made; None where that is no date: the note counts."""
    moment = moment_in_english(written.strip()) or _by_numbers(written.strip())
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)


def _by_numbers(written: str) -> datetime | None:
    with suppress(ValueError):
        return datetime.fromisoformat(written)
    for form in ("%Y-%m-%d %H:%M:%S %Z", "%m/%d/%Y"):
        with suppress(ValueError):
            return datetime.strptime(written, form)
    return None
