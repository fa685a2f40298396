"""A book of 7 MB with one file of 2 MB: opened, resumed in it, gone through, searched, weighed."""

from __future__ import annotations

import random
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from reader.app.paths import user_paths
from reader.formats.registry import open_document
from reader.library.catalogue import Catalogue
from reader.storage.database import Database
from reader.text.document import Place
from reader.text.extent import Extent
from reader.text.lazy_sections import length_of
from tests.benchmarks.figures import Figure, at_most, median, percentile
from tests.benchmarks.prose import generated_text
from tests.benchmarks.running import Program, memory_mb
from tests.conftest import SHARED_INPUTS
from tests.end_to_end.desk import Desk, wait_until
from tests.formats.epub.epub_books import page, write_book

_BOOK = SHARED_INPUTS / "pepys-diary.epub"
_CHAPTERS, _CHAPTER_CHARACTERS = 100, 50_000
_NOTES = 4500
_STARTS = 5
_SETTLES_S = 4.0
_JUMPS = 100
_BETWEEN_JUMPS_S = 0.35


def measure() -> list[Figure]:
    """Start it at the beginning and in its longest section, then go through it with the keys."""
    with tempfile.TemporaryDirectory() as name, Desk() as desk:
        folder = Path(name)
        book = _BOOK if _BOOK.exists() else _made_book(folder / "book.epub")
        first = [_start(desk, folder / f"first-{n}", book, None) for n in range(_STARTS)]
        here = _longest_section_middle(book)
        resumed = [_start(desk, folder / "resumed", book, here) for n in range(_STARTS + 1)]
        return [
            at_most("start to text", median(first), "s", 0.5),
            at_most("resumed in the longest section", median(resumed[1:]), "s", 0.5),
            *_gone_through(desk, folder / "through", book),
            *_every_section(desk, folder / "sections", book),
        ]


def _start(desk: Desk, folder: Path, book: Path, place: Place | None) -> float:
    """Return the seconds to the first text; it goes on until long sections have been read."""
    if place is not None:
        _keep_place(folder, book, place)
    with Program(desk, folder, book) as program:
        time_s = program.wait_for("painted").t - program.started_s
        time.sleep(_SETTLES_S if place is not None else 1.0)
    (folder / "trace").unlink()
    return time_s


def _gone_through(desk: Desk, folder: Path, book: Path) -> list[Figure]:
    """Jump to 100 places, scroll through, find a word everywhere; tell stalls and memory."""
    with Program(desk, folder, book) as program:
        program.wait_until_ready(desk)
        time.sleep(_SETTLES_S)
        settled_s = time.monotonic()
        chance = random.Random(3)
        for _ in range(_JUMPS):
            desk.press("ctrl+g")
            time.sleep(0.1)
            desk.run("xdotool", "type", "--delay", "5", f"{chance.uniform(0, 100):.1f}%")
            desk.press("Return")
            time.sleep(_BETWEEN_JUMPS_S)
        jumps = _stalls(program, settled_s)
        scrolled_s = time.monotonic()
        for _ in range(60):
            desk.press(*["Next"] * 5)
            time.sleep(0.1)
        scrolling = _stalls(program, scrolled_s)
        finding_s = time.monotonic()
        desk.press("ctrl+f")
        time.sleep(0.3)
        desk.run("xdotool", "type", "--delay", "60", "the morning")
        _wait_until_idle(program)
        finding = _stalls(program, finding_s)
        memory = memory_mb(program.process.pid) + sum(
            memory_mb(pid) for pid in _section_workers(program.process.pid)
        )
    return [
        *(
            at_most(f"window's thread, longest stall: {words}", max(stalls, default=0), "ms", 50)
            for words, stalls in (
                (f"{_JUMPS} jumps", jumps),
                ("300 pages", scrolling),
                ("finding", finding),
            )
        ),
        Figure("turns above 16 ms in 100 jumps, 95th percentile", percentile(jumps, 95), "ms"),
        at_most("memory, everything read", memory, "MB", 250),
    ]


def _every_section(desk: Desk, folder: Path, book: Path) -> list[Figure]:
    """Jump into the middle of each section from far off: how long until its text is painted."""
    document = open_document(book)
    sections, extent, times_ms = document.sections, Extent(document), list[float]()
    with Program(desk, folder, book) as program:
        program.wait_until_ready(desk)
        time.sleep(_SETTLES_S)
        for section in _far_apart(len(sections)):
            share = extent.share_of(Place(section, length_of(sections, section) // 2))
            desk.press("ctrl+g")
            time.sleep(0.1)
            desk.run("xdotool", "type", "--delay", "5", f"{share * 100:.3f}%")
            time.sleep(0.1)
            asked_s = time.monotonic()
            desk.press("Return")
            time.sleep(_BETWEEN_JUMPS_S)
            painted = program.events("section_painted", asked_s)
            if painted:  # else it was the section shown already: lengths are estimates at first
                times_ms.append((painted[0].t - asked_s) * 1e3)
                sections[int(painted[0].fields["section"])]
    return [
        Figure("a section jumped to, until its text is painted: median", median(times_ms), "ms"),
        at_most("the same, 95 %", percentile(times_ms, 95), "ms", 100),
        at_most(f"the same, slowest of {len(times_ms)}", max(times_ms), "ms", 100),
    ]


def _far_apart(count: int) -> Iterator[int]:
    """Yield all sections in an order in which none follows its neighbour."""
    half = (count + 1) // 2
    for number in range(half):
        yield number
        if number + half < count:
            yield number + half


def _stalls(program: Program, after: float) -> list[float]:
    return [float(event.fields["ms"]) for event in program.events("ui_busy", after)]


def _wait_until_idle(program: Program) -> None:
    """Return when the window's process takes hardly any time any more."""
    from tests.benchmarks.running import cpu_seconds

    def is_idle() -> bool:
        before = cpu_seconds(program.process.pid)
        time.sleep(1.0)
        return cpu_seconds(program.process.pid) - before < 0.15

    wait_until(is_idle, "it never rests", 60)


def _section_workers(pid: int) -> list[int]:
    """Return the processes that read sections for a program."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == pid and b"section" in command:
            found.append(int(entry.name))
    return found


def _longest_section_middle(book: Path) -> Place:
    document = open_document(book)
    sections = document.sections
    longest = max(range(len(sections)), key=lambda number: length_of(sections, number))
    return Place(longest, len(sections[longest].text) // 2)


def _keep_place(folder: Path, book: Path, place: Place) -> None:
    """Let the program have been left at a place."""
    paths = user_paths(folder / "data")
    paths.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(paths.database)
    document = open_document(book)
    catalogue = Catalogue(database)
    catalogue.remember_opened(document, book, datetime.now(UTC))
    catalogue.remember_place(document.fingerprint, place, 0.9)
    database.close()


def _made_book(path: Path) -> Path:
    """Write a book of chapters with note references, and a file of endnotes of 2 MB."""
    files: dict[str, str | bytes] = {}
    note = 0
    for chapter in range(_CHAPTERS):
        parts = []
        for paragraph in generated_text(_CHAPTER_CHARACTERS).split("\n\n"):
            note += 1
            link = f'<a epub:type="noteref" href="notes.xhtml#n{note}">{note}</a>'
            parts.append(f"<p>{paragraph}{link if note <= _NOTES else ''}</p>")
        files[f"c{chapter}.xhtml"] = page(f"<h1>Chapter {chapter}</h1>{''.join(parts)}")
    words = generated_text(1_600_000).split("\n\n")
    each = max(len(words) // _NOTES, 1)
    notes = [
        f'<li epub:type="endnote" id="n{n + 1}">'
        f"{''.join(f'<p>{w}</p>' for w in words[n * each : (n + 1) * each])}</li>"
        for n in range(min(_NOTES, len(words) // each))
    ]
    files["notes.xhtml"] = page(
        f'<section epub:type="endnotes"><ol>{"".join(notes)}</ol></section>'
    )
    write_book(path, files)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
    return path
