"""The notes of all texts together: how many there are of each kind, and lists of them."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from enum import StrEnum

from reader.annotations.model import Annotation, AnnotationId, annotation_from_text
from reader.storage.database import Database
from reader.storage.texts import TextId
from reader.values import value

INBOX_TAG = "inbox"
"""The tag of a passage marked while listening that hasn't been looked at."""
_MOST_LISTED = 5_000


class NoteKind(StrEnum):
    """Which notes are meant."""

    ALL = "all"
    INBOX = "inbox"
    TO_LOOK_AT = "to look at"
    TAGGED = "tagged"
    OF_TEXT = "of a text"


@value
class NoteCounts:
    """How many notes there are; `by_tag` says it of each tag, in small letters."""

    whole: int
    inbox: int
    to_look_at: int
    by_tag: dict[str, int]


@value
class ListedNote:
    """A note of any text."""

    text: TextId
    id: AnnotationId
    body: str
    quote: str
    tags: tuple[str, ...]
    changed: datetime | None


# Tags are bodies for the purpose of tagging; a note with one body has it bare. JSON is read by
# SQLite here, which takes a tenth of the time and doesn't hold up the window's thread.
_TAG_AS_WRITTEN = "json_extract(body.value, '$.value')"
_TAGS = """
    SELECT lower(json_extract(body.value, '$.value')) AS tag
    FROM json_each(CASE json_type(annotation.json, '$.body')
        WHEN 'array' THEN json_extract(annotation.json, '$.body')
        ELSE json_array(json_extract(annotation.json, '$.body')) END) AS body
    WHERE body.type = 'object' AND instr(json_extract(body.value, '$.purpose'), 'tagging')
"""

# One that surely stands in its text's present version has its place there on record; what has
# no selector is about the whole text and stands nowhere.
TO_LOOK_AT = (
    "json_extract(annotation.json, '$.target.selector') IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM note_place JOIN text ON text.id = note_place.text"
    " WHERE note_place.text = annotation.text AND note_place.id = annotation.id"
    " AND note_place.fingerprint = text.fingerprint)"
)


def count_notes(database: Database) -> NoteCounts:
    """Count the notes of all texts. Raises StorageUnavailable."""
    with database.reading() as connection:
        (whole,) = connection.execute(
            "SELECT count(*) FROM annotation WHERE removed IS NULL"
        ).fetchone()
        (to_look_at,) = connection.execute(
            f"SELECT count(*) FROM annotation WHERE removed IS NULL AND {TO_LOOK_AT}"
        ).fetchone()
        by_tag: dict[str, int] = {}
        rows = connection.execute(
            f"SELECT (SELECT group_concat(tag, char(31)) FROM ({_TAGS})) FROM annotation"
            " WHERE removed IS NULL AND json_type(json, '$.body') IS NOT NULL"
        )
        for (joined,) in rows:
            for tag in set((joined or "").split("\x1f")) - {""}:
                by_tag[tag] = by_tag.get(tag, 0) + 1
    return NoteCounts(whole, by_tag.get(INBOX_TAG, 0), to_look_at, by_tag)


def tags_by_use(database: Database) -> tuple[str, ...]:
    """Return the tags of all notes, those used most first, each as it is written most often.

    Raises StorageUnavailable.
    """
    tags = _TAGS.replace("lower(json_extract(body.value, '$.value'))", _TAG_AS_WRITTEN)
    uses: dict[str, Counter[str]] = {}
    with database.reading() as connection:
        rows = connection.execute(
            f"SELECT (SELECT group_concat(tag, char(31)) FROM ({tags})) FROM annotation"
            " WHERE removed IS NULL AND instr(json, 'tagging')"
        ).fetchall()
    for (joined,) in rows:
        for tag in {*(joined or "").split("\x1f")} - {""}:
            uses.setdefault(tag.casefold(), Counter())[tag] += 1
    ranked = sorted(uses.items(), key=lambda use: (-use[1].total(), use[0]))
    return tuple(written.most_common(1)[0][0] for _, written in ranked)


def list_notes(
    database: Database,
    kind: NoteKind,
    tag: str = "",
    *,
    text: TextId | None = None,
) -> tuple[ListedNote, ...]:
    """Return the notes of a kind, those changed last first.

    `tag` is for TAGGED ones, `text` for those OF_TEXT.

    Raises StorageUnavailable.
    """
    condition: str = "1"
    values: list[str | int | None] = []
    match kind:
        case NoteKind.TO_LOOK_AT:
            condition = TO_LOOK_AT
        case NoteKind.INBOX | NoteKind.TAGGED:
            condition = f"? IN ({_TAGS})"
            values = [INBOX_TAG if kind is NoteKind.INBOX else tag.lower()]
        case NoteKind.OF_TEXT:
            condition, values = "annotation.text = ?", [text]
        case NoteKind.ALL:
            pass
    with database.reading() as connection:
        rows = connection.execute(
            "SELECT annotation.text, annotation.json FROM annotation LEFT JOIN annotation_change"
            " AS change ON change.text = annotation.text AND change.id = annotation.id"
            f" WHERE removed IS NULL AND {condition} ORDER BY change.serial DESC LIMIT ?",
            (*values, _MOST_LISTED),
        ).fetchall()
    return tuple(_listed(TextId(held), annotation_from_text(json)) for held, json in rows)


def _listed(text: TextId, annotation: Annotation) -> ListedNote:
    quote = annotation.target.quote
    return ListedNote(
        text,
        annotation.id,
        annotation.note_text,
        "" if quote is None else quote.exact,
        annotation.tags,
        annotation.modified or annotation.created,
    )
