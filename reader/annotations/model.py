"""What an annotation is: a W3C Web Annotation, whose JSON object is the truth.

Source: W3C Web Annotation Data Model, Recommendation of 23 February 2017.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import NewType

from reader.annotations.appearance import COLOURS, HIGHLIGHT, STYLES, Look, look_of
from reader.annotations.bodies import BETWEEN_NOTES, TAGGING, Body, bodies_of
from reader.annotations.json_ld import (
    IllegalAnnotation,
    Json,
    JsonObject,
    json_text_of,
    json_values,
    moment_of,
    numbered,
    strings,
    the_only,
)
from reader.annotations.selectors import TextPosition, TextQuote, selection_of
from reader.values import replaced, value

__all__ = [
    "BETWEEN_NOTES",
    "BOOKMARKING",
    "COLOURS",
    "COMMENTING",
    "HIGHLIGHTING",
    "MERGED_NOTES",
    "REPLYING",
    "SECTION_BREAK",
    "STYLES",
    "TAGGING",
    "Annotation",
    "AnnotationId",
    "Body",
    "IllegalAnnotation",
    "Json",
    "JsonObject",
    "Target",
    "TextPosition",
    "TextQuote",
    "annotation_from_json",
    "annotation_from_text",
    "json_text_of",
    "json_values",
    "main_target_slot",
]

AnnotationId = NewType("AnnotationId", str)
"""The IRI that names an annotation everywhere, such as `urn:uuid:…`."""

HIGHLIGHTING = "highlighting"
COMMENTING = "commenting"
BOOKMARKING = "bookmarking"
REPLYING = "replying"

_COLOUR_BY_MOTIVATION = {COMMENTING: "apricot", HIGHLIGHTING: "sage", BOOKMARKING: "sky"}
_OTHER_COLOUR = "rose"

MERGED_NOTES = "sottovoce:mergedNote"
"""The property of an annotation with the ids of those that were merged into it. An IRI of our own:
JSON-LD readers that don't know it leave it alone."""

SECTION_BREAK = "\n\n"
"""What joins the sections' texts where positions are counted, as `text FILE` prints them."""


@value
class Target:
    """What an annotation is about. Selectors of other kinds are kept in the JSON only.

    `other_selectors` are their types, such as "CssSelector". `others` counts the annotation's
    further targets.
    """

    source: str
    quote: TextQuote | None
    position: TextPosition | None
    style_classes: tuple[str, ...] = ()
    other_selectors: tuple[str, ...] = ()
    others: int = 0

    @property
    def is_of_text(self) -> bool:
        """Whether it tells a passage of a text at all."""
        return self.quote is not None or self.position is not None


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
    look: Look
    json_text: str
    merged_ids: tuple[AnnotationId, ...] = ()
    """The annotations that were merged into this one: links to them lead here now."""

    @property
    def raw(self) -> JsonObject:
        """A fresh copy of the whole JSON object, unknown properties and order of keys included."""
        value: JsonObject = json.loads(self.json_text)
        return value

    @property
    def answered(self) -> AnnotationId | None:
        """The annotation that this one replies to, None where it is about a text."""
        is_reply = self.motivation == REPLYING and not self.target.is_of_text
        return AnnotationId(self.target.source) if is_reply and self.target.source else None

    @property
    def note_text(self) -> str:
        """The note, without its tags; several bodies are parted by an empty line."""
        notes = [body.text or "" for body in self.bodies if body.is_note]
        return notes[0] if len(notes) == 1 else BETWEEN_NOTES.join(notes)

    @property
    def note_format(self) -> str:
        """The media type of the note: `text/markdown` for those made here."""
        formats = [body.format for body in self.bodies if body.is_note and body.format]
        return formats[0] if formats else "text/plain"

    @property
    def descriptions(self) -> tuple[str, ...]:
        """What can be shown of the bodies that are no text."""
        return tuple([part for body in self.bodies for part in body.descriptions if part])

    @property
    def tags(self) -> tuple[str, ...]:
        """The labels, in order."""
        return tuple([body.text or "" for body in self.bodies if body.is_tag])

    @property
    def colour(self) -> str:
        """One of COLOURS: the one it says, or else one that tells the motivation."""
        return self.look.colour or _COLOUR_BY_MOTIVATION.get(self.motivation, _OTHER_COLOUR)

    @property
    def style(self) -> str:
        """One of STYLES: how its passage is marked in the text."""
        return self.look.style or HIGHLIGHT


def annotation_from_json(
    value: Json, where: str = "$", *, json_text: str | None = None
) -> Annotation:
    """Return the annotation that a JSON object is; `where` is the object's own JSON path.

    `json_text` is `json_text_of` the object, where that is known.

    Raises:
        IllegalAnnotation: it breaks the data model.
    """
    if not isinstance(value, dict):
        raise IllegalAnnotation(where, "an annotation is an object")
    if "Annotation" not in json_values(value.get("type")):
        raise IllegalAnnotation(f"{where}.type", "it has to be Annotation")
    name = the_only(value.get("id"))
    if not isinstance(name, str) or name.split() != [name] or not _is_storable(name):
        raise IllegalAnnotation(f"{where}.id", "an annotation has one id, an IRI")
    motivations = strings(value, "motivation", where)
    motivation = motivations[0] if motivations else ""
    bodies = bodies_of(value, motivation, where)
    if not motivation:
        motivation = HIGHLIGHTING if all(body.is_tag for body in bodies) else COMMENTING
    target = _target(value, where)
    return Annotation(
        id=AnnotationId(name),
        motivation=motivation,
        target=target,
        bodies=bodies,
        created=_moment(value, "created", where),
        modified=_moment(value, "modified", where),
        creator=_agent_name(value.get("creator")),
        look=look_of(value, target.style_classes),
        json_text=json_text_of(value) if json_text is None else json_text,
        merged_ids=_merged_ids(value) if MERGED_NOTES in value else (),
    )


def annotation_from_text(json_text: str) -> Annotation:
    """Return the annotation that `Annotation.json_text` was of."""
    return annotation_from_json(json.loads(json_text), json_text=json_text)


def _merged_ids(value: JsonObject) -> tuple[AnnotationId, ...]:
    given = json_values(value[MERGED_NOTES])
    return tuple(AnnotationId(name) for name in given if isinstance(name, str))


def _is_storable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _moment(value: JsonObject, key: str, where: str) -> datetime | None:
    given = the_only(value.get(key))
    if given is None:
        return None
    moment = None
    if isinstance(given, str):
        try:
            moment = datetime.fromisoformat(given)
        except ValueError:  # it knows neither 24:00 nor a leap second
            moment = moment_of(given)
    if moment is None:
        raise IllegalAnnotation(f"{where}.{key}", "it has to be a date and time")
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
    given = numbered(value, "target", where)
    if not given:
        raise IllegalAnnotation(f"{where}.target", "an annotation has a target")
    targets: list[Target] = []
    for path, target in given:
        targets += _targets(target, path)
    main = targets[_main_number(targets)]
    return main if len(targets) == 1 else replaced(main, others=len(targets) - 1)


def _main_number(targets: Sequence[Target]) -> int:
    """Return which target is shown: the first that tells a passage, or any part, or the first."""
    numbers = range(len(targets))
    of_text = (number for number in numbers if targets[number].is_of_text)
    of_parts = (number for number in numbers if targets[number].other_selectors)
    return next(of_text, next(of_parts, 0))


@value
class TargetSlot:
    """Where a target stands in an annotation's JSON; `put` puts another there instead."""

    target: Json
    put: Callable[[Json], None]


def main_target_slot(raw: JsonObject) -> TargetSlot:
    """Return where the target that is shown stands in an annotation's JSON."""
    slots: list[TargetSlot] = []

    def walk(target: Json, put: Callable[[Json], None]) -> None:
        if isinstance(target, list):
            for number, item in enumerate(target):
                walk(item, partial(target.__setitem__, number))
        elif isinstance(target, dict) and isinstance(target.get("items"), list):
            walk(target["items"], partial(target.__setitem__, "items"))
        else:
            slots.append(TargetSlot(target, put))

    walk(raw["target"], partial(raw.__setitem__, "target"))
    targets = []
    for path, target in numbered(raw, "target", "$"):
        targets += _targets(target, path)
    return slots[_main_number(targets)]


def _targets(value: Json, where: str) -> list[Target]:
    """Return a target, or those that a choice, list, composite or set of independents holds."""
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        found: list[Target] = []
        for path, item in numbered(value, "items", where):
            found += _targets(item, path)
        if found:
            return found
    return [_one_target(value, where)]


def _one_target(value: Json, where: str) -> Target:
    if isinstance(value, str):
        return Target(value, None, None)
    if not isinstance(value, dict):
        raise IllegalAnnotation(where, "a target is an IRI or an object")
    if value.get("selector") is not None and value.get("source") is None:
        raise IllegalAnnotation(f"{where}.source", "a target with a selector has a source")
    if not any(value.get(key) for key in ("source", "id", "items")):
        raise IllegalAnnotation(where, "a target has an id or a source")
    source = the_only(value.get("source", value.get("id")))
    if isinstance(source, dict):
        source = the_only(source.get("id"))
    selection = selection_of(value, where)
    return Target(
        source=source if isinstance(source, str) else "",
        quote=selection.quote,
        position=selection.position,
        style_classes=strings(value, "styleClass", where),
        other_selectors=selection.kinds,
    )
