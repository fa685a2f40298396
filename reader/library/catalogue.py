"""The texts this reader knows: where each lies, where the reader was in it, when it was open."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from reader.storage.database import Database
from reader.storage.texts import TextId, find_text, path_from, remember_text, stored_path
from reader.text.document import Document, Fingerprint, Place
from reader.text.extent import Extent
from reader.text.utf16 import without_halves
from reader.values import value


@value
class KnownText:
    """A text opened before; `progress` is 0 at its start and 1 at its end.

    `place` was kept for the version `fingerprint`, and may lie outside a later one. The file may
    be gone.
    """

    fingerprint: Fingerprint
    path: Path
    title: str
    place: Place
    progress: float
    opened: datetime


FINISHED = 0.995
"""Progress from which on a text counts as read: the last page often is no text."""

_COLUMNS = "fingerprint, path, title, section, offset, progress, opened"
_Row = tuple[str, bytes, str, int, int, float, str]


class Catalogue:
    """The texts opened so far. Any thread may call it; every call may wait for the disk.

    Every method may raise StorageUnavailable; nothing of what it should write is then written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def remember_opened(self, document: Document, path: Path, opened: datetime) -> KnownText:
        """Note that a text is open, and return what is known of it: its last place above all.

        A file edited since is still the same text. It is in the library from now on.
        """
        length = Extent(document).length
        with self._database.writing() as connection:
            text = remember_text(connection, document.fingerprint, path)
            _describe(connection, text, document, length, opened)
            connection.execute(
                "UPDATE text SET opened = ? WHERE id = ?",
                (opened.astimezone(UTC).isoformat(), text),
            )
            row = connection.execute(
                f"SELECT {_COLUMNS} FROM text WHERE id = ?", (text,)
            ).fetchone()
        return _known_text(row)

    def remember_added(
        self, document: Document, path: Path, added: datetime, stamp: str | None = None
    ) -> TextId:
        """Note that a text is in the library; one that was there is found again by its content.

        `stamp` tells how its file looked when it was read, see `reader.library.files`.
        """
        length = Extent(document).length
        with self._database.writing() as connection:
            text = remember_text(connection, document.fingerprint, path)
            _describe(connection, text, document, length, added)
            connection.execute(
                "UPDATE text_file SET stamp = ? WHERE path = ?", (stamp, stored_path(path))
            )
        return text

    def remember_place(
        self, fingerprint: Fingerprint, place: Place, progress: float, path: Path | None = None
    ) -> None:
        """Note where the reader is; without a `path` nothing happens for a text never opened.

        With it the text is known from now on: a window may be closed before `remember_opened` has
        had its turn. A text read to its end stays finished as long as the place is the same.
        """
        where, progress = (place.section, place.offset), min(1.0, max(0.0, progress))
        with self._database.writing() as connection:
            text = find_text(connection, fingerprint)
            if text is None and path is not None:
                text = remember_text(connection, fingerprint, path)
            connection.execute(
                "UPDATE text SET progress = CASE WHEN progress >= ? AND section = ? AND offset = ?"
                " THEN progress ELSE ? END, section = ?, offset = ? WHERE id = ?",
                (FINISHED, *where, progress, *where, text),
            )

    def last_place(self, document: Document, path: Path) -> Place | None:
        """Return where the reader was in a text, here or in another app; None if nowhere yet."""
        with self._database.reading() as connection:
            text: TextId | None = find_text(connection, document.fingerprint, path)
            row = connection.execute(
                "SELECT section, offset FROM text"
                " WHERE id = ? AND (opened IS NOT NULL OR section > 0 OR offset > 0)",
                (text,),
            ).fetchone()
        return None if row is None else Place(*row)

    def file_of(self, text_key: str) -> Path | None:
        """Return where the text is that one of whose versions an address calls `text_key`."""
        with self._database.reading() as connection:
            row = connection.execute(
                # a prefix that GLOB finds through the primary key
                "SELECT text.path FROM text_version JOIN text ON text.id = text_version.text"
                " WHERE text_version.fingerprint GLOB ? AND text.path IS NOT NULL LIMIT 1",
                (f"sha256:{re.sub('[^0-9a-f]', '', text_key) or '-'}*",),
            ).fetchone()
        return None if row is None else path_from(row[0])

    def last_text(self) -> KnownText | None:
        """Return the text opened last."""
        texts = self.recent(1)
        return texts[0] if texts else None

    def recent(self, count: int) -> tuple[KnownText, ...]:
        """Return at most `count` texts, the one opened last first."""
        with self._database.reading() as connection:
            rows: list[_Row] = connection.execute(
                f"SELECT {_COLUMNS} FROM text WHERE opened IS NOT NULL AND path IS NOT NULL"
                " ORDER BY opened DESC, id DESC LIMIT ?",
                (count,),
            ).fetchall()
        return tuple(_known_text(row) for row in rows)


def _known_text(row: _Row) -> KnownText:
    fingerprint, path, title, section, offset, progress, opened = row
    return KnownText(
        Fingerprint(fingerprint),
        path_from(path),
        title,
        Place(section, offset),
        progress,
        datetime.fromisoformat(opened),
    )


def _describe(
    connection: sqlite3.Connection, text: TextId, document: Document, length: int, now: datetime
) -> None:
    """Keep what a document says of itself; its text is in the library, and its file is there."""
    connection.execute(
        "UPDATE text SET title = ?, authors = ?, language = ?, length = ?,"
        " added = coalesce(added, ?), removed = NULL, missing = NULL WHERE id = ?",
        (
            without_halves(document.title),
            json.dumps(document.authors),
            document.language,
            length,
            now.astimezone(UTC).isoformat(),
            text,
        ),
    )
