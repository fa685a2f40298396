"""Making annotations and changing them: pure functions that keep whatever they don't know."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from reader.annotations.appearance import (
    COLOURS,
    HIGHLIGHT,
    STYLE_SHEET,
    STYLES,
    style_sheet,
)
from reader.annotations.bodies import with_words
from reader.annotations.json_ld import CONTEXT, the_only
from reader.annotations.model import (
    BETWEEN_NOTES,
    COMMENTING,
    HIGHLIGHTING,
    MERGED_NOTES,
    REPLYING,
    SECTION_BREAK,
    TAGGING,
    Annotation,
    AnnotationId,
    Json,
    JsonObject,
    annotation_from_json,
    json_values,
    main_target_slot,
)
from reader.text.document import Document, Span
from reader.text.lazy_sections import exact_length_of

CONTEXT_LENGTH = 32
"""Code points of prefix and of suffix that a new quote carries."""

EARLIER_SELECTORS = "sottovoce:earlierSelector"
"""The property of a target with the selectors that it had before it was re-attached. An IRI of
our own: JSON-LD readers that don't know it leave it alone."""

NEUTRAL_CREATOR = "Reader"
"""Who made a note, unless the user gave a name. Never the account's: it would leave with a file."""


def new_annotation(
    document: Document,
    span: Span,
    motivation: str = HIGHLIGHTING,
    *,
    source: str,
    created: datetime,
    note: str = "",
    tags: Sequence[str] = (),
    colour: str | None = None,
    style: str = HIGHLIGHT,
    creator: str = NEUTRAL_CREATOR,
) -> Annotation:
    """Return a new annotation on `span`, with an id of its own.

    `source` is the IRI of the text, absolute or relative (`source_of` makes one of a path).
    `created` carries a time zone. A span without characters is a point: a bookmark's place.
    """
    target: JsonObject = {"source": source, "selector": _selectors(document, span)}
    classes: list[Json] = [] if colour is None else [colour]
    if style != HIGHLIGHT:
        classes.append(style)
    if classes:
        target["styleClass"] = classes if len(classes) > 1 else classes[0]
    bodies: list[Json] = [_note_body(note)] if note else []
    bodies += [_tag_body(tag) for tag in tags]
    return _made(motivation, target, bodies, created, creator)


def new_reply(
    answered: AnnotationId,
    note: str,
    *,
    created: datetime,
    creator: str = NEUTRAL_CREATOR,
) -> Annotation:
    """Return a new reply to an annotation, which may be a reply itself: its id is the target."""
    bodies: list[Json] = [_note_body(note, REPLYING)] if note else []
    return _made(REPLYING, answered, bodies, created, creator)


def _made(
    motivation: str, target: Json, bodies: list[Json], created: datetime, creator: str
) -> Annotation:
    import uuid  # takes 3 ms, for a note that is made

    value: JsonObject = {
        "@context": CONTEXT,
        "id": uuid.uuid4().urn,
        "type": "Annotation",
        "motivation": motivation,
        "creator": {"type": "Person", "name": creator},
        "created": _timestamp(created),
        "modified": _timestamp(created),
        "target": target,
    }
    if isinstance(target, dict):
        sheet = style_sheet(map(str, json_values(target.get("styleClass"))))
        if sheet is not None:
            value[STYLE_SHEET] = sheet
    if bodies:
        value["body"] = bodies
    return annotation_from_json(value)


def source_of(path: Path) -> str:
    """Return the relative IRI that names a text in its own folder."""
    return quote(os.fsencode(path.name))


def with_note(annotation: Annotation, text: str, modified: datetime) -> Annotation:
    """Return it with another note, "" for none; a highlight becomes a comment, and back.

    Where the note has several bodies, those the new text still begins or ends with stay whole.
    """
    if text == annotation.note_text:
        return annotation
    raw = annotation.raw
    values = _body_values(raw)
    numbers = [number for number, body in enumerate(annotation.bodies) if body.is_note]
    texts = {number: annotation.bodies[number].text or "" for number in numbers}
    rest = text
    while len(numbers) > 1 and rest.endswith(BETWEEN_NOTES + texts[numbers[-1]]):
        rest = rest.removesuffix(BETWEEN_NOTES + texts[numbers.pop()])
    while len(numbers) > 1 and rest.startswith(texts[numbers[0]] + BETWEEN_NOTES):
        rest = rest.removeprefix(texts[numbers.pop(0)] + BETWEEN_NOTES)
    if rest:
        first = values[numbers[0]] if numbers else None
        purpose = REPLYING if annotation.motivation == REPLYING else COMMENTING
        changed = with_words(first, rest) if isinstance(first, dict) else _note_body(rest, purpose)
        if numbers:
            values[numbers.pop(0)] = changed
        else:
            values.insert(0, changed)
    _put_bodies(raw, [value for number, value in enumerate(values) if number not in numbers])
    turned = {HIGHLIGHTING: COMMENTING} if text else {COMMENTING: HIGHLIGHTING}
    if isinstance(raw.get("motivation"), str) and annotation.motivation in turned:
        raw["motivation"] = turned[annotation.motivation]
    return _edited(raw, modified)


def with_tags(annotation: Annotation, tags: Sequence[str], modified: datetime) -> Annotation:
    """Return it with exactly these tags; bodies of tags that stay are kept as they are."""
    if tuple(tags) == annotation.tags:
        return annotation
    raw = annotation.raw
    values = _body_values(raw)
    others = [v for v, body in zip(values, annotation.bodies, strict=True) if not body.is_tag]
    known = {b.text: v for v, b in zip(values, annotation.bodies, strict=True) if b.is_tag}
    _put_bodies(raw, others + [known.get(tag) or _tag_body(tag) for tag in tags])
    return _edited(raw, modified)


def with_colour(annotation: Annotation, colour: str, modified: datetime) -> Annotation:
    """Return it in another of COLOURS; style classes of other makers stay."""
    if colour in annotation.target.style_classes and colour == annotation.colour:
        return annotation
    raw = annotation.raw
    kept = [name for name in annotation.target.style_classes if name not in COLOURS]
    classes: list[Json] = [*kept, colour]
    _change_target(raw, {"styleClass": classes if kept else colour})
    _tell_style(raw, annotation)
    return _edited(raw, modified)


def with_style(annotation: Annotation, style: str, modified: datetime) -> Annotation:
    """Return it in another of STYLES; style classes of other makers stay."""
    if style == annotation.style:
        return annotation
    raw = annotation.raw
    kept = [name for name in annotation.target.style_classes if name not in STYLES]
    bare: list[Json] = [*kept]
    _change_target(raw, {"styleClass": bare})
    # that it is a highlight is only said where something else says otherwise
    if style != HIGHLIGHT or annotation_from_json(raw).style != HIGHLIGHT:
        bare.append(style)
    if bare:
        _change_target(raw, {"styleClass": bare if len(bare) > 1 else bare[0]})
    else:
        _drop_from_target(raw, "styleClass")
    _tell_style(raw, annotation)
    return _edited(raw, modified)


def brought_up_to_date(annotation: Annotation, there: Annotation) -> Annotation:
    """Return it with the note, colour and style of `there`, where these were changed later.

    That is the same annotation as another app tells it, which knows less: its tags, its passage
    and all else stay as they are here.
    """
    known, changed = annotation.modified or annotation.created, there.modified
    if changed is None or (known is not None and changed <= known):
        return annotation
    updated = with_note(annotation, there.note_text, changed)
    classes = there.target.style_classes
    if there.colour in classes:
        updated = with_colour(updated, there.colour, changed)
    if there.style in classes or there.colour in classes:
        updated = with_style(updated, there.style, changed)
    return updated


def with_style_sheet(annotation: Annotation) -> Annotation:
    """Return it with what its style classes look like, where they are ours and nothing tells it.

    It counts as no change: those made by earlier versions don't say it.
    """
    raw = annotation.raw
    sheet = style_sheet(annotation.target.style_classes)
    if sheet is None or raw.get(STYLE_SHEET) is not None:
        return annotation
    raw[STYLE_SHEET] = sheet
    return annotation_from_json(raw)


def _tell_style(raw: JsonObject, before: Annotation) -> None:
    """Have the style sheet say what the classes mean that are there now; one of theirs stays."""
    if raw.get(STYLE_SHEET) not in (None, style_sheet(before.target.style_classes)):
        return
    raw.pop(STYLE_SHEET, None)
    sheet = style_sheet(annotation_from_json(raw).target.style_classes)
    if sheet is not None:
        raw[STYLE_SHEET] = sheet


def with_span(
    annotation: Annotation, document: Document, span: Span, modified: datetime
) -> Annotation:
    """Return it on another passage of the text; the new selectors take the place of all others."""
    raw = annotation.raw
    _change_target(raw, {"selector": _selectors(document, span)})
    return _edited(raw, modified)


def merged(
    parts: Sequence[Annotation],
    kept: Annotation,
    document: Document,
    span: Span,
    modified: datetime,
) -> Annotation:
    """Return `kept` on `span`, with the notes of all `parts` in their order and all their tags.

    Each body stays as it is; what is said twice in the same words stays once. Which notes are in
    it now is remembered, so that links to them lead to it.
    """
    raw = kept.raw
    notes: dict[str | None, Json] = {}
    tags: dict[str | None, Json] = {}
    others: list[Json] = []
    for part in parts:
        values = _body_values(part.raw)
        for body, known in zip(part.bodies, values, strict=True):
            if body.is_tag:
                tags.setdefault(body.text, known)
            elif body.is_note:
                notes.setdefault(body.text, known)
            else:
                others.append(known)
    _put_bodies(raw, [*notes.values(), *others, *tags.values()])
    if notes and raw.get("motivation") == HIGHLIGHTING:
        raw["motivation"] = COMMENTING
    inside = dict.fromkeys(name for part in parts for name in (part.id, *part.merged_ids))
    raw[MERGED_NOTES] = [name for name in inside if name != kept.id]
    _change_target(raw, {"selector": _selectors(document, span)})
    return _edited(raw, modified)


def answering(reply: Annotation, answered: AnnotationId, modified: datetime) -> Annotation:
    """Return a reply as one to another note."""
    raw = reply.raw
    slot = main_target_slot(raw)
    target = slot.target
    moved: Json = answered
    if isinstance(target, dict):
        key = "source" if "source" in target else "id"
        known = the_only(target[key])
        moved = {**target, key: {**known, "id": answered} if isinstance(known, dict) else answered}
    slot.put(moved)
    return _edited(raw, modified)


def with_further_selectors(annotation: Annotation, selectors: Sequence[Json]) -> Annotation:
    """Return it with selectors that tell the same passage in other ways; it counts as no change."""
    raw = annotation.raw
    known = main_target_slot(raw).target
    own = json_values(known.get("selector")) if isinstance(known, dict) else []
    _change_target(raw, {"selector": [*own, *selectors]})
    return annotation_from_json(raw)


def reattached(
    annotation: Annotation, document: Document, span: Span, modified: datetime
) -> Annotation:
    """Return one that was lost on the passage where the user has found it.

    The selectors it had are kept beside the new ones, under EARLIER_SELECTORS, oldest first.
    """
    raw = annotation.raw
    known = main_target_slot(raw).target
    more: JsonObject = {"selector": _selectors(document, span)}
    if isinstance(known, dict) and known.get("selector"):
        earlier = json_values(known.get(EARLIER_SELECTORS))
        more[EARLIER_SELECTORS] = [*earlier, *json_values(known["selector"])]
    _change_target(raw, more)
    return _edited(raw, modified)


def _change_target(raw: JsonObject, more: JsonObject) -> None:
    """Give the target that is shown further properties; a bare resource becomes a specific one."""
    slot = main_target_slot(raw)
    target = slot.target
    if not (isinstance(target, dict) and "source" in target):
        target = {"type": "SpecificResource", "source": target}
    slot.put({**target, **more})


def _drop_from_target(raw: JsonObject, key: str) -> None:
    target = main_target_slot(raw).target
    if isinstance(target, dict):
        target.pop(key, None)


def _selectors(document: Document, span: Span) -> list[Json]:
    text = document.sections[span.section].text
    before = sum(
        exact_length_of(document.sections, number) + len(SECTION_BREAK)
        for number in range(span.section)
    )
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[span.start : span.end],
            "prefix": text[max(0, span.start - CONTEXT_LENGTH) : span.start],
            "suffix": text[span.end : span.end + CONTEXT_LENGTH],
        },
        {
            "type": "TextPositionSelector",
            "start": before + span.start,
            "end": before + span.end,
        },
    ]


def _note_body(text: str, purpose: str = COMMENTING) -> JsonObject:
    return {"type": "TextualBody", "value": text, "format": "text/markdown", "purpose": purpose}


def _tag_body(tag: str) -> JsonObject:
    return {"type": "TextualBody", "value": tag, "purpose": TAGGING}


def _body_values(raw: JsonObject) -> list[Json]:
    """Return the bodies' JSON, one for each of `Annotation.bodies`; a bodyValue becomes a body."""
    if "bodyValue" in raw:
        text = the_only(raw["bodyValue"])
        return [{"type": "TextualBody", "value": text, "format": "text/plain"}]
    return json_values(raw.get("body"))


def _put_bodies(raw: JsonObject, values: list[Json]) -> None:
    was_list = isinstance(raw.get("body"), list)
    raw.pop("bodyValue", None)
    if not values:
        raw.pop("body", None)
    else:
        raw["body"] = values if was_list or len(values) > 1 else values[0]


def _edited(raw: JsonObject, modified: datetime) -> Annotation:
    raw["modified"] = _timestamp(modified)
    return annotation_from_json(raw)


def _timestamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
