"""What is kept of a text's earlier versions: their texts, and where each note stood for sure."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reader.annotations.anchoring import KnownPlace, Past, WholeText
from reader.annotations.model import Annotation, AnnotationId
from reader.storage.database import Database
from reader.storage.texts import TextId, find_text
from reader.text.document import Document, Fingerprint

_LEVEL = 6
"""Of zlib: a book of 6 MB takes 2.1 MB and a third of a second, which nobody waits for."""


class PackedText(NamedTuple):
    """A document's whole text as it is kept, and its sections' lengths as JSON."""

    content: bytes
    lengths: str


def packed_text(document: Document) -> PackedText:
    """Pack a document's whole text; all of it is read for this. Slow for a large one."""
    whole = WholeText(document)
    # lone surrogates are kept too: positions are counted in what the reader saw
    content = zlib.compress(whole.text.encode("utf-8", "surrogatepass"), _LEVEL)
    return PackedText(content, json.dumps(whole.lengths))


class _KeptTexts(Mapping[Fingerprint, str]):
    """The texts of a text's versions, newest first, each read when it is asked for."""

    def __init__(self, database: Database, versions: Mapping[Fingerprint, int]) -> None:
        self._database = database
        self._versions = versions
        self._read: dict[Fingerprint, str] = {}

    def __getitem__(self, version: Fingerprint) -> str:
        if version not in self._read:
            number = self._versions[version]
            with self._database.reading() as connection:
                row = connection.execute(
                    "SELECT content FROM kept_text WHERE id = ?", (number,)
                ).fetchone()
            if row is None:  # no note needs it any more, as another window has found
                raise KeyError(version)
            self._read[version] = zlib.decompress(row[0]).decode("utf-8", "surrogatepass")
        return self._read[version]

    def __iter__(self) -> Iterator[Fingerprint]:
        return iter(self._versions)

    def __len__(self) -> int:
        return len(self._versions)


def read_past(database: Database, fingerprint: Fingerprint) -> Past:
    """Return what is kept of a text known in this version."""
    with database.reading() as connection:
        text = find_text(connection, fingerprint)
        versions = connection.execute(
            "SELECT fingerprint, id, lengths FROM kept_text WHERE text = ? ORDER BY id DESC",
            (text,),
        ).fetchall()
        places = connection.execute(
            "SELECT id, fingerprint, first, behind FROM note_place WHERE text = ?", (text,)
        ).fetchall()
    return Past(
        {
            AnnotationId(name): KnownPlace(Fingerprint(version), first, behind)
            for name, version, first, behind in places
        },
        _KeptTexts(database, {Fingerprint(version): number for version, number, _ in versions}),
        next(
            (tuple(json.loads(row[2])) for row in versions if row[0] == fingerprint and row[2]), ()
        ),
    )


def note_made(
    connection: sqlite3.Connection,
    text: TextId,
    version: Fingerprint,
    before: Annotation | None,
    after: Annotation | None,
) -> None:
    """Remember that a note was put on a place of this version. Inside `writing`."""
    if after is None or after.target.position is None:
        return
    position = after.target.position
    if before is None:  # one that comes back from the dead keeps the place it had
        how = "INSERT OR IGNORE"
    elif before.target.position != position:
        how = "INSERT OR REPLACE"
    else:
        return
    connection.execute(
        f"{how} INTO note_place (text, id, fingerprint, first, behind) VALUES (?, ?, ?, ?, ?)",
        (text, after.id, version, position.start, position.end),
    )


def is_text_wanted(connection: sqlite3.Connection, version: Fingerprint) -> bool:
    """Whether notes stand in this version, and its text isn't kept yet."""
    (is_wanted,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM note_place WHERE text = :text AND fingerprint = :version)"
        " AND NOT EXISTS"
        " (SELECT 1 FROM kept_text WHERE fingerprint = :version AND lengths IS NOT NULL)",
        {"text": find_text(connection, version), "version": version},
    ).fetchone()
    return bool(is_wanted)


def is_text_kept(connection: sqlite3.Connection, version: Fingerprint) -> bool:
    """Whether this version's text is kept, with its sections' lengths."""
    query = "SELECT 1 FROM kept_text WHERE fingerprint = ? AND lengths IS NOT NULL"
    return connection.execute(query, (version,)).fetchone() is not None


def put_text(
    connection: sqlite3.Connection, text: TextId, version: Fingerprint, packed: PackedText
) -> None:
    """Keep a text that `packed_text` packed. Inside `writing`."""
    connection.execute(
        "INSERT INTO kept_text (fingerprint, text, content, lengths) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (fingerprint) DO UPDATE SET content = excluded.content,"
        " lengths = excluded.lengths WHERE lengths IS NULL",
        (version, text, packed.content, packed.lengths),
    )


def put_places(
    connection: sqlite3.Connection, text: TextId, places: Mapping[AnnotationId, KnownPlace]
) -> None:
    """Remember where notes stand for sure; forget the texts that none needs. Inside `writing`."""
    connection.executemany(
        "INSERT OR REPLACE INTO note_place (text, id, fingerprint, first, behind)"
        " SELECT text, id, :version, :first, :behind FROM annotation"
        " WHERE text = :text AND id = :id",
        [
            {
                "text": text,
                "id": name,
                "version": place.version,
                "first": place.start,
                "behind": place.end,
            }
            for name, place in places.items()
        ],
    )
    connection.execute(
        "DELETE FROM kept_text WHERE text = :text AND fingerprint NOT IN"
        " (SELECT fingerprint FROM note_place WHERE text = :text)",
        {"text": text},
    )
