"""PDF files as tests have them: an essay from many programs, and pages written in place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from reader.formats.registry import open_document
from reader.text.document import BlockKind, Document, InlineKind, Section
from tests.formats.golden_files import FOLDER
from tests.formats.pdf.raw_pdf import Line, paragraph

ESSAY = json.loads((Path(__file__).with_name("essay.json")).read_text(encoding="utf-8"))


_OTHER_TEXTS = {"arabic", "arabic-pointed", "hebrew", "hebrew-pointed"}
PRODUCED = sorted(path for path in FOLDER.glob("*.pdf") if path.stem not in _OTHER_TEXTS)


_RUNNING = {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM}


@cache
def opened(path: Path) -> Document:
    return open_document(path)


def texts(document: Document, *kinds: BlockKind) -> list[str]:
    return [text for section in document.sections for text in _texts(section, set(kinds))]


def _texts(section: Section, kinds: set[BlockKind]) -> Iterator[str]:
    signs = {InlineKind.NOTE_REFERENCE, InlineKind.SUPERSCRIPT}
    marked = [(run.start, run.end) for run in section.inlines if run.kind in signs]
    for block in section.blocks:
        if block.kind in kinds:
            yield "".join(
                letter
                for at, letter in enumerate(section.text[block.start : block.end], block.start)
                if not any(start <= at < end for start, end in marked)
            )


def written(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "made.pdf"
    path.write_bytes(content)
    return path


def two_columns() -> list[list[Line]]:
    left = " ".join(f"left{n}" for n in range(120))
    right = " ".join(f"right{n}" for n in range(120))
    head = (100.0, 780.0, 10.0, "A line that runs over both of the columns of this page, and over")
    return [[head, *paragraph(left, wide=40), *paragraph(right, x=310, wide=40)]]


def book_lines(text: str, *, indent: float, y: float = 700) -> list[Line]:
    """A paragraph of full lines but for the last, its first one indented."""
    first, *rest = paragraph(text, y=y, wide=70)
    return [(first[0] + indent, *first[1:]), *rest]
