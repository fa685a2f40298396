"""Documents whose sections are read when asked for, and remember which were."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from reader.errors import TextReadFailed
from reader.text.document import BlockKind, Document, Place, Section, fingerprint_of
from reader.text.lazy_sections import LazySections
from tests.ui.view.documents import SectionMaker

_PARAGRAPH = "{title}, paragraph {number}. " + "The margin keeps what the voice has said. " * 6


@dataclass
class Shelf:
    """A document of `count` sections, each with a heading and so many paragraphs.

    `was_read` are the numbers of its sections in the order they were read. `estimate` is how much
    longer than they are sections are taken for.
    """

    count: int
    paragraphs: int = 60
    estimate: float = 1.0
    was_read: list[int] = field(default_factory=list)
    is_gone: bool = False
    """Whether the file went away: what isn't read yet can't be any more."""

    def document(self) -> Document:
        """Return the document; nothing of it has been read."""
        lengths = [round(len(self._made(n).text) * self.estimate) for n in range(self.count)]
        sections = LazySections(lengths, self._read)
        return Document("A shelf", (), "en", sections, fingerprint_of(["a shelf"]))

    def end(self) -> Place:
        """Return where the last section ends."""
        return Place(self.count - 1, len(self._made(self.count - 1).text))

    def _read(self, number: int) -> Section:
        if self.is_gone:
            raise TextReadFailed(Path("shelf.epub"), "it changed while it was open")
        self.was_read.append(number)
        return self._made(number)

    def _made(self, number: int) -> Section:
        title = f"Chapter {number}"
        maker = SectionMaker(number).add(title, BlockKind.HEADING, level=1)
        for paragraph in range(self.paragraphs):
            maker.add(_PARAGRAPH.format(title=title, number=paragraph))
        return maker.made()
