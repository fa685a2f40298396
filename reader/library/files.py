"""The files of the texts in the library: whether they are there, and whether they have changed."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from reader.storage.database import Database
from reader.storage.texts import TextId, path_from, stored_path

_DEEPEST = 24
"""Folders within folders; deeper ones are no library but somebody's loop."""


def stamp_of(path: Path) -> str | None:
    """Return how a file looks from outside, None if it isn't there: another look, another text."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return f"{status.st_size}:{status.st_mtime_ns}"


def files_below(paths: Iterable[Path], is_text: Callable[[Path], bool]) -> Iterator[Path]:
    """Yield the files named, and those in the folders named that `is_text` takes for texts.

    Hidden files and folders are passed over, and links to folders are not followed.
    """
    for path in paths:
        if path.is_dir():
            yield from _files_in(path, is_text)
        else:
            yield path


def _files_in(folder: Path, is_text: Callable[[Path], bool]) -> Iterator[Path]:
    depth = len(folder.parts)
    for name, folders, files in os.walk(folder):
        here = Path(name)
        is_deep = len(here.parts) - depth >= _DEEPEST
        folders[:] = [] if is_deep else sorted(f for f in folders if not _is_passed_over(f))
        for file in sorted(files):
            path = here / file
            if not file.startswith(".") and is_text(path) and path.is_file():
                yield path


def _is_passed_over(folder: str) -> bool:
    # KOReader keeps what it knows of a book in a folder beside it
    return folder.startswith(".") or folder.endswith(".sdr")


class LibraryFiles:
    """What is known of files. Every method may raise StorageUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_known(self, path: Path, stamp: str) -> bool:
        """Whether a file was read before and has looked the same since.

        Also if its text was removed from the library, or could not be read: who looks through a
        folder shall not bring it back.
        """
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT 1 FROM text_file JOIN text ON text.id = text_file.text"
                " WHERE text_file.path = :path AND stamp = :stamp"
                " AND (text.path = :path OR removed IS NOT NULL)"
                " UNION SELECT 1 FROM unread_file WHERE path = :path AND stamp = :stamp",
                {"path": stored_path(path), "stamp": stamp},
            ).fetchone()
        return row is not None

    def is_removed(self, path: Path) -> bool:
        """Whether the text at `path` was taken out of the library."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT removed FROM text JOIN text_file ON text_file.text = text.id"
                " WHERE text_file.path = ?",
                (stored_path(path),),
            ).fetchone()
        return row is not None and row[0] is not None

    def remember_unread(self, path: Path, stamp: str) -> None:
        """Note that a file can't be read as it is."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO unread_file VALUES (?, ?)", (stored_path(path), stamp)
            )

    def look_for_all(self) -> tuple[TextId, ...]:
        """Look whether the texts' files are there; return the texts for which that has changed.

        A text whose file is gone is looked for where it was seen before.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, path, missing FROM text WHERE path IS NOT NULL"
            ).fetchall()
        gone: list[TextId] = []
        back: list[TextId] = []
        for text, path, missing in rows:
            is_there = stamp_of(path_from(path)) is not None
            if is_there == (missing is not None):
                (back if is_there else gone).append(TextId(text))
        elsewhere = {text: path for text in gone if (path := self._other_file(text)) is not None}
        if not gone and not back:
            return ()
        now = datetime.now(UTC).isoformat()
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE text SET path = ? WHERE id = ?",
                [(stored_path(path), text) for text, path in elsewhere.items()],
            )
            connection.executemany(
                "UPDATE text SET missing = ? WHERE id = ?",
                [
                    *((None, text) for text in back),
                    *((now, text) for text in gone if text not in elsewhere),
                ],
            )
        return (*gone, *back)

    def changed_files(self) -> tuple[Path, ...]:
        """Return the files of texts in the library that look otherwise than when last read."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT text.path, text_file.stamp FROM text"
                " LEFT JOIN text_file ON text_file.path = text.path"
                " WHERE text.path IS NOT NULL AND removed IS NULL"
            ).fetchall()
        found = []
        for stored, stamp in rows:
            now = stamp_of(path_from(stored))
            if now is not None and now != stamp:
                found.append(path_from(stored))
        return tuple(found)

    def _other_file(self, text: TextId) -> Path | None:
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT path FROM text_file WHERE text = ?", (text,)
            ).fetchall()
        paths = (path_from(path) for (path,) in rows)
        return next((path for path in paths if stamp_of(path) is not None), None)
