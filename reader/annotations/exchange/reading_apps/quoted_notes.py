"""Notes from formats that know a passage by its words, or by where another app was in it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime

from reader.annotations.appearance import HIGHLIGHT, STYLE_SHEET, style_sheet
from reader.annotations.exchange.reading_apps.foreign_places import fragment_of
from reader.annotations.format_selectors import FRAGMENT
from reader.annotations.json_ld import CONTEXT, Json, JsonObject
from reader.annotations.model import (
    BOOKMARKING,
    COMMENTING,
    HIGHLIGHTING,
    TAGGING,
    Annotation,
    annotation_from_json,
)
from reader.text.address import address_of
from reader.text.document import Document
from reader.text.markup import MarkupAtHand
from reader.text.utf16 import without_halves
from reader.values import replaced, value


@value
class QuotedNote:
    """A note as such a format tells it. `name` is the annotation's id if it went out from here."""

    quote: str
    note: str = ""
    tags: tuple[str, ...] = ()
    colour: str | None = None
    style: str | None = None
    created: datetime | None = None
    modified: datetime | None = None
    name: str = ""
    is_bookmark: bool = False
    place: str = ""
    """Where it is, as its app writes that (`foreign_places`); often all there is of a bookmark."""
    key: str = ""
    """What its app knows it by, also when it says something else; "" where it has no such thing."""


def annotations_of(
    notes: Iterable[QuotedNote], document: Document, format_name: str
) -> tuple[Annotation, ...]:
    """Return annotations on a text. The same note read again gets the same id."""
    source = str(address_of(document.fingerprint))
    if document.markup is not None:  # notes come place after place, most in the same file
        document = replaced(document, markup=MarkupAtHand(document.markup))
    found: dict[str, Annotation] = {}
    for note in notes:
        name = note.name or _name_of(note, format_name)
        found.setdefault(name, annotation_from_json(_json_of(note, name, source, document)))
    return tuple(found.values())


def _name_of(note: QuotedNote, format_name: str) -> str:
    said = [format_name, note.quote, note.note, str(note.created or "")]
    if note.key:
        said = [format_name, note.key]
    elif not (note.quote or note.note):
        said.append(note.place)
    return uuid.uuid5(uuid.NAMESPACE_OID, without_halves("\x1f".join(said))).urn


def _json_of(note: QuotedNote, name: str, source: str, document: Document) -> JsonObject:
    target: JsonObject = {"source": source}
    selectors: list[Json] = []
    if note.quote:
        selectors.append({"type": "TextQuoteSelector", "exact": note.quote})
    if told := fragment_of(note.place, document):
        selectors.append({"type": FRAGMENT, "conformsTo": told[0], "value": told[1]})
    if selectors:
        target["selector"] = selectors if len(selectors) > 1 else selectors[0]
    classes: list[Json] = [note.colour] if note.colour else []
    if note.style and note.style != HIGHLIGHT:
        classes.append(note.style)
    if classes:
        target["styleClass"] = classes if len(classes) > 1 else classes[0]
    kind = BOOKMARKING if note.is_bookmark else COMMENTING if note.note else HIGHLIGHTING
    bodies: list[Json] = []
    if note.note:
        bodies.append({"type": "TextualBody", "value": note.note, "format": "text/plain"})
    bodies += [{"type": "TextualBody", "value": tag, "purpose": TAGGING} for tag in note.tags]
    value: JsonObject = {
        "@context": CONTEXT,
        "id": name,
        "type": "Annotation",
        "motivation": kind,
        "target": target,
    }
    sheet = style_sheet(map(str, classes))
    if sheet is not None:
        value[STYLE_SHEET] = sheet
    if bodies:
        value["body"] = bodies
    for key, moment in (("created", note.created), ("modified", note.modified)):
        if moment is not None and (written := _written(moment)):
            value[key] = written
    return value


def _written(moment: datetime) -> str:
    """Return a moment as annotations have it; "" at the ends of time, which UTC may not have."""
    try:
        return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    except OverflowError:
        return ""
