"""Templates for notes: plain text with fields such as ${quote}, which anybody can edit."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from reader.errors import TemplateRefused
from reader.values import value

EACH_NOTE = "=== each note ==="
"""The line of a template that what is written once for each note stands below."""

_FIELD = re.compile(r"\$\{([^{}]*)\}")
_FENCE = "---"

FieldValue = str | Sequence[str]
"""A text, or several, which are parted by commas where they aren't a list of front matter."""


@value
class TemplateText:
    """What a file of a template says; `path` names it in errors."""

    path: Path
    text: str


@value
class NoteTemplate:
    """The parts of a template: front matter, the head of the page, and what each note is."""

    front_matter: tuple[str, ...]
    head: tuple[str, ...]
    note: tuple[str, ...]


def parsed_template(
    source: TemplateText, head_fields: Sequence[str], note_fields: Sequence[str]
) -> NoteTemplate:
    """Return a template's parts.

    Raises:
        TemplateRefused: it has no part for each note, or names a field that there isn't.
    """
    lines = source.text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    stripped = [line.strip() for line in lines]
    if EACH_NOTE not in stripped:
        raise TemplateRefused(source.path, len(lines), f"a line has to say {EACH_NOTE}")
    middle = stripped.index(EACH_NOTE)
    for number, line in enumerate(lines):
        known = head_fields if number < middle else note_fields
        for name in _FIELD.findall(line):
            if name not in known:
                fields = ", ".join(known)
                reason = f"there is no field {name} here, but {fields}"
                raise TemplateRefused(source.path, number + 1, reason)
    front_end = 0
    if stripped[0] == _FENCE and _FENCE in stripped[1:middle]:
        front_end = stripped.index(_FENCE, 1)
    return NoteTemplate(
        tuple(lines[1:front_end]),
        tuple(lines[front_end + 1 if front_end else 0 : middle]),
        tuple(lines[middle + 1 :]),
    )


def filled(lines: Sequence[str], fields: Mapping[str, FieldValue]) -> list[str]:
    """Return lines with their fields filled in.

    A line is left out where it has fields and all are empty; a value of several lines repeats what
    its line begins with, such as the sign of a quotation; empty lines never come twice.
    """
    out: list[str] = []
    for line in lines:
        names = _FIELD.findall(line)
        values = {name: _as_text(fields[name]) for name in names}
        if names and not any(values.values()):
            continue
        found = re.match(r"[>\s]*", line)
        lead = "" if found is None else found[0]
        text = line[len(lead) :]
        text = _with_values(text, values)
        for part in text.split("\n"):
            full = lead + part if part else lead.rstrip()
            if full or names or (out and out[-1]):
                out.append(full)
    while out and not out[-1]:
        out.pop()
    return out


def filled_front_matter(lines: Sequence[str], fields: Mapping[str, FieldValue]) -> list[str]:
    """Return lines of YAML with their fields filled in, each value written so that it is safe.

    A field that is a line's whole value is a string or a list; empty ones are left out.
    """
    out = []
    for line in lines:
        key, _, value_of_it = line.partition(":")
        only = _FIELD.fullmatch(value_of_it.strip())
        if only is None:
            out += filled([line], fields)
            continue
        given = fields[only[1]]
        if given:
            # JSON is YAML
            written = given if isinstance(given, str) else list(given)
            out.append(f"{key}: {json.dumps(written, ensure_ascii=False)}")
    return out


def _with_values(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its fields filled in at once: a value may hold what looks like one."""
    return _FIELD.sub(lambda field: values[field[1]], text)


def _as_text(given: FieldValue) -> str:
    return given if isinstance(given, str) else ", ".join(given)
