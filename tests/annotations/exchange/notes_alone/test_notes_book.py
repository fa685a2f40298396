"""Notes as a book: what each passage says, what was said of it, and the way back."""

from __future__ import annotations

from pathlib import Path

from reader.annotations.editing import new_reply
from reader.annotations.exchange.notes_alone.notes_book import BookNote, notes_book
from reader.annotations.model import Annotation
from reader.formats.registry import open_document
from reader.text.document import BlockKind
from tests.annotations.documents import LATER, document_of, note_on

DOCUMENT = document_of("All was quiet * in the house.\n\n# Nobody answered.")


def book(*notes: Annotation, title: str = "Notes on _A_ text") -> str:
    listed = [BookNote(note, f"sottovoce:open?text=0123456789abcdef&note={n}", "2 May 2026")
              for n, note in enumerate(notes)]  # fmt: skip
    return notes_book(title, [("The # house", listed)])


def test_it_opens_as_a_text_with_everything_in_order(tmp_path: Path) -> None:
    note = note_on(DOCUMENT, "quiet * in the house.\n\n# Nobody", "# Silence\nand *rest*")
    reply = new_reply(note.id, "Both?\n\nReally?", created=LATER, creator="A_nn")
    path = tmp_path / "book.md"
    path.write_text(book(note, reply), encoding="utf-8")
    document = open_document(path)
    section = document.sections[0]
    shown = [(block.kind, section.text[block.start : block.end]) for block in section.blocks]
    assert document.title == "Notes on _A_ text"
    assert shown == [
        (BlockKind.HEADING, "Notes on _A_ text"),
        (BlockKind.HEADING, "The # house"),
        (BlockKind.QUOTATION, "quiet * in the house."),
        (BlockKind.QUOTATION, "# Nobody"),
        (BlockKind.QUOTATION, "In the text, 2 May 2026"),
        (BlockKind.PARAGRAPH, "Silence and rest"),
        (BlockKind.LIST_ITEM, "A_nn: Both?"),
        (BlockKind.LIST_ITEM, "Really?"),
    ]
    targets = [inline.target for inline in section.inlines if inline.target]
    assert targets == ["sottovoce:open?text=0123456789abcdef&note=0"]
