"""The words on a text in the library: how much is left, what is missing, when it was read."""

from __future__ import annotations

from datetime import datetime

from reader.app.wording import notes_counted
from reader.library.catalogue import FINISHED
from reader.library.holdings import Holding

_CHARACTERS_A_SECOND = 16.0
"""The pace that is expected of a voice nobody has heard yet."""


def time_left(text: Holding, speed: float) -> str:
    """Say how long the rest of a text takes at a speed: "6 h 12 left", "" if nobody knows."""
    if text.progress >= FINISHED:
        return "finished"
    seconds = text.length * (1 - text.progress) / _CHARACTERS_A_SECOND / speed
    if seconds <= 0:
        return ""
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return f"{minutes} min left" if text.progress else f"{minutes} min"
    left = " left" if text.progress else ""
    if minutes >= 600:
        return f"{round(minutes / 60)} h{left}"
    hours, minutes = divmod(minutes, 60)
    if not minutes:
        return f"{hours} h{left}"
    return f"{hours} h {minutes:02}{left}"


def notes_words(count: int) -> str:
    """Say how many notes there are, "" for none."""
    return notes_counted(count) if count else ""


def state_words(text: Holding, speed: float) -> str:
    """Return the line below a cover."""
    if text.is_missing:
        return "file is missing"
    parts = (time_left(text, speed), notes_words(text.note_count))
    return " · ".join(part for part in parts if part)


def missing_words(text: Holding) -> str:
    """Say on the cover of a missing text what is still there of it."""
    kept = notes_words(text.note_count)
    return f"not found on this disk · {kept} kept" if kept else "not found on this disk"


def authors_words(text: Holding) -> str:
    """Name the authors: two by name, more as others."""
    if len(text.authors) > 2:
        return f"{text.authors[0]} and {len(text.authors) - 1} others"
    return " and ".join(text.authors)


def last_read_words(text: Holding, now: datetime) -> str:
    """Say when a text was read last, or that it wasn't: "today", "3 May", "May 2024"."""
    if text.opened is None:
        return "not read yet"
    then = text.opened.astimezone(now.tzinfo)
    days = (now.date() - then.date()).days
    if days <= 0:
        return "today"
    if days == 1:
        return "yesterday"
    if days < 7:
        return f"{days} days ago"
    if then.year == now.year:
        return f"{then.day} {then:%B}"
    return f"{then:%B %Y}"


def spoken_words(text: Holding, speed: float) -> str:
    """Return what a screen reader says of a text."""
    state = missing_words(text) if text.is_missing else state_words(text, speed)
    parts = (text.title, authors_words(text), state, f"{text.progress:.0%} read")
    return ", ".join(part for part in parts if part)


def found_words(places: int, texts: int, notes: int) -> str:
    """Say what a search has found: "27 places in 9 texts and 3 notes"."""
    found = []
    if places:
        where = "1 text" if texts == 1 else f"{texts:,} texts"
        found.append(f"{'1 place' if places == 1 else f'{places:,} places'} in {where}")
    if notes:
        found.append(notes_words(notes))
    return " and ".join(found) or "Nothing found"
