"""Plain text to a Document: paragraphs found in lines, the text itself left exactly as it is.

A line feed inside a block is shown as a space, so lines that were wrapped by hand or by a program
are joined for the eye and the voice, while every offset still counts the file's own characters.
"""

from __future__ import annotations

from reader.formats.decoding import read_decoded
from reader.formats.plain.header import read_header
from reader.formats.plain.headings import mark_headings
from reader.formats.plain.paragraphs import groups_of, paragraphs_of
from reader.formats.source import Source
from reader.text.document import BlockKind, Document, Section, fingerprint_of

LIMIT_BYTES = 50_000_000
"""Ten times the longest novels; more is data, and would take minutes and gigabytes to lay out."""


def read_text(source: Source) -> Document:
    """Read a plain text file as one section.

    Raises:
        UnreadableText: too large, binary, without a visible character, or the disk failed.
    """
    decoded = read_decoded(source, LIMIT_BYTES)
    text = decoded.text
    header = read_header(text)
    blocks = mark_headings(list(paragraphs_of(list(groups_of(text)))))
    title = header.title
    if not title and blocks and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1:
        title = " ".join(text[blocks[0].start : blocks[0].end].split())
    section = Section(0, "", text, blocks)
    return Document(
        title=title or source.path.stem,
        authors=header.authors,
        language=header.language,
        sections=(section,),
        fingerprint=fingerprint_of([text]),
        notices=decoded.notices,
    )
