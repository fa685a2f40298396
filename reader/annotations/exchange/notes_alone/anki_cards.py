"""Notes as Anki's cards: a deck for each text (APKG), or lines that Anki's import reads (TSV).

A note's card has the same identity each time, so that an import changes cards and adds none twice.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from html import escape

from reader.annotations.exchange.note_words import html_note, replied, shown
from reader.annotations.exchange.text_with_notes import NotedPassage, TextWithNotes
from reader.text.utf16 import without_halves
from reader.values import value

_DECK = "Sottovoce"
_MODEL_NAME = "Sottovoce note"
_MODEL_ID = 1_739_405_861
"""Of the note type; Anki knows it by this number, which must never change."""

_FIELDS = ("Passage", "Note", "Source", "Link")
_LINES = re.compile("<pre.*?</pre>", re.DOTALL)
"""Where HTML keeps the lines it is written in."""
_FRONT = '<blockquote class="passage" dir="auto">{{Passage}}</blockquote>'
_BACK = (
    '{{FrontSide}}<hr id="answer"><div class="note" dir="auto">{{Note}}</div>'
    '<p class="source">{{Source}}<br>{{Link}}</p>'
)
_STYLE = (
    ".card { font-family: Literata, Georgia, serif; font-size: 20px; line-height: 1.5; }"
    " .passage { margin: 0; padding-left: .8em; border-left: 3px solid #c8452c; }"
    " .source { font-size: 14px; opacity: .7; }"
)


@value
class _Card:
    """One card: `identity` is Anki's, the rest is HTML."""

    identity: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]


def write_package(texts: Sequence[TextWithNotes]) -> bytes:
    """Return a package with a deck for each text."""
    import genanki

    model = genanki.Model(
        _MODEL_ID,
        _MODEL_NAME,
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Passage", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    decks = []
    for text in texts:
        name = _deck_name(text)
        deck = genanki.Deck(_number(name), name)
        for card in _cards(text):
            deck.add_note(
                genanki.Note(model, list(card.fields), guid=card.identity, tags=list(card.tags))
            )
        decks.append(deck)
    out = io.BytesIO()
    genanki.Package(decks).write_to_file(out)
    return out.getvalue()


def write_lines(texts: Sequence[TextWithNotes]) -> bytes:
    """Return lines of fields, tags, deck and identity, with the comments that tell Anki so.

    The fields come first and the columns have no names: so Anki's own note types take passage and
    note for their two sides, and ours, where a deck was imported before, has all four.
    """
    behind = len(_FIELDS)
    lines = [
        "#separator:tab",
        "#html:true",
        f"#notetype:{_MODEL_NAME}",
        f"#tags column:{behind + 1}",
        f"#deck column:{behind + 2}",
        f"#guid column:{behind + 3}",
    ]
    for text in texts:
        name = _deck_name(text)
        lines += [
            "\t".join(map(_cell, (*card.fields, " ".join(card.tags), name, card.identity)))
            for card in _cards(text)
        ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _cards(text: TextWithNotes) -> Iterator[_Card]:
    for note in text.notes:
        if note.root is not None:
            continue  # it stands on the card of the note it answers
        said = html_note(note.annotation) + "".join(map(_reply, note.replies))
        passage = escape(note.quote.strip()).replace("\n", "<br>")
        if passage or said:
            yield _Card(
                _identity(note),
                (
                    without_halves(passage or said),
                    without_halves(said if passage else ""),
                    without_halves(escape(_source(text, note))),
                    f'<a href="{escape(note.link)}">Open in Sottovoce</a>',
                ),
                _tags(note),
            )


def _tags(note: NotedPassage) -> tuple[str, ...]:
    """Return the tags as Anki has them: words without spaces."""
    words = (re.sub(r"\s+", "_", shown(tag).strip()) for tag in note.annotation.tags)
    return tuple(without_halves(word) for word in words if word)


def _reply(note: NotedPassage) -> str:
    annotation = note.annotation
    return f"<p><i>{escape(replied(annotation))}:</i></p>{html_note(annotation)}"


def _source(text: TextWithNotes, note: NotedPassage) -> str:
    title = text.shown_title
    heading = note.heading if note.heading != title else ""
    return " · ".join(part for part in (title, ", ".join(text.authors), heading) if part)


def _deck_name(text: TextWithNotes) -> str:
    # two colons make a deck within a deck
    title = text.shown_title.replace("::", ": ")
    return f"{_DECK}::{without_halves(title)}"


def _identity(note: NotedPassage) -> str:
    return hashlib.sha256(note.annotation.id.encode("utf-8", "replace")).hexdigest()[:16]


def _number(name: str) -> int:
    """Return a deck's number: below 2**53, so that JavaScript can hold it."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:6], "big") + 1_000_000_000


def _cell(text: str) -> str:
    lined = _LINES.sub(lambda code: code[0].replace("\n", "<br>").replace("\t", "    "), text)
    return re.sub(r"[\t\r\n]+", " ", lined)
