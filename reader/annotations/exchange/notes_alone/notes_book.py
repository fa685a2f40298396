"""Notes as a text to be read from beginning to end: each passage, what was said of it, a way back.

In Markdown, so that it opens like any other text: set, searched, read aloud, exported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reader.annotations.exchange.note_words import closed_markdown, escaped_markdown, markdown_note
from reader.annotations.model import Annotation
from reader.values import value

_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)


@value
class BookNote:
    """A note in the book. `link` leads to it; `day` is in words, "" where it isn't known."""

    annotation: Annotation
    link: str
    day: str

    @property
    def is_reply(self) -> bool:
        """Whether it stands under the note that it answers."""
        return self.annotation.answered is not None


def notes_book(title: str, groups: Iterable[tuple[str, Sequence[BookNote]]]) -> str:
    """Return the text of a book of notes, group by group; a group may have no title."""
    parts = [f"# {escaped_markdown(title)}"]
    for heading, notes in groups:
        if heading:
            parts.append(f"## {escaped_markdown(' '.join(heading.split()))}")
        for note in notes:
            parts += _parts_of(note)
    return "\n\n".join(parts) + "\n"


def _parts_of(note: BookNote) -> Iterator[str]:
    annotation = note.annotation
    said = closed_markdown(_HEADING.sub(r"**\1**", markdown_note(annotation).strip()))
    if note.is_reply:
        by = escaped_markdown(annotation.creator or "Reply")
        yield f"- *{by}:* {said}".replace("\n", "\n  ")
        return
    quote = annotation.target.quote
    passage = "" if quote is None else escaped_markdown(quote.exact.strip())
    where = ", ".join(part for part in ("In the text", note.day) if part)
    about = [f"[{where}]({note.link})", *(f"#{escaped_markdown(t)}" for t in annotation.tags)]
    yield _quoted("\n\n".join(part for part in (passage, " · ".join(about)) if part))
    if said:
        yield said


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
