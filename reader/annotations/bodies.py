"""What an annotation says: its bodies, the words in each, and where in the JSON these stand.

Source: W3C Web Annotation Data Model, sections 3.2 and 4.
"""

from __future__ import annotations

from reader.annotations.json_ld import (
    IllegalAnnotation,
    Json,
    JsonObject,
    is_absolute_iri,
    json_values,
    numbered,
    strings,
    the_only,
)
from reader.values import value

HTML = "text/html"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"
TAGGING = "tagging"

BETWEEN_NOTES = "\n\n"
"""What parts the texts of several note bodies where they are shown as one."""

_TEXTUAL = {"TextualBody", "Text"}


@value
class Body:
    """One thing said. `text` is None for what isn't text: an image, a list of several.

    The text of one that was written in HTML is the same in Markdown. `descriptions` are what
    can be shown of a body that isn't text: its IRI, or what a list holds.
    """

    text: str | None
    purpose: str
    format: str
    """The media type of `text`, or "" where the body doesn't say."""
    descriptions: tuple[str, ...] = ()

    @property
    def is_tag(self) -> bool:
        """Whether it is a label, not a sentence."""
        return self.text is not None and self.purpose == TAGGING

    @property
    def is_note(self) -> bool:
        """Whether it belongs to the text of the note."""
        return self.text is not None and self.purpose != TAGGING


def bodies_of(value: JsonObject, motivation: str, where: str) -> tuple[Body, ...]:
    """Return the bodies of an annotation; those without a purpose have its motivation.

    Raises:
        IllegalAnnotation: a body is none.
    """
    if "bodyValue" in value:
        text = the_only(value["bodyValue"])
        if not isinstance(text, str):
            raise IllegalAnnotation(f"{where}.bodyValue", "it has to be a string")
        if "body" in value:
            raise IllegalAnnotation(f"{where}.bodyValue", "it can't stand beside a body")
        return (Body(text, motivation, PLAIN),)
    return tuple(_body(body, motivation, path) for path, body in numbered(value, "body", where))


def with_words(body: JsonObject, words: str) -> JsonObject:
    """Return a body with another text, in Markdown where it was HTML; the rest stays as it is."""
    match _around_text(body):
        case "items", inner:
            return {**body, "items": [with_words(inner, words), *json_values(body["items"])[1:]]}
        case "source", inner:
            return {**body, "source": with_words(inner, words)}
        case _:
            changed: JsonObject = {**body, "value": words}
            if the_only(body.get("format")) == HTML:
                changed["format"] = MARKDOWN
            return changed


def _around_text(body: JsonObject) -> tuple[str, JsonObject] | None:
    """Return the key under which a body holds the one that is shown, and that; None for itself.

    Of a choice the first is shown, which is its default; a specific resource shows its source.
    """
    if "Choice" in json_values(body.get("type")):
        for first in json_values(body.get("items"))[:1]:
            if isinstance(first, dict):
                return "items", first
    source = the_only(body.get("source"))
    if isinstance(source, dict) and "value" in source:
        return "source", source
    return None


def _body(value: Json, motivation: str, where: str) -> Body:
    if isinstance(value, str):
        if is_absolute_iri(value):
            return Body(None, motivation, "", (value,))
        return Body(value, motivation, "")
    if not isinstance(value, dict):
        raise IllegalAnnotation(where, "a body is an IRI or an object")
    kinds = json_values(value.get("type"))
    if "TextualBody" in kinds and not isinstance(the_only(value.get("value")), str):
        raise IllegalAnnotation(f"{where}.value", "the text of a body is a string")
    purposes = strings(value, "purpose", where)
    around = _around_text(value)
    if around is not None:
        shown = _body(around[1], purposes[0] if purposes else motivation, where)
        if shown.text is not None:
            return shown
    formats = strings(value, "format", where)
    media_type = formats[0] if formats else ""
    purpose = TAGGING if TAGGING in purposes else purposes[0] if purposes else motivation
    text = the_only(value.get("value"))
    if not isinstance(text, str) or (kinds and _TEXTUAL.isdisjoint(map(str, kinds))):
        return Body(None, purpose, media_type, tuple(_described(value)))
    if media_type == HTML:
        from reader.annotations.html_notes import markdown_of, words_of  # with a parser

        if purpose == TAGGING:
            return Body(words_of(text), purpose, PLAIN)
        return Body(markdown_of(text), purpose, MARKDOWN)
    return Body(text, purpose, media_type)


def _described(value: Json) -> list[str]:
    """Return the IRI of a body, or those of several; of a choice, that of the first."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, dict):
        return []
    items = value.get("items")
    if isinstance(items, list):
        shown = items[:1] if "Choice" in json_values(value.get("type")) else items
        return [part for item in shown for part in _described(item)]
    for key in ("value", "source", "id"):
        given = the_only(value.get(key))
        if isinstance(given, str | dict):
            return _described(given)
    return []
