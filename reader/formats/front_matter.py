"""The lines of settings at the head of a Markdown file: title, authors, language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.S | re.M)
_FIELD = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?:name:[ \t]*)?(.*)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Empty where there is none, or it doesn't say."""

    title: str = ""
    authors: tuple[str, ...] = ()
    language: str | None = None


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Return what the head says, and the text after it.

    Of YAML, only what such heads are made of is understood: `name: value` and lists of values. A
    text that merely begins with a rule has no such head, and stays whole.
    """
    found = _FRONT.match(text)
    if found is None:
        return FrontMatter(), text
    fields = _fields(found.group(1).split("\n"))
    if not fields:
        return FrontMatter(), text
    authors = fields.get("author") or fields.get("authors") or []
    languages = fields.get("lang") or fields.get("language") or [""]
    language = languages[0].replace("_", "-")
    front = FrontMatter(
        title=" ".join(fields.get("title", [])),
        authors=tuple(authors),
        language=language if _LANGUAGE.fullmatch(language) else None,
    )
    return front, text[found.end() :]


def _fields(lines: Sequence[str]) -> dict[str, list[str]]:
    """Return the values by lower-case name; nothing at all if the lines are not of that form."""
    fields: dict[str, list[str]] = {}
    values: list[str] = []
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if field := _FIELD.fullmatch(line):
            values = fields.setdefault(field[1].lower(), [])
            values.extend(_values(field[2] or ""))
        elif not fields:
            return {}
        elif item := _ITEM.fullmatch(line):
            values.extend(_values(item[1]))
        elif line[0] not in " \t":
            return {}
    return fields


def _values(told: str) -> list[str]:
    told = told.strip()
    if told.startswith("[") and told.endswith("]"):
        return [bare for part in told[1:-1].split(",") if (bare := _unquoted(part))]
    return [bare] if (bare := _unquoted(told)) and bare not in {"|", ">"} else []


def _unquoted(told: str) -> str:
    told = told.strip()
    if len(told) >= 2 and told[0] == told[-1] and told[0] in "\"'":
        return told[1:-1].strip()
    return told
