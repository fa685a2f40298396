"""The file of annotations that lies beside a text: read when the text is opened, never written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from reader.annotations.exchange.envelope import AnnotationFile
from reader.annotations.note_rows import arrange, put_annotation, put_envelope
from reader.errors import NotesUnreadable, system_reason
from reader.storage.texts import TextId
from reader.text.digest import sha256

SUFFIX = ".annotations.jsonld"


def sidecar_path(text_path: Path) -> Path:
    """Return the one name looked for: `her-review.annotations.jsonld` beside `her-review.txt`."""
    return text_path.with_name(text_path.stem + SUFFIX)


def sidecar_content(path: Path) -> bytes | None:
    """Return the file's bytes, None where there is no such file.

    Raises:
        NotesUnreadable: it is there but can't be read.
    """
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise NotesUnreadable(path, "$", system_reason(error)) from error


def digest_of(content: bytes) -> bytes:
    """Return what tells one version of the file from another."""
    return sha256(content).digest()


def follow_sidecar(
    connection: sqlite3.Connection, text: TextId, key: bytes, read: AnnotationFile
) -> None:
    """Take over what the file named `key` says of a text now. Inside `writing`.

    One that has gone from the file has no `sidecar` any more, but keeps its `sidecar_json`: it
    comes back if the file has it again. What the user removed does not.
    """
    known = {
        row[0]: row[1:]
        for row in connection.execute(
            "SELECT id, json, sidecar_json, removed, sidecar FROM annotation WHERE text = ?",
            (text,),
        )
    }
    own_order = []
    for annotation in read.annotations:
        here, sidecar_json, removed, sidecar = known.get(annotation.id, (None, None, None, key))
        if sidecar == key:  # others came with a file the user imported, in its order
            own_order.append(annotation)
        came_from_it_alone = here == sidecar_json and (removed is None or sidecar is None)
        if here is None or came_from_it_alone:
            put_annotation(connection, text, annotation.id, annotation)
        connection.execute(
            "UPDATE annotation SET sidecar = ?, sidecar_json = ? WHERE text = ? AND id = ?",
            (key, annotation.json_text, text, annotation.id),
        )
    named = {annotation.id for annotation in read.annotations}
    # those the user removed keep their row: the file must not bring them back
    gone = connection.execute(
        "SELECT id, json = sidecar_json FROM annotation"
        " WHERE text = ? AND sidecar = ? AND removed IS NULL",
        (text, key),
    ).fetchall()
    for name, is_untouched in gone:
        if name in named:
            continue
        if is_untouched:  # kept as one that was removed, or another machine would give it back
            put_annotation(connection, text, name, None)
            connection.execute(
                "UPDATE annotation SET sidecar = NULL WHERE text = ? AND id = ?", (text, name)
            )
        else:  # the user's alone from now on
            connection.execute(
                "UPDATE annotation SET sidecar = NULL, sidecar_json = NULL"
                " WHERE text = ? AND id = ?",
                (text, name),
            )
    arrange(connection, text, own_order)
    put_envelope(connection, text, read.envelope, key)
