"""What the library holds: every text with what is shown of it, its tags and collections."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NewType

from reader.errors import TextIsAnother
from reader.library.catalogue import FINISHED
from reader.storage.database import Database
from reader.storage.texts import TextId, find_text, path_from, remember_text, stored_path
from reader.text.document import Document, Fingerprint
from reader.text.utf16 import without_halves
from reader.values import value

CollectionId = NewType("CollectionId", int)


@value
class Holding:
    """A text in the library, or one that was: then it `is_removed` but its notes are kept.

    `progress` is 0 at its start and 1 at its end; `length` counts code points, 0 if not known.
    """

    id: TextId
    fingerprint: Fingerprint
    path: Path | None
    title: str
    authors: tuple[str, ...]
    language: str | None
    length: int
    progress: float
    added: datetime | None
    opened: datetime | None
    is_missing: bool
    is_removed: bool
    note_count: int
    tags: tuple[str, ...] = ()
    collections: tuple[CollectionId, ...] = ()

    @property
    def is_being_read(self) -> bool:
        """Whether it was begun and isn't finished."""
        return self.opened is not None and 0 < self.progress < FINISHED


@value
class Collection:
    """A set of texts with a name."""

    id: CollectionId
    name: str


_COLUMNS = (
    "id, fingerprint, path, title, authors, language, length, progress, added, opened, missing,"
    " removed, (SELECT count(*) FROM annotation WHERE annotation.text = text.id"
    " AND annotation.removed IS NULL)"
)
_IS_HELD = (
    "text.removed IS NULL AND text.path IS NOT NULL AND (text.added IS NOT NULL OR EXISTS"
    " (SELECT 1 FROM annotation WHERE annotation.text = text.id AND annotation.removed IS NULL))"
)
_READ_LAST_FIRST = "ORDER BY opened IS NULL, opened DESC, added DESC, id DESC"


class Holdings:
    """Any thread may call it. Every method may raise StorageUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def texts(self) -> tuple[Holding, ...]:
        """Return the texts in the library, those opened last first."""
        with self._database.reading() as connection:
            return _holdings(connection, f"WHERE {_IS_HELD} {_READ_LAST_FIRST}")

    def ids(self) -> tuple[TextId, ...]:
        """Return what `texts` would, by number alone: quick, however many there are."""
        with self._database.reading() as connection:
            rows = connection.execute(f"SELECT id FROM text WHERE {_IS_HELD} {_READ_LAST_FIRST}")
            return tuple(TextId(text) for (text,) in rows)

    def by_id(self, wanted: Iterable[TextId]) -> dict[TextId, Holding]:
        """Return these texts as far as they are known, removed ones too."""
        ids = json.dumps(sorted(set(wanted)))
        with self._database.reading() as connection:
            found = _holdings(connection, "WHERE id IN (SELECT value FROM json_each(?))", ids)
        return {holding.id: holding for holding in found}

    def collections(self) -> tuple[Collection, ...]:
        """Return all collections by name."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT id, name FROM collection ORDER BY name COLLATE NOCASE"
            ).fetchall()
        return tuple(Collection(CollectionId(number), name) for number, name in rows)

    # Changes

    def remove(self, texts: Iterable[TextId]) -> None:
        """Take texts out of the library. Their notes, places and tags stay, for their return."""
        now = datetime.now(UTC).isoformat()
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE text SET removed = ? WHERE id = ?", [(now, text) for text in texts]
            )

    def bring_back(self, texts: Iterable[TextId]) -> None:
        """Put removed texts back."""
        now = datetime.now(UTC).isoformat()
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE text SET removed = NULL, added = coalesce(added, ?) WHERE id = ?",
                [(now, text) for text in texts],
            )

    def relocate(self, text: TextId, document: Document, path: Path) -> None:
        """Take the file at `path` for a text's own from now on: moved, or a new version of it.

        Raises:
            TextIsAnother: it is another text of the library.
        """
        with self._database.writing() as connection:
            known = find_text(connection, document.fingerprint)
            if known is not None and known != text:
                (title,) = connection.execute(
                    "SELECT title FROM text WHERE id = ?", (known,)
                ).fetchone()
                raise TextIsAnother(path, title)
            connection.execute(
                "INSERT INTO text_file (path, text) VALUES (?, ?)"
                " ON CONFLICT (path) DO UPDATE SET text = excluded.text",
                (stored_path(path), text),
            )
            remember_text(connection, document.fingerprint, path)
            connection.execute("UPDATE text SET missing = NULL WHERE id = ?", (text,))

    def set_tags(self, text: TextId, tags: Iterable[str]) -> None:
        """Give a text these tags and no others."""
        wanted = {" ".join(tag.split()).lstrip("#") for tag in tags}
        with self._database.writing() as connection:
            connection.execute("DELETE FROM text_tag WHERE text = ?", (text,))
            connection.executemany(
                "INSERT OR IGNORE INTO text_tag VALUES (?, ?)",
                [(text, tag) for tag in sorted(wanted) if tag],
            )

    def make_collection(self, name: str) -> CollectionId:
        """Return the collection of this name, made if there is none."""
        plain = " ".join(name.split())
        with self._database.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO collection (name) VALUES (?)", (plain,))
            (number,) = connection.execute(
                "SELECT id FROM collection WHERE name = ?", (plain,)
            ).fetchone()
        return CollectionId(number)

    def rename_collection(self, collection: CollectionId, name: str) -> None:
        """Call a collection otherwise; nothing happens if another one has that name."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE OR IGNORE collection SET name = ? WHERE id = ?",
                (" ".join(name.split()), collection),
            )

    def drop_collection(self, collection: CollectionId) -> None:
        """Let a collection go; its texts stay."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM collection WHERE id = ?", (collection,))

    def put_into(
        self, collection: CollectionId, texts: Iterable[TextId], *, is_in: bool = True
    ) -> None:
        """Put texts into a collection, or take them out."""
        statement = (
            "INSERT OR IGNORE INTO collection_text (collection, text) VALUES (?, ?)"
            if is_in
            else "DELETE FROM collection_text WHERE collection = ? AND text = ?"
        )
        with self._database.writing() as connection:
            connection.executemany(statement, [(collection, text) for text in texts])


def _holdings(connection: sqlite3.Connection, condition: str, *values: str) -> tuple[Holding, ...]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM text {condition}", values).fetchall()
    tags, collections = defaultdict(list), defaultdict(list)
    for text, tag in connection.execute("SELECT text, tag FROM text_tag ORDER BY tag"):
        tags[text].append(tag)
    for collection, text in connection.execute("SELECT collection, text FROM collection_text"):
        collections[text].append(CollectionId(collection))
    return tuple(
        Holding(
            id=TextId(row[0]),
            fingerprint=Fingerprint(row[1]),
            path=None if row[2] is None else path_from(row[2]),
            title=row[3] or _name_of(row[2]),
            authors=tuple(json.loads(row[4])),
            language=row[5],
            length=row[6],
            progress=row[7],
            added=_moment(row[8]),
            opened=_moment(row[9]),
            is_missing=row[10] is not None,
            is_removed=row[11] is not None,
            note_count=row[12],
            tags=tuple(tags.get(row[0], ())),
            collections=tuple(collections.get(row[0], ())),
        )
        for row in rows
    )


def _name_of(stored: bytes | None) -> str:
    """Return what a text is called that doesn't say so itself."""
    name = "" if stored is None else path_from(stored).stem
    return without_halves(name) or "A text without a name"


def _moment(stored: str | None) -> datetime | None:
    return None if stored is None else datetime.fromisoformat(stored)
