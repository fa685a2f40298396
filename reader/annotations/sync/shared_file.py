"""The file of one text's notes in a shared folder: Web Annotations, and what syncing needs besides.

A collection as everywhere else, with three properties of our own: `sottovoce:versions`, by which
the text is known whatever its file is called; `sottovoce:removed`, the notes that are not to come
back; `sottovoce:earlier`, for each note the digests of the states it came after. Sorted and one
property a line, so that versions of the file can be compared by eye and by git. What else a file
says, such as one of a later version of this program, is kept.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TypeGuard

from reader.annotations.exchange.envelope import first_page_of
from reader.annotations.exchange.web_annotations.web_annotation import parsed_json
from reader.annotations.json_ld import CONTEXT, IllegalAnnotation, Json, JsonObject, json_values
from reader.annotations.model import Annotation, AnnotationId, annotation_from_json
from reader.annotations.sync.merging import Notes, Removed, State, Version
from reader.errors import NotesUnreadable
from reader.text.document import Fingerprint
from reader.values import value

SUFFIX = ".notes.jsonld"
VERSIONS, _REMOVED = "sottovoce:versions", "sottovoce:removed"
EARLIER = "sottovoce:earlier"
_KNOWN = {"@context", "id", "type", "label", "total", VERSIONS, _REMOVED, EARLIER, "first"}
_LONGEST_SLUG = 60


Further = Mapping[str, Json]
_NOTHING: Further = MappingProxyType({})


@value
class SharedText:
    """A text's notes as a file holds them. `versions` are the text's fingerprints, sorted.

    `further` are the properties that aren't known here.
    """

    title: str
    versions: tuple[Fingerprint, ...]
    notes: Notes
    further: Further = _NOTHING


def read_shared(content: bytes, path: Path) -> SharedText | None:
    """Return what a file holds; None if it is a legal file, but not one of these.

    Raises:
        NotesUnreadable: it is broken, such as by a merge of git's that nobody has finished.
    """
    try:
        whole = parsed_json(content)
        if not isinstance(whole, dict) or VERSIONS not in whole:
            return None
        return _text_from(whole)
    except IllegalAnnotation as fault:
        raise NotesUnreadable(path, fault.where, fault.reason) from fault


def _text_from(whole: JsonObject) -> SharedText:
    versions = tuple(
        sorted(Fingerprint(v) for v in json_values(whole[VERSIONS]) if isinstance(v, str))
    )
    page = whole.get("first")
    items = json_values(page.get("items")) if isinstance(page, dict) else []
    states: dict[AnnotationId, State] = {}
    for number, item in enumerate(items):
        annotation = annotation_from_json(item, f"$.first.items[{number}]")
        states[annotation.id] = annotation
    for number, entry in enumerate(json_values(whole.get(_REMOVED))):
        name, removed = _removed_from(entry, f"$['{_REMOVED}'][{number}]")
        states[name] = removed
    earlier = whole.get(EARLIER)
    known = earlier if isinstance(earlier, dict) else {}
    notes = {name: version_of(state, known.get(name)) for name, state in states.items()}
    title = whole.get("label")
    further = {key: given for key, given in whole.items() if key not in _KNOWN}
    return SharedText(title if isinstance(title, str) else "", versions, notes, further)


def merged_further(before: Further, files: Iterable[Further]) -> JsonObject:
    """Return what files say that isn't known here; `before` is what they said when synced last.

    Of several new values every machine takes the same one.
    """
    files = list(files) or [before]
    result: JsonObject = {}
    for key in sorted({key for file in files for key in file}):
        written = {json.dumps(file[key], sort_keys=True) for file in files if key in file}
        old = json.dumps(before[key], sort_keys=True) if key in before else None
        is_gone = any(key not in file for file in files) and written == {old}
        if not is_gone:
            result[key] = json.loads(max(written - {old}, default=old or "null"))
    return result


def state_of(item: Json, where: str) -> tuple[AnnotationId, State] | None:
    """Return the note that a value in a file is, or that was removed; None for anything else.

    Raises:
        IllegalAnnotation: it is meant as a note, and is none.
    """
    if not isinstance(item, dict):
        return None
    if item.keys() == {"id", "when"}:
        return _removed_from(item, where)
    if "Annotation" not in json_values(item.get("type")):
        return None
    annotation = annotation_from_json(item, where)
    return annotation.id, annotation


def version_of(state: State, earlier: Json) -> Version:
    """Return a state with what a file says that it came after."""
    return Version(state, tuple(sorted(filter(_is_text, json_values(earlier)))))


def write_shared(text: SharedText) -> bytes:
    """Return the content of a file; the same for the same notes, on every machine."""
    items: list[Json] = []
    removed: list[Json] = []
    earlier: JsonObject = {}
    for name, version in sorted(text.notes.items()):
        if isinstance(version.state, Annotation):
            items.append(version.state.raw)
        else:
            when = version.state.when.astimezone(UTC).isoformat()
            removed.append({"id": name, "when": when})
        if version.earlier:
            earlier[name] = [*version.earlier]
    identity = f"urn:x-sottovoce:notes:{text.versions[0]}"
    whole: JsonObject = {
        "@context": CONTEXT,
        "id": identity,
        "type": "AnnotationCollection",
        "label": text.title,
        "total": len(items),
        VERSIONS: [*text.versions],
        _REMOVED: removed,
        EARLIER: earlier,
        **dict(sorted(text.further.items())),
        "first": {**first_page_of(identity), "startIndex": 0, "items": items},
    }
    written = json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    return written.encode("utf-8", "backslashreplace")


def file_name_of(title: str, versions: tuple[Fingerprint, ...]) -> str:
    """Return how a text's file is called: its title for people, its fingerprint for sure."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-")
    sign = versions[0].rpartition(":")[2][:10]
    return f"{slug}-{sign}{SUFFIX}" if slug else f"{sign}{SUFFIX}"


def _is_text(entry: Json) -> TypeGuard[str]:
    return isinstance(entry, str)


def _removed_from(entry: Json, where: str) -> tuple[AnnotationId, Removed]:
    name = entry.get("id") if isinstance(entry, dict) else None
    when = entry.get("when") if isinstance(entry, dict) else None
    try:
        moment = datetime.fromisoformat(str(when))
        aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        removed = Removed(aware.astimezone(UTC))
    except (ValueError, OverflowError):
        raise IllegalAnnotation(f"{where}.when", "it is no time") from None
    if not isinstance(name, str):
        raise IllegalAnnotation(f"{where}.id", "an annotation has one id, an IRI")
    return AnnotationId(name), removed
