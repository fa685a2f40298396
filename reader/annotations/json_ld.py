"""JSON-LD as Web Annotations use it: one of a property bare, several in a list, faults by path."""

from __future__ import annotations

import json
import re
from datetime import MAXYEAR, MINYEAR, datetime, timedelta

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
JsonObject = dict[str, Json]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
"""The context of the Web Annotation model, which tells what its keys mean."""


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


_ABSOLUTE_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.ASCII | re.IGNORECASE)


def is_absolute_iri(text: str) -> bool:
    """Whether a text is nothing but an IRI with its scheme."""
    return _ABSOLUTE_IRI.fullmatch(text) is not None


def json_values(value: Json) -> list[Json]:
    """JSON-LD writes one of a property bare and several in a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def the_only(value: Json) -> Json:
    """Return a value that there is one of, whether it stands bare or in a list by itself."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def numbered(value: JsonObject, key: str, where: str) -> list[tuple[str, Json]]:
    """Return the values of a property, each with its JSON path."""
    given = value.get(key)
    if isinstance(given, list):
        return [(f"{where}.{key}[{number}]", item) for number, item in enumerate(given)]
    return [] if given is None else [(f"{where}.{key}", given)]


def strings(value: JsonObject, key: str, where: str) -> tuple[str, ...]:
    """Return the values of a property that has to hold strings.

    Raises:
        IllegalAnnotation: one of them is something else.
    """
    found = []
    for path, item in numbered(value, key, where):
        if not isinstance(item, str):
            raise IllegalAnnotation(path, "it has to be a string")
        found.append(item)
    return tuple(found)


_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)T(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
    r"(?P<part>\.\d+)?(?P<zone>Z|[+-]\d\d:\d\d)",
    re.ASCII | re.IGNORECASE,
)


def moment_of(text: str) -> datetime | None:
    """Return the moment that an xsd:dateTime with a time zone tells; None for anything else.

    One of the years 1 and 9999 is none either: in another zone there may be no such day.
    24:00:00 is the next midnight (XML Schema), a second 60 the one after 59 (RFC 3339).
    """
    told = _MOMENT.fullmatch(text)
    if told is None:
        return None
    hour, minute, second = told["hour"], told["minute"], told["second"]
    later = timedelta()
    if (hour, minute, second) == ("24", "00", "00"):
        hour, later = "00", timedelta(days=1)
    elif second == "60":
        second, later = "59", timedelta(seconds=1)
    iso = f"{told['day']}T{hour}:{minute}:{second}{told['part'] or ''}{told['zone'].upper()}"
    try:
        moment = datetime.fromisoformat(iso) + later
    except (ValueError, OverflowError):
        return None
    return moment if MINYEAR < moment.year < MAXYEAR else None
