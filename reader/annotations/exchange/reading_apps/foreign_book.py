"""What another reading app keeps of one book: its notes, and how far its reader was."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from reader.annotations.exchange.reading_apps.quoted_notes import QuotedNote
from reader.errors import NotesUnreadable
from reader.values import value


@value
class ForeignBook:
    """A book as another app knows it. `files` are where its file may be, likeliest first.

    `share` is how far its reader was, 0 to 1, None where nothing says so; `place` is the
    place, as that app writes it (`foreign_places`), or "".
    """

    title: str
    notes: tuple[QuotedNote, ...]
    share: float | None = None
    files: tuple[Path, ...] = ()
    place: str = ""


def json_in(content: bytes, path: Path) -> object:
    """Return the JSON in the bytes of a file.

    Raises:
        NotesUnreadable: it isn't JSON.
    """
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise NotesUnreadable(path, "$", str(fault)) from None


def words_of(value_found: object) -> str:
    """Return a text that should be one, "" for anything else."""
    return value_found.strip() if isinstance(value_found, str) else ""


def moment_of(value_found: object) -> datetime | None:
    """Return a moment: ISO 8601, `2026-01-05 21:14:08`, or milliseconds since 1970."""
    if isinstance(value_found, bool):
        return None
    try:
        if isinstance(value_found, (int, float)):
            return datetime.fromtimestamp(value_found / 1000, UTC)
        if isinstance(value_found, str):
            moment = datetime.fromisoformat(value_found)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return None


def share_of(progress: object) -> float | None:
    """Return how far a [page, pages] is, or a number from 0 to 1."""
    if isinstance(progress, list) and len(progress) == 2:
        here, whole = progress
        pages = _number(whole)
        progress = None if not pages else (_number(here) or 0.0) / pages
    share = _number(progress)
    return None if share is None else min(1.0, max(0.0, share))


def _number(found: object) -> float | None:
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        return None
    try:
        return float(found)
    except OverflowError:  # a whole number of hundreds of digits
        return None
