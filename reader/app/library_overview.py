"""All that the library shows before anything is chosen in it: texts, collections, counts."""

from __future__ import annotations

from reader.annotations.overview import NoteCounts, count_notes
from reader.library.holdings import Collection, Holding, Holdings
from reader.storage.database import Database
from reader.values import value

_MARKS_OF_OURS = ("inbox", "to write")
"""Tags that say what is to be done with a note; the left column has other lines for them."""


@value
class LibraryOverview:
    """What the library holds now. `tags` are those of texts and of notes, with their counts."""

    texts: tuple[Holding, ...]
    collections: tuple[Collection, ...]
    notes: NoteCounts
    tags: tuple[tuple[str, int], ...]


def overlook_library(database: Database) -> LibraryOverview:
    """Read it all. Raises StorageUnavailable."""
    holdings = Holdings(database)
    texts, notes = holdings.texts(), count_notes(database)
    counts = {tag: n for tag, n in notes.by_tag.items() if tag not in _MARKS_OF_OURS}
    for text in texts:
        for tag in text.tags:
            counts[tag.lower()] = counts.get(tag.lower(), 0) + 1
    tags = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return LibraryOverview(texts, holdings.collections(), notes, tuple(tags))
