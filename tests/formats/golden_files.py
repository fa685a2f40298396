"""The golden files of the importers: each input in golden/ has a JSON file of what it becomes.

After a change that is meant: python -m tests.formats.golden_files, then read the difference.
"""

from __future__ import annotations

import json
from pathlib import Path

from reader.formats.registry import open_document
from reader.text.document import Block, Document, Inline, Section

FOLDER = Path(__file__).parent / "golden"
INPUTS = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")


def golden_path(path: Path) -> Path:
    """Return where the golden file of an input is."""
    return path.with_name(path.name + ".json")


def described(path: Path) -> str:
    """Return all that the importer makes of an input, for people to read and compare."""
    document = open_document(path)
    return json.dumps(_document(document), ensure_ascii=False, indent=1) + "\n"


def _document(document: Document) -> dict[str, object]:
    return {
        "title": document.title,
        "authors": document.authors,
        "language": document.language,
        "fingerprint": document.fingerprint,
        "notices": [f"{n.kind} {n.count} {n.detail}".strip() for n in document.notices],
        **_extras(document),
        "sections": [_section(section) for section in document.sections],
    }


def _extras(document: Document) -> dict[str, object]:
    """Return what only books have."""
    lines = {"contents": document.contents, "pages": document.pages}
    extras: dict[str, object] = {
        name: [f"{'  ' * (line.level - 1)}{line.title} -> {line.target}" for line in found]
        for name, found in lines.items()
        if found
    }
    if document.pictures is not None:
        extras |= {"cover": document.cover, "direction": document.direction}
    return extras


def _section(section: Section) -> dict[str, object]:
    titles = {"title": section.title} if section.title else {}
    return {
        **titles,
        "text": section.text,
        "blocks": [_block(block, section.text) for block in section.blocks],
        "inlines": [_inline(inline, section.text) for inline in section.inlines],
    }


def _block(block: Block, text: str) -> str:
    cell = block.cell
    place = "" if cell is None else f" table {cell.table} row {cell.row} column {cell.column}"
    header = " header" if cell is not None and cell.is_header else ""
    level = f" {block.level}" if block.level else ""
    marker = f" {block.marker}" if block.marker else ""
    language = f" in {block.language}" if block.language else ""
    picture = f" of {block.picture}" if block.picture else ""
    kind = f"{block.kind}{level}{marker}{language}{place}{header}{picture}"
    return f"{block.start}-{block.end} {kind}: {text[block.start : block.end]}"


def _inline(inline: Inline, text: str) -> str:
    target = f" -> {inline.target}" if inline.target else ""
    words = text[inline.start : inline.end]
    return f"{inline.start}-{inline.end} {inline.kind}{target}: {words}"


def main() -> None:
    """Write every golden file anew."""
    for path in INPUTS:
        golden_path(path).write_text(described(path), encoding="utf-8")


if __name__ == "__main__":
    main()
