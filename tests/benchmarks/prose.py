"""The texts that are measured with: real prose where it is at hand, our own everywhere."""

from __future__ import annotations

import random
import re
from itertools import accumulate
from pathlib import Path
from zipfile import ZipFile

from reader.app.text_opening import welcome_text
from reader.text.document import (
    Block,
    BlockKind,
    Document,
    Fingerprint,
    Section,
    fingerprint_of,
)
from tests.conftest import SHARED_INPUTS

TEXTS = Path(__file__).with_name("texts")
OWN_TEXT = TEXTS / "the-clockmaker.txt"
"""Written for this: numbers, dates, abbreviations, dialogue."""

_NOVEL = SHARED_INPUTS / "sherlock-holmes.epub"
_STORIES = ("a-scandal-in-bohemia", "the-five-orange-pips")


def review() -> Path:
    """Return the review the app was made for, or the one that comes with it."""
    given = SHARED_INPUTS / "her-review.txt"
    return given if given.exists() else welcome_text()


def long_prose(word_count: int) -> str:
    """Return our own text, then as many words of two stories of a novel, if that is at hand.

    Paragraphs are divided by blank lines. Without the novel our own text is all there is.
    """
    paragraphs = OWN_TEXT.read_text(encoding="utf-8").split("\n\n")
    if _NOVEL.exists():
        wanted = word_count // len(_STORIES)
        for story in _STORIES:
            paragraphs += _first_words(_story_paragraphs(story), wanted)
    return "\n\n".join(paragraphs)


def story(name: str) -> list[str]:
    """Return the paragraphs of a story of the novel, none where that isn't at hand."""
    return _story_paragraphs(name) if _NOVEL.exists() else []


def generated_text(character_count: int) -> str:
    """Return paragraphs of made-up words, divided by blank lines; the same each time."""
    return "\n\n".join(_generated_paragraphs(character_count))


def generated_document(character_count: int) -> Document:
    """Return a document of one section with such paragraphs as its blocks."""
    parts = _generated_paragraphs(character_count)
    ends = list(accumulate(len(part) + 1 for part in parts))
    blocks = tuple(
        Block(end - 1 - len(part), end - 1, BlockKind.PARAGRAPH)
        for part, end in zip(parts, ends, strict=True)
    )
    text = "\n".join(parts)
    section = Section(0, "", text, blocks)
    return Document("Synthetic", (), "en", (section,), Fingerprint(fingerprint_of([text])))


def _generated_paragraphs(character_count: int) -> list[str]:
    chance = random.Random(7)
    words = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 9))) for _ in range(3000)]
    parts: list[str] = []
    length = 0
    while length < character_count:
        sentences = [
            " ".join(chance.choices(words, k=chance.randint(4, 25))).capitalize() + "."
            for _ in range(chance.randint(1, 9))
        ]
        paragraph = " ".join(sentences)
        parts.append(paragraph)
        length += len(paragraph) + 1
    return parts


def _story_paragraphs(name: str) -> list[str]:
    from lxml import html

    with ZipFile(_NOVEL) as book:
        page = next(entry for entry in book.namelist() if entry.endswith(f"/{name}.xhtml"))
        tree = html.document_fromstring(book.read(page))
    paragraphs = [str(p.text_content()) for p in tree.iter("p")]
    return [re.sub(r"[\s\u2060]+", " ", paragraph).strip() for paragraph in paragraphs]


def _first_words(paragraphs: list[str], word_count: int) -> list[str]:
    totals = accumulate(len(paragraph.split()) for paragraph in paragraphs)
    pairs = zip(paragraphs, totals, strict=True)
    return [paragraph for paragraph, total in pairs if total <= word_count]
