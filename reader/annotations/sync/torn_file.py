"""What a shared file still tells that a merge left broken: git's marks in it, or spoiled JSON.

Git puts both sides of what it can't merge into the file, between marks (git-merge, "How conflicts
are presented"). Who merges by hand may leave both sides without the marks, a comma too few, or half
of a note. Each side that can be read is one of the versions that came about without knowing of
each other, and is merged like any other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import reduce
from pathlib import Path

from reader.annotations.json_ld import Json, JsonObject, json_values
from reader.annotations.model import AnnotationId
from reader.annotations.sync.merging import Notes, State, merged
from reader.annotations.sync.shared_file import (
    EARLIER,
    VERSIONS,
    SharedText,
    read_shared,
    state_of,
    version_of,
)
from reader.errors import NotesUnreadable
from reader.text.document import Fingerprint
from reader.values import value

_OURS, _BASE, _THEIRS, _END = b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>"
_MOST_LAYERS = 8
"""So many values of one key are looked at; a key has one, in what nobody merged."""

_OBJECT = re.compile(r"^[ \t]*(?=\{)", re.MULTILINE)
_VERSION_LIST = re.compile(rf'"{VERSIONS}"\s*:\s*(\[[^\]]*\])')
_EARLIER_MAP = re.compile(rf'"{EARLIER}"\s*:\s*(?=\{{)')
_LABEL = re.compile(r'"label"\s*:\s*("(?:[^"\\\n]|\\.)*")')


@value
class Reading:
    """What a broken file tells of a text; `is_whole` if that is surely all it told."""

    text: SharedText
    is_whole: bool


def has_key_twice(content: bytes) -> bool:
    """Whether some key in a file's JSON has two values, of which a reader would see the last."""
    found: list[bool] = []

    def look(pairs: list[tuple[str, Json]]) -> None:
        found.append(len({key for key, _ in pairs}) < len(pairs))

    try:
        json.loads(content.decode("utf-8-sig"), object_pairs_hook=look)
    except (ValueError, RecursionError):
        return False  # no JSON at all
    return any(found)


def read_torn(content: bytes, path: Path) -> Reading | None:
    """Return what can be read of a broken file; None if that is no note, or not of which text."""
    sides = _sides(content)
    texts: list[SharedText] = []
    is_whole = len(sides) > 1
    for side in sides:
        whole = None if has_key_twice(side) else _read(side, path)
        is_whole = is_whole and whole is not None
        texts += [whole] if whole is not None else _scraps(side)
    versions = tuple(sorted({version for text in texts for version in text.versions}))
    notes: Notes = reduce(merged, (text.notes for text in texts), {})
    if not versions or not notes:
        return None
    title = next((text.title for text in texts if text.title), "")
    return Reading(SharedText(title, versions, notes), is_whole)


def _sides(content: bytes) -> list[bytes]:
    """Return both sides of an unfinished merge, or the one file that it is.

    What both began with is in neither's way: each knows what it came after.
    """
    sides: dict[bytes, list[bytes]] = {_OURS: [], _BASE: [], _THEIRS: []}
    side: bytes | None = None
    has_marks = False
    for line in content.splitlines(keepends=True):
        mark = line[:7]
        if mark == _OURS or (side is not None and mark in (_BASE, _THEIRS)):
            side, has_marks = mark, True
        elif side is not None and mark == _END:
            side = None
        elif side is None:
            for lines in sides.values():
                lines.append(line)
        else:
            sides[side].append(line)
    if not has_marks:
        return [content]
    return [b"".join(sides[_OURS]), b"".join(sides[_THEIRS])]


def _read(content: bytes, path: Path) -> SharedText | None:
    try:
        return read_shared(content, path)
    except NotesUnreadable:
        return None


def _scraps(content: bytes) -> list[SharedText]:
    """Return the notes that stand whole in a file that isn't.

    A note that is there twice, or with a key twice, is so in two of the texts.
    """
    text = content.decode("utf-8-sig", "replace")
    versions: set[Fingerprint] = set()
    for listed in _VERSION_LIST.finditer(text):
        given = _json_at(text, listed.start(1), _last)
        versions |= {Fingerprint(v) for v in json_values(given) if isinstance(v, str)}
    label = _LABEL.search(text)
    title = "" if label is None else str(_json_at(text, label.start(1), _last) or "")
    texts: list[SharedText] = []
    before: list[tuple[AnnotationId, State]] = []
    for layer in range(_MOST_LAYERS):
        states = list(_states(text, layer))
        if states == before:
            break
        before, earlier = states, _earlier_in(text, layer)
        while states:
            once: dict[AnnotationId, State] = {}
            again = []
            for name, state in states:
                if name in once:
                    again.append((name, state))
                else:
                    once[name] = state
            notes = {name: version_of(state, earlier.get(name)) for name, state in once.items()}
            texts.append(SharedText(title, tuple(sorted(versions)), notes))
            states = again
    return texts


def _states(text: str, layer: int) -> Iterator[tuple[AnnotationId, State]]:
    """Yield the notes, and what says that one was removed, that begin a line of the file."""
    behind = 0
    for begin in _OBJECT.finditer(text):
        if begin.end() < behind:
            continue
        try:
            decoder = json.JSONDecoder(object_pairs_hook=_chooser(layer))
            item, end = decoder.raw_decode(text, begin.end())
            found = state_of(item, "$")
        except (ValueError, RecursionError):
            continue  # spoiled, or around what is: those inside have their turn
        if found is not None and "\ufffd" not in text[begin.end() : end]:
            behind = end
            yield found


def _earlier_in(text: str, layer: int) -> JsonObject:
    found = _EARLIER_MAP.search(text)
    given = None if found is None else _json_at(text, found.end(), _chooser(layer))
    return given if isinstance(given, dict) else {}


def _json_at(text: str, start: int, chosen: Callable[[list[tuple[str, Json]]], Json]) -> Json:
    try:
        given: Json = json.JSONDecoder(object_pairs_hook=chosen).raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None
    return given


def _chooser(layer: int) -> Callable[[list[tuple[str, Json]]], Json]:
    """Return what makes an object of its pairs with the `layer`th value of a key, or the last."""

    def chosen(pairs: list[tuple[str, Json]]) -> Json:
        values: dict[str, list[Json]] = {}
        for key, given in pairs:
            values.setdefault(key, []).append(given)
        return {key: given[min(layer, len(given) - 1)] for key, given in values.items()}

    return chosen


_last = _chooser(_MOST_LAYERS)
