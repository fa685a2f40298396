"""Kindle's "My Clippings.txt": highlights, notes and bookmarks of all books, in one file.

Its lines, in the device's language: title (author), a line of metadata, an empty one, the text,
and a line of equals signs. A note comes as a clipping of its own, at the end of its highlight.
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from reader.annotations.exchange.envelope import AnnotationFile, foreign_file
from reader.annotations.exchange.reading_apps.english_dates import moment_in_english
from reader.annotations.exchange.reading_apps.quoted_notes import QuotedNote, annotations_of
from reader.errors import NotesUnreadable
from reader.text.document import Document
from reader.values import replaced, value

_PART = re.compile(r"^={8,}[ \t]*$", re.MULTILINE)
_NUMBERS = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_KINDS = {
    "note": ("note", "notiz", "nota", "メモ", "笔记", "筆記", "заметка", "notitie"),
    "bookmark": (
        "bookmark",
        "lesezeichen",
        "signet",
        "marcador",
        "segnalibro",
        "ブックマーク",
        "书签",
    ),
}


@value
class _Clipping:
    title: str
    kind: str
    first: int
    last: int
    created: datetime | None
    text: str


def read_clippings(content: bytes, path: Path, document: Document) -> AnnotationFile:
    """Return the clippings from this text's book: those of its title, or all if none has it.

    Raises:
        NotesUnreadable: it isn't UTF-8, or holds no clipping.
    """
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise NotesUnreadable(path, f"byte {error.start}", "it is not UTF-8") from None
    clippings = [found for part in _PART.split(text) if (found := _clipping(part)) is not None]
    if not clippings:
        raise NotesUnreadable(path, "line 1", "it holds no clipping")
    own = [clipping for clipping in clippings if _is_of(clipping.title, document.title)]
    annotations = annotations_of(_joined(own or clippings), document, "kindle")
    return foreign_file(annotations)


def _clipping(part: str) -> _Clipping | None:
    lines = part.strip("\n\ufeff ").split("\n")
    if len(lines) < 2 or not lines[1].lstrip().startswith("-"):
        return None
    about = lines[1].strip().lstrip("- ").lower()
    kind = next(
        (
            kind
            for kind, words in _KINDS.items()
            if any(word in about.split("|")[0] for word in words)
        ),
        "highlight",
    )
    # the last numbers before the date are the location; a page may stand before it
    where = [part for part in about.split("|")[:2] if _NUMBERS.search(part)]
    numbers = _NUMBERS.search(where[-1]) if where else None
    first = int(numbers[1]) if numbers else -1
    last = int(numbers[2]) if numbers and numbers[2] else first
    return _Clipping(
        lines[0].strip("\ufeff "),
        kind,
        first,
        last,
        _moment(lines[1]),
        "\n".join(lines[2:]).strip(),
    )


def _moment(line: str) -> datetime | None:
    """Return when it was clipped, as far as the line is in English; a clipping's date may miss."""
    written = line.rsplit("|", 1)[-1].strip()
    written = re.sub(r"^Added on\s+", "", written, flags=re.IGNORECASE)
    moment = moment_in_english(written)
    return None if moment is None else moment.replace(tzinfo=UTC)


def _is_of(clipped: str, title: str) -> bool:
    """Whether a clipping's "Title (Author)" is this text's."""
    short = re.sub(r"\s*\([^()]*\)\s*$", "", clipped)
    wanted = " ".join(title.split()).casefold()
    return bool(wanted) and wanted in (
        " ".join(short.split()).casefold(),
        " ".join(clipped.split()).casefold(),
    )


def _joined(clippings: list[_Clipping]) -> list[QuotedNote]:
    """Give each note to the highlight that ends where it stands."""
    notes: list[QuotedNote] = []
    bare: dict[str, dict[int, _Clipping]] = defaultdict(dict)  # by title: highlights without a note
    for clipping in clippings:
        match clipping.kind:
            case "highlight":
                bare[clipping.title][len(notes)] = clipping
                notes.append(QuotedNote(clipping.text, created=clipping.created))
            case "bookmark":
                notes.append(QuotedNote("", created=clipping.created, is_bookmark=True))
    for clipping in clippings:
        if clipping.kind != "note" or not clipping.text:
            continue
        at_hand = bare[clipping.title]
        where = clipping.first
        number = next((n for n, one in at_hand.items() if one.first <= where <= one.last), None)
        if number is None:
            notes.append(QuotedNote("", clipping.text, created=clipping.created))
        else:
            notes[number] = replaced(notes[number], note=clipping.text)
            del at_hand[number]
    return notes
