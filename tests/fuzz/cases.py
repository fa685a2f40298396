"""The cases: which real files there are, and what must hold of each when it is spoilt."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from reader.errors import UnreadableText
from reader.formats.registry import IMPORTERS, open_document
from reader.text.document import Document, Span
from tests.formats.golden_books import BOOKS
from tests.formats.golden_files import INPUTS
from tests.formats.sound_documents import assert_sound
from tests.fuzz.mutations import mutated


@dataclass(frozen=True, slots=True)
class Seed:
    """A real file: its name's ending, as an importer knows it, and its content."""

    suffix: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Case:
    """A spoilt file; the same number and seed make the same one."""

    number: int
    suffix: str
    content: bytes


def all_seeds(more: Sequence[Path] = (), only: str = "") -> dict[str, list[Seed]]:
    """Return real files by the importer that reads them: the golden ones, and `more`.

    `only` is the name of an importer whose files alone are wanted.
    """
    seeds: dict[str, list[Seed]] = {importer.name: [] for importer in IMPORTERS}
    with tempfile.TemporaryDirectory() as folder:
        books = [write(Path(folder)) for write in BOOKS.values()]
        for path in (*INPUTS, *books, *more):
            for importer in IMPORTERS:
                suffix = next((s for s in importer.suffixes if path.name.lower().endswith(s)), None)
                if suffix is not None:
                    seeds[importer.name].append(Seed(suffix, path.read_bytes()))
                    break
    return {name: found for name, found in seeds.items() if found and only in ("", name)}


def case_of(number: int, seed: int, seeds: dict[str, list[Seed]]) -> tuple[str, Case]:
    """Return the name of an importer and a case for it; importers take turns."""
    random = Random(f"{seed}:{number}")
    names = sorted(seeds)
    name = names[number % len(names)]
    chosen = random.choice(seeds[name])
    others = [other.content for found in seeds.values() for other in found]
    return name, Case(number, chosen.suffix, mutated(chosen.content, random, others))


def run_case(case: Case, folder: Path) -> bool:
    """Read the spoilt file, all its sections and some of its pages; return whether it was read.

    Raises:
        Exception: what no importer may raise, or a document that contradicts itself.
    """
    path = folder / f"case{case.suffix}"
    path.write_bytes(case.content)
    try:
        document = open_document(path)
        assert_sound(document)
        _look_at_pages(document)
    except UnreadableText:
        return False
    return True


def _look_at_pages(document: Document) -> None:
    """Look at the first pages as the page view does; one that can't be painted may be refused."""
    printed = document.printed
    if printed is None:
        return
    for number in range(min(printed.count, 2)):
        with suppress(UnreadableText):
            assert len(printed.picture(number, 120, 160)) == 4 * 120 * 160
            page = printed.page(number)
            if page.first_place is not None:
                page.place_at(page.width / 2, page.height / 2)
                start = page.first_place
                page.boxes_of(Span(start.section, start.offset, start.offset + 200))
