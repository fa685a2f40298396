"""W3C Web Annotations as JSON-LD: a collection, a page, a bare list or one annotation, both ways.

Source: W3C Web Annotation Data Model, section 5 (collections).
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reader.annotations.exchange.envelope import (
    AnnotationFile,
    Envelope,
    EnvelopeKind,
    first_page_of,
    new_envelope,
)
from reader.annotations.exchange.web_annotations.web_annotation_rules import (
    check_annotation,
    check_context,
    check_count,
    check_identity,
    check_link,
    check_provenance,
    in_plain_key,
)
from reader.annotations.json_ld import (
    IllegalAnnotation,
    Json,
    JsonObject,
    json_text_of,
    json_values,
    strings,
    the_only,
)
from reader.annotations.model import Annotation, annotation_from_json
from reader.errors import NotesUnreadable
from reader.values import value

if TYPE_CHECKING:  # for exports; sidecars are read for the first cards
    from reader.annotations.exchange.text_with_notes import TextWithNotes


def read_annotations(content: bytes, path: Path) -> AnnotationFile:
    """Return what the bytes of a file hold; `path` only names it in the error.

    Raises:
        NotesUnreadable: no JSON, or no legal annotations; carries the JSON path of the fault.
    """
    try:
        return _read(parsed_json(content))
    except IllegalAnnotation as fault:
        raise NotesUnreadable(path, fault.where, fault.reason) from fault
    except RecursionError as fault:
        raise NotesUnreadable(path, "$", "it is nested too deeply") from fault


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
            value["items"] = _refilled(value.get("items"), items)
            _put_total(value.get("partOf"), len(items) - envelope.held)
        case EnvelopeKind.ANNOTATION if len(items) == 1:
            value = items[0]
        case _:
            value = items
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    return text.encode("utf-8", "backslashreplace")


def write_texts(texts: Sequence[TextWithNotes]) -> bytes:
    """Return a file of the notes on one text, in the envelope they came in, or on several.

    Exported twice, two files differ in what changed only.
    """
    if len(texts) == 1 and texts[0].is_alone:
        (text,) = texts
        own = _own_envelope(text.fingerprint, f"Notes on {text.title}")
        return write_annotations(text.in_order_kept, text.envelope or own)
    found: dict[str, Annotation] = {}
    for text in texts:
        # the same note on two texts can have been changed on one of them: the later text has it
        found |= {annotation.id: annotation for annotation in text.in_order_kept}
    return write_annotations(tuple(found.values()), _own_envelope("all", "All notes"))


def _own_envelope(name: str, label: str) -> Envelope:
    import uuid  # takes 3 ms, for an export

    return new_envelope(uuid.uuid5(uuid.NAMESPACE_OID, f"sottovoce notes {name}").urn, label)


def parsed_json(content: bytes) -> Json:
    """Return the JSON in the bytes of a file.

    Raises:
        IllegalAnnotation: it isn't JSON, or not UTF-8.
    """
    try:
        # utf-8-sig: some editors put a byte order mark before it
        text = content.decode("utf-8-sig")
        value: Json = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise IllegalAnnotation("$", f"byte {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        reason = f"no JSON: {error.msg.lower()} in line {error.lineno}, column {error.colno}"
        raise IllegalAnnotation("$", reason) from None
    except IllegalAnnotation:
        raise
    except ValueError:  # of what is left, Python refuses only numbers of this length
        raise IllegalAnnotation("$", "it holds a number of thousands of digits") from None
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
        # not in the model, but what scripts write: without a context of its own
        return _file(EnvelopeKind.LIST, [], _items(value, "$"))
    if not isinstance(value, dict):
        raise IllegalAnnotation("$", "it holds no annotations")
    kinds = json_values(value.get("type"))
    if "AnnotationCollection" in kinds:
        return _read_collection(value)
    if "AnnotationPage" in kinds:
        check_context(value, "$")
        check_identity(value, "$")
        items = _page_items(value, "$")
        around: Json = {**value, "items": _places_of(value.get("items"))}
        return _file(EnvelopeKind.PAGE, around, items)
    if "Annotation" in kinds:
        check_context(value, "$")
        return _file(EnvelopeKind.ANNOTATION, {}, _items([value], "$", is_list=False))
    reason = "it has to be AnnotationCollection, AnnotationPage or Annotation"
    raise IllegalAnnotation("$.type", in_plain_key(value, "type", reason))


def _read_collection(value: JsonObject) -> AnnotationFile:
    check_context(value, "$")
    check_identity(value, "$")
    check_count(value, "total", "$")
    check_provenance(value, "$")
    strings(value, "label", "$")
    check_link(value, "last", "$")
    page = the_only(value.get("first"))
    if page is None:
        if the_only(value.get("total")):
            raise IllegalAnnotation("$.first", "the collection names no page")
        return _file(EnvelopeKind.COLLECTION, value, _Items())
    if not isinstance(page, dict):
        check_link(value, "first", "$")
        return _file(EnvelopeKind.COLLECTION, value, _Items(elsewhere=(str(page),)))
    if "id" in page:
        check_identity(page, "$.first")
    items = _page_items(page, "$.first")
    if "AnnotationPage" not in json_values(page.get("type")):
        raise IllegalAnnotation("$.first.type", "it has to be AnnotationPage")
    kept: Json = {**page, "items": _places_of(page.get("items"))}
    around: Json = {**value, "first": [kept] if isinstance(value["first"], list) else kept}
    return _file(EnvelopeKind.COLLECTION, around, items)


@value
class _Items:
    annotations: tuple[Annotation, ...] = ()
    elsewhere: tuple[str, ...] = ()


def _page_items(page: JsonObject, where: str) -> _Items:
    for key in ("startIndex", "total"):
        check_count(page, key, where)
    check_provenance(page, where)
    strings(page, "label", where)
    for key in ("partOf", "next", "prev", "first", "last"):
        check_link(page, key, where)
    if "items" not in page:
        raise IllegalAnnotation(f"{where}.items", "a page has a list of annotations")
    items = _items(page["items"], f"{where}.items")
    following = the_only(page.get("next"))
    if isinstance(following, dict):
        following = the_only(following.get("id"))
    if isinstance(following, str):
        return _Items(items.annotations, (*items.elsewhere, following))
    return items


def _items(value: Json, where: str, *, is_list: bool = True) -> _Items:
    if not isinstance(value, list):
        raise IllegalAnnotation(where, "annotations come in a list")
    found: dict[str, Annotation] = {}
    elsewhere = []
    for number, item in enumerate(value):
        path = f"{where}[{number}]" if is_list else where
        if isinstance(item, str) and is_list and where != "$":
            check_link({"item": item}, "item", path)
            elsewhere.append(item)
            continue
        check_annotation(item, path)
        annotation = annotation_from_json(item, path)
        if annotation.id in found:
            raise IllegalAnnotation(f"{path}.id", "another annotation has the same id")
        found[annotation.id] = annotation
    return _Items(tuple(found.values()), tuple(elsewhere))


def _places_of(items: Json) -> Json:
    """Return what an envelope keeps of a page's items: names of others, between them nulls."""
    given = json_values(items)
    if not any(isinstance(item, str) for item in given):
        return []
    return [item if isinstance(item, str) else None for item in given]


def _refilled(places: Json, items: list[Json]) -> list[Json]:
    """Return the items of a page with their annotations back in their places."""
    left = iter(items)
    filled = [
        place if isinstance(place, str) else next(left, None) for place in json_values(places)
    ]
    return [item for item in filled if item is not None] + list(left)


def _file(kind: EnvelopeKind, around: Json, items: _Items) -> AnnotationFile:
    envelope = Envelope(kind, json_text_of(around), len(items.annotations))
    return AnnotationFile(items.annotations, envelope, items.elsewhere)


def _put_into_collection(collection: JsonObject, items: list[Json], more: int) -> None:
    _put_total(collection, more)
    page = the_only(collection.get("first"))
    if isinstance(page, dict):
        page["items"] = _refilled(page.get("items"), items)
    elif items:
        # a page that the collection only named can't be put into: it is the next one now
        following: JsonObject = {} if page is None else {"next": page}
        first = first_page_of(str(the_only(collection["id"])))
        collection["first"] = {**first, **following, "items": items}


def _put_total(collection: Json, more: int) -> None:
    if not isinstance(collection, dict) or not more:
        return
    if isinstance(total := the_only(collection.get("total")), int):
        # it may count more than this file has: a collection can have pages elsewhere
        collection["total"] = max(0, total + more)
