"""What the head of a Project Gutenberg plain text says of the book: title, authors, language."""

from __future__ import annotations

import re

from reader.values import value

_START = re.compile(r"^\*\*\* ?START OF TH(?:E|IS) PROJECT GUTENBERG EBOOK", re.M | re.I)
_FIELD = re.compile(r"^(Title|Authors?|Language):[ \t]*(.+(?:\n[ \t]+\S.*)*)", re.M)
_HEAD_CHARACTERS = 10_000
_LANGUAGES = {
    "English": "en",
    "French": "fr",
    "German": "de",
    "Spanish": "es",
    "Italian": "it",
    "Portuguese": "pt",
    "Dutch": "nl",
    "Finnish": "fi",
    "Swedish": "sv",
    "Danish": "da",
    "Norwegian": "no",
    "Greek": "el",
    "Latin": "la",
    "Polish": "pl",
    "Hungarian": "hu",
    "Czech": "cs",
    "Russian": "ru",
    "Chinese": "zh",
    "Japanese": "ja",
    "Esperanto": "eo",
}


@value
class Header:
    """Empty where the text has no such head."""

    title: str = ""
    authors: tuple[str, ...] = ()
    language: str | None = None


def read_header(text: str) -> Header:
    """Return what a Project Gutenberg head says; an empty Header for every other text."""
    head = text[:_HEAD_CHARACTERS]
    start = _START.search(head)
    if start is None:
        return Header()
    fields = {
        name: " ".join(value.split()) for name, value in _FIELD.findall(head[: start.start()])
    }
    author = fields.get("Author") or fields.get("Authors")
    return Header(
        fields.get("Title", ""),
        (author,) if author else (),
        _LANGUAGES.get(fields.get("Language", "")),
    )
