"""`sottovoce text FILE`: the canonical text, as it is or with its blocks as JSON."""

from __future__ import annotations

import argparse
from pathlib import Path

from reader.cli.output import print_json, print_result
from reader.formats.registry import open_document
from reader.text.document import Block, Document, Section


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what the command takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the text to read")
    parser.add_argument("--json", action="store_true", help="print sections and blocks as JSON")


def run(options: argparse.Namespace) -> int:
    """Print the text; return 0."""
    document = open_document(options.file)
    if options.json:
        print_json(_document_object(document))
    else:
        text = "\n\n".join(section.text for section in document.sections)
        print_result(text if text.endswith("\n") else f"{text}\n")
    return 0


def _document_object(document: Document) -> dict[str, object]:
    return {
        "title": document.title,
        "authors": list(document.authors),
        "language": document.language,
        "fingerprint": document.fingerprint,
        "sections": [_section_object(section, document) for section in document.sections],
    }


def _section_object(section: Section, document: Document) -> dict[str, object]:
    return {
        "index": section.index,
        "title": section.title,
        "text": section.text,
        "blocks": [_block_object(block, document.language) for block in section.blocks],
    }


def _block_object(block: Block, document_language: str | None) -> dict[str, object]:
    return {
        "start": block.start,
        "end": block.end,
        "kind": block.kind.value,
        "language": block.language or document_language,
    }
