"""RTF to a Document: what a word processor shows of the text.

The libraries for RTF give bare text (striprtf) or have not been kept up (pyth), so the tokens are
read here, into the same tree as DOCX and ODT.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from reader.errors import TextDamaged
from reader.formats.office.document import Properties, document_of_office
from reader.formats.picture_kinds import picture_in
from reader.formats.rtf.reader import RtfReader
from reader.formats.source import Source
from reader.text.document import Document, Notice, NoticeKind

LIMIT_BYTES = 40_000_000

# WORKAROUND(calibre 7): what its RTF has in place of pictures that it couldn't put in
_LOST_PICTURE = re.compile(rb"SPECIAL_IMAGE-[^\\{}\s]{1,300}?-REPLACE_ME")


def read_rtf(source: Source) -> Document:
    """Read a file of Rich Text Format.

    Raises:
        UnreadableText: too large, no RTF, or without a visible character.
    """
    content = source.read(LIMIT_BYTES)
    start = content.find(b"{\\rtf", 0, 200)
    if start < 0:
        raise TextDamaged(source.path, "it is no RTF")
    reader = RtfReader()
    reader.read(_LOST_PICTURE.sub(b"", content[start:]))
    root = reader.tree.finish()
    told = reader.properties
    title = " ".join(told.get("title", "").split())
    author = " ".join(told.get("author", "").split())
    authors = tuple(name.strip() for name in author.split(";") if name.strip())
    damage = () if reader.is_whole else (Notice(NoticeKind.PART_DAMAGED),)
    return document_of_office(
        root,
        source.path,
        Properties(title, authors, reader.tree.language),
        format_name="rtf",
        pictures=RtfPictures(reader.pictures),
        is_right_to_left=reader.tree.is_right_to_left,
        notices=damage,
    )


class RtfPictures:
    """The pictures that stood in the text."""

    def __init__(self, pictures: Mapping[str, bytes]) -> None:
        self._pictures = pictures

    def read(self, address: str) -> bytes | None:
        """Return a picture's bytes; see `reader.text.document.Pictures`."""
        return picture_in(self._pictures.get(address))
