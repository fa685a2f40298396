"""W3C Web Annotations as JSON-LD: a collection, a page, a bare list or one annotation, both ways.

Source: W3C Web Annotation Data Model, section 5 (collections).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from reader.annotations.model import (
    Annotation,
    IllegalAnnotation,
    Json,
    JsonObject,
    annotation_from_json,
    json_text_of,
    json_values,
)
from reader.errors import NotesUnreadable
from reader.values import value

CONTEXT = "http://www.w3.org/ns/anno.jsonld"


class EnvelopeKind(StrEnum):
    """What stands around the annotations in a file."""

    COLLECTION = "collection"
    PAGE = "page"
    LIST = "list"
    ANNOTATION = "annotation"


@value
class Envelope:
    """What a file says around its annotations, so that they can be put back as they came.

    `json_text` is the file's JSON with no items in it; `held` is how many annotations it had.
    """

    kind: EnvelopeKind
    json_text: str
    held: int


@value
class AnnotationFile:
    """The annotations of one file, in its order, and what stood around them."""

    annotations: tuple[Annotation, ...]
    envelope: Envelope


def new_envelope(identity: str, label: str) -> Envelope:
    """Return the collection around annotations that came from no file; `identity` is its IRI."""
    page: JsonObject = {"type": "AnnotationPage", "startIndex": 0, "items": []}
    collection: JsonObject = {
        "@context": CONTEXT,
        "id": identity,
        "type": "AnnotationCollection",
        "label": label,
        "total": 0,
        "first": page,
    }
    return Envelope(EnvelopeKind.COLLECTION, json_text_of(collection), 0)


def read_annotations(content: bytes, path: Path) -> AnnotationFile:
    """Return what the bytes of a file hold; `path` only names it in the error.

    Raises:
        NotesUnreadable: no JSON, or no legal annotations; carries the JSON path of the fault.
    """
    try:
        value = _parsed(content)
        return _read(value)
    except IllegalAnnotation as fault:
        raise NotesUnreadable(path, fault.where, fault.reason) from fault


def write_annotations(annotations: Sequence[Annotation], envelope: Envelope) -> bytes:
    """Return a file of these annotations; as they came from it, they make the same JSON again.

    A count in the envelope follows notes that were added or removed.
    """
    items: list[Json] = [dict(annotation.raw) for annotation in annotations]
    value: Json = json.loads(envelope.json_text)
    match envelope.kind:
        case EnvelopeKind.COLLECTION if isinstance(value, dict):
            _put_into_collection(value, items, len(items) - envelope.held)
        case EnvelopeKind.PAGE if isinstance(value, dict):
            value["items"] = items
            _put_total(value.get("partOf"), len(items) - envelope.held)
        case EnvelopeKind.ANNOTATION if len(items) == 1:
            value = items[0]
        case _:
            value = items
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    return text.encode("utf-8", "backslashreplace")


def _parsed(content: bytes) -> Json:
    try:
        # utf-8-sig: some editors put a byte order mark before it
        text = content.decode("utf-8-sig")
        value: Json = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise IllegalAnnotation("$", f"byte {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        reason = f"no JSON: {error.msg.lower()} in line {error.lineno}, column {error.colno}"
        raise IllegalAnnotation("$", reason) from None
    except RecursionError:
        raise IllegalAnnotation("$", "it is nested too deeply") from None
    return value


def _no_constant(name: str) -> float:
    raise IllegalAnnotation("$", f"no JSON: {name} is not a number")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise IllegalAnnotation("$", f"the number {digits} is too large")
    return number


def _read(value: Json) -> AnnotationFile:
    if isinstance(value, list):
        return _file(EnvelopeKind.LIST, [], _items(value, "$"))
    if not isinstance(value, dict):
        raise IllegalAnnotation("$", "it holds no annotations")
    kinds = json_values(value.get("type"))
    if "AnnotationCollection" in kinds:
        return _read_collection(value)
    if "AnnotationPage" in kinds:
        items = _items(value.get("items", []), "$.items")
        return _file(EnvelopeKind.PAGE, {**value, "items": []}, items)
    if "Annotation" in kinds:
        return _file(EnvelopeKind.ANNOTATION, {}, (annotation_from_json(value),))
    raise IllegalAnnotation(
        "$.type", "it has to be AnnotationCollection, AnnotationPage or Annotation"
    )


def _read_collection(value: JsonObject) -> AnnotationFile:
    page = value.get("first")
    total = value.get("total")
    if total is not None and (not isinstance(total, int) or isinstance(total, bool) or total < 0):
        raise IllegalAnnotation("$.total", "it has to be a number from 0")
    if isinstance(page, str):
        raise IllegalAnnotation("$.first", "the annotations are in another file, named there only")
    if page is None:
        if total:
            raise IllegalAnnotation("$.first", "the collection names no page")
        return _file(EnvelopeKind.COLLECTION, value, ())
    if not isinstance(page, dict):
        raise IllegalAnnotation("$.first", "a page is an object")
    items = _items(page.get("items", []), "$.first.items")
    return _file(EnvelopeKind.COLLECTION, {**value, "first": {**page, "items": []}}, items)


def _items(value: Json, where: str) -> tuple[Annotation, ...]:
    if not isinstance(value, list):
        raise IllegalAnnotation(where, "annotations come in a list")
    found: dict[str, Annotation] = {}
    for number, item in enumerate(value):
        path = f"{where}[{number}]"
        annotation = annotation_from_json(item, path)
        if annotation.id in found:
            raise IllegalAnnotation(f"{path}.id", "another annotation has the same id")
        found[annotation.id] = annotation
    return tuple(found.values())


def _file(kind: EnvelopeKind, around: Json, annotations: tuple[Annotation, ...]) -> AnnotationFile:
    return AnnotationFile(annotations, Envelope(kind, json_text_of(around), len(annotations)))


def _put_into_collection(collection: JsonObject, items: list[Json], more: int) -> None:
    _put_total(collection, more)
    page = collection.get("first")
    if isinstance(page, dict):
        page["items"] = items
    elif items:
        collection["first"] = {"type": "AnnotationPage", "items": items}


def _put_total(collection: Json, more: int) -> None:
    if isinstance(collection, dict) and isinstance(total := collection.get("total"), int):
        # it may count more than this file has: a collection can have pages elsewhere
        collection["total"] = max(0, total + more)
