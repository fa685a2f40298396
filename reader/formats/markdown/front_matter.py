"""The lines of settings at the head of a Markdown file: title, authors, language."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from reader.formats.language_tags import language_tag

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.S | re.M)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*$\n?", re.S | re.M)
_TITLE_BLOCK = re.compile(  # as pandoc has it: title, authors, date
    r"\A%[ \t]*(\S.*(?:\n[ \t]+\S.*)*)\n(?:%[ \t]*(.*(?:\n[ \t]+\S.*)*)\n)?(?:%.*\n)?(?=\s)"
)
_FIELD = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?:name:[ \t]*)?(.*)")
_QUOTED = r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'"""
_WHOLE_QUOTED = re.compile(rf"({_QUOTED})(?:[ \t]+#.*)?")
_LISTED = re.compile(rf"[ \t]*({_QUOTED}|[^,]+)[ \t]*(?:,|$)")
_REMARK = re.compile(r"(?:^|[ \t]+)#.*")
_LANGUAGE_NAMES = ("lang", "language", "languagecode")
_BLOCK = {"|", ">", "|-", ">-", "|+", ">+"}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Empty where there is none, or it doesn't say."""

    title: str = ""
    authors: tuple[str, ...] = ()
    language: str | None = None


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Return what the head says, and the text after it.

    Of YAML, only what such heads are made of is understood: `name: value`, lists of values, and
    values of several lines. TOML between lines of +++ and the title block of pandoc are heads as
    well. A text that merely begins with a rule has no such head, and stays whole.
    """
    if (found := _FRONT.match(text)) is not None:
        fields = _fields(found[1].split("\n"))
    elif (found := _TOML.match(text)) is not None:
        fields = _toml_fields(found[1])
    elif (found := _TITLE_BLOCK.match(text)) is not None:
        names = (name.strip() for name in re.split(r";|\n", found[2] or ""))
        fields = {"title": found[1].split(), "author": [name for name in names if name]}
    else:
        return FrontMatter(), text
    if not fields:
        return FrontMatter(), text
    authors = fields.get("author") or fields.get("authors") or []
    languages = next(filter(None, map(fields.get, _LANGUAGE_NAMES)), [""])
    front = FrontMatter(
        title=" ".join(fields.get("title", [])),
        authors=tuple(authors),
        language=language_tag(languages[0]),
    )
    return front, text[found.end() :]


def _fields(lines: Sequence[str]) -> dict[str, list[str]]:
    """Return the values by lower-case name; nothing at all if the lines are not of that form."""
    fields: dict[str, list[str]] = {}
    values: list[str] = []
    is_block = False
    for line in lines:
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if field := _FIELD.fullmatch(line):
            values = fields.setdefault(field[1].lower(), [])
            is_block = (field[2] or "").strip() in _BLOCK
            values.extend(_values(field[2] or ""))
        elif not fields:
            return {}
        elif is_block and line[0] in " \t":
            values.append(line.strip())
        elif item := _ITEM.fullmatch(line):
            values.extend(_values(item[1]))
        elif line[0] not in " \t":
            return {}
    return fields


def _values(told: str) -> list[str]:
    told = told.strip()
    if told.startswith("[") and told.endswith("]"):
        return [bare for part in _LISTED.findall(told[1:-1]) if (bare := _unquoted(part))]
    return [bare] if (bare := _unquoted(told)) and bare not in _BLOCK else []


def _unquoted(told: str) -> str:
    """Return what a value says, without quotes, escapes and a remark behind it."""
    told = told.strip()
    if (quoted := _WHOLE_QUOTED.fullmatch(told)) is None:
        return _REMARK.sub("", told)
    inner = quoted[1][1:-1]
    if quoted[1][0] == "'":
        return inner.replace("''", "'").strip()
    try:
        said: str = json.loads(f'"{inner}"', strict=False)
    except ValueError:  # an escape that only YAML has: what stands there is better than nothing
        return inner.strip()
    return said.strip()


def _toml_fields(text: str) -> dict[str, list[str]]:
    import tomllib

    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return {}
    fields = {}
    for name, value in told.items():
        values = value if isinstance(value, list) else [value]
        named = [v.get("name") if isinstance(v, dict) else v for v in values]
        fields[name.lower()] = [v.strip() for v in named if isinstance(v, str) and v.strip()]
    return fields
