"""Texts with notes for the tests of formats: several scripts, emoji, right to left."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reader.annotations.anchoring import anchor_annotations
from reader.annotations.editing import new_annotation, with_tags
from reader.annotations.exchange.text_with_notes import TextWithNotes, text_with_notes
from reader.annotations.model import COMMENTING, Annotation
from reader.text.document import Block, BlockKind, Document, Section, Span, fingerprint_of
from tests.annotations.documents import LATER, NOON

PARAGRAPHS = (
    "All was quiet 😀 in the house, and *only* the clock went on.",
    "היה שקט בבית, ורק השעון המשיך.",
    "家の中は静かだった。𠮷野家の時計だけが動いていた。",
    "كان البيت هادئًا، ولم يبق إلا الساعة.",
    'The rain <went> on & on; "always", she said.',
)
HEADING = "The house"
NOTES = (
    ("quiet 😀 in", "A _smile_ 🙂.", ("sound", "at home")),
    ("שקט", "הערה", ()),
    ("𠮷野家", "", ("場所",)),
    ("هادئًا", "ملاحظة\n\nثانية", ("هدوء",)),
    ("<went> on", "", ()),
    ('on; "always"', "Quotes, commas\nand lines.", ()),
)


def document_with_heading(
    paragraphs: Sequence[str] = PARAGRAPHS, title: str = "The house: a story"
) -> Document:
    """Return a text of a heading and these paragraphs."""
    text = "\n\n".join((HEADING, *paragraphs))
    blocks = []
    start = 0
    for number, part in enumerate((HEADING, *paragraphs)):
        kind = BlockKind.PARAGRAPH if number else BlockKind.HEADING
        blocks.append(Block(start, start + len(part), kind, level=0 if number else 1))
        start += len(part) + 2
    section = Section(0, "", text, tuple(blocks))
    return Document(title, ("Ada B.", "Bo"), "en", (section,), fingerprint_of([text]))


def noted(document: Document, *annotations: Annotation, path: Path | None = None) -> TextWithNotes:
    """Return a text with these notes, each where it stands."""
    anchors = anchor_annotations(annotations, document)
    return text_with_notes(document, path, zip(annotations, anchors, strict=True))


def annotation_on(
    document: Document, passage: str, note: str = "", tags: Sequence[str] = ()
) -> Annotation:
    """Return a new annotation on the first place that says `passage`."""
    start = document.sections[0].text.index(passage)
    made = new_annotation(
        document,
        Span(0, start, start + len(passage)),
        COMMENTING if note else "highlighting",
        source="house.txt",
        created=NOON,
        note=note,
        creator="Ada",
    )
    return with_tags(made, tags, LATER)


def the_house() -> TextWithNotes:
    """Return the text with all its notes."""
    document = document_with_heading()
    notes = (annotation_on(document, *note) for note in NOTES)
    return noted(document, *notes, path=Path("house.txt"))
