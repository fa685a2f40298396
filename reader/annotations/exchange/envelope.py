"""What a file says around its annotations, and the annotations of one file, as values."""

from __future__ import annotations

from enum import StrEnum

from reader.annotations.json_ld import CONTEXT, JsonObject, json_text_of
from reader.annotations.model import Annotation
from reader.values import value


class EnvelopeKind(StrEnum):
    """What stands around the annotations in a file."""

    COLLECTION = "collection"
    PAGE = "page"
    LIST = "list"
    ANNOTATION = "annotation"


@value
class Envelope:
    """What a file says around its annotations, so that they can be put back as they came.

    `json_text` is the file's JSON without its annotations; `held` is how many it had. Where its
    items are in part only named, those names stay, and nulls are where the annotations stood.
    """

    kind: EnvelopeKind
    json_text: str
    held: int


@value
class AnnotationFile:
    """The annotations of one file, in its order, and what stood around them."""

    annotations: tuple[Annotation, ...]
    envelope: Envelope
    elsewhere: tuple[str, ...] = ()
    """IRIs of pages and annotations that the file only names."""
    has_envelope: bool = True
    """Whether the envelope is the file's own; other formats have none that is worth keeping."""
    is_whole: bool = True
    """Whether the format keeps all that a note is; else the note that is here says more."""


def new_envelope(identity: str, label: str) -> Envelope:
    """Return the collection around annotations that came from no file; `identity` is its IRI."""
    page: JsonObject = {**first_page_of(identity), "startIndex": 0, "items": []}
    collection: JsonObject = {
        "@context": CONTEXT,
        "id": identity,
        "type": "AnnotationCollection",
        "label": label,
        "total": 0,
        "first": page,
    }
    return Envelope(EnvelopeKind.COLLECTION, json_text_of(collection), 0)


def first_page_of(identity: str) -> JsonObject:
    """Return the first page of the collection with this IRI, still without annotations."""
    # a page has an IRI too (section 5.2), the same each time it is written
    return {"id": f"{identity}#page-1", "type": "AnnotationPage"}


def foreign_file(annotations: tuple[Annotation, ...], *, is_whole: bool = False) -> AnnotationFile:
    """Return what a file held that isn't of Web Annotations."""
    envelope = new_envelope("urn:x-sottovoce:foreign", "")
    return AnnotationFile(annotations, envelope, has_envelope=False, is_whole=is_whole)
