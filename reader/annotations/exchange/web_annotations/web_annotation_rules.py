"""Whether JSON is legal as a Web Annotation: the model's musts, each fault told by its JSON path.

Source: W3C Web Annotation Data Model, Recommendation of 23 February 2017, and where it leaves a
choice the schemas of W3C's own tests of it. A value that there is to be one of may stand in a list
by itself, as in those schemas. What the model doesn't name, further types and properties, is
nobody's fault. Four things are read that are stricter by the letter, since they are clear all the
same: names relative to the file, moments in another zone than UTC, an embedded page without an id,
and selectors of types that the model doesn't know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container

from reader.annotations.json_ld import (
    CONTEXT,
    IllegalAnnotation,
    Json,
    JsonObject,
    json_values,
    moment_of,
    numbered,
    strings,
    the_only,
)

_IRI = re.compile(r"[^\x00-\x20\x7f-\xa0<>\"{}|\\^`\u2028\u2029\ud800-\udfff]+")
_SETS = {"Choice", "Composite", "List", "Independents"}
_OF_SPECIFIC_RESOURCES = ("selector", "state", "renderedVia", "scope")
_NOT_OF_SETS = ("value", "source", "purpose")

_Rules = dict[str, Callable[[JsonObject, str], None]]
"""What an object of each type is checked by."""


def check_context(value: JsonObject, where: str) -> None:
    """Check what a file, or an annotation that stands alone, says of the meaning of its keys.

    Raises:
        IllegalAnnotation: it is not that of the model; so do all functions here.
    """
    given = json_values(value.get("@context"))
    if CONTEXT not in given:
        raise IllegalAnnotation(f"{where}.@context", f"it has to be {CONTEXT}, or to hold it")


def check_annotation(value: Json, where: str) -> None:
    """Check an annotation, without its context, which may be that of the file around it."""
    if not isinstance(value, dict):
        raise IllegalAnnotation(where, "an annotation is an object")
    if "Annotation" not in json_values(value.get("type")):
        reason = in_plain_key(value, "type", "it has to be Annotation")
        raise IllegalAnnotation(f"{where}.type", reason)
    check_identity(value, where)
    if "@context" in value:
        check_context(value, where)
    if "bodyValue" in value:
        if "body" in value:
            raise IllegalAnnotation(f"{where}.bodyValue", "it can't stand beside a body")
        _check_one_string(value, "bodyValue", where)
    for path, body in numbered(value, "body", where):
        _check_resource(body, path, "a body")
    targets = numbered(value, "target", where)
    if not targets:
        raise IllegalAnnotation(f"{where}.target", "an annotation has a target")
    for path, target in targets:
        _check_resource(target, path, "a target")
    strings(value, "motivation", where)
    _check_stylesheet(value, where)
    check_provenance(value, where)


def check_identity(value: JsonObject, where: str) -> None:
    """Check that a thing has exactly one id, an IRI."""
    name = the_only(value.get("id"))
    if not isinstance(name, str) or not _IRI.fullmatch(name):
        reason = in_plain_key(value, "id", "it has to be one IRI, without spaces")
        raise IllegalAnnotation(f"{where}.id", reason)


def in_plain_key(value: JsonObject, key: str, reason: str) -> str:
    """Return the reason of a fault, and for a file of before the Recommendation what to change."""
    is_older = key not in value and f"@{key}" in value
    return f"{reason}; it is written {key} now, not @{key}" if is_older else reason


def check_provenance(value: JsonObject, where: str) -> None:
    """Check who made a thing, when, by what right, and under which other names it is known."""
    for key in ("created", "modified", "generated"):
        if key in value:
            _check_moment(the_only(value[key]), f"{where}.{key}")
    for key in ("creator", "generator", "audience"):
        for path, agent in numbered(value, key, where):
            _check_described(agent, path)
    if "canonical" in value:
        _check_iri(the_only(value["canonical"]), f"{where}.canonical")
    for key in ("rights", "via"):
        for path, iri in numbered(value, key, where):
            _check_iri(iri, path)


def check_count(value: JsonObject, key: str, where: str) -> None:
    """Check a property that may be missing, else is a whole number from 0."""
    count = the_only(value.get(key))
    if count is not None and not _is_count(count):
        raise IllegalAnnotation(f"{where}.{key}", "it has to be a number from 0")


def check_link(value: JsonObject, key: str, where: str) -> None:
    """Check a property that may be missing, else names one thing: an IRI, or an object with one."""
    linked = the_only(value.get(key))
    if isinstance(linked, dict):
        check_identity(linked, f"{where}.{key}")
    elif linked is not None:
        _check_iri(linked, f"{where}.{key}")


def _check_described(value: Json, where: str) -> None:
    """Check an agent or a program: an IRI, or an object, which may have none."""
    if not isinstance(value, dict):
        _check_iri(value, where)
    elif "id" in value:
        check_identity(value, where)


def _check_resource(value: Json, where: str, what: str) -> None:
    if isinstance(value, str):
        if what == "a body" and not _IRI.fullmatch(value):
            raise IllegalAnnotation(where, "it has to be an IRI; words of its own go in bodyValue")
        _check_iri(value, where)
        return
    if not isinstance(value, dict):
        raise IllegalAnnotation(where, f"{what} is an IRI or an object")
    kinds = set(strings(value, "type", where))
    if kinds & _SETS:
        _check_set(value, where, what)
    elif "items" in value:
        raise IllegalAnnotation(
            f"{where}.type", "with items it has to be Choice, Composite, List or Independents"
        )
    elif "TextualBody" in kinds:
        _check_textual_body(value, where, what)
    elif "SpecificResource" in kinds or any(
        key in value for key in ("source", *_OF_SPECIFIC_RESOURCES)
    ):
        _check_specific_resource(value, where, what)
    else:
        _check_external_resource(value, where, what)
    if "id" in value:
        check_identity(value, where)
    _check_description(value, where)


def _check_set(value: JsonObject, where: str, what: str) -> None:
    if what == "a source":
        raise IllegalAnnotation(f"{where}.type", "a source is one resource, not several")
    if len(json_values(value.get("type"))) != 1:
        raise IllegalAnnotation(f"{where}.type", "a choice or a set has this one type")
    for key in _NOT_OF_SETS:
        if key in value:
            raise IllegalAnnotation(f"{where}.{key}", "a choice or a set has none, its items may")
    items = numbered(value, "items", where)
    if not items or not isinstance(value["items"], list):
        raise IllegalAnnotation(f"{where}.items", "it has to be a list that holds something")
    for path, item in items:
        _check_resource(item, path, what)


def _check_textual_body(value: JsonObject, where: str, what: str) -> None:
    if what == "a target":
        raise IllegalAnnotation(f"{where}.type", "only a body has its text in the annotation")
    _check_one_string(value, "value", where)
    if "source" in value:
        raise IllegalAnnotation(f"{where}.source", "a textual body has none: it is whole")


def _check_external_resource(value: JsonObject, where: str, what: str) -> None:
    has_text = isinstance(the_only(value.get("value")), str)
    if what == "a target" and "value" in value:
        raise IllegalAnnotation(f"{where}.value", "only a body has its text in the annotation")
    if "id" not in value and not has_text:
        raise IllegalAnnotation(where, f"{what} has an id or a source")
    if "purpose" in value and not has_text:
        raise IllegalAnnotation(
            f"{where}.purpose", "a resource elsewhere has one as the source of a SpecificResource"
        )


def _check_specific_resource(value: JsonObject, where: str, what: str) -> None:
    if what == "a source":
        raise IllegalAnnotation(where, "a source is a whole resource, not a part of one")
    if "value" in value:
        raise IllegalAnnotation(f"{where}.value", "a specific resource has none")
    source = the_only(value.get("source"))
    if source is None or isinstance(source, list):
        raise IllegalAnnotation(f"{where}.source", "a specific resource has exactly one source")
    _check_resource(source, f"{where}.source", "a source")
    for path, selector in numbered(value, "selector", where):
        _check_selector(selector, path)
    for path, state in numbered(value, "state", where):
        _check_state(state, path)
    for path, scope in numbered(value, "scope", where):
        _check_resource(scope, path, "a scope")
    for path, software in numbered(value, "renderedVia", where):
        _check_described(software, path)
    strings(value, "styleClass", where)


def _check_description(value: JsonObject, where: str) -> None:
    """Check what a body or target says of itself."""
    for key in ("format", "language", "purpose", "accessibility"):
        strings(value, key, where)
    for key in ("processingLanguage", "textDirection"):
        if key in value:
            _check_one_string(value, key, where)
    if the_only(value.get("textDirection", "auto")) not in ("ltr", "rtl", "auto"):
        raise IllegalAnnotation(f"{where}.textDirection", "it has to be ltr, rtl or auto")
    check_provenance(value, where)


def _check_selector(value: Json, where: str) -> None:
    _check_specifier(value, where, "a selector", _SELECTORS)


def _check_state(value: Json, where: str) -> None:
    _check_specifier(value, where, "a state", _STATES)


def _check_specifier(value: Json, where: str, what: str, rules: _Rules) -> None:
    """Check a selector or state: an IRI, or an object with those `rules` for its type."""
    if isinstance(value, str):
        _check_iri(value, where)
        return
    if not isinstance(value, dict):
        raise IllegalAnnotation(where, f"{what} is an IRI or an object")
    for kind in _checked_kinds(value, where, what, rules):
        if kind in rules:
            rules[kind](value, where)
    _check_refinements(value, where)


def _checked_kinds(
    value: JsonObject, where: str, what: str, known: Container[str]
) -> tuple[str, ...]:
    """Return the types of a selector or state; one of the model's stands alone (4.2 and 4.3)."""
    kinds = strings(value, "type", where)
    if not kinds and "id" not in value:
        raise IllegalAnnotation(f"{where}.type", f"{what} has a type or an id")
    if len(kinds) > 1 and any(kind in known for kind in kinds):
        raise IllegalAnnotation(f"{where}.type", f"{what} of the model has one type")
    if "id" in value:
        check_identity(value, where)
    return kinds


def _check_time(value: JsonObject, where: str) -> None:
    for path, moment in numbered(value, "sourceDate", where):
        _check_moment(moment, path)
    for key, other in _BOTH_OR_NONE:
        if key not in value:
            continue
        if "sourceDate" in value:
            raise IllegalAnnotation(f"{where}.{key}", "it can't stand beside a sourceDate")
        _check_moment(the_only(value[key]), f"{where}.{key}")
        if other not in value:
            raise IllegalAnnotation(f"{where}.{other}", f"{key} needs it")
    for path, cached in numbered(value, "cached", where):
        _check_iri(cached, path)


_BOTH_OR_NONE = (
    ("sourceDateStart", "sourceDateEnd"),
    ("sourceDateEnd", "sourceDateStart"),
)


def _check_refinements(value: JsonObject, where: str) -> None:
    for path, finer in numbered(value, "refinedBy", where):
        kinds = json_values(finer.get("type")) if isinstance(finer, dict) else []
        is_state = any(kind in kinds for kind in _STATES)
        (_check_state if is_state else _check_selector)(finer, path)


def _check_value(value: JsonObject, where: str) -> None:
    _check_one_string(value, "value", where)


def _check_fragment(value: JsonObject, where: str) -> None:
    _check_one_string(value, "value", where)
    if "conformsTo" in value:
        _check_iri(the_only(value["conformsTo"]), f"{where}.conformsTo")


def _check_quote(value: JsonObject, where: str) -> None:
    _check_one_string(value, "exact", where)
    for key in ("prefix", "suffix"):
        if key in value:
            _check_one_string(value, key, where)


def _check_position(value: JsonObject, where: str) -> None:
    bounds = []
    for key in ("start", "end"):
        bound = the_only(value.get(key))
        if not isinstance(bound, int) or not _is_count(bound):
            raise IllegalAnnotation(f"{where}.{key}", "it has to be a number from 0")
        bounds.append(bound)
    if bounds[1] < bounds[0]:
        raise IllegalAnnotation(f"{where}.end", "it lies before the start")


def _check_value_or_id(value: JsonObject, where: str) -> None:
    """Check a selector that may stand elsewhere, where its id leads."""
    if "value" in value or "id" not in value:
        _check_one_string(value, "value", where)


def _check_range(value: JsonObject, where: str) -> None:
    for key in ("startSelector", "endSelector"):
        end = the_only(value.get(key))
        if not isinstance(end, str | dict):
            raise IllegalAnnotation(f"{where}.{key}", "a range has one selector at each end")
        _check_selector(end, f"{where}.{key}")


_SELECTORS: _Rules = {
    "FragmentSelector": _check_fragment,
    "CssSelector": _check_value_or_id,
    "XPathSelector": _check_value_or_id,
    "TextQuoteSelector": _check_quote,
    "TextPositionSelector": _check_position,
    "DataPositionSelector": _check_position,
    "SvgSelector": _check_value_or_id,
    "RangeSelector": _check_range,
}
_STATES: _Rules = {
    "TimeState": _check_time,
    "HttpRequestState": _check_value,
}


def _check_stylesheet(value: JsonObject, where: str) -> None:
    sheet = the_only(value.get("stylesheet"))
    if sheet is None:
        return
    if not isinstance(sheet, dict):
        _check_iri(sheet, f"{where}.stylesheet")
    elif json_values(sheet.get("type")) not in ([], ["CssStylesheet"]):
        raise IllegalAnnotation(f"{where}.stylesheet.type", "it has to be CssStylesheet")
    elif "id" in sheet:
        check_identity(sheet, f"{where}.stylesheet")
    else:
        _check_one_string(sheet, "value", f"{where}.stylesheet")


def _check_one_string(value: JsonObject, key: str, where: str) -> None:
    if not isinstance(the_only(value.get(key)), str):
        raise IllegalAnnotation(f"{where}.{key}", "it has to be one string")


def _check_iri(value: Json, where: str) -> None:
    if not isinstance(value, str) or not _IRI.fullmatch(value):
        raise IllegalAnnotation(where, "it has to be an IRI, without spaces")


def _check_moment(value: Json, where: str) -> None:
    if not isinstance(value, str) or moment_of(value) is None:
        raise IllegalAnnotation(where, "it has to be a date and time such as 2026-05-01T12:00:00Z")


def _is_count(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
