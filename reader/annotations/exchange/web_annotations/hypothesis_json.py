"""Hypothesis's JSON, in the shape of its search API: rows of annotations, positions in UTF-16.

Source: the Hypothesis API, version 1, "search for annotations". Its client counts positions in
UTF-16 units of the page's text. Here that is taken for the text as it is read, which the quote
beside it decides. A row that came in and wasn't changed goes out as it was.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from reader.annotations.anchoring import WholeText
from reader.annotations.exchange.envelope import AnnotationFile, foreign_file
from reader.annotations.exchange.note_words import markdown_note
from reader.annotations.exchange.text_with_notes import NotedPassage, TextWithNotes
from reader.annotations.exchange.web_annotations.web_annotation import parsed_json
from reader.annotations.exchange.web_annotations.web_annotation_rules import check_annotation
from reader.annotations.json_ld import (
    CONTEXT,
    IllegalAnnotation,
    Json,
    JsonObject,
    json_values,
)
from reader.annotations.model import (
    COMMENTING,
    HIGHLIGHTING,
    REPLYING,
    TAGGING,
    Annotation,
    AnnotationId,
    annotation_from_json,
)
from reader.errors import NotesUnreadable
from reader.text.address import address_from
from reader.text.document import Document
from reader.text.utf16 import Utf16Map

ROW = "hypothesis:row"
"""The property of an annotation with the row that it came from."""

_PAGE = "https://hypothes.is/a/"

_Convert = Callable[[int], int]


def write_rows(texts: Sequence[TextWithNotes]) -> bytes:
    """Return the notes on these texts as one answer of the search API."""
    rows: list[Json] = []
    for text in texts:
        whole = "" if text.document is None else WholeText(text.document).text
        rows += _Writer(text, Utf16Map(whole)).rows()
    value: JsonObject = {"total": len(rows), "rows": rows}
    content = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    return content.encode("utf-8", "backslashreplace")


def read_rows(content: bytes, path: Path, document: Document) -> AnnotationFile:
    """Return the annotations of an answer of the search API, of a list of rows or of one row.

    Raises:
        NotesUnreadable: it isn't such a file; carries the JSON path of the fault.
    """
    try:
        value = parsed_json(content)
        rows: Json = value
        where = "$"
        if isinstance(value, dict):
            has_rows = "rows" in value
            rows = value["rows"] if has_rows else [value]
            where = "$.rows" if has_rows else "$"
        if not isinstance(rows, list):
            raise IllegalAnnotation(where, "rows come in a list")
        to_code_point = Utf16Map(WholeText(document).text).to_code_point
        found: dict[str, Annotation] = {}
        names = _names_of(rows)
        for number, row in enumerate(rows):
            annotation = _annotation(row, f"{where}[{number}]", names, to_code_point)
            found[annotation.id] = annotation
    except IllegalAnnotation as fault:
        raise NotesUnreadable(path, fault.where, fault.reason) from fault
    except RecursionError as fault:
        raise NotesUnreadable(path, "$", "it is nested too deeply") from fault
    is_whole = all(ROW in annotation.raw for annotation in found.values())
    return foreign_file(tuple(found.values()), is_whole=is_whole)


# In


def _names_of(rows: Sequence[Json]) -> dict[str, str]:
    """Return the ids of our own notes by those of their rows: replies name rows."""
    own = ((row.get("id"), _own_name(row)) for row in rows if isinstance(row, dict))
    return {row_id: name for row_id, name in own if isinstance(row_id, str) and name}


def _annotation(
    row: Json, where: str, names: Mapping[str, str], to_code_point: _Convert
) -> Annotation:
    if not isinstance(row, dict):
        raise IllegalAnnotation(where, "a row is an object")
    value = _json_of(row, where, names, to_code_point)
    check_annotation(value, where)
    return annotation_from_json(value, where)


def _json_of(
    row: JsonObject, where: str, names: Mapping[str, str], to_code_point: _Convert
) -> JsonObject:
    """Return the annotation that a row tells."""
    for key in ("id", "uri"):
        if not isinstance(row.get(key), str):
            raise IllegalAnnotation(f"{where}.{key}", "it has to be a string")
    own_name = _own_name(row)
    references = row.get("references") or []
    text = row.get("text") or ""
    if not isinstance(text, str):
        raise IllegalAnnotation(f"{where}.text", "it has to be a string")
    bodies: list[Json] = []
    if text:
        bodies.append(
            {
                "type": "TextualBody",
                "value": text,
                "format": "text/markdown",
                "purpose": REPLYING if references else COMMENTING,
            }
        )
    for number, tag in enumerate(json_values(row.get("tags"))):
        if not isinstance(tag, str):
            raise IllegalAnnotation(f"{where}.tags[{number}]", "it has to be a string")
        bodies.append({"type": "TextualBody", "value": tag, "purpose": TAGGING})
    value: JsonObject = {
        "@context": CONTEXT,
        "id": own_name or f"{_PAGE}{row['id']}",
        "type": "Annotation",
        "motivation": REPLYING if references else COMMENTING if text else HIGHLIGHTING,
        "creator": _creator(row),
        "target": _answered(references, where, names) or _target(row, where, to_code_point),
    }
    for key, theirs in (("created", "created"), ("modified", "updated")):
        if row.get(theirs) is not None:
            value[key] = _moment(row[theirs], f"{where}.{theirs}")
    if bodies:
        value["body"] = bodies
    if not own_name:
        value[ROW] = row
    return value


def _own_name(row: JsonObject) -> str:
    """Return the id of the note that went out from here as this row; "" for anybody else's."""
    links = row.get("links")
    link = links.get("incontext") if isinstance(links, dict) else None
    address = address_from(link) if isinstance(link, str) else None
    return "" if address is None else address.note


def _creator(row: JsonObject) -> JsonObject:
    account = row.get("user")
    account = account if isinstance(account, str) else ""
    info = row.get("user_info")
    shown = info.get("display_name") if isinstance(info, dict) else None
    name = shown if isinstance(shown, str) else account.removeprefix("acct:").split("@")[0]
    return {"type": "Person", "name": name or "Hypothesis"}


def _answered(references: Json, where: str, names: Mapping[str, str]) -> str:
    """Return the id of the note that a reply answers, "" for what is none."""
    if not references:
        return ""
    parent = json_values(references)[-1]
    if not isinstance(parent, str):
        raise IllegalAnnotation(f"{where}.references", "it has to be a list of ids")
    return names.get(parent) or f"{_PAGE}{parent}"


def _target(row: JsonObject, where: str, to_code_point: _Convert) -> Json:
    given = json_values(row.get("target"))
    first = given[0] if given else {}
    if not isinstance(first, dict):
        raise IllegalAnnotation(f"{where}.target[0]", "a target is an object")
    target: JsonObject = {"source": first.get("source") or row["uri"]}
    selectors = [
        _selector(selector, f"{where}.target[0].selector[{number}]", to_code_point)
        for number, selector in enumerate(json_values(first.get("selector")))
    ]
    if selectors:
        target["selector"] = selectors
    return target


def _selector(value: Json, where: str, to_code_point: _Convert) -> Json:
    if not isinstance(value, dict):
        raise IllegalAnnotation(where, "a selector is an object")
    if value.get("type") == "TextPositionSelector":
        return {**value, **{key: _converted(value, key, where, to_code_point) for key in _ENDS}}
    if value.get("type") == "RangeSelector" and "startContainer" in value:
        ends = {f"{end}Selector": _range_end(value, end) for end in ("start", "end")}
        return {"type": "RangeSelector", **ends}
    return value


_ENDS = ("start", "end")


def _converted(value: JsonObject, key: str, where: str, convert: _Convert) -> int:
    given = value.get(key)
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        raise IllegalAnnotation(f"{where}.{key}", "it has to be a number from 0")
    return convert(given)


def _range_end(value: JsonObject, end: str) -> JsonObject:
    """Return an end of their RangeSelector as the W3C's: an element, and a position within it."""
    selector: JsonObject = {"type": "XPathSelector", "value": value.get(f"{end}Container")}
    offset = value.get(f"{end}Offset")
    if isinstance(offset, int) and offset >= 0:
        selector["refinedBy"] = {"type": "TextPositionSelector", "start": offset, "end": offset}
    return selector


def _moment(value: Json, where: str) -> str:
    try:
        moment = datetime.fromisoformat(value if isinstance(value, str) else "")
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError):
        raise IllegalAnnotation(where, "it has to be a date and time") from None


# Out


class _Writer:
    """Writes the rows of one text."""

    def __init__(self, text: TextWithNotes, positions: Utf16Map) -> None:
        self._text = text
        self._positions = positions
        self._parents = {
            note.annotation.id: note.annotation.target.source
            for note in text.notes
            if note.annotation.motivation == REPLYING
        }
        self._names = {note.annotation.id: _row_id(note.annotation) for note in text.notes}

    def rows(self) -> list[Json]:
        """Return a row for each note."""
        return [self._row(note) for note in self._text.notes]

    def _row(self, note: NotedPassage) -> JsonObject:
        annotation = note.annotation
        came_from = annotation.raw.get(ROW)
        new = self._new_row(note)
        if not isinstance(came_from, dict):
            return new
        before = annotation_from_json(_json_of(came_from, "$", {}, self._positions.to_code_point))
        row = dict(came_from)
        if annotation.note_text != before.note_text:
            row["text"] = new["text"]
        if annotation.tags != before.tags:
            row["tags"] = new["tags"]
        if annotation.modified != before.modified:
            row["updated"] = new["updated"]
        if annotation.target.quote != before.target.quote:
            row["target"] = new["target"]
        return row

    def _new_row(self, note: NotedPassage) -> JsonObject:
        annotation = note.annotation
        name = annotation.creator or "reader"
        user = f"acct:{''.join(filter(str.isalnum, name)) or 'reader'}@sottovoce"
        created = _out_moment(annotation.created or annotation.modified)
        source = annotation.target.source
        uri = source if "://" in source else self._text.link
        target: JsonObject = {"source": uri}
        selectors = self._selectors(annotation)
        if selectors:
            target["selector"] = selectors
        row: JsonObject = {
            "id": self._names[annotation.id],
            "created": created,
            "updated": _out_moment(annotation.modified) if annotation.modified else created,
            "user": user,
            "user_info": {"display_name": name},
            "uri": uri,
            "text": markdown_note(annotation),
            "tags": list(annotation.tags),
            "group": "__world__",
            "permissions": {
                "read": [user],
                "admin": [user],
                "update": [user],
                "delete": [user],
            },
            "target": [target],
            "document": {"title": [self._text.title or self._text.file_name]},
            "links": {"html": note.link, "incontext": note.link},
            "flagged": False,
            "hidden": False,
        }
        references = self._references(annotation)
        if references:
            row["references"] = references
        return row

    def _references(self, annotation: Annotation) -> list[Json]:
        """Return the ids of all that it replies to, the first of the thread first."""
        chain: list[Json] = []
        name = self._parents.get(annotation.id)
        known = {str(annotation.id)}
        while name is not None and name not in known:
            known.add(name)
            chain.insert(0, self._names.get(_id(name), name.removeprefix(_PAGE)))
            name = self._parents.get(_id(name))
        return chain

    def _selectors(self, annotation: Annotation) -> list[Json]:
        quote, position = annotation.target.quote, annotation.target.position
        selectors: list[Json] = [_out_range(s) for s in _ranges(annotation.raw.get("target"))]
        if position is not None:
            to_utf16 = self._positions.to_utf16
            start, end = to_utf16(position.start), to_utf16(position.end)
            selectors.append({"type": "TextPositionSelector", "start": start, "end": end})
        if quote is not None:
            selectors.append(
                {
                    "type": "TextQuoteSelector",
                    "exact": quote.exact,
                    "prefix": quote.prefix,
                    "suffix": quote.suffix,
                }
            )
        return selectors


def _row_id(annotation: Annotation) -> str:
    """Return an id of their kind, 22 characters: their own, or one made from ours."""
    if annotation.id.startswith(_PAGE):
        return annotation.id.removeprefix(_PAGE)
    try:
        number = uuid.UUID(annotation.id).bytes
    except ValueError:
        number = hashlib.sha256(annotation.id.encode()).digest()[:16]
    return base64.urlsafe_b64encode(number).decode().rstrip("=")


def _id(name: str) -> AnnotationId:
    return AnnotationId(name)


def _ranges(target: Json) -> list[JsonObject]:
    """Return the ranges of a page among the selectors, which a Hypothesis client goes by first."""
    first = json_values(target)[0]
    selectors = json_values(first.get("selector")) if isinstance(first, dict) else []
    found = []
    for selector in selectors:
        if isinstance(selector, dict) and selector.get("type") == "RangeSelector":
            ends = [selector.get("startSelector"), selector.get("endSelector")]
            if all(isinstance(end, dict) and end.get("type") == "XPathSelector" for end in ends):
                found.append(selector)
    return found


def _out_range(selector: JsonObject) -> JsonObject:
    """Return a range of a page as they write it."""
    out: JsonObject = {"type": "RangeSelector"}
    for end in _ENDS:
        given = selector[f"{end}Selector"]
        assert isinstance(given, dict)
        finer = given.get("refinedBy")
        out[f"{end}Container"] = given.get("value")
        out[f"{end}Offset"] = finer.get("start", 0) if isinstance(finer, dict) else 0
    return out


def _out_moment(moment: datetime | None) -> str:
    given = moment or datetime.fromtimestamp(0, UTC)
    return given.astimezone(UTC).isoformat(timespec="microseconds")
