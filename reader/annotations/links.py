"""Links between notes: which notes lead to a note, and which links lead nowhere any more."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from reader.annotations.model import (
    MERGED_NOTES,
    Annotation,
    AnnotationId,
    annotation_from_text,
)
from reader.annotations.plain_words import first_words
from reader.storage.database import Database
from reader.text.address import SCHEME, Address, address_from, address_of, text_key
from reader.text.document import Fingerprint, Place
from reader.values import value

_WRITTEN = re.compile(rf"\b{SCHEME}:[^\s<>()\[\]\"'`]+", re.IGNORECASE)
_SIGNS_BEHIND = ".,;:!?*_~"
_LONGEST = 80
_PASSAGE = 500
_MOST_NAMED = 20_000


@value
class NamedNote:
    """A note as one chooses or sees it elsewhere: its words, its text's title, its address."""

    id: AnnotationId
    words: str
    title: str
    address: str
    found_by: str = ""
    """Its passage and tags: by these it is found as well."""


@value
class NoteLinks:
    """What is known of the links in all notes.

    `here` gives by a note the notes that link to it, `places` the same by a place in the text that
    is open; `gone` are addresses, as they are written, of notes and texts that are not here.
    """

    here: Mapping[AnnotationId, tuple[NamedNote, ...]] = MappingProxyType({})
    places: Mapping[Place, tuple[NamedNote, ...]] = MappingProxyType({})
    gone: frozenset[str] = frozenset()


NO_LINKS = NoteLinks()


def addresses_in(text: str) -> tuple[str, ...]:
    """Return the addresses of ours in a note, as they are written, each once."""
    if f"{SCHEME}:" not in text.lower():
        return ()
    found = (match[0].rstrip(_SIGNS_BEHIND) for match in _WRITTEN.finditer(text))
    return tuple(dict.fromkeys(written for written in found if address_from(written) is not None))


def words_for(annotation: Annotation) -> str:
    """Return a note's first words, or those of its passage, on one line."""
    quote = annotation.target.quote
    said = annotation.note_text or ("" if quote is None else quote.exact)
    words = first_words(said, 2 * _LONGEST)
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + "…"


def markdown_link(words: str, address: str) -> str:
    """Return a link as it stands in a note."""
    plain = re.sub(r"([\\\[\]])", r"\\\1", " ".join(words.split())) or "link"
    return f"[{plain}]({address})"


@value
class LinksRead:
    """The links in all notes, and those to places in one text, which are still to be found."""

    links: NoteLinks
    to_places: tuple[tuple[Address, NamedNote], ...]


def read_links(database: Database, open_text: Fingerprint | None = None) -> LinksRead:
    """Look through the notes of all texts; slow for very many. Raises StorageUnavailable.

    `open_text` is the text whose places are wanted, by any of its versions. A link to a note that
    was merged into another is one to that.
    """
    to_places: list[tuple[Address, NamedNote]] = []
    here: dict[AnnotationId, dict[AnnotationId, NamedNote]] = {}
    written: dict[str, Address] = {}
    with database.reading() as connection:
        rows = connection.execute(
            "SELECT annotation.json, text.title, text.fingerprint FROM annotation"
            " JOIN text ON text.id = annotation.text"
            " WHERE annotation.removed IS NULL AND instr(annotation.json, ?)"
            " ORDER BY annotation.text, ordinal",
            (f"{SCHEME}:open",),
        ).fetchall()
        versions = connection.execute(
            "SELECT fingerprint FROM text_version WHERE text ="
            " (SELECT text FROM text_version WHERE fingerprint = ?)",
            (open_text,),
        ).fetchall()
        holders = _holders(connection)
        open_keys = {text_key(open_text or "")} | {text_key(version) for (version,) in versions}
        for json_text, title, version in rows:
            annotation = annotation_from_text(json_text)
            for link in addresses_in(annotation.note_text):
                address = address_from(link)
                assert address is not None
                written[link] = address
                name = _named(annotation, title, Fingerprint(version))
                if address.place is not None and address.text_key in open_keys:
                    to_places.append((address, name))
                aim = holders.get(address.note, AnnotationId(address.note))
                if aim and aim != annotation.id:
                    here.setdefault(aim, {})[annotation.id] = name
        gone = frozenset(
            link
            for link, address in written.items()
            for aim in [holders.get(address.note, address.note)]
            if not connection.execute(
                "SELECT 1 FROM text_version WHERE fingerprint GLOB ? AND (? = '' OR EXISTS"
                " (SELECT 1 FROM annotation WHERE annotation.text = text_version.text"
                " AND annotation.id = ? AND removed IS NULL)) LIMIT 1",
                (f"sha256:{_hexadecimal(address.text_key)}*", aim, aim),
            ).fetchone()
        )
    links = {name: tuple(links.values()) for name, links in here.items()}
    return LinksRead(NoteLinks(links, gone=gone), tuple(to_places))


def _holders(connection: sqlite3.Connection) -> dict[str, AnnotationId]:
    """Return by each note that was merged into another, and is not back, the one that it is in."""
    holders: dict[str, AnnotationId] = {}
    rows = connection.execute(
        "SELECT text, json FROM annotation WHERE removed IS NULL AND instr(json, ?)",
        (MERGED_NOTES,),
    )
    for text, json_text in rows.fetchall():
        holder = annotation_from_text(json_text)
        for name in holder.merged_ids:
            is_back = connection.execute(
                "SELECT 1 FROM annotation WHERE text = ? AND id = ? AND removed IS NULL",
                (text, name),
            ).fetchone()
            if not is_back:
                holders[name] = holder.id
    return holders


def named_notes(database: Database) -> tuple[NamedNote, ...]:
    """Return the notes of all texts that say something, those changed last first.

    Slow for very many. Raises StorageUnavailable.
    """
    with database.reading() as connection:
        rows = connection.execute(
            "SELECT annotation.json, text.title, text.fingerprint FROM annotation"
            " JOIN text ON text.id = annotation.text LEFT JOIN annotation_change AS change"
            " ON change.text = annotation.text AND change.id = annotation.id"
            " WHERE annotation.removed IS NULL ORDER BY change.serial DESC LIMIT ?",
            (_MOST_NAMED,),
        ).fetchall()
    found = (_named(annotation_from_text(row[0]), row[1], Fingerprint(row[2])) for row in rows)
    return tuple(note for note in found if note.words)


def notes_matching(notes: Iterable[NamedNote], wanted: str, most: int) -> list[NamedNote]:
    """Return the first notes that hold all the words wanted: in their words, passage, tags or
    text's title. Those that begin so come first."""
    wanted = " ".join(wanted.casefold().split())
    words = wanted.split()
    first: list[NamedNote] = []
    others: list[NamedNote] = []
    for note in notes:
        if all(word in f"{note.words} {note.title} {note.found_by}".casefold() for word in words):
            (first if note.words.casefold().startswith(wanted) else others).append(note)
        if len(first) == most:
            break
    return [*first, *others][:most]


def _named(annotation: Annotation, title: str, version: Fingerprint) -> NamedNote:
    address = str(address_of(version, annotation.id))
    quote = annotation.target.quote
    passage = "" if quote is None else quote.exact[:_PASSAGE]
    found_by = " ".join((passage, *(f"#{tag}" for tag in annotation.tags)))
    return NamedNote(annotation.id, words_for(annotation), title, address, found_by)


def _hexadecimal(key: str) -> str:
    return re.sub("[^0-9a-f]", "", key) or "-"
