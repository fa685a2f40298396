"""What an annotation is: a W3C Web Annotation, whose JSON object is the truth.

Source: W3C Web Annotation Data Model, Recommendation of 23 February 2017.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NewType

from reader.values import value

AnnotationId = NewType("AnnotationId", str)
"""The IRI that names an annotation everywhere, such as `urn:uuid:…`."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
JsonObject = dict[str, Json]

HIGHLIGHTING = "highlighting"
COMMENTING = "commenting"
BOOKMARKING = "bookmarking"
TAGGING = "tagging"

COLOURS = ("apricot", "rose", "sage", "sky")
_COLOUR_BY_MOTIVATION = {COMMENTING: "apricot", HIGHLIGHTING: "sage", BOOKMARKING: "sky"}
_OTHER_COLOUR = "rose"

SECTION_BREAK = "\n\n"
"""What joins the sections' texts where positions are counted, as `text FILE` prints them."""

BETWEEN_NOTES = "\n\n"
"""What parts the texts of several note bodies where they are shown as one."""


@value
class TextQuote:
    """A TextQuoteSelector: the text itself, and what stands right before and after it."""

    exact: str
    prefix: str = ""
    suffix: str = ""


@value
class TextPosition:
    """A TextPositionSelector: code points of the sections' texts, joined by SECTION_BREAK."""

    start: int
    end: int


@value
class Target:
    """What an annotation is about. Selectors of other kinds are kept in the JSON only."""

    source: str
    quote: TextQuote | None
    position: TextPosition | None
    style_classes: tuple[str, ...] = ()


@value
class Body:
    """One thing said. `text` is None for what isn't text: an image, a choice of several."""

    text: str | None
    purpose: str
    format: str
    """A media type, or "" where the body doesn't say."""

    @property
    def is_tag(self) -> bool:
        """Whether it is a label, not a sentence."""
        return self.text is not None and self.purpose == TAGGING

    @property
    def is_note(self) -> bool:
        """Whether it belongs to the text of the note."""
        return self.text is not None and self.purpose != TAGGING


@value
class Annotation:
    """A highlight, note or bookmark. Made only by `annotation_from_json` and `editing`.

    `json_text` is the whole JSON object; the other fields are read from it. `motivation` is the
    first one given. `created` and `modified` are None where the object doesn't say.
    """

    id: AnnotationId
    motivation: str
    target: Target
    bodies: tuple[Body, ...]
    created: datetime | None
    modified: datetime | None
    creator: str
    json_text: str

    @property
    def raw(self) -> JsonObject:
        """A fresh copy of the whole JSON object, unknown properties and order of keys included."""
        value: JsonObject = json.loads(self.json_text)
        return value

    @property
    def note_text(self) -> str:
        """The note, without its tags; several bodies are parted by an empty line."""
        return BETWEEN_NOTES.join(body.text or "" for body in self.bodies if body.is_note)

    @property
    def note_format(self) -> str:
        """The media type of the note: `text/markdown` for those made here."""
        formats = [body.format for body in self.bodies if body.is_note and body.format]
        return formats[0] if formats else "text/plain"

    @property
    def tags(self) -> tuple[str, ...]:
        """The labels, in order."""
        return tuple(body.text or "" for body in self.bodies if body.is_tag)

    @property
    def colour(self) -> str:
        """One of COLOURS: the target's `styleClass`, or else one that tells the motivation."""
        named = [name for name in self.target.style_classes if name in COLOURS]
        return named[0] if named else _COLOUR_BY_MOTIVATION.get(self.motivation, _OTHER_COLOUR)


class IllegalAnnotation(ValueError):
    """A JSON value isn't a Web Annotation; `where` is the JSON path of the fault."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


def json_text_of(value: Json) -> str:
    """Write a JSON value on one line, its keys in order; any string in it can be stored."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    # half a surrogate pair is legal in JSON, but not in UTF-8: it goes back to its escape
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def annotation_from_json(value: Json, where: str = "$") -> Annotation:
    """Return the annotation that a JSON object is; `where` is the object's own JSON path.

    Raises:
        IllegalAnnotation: it breaks the data model.
    """
    if not isinstance(value, dict):
        raise IllegalAnnotation(where, "an annotation is an object")
    if "Annotation" not in json_values(value.get("type")):
        raise IllegalAnnotation(f"{where}.type", "it has to be Annotation")
    name = value.get("id")
    if not isinstance(name, str) or name.split() != [name] or not _is_storable(name):
        raise IllegalAnnotation(f"{where}.id", "an annotation has one id, an IRI")
    motivations = _strings(value, "motivation", where)
    motivation = motivations[0] if motivations else ""
    bodies = _bodies(value, motivation, where)
    if not motivation:
        motivation = COMMENTING if any(body.is_note for body in bodies) else HIGHLIGHTING
    return Annotation(
        id=AnnotationId(name),
        motivation=motivation,
        target=_target(value, where),
        bodies=bodies,
        created=_moment(value, "created", where),
        modified=_moment(value, "modified", where),
        creator=_agent_name(value.get("creator")),
        json_text=json_text_of(value),
    )


def annotation_from_text(json_text: str) -> Annotation:
    """Return the annotation that `Annotation.json_text` was of."""
    return annotation_from_json(json.loads(json_text))


def json_values(value: Json) -> list[Json]:
    """JSON-LD writes one of a property bare and several in a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _is_storable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _numbered(value: JsonObject, key: str, where: str) -> list[tuple[str, Json]]:
    """Return the values of a property, each with its JSON path."""
    given = value.get(key)
    if isinstance(given, list):
        return [(f"{where}.{key}[{number}]", item) for number, item in enumerate(given)]
    return [] if given is None else [(f"{where}.{key}", given)]


def _strings(value: JsonObject, key: str, where: str) -> tuple[str, ...]:
    found = []
    for path, item in _numbered(value, key, where):
        if not isinstance(item, str):
            raise IllegalAnnotation(path, "it has to be a string")
        found.append(item)
    return tuple(found)


def _moment(value: JsonObject, key: str, where: str) -> datetime | None:
    given = value.get(key)
    if given is None:
        return None
    try:
        if not isinstance(given, str):
            raise TypeError
        moment = datetime.fromisoformat(given)
    except (TypeError, ValueError):
        raise IllegalAnnotation(f"{where}.{key}", "it has to be a date and time") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _agent_name(value: Json) -> str:
    for agent in json_values(value):
        if isinstance(agent, str):
            return agent
        if isinstance(agent, dict):
            for key in ("name", "nickname", "id"):
                for name in json_values(agent.get(key)):
                    if isinstance(name, str):
                        return name
    return ""


def _target(value: JsonObject, where: str) -> Target:
    given = _numbered(value, "target", where)
    if not given:
        raise IllegalAnnotation(f"{where}.target", "an annotation has a target")
    targets = [_one_target(target, path) for path, target in given]
    return targets[main_target_number([target for _, target in given])]


def main_target_number(targets: Sequence[Json]) -> int:
    """Return which target is shown: the first one with selectors, else the first."""
    for number, target in enumerate(targets):
        if isinstance(target, dict) and target.get("selector"):
            return number
    return 0


def _one_target(value: Json, where: str) -> Target:
    if isinstance(value, str):
        return Target(value, None, None)
    if not isinstance(value, dict):
        raise IllegalAnnotation(where, "a target is an IRI or an object")
    if value.get("selector") is not None and value.get("source") is None:
        raise IllegalAnnotation(f"{where}.source", "a target with a selector has a source")
    if not any(value.get(key) for key in ("source", "id", "items")):
        raise IllegalAnnotation(where, "a target has an id or a source")
    source = value.get("source", value.get("id"))
    if isinstance(source, dict):
        source = source.get("id")
    quotes: list[TextQuote] = []
    positions: list[TextPosition] = []
    for path, selector in _numbered(value, "selector", where):
        _read_selector(selector, path, quotes, positions)
    return Target(
        source=source if isinstance(source, str) else "",
        quote=quotes[0] if quotes else None,
        position=positions[0] if positions else None,
        style_classes=_strings(value, "styleClass", where),
    )


def _read_selector(
    value: Json, where: str, quotes: list[TextQuote], positions: list[TextPosition]
) -> None:
    if isinstance(value, str):
        return
    if not isinstance(value, dict):
        raise IllegalAnnotation(where, "a selector is an IRI or an object")
    kinds = json_values(value.get("type"))
    if "TextQuoteSelector" in kinds:
        texts = []
        for key in ("exact", "prefix", "suffix"):
            text = value.get(key)
            if text is None and key != "exact":
                text = ""
            if not isinstance(text, str):
                raise IllegalAnnotation(f"{where}.{key}", "it has to be a string")
            texts.append(text)
        quotes.append(TextQuote(*texts))
    elif "TextPositionSelector" in kinds:
        bounds = []
        for key in ("start", "end"):
            bound = value.get(key)
            if not isinstance(bound, int) or isinstance(bound, bool) or bound < 0:
                raise IllegalAnnotation(f"{where}.{key}", "it has to be a number from 0")
            bounds.append(bound)
        if bounds[1] < bounds[0]:
            raise IllegalAnnotation(f"{where}.end", "it lies before the start")
        positions.append(TextPosition(*bounds))


def _bodies(value: JsonObject, motivation: str, where: str) -> tuple[Body, ...]:
    if "bodyValue" in value:
        text = value["bodyValue"]
        if not isinstance(text, str):
            raise IllegalAnnotation(f"{where}.bodyValue", "it has to be a string")
        if "body" in value:
            raise IllegalAnnotation(f"{where}.bodyValue", "it can't stand beside a body")
        return (Body(text, motivation, "text/plain"),)
    return tuple(
        _one_body(body, motivation, path) for path, body in _numbered(value, "body", where)
    )


def _one_body(value: Json, motivation: str, where: str) -> Body:
    if isinstance(value, str):
        return Body(value, motivation, "")
    if not isinstance(value, dict):
        raise IllegalAnnotation(where, "a body is an IRI or an object")
    purposes = _strings(value, "purpose", where)
    purpose = purposes[0] if purposes else motivation
    formats = _strings(value, "format", where)
    text = value.get("value")
    kinds = json_values(value.get("type"))
    if "TextualBody" in kinds and not isinstance(text, str):
        raise IllegalAnnotation(f"{where}.value", "the text of a body is a string")
    is_text = isinstance(text, str) and ("TextualBody" in kinds or not kinds)
    return Body(
        text=str(text) if is_text else None,
        purpose=TAGGING if TAGGING in purposes else purpose,
        format=formats[0] if formats else "",
    )
