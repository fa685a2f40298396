"""Notes as plain text: passage, note, tags and a link back, to be read or pasted anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.annotations.exchange.note_words import (
    day_of,
    kind_words,
    plain_line,
    plain_note,
    replied,
    shown,
)
from reader.annotations.exchange.text_with_notes import NotedPassage, TextWithNotes


def write_plain_notes(texts: Sequence[TextWithNotes]) -> bytes:
    """Return the notes on these texts, one text after the other."""
    parts = ("\n".join(_lines(text)) for text in texts)
    return "\n\n".join(parts).encode("utf-8", "backslashreplace")


def _lines(text: TextWithNotes) -> Iterator[str]:
    title = text.shown_title
    yield title
    yield "=" * min(len(title), 72)
    if text.authors:
        yield ", ".join(text.authors)
    yield text.link
    heading = ""
    for note in text.notes:
        if note.heading and note.heading != heading:
            heading = note.heading
            yield from ("", heading, "-" * min(len(heading), 72))
        yield ""
        yield from _note_lines(note)
    yield ""


def _note_lines(note: NotedPassage) -> Iterator[str]:
    annotation = note.annotation
    if note.quote:
        yield f"“{plain_line(note.quote)}”"
    for line in plain_note(annotation).splitlines():
        yield f"    {line}".rstrip()
    who = replied(annotation) if note.root is not None else kind_words(annotation)
    where = "not found in the text" if note.is_lost else ""
    tags = " ".join(f"#{shown(tag)}" for tag in annotation.tags)
    details = [part for part in (who, tags, day_of(annotation.created), where) if part]
    if details:
        yield "    " + "  ".join(details)
    yield f"    {note.link}"
